import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findNonTermination } from '../../src/explore/loops/non-termination.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { groupedMachine } from '../support/interleavings.ts';
import type { SearchSwitches } from '../support/states.ts';
import { alikeInTiny, tinyStates } from '../support/states.ts';
import type { TinyProgram, TinyState, TinyStep } from '../support/tiny-machine.ts';
import { tinyStart } from '../support/tiny-machine.ts';

/** What a reduced search of states says of fair schedules (`src/explore/states/ends.ts`), against the graph with all steps of all threads. */
const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);

const size = 1;
const order = 'seqcst';
const at = fc.constantFrom(0, 0, 1);
const write = fc.tuple(at, fc.constantFrom(0, 1, 1)).map(([place, value]): TinyStep => {
  return { kind: 'write', at: place, size, order, value };
});
const read = at.map((place): TinyStep => ({ kind: 'read', at: place, size, order, to: 'a' }));
const exchange = fc.tuple(at, fc.constantFrom(0, 1)).map(([place, value]): TinyStep => {
  return { kind: 'rmw', at: place, size, order, op: 'xchg', value, to: 'a' };
});
const compareExchange = at.map((place): TinyStep => {
  return { kind: 'cas', at: place, size, order, expected: 0, value: 1, to: 'a' };
});
const wait = fc
  .tuple(at, fc.constantFrom(0, 1), fc.constantFrom(-1n, 5n))
  .map(([place, expected, timeout]): TinyStep => {
    return { kind: 'wait', at: place, expected, timeout, to: 'a' };
  });
const notify = at.map((place): TinyStep => ({ kind: 'notify', at: place, count: 1, to: 'n' }));
const one = fc.oneof(write, write, read, exchange, compareExchange, notify);

/** A loop of one step, or of two. */
const loop = fc
  .tuple(
    fc.array(fc.oneof(write, exchange), { maxLength: 1 }),
    fc.oneof(read, read, exchange, compareExchange, wait),
    fc.constantFrom(0, 1, 1),
  )
  .map(([before, step, value]): readonly TinyStep[] => {
    return [...before, step, { kind: 'while', register: 'a', value, back: before.length + 1 }];
  });
const body = fc
  .array(fc.oneof({ weight: 3, arbitrary: one.map((step) => [step]) }, { weight: 2, arbitrary: loop }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parts.flat());

const programs: fc.Arbitrary<TinyProgram> = fc
  .tuple(body, fc.option(body), fc.constantFrom(1, 2), fc.boolean())
  .map(([equal, other, count, joins]) => {
    const equals = Array.from({ length: count }, (_, i): [string, readonly TinyStep[]] => [`t${i}`, equal]);
    const threads = Object.fromEntries(other === null ? equals : [...equals, ['other', other] as const]);
    const names = Object.keys(threads);
    const forks = names.map((thread): TinyStep => ({ kind: 'fork', thread }));
    const ends = joins ? names.map((thread): TinyStep => ({ kind: 'join', thread })) : [];
    return { main: [...forks, ...ends], ...threads };
  });

interface Tally {
  ends: number;
  loops: number;
  mayNot: number;
}

function compare(program: TinyProgram, switches: SearchSwitches<TinyState>, tally: Tally): void {
  const found = tinyStates(program, { ...switches, limit: 20_000 });
  if (found.stopped || found.bounded.length > 0) return;
  const machine = groupedMachine(program, () => false);
  const options = { readings: DEFAULT_READINGS, states: 20_000, shouldStop: () => false };
  const all = findNonTermination(machine, tinyStart('main'), options);
  if (all === null) return;
  if (all.length > 0) tally.mayNot++;
  if (!found.endsFairly) return;
  expect(all).toEqual([]);
  tally.ends++;
  if (Object.values(program).some((steps) => steps.some(({ kind }) => kind === 'while'))) tally.loops++;
}

function compareMany(numRuns: number, switches: (program: TinyProgram) => SearchSwitches<TinyState>): Tally {
  const tally = { ends: 0, loops: 0, mayNot: 0 };
  const property = fc.property(programs, (program) => compare(program, switches(program), tally));
  fc.assert(property, { seed: 20_261_128, numRuns });
  return tally;
}

test.each([
  ['reduced', () => ({})],
  ['reduced, with threads that are alike', (program: TinyProgram) => ({ alike: alikeInTiny(program) })],
] as const)('a search of states that is %s says that fair schedules end only where all do', (_, switches) => {
  const numRuns = 1_500 * RUNS;
  const { loops, mayNot } = compareMany(numRuns, switches);
  expect(loops).toBeGreaterThan(numRuns / 10);
  expect(mayNot).toBeGreaterThan(numRuns / 10);
});

test('a search that puts some threads off for ever is found out (a mutant)', () => {
  let failure: unknown = null;
  try {
    compareMany(20_000, () => ({ choose: firstAlone, proviso: false }));
  } catch (error) {
    failure = (error as Error).cause;
  }
  expect(failure).toMatchObject({ name: 'AssertionError' });
});

/** The first thread that can make a step, whatever the others would do. */
function firstAlone(
  _: unknown,
  { locals, enabled }: { locals: readonly { thread: { index: number } }[]; enabled: readonly boolean[] },
): number {
  const first = locals.find((__, k) => enabled[k]);
  return first === undefined ? 0 : 1 << first.thread.index;
}
