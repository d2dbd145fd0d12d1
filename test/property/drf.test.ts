import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import { JUSTIFIED } from '../../src/explore/bounds.ts';
import type { DrfConditions } from '../../src/explore/drf/explore.ts';
import { CONDITIONS } from '../../src/explore/drf/explore.ts';
import { accessesAsked, isLoose } from '../../src/explore/drf/requests.ts';
import type { Asked } from '../../src/explore/drf/requests.ts';
import type { Request } from '../../src/event/request.ts';
import { fieldOf } from '../../src/event/location.ts';
import { lettersOf, singleBytes } from '../../src/model/bounded/alphabet.ts';
import { checkScDrf } from '../../src/model/bounded/sc-drf.ts';
import { DEFINITIONS } from '../../src/model/definitions.ts';
import { nativeModel } from '../../src/model/native.ts';
import { byDrf, outcomesOf } from '../support/by-drf.ts';
import { exploreProgram, program } from '../support/explore-file.ts';

/** Every hypothesis of the theorem [proofs-notes/sc-drf.md] is needed: a program of which it alone fails, and a check without it that answers wrongly. */

const HEAD = '(module $M shared (memory (export "mem") 1 2 shared)';

/** A script of threads with these bodies; each returns an i32. */
function script(before: string, ...bodies: readonly string[]): string {
  const functions = bodies.map((body, i) => `(func (export "t${i}") shared (result i32) (local $r i32) ${body})`);
  const threads = bodies.map((_, i) => `(thread $T${i} (shared (module $M)) (invoke $M "t${i}"))`);
  return `${HEAD} ${functions.join('\n')} ${before}\n${threads.join('\n')}`;
}

type Pairs = (a: Asked, b: Asked) => boolean;

/** Races of those pairs of accesses alone. */
function races(pairs: Pairs): (a: Request, b: Request) => boolean {
  return (a, b) =>
    accessesAsked(a).some((x) =>
      accessesAsked(b).some((y) => (x.writes || y.writes) && isLoose(x.access, y.access) && pairs(x, y)),
    );
}

const isAtomic = ({ access: { order } }: Asked): boolean => order === 'seqcst' || order === 'acqrel';

interface Case {
  readonly what: string;
  readonly text: string;
  readonly mutant: Partial<DrfConditions>;
}

const CASES: readonly Case[] = [
  {
    what: 'races of unordered accesses: store buffering',
    text: script(
      ')(register "M")',
      '(i32.store (i32.const 0) (i32.const 1)) (i32.load (i32.const 4))',
      '(i32.store (i32.const 4) (i32.const 1)) (i32.load (i32.const 0))',
    ),
    mutant: { mayRace: () => false },
  },
  {
    what: 'mixed sizes: store buffering on seqcst accesses, the reads wider than the writes',
    text: script(
      ')(register "M")',
      '(i32.atomic.store8 (i32.const 0) (i32.const 1)) (i32.atomic.load (i32.const 4))',
      '(i32.atomic.store8 (i32.const 4) (i32.const 1)) (i32.atomic.load (i32.const 0))',
    ),
    mutant: { mayRace: races((x, y) => !(isAtomic(x) && isAtomic(y))) },
  },
  {
    what: 'acqrel accesses: store buffering on them',
    text: script(
      ')(register "M")',
      '(i32.atomic.store acq_rel (i32.const 0) (i32.const 1)) (i32.atomic.load acq_rel (i32.const 4))',
      '(i32.atomic.store acq_rel (i32.const 4) (i32.const 1)) (i32.atomic.load acq_rel (i32.const 0))',
    ),
    mutant: { mayRace: races((x, y) => !(isAtomic(x) && isAtomic(y) && x.access.size === y.access.size)) },
  },
  {
    what: 'growth: an access in bounds of a length that a grow wrote, and the next one not',
    text: `${HEAD}
      (func (export "grow") shared (result i32) (memory.grow (i32.const 1)))
      (func (export "load") shared (result i32) (i32.load8_u (i32.const 65536))))
      (register "M")
      (thread $T0 (shared (module $M)) (invoke $M "grow"))
      (thread $T1 (shared (module $M)) (invoke $M "load") (invoke $M "load"))`,
    mutant: { mayRace: races((x) => fieldOf(x.access.region) !== 'length') },
  },
  {
    what: 'compare-exchanges count as writes: one that succeeds races with a load where no state shows both',
    text: script(
      ')(register "M")',
      '(i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 1))',
      '(i32.atomic.store (i32.const 0) (i32.const 2)) (i32.load (i32.const 0))',
    ),
    mutant: { mayRace: races((x, y) => x.writes !== x.reads && y.writes !== y.reads) },
  },
  {
    what: 'every thread: the third one races',
    text: script(
      ')(register "M")',
      '(i32.const 0)',
      '(i32.store (i32.const 0) (i32.const 1)) (i32.load (i32.const 4))',
      '(i32.store (i32.const 4) (i32.const 1)) (i32.load (i32.const 0))',
    ),
    mutant: { isSeen: (thread) => thread !== 3 },
  },
  {
    what: 'values that justify each other: the value is written, but always hidden by another write',
    text: `${HEAD}
      (func (export "one") shared (i32.store8 (i32.const 0) (i32.const 1)))
      (func (export "zero") shared (i32.store8 (i32.const 0) (i32.const 0)))
      (func $copy shared (param $from i32) (param $to i32) (result i32)
        (if (i32.load8_u (local.get $from)) (then (i32.store8 (local.get $to) (i32.const 1)) (return (i32.const 1))))
        (i32.const 0))
      (func (export "t1") shared (result i32) (call $copy (i32.const 0) (i32.const 1)))
      (func (export "t2") shared (result i32) (call $copy (i32.const 1) (i32.const 0))))
      (register "M")
      (thread $T0 (shared (module $M)) (invoke $M "one")) (wait $T0) (invoke $M "zero")
      (thread $T1 (shared (module $M)) (invoke $M "t1"))
      (thread $T2 (shared (module $M)) (invoke $M "t2"))`,
    mutant: { thinAir: false },
  },
];

describe('each condition of SC-DRF is needed', () => {
  test.each(CASES)('$what', ({ text, mutant }) => {
    const all = outcomesOf(exploreProgram(program(text), 'wasm', { strategy: 'axioms' }));
    expect(byDrf(text, CONDITIONS)).toBeNull();
    const wrong = known(byDrf(text, { ...CONDITIONS, thinAir: false, ...mutant }), 'an answer without the condition');
    expect(wrong.length).toBeLessThan(all.length);
    expect(outcomesOf(exploreProgram(program(text), 'wasm', { strategy: 'drf' }))).toEqual(all);
  });
});

describe('values that threads pass on', () => {
  const text = known(CASES.at(-1), 'case').text;

  test('mutant: where they are not, values that justify each other are overlooked', () => {
    expect(byDrf(text, { ...CONDITIONS, rounds: 1 })).not.toBeNull();
    expect(byDrf(text, CONDITIONS)).toBeNull();
  });

  test('where the search cannot exclude them and axioms take too long, the sequentially consistent outcomes are told, with what is missing', () => {
    const spin = '(loop $l (br_if $l (i32.eqz (i32.atomic.load (i32.const 8)))))';
    const more = text.replace(
      '(func $copy',
      `(func (export "many") shared ${'(drop (i32.atomic.rmw8.add_u (i32.const 16) (i32.const 1)))'.repeat(6)} ${spin})
      (func $copy`,
    );
    const slow = `${more} (thread $A (shared (module $M)) (invoke $M "many")) (thread $B (shared (module $M)) (invoke $M "many"))`;
    const result = exploreProgram(program(slow), 'wasm', { strategy: 'drf' });
    expect(result).toMatchObject({ complete: false, bound: JUSTIFIED, method: { strategy: 'drf', drf: false } });
    expect(result.outcomes.length).toBeGreaterThan(0);
  });
});

describe('programs without races are answered by their interleavings', () => {
  test.each([
    [
      'a lock around data',
      script(
        `(func $add shared (loop $l (br_if $l (i32.atomic.rmw.xchg (i32.const 8) (i32.const 1))))
          (i32.store (i32.const 0) (i32.add (i32.const 1) (i32.load (i32.const 0))))
          (i32.atomic.store (i32.const 8) (i32.const 0)))) (register "M")`,
        '(call $add) (i32.const 0)',
        '(call $add) (i32.const 0)',
      ),
    ],
    [
      'a message that is waited for',
      script(
        ')(register "M")',
        '(i32.store (i32.const 0) (i32.const 7)) (i32.atomic.store (i32.const 4) (i32.const 1)) (memory.atomic.notify (i32.const 4) (i32.const 1))',
        '(drop (memory.atomic.wait32 (i32.const 4) (i32.const 0) (i64.const -1))) (i32.load (i32.const 0))',
      ),
    ],
    [
      'a trap that ends other threads',
      script(
        '(func $child shared (unreachable))) (register "M")',
        '(fork $child) (i32.atomic.load (i32.const 0))',
        '(i32.atomic.store (i32.const 0) (i32.const 1)) (i32.const 0)',
      ),
    ],
    [
      'a trap that ends a thread which writes data, which is read when the group is over',
      `${HEAD}
        (func $child shared (unreachable))
        (func (export "write") shared (fork $child) (i32.store (i32.const 0) (i32.const 1)) (i32.store (i32.const 4) (i32.const 1)))
        (func (export "read") shared (result i32) (i32.add (i32.load (i32.const 0)) (i32.shl (i32.load (i32.const 4)) (i32.const 1)))))
        (register "M")
        (thread $T (shared (module $M)) (invoke $M "write"))
        (wait $T) (invoke $M "read")`,
    ],
    [
      'a trap that takes a thread out of its queue, before the notify of another group',
      `${HEAD}
        (func $child shared (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))
        (func (export "die") shared (fork $child) (unreachable))
        (func (export "notify") shared (result i32) (memory.atomic.notify (i32.const 0) (i32.const 1))))
        (register "M")
        (thread $T (shared (module $M)) (invoke $M "die"))
        (wait $T) (invoke $M "notify")`,
    ],
    [
      'growth before the threads begin',
      script(
        '(func (export "grow") shared (drop (memory.grow (i32.const 1))))) (register "M") (invoke $M "grow")',
        '(i32.atomic.store (i32.const 65536) (i32.const 1)) (i32.atomic.load (i32.const 65540))',
        '(i32.atomic.store (i32.const 65540) (i32.const 1)) (i32.atomic.load (i32.const 65536))',
      ),
    ],
  ])('%s', (_, text) => {
    const answer = exploreProgram(program(text), 'wasm', { strategy: 'drf' });
    expect([answer.method.strategy, answer.method.drf, answer.model, answer.races]).toEqual(['drf', true, 'wasm', []]);
    expect(outcomesOf(answer)).toEqual(outcomesOf(exploreProgram(program(text), 'wasm', { strategy: 'axioms' })));
  });

  test('a model of which the theorem does not hold is not asked', () => {
    const text = script(')(register "M")', '(i32.const 0)');
    for (const model of ['js-es2018', 'wasm-oopsla19-uncorrected'])
      expect(() => exploreProgram(program(text), model, { strategy: 'drf' })).toThrow(model);
  });
});

describe('which models are SC-DRF', () => {
  const alphabet = { places: singleBytes(2), letters: lettersOf(['unord', 'seqcst'], []) };
  const violated = (model: ReturnType<typeof nativeModel>, events: number): number =>
    [2, 3, 4, 5]
      .filter((n) => n <= events)
      .reduce((sum, n) => sum + (checkScDrf({ models: [model], alphabet, events: n }).verdicts[0]?.violated ?? 0), 0);

  test.each(DEFINITIONS)('$name', (base) => {
    const model = nativeModel({ base });
    expect(model.assumes.drf).toBe(violated(model, 4) === 0);
  });

  test.each([
    'sc-last-visible-1',
    'sc-last-visible-2',
    'sc-last-visible-3',
    'hb-consistent-1',
    'hb-consistent-3',
  ] as const)('wasm-oopsla19 less %s is not', (without) => {
    const base = known(
      DEFINITIONS.find(({ name }) => name === 'wasm-oopsla19'),
      'definition',
    );
    const less = nativeModel({ base, without });
    expect(less.assumes.drf).toBe(false);
    expect(violated(less, 4)).toBeGreaterThan(0);
  });

  test.each(['no-tear', 'fence-order', 'rmw-atomicity'] as const)('wasm less %s is', (without) => {
    const less = nativeModel({ base: DEFINITIONS[0] as (typeof DEFINITIONS)[number], without });
    expect(less.assumes.drf).toBe(true);
    expect(violated(less, 4)).toBe(0);
  });
});
