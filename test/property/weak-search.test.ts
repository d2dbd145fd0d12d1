import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AnswerTrie } from '../../src/exec/answer-trie.ts';
import type { TrieNode } from '../../src/exec/answer-trie.ts';
import { ThreadNames } from '../../src/explore/thread-names.ts';
import { executionKey, executionSoFar, executionsOf } from '../../src/explore/weak/candidates.ts';
import { landscape } from '../../src/explore/weak/landscape.ts';
import { plainExecutions } from '../../src/explore/weak/plain.ts';
import { search } from '../../src/explore/weak/search.ts';
import type { ThreadId } from '../../src/event/location.ts';
import { definitionalModel } from '../../src/model/slow.ts';
import { findModel } from '../../src/model/catalogue.ts';
import { wasm } from '../../src/model/definitions.ts';
import { nativeModel } from '../../src/model/native.ts';
import { NOTHING_ASSUMED } from '../../src/model/model.ts';
import type { Model } from '../../src/model/model.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import type { TinyProgram, TinyStart, TinyState, TinyStep } from '../support/tiny-machine.ts';
import { tinyMachine, tinyStart } from '../support/tiny-machine.ts';

const LIMITS = {
  readings: DEFAULT_READINGS,
  nodes: 100_000,
  events: 50,
  returns: 50,
  mixtures: 4096,
  shouldStop: () => false,
};

function outcome(ends: ReadonlyMap<ThreadId, TrieNode<TinyState>>, names: ThreadNames): string {
  return [...ends]
    .map(
      ([id, node]) =>
        `${names.info(id).name}${node.request.kind === 'done' ? '' : '!'}${JSON.stringify(node.state.registers)}`,
    )
    .sort()
    .join(' ');
}

interface Found {
  readonly outcomes: readonly string[];
  readonly keys: readonly string[];
}

function bySearch(program: TinyProgram, model: Model): Found {
  const trie = new AnswerTrie<TinyState, TinyStart>(tinyMachine(program));
  const names = new ThreadNames();
  const { assumes } = model;
  const land = landscape(trie, tinyStart('main'), names, { ...LIMITS, assumes });
  expect(land.bound).toBeNull();
  const outcomes = new Set<string>();
  const keys: string[] = [];
  search(trie, tinyStart('main'), names, land, {
    ...LIMITS,
    assumes,
    leaf: ({ graph, threads }) => {
      for (const execution of executionsOf(graph, names)) {
        if (!model.check(execution).consistent) continue;
        keys.push(executionKey(execution));
        outcomes.add(outcome(new Map([...threads.values()].map((t) => [t.id, t.node])), names));
      }
    },
    plausible: (graph) => !assumes.monotone || model.check(executionSoFar(graph, names)).consistent,
    blocked: () => {},
    spins: () => {},
    bounded: (what) => expect.fail(what),
  });
  return { outcomes: [...outcomes].sort(), keys };
}

function plainKeys(program: TinyProgram, model: Model): readonly string[] {
  const trie = new AnswerTrie<TinyState, TinyStart>(tinyMachine(program));
  const names = new ThreadNames();
  const found = [...plainExecutions(trie, tinyStart('main'), names, DEFAULT_READINGS)];
  return found
    .filter(({ execution }) => model.check(execution).consistent)
    .map(({ execution }) => executionKey(execution))
    .sort();
}

function byPlain(program: TinyProgram, model: Model): readonly string[] {
  const trie = new AnswerTrie<TinyState, TinyStart>(tinyMachine(program));
  const names = new ThreadNames();
  const outcomes = new Set<string>();
  for (const { execution, ends } of plainExecutions(trie, tinyStart('main'), names, DEFAULT_READINGS)) {
    const key = outcome(ends, names);
    if (!outcomes.has(key) && model.check(execution).consistent) outcomes.add(key);
  }
  return [...outcomes].sort();
}

const order = fc.constantFrom('unord', 'unord', 'acqrel', 'seqcst') as fc.Arbitrary<'unord' | 'acqrel' | 'seqcst'>;
/** Places of one and two bytes, so that accesses overlap in part. */
const place = fc.constantFrom({ at: 0, size: 1 }, { at: 1, size: 1 }, { at: 0, size: 2 }, { at: 2, size: 1 });

function threadSteps(prefix: string): fc.Arbitrary<readonly TinyStep[]> {
  const register = fc.constantFrom(`${prefix}a`, `${prefix}b`);
  const value = fc.constantFrom(1, 2, 257);
  const step: fc.Arbitrary<TinyStep> = fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .record({ kind: fc.constant('read' as const), p: place, order, to: register })
        .map(({ p, ...r }) => ({ ...r, ...p })),
    },
    {
      weight: 4,
      arbitrary: fc
        .record({ kind: fc.constant('write' as const), p: place, order, value })
        .map(({ p, ...r }) => ({ ...r, ...p })),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({ kind: fc.constant('write' as const), p: place, order, value: fc.constant(0), from: register })
        .map(({ p, ...r }) => ({ ...r, ...p })),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({
          kind: fc.constant('rmw' as const),
          p: place,
          order: fc.constantFrom('seqcst' as const, 'acqrel' as const),
          op: fc.constant('add' as const),
          value: fc.constant(1),
          to: register,
        })
        .map(({ p, ...r }) => ({ ...r, ...p })),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({
          kind: fc.constant('cas' as const),
          p: place,
          order: fc.constant('seqcst' as const),
          expected: fc.constantFrom(0, 1),
          value,
          to: register,
        })
        .map(({ p, ...r }) => ({ ...r, ...p })),
    },
  );
  return fc.array(step, { minLength: 1, maxLength: 3 });
}

/** Three threads of few steps each: enough for chains of deferred reads. */
const threeThreads: fc.Arbitrary<TinyProgram> = fc
  .tuple(shortSteps('p'), shortSteps('q'), shortSteps('r'))
  .map(([p, q, r]) => ({ main: ['p', 'q', 'r'].map((thread) => ({ kind: 'fork', thread })), p, q, r }));

function shortSteps(prefix: string): fc.Arbitrary<readonly TinyStep[]> {
  const order = fc.constantFrom('unord' as const, 'seqcst' as const, 'seqcst' as const, 'acqrel' as const);
  const step: fc.Arbitrary<TinyStep> = fc.oneof(
    fc.record({
      kind: fc.constant('read' as const),
      at: fc.constantFrom(0, 1),
      size: fc.constant(1),
      order,
      to: fc.constant(prefix),
    }),
    fc.record({
      kind: fc.constant('write' as const),
      at: fc.constantFrom(0, 1),
      size: fc.constant(1),
      order,
      value: fc.constantFrom(1, 2),
    }),
    fc.record({
      kind: fc.constant('write' as const),
      at: fc.constantFrom(0, 1),
      size: fc.constant(1),
      order,
      value: fc.constant(0),
      from: fc.constant(prefix),
    }),
    fc.record({
      kind: fc.constant('rmw' as const),
      at: fc.constantFrom(0, 1),
      size: fc.constant(1),
      order: fc.constantFrom('seqcst' as const, 'acqrel' as const),
      op: fc.constant('xchg' as const),
      value: fc.constantFrom(3, 4),
      to: fc.constant(prefix),
    }),
  );
  return fc.array(step, { minLength: 1, maxLength: 2 });
}

const programs: fc.Arbitrary<TinyProgram> = fc
  .tuple(threadSteps('p'), threadSteps('q'), fc.boolean())
  .map(([p, q, joins]) => ({
    main: [
      { kind: 'fork', thread: 'p' },
      { kind: 'fork', thread: 'q' },
      ...(joins
        ? ([
            { kind: 'join', thread: 'p' },
            { kind: 'read', at: 0, size: 1, order: 'unord', to: 'm' },
          ] as const)
        : []),
    ],
    p,
    q,
  }));

describe('the search for executions', () => {
  test.each(['wasm', 'wasm-oopsla19', 'js-es2018', 'sc'])(
    'has the outcomes of the plain enumeration under %s, and no duplicates',
    (name) => {
      const model = findModel(name) as Model;
      fc.assert(
        fc.property(programs, (program) => {
          const found = bySearch(program, model);
          expect(new Set(found.keys).size).toBe(found.keys.length);
          expect(found.outcomes).toEqual(byPlain(program, model));
        }),
        { seed: 20261124, numRuns: 40 },
      );
    },
  );

  test.each(['wasm', 'sc'])('has the outcomes of the plain enumeration for three threads under %s', (name) => {
    const model = findModel(name) as Model;
    fc.assert(
      fc.property(threeThreads, (program) => {
        const found = bySearch(program, model);
        expect(new Set(found.keys).size).toBe(found.keys.length);
        expect(found.outcomes).toEqual(byPlain(program, model));
      }),
      { seed: 20261126, numRuns: 40 },
    );
  });

  test('agrees with the plain enumeration judged by the definitional model', () => {
    const fast = findModel('wasm') as Model;
    fc.assert(
      fc.property(programs, (program) => {
        expect(bySearch(program, fast).outcomes).toEqual(byPlain(program, definitionalModel('wasm')));
      }),
      { seed: 20261125, numRuns: 12 },
    );
  });

  test.each(wasm.axioms)('needs no axiom to hold: wasm less %s', (without) => {
    const mutant = nativeModel({ base: wasm, without });
    fc.assert(
      fc.property(programs, (program) => {
        const found = bySearch(program, mutant);
        expect(new Set(found.keys).size).toBe(found.keys.length);
        expect(found.outcomes).toEqual(byPlain(program, mutant));
      }),
      { seed: 20261127, numRuns: 12 },
    );
  });

  test('has all executions of the plain enumeration where nothing is known of the model', () => {
    fc.assert(
      fc.property(fc.constantFrom('wasm', 'js-es2018', 'sc'), programs, (name, program) => {
        const model: Model = { ...(findModel(name) as Model), assumes: NOTHING_ASSUMED };
        const found = bySearch(program, model);
        expect(new Set(found.keys).size).toBe(found.keys.length);
        expect(found.outcomes).toEqual(byPlain(program, model));
        expect(found.keys.toSorted()).toEqual(plainKeys(program, model));
      }),
      { seed: 20261128, numRuns: 40 },
    );
  });

  test.each([3, 4, 5])('%i increments come in every order, once each', (n) => {
    const threads = Array.from({ length: n }, (_, i) => `t${i}`);
    const increment: TinyStep = { kind: 'rmw', at: 0, size: 1, order: 'seqcst', op: 'add', value: 1, to: 'r' };
    const program: TinyProgram = {
      main: threads.map((thread) => ({ kind: 'fork', thread })),
      ...Object.fromEntries(threads.map((thread) => [thread, [increment]])),
    };
    const { outcomes, keys } = bySearch(program, findModel('wasm') as Model);
    const factorial = [6, 24, 120][n - 3];
    expect(outcomes.length).toBe(factorial);
    expect(keys.length).toBe(factorial);
  });

  test('waits and notifies in every order', () => {
    const program: TinyProgram = {
      main: [
        { kind: 'fork', thread: 'p' },
        { kind: 'fork', thread: 'q' },
      ],
      p: [{ kind: 'wait', at: 0, expected: 0, timeout: -1n, to: 'w' }],
      q: [
        { kind: 'write', at: 0, size: 1, order: 'seqcst', value: 1 },
        { kind: 'notify', at: 0, count: 1, to: 'n' },
      ],
    };
    const model = findModel('wasm') as Model;
    const found = bySearch(program, model);
    expect(found.outcomes).toEqual(['main{} p{"w":0} q{"n":1}', 'main{} p{"w":1} q{"n":0}']);
    expect(byPlain(program, model)).toEqual(found.outcomes);
  });
});
