import { isWriting } from '../../src/event/action.ts';
import type { Start } from '../../src/event/request.ts';
import { unitAt } from '../../src/event/units.ts';
import { AnswerTrie } from '../../src/exec/answer-trie.ts';
import { searchPlain } from '../../src/explore/interleave/plain.ts';
import { searchReduced } from '../../src/explore/interleave/reduced.ts';
import { hasEnded } from '../../src/explore/interleave/step.ts';
import { World } from '../../src/explore/interleave/world.ts';
import { ThreadNames } from '../../src/explore/thread-names.ts';
import type { Machine, Suspended } from '../../src/runtime/executor.ts';
import type { Readings } from '../../src/syntax/readings.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import type { TinyProgram, TinyStart, TinyState } from './tiny-machine.ts';
import { tinyMachine, tinyStart } from './tiny-machine.ts';

export interface Interleavings {
  /** One for each complete execution found, equal for equal traces. */
  readonly keys: readonly string[];
  /** Distinct, sorted; those of executions in which a thread never ends begin with `!`. */
  readonly outcomes: readonly string[];
  readonly blocked: number;
  readonly redundant: number;
  readonly bounded: readonly string[];
  /** The search was cut short by `limit`. */
  readonly stopped: boolean;
}

export interface RunOptions {
  readonly readings?: Readings;
  readonly events?: number;
  /** Steps that the search may make. */
  readonly limit?: number;
  /** Tests have it wrong. */
  readonly worlds?: typeof World;
}

export type Strategy = 'plain' | 'reduced';

/** Explores a machine; `show` says what counts of a thread's last state. */
export function interleavings<S, From extends Start>(
  machine: Machine<S, From>,
  main: From,
  strategy: Strategy,
  show: (state: S) => string,
  { readings = DEFAULT_READINGS, events = 100, limit = Infinity, worlds = World }: RunOptions = {},
): Interleavings {
  const names = new ThreadNames();
  const world = new worlds<S>(new AnswerTrie<S, From>(machine), main, names, readings);
  const keys: string[] = [];
  const outcomes = new Set<string>();
  const bounded: string[] = [];
  let blocked = 0;
  let redundant = 0;
  let steps = 0;
  const search = strategy === 'plain' ? searchPlain : searchReduced;
  search(world, {
    events,
    returns: events,
    leaf: (ended, trace) => {
      keys.push(trace.key());
      outcomes.add(outcomeOf(ended, names, show));
    },
    blocked: () => blocked++,
    redundant: () => redundant++,
    bounded: (what) => bounded.push(what),
    shouldStop: () => ++steps > limit,
  });
  return { keys, outcomes: [...outcomes].sort(), blocked, redundant, bounded, stopped: steps > limit };
}

function outcomeOf<S>(world: World<S>, names: ThreadNames, show: (state: S) => string): string {
  const threads = world.threads().map(({ id, status, node }) => {
    const how = hasEnded(status) ? (status === 'ended' ? '' : ` ${status}`) : ' for ever';
    return `${names.info(id).name}${how} ${show(node.state)}`;
  });
  const deadlock = world.threads().some(({ status }) => !hasEnded(status));
  return `${deadlock ? '!' : ''}${threads.sort().join('; ')}`;
}

/** Which forks of a tiny program are Wasm's own, so that a trap in one thread ends the others. */
export type Fatal = (thread: string) => boolean;

export function groupedMachine(program: TinyProgram, fatal: Fatal): Machine<TinyState, TinyStart> {
  const machine = tinyMachine(program);
  const regroup = ({ state, request }: Suspended<TinyState>): Suspended<TinyState> => {
    const wasm = request.kind === 'fork' && request.name !== null && fatal(request.name);
    return { state, request: wasm ? { ...request, name: null } : request };
  };
  return {
    start: (start) => regroup(machine.start(start)),
    resume: (state, response) => regroup(machine.resume(state, response)),
    sameState: machine.sameState,
    stateHash: machine.stateHash,
  };
}

const showTiny = ({ registers }: TinyState): string => JSON.stringify(Object.entries(registers).sort());

/** A world in which nothing has happened, and what a tiny program shows there when all is over. */
export function tinyWorld(
  program: TinyProgram,
  fatal: Fatal = () => false,
): {
  readonly world: World<TinyState>;
  readonly outcome: () => string;
} {
  const names = new ThreadNames();
  const trie = new AnswerTrie<TinyState, TinyStart>(groupedMachine(program, fatal));
  const world = new World<TinyState>(trie, tinyStart('main'), names, DEFAULT_READINGS);
  return { world, outcome: () => outcomeOf(world, names, showTiny) };
}

export function exploreTiny(
  program: TinyProgram,
  strategy: Strategy,
  options: RunOptions = {},
  fatal: Fatal = () => false,
): Interleavings {
  return interleavings(groupedMachine(program, fatal), tinyStart('main'), strategy, showTiny, options);
}

/**
 * The outcomes of a tiny program by a search of its states that knows neither traces nor spinning threads: a state is
 * visited once, so loops end. An execution is over where no step leads to another state: there is none, or threads
 * spin. Null if there are more than `limit` states.
 */
export function outcomesByState(
  program: TinyProgram,
  limit: number,
  fatal: Fatal = () => false,
): readonly string[] | null {
  const names = new ThreadNames();
  const machine = { ...groupedMachine(program, fatal), sameState: () => false };
  const world = new World<TinyState>(
    new AnswerTrie<TinyState, TinyStart>(machine),
    tinyStart('main'),
    names,
    DEFAULT_READINGS,
  );
  const visited = new Set<string>();
  const outcomes = new Set<string>();
  const visit = (key: string): boolean => {
    visited.add(key);
    if (visited.size > limit) return false;
    const mark = world.mark();
    let over = true;
    for (const label of world.enabled()) {
      world.step(label);
      const next = stateKey(world);
      over &&= next === key;
      const within = visited.has(next) || visit(next);
      world.undoTo(mark);
      if (!within) return false;
    }
    if (over) outcomes.add(outcomeOf(world, names, showTiny));
    return true;
  };
  return visit(stateKey(world)) ? [...outcomes].sort() : null;
}

function stateKey(world: World<TinyState>): string {
  const units = new Map<string, number>();
  const queue: number[] = [];
  for (const { actions, thread } of world.execution().events) {
    for (const action of actions) {
      if (action.kind === 'enqueue') queue.push(thread);
      if (!isWriting(action)) continue;
      for (let k = 0; k < action.size; k++)
        units.set(`${action.region}+${action.offset + k}`, unitAt(action.written, k));
    }
  }
  const threads = world.threads();
  const waiting = queue.filter(
    (id, i) => threads.some((t) => t.id === id && t.status === 'waiting') && queue.lastIndexOf(id) === i,
  );
  return JSON.stringify([threads.map(({ id, status, node }) => [id, status, node.state]), [...units].sort(), waiting]);
}
