import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ThreadId } from '../../src/event/location.ts';
import { AnswerTrie } from '../../src/exec/answer-trie.ts';
import type { idleness, TrieNode } from '../../src/exec/answer-trie.ts';
import { searchReduced } from '../../src/explore/interleave/reduced.ts';
import { hasEnded } from '../../src/explore/interleave/step.ts';
import { World } from '../../src/explore/interleave/world.ts';
import { ThreadNames } from '../../src/explore/thread-names.ts';
import { executionSoFar, executionsOf } from '../../src/explore/weak/candidates.ts';
import { landscape } from '../../src/explore/weak/landscape.ts';
import { plainExecutions } from '../../src/explore/weak/plain.ts';
import { search } from '../../src/explore/weak/search.ts';
import { findModel } from '../../src/model/catalogue.ts';
import type { Model } from '../../src/model/model.ts';
import type { Machine, Suspended } from '../../src/runtime/executor.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { outcomesByState } from '../support/interleavings.ts';
import type { TinyProgram, TinyStart, TinyState, TinyStep } from '../support/tiny-machine.ts';
import { tinyMachine, tinyStart } from '../support/tiny-machine.ts';

/**
 * Rounds that write what they read are left out of executions (proofs-notes/awaits.md). What is found without them is compared with what is found where
 * every round is made: of states one by one, and of whole traces of so many requests.
 */
const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);
type Order = 'unord' | 'acqrel' | 'seqcst';

const strong = fc.constantFrom<Order>('seqcst', 'seqcst', 'acqrel');
const back = (register: string, value: number, steps = 1): TinyStep => ({
  kind: 'while',
  register,
  value,
  back: steps,
});

/** An update, or a read, again and again while it reads a value. */
function spin(register: string, at: fc.Arbitrary<number>): fc.Arbitrary<readonly TinyStep[]> {
  const update = fc
    .record({ at, order: strong, value: fc.constantFrom(0, 1, 1) })
    .chain(({ at: place, order, value }) => {
      const access = { at: place, size: 1, order, to: register };
      return fc.constantFrom<TinyStep>(
        { kind: 'rmw', ...access, op: 'xchg', value },
        { kind: 'rmw', ...access, op: 'xchg', value },
        { kind: 'rmw', ...access, op: 'add', value: 0 },
        { kind: 'cas', ...access, expected: 0, value: 1 },
        { kind: 'read', ...access },
      );
    });
  return fc.tuple(update, fc.constantFrom(0, 1, 1)).map(([step, value]) => [step, back(register, value)]);
}

/** A step that does no more than one thing; `orders` and `sizes` say whether it may spoil what the spins assume. */
function single(register: string, orders: readonly Order[], sizes: readonly number[]): fc.Arbitrary<TinyStep> {
  const place = fc.record({
    at: fc.constantFrom(0, 1),
    size: fc.constantFrom(...sizes),
    order: fc.constantFrom(...orders),
  });
  return fc.oneof(
    place.map((p): TinyStep => ({ kind: 'read', ...p, to: register })),
    fc.tuple(place, fc.constantFrom(0, 1, 1, 2)).map(([p, value]): TinyStep => ({ kind: 'write', ...p, value })),
    fc.tuple(place, fc.constantFrom(0, 1)).map(([p, value]): TinyStep => {
      return { kind: 'rmw', ...p, order: p.order === 'unord' ? 'seqcst' : p.order, op: 'xchg', value, to: register };
    }),
  );
}

interface Pieces {
  readonly orders: readonly Order[];
  readonly sizes: readonly number[];
}

const ALL: Pieces = { orders: ['seqcst', 'acqrel', 'unord'], sizes: [1, 1, 2] };

/** A thread that spins, with a step before and after, and one that does a few things. */
function spinning({ orders, sizes }: Pieces, others: number): fc.Arbitrary<TinyProgram> {
  const some = (register: string, most: number): fc.Arbitrary<readonly TinyStep[]> =>
    fc.array(single(register, orders, sizes), { maxLength: most });
  return fc
    .tuple(
      some('a', 1),
      spin('l', fc.constantFrom(0, 0, 1)),
      some('b', 1),
      fc.array(single('c', orders, sizes), { minLength: 1, maxLength: others }),
    )
    .map(([before, loop, after, other]) => ({
      main: [
        { kind: 'fork', thread: 'p' },
        { kind: 'fork', thread: 'q' },
      ],
      p: [...before, ...loop, ...after],
      q: other,
    }));
}

/** Two threads that spin, and one that does a few things. */
const bothSpin: fc.Arbitrary<TinyProgram> = fc
  .tuple(
    spin('l', fc.constant(0)),
    spin('m', fc.constantFrom(0, 0, 1)),
    fc.array(single('c', ['seqcst'], [1]), { maxLength: 3 }),
  )
  .map(([p, q, r]) => ({
    main: ['p', 'q', 'r'].map((thread) => ({ kind: 'fork', thread })),
    p: [...p, { kind: 'write', at: 0, size: 1, order: 'seqcst', value: 0 }],
    q,
    r,
  }));

const showRegisters = ({ registers }: TinyState): string => JSON.stringify(Object.entries(registers).sort());

/** The outcomes of all interleavings, in the words of {@link outcomesByState}; null if a bound was reached. */
function byInterleavings(program: TinyProgram, idle?: typeof idleness): readonly string[] | null {
  const names = new ThreadNames();
  const trie = new AnswerTrie<TinyState, TinyStart>(tinyMachine(program), idle);
  const world = new World<TinyState>(trie, tinyStart('main'), names, DEFAULT_READINGS);
  const outcomes = new Set<string>();
  let complete = true;
  searchReduced(world, {
    events: 60,
    returns: 4,
    leaf: (ended) => {
      const threads = ended.threads().map(({ id, status, node }) => {
        return `${names.info(id).name}${hasEnded(status) ? '' : ' for ever'} ${showRegisters(node.state)}`;
      });
      const endless = ended.threads().some(({ status }) => !hasEnded(status));
      outcomes.add(`${endless ? '!' : ''}${threads.sort().join('; ')}`);
    },
    blocked: () => {},
    redundant: () => expect.fail('redundant'),
    bounded: () => (complete = false),
    shouldStop: () => false,
  });
  return complete ? [...outcomes].sort() : null;
}

function compareInterleavings(
  program: TinyProgram,
  tally: { compared: number; endless: number },
  idle?: typeof idleness,
): void {
  const found = byInterleavings(program, idle);
  const states = found === null ? null : outcomesByState(program, 3_000);
  if (found === null || states === null) return;
  expect(found).toEqual(states);
  tally.compared++;
  if (states.some((outcome) => outcome.startsWith('!'))) tally.endless++;
}

const LIMITS = {
  readings: DEFAULT_READINGS,
  nodes: 20_000,
  events: 20,
  returns: 4,
  mixtures: 512,
  shouldStop: () => false,
};

function outcomeOf(ends: ReadonlyMap<ThreadId, TrieNode<TinyState>>, names: ThreadNames): string {
  const shown = [...ends].map(([id, node]) => `${names.info(id).name}${showRegisters(node.state)}`);
  return shown.sort().join(' ');
}

/** The outcomes by the search, which leaves rounds out; null if a bound was reached. */
function bySearch(program: TinyProgram, model: Model, trustsRewrites: boolean): readonly string[] | null {
  const trie = new AnswerTrie<TinyState, TinyStart>(tinyMachine(program));
  const names = new ThreadNames();
  const { assumes } = model;
  const land = landscape(trie, tinyStart('main'), names, { ...LIMITS, assumes, trustsRewrites });
  const outcomes = new Set<string>();
  let complete = land.bound === null;
  search(trie, tinyStart('main'), names, land, {
    ...LIMITS,
    assumes,
    check: null,
    leaf: ({ graph, threads }) => {
      for (const execution of executionsOf(graph, names)) {
        if (!model.check(execution).consistent) continue;
        outcomes.add(outcomeOf(new Map([...threads.values()].map((t) => [t.id, t.node])), names));
      }
    },
    plausible: (graph) => !assumes.monotone || model.check(executionSoFar(graph, names)).consistent,
    blocked: () => {},
    spins: () => {},
    bounded: () => (complete = false),
    shouldStop: () => false,
  });
  return complete ? [...outcomes].sort() : null;
}

interface Counted {
  readonly inner: TinyState;
  readonly asked: number;
}

/** The machine whose threads are in no state twice, and are given up after so many requests. */
function unrolled(program: TinyProgram, most: number): Machine<Counted, TinyStart> {
  const machine = tinyMachine(program);
  const count = ({ state: inner, request }: Suspended<TinyState>, asked: number): Suspended<Counted> => {
    const tooMany = asked > most && request.kind !== 'done';
    const site = { at: { start: 0, end: 0 }, text: '', shows: null };
    return { state: { inner, asked }, request: tooMany ? { kind: 'bound', what: 'requests', site } : request };
  };
  return {
    start: (start) => count(machine.start(start), 0),
    resume: ({ inner, asked }, response) => count(machine.resume(inner, response), asked + 1),
    sameState: () => false,
    stateHash: ({ asked }) => asked,
  };
}

/** The outcomes of executions in which no thread asks more often, by the plain enumeration. */
function byUnrolling(program: TinyProgram, most: number, model: Model): readonly string[] {
  const trie = new AnswerTrie<Counted, TinyStart>(unrolled(program, most));
  const names = new ThreadNames();
  const outcomes = new Set<string>();
  for (const { execution, ends } of plainExecutions(trie, tinyStart('main'), names, DEFAULT_READINGS)) {
    const shown = [...ends].map(([id, { state }]) => `${names.info(id).name}${showRegisters(state.inner)}`);
    const outcome = shown.sort().join(' ');
    if (!outcomes.has(outcome) && model.check(execution).consistent) outcomes.add(outcome);
  }
  return [...outcomes].sort();
}

function compareModels(program: TinyProgram, model: Model, tally: { compared: number }, trustsRewrites = false): void {
  const found = bySearch(program, model, trustsRewrites);
  if (found === null) return;
  expect(found).toEqual(byUnrolling(program, 4, model));
  tally.compared++;
}

describe('rounds of a loop that write what they read', () => {
  test.each([
    ['one thread spins', spinning(ALL, 3), 20261201],
    ['two threads spin', bothSpin, 20261202],
  ] as const)(
    'are left out of interleavings without loss of outcomes, endless spinning included: %s',
    (_, programs, seed) => {
      const tally = { compared: 0, endless: 0 };
      fc.assert(
        fc.property(programs, (program) => compareInterleavings(program, tally)),
        { seed, numRuns: 150 * RUNS },
      );
      expect(tally.compared).toBeGreaterThan(60 * RUNS);
      expect(tally.endless).toBeGreaterThan(5 * RUNS);
    },
  );

  test.each([
    ['wasm', 30, ALL],
    ['wasm', 30, { orders: ['seqcst', 'acqrel'], sizes: [1] }],
    ['wasm-oopsla19', 10, ALL],
    ['sc', 10, ALL],
  ] as const)('are left out under %s without loss of outcomes (%i programs)', (name, numRuns, pieces) => {
    const model = findModel(name) as Model;
    const tally = { compared: 0 };
    fc.assert(
      fc.property(spinning(pieces, 2), (program) => compareModels(program, model, tally)),
      { seed: 20261203, numRuns: numRuns * RUNS },
    );
    expect(tally.compared).toBeGreaterThan(numRuns * RUNS * 0.4);
  });
});

describe('mutants of what counts as idle are found out', () => {
  test('a round that writes something else is taken as idle', () => {
    const anything: typeof idleness = (request) => (request.kind === 'access' ? [] : null);
    const tally = { compared: 0, endless: 0 };
    const check = (): void =>
      fc.assert(
        fc.property(loopsWithEffects, (program) => compareInterleavings(program, tally, anything)),
        { seed: 20261204, numRuns: 300 },
      );
    expect(check).toThrow();
  });

  test('a round that rewrites is left out under wasm whatever else accesses the place', () => {
    // The plain read, which comes before the 3, takes the 1 from the exchange, and so from before the 2: the 1 of its own thread is hidden by the 2.
    const program: TinyProgram = {
      main: [
        { kind: 'write', at: 1, size: 1, order: 'seqcst', value: 1 },
        { kind: 'fork', thread: 'p' },
        { kind: 'fork', thread: 'q' },
      ],
      // It has read 1 before its first exchange, so that it comes back to that state.
      p: [
        { kind: 'read', at: 1, size: 1, order: 'seqcst', to: 'l' },
        { kind: 'rmw', at: 0, size: 1, order: 'seqcst', op: 'xchg', value: 1, to: 'l' },
        back('l', 1),
      ],
      q: [
        { kind: 'write', at: 0, size: 1, order: 'seqcst', value: 1 },
        { kind: 'write', at: 0, size: 1, order: 'seqcst', value: 2 },
        { kind: 'read', at: 0, size: 1, order: 'unord', to: 'c' },
        { kind: 'write', at: 0, size: 1, order: 'seqcst', value: 3 },
      ],
    };
    const model = findModel('wasm') as Model;
    const lost = 'main[] p[["l",3]] q[["c",1]]';
    expect(byUnrolling(program, 4, model)).toContain(lost);
    expect(bySearch(program, model, false) ?? [lost]).toContain(lost);
    expect(bySearch(program, model, true)).not.toContain(lost);
  });
});

/** A loop that writes in each round, and a thread that looks. */
const loopsWithEffects: fc.Arbitrary<TinyProgram> = fc
  .tuple(
    fc.constantFrom(0, 1),
    fc.constantFrom(1, 2),
    fc.array(single('c', ['seqcst'], [1]), { minLength: 1, maxLength: 3 }),
  )
  .map(([at, value, q]) => ({
    main: [
      { kind: 'fork', thread: 'p' },
      { kind: 'fork', thread: 'q' },
    ],
    p: [
      { kind: 'read', at: 1 - at, size: 1, order: 'seqcst', to: 'l' },
      { kind: 'write', at, size: 1, order: 'seqcst', value },
      back('l', 0, 2),
    ],
    q,
  }));
