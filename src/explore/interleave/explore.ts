import { Bug } from '../../base/assert.ts';
import type { EventId, Execution } from '../../event/execution.ts';
import { accessesOf } from '../../model/accesses.ts';
import { sc } from '../../model/definitions.ts';
import type { Relations } from '../../model/model.ts';
import { closeEdges, initOrder, programOrder, relationsOf, synchronisesWith } from '../../model/relations.ts';
import type { ScriptState } from '../../runtime/script-state.ts';
import type { Exploration } from '../explore.ts';
import type { FoundExecution } from '../findings.ts';
import type { EndedThread } from '../outcome.ts';
import type { ThreadNames } from '../thread-names.ts';
import { searchPlain } from './plain.ts';
import { searchReduced } from './reduced.ts';
import type { SearchOptions } from './search.ts';
import type { Trace } from './trace.ts';
import { hasEnded } from './step.ts';
import { World } from './world.ts';

/** All sequentially consistent executions of a program, by running its threads step by step. */
export function exploreInterleavings<S>(exploration: Exploration<S>, strategy: 'plain' | 'reduced'): void {
  const { findings } = exploration;
  searchInterleavings(exploration, strategy, {
    leaf: (found) => findings.add(found),
    blocked: () => findings.block(),
  });
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

function searchInterleavings<S>(exploration: Exploration<S>, strategy: 'plain' | 'reduced', finds: Finds<S>): void {
  const { trie, main, names, findings, options, isOver } = exploration;
  const world = new World<ScriptState<S>>(trie, main, names, options.readings);
  const search: SearchOptions<ScriptState<S>> = {
    events: options.bounds.events,
    returns: options.bounds.returns,
    leaf: (ended, trace) => finds.leaf(foundExecution(ended, names, trace), ended),
    blocked: finds.blocked,
    redundant: finds.blocked,
    bounded: (what) => findings.reach(what),
    shouldStop: isOver,
  };
  if (strategy === 'plain') searchPlain(world, search);
  else searchReduced(world, search);
}

function foundExecution<S>(world: World<ScriptState<S>>, names: ThreadNames, trace: Trace): FoundExecution<S> {
  const execution = world.execution();
  const threads = world.threads().map(({ id, node: { state }, status }): EndedThread<S> => {
    return { info: names.info(id), state, ended: hasEnded(status), crash: world.crashes.get(names.group(id)) ?? null };
  });
  const tot = execution.events.map(({ id }): EventId => id);
  return { execution, tot, relations: relationsInOrder(execution), threads, key: trace.key() };
}

/** The relations of an execution whose events are numbered in the order in which they happened; all but hb are made on demand. */
function relationsInOrder(execution: Execution): Relations {
  const accesses = accessesOf(execution, sc.weakestAtomic);
  const sw = synchronisesWith(accesses, sc);
  const asw = execution.asw.flat();
  const closure = closeEdges(accesses.count, [
    programOrder(execution.events),
    asw,
    initOrder(execution.events, accesses),
    sw,
  ]);
  if ('cycle' in closure) throw new Bug('an interleaving with a cycle in happens-before');
  const hb = closure.closed;
  let all: Relations | null = null;
  const rest = (): Relations => (all ??= relationsOf(execution, accesses, sw, hb));
  return {
    hb,
    get po() {
      return rest().po;
    },
    get rf() {
      return rest().rf;
    },
    get sw() {
      return rest().sw;
    },
    get asw() {
      return rest().asw;
    },
  };
}
