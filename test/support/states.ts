import type { Start } from '../../src/event/request.ts';
import { AnswerTrie } from '../../src/exec/answer-trie.ts';
import { hasEnded } from '../../src/explore/interleave/step.ts';
import { World } from '../../src/explore/interleave/world.ts';
import { mergedContinuations, separateContinuations } from '../../src/explore/states/continuations.ts';
import type { Alike } from '../../src/explore/states/kin.ts';
import { Kinship } from '../../src/explore/states/kin.ts';
import type { Symmetry } from '../../src/explore/states/symmetry.ts';
import { arrangements } from '../../src/explore/states/arrangements.ts';
import { endless, endsFairly } from '../../src/explore/states/ends.ts';
import type { Choose } from '../../src/explore/states/persistent.ts';
import { persistentThreads } from '../../src/explore/states/persistent.ts';
import { Replay } from '../../src/explore/states/replay.ts';
import { StateSearch } from '../../src/explore/states/search.ts';
import type { StateTable } from '../../src/explore/states/state-table.ts';
import { StateWorld } from '../../src/explore/states/state-world.ts';
import type { touchesOf } from '../../src/explore/states/touches.ts';
import { ThreadNames } from '../../src/explore/thread-names.ts';
import type { Machine } from '../../src/runtime/executor.ts';
import type { Readings } from '../../src/syntax/readings.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import type { Fatal } from './interleavings.ts';
import { groupedMachine } from './interleavings.ts';
import type { TinyProgram, TinyState } from './tiny-machine.ts';
import { tinyStart } from './tiny-machine.ts';

/** A search of states as tests want it: reductions on or off, or wrong. */
export interface SearchSwitches<S = unknown> {
  readonly readings?: Readings | undefined;
  readonly choose?: Choose | undefined;
  readonly eager?: boolean | undefined;
  readonly proviso?: boolean | undefined;
  readonly touches?: typeof touchesOf | undefined;
  /** Which threads are alike, if any are to be taken for each other. */
  readonly alike?: Alike | undefined;
  readonly symmetry?: typeof Symmetry | undefined;
  readonly table?: ((world: StateWorld<S>) => StateTable) | undefined;
  /** Nothing is merged but what has the same reads-from. */
  readonly histories?: boolean | undefined;
  /** States that the search may expand, about. */
  readonly limit?: number | undefined;
}

export interface StatesFound {
  /** As `interleavings` of `interleavings.ts` has them. */
  readonly outcomes: readonly string[];
  readonly states: number;
  /** Local states between which a race was asked for. */
  readonly races: number;
  readonly bounded: readonly string[];
  readonly stopped: boolean;
  /** Whether it showed that fair schedules end. */
  readonly endsFairly: boolean;
}

/** Explores a machine; `show` says what counts of a thread's last state. */
export function searchStates<S, From extends Start>(
  machine: Machine<S, From>,
  main: From,
  show: (state: S) => string,
  switches: SearchSwitches<S> = {},
): StatesFound {
  const { readings = DEFAULT_READINGS, choose = persistentThreads, eager = true, proviso = true } = switches;
  const { histories = false, limit = Infinity, touches, table, alike, symmetry } = switches;
  const kinship = alike === undefined || histories ? null : new Kinship(alike);
  const names = new ThreadNames();
  const trie = new AnswerTrie<S, From>(machine);
  const continuations = histories ? separateContinuations(trie) : mergedContinuations(machine);
  let bounded: string[] = [];
  let races = 0;
  let asked = 0;
  let world = newWorld();
  let search = newSearch();
  let stopped = !search.run();
  while (world.isWrong) {
    [bounded, races] = [[], 0];
    world = newWorld();
    search = newSearch();
    stopped = !search.run();
  }

  function newWorld(): StateWorld<S> {
    return new StateWorld<S>(continuations, main, names, {
      readings,
      histories,
      kinship,
      ...(touches === undefined ? {} : { touches }),
      ...(symmetry === undefined ? {} : { symmetry }),
    });
  }

  function newSearch(): StateSearch<S> {
    return new StateSearch<S>(
      world,
      {
        choose,
        eager,
        proviso,
        events: 100,
        bounded: (what) => bounded.push(what),
        shouldStop: () => ++asked * 64 > limit,
        race: () => races++,
      },
      table?.(world),
    );
  }

  search.shorten();
  const replay = new Replay(search, new World<S>(new AnswerTrie<S, From>(machine), main, names, readings));
  const told: string[] = [];
  for (const state of [...search.ends, ...(histories ? [] : endless(search))]) {
    search.load(state);
    for (const arranged of arrangements(world)) {
      const ended = replay.ended(state, arranged);
      if (histories && ended.threads().some((thread) => thread.status === 'parked' && ended.isStale(thread))) continue;
      const threads = ended.threads().map(({ id, status, node }) => {
        const how = hasEnded(status) ? (status === 'ended' ? '' : ` ${status}`) : ' for ever';
        return `${names.info(id).name}${how} ${show(node.state)}`;
      });
      const deadlock = ended.threads().some(({ status }) => !hasEnded(status));
      told.push(`${deadlock ? '!' : ''}${threads.sort().join('; ')}`);
    }
  }
  return {
    outcomes: [...new Set(told)].sort(),
    states: search.table.size,
    races,
    bounded,
    stopped,
    endsFairly: endsFairly(search),
  };
}

export function tinyStates(
  program: TinyProgram,
  switches: SearchSwitches<TinyState> = {},
  fatal: Fatal = () => false,
): StatesFound {
  const show = ({ registers }: TinyState): string => JSON.stringify(Object.entries(registers).sort());
  return searchStates(groupedMachine(program, fatal), tinyStart('main'), show, switches);
}

/** Threads of a tiny program with equal steps are alike. */
export function alikeInTiny(program: TinyProgram): Alike {
  return ({ key }) =>
    key === 'main'
      ? key
      : JSON.stringify(program[key], (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
}
