import type { ThreadId } from '../../event/location.ts';
import type { Request } from '../../event/request.ts';
import type { Doubt } from '../attempt.ts';
import { JUSTIFIED, RACING, tooManyStates } from '../bounds.ts';
import type { Exploration } from '../explore.ts';
import type { ScriptState } from '../../runtime/script-state.ts';
import { hasEnded } from '../interleave/step.ts';
import type { Continuations } from '../states/continuations.ts';
import { mergedContinuations } from '../states/continuations.ts';
import { exploreStates } from '../states/explore.ts';
import type { Local } from '../states/locals.ts';
import { everyThread } from '../states/persistent.ts';
import type { StateSearchOptions } from '../states/search.ts';
import { StateSearch } from '../states/search.ts';
import { StateTable } from '../states/state-table.ts';
import { StateWorld } from '../states/state-world.ts';
import { landscape, MOST_ROUNDS } from '../weak/landscape.ts';
import { IdSet } from './id-set.ts';
import { mayRace } from './requests.ts';
import { ThreadsAlone } from './alone.ts';
import type { Land, Stand } from './thin-air.ts';
import { LooseReads } from './thin-air.ts';
import { writesOf } from './writes.ts';

/** What is done to see what threads could write, and ways in which one read may mix writes. */
const EFFORT = 250_000;
const MIXTURES = 10_000;
/** States of single histories that are looked at instead where threads make objects. */
const NODES = 20_000;
/** States that are looked at for reads that threads may make next to each other. */
const STATES = 200_000;
/** States of a program with a race that are looked at for what its interleavings show, before others are looked for. */
const RACING_STATES = 50_000;

/** The conditions of the theorem, as far as they are not the model's; tests leave some out. */
export interface DrfConditions {
  /** Two threads may not ask this next. */
  readonly mayRace: (a: Request, b: Request) => boolean;
  /** Whose steps are looked at. */
  readonly isSeen: (thread: ThreadId) => boolean;
  /** Whether values that justify each other are. */
  readonly thinAir: boolean;
  /** How often values are passed on from thread to thread, at most. */
  readonly rounds: number;
}

export const CONDITIONS: DrfConditions = { mayRace, isSeen: () => true, thinAir: true, rounds: MOST_ROUNDS };

/**
 * Explores the interleavings of a program for a model of which SC-DRF holds: they are executions under it. Answers null if they are all of these; else what
 * says that they need not be: a race, or values that might justify each other.
 */
export function exploreDrf<S>(exploration: Exploration<S>, conditions: DrfConditions = CONDITIONS): Doubt | null {
  const { findings, isOver } = exploration;
  const { isSeen, mayRace } = conditions;
  let doubt: Doubt | null = null;
  const { races, complete } = exploreStates(exploration, 'state', {
    saving: exploration.options.saving,
    races: (a, b) => isSeen(a.thread) && isSeen(b.thread) && mayRace(a.request, b.request),
    stopAtRace: true,
    look: (search) => {
      if (conditions.thinAir && mayBeJustified(exploration, search, conditions))
        doubt = { why: JUSTIFIED, isLikely: false };
    },
  });
  if (races) {
    exploreRacing(exploration);
    return { why: RACING, isLikely: true };
  }
  if (doubt === null && complete && !isOver()) findings.note({ drf: true });
  return doubt;
}

/** The interleavings of a program that has a race, as they are under `sc`. */
function exploreRacing<S>(exploration: Exploration<S>): void {
  exploreStates(exploration, 'state', { most: RACING_STATES });
  const { states } = exploration.findings.method;
  if ((states ?? 0) > RACING_STATES) exploration.findings.reach(tooManyStates(RACING_STATES));
}

/** Whether values might justify each other, as far as is known. */
function mayBeJustified<S, T>(exploration: Exploration<S>, search: StateSearch<T>, { rounds }: DrfConditions): boolean {
  const continuations = mergedContinuations(exploration.trie.machine);
  let land: Land<ScriptState<S>> | null = null;
  const loose = new LooseReads<ScriptState<S>>(
    exploration.names,
    writesOf(exploration.program),
    () => (land ??= landOf(exploration, continuations, rounds)),
  );
  const threads = new Set<ThreadId>();
  for (const { thread, at } of localsOf(search)) if (loose.mayBe(thread.id, at.request)) threads.add(thread.id);
  return threads.size > 1 && meetAtLooseReads(exploration, continuations, loose);
}

function localsOf<T>({ world: { locals } }: StateSearch<T>): Local<T>[] {
  return Array.from({ length: locals.size }, (_, i) => locals.at(i + 1)).filter((local) => local !== null);
}

/** Whether there is a state in which two threads may read so next. All states are looked at, since what is read does not make steps depend on each other. */
function meetAtLooseReads<S>(
  { main, names, options, isOver }: Exploration<S>,
  continuations: Continuations<ScriptState<S>>,
  loose: LooseReads<ScriptState<S>>,
): boolean {
  const world = new StateWorld<ScriptState<S>>(continuations, main, names, {
    readings: options.readings,
    histories: false,
  });
  let bounded = false;
  const table = new StateTable();
  const everything: StateSearchOptions = {
    choose: everyThread,
    eager: true,
    proviso: true,
    events: options.bounds.events,
    bounded: () => {
      bounded = true;
    },
    shouldStop: () => table.size > STATES || isOver(),
    race: () => {},
  };
  const search = new StateSearch(world, everything, table);
  if (!search.run() || bounded) return true;
  for (let state = 0; state < search.table.size; state++) {
    search.load(state);
    const stands = world.threads.flatMap((thread): Stand<ScriptState<S>>[] => {
      const local = world.localOf(thread);
      if (local === null || hasEnded(local.status)) return [];
      return [{ thread: thread.id, at: local.at, isNext: local.status === 'running' }];
    });
    if (loose.meet(stands)) return true;
  }
  return false;
}

function landOf<S>(
  { trie, main, names, options, isOver }: Exploration<S>,
  continuations: Continuations<ScriptState<S>>,
  rounds: number,
): Land<ScriptState<S>> {
  const { readings, bounds, model } = options;
  const common = { readings, assumes: model.assumes, mixtures: MIXTURES, shouldStop: isOver };
  const alone = new ThreadsAlone(continuations, main, names, { ...common, effort: EFFORT, rounds });
  if (!alone.makesObjects) return alone;
  const { events, returns } = bounds;
  const { shapes, bound } = landscape(trie, main, names, { ...common, nodes: NODES, events, returns });
  const all = new IdSet();
  for (let id = 0; id < shapes.count; id++) all.add(id);
  return { shapes, bound, future: () => all };
}
