import { describe, expect, test, vi } from 'vitest';
import type { Execution } from '../../../src/event/execution.ts';
import type { Finding } from '../../../src/explore/finding/finding.ts';
import { Size } from '../../../src/explore/finding/size.ts';
import { exploreProgram, program } from '../../support/explore-file.ts';

const MEMORY = '(memory (export "mem") 1 1 shared)';

/** Threads that call `t1`, `t2`, … of one module, and what the script does after. */
function threads(funcs: readonly string[], after = ''): string {
  const names = funcs.map((_, i) => `T${i + 1}`);
  return `(module $M shared ${MEMORY}
${funcs.map((body, i) => `  (func (export "t${i + 1}") shared ${body})`).join('\n')}
  (func (export "get") shared (param i32) (result i32) (i32.load (local.get 0))))
(register "M")
${names.map((name, i) => `(thread $${name} (shared (module $M)) (invoke $M "t${i + 1}"))`).join('\n')}
${names.map((name) => `(wait $${name})`).join('\n')}
${after}`;
}

const WAIT = (expected: number) => `(drop (memory.atomic.wait32 (i32.const 0) (i32.const ${expected}) (i64.const -1)))`;
const NOTIFY = '(drop (memory.atomic.notify (i32.const 0) (i32.const 1)))';
const STORE = (value: number) => `(i32.atomic.store (i32.const 0) (i32.const ${value}))`;

function findings(text: string, model = 'sc'): readonly Finding[] {
  return exploreProgram(program(text), model).findings;
}

function kinds(text: string, model = 'sc'): string[] {
  return findings(text, model).map(({ kind }) => kind);
}

describe('lost wake-ups and deadlocks', () => {
  test('a notify before the store is a lost wake-up, and the store after it the reason', () => {
    const [first, ...rest] = findings(threads([WAIT(0), NOTIFY + STORE(1)]));
    expect(rest).toEqual([]);
    expect(first?.kind).toBe('lost wake-up');
    expect(first?.text).toContain('the notify came too early');
    expect(first?.text).toContain('since T2 stores there only after the notify, at i32.atomic.store');
    expect(first?.places.map(({ thread, instruction }) => `${thread} ${instruction}`)).toEqual([
      'T1 memory.atomic.wait32',
      'T2 memory.atomic.notify',
      'T2 i32.atomic.store',
    ]);
  });

  test('a wait that expects the new value is a lost wake-up, and the expected value the reason', () => {
    const [first] = findings(threads([WAIT(1), STORE(1) + NOTIFY]));
    expect(first?.kind).toBe('lost wake-up');
    expect(first?.text).toContain('the wait should expect the value from before it');
  });

  test('a store before the notify loses no wake-up', () => {
    expect(kinds(threads([WAIT(0), STORE(1) + NOTIFY]))).toEqual([]);
  });

  test('a wait that nobody notifies is a deadlock and no lost wake-up', () => {
    const [first, ...rest] = findings(threads([WAIT(0), STORE(0)]));
    expect(rest).toEqual([]);
    expect(first?.kind).toBe('deadlock');
    expect(first?.text).toContain('T1 sleeps for ever at memory.atomic.wait32');
    expect(first?.text).toContain('nobody notifies it');
    expect(first?.text).toContain('main wait $T1');
  });

  test('a notify that may wake nobody loses no wake-up', () => {
    const none = '(drop (memory.atomic.notify (i32.const 0) (i32.const 0)))';
    expect(kinds(threads([WAIT(0), none]))).toEqual(['deadlock']);
  });

  test('a notify of another location loses no wake-up', () => {
    const other = '(drop (memory.atomic.notify (i32.const 8) (i32.const 1)))';
    expect(kinds(threads([WAIT(0), other]))).toEqual(['deadlock']);
  });

  test('a thread that waits twice for one notify was woken by it: a deadlock', () => {
    const woken = exploreProgram(program(threads([WAIT(0) + WAIT(0), NOTIFY])), 'sc');
    expect(woken.findings.map(({ kind }) => kind)).toEqual(['lost wake-up', 'deadlock']);
  });

  test('a wait that its timeout ends is no finding', () => {
    const timed = '(drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 5)))';
    expect(kinds(threads([timed, NOTIFY]))).toEqual([]);
  });
});

describe('torn values', () => {
  const store = (value: string) => `(i64.store (i32.const 0) (i64.const ${value}))`;
  const load = '(drop (i64.load (i32.const 0)))';

  test('a read of halves of two stores is one, with the places of both', () => {
    const torn = findings(threads([store('0x0000000100000001'), load]), 'wasm').filter(
      ({ kind }) => kind === 'torn value',
    );
    expect(torn).toHaveLength(1);
    expect(torn[0]?.places.map(({ instruction }) => instruction)).toEqual(['i64.load', 'i64.store']);
    expect(torn[0]?.text).toContain('reads a torn value');
  });

  test('a value that one write gives is none, whoever supplied its bytes', () => {
    expect(kinds(threads([store('1'), load]), 'wasm')).toEqual(['race']);
  });

  test('two narrow stores beside each other are read together without tearing', () => {
    const halves = '(i32.store (i32.const 0) (i32.const 1)) (i32.store (i32.const 4) (i32.const 1))';
    expect(kinds(threads([halves, load]), 'wasm')).not.toContain('torn value');
  });
});

describe('races, traps and assertions', () => {
  test('a race names both accesses and says what is missing', () => {
    const [race] = findings(threads(['(i32.store (i32.const 0) (i32.const 1))', STORE(2)]), 'wasm');
    expect(race?.kind).toBe('race');
    expect(race?.text).toContain('race on M.mem+0..3: nothing orders them, and only T2’s is atomic');
  });

  test('a trap has the place of the instruction', () => {
    const [trap, ...rest] = findings(threads(['(unreachable)']));
    expect(rest).toEqual([]);
    expect(trap?.kind).toBe('trap');
    expect(trap?.places[0]?.instruction).toBe('unreachable');
  });

  test('a trap that is asserted is none', () => {
    const text = threads([STORE(1)], '(assert_trap (invoke $M "get" (i32.const 65536)) "out of bounds memory access")');
    expect(kinds(text)).toEqual([]);
  });

  test('an assertion tells what was read, and from whom', () => {
    const add = '(i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))';
    const [failed] = findings(threads([add, add], '(assert_return (invoke $M "get" (i32.const 0)) (i32.const 2))'));
    expect(failed?.kind).toBe('assertion');
    expect(failed?.text).toContain('expected i32 2, got i32 1');
    expect(failed?.text).toMatch(/i32\.load \(.*\) read i32 1 at M\.mem\+0\.\.3 from T\d i32\.store/);
  });
});

describe('the smallest witness', () => {
  const TEXTS = {
    locks: threads([WAIT(0), `${STORE(0)} ${NOTIFY}`, `${STORE(0)} (if (i32.load (i32.const 0)) (then ${STORE(2)}))`]),
    adds: threads(
      [
        '(i32.store (i32.const 0) (i32.const 1)) (i32.store (i32.const 4) (i32.const 1))',
        '(i32.store (i32.const 4) (i32.load (i32.const 0)))',
      ],
      '(assert_return (invoke $M "get" (i32.const 4)) (i32.const 1))',
    ),
  };

  test.each(Object.entries(TEXTS))('of %s: no interleaving that shows the finding has fewer events', (_, text) => {
    const p = program(text);
    const all = exploreProgram(p, 'sc', { strategy: 'all-interleavings' });
    const reduced = exploreProgram(p, 'sc', { strategy: 'interleavings' });
    expect(reduced.findings.map(({ kind, text: words }) => [kind, words.split(';')[0]])).toEqual(
      all.findings.map(({ kind, text: words }) => [kind, words.split(';')[0]]),
    );
    for (const [i, { witness }] of all.findings.entries()) {
      const other = reduced.findings[i]?.witness?.execution as Execution;
      const best = witness?.execution as Execution;
      expect(other.events).toHaveLength(best.events.length);
    }
  });

  test('a log that keeps the first execution instead of the smallest is caught by that', () => {
    const lengths = (): number[] =>
      exploreProgram(program(TEXTS.locks), 'sc', { strategy: 'all-interleavings' }).findings.map(
        ({ witness }) => witness?.execution.events.length ?? 0,
      );
    const smallest = lengths();
    const mutant = vi.spyOn(Size.prototype, 'isLess').mockReturnValue(false);
    try {
      expect(lengths()).not.toEqual(smallest);
    } finally {
      mutant.mockRestore();
    }
  });

  test('fewer events come first, then fewer switches, then the schedule', () => {
    const execution = (...order: number[]): Execution =>
      ({ events: order.map((thread, id) => ({ thread, id })), threads: [], rf: [], asw: [] }) as never;
    const sorted = [execution(0, 1), execution(0, 0, 1, 1), execution(1, 1, 0, 0), execution(0, 1, 0, 1)];
    for (const [i, a] of sorted.entries())
      for (const [j, b] of sorted.entries()) expect(new Size(a).isLess(new Size(b))).toBe(i < j);
  });
});
