import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExploreResult } from '../../src/explore/result.ts';
import { outcomeKey } from '../../src/explore/outcome.ts';
import { everyThread } from '../../src/explore/states/persistent.ts';
import { exploreProgram, program } from '../support/explore-file.ts';
import { exploreTiny } from '../support/interleavings.ts';
import { alikeInTiny, tinyStates } from '../support/states.ts';
import type { TinyProgram, TinyStep } from '../support/tiny-machine.ts';
import type { Family } from './generators/programs.ts';
import { FAMILIES, programs } from './generators/programs.ts';

const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);
const SEED = Number(process.env['WEFT_SEED'] ?? 20_261_127);

// ---- Equal threads of the tiny machine, and a main thread that joins them in many ways

const at = fc.constantFrom(0, 0, 1);
const to = fc.constantFrom('a', 'b');
const order = 'seqcst';
type Piece = fc.Arbitrary<readonly TinyStep[]>;

const read = fc.record({ kind: fc.constant('read' as const), at, size: fc.constant(1), order: fc.constant(order), to });
const write = fc
  .tuple(at, fc.constantFrom(1, 2), fc.option(to, { nil: undefined }))
  .map(([place, value, from]): TinyStep => {
    const step = { kind: 'write', at: place, size: 1, order, value } as const;
    return from === undefined ? step : { ...step, from };
  });
const add = fc.tuple(at, to).map(([place, register]): TinyStep => {
  return { kind: 'rmw', at: place, size: 1, order, op: 'add', value: 1, to: register };
});
const wait = fc.constantFrom(-1n, -1n, 5n).map((timeout): TinyStep => {
  return { kind: 'wait', at: 0, expected: 0, timeout, to: 'w' };
});
const notify = fc.constantFrom(1, 2).map((count): TinyStep => ({ kind: 'notify', at: 0, count, to: 'n' }));
const one = (...kinds: readonly fc.Arbitrary<TinyStep>[]): Piece => fc.oneof(...kinds).map((step) => [step]);
const spin: Piece = fc.constantFrom<readonly TinyStep[]>(
  [
    { kind: 'read', at: 1, size: 1, order, to: 'a' },
    { kind: 'while', register: 'a', value: 0, back: 1 },
  ],
  // Others may end between the rounds.
  [
    { kind: 'cas', at: 1, size: 1, order, expected: 0, value: 1, to: 'a' },
    { kind: 'read', at: 0, size: 1, order, to: 'c' },
    { kind: 'while', register: 'a', value: 1, back: 2 },
  ],
);

const accesses = one(read, write, add, add);
const PIECES = {
  'read, write and add': accesses,
  wait: fc.oneof({ weight: 1, arbitrary: accesses }, { weight: 2, arbitrary: one(wait, wait, notify) }),
  spin: fc.oneof({ weight: 2, arbitrary: accesses }, { weight: 1, arbitrary: spin }),
  trap: fc.oneof(
    { weight: 3, arbitrary: one(add, wait, notify) },
    { weight: 1, arbitrary: one(fc.constant<TinyStep>({ kind: 'trap', reason: 'unreachable' })) },
  ),
  fork: fc.oneof(
    { weight: 2, arbitrary: accesses },
    { weight: 1, arbitrary: one(fc.constant<TinyStep>({ kind: 'fork', thread: 'child' })) },
  ),
} as const;

function equalThreads(piece: Piece): fc.Arbitrary<TinyProgram> {
  const body = (most: number): Piece => fc.array(piece, { minLength: 1, maxLength: most }).map((parts) => parts.flat());
  return fc
    .tuple(
      fc.integer({ min: 2, max: 3 }).chain((k) => fc.tuple(fc.constant(k), body(k === 2 ? 3 : 2))),
      fc.option(body(1)),
      accesses,
      fc.constantFrom('all', 'all', 'all', 'none', 'some', 'one, then others', 'late', 'in two parts'),
      fc.constantFrom('forwards', 'backwards'),
      body(1),
    )
    .map(([[k, equal], other, child, joins, direction, own]) => {
      const names = Array.from({ length: k }, (_, i) => `t${i}`);
      const all = other === null ? names : [...names, 'other'];
      const forks = all.map((thread): TinyStep => ({ kind: 'fork', thread }));
      const joined = all.map((thread): TinyStep => ({ kind: 'join', thread }));
      if (direction === 'backwards') joined.reverse();
      const [first, ...rest] = joined as [TinyStep, ...TinyStep[]];
      const last: TinyStep = { kind: 'read', at: 0, size: 1, order, to: 'm' };
      const steps: Readonly<Record<typeof joins, readonly TinyStep[]>> = {
        all: [...forks, ...joined, last],
        none: [...forks],
        some: [...forks, ...rest, last],
        'one, then others': [...forks, first, ...own, ...rest, last],
        late: [...forks, ...own, ...joined],
        'in two parts': [...forks.slice(0, 1), ...own, ...forks.slice(1), ...joined],
      };
      const equals = Object.fromEntries(names.map((name) => [name, equal]));
      return { main: steps[joins], ...equals, ...(other === null ? {} : { other }), child };
    });
}

describe('taking alike threads for each other changes no outcome', () => {
  test.each([
    ['read, write and add', () => false, 1],
    ['wait', () => false, 2],
    ['spin', () => false, 3],
    ['trap', () => true, 4],
    ['trap', (thread: string) => thread === 'child', 5],
    ['fork', () => false, 6],
    ['fork', (thread: string) => thread === 'child', 7],
  ] as const)('of tiny programs whose threads %s', (what, fatal, salt) => {
    let fewer = 0;
    let compared = 0;
    fc.assert(
      fc.property(equalThreads(PIECES[what]), (tiny) => {
        const apart = tinyStates(tiny, { limit: 5_000 }, fatal);
        if (apart.stopped || apart.bounded.length > 0) return;
        const alike = alikeInTiny(tiny);
        const together = tinyStates(tiny, { alike }, fatal);
        expect(together.outcomes).toEqual(apart.outcomes);
        expect(together.races > 0).toBe(apart.races > 0);
        expect(tinyStates(tiny, { alike, choose: everyThread }, fatal).outcomes).toEqual(apart.outcomes);
        if (what !== 'spin' && RUNS > 1) {
          const plain = exploreTiny(tiny, 'plain', { limit: 3_000 }, fatal);
          if (!plain.stopped) expect(together.outcomes).toEqual(plain.outcomes);
        }
        compared++;
        if (together.states < apart.states) fewer++;
      }),
      { seed: SEED + salt, numRuns: 8 * RUNS },
    );
    expect(compared).toBeGreaterThan(3 * RUNS);
    // A trap that ends all keeps threads from being forked at once.
    if (salt !== 4) expect(fewer).toBeGreaterThan(what === 'fork' ? -1 : 0);
  });
});

// ---- Scripts

/** All threads call the first one's function. */
function withEqualThreads(text: string): string {
  return text.replace(/\(invoke \$M "t\d"\)/g, '(invoke $M "t1")');
}

/** The same program, in which no two commands are the same text. */
function withMarks(text: string): string {
  let k = 0;
  return text.replace(/\(invoke \$M/g, () => `(invoke (; ${k++} ;) $M`);
}

function found(text: string): ExploreResult {
  return exploreProgram(program(text), 'sc', { strategy: 'states' });
}

function told({ outcomes, executions, deadlocks, assertions, races }: ExploreResult): unknown {
  const keys = outcomes.map(({ values, deadlock, executions: count }) => {
    return `${count} ${outcomeKey(new Map([...values].sort()), deadlock)}`;
  });
  return {
    outcomes: keys.sort(),
    executions,
    deadlocks,
    races: races.length > 0,
    assertions: assertions.map(({ holds }) => holds),
  };
}

describe('equal threads of a script', () => {
  test.each(Object.entries(FAMILIES) as [keyof typeof FAMILIES, Family][])(
    'with %s have the outcomes and executions that they have if they are told apart',
    (name, family) => {
      let fewer = 0;
      fc.assert(
        fc.property(programs(family), (text) => {
          const equal = withEqualThreads(text);
          const [together, apart] = [found(equal), found(withMarks(equal))];
          expect(told(together)).toEqual(told(apart));
          expect(together.method.states).toBeLessThanOrEqual(apart.method.states ?? 0);
          if ((together.method.states ?? 0) < (apart.method.states ?? 0)) fewer++;
        }),
        { seed: SEED, numRuns: 3 * RUNS },
      );
      // Whoever makes an object is like nobody.
      if (name !== 'fresh objects') expect(fewer).toBeGreaterThan(0);
    },
  );
});
