import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import type { Execution } from '../../../src/event/execution.ts';
import type { Finding } from '../../../src/explore/finding/finding.ts';
import type { FindingRules } from '../../../src/explore/finding/rules.ts';
import { FINDING_RULES } from '../../../src/explore/finding/rules.ts';
import { Size } from '../../../src/explore/finding/size.ts';
import type { Witness } from '../../../src/explore/result.ts';
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

/** Changes of thread in the order of a witness. */
function switches(witness: Witness | null | undefined): number {
  const threads = (witness?.tot ?? []).flatMap((id) => {
    const { kind, thread } = known(witness?.execution.events[id], 'event');
    return kind === 'alloc' ? [] : [thread];
  });
  return threads.filter((thread, i) => i > 0 && thread !== threads[i - 1]).length;
}

describe('definitions that are wrong are noticed', () => {
  const kindsBy = (text: string, model: string, rules: Partial<FindingRules>): string[] =>
    exploreProgram(program(text), model, { findings: { ...FINDING_RULES, ...rules } }).findings.map(({ kind }) => kind);

  test('lost wake-ups: a notify that came too early must be looked for, and be one that could have woken', () => {
    const early = threads([WAIT(0), NOTIFY + STORE(1)]);
    expect(kinds(early)).toEqual(['lost wake-up']);
    expect(kindsBy(early, 'sc', { lostWakeUps: () => [] })).toEqual(['deadlock']);
    const elsewhere = threads([WAIT(0), '(drop (memory.atomic.notify (i32.const 8) (i32.const 1)))']);
    const anyNotify: FindingRules['lostWakeUps'] = (x, stuck) =>
      stuck.flatMap((sleeper) => {
        const notify = x.events.find(({ kind }) => kind === 'notify');
        const [wait] = sleeper.events;
        return notify === undefined || wait === undefined ? [] : [{ sleeper, wait, notify: notify.id }];
      });
    expect(kinds(elsewhere)).toEqual(['deadlock']);
    expect(kindsBy(elsewhere, 'sc', { lostWakeUps: anyNotify })).not.toEqual(['deadlock']);
  });

  test('torn values: several writers make none, but a circle of them', () => {
    const load = '(drop (i64.load (i32.const 0)))';
    const halves = '(i32.store (i32.const 0) (i32.const 1)) (i32.store (i32.const 4) (i32.const 1))';
    const several: FindingRules['tornReads'] = (x) =>
      x.events.flatMap(({ id }) =>
        (x.rf[id] ?? []).flatMap((row, action) => {
          const writers = [...new Set(row)];
          return writers.length > 1 ? [{ event: id, action, writers }] : [];
        }),
      );
    expect(kinds(threads([halves, load]), 'wasm')).not.toContain('torn value');
    expect(kindsBy(threads([halves, load]), 'wasm', { tornReads: several })).toContain('torn value');
    const whole = threads(['(i64.store (i32.const 0) (i64.const 0x100000001))', load]);
    expect(kinds(whole, 'wasm')).toContain('torn value');
    expect(kindsBy(whole, 'wasm', { tornReads: () => [] })).not.toContain('torn value');
  });
});

describe('races in loops', () => {
  // The second thread reads x in every round, and nothing else than the flag ends its loop.
  const spins = threads([
    '(i32.store (i32.const 8) (i32.const 0)) (i32.atomic.store (i32.const 0) (i32.const 1))',
    '(loop $again (drop (i32.load (i32.const 8))) (br_if $again (i32.eqz (i32.atomic.load (i32.const 0)))))',
  ]);

  test.each([
    ['sc', 'interleavings'],
    ['sc', 'states'],
    ['wasm', 'axioms'],
    ['wasm', 'drf'],
  ] as const)('a race of a round that changes nothing is found under %s by %s', (model, strategy) => {
    const { findings: found } = exploreProgram(program(spins), model, { strategy });
    const texts = found.filter(({ kind }) => kind === 'race').map(({ text }) => text);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toMatch(/T1 i32\.store .* and T2 i32\.load .* race on M\.mem\+8\.\.11/);
  });
});

describe('schedules in words', () => {
  test('who does what, turn by turn, as far as others notice', () => {
    const [first] = findings(threads([WAIT(0), `(i32.store (i32.const 64) (i32.const 7)) ${NOTIFY}${STORE(1)}`]));
    const told = first?.schedule.map(({ thread, steps }) => [thread, ...steps.map(({ does }) => does)].join(': '));
    expect(told?.join('\n').replaceAll(/ \(line \d+\)/g, '')).toBe(
      [
        'main: thread $T1 starts T1: thread $T2 starts T2',
        'T2: memory.atomic.notify wakes nobody at M.mem+0',
        'T1: memory.atomic.wait32 reads i32 0 at M.mem+0..3, and falls asleep',
        'T2: i32.atomic.store writes i32 1 at M.mem+0..3',
      ].join('\n'),
    );
    expect(first?.repeatsFrom).toBeNull();
  });

  test('of an execution that no interleaving explains, what reads comes after what it reads from', () => {
    const store = (at: number): string => `(i32.store (i32.const ${at}) (i32.const 1))`;
    const load = (at: number): string => `(if (i32.eqz (i32.load (i32.const ${at}))) (then (unreachable)))`;
    const race = findings(threads([store(0) + load(4), store(4) + load(0)]), 'wasm').find(
      ({ kind }) => kind === 'trap',
    );
    expect(race?.schedule.map(({ thread }) => thread)).toContain('T1');
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

  test.each(Object.entries(TEXTS))(
    'of %s: no interleaving that shows the finding has fewer events, nor as many and fewer switches',
    (_, text) => {
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
        expect(switches(reduced.findings[i]?.witness)).toBe(switches(witness));
      }
    },
  );

  test('an order in which none is smaller than another is caught by that: the first execution stays', () => {
    const lengths = (findings?: FindingRules): number[] =>
      exploreProgram(program(TEXTS.locks), 'sc', {
        strategy: 'all-interleavings',
        ...(findings === undefined ? {} : { findings }),
      }).findings.map(({ witness }) => witness?.execution.events.length ?? 0);
    expect(lengths({ ...FINDING_RULES, isSmaller: () => false })).not.toEqual(lengths());
  });

  test('fewer events come first, then fewer switches, then the schedule', () => {
    // All at one place, so that their order matters.
    const write = { kind: 'wr', region: 1, offset: 0, size: 1, order: 'seqcst', tearFree: true, written: [0] };
    const execution = (...order: number[]): Execution =>
      ({
        events: order.map((thread, id) => ({
          id,
          thread,
          kind: 'access',
          actions: [write],
          site: { at: { start: 0, end: 0 } },
          index: order.slice(0, id).filter((other) => other === thread).length,
        })),
        threads: [],
        rf: [],
        asw: [],
      }) as never;
    const sorted = [execution(0, 1), execution(0, 0, 1, 1), execution(1, 1, 0, 0), execution(0, 1, 0, 1)];
    const sizes = sorted.map(
      (x) =>
        new Size(
          x,
          x.events.map(({ id }) => id),
        ),
    );
    for (const [i, a] of sizes.entries()) for (const [j, b] of sizes.entries()) expect(a.isLess(b)).toBe(i < j);
  });
});
