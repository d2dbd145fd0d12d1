import type { ThreadId } from '../../event/location.ts';
import type { Request } from '../../event/request.ts';
import type { Exploration } from '../explore.ts';
import type { ScriptState } from '../../runtime/script-state.ts';
import { mergedContinuations } from '../states/continuations.ts';
import { exploreStates } from '../states/explore.ts';
import type { Local } from '../states/locals.ts';
import { everyThread } from '../states/persistent.ts';
import { StateSearch } from '../states/search.ts';
import { StateWorld } from '../states/state-world.ts';
import { landscape } from '../weak/landscape.ts';
import { mayRace } from './requests.ts';
import type { Land } from './thin-air.ts';
import { LooseReads } from './thin-air.ts';
import { writesOf } from './writes.ts';

/** States of single threads that are looked at to see what each could write, and ways to mix writes in one read. */
const NODES = 20_000;
const MIXTURES = 10_000;

/** The conditions of the theorem, as far as they are not the model's; tests leave some out. */
export interface DrfConditions {
  /** Two threads may not ask this next. */
  readonly mayRace: (a: Request, b: Request) => boolean;
  /** Whose steps are looked at. */
  readonly isSeen: (thread: ThreadId) => boolean;
  /** Whether threads that a trap may end with others are looked for. */
  readonly traps: boolean;
  /** Whether values that justify each other are. */
  readonly thinAir: boolean;
}

export const CONDITIONS: DrfConditions = { mayRace, isSeen: () => true, traps: true, thinAir: true };

/**
 * Explores the interleavings of a program for a model of which SC-DRF holds. Answers null if those are all its executions; else what
 * says that they need not be, and then what was found is no answer.
 */
export function exploreDrf<S>(exploration: Exploration<S>, conditions: DrfConditions = CONDITIONS): string | null {
  const { findings, isOver } = exploration;
  const { isSeen, mayRace } = conditions;
  let unfit: string | null = null;
  const { races, complete } = exploreStates(exploration, 'state', {
    races: (a, b) => isSeen(a.thread) && isSeen(b.thread) && mayRace(a.request, b.request),
    stopAtRace: true,
    look: (search) => {
      unfit = whyUnfit(exploration, search, conditions);
    },
  });
  if (races) return 'two threads may access the same at once';
  if (unfit === null && complete && !isOver()) findings.note({ drf: true });
  return unfit;
}

/** What the states show, besides races, that the theorem does not allow. */
function whyUnfit<S, T>(
  exploration: Exploration<S>,
  search: StateSearch<T>,
  { traps, thinAir }: DrfConditions,
): string | null {
  if (traps && mayEndOthers(search)) return 'a trap may end other threads';
  if (!thinAir) return null;
  const loose = new LooseReads(exploration.names, writesOf(exploration.program), () => survey(exploration));
  const threads = new Set<ThreadId>();
  for (const { thread, at } of localsOf(search)) if (loose.mayBe(at.request)) threads.add(thread.id);
  if (threads.size < 2 || !meetAtLooseReads(exploration, loose)) return null;
  return 'values might justify each other';
}

function localsOf<T>({ world: { locals } }: StateSearch<T>): Local<T>[] {
  return Array.from({ length: locals.size }, (_, i) => locals.at(i + 1)).filter((local) => local !== null);
}

/** Whether a thread traps that is not alone in its group. */
function mayEndOthers<T>(search: StateSearch<T>): boolean {
  const { threads } = search.world;
  return localsOf(search).some(
    ({ thread, at }) =>
      at.request.kind === 'trap' && threads.some(({ id, group }) => id !== thread.id && group === thread.group),
  );
}

/** Whether there is a state in which two threads may read so next. All states are looked at, since what is read does not make steps depend on each other. */
function meetAtLooseReads<S>({ trie, main, names, options, isOver }: Exploration<S>, loose: LooseReads): boolean {
  const continuations = mergedContinuations(trie.machine);
  const world = new StateWorld<ScriptState<S>>(continuations, main, names, {
    readings: options.readings,
    histories: false,
  });
  let bounded = false;
  const search = new StateSearch(world, {
    choose: everyThread,
    eager: true,
    proviso: true,
    events: options.bounds.events,
    bounded: () => {
      bounded = true;
    },
    shouldStop: isOver,
    end: () => {},
    race: () => {},
  });
  if (!search.run() || bounded) return true;
  for (let state = 0; state < search.table.size; state++) {
    search.load(state);
    const next = world.threads.flatMap((thread): (readonly [ThreadId, Request])[] => {
      const local = world.localOf(thread);
      return local?.status === 'running' ? [[thread.id, local.at.request]] : [];
    });
    if (loose.meet(next)) return true;
  }
  return false;
}

function survey<S>({ trie, main, names, options, isOver }: Exploration<S>): Land {
  const { readings, bounds, model } = options;
  return landscape(trie, main, names, {
    readings,
    nodes: NODES,
    events: bounds.events,
    returns: bounds.returns,
    mixtures: MIXTURES,
    assumes: model.assumes,
    shouldStop: isOver,
  });
}
