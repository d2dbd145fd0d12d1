import { describe, expect, test } from 'vitest';
import type { ThreadId } from '../../../src/event/location.ts';
import { makeExec } from '../../../src/exec/executor.ts';
import { explore } from '../../../src/explore/explore.ts';
import type { Bounds, Strategy } from '../../../src/explore/explore.ts';
import { labelOf } from '../../../src/explore/interleave/step.ts';
import { fairComponents } from '../../../src/explore/loops/fair.ts';
import type { ExploreResult } from '../../../src/explore/result.ts';
import { StateGraph } from '../../../src/explore/states/graph.ts';
import { findModel } from '../../../src/model/catalogue.ts';
import type { Model } from '../../../src/model/model.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import * as algorithms from '../../support/algorithms.ts';
import type { Algorithm } from '../../support/algorithms.ts';
import { program } from '../../support/explore-file.ts';

const LONG = Number(process.env['WEFT_RUNS'] ?? 1) > 1;

function run(text: string, model: string, strategy: Strategy, bounds: Partial<Bounds> = {}): ExploreResult {
  return explore(program(text), makeExec({ readings: DEFAULT_READINGS, fuel: 1_000_000 }), {
    model: findModel(model) as Model,
    strategy,
    readings: DEFAULT_READINGS,
    bounds: { executions: 100_000, events: 1_000, returns: 5, milliseconds: null, ...bounds },
    shouldStop: () => false,
    onProgress: () => {},
  });
}

type Make = (order: 'seq_cst' | 'acq_rel') => Algorithm;
/** Whether it is right with acq_rel orders, and executions under `wasm` with seq_cst and acq_rel ones. */
const ALGORITHMS: readonly (readonly [Make, boolean, number, number])[] = [
  [algorithms.testAndSet, true, 2, 2],
  [algorithms.testAndTestAndSet, true, 4, 4],
  [algorithms.ticketLock, true, 2, 2],
  [algorithms.mcsLock, true, 6, 6],
  [algorithms.peterson, false, 4, 22],
  [algorithms.dekker, false, 4, 10],
  [algorithms.szymanski, false, 29, 263],
  [algorithms.lamport, false, 12, 18],
  [algorithms.treiber, true, 22, 22],
  [algorithms.michaelScott, true, 16, 16],
  [algorithms.seqlock, true, 2, 2],
];
const SLOW = [algorithms.szymanski, algorithms.lamport, algorithms.mcsLock, algorithms.michaelScott];

function holds({ assertions }: ExploreResult): string[] {
  return [...new Set(assertions.map((assertion) => assertion.holds))];
}

describe('algorithms that wait for each other end without unrolling', () => {
  test.each(ALGORITHMS.map(([make]) => [make('seq_cst').name, make] as const))('%s under sc', (_, make) => {
    for (const strategy of ['interleavings', 'states'] as const) {
      const found = run(algorithms.script(make('seq_cst')), 'sc', strategy);
      expect([found.complete, holds(found), found.deadlocks, found.nonTermination]).toEqual([true, ['always'], 0, []]);
    }
  });

  test.each(
    ALGORITHMS.filter(([make]) => LONG || !SLOW.includes(make)).map((row) => [row[0]('seq_cst').name, ...row] as const),
  )('%s under wasm, and with acq_rel orders', (_, make, isRight, seqcst, acqrel) => {
    const strong = run(algorithms.script(make('seq_cst')), 'wasm', 'axioms');
    expect([strong.complete, holds(strong), strong.races.length]).toEqual([true, ['always'], 0]);
    expect(strong.executions).toBe(seqcst);
    const weak = run(algorithms.script(make('acq_rel')), 'wasm', 'axioms');
    expect([weak.complete, holds(weak)]).toEqual([true, [isRight ? 'always' : 'sometimes']]);
    expect(weak.executions).toBe(acqrel);
  });

  test('a deque whose fences are missing hands out an element twice', () => {
    for (const strategy of ['interleavings', 'states'] as const) {
      const found = run(algorithms.script(algorithms.chaseLev('seq_cst')), 'sc', strategy);
      expect([found.complete, holds(found)]).toEqual([true, ['always']]);
    }
    const strong = run(algorithms.script(algorithms.chaseLev('seq_cst')), 'wasm', 'axioms');
    expect([strong.complete, holds(strong)]).toEqual([true, ['always']]);
    const weak = run(algorithms.script(algorithms.chaseLev('acq_rel')), 'wasm', 'axioms');
    expect([weak.complete, holds(weak)]).toEqual([true, ['sometimes']]);
  });

  test('a seqlock over plain data is found wrong', () => {
    const found = run(algorithms.script(algorithms.seqlock('seq_cst', 'plain')), 'wasm', 'axioms');
    expect([found.complete, holds(found), found.races.length]).toEqual([true, ['sometimes'], 1]);
  });

  test('a lock that three threads want', () => {
    const found = run(
      algorithms.script({ ...algorithms.testAndSet('seq_cst'), expected: 3 }, 3),
      'sc',
      'interleavings',
    );
    expect([found.complete, holds(found)]).toEqual([true, ['always']]);
  });
});

describe('loops that never end under a fair schedule', () => {
  const waits = (flag: string): string => `(module $M shared
    (memory (export "mem") 1 1 shared)
    (func (export "wait") shared (loop $again (br_if $again (i32.eqz (i32.atomic.load (i32.const 0))))))
    (func (export "set") shared (i32.atomic.store (i32.const ${flag}) (i32.const 1))))
    (register "M")
    (thread $T0 (shared (module $M)) (invoke $M "wait"))
    (thread $T1 (shared (module $M)) (invoke $M "set"))
    (wait $T0) (wait $T1)`;

  test.each(['auto', 'states'] as const)('both threads give way for ever (%s)', (strategy) => {
    const found = run(algorithms.script(algorithms.dekkerWithoutTurn('seq_cst')), 'sc', strategy);
    expect(found.nonTermination.map(({ kind, threads }) => [kind, ...threads])).toEqual([['livelock', 'T0', 'T1']]);
    const [{ cycle, places }] = found.nonTermination as readonly [ExploreResult['nonTermination'][number]];
    expect(new Set(cycle.map(({ thread }) => thread))).toEqual(new Set(['T0', 'T1']));
    expect(new Set(places.map(({ text }) => text))).toEqual(new Set(['i32.atomic.load', 'i32.atomic.store']));
    expect(found.deadlocks).toBe(0);
  });

  test('with a turn they do not, nor does a lock that only an unfair schedule withholds', () => {
    for (const make of [algorithms.dekker, algorithms.testAndSet, algorithms.testAndTestAndSet])
      for (const strategy of ['interleavings', 'states'] as const)
        expect(run(algorithms.script(make('seq_cst')), 'sc', strategy).nonTermination).toEqual([]);
  });

  test.each(['interleavings', 'states'] as const)('a lock that is never released (%s)', (strategy) => {
    const found = run(algorithms.script(algorithms.testAndSet('seq_cst', 'none')), 'sc', strategy);
    expect(found.complete).toBe(true);
    expect(found.nonTermination.map(({ kind, threads }) => [kind, ...threads])).toEqual([
      ['spin', 'T0'],
      ['spin', 'T1'],
    ]);
  });

  test.each(['interleavings', 'states'] as const)(
    'a flag that somebody sets, and one that nobody does (%s)',
    (strategy) => {
      expect(run(waits('0'), 'sc', strategy).nonTermination).toEqual([]);
      expect(run(waits('4'), 'sc', strategy).nonTermination).toMatchObject([{ kind: 'spin', threads: ['T0'] }]);
    },
  );

  test('are found beside a search under a weak model too', () => {
    const found = run(algorithms.script(algorithms.testAndSet('acq_rel', 'none')), 'wasm', 'axioms');
    expect(found.complete).toBe(true);
    expect(found.nonTermination.map(({ kind }) => kind)).toEqual(['spin', 'spin']);
  });
});

/** Threads with this body each. */
function alike(body: string, threads: number, more = ''): string {
  return `(module $M shared (memory (export "mem") 1 1 shared) ${more} (func (export "t") shared ${body}))(register "M")
    ${Array.from({ length: threads }, (_, i) => `(thread $T${i} (shared (module $M)) (invoke $M "t"))`).join('\n')}`;
}

const ADD = '(drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))';
const SUB = '(drop (i32.atomic.rmw.sub (i32.const 0) (i32.const 1)))';

describe('rounds of a loop that undo what they did', () => {
  test.each([
    ['sc', 'states'],
    ['wasm', 'drf'],
  ] as const)('are states that come back, so that all is explored, under %s by %s', (model, strategy) => {
    const endless = run(alike(`(loop $l ${ADD} ${SUB} (br $l))`, 2), model, strategy);
    expect(endless).toMatchObject({ complete: true, executions: 0, nonTermination: [{ kind: 'livelock' }] });
    const gates = run(
      alike(
        `(loop $l (if (i32.atomic.rmw.add (i32.const 0) (i32.const 1)) (then ${SUB} (br $l))))
        (i32.atomic.store (i32.const 4) (i32.const 1)) ${SUB}`,
        2,
      ),
      model,
      strategy,
    );
    expect(gates).toMatchObject({ complete: true, deadlocks: 0 });
    expect(gates.executions).toBeGreaterThan(0);
  });
});

describe('a thread that no way leads to its end', () => {
  test('is given up where it begins, and its loop told: values that grow are not tried in every order', () => {
    const add = '(drop (i32.atomic.rmw8.add_u (i32.const 0) (i32.const 1)))';
    const text = alike(`(loop $l ${add} (br $l))`, 2);
    const cut = run(text, 'wasm', 'axioms', { returns: 20 });
    expect(cut).toMatchObject({ complete: false, executions: 0, blocked: 1, nonTermination: [{ kind: 'livelock' }] });
    expect(cut.bound).toMatch(/^more than 20 returns of a thread to the same state/);
    expect(cut.loops.map(({ thread }) => thread)).toEqual(['T0', 'T1']);
    expect(run(text, 'wasm', 'drf')).toMatchObject({ complete: true, nonTermination: [{ kind: 'livelock' }] });
  });

  test('is not given up where a trap of another thread of its group may end it, or where one value lets it out', () => {
    const ended = run(
      alike(`(fork $trap) (loop $l ${ADD} (br $l))`, 1, '(func $trap shared (unreachable))'),
      'wasm',
      'axioms',
    );
    expect(ended.outcomes.map(({ values }) => values.get('T0:0'))).toContain('trap: unreachable');
    const out = `(loop $l (br_if $l (i32.ne (i32.atomic.rmw.add (i32.const 0) (i32.const 1)) (i32.const 2))))`;
    expect(run(alike(out, 1), 'wasm', 'axioms')).toMatchObject({ complete: true, executions: 1 });
  });
});

describe('fair components', () => {
  const [a, b] = [1 as ThreadId, 2 as ThreadId];
  /** Thread 1 goes round in state 0, from which thread 2 can leave. */
  function graph(): StateGraph {
    const made = new StateGraph();
    made.addState();
    made.addState();
    made.addEdge(0, labelOf(a, 'go'), 0);
    made.addEdge(0, labelOf(b, 'go'), 1);
    return made;
  }
  const unfinished = (): readonly ThreadId[] => [a, b];

  test('a thread that could always go on is not put off for ever', () => {
    expect(fairComponents(graph(), { unfinished, isEnabled: () => true })).toEqual([]);
  });

  test('mutant: a test of fairness that takes no thread as enabled finds a loop where there is none', () => {
    expect(fairComponents(graph(), { unfinished, isEnabled: () => false })).toHaveLength(1);
  });

  test('a thread that cannot go on does not end the loop', () => {
    const isEnabled = (_: number, thread: ThreadId): boolean => thread === a;
    expect(fairComponents(graph(), { unfinished, isEnabled })).toMatchObject([{ states: [0], waiting: [0] }]);
  });
});

describe('loops that a bound cuts are told', () => {
  const counting = `(module $M shared
    (memory (export "mem") 1 1 shared)
    (func $next shared (result i32) (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (func (export "count") shared (local $i i32)
      (loop $again
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (drop (i32.atomic.rmw.add (i32.const 4) (i32.const 1)))
        (br_if $again (i32.lt_u (local.get $i) (i32.const 4)))))
    (func (export "calls") shared (drop (call $next)) (drop (call $next)) (drop (call $next)) (drop (call $next))))
    (register "M")`;
  const of = (name: string): string => `${counting}
    (thread $T0 (shared (module $M)) (invoke $M "${name}"))
    (wait $T0)`;

  test.each([
    ['sc', 'interleavings'],
    ['sc', 'states'],
    ['sc', 'reads-from'],
    ['wasm', 'axioms'],
  ] as const)('by rounds, under %s by %s', (model, strategy) => {
    const cut = run(of('count'), model, strategy, { rounds: 2 });
    expect(cut.bound).toBe('more than 2 rounds of a loop');
    expect(cut.loops).toMatchObject([{ thread: 'T0', text: 'i32.atomic.rmw.add', rounds: 2 }]);
    expect(run(of('count'), model, strategy, { rounds: 4 })).toMatchObject({ complete: true, loops: [] });
  });

  test.each(['interleavings', 'states', 'reads-from'] as const)(
    'a function that is called again is no loop, by %s',
    (strategy) => {
      expect(run(of('calls'), 'sc', strategy, { rounds: 1 })).toMatchObject({ complete: true, loops: [] });
    },
  );

  test('by events, and by returns to one state', () => {
    const cut = run(of('count'), 'sc', 'interleavings', { events: 3 });
    expect(cut.bound).toBe('more than 3 events in one thread');
    expect(cut.loops).toMatchObject([{ thread: 'T0', rounds: 3 }]);
    const returning = run(algorithms.script(algorithms.dekkerWithoutTurn('seq_cst')), 'sc', 'interleavings');
    expect(returning.complete).toBe(false);
    expect(returning.loops.map(({ thread, text }) => [thread, text])).toContainEqual(['T0', 'i32.atomic.load']);
  });
});
