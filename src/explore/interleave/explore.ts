import { Bug } from '../../base/assert.ts';
import type { EventId, Execution } from '../../event/execution.ts';
import type { Accesses } from '../../model/accesses.ts';
import { accessesOf } from '../../model/accesses.ts';
import { sc } from '../../model/definitions.ts';
import type { Relations } from '../../model/model.ts';
import type { BitMatrix } from '../../rel/bit-matrix.ts';
import type { EdgeList } from '../../model/relations.ts';
import { closeEdges, initOrder, programOrder, relationsOf, synchronisesWith } from '../../model/relations.ts';
import type { ScriptState } from '../../runtime/script-state.ts';
import type { Exploration } from '../explore.ts';
import type { FoundExecution } from '../findings.ts';
import { endedThread } from '../outcome.ts';
import type { Cursor } from '../task.ts';
import type { ThreadNames } from '../thread-names.ts';
import type { ScheduleBound } from './bounded.ts';
import { COSTS, searchBounded } from './bounded.ts';
import { searchPlain } from './plain.ts';
import { searchReduced } from './reduced.ts';
import { tellCut } from '../loops/cut.ts';
import type { SearchOptions } from './search.ts';
import { hasEnded } from './step.ts';
import { World } from './world.ts';

/** All sequentially consistent executions of a program, by running its threads step by step. */
export function exploreInterleavings<S>(
  exploration: Exploration<S>,
  strategy: 'plain' | 'reduced',
  cursor?: Cursor,
): void {
  const { findings } = exploration;
  const finds = { leaf: (found: FoundExecution<S>) => findings.add(found), blocked: () => findings.block() };
  searchInterleavings(exploration, strategy, finds, cursor);
}

/**
 * The sequentially consistent executions in which some thread spins for ever, since nothing will change what it reads. They are
 * executions of every weaker model too, whose search finds none that do not end.
 */
export function findLivelocks<S>(exploration: Exploration<S>): void {
  searchInterleavings(exploration, 'reduced', {
    leaf: (found, world) => {
      if (world.threads().some(({ status }) => status === 'parked')) exploration.findings.add(found);
    },
    blocked: () => {},
  });
}

interface Finds<S> {
  readonly leaf: (found: FoundExecution<S>, world: World<ScriptState<S>>) => void;
  readonly blocked: () => void;
}

function searchInterleavings<S>(
  exploration: Exploration<S>,
  strategy: 'plain' | 'reduced',
  finds: Finds<S>,
  cursor?: Cursor,
): void {
  const { trie, main, names, findings, options, isOver } = exploration;
  const world = new World<ScriptState<S>>(trie, main, names, options.readings);
  const search: SearchOptions<ScriptState<S>> = {
    events: options.bounds.events,
    returns: options.bounds.returns,
    rounds: options.bounds.rounds ?? Infinity,
    leaf: (ended, trace) => finds.leaf(foundExecution(ended, names, trace.key()), ended),
    blocked: finds.blocked,
    redundant: finds.blocked,
    bounded: (what, where) => {
      findings.reach(what);
      tellCut(findings, names, where ?? null);
    },
    shouldStop: isOver,
  };
  if (strategy === 'plain') searchPlain(world, search, cursor);
  else searchReduced(world, search);
}

/** The sequentially consistent executions with an interleaving of so many preemptions or delays at most. */
export function exploreBounded<S>(
  { trie, main, names, findings, options, isOver }: Exploration<S>,
  { kind, most }: ScheduleBound,
): void {
  const world = new World<ScriptState<S>>(trie, main, names, options.readings);
  const search: SearchOptions<ScriptState<S>> = {
    events: options.bounds.events,
    returns: options.bounds.returns,
    rounds: options.bounds.rounds ?? Infinity,
    leaf: (ended, trace) => findings.add(foundExecution(ended, names, trace.key())),
    blocked: () => findings.block(),
    redundant: () => findings.block(),
    bounded: (what, where) => {
      findings.reach(what);
      tellCut(findings, names, where ?? null);
    },
    shouldStop: isOver,
  };
  const isCut = searchBounded(world, search, COSTS[kind], most);
  if (isCut && !isOver())
    findings.reach(`all executions with at most ${most} ${most === 1 ? kind.slice(0, -1) : kind}, none with more`);
}

/** What the world has become; `key` as in {@link FoundExecution}. */
export function foundExecution<S>(
  world: World<ScriptState<S>>,
  names: ThreadNames,
  key: string | null,
): FoundExecution<S> {
  const execution = world.execution();
  const threads = world.threads().map(({ id, node, status }) => {
    return endedThread(names.info(id), node, hasEnded(status), world.crashes.get(names.group(id)) ?? null);
  });
  const tot = execution.events.map(({ id }): EventId => id);
  return { execution, tot, relations: new RelationsInOrder(execution), threads, key };
}

/**
 * The relations of an execution whose events are numbered in the order in which they happened. A class because all but hb are made when
 * they are asked for, once: most executions are only looked at for races.
 */
class RelationsInOrder implements Relations {
  readonly hb: BitMatrix;
  readonly #execution: Execution;
  readonly #accesses: Accesses;
  readonly #sw: EdgeList;
  #all: Relations | null = null;

  constructor(execution: Execution) {
    this.#execution = execution;
    this.#accesses = accessesOf(execution, sc.weakestAtomic);
    this.#sw = synchronisesWith(this.#accesses, sc);
    const closure = closeEdges(this.#accesses.count, [
      programOrder(execution.events),
      execution.asw.flat(),
      initOrder(execution.events, this.#accesses),
      this.#sw,
    ]);
    if ('cycle' in closure) throw new Bug('an interleaving with a cycle in happens-before');
    this.hb = closure.closed;
  }

  get po(): BitMatrix {
    return this.#rest().po;
  }

  get rf(): BitMatrix {
    return this.#rest().rf;
  }

  get sw(): BitMatrix {
    return this.#rest().sw;
  }

  get asw(): BitMatrix {
    return this.#rest().asw;
  }

  #rest(): Relations {
    return (this.#all ??= relationsOf(this.#execution, this.#accesses, this.#sw, this.hb));
  }
}
