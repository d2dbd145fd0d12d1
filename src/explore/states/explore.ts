import { known } from '../../base/assert.ts';
import type { Action } from '../../event/action.ts';
import { isAccess, isWriting } from '../../event/action.ts';
import type { Event } from '../../event/execution.ts';
import type { Request } from '../../event/request.ts';
import { overlaps, sameRange } from '../../event/location.ts';
import type { DataRace } from '../../model/races.ts';
import type { ScriptState } from '../../runtime/script-state.ts';
import { MAIN } from '../../event/location.ts';
import type { ThreadId } from '../../event/location.ts';
import { tooManyRounds } from '../bounds.ts';
import type { Exploration } from '../explore.ts';
import { foundExecution } from '../interleave/explore.ts';
import { CutLoops } from '../loops/cut.ts';
import type { Label } from '../interleave/step.ts';
import { choiceOf, labelOf, threadOf } from '../interleave/step.ts';
import { World } from '../interleave/world.ts';
import { alikeInScript } from './alike.ts';
import type { Names } from './arrangements.ts';
import { arrangements, pairings } from './arrangements.ts';
import { mergedContinuations, separateContinuations } from './continuations.ts';
import { Counted } from './counted.ts';
import { EndClasses } from './end-classes.ts';
import { endless, endsFairly } from './ends.ts';
import { Kinship } from './kin.ts';
import type { Choose } from './persistent.ts';
import { persistentThreads } from './persistent.ts';
import { Replay } from './replay.ts';
import type { Saving } from './saved.ts';
import type { RaceFound } from './race-questions.ts';
import { StateSearch } from './search.ts';
import { StateWorld } from './state-world.ts';
import { depthFirst } from './ways.ts';

/** Ends that are still told when a search was stopped. */
const MOST_AFTER = 100;

/** How states are searched; tests switch reductions off, or have them done wrongly. */
export interface StatesOptions {
  readonly choose?: Choose;
  readonly eager?: boolean;
  readonly proviso?: boolean;
  /** States that differ in who of alike threads stands where are one; not where `look` wants to see all. */
  readonly symmetric?: boolean;
  /** Ends the search when a race is found. */
  readonly stopAtRace?: boolean;
  /** States that are looked at; where there are more, the search ends. */
  readonly most?: number;
  /** Whether what two threads ask next is a race; by default what they would do in the state where both were first found to ask it decides. */
  readonly races?: (a: NextRequest, b: NextRequest) => boolean;
  /** Where the search is saved, and goes on from. */
  readonly saving?: Saving | undefined;
  /** Told what was searched, if all was. */
  readonly look?: <T>(search: StateSearch<T>) => void;
}

/** What a thread asks next. */
interface NextRequest {
  readonly thread: ThreadId;
  readonly request: Request;
}

export interface StatesFound {
  /** Everything was searched. */
  readonly complete: boolean;
  /**
   * Whether two threads may come to access the same next, one of them writing, and not both sequentially consistently on one range. Accesses that acquire
   * or release count, although they race with none of their kind in the sense of data races.
   */
  readonly races: boolean;
}

/**
 * Sequentially consistent executions by merging: `state`, equal states are explored once (an execution for every distinct end); `history`,
 * equal reads-from histories are (an execution for every reads-from).
 */
export function exploreStates<S>(
  exploration: Exploration<S>,
  merge: 'state' | 'history',
  {
    choose = persistentThreads,
    eager = true,
    proviso = true,
    stopAtRace = false,
    most = Infinity,
    races: asRaces,
    look,
    saving,
    symmetric = look === undefined,
  }: StatesOptions = {},
): StatesFound {
  const { program, trie, main, names, findings, options, isOver } = exploration;
  const rounds = options.bounds.rounds ?? null;
  const continuations =
    merge === 'state' ? mergedContinuations(trie.machine, rounds) : separateContinuations(trie, rounds);
  const kinship = symmetric && merge === 'state' ? new Kinship(alikeInScript(program)) : null;
  const saved = saving?.saved ?? null;
  if (saved !== null) {
    names.giveAlike(saved.rest.names, options.readings);
    kinship?.partAll(saved.rest.apart);
  }
  let world = newWorld();
  let races: RaceFound[] = [];
  let bounds = [...(saved?.rest.bounds ?? [])];
  let loops = new CutLoops();
  for (const loop of saved?.rest.loops ?? []) loops.add(loop);
  let search = newSearch();
  if (saved !== null) search.restore(saved);
  let complete = false;
  complete = search.run();
  while (world.isWrong) {
    world = newWorld();
    [races, bounds, loops] = [[], [], new CutLoops()];
    search = newSearch();
    complete = search.run();
  }
  save();
  const { ends } = search;
  for (const bound of bounds) findings.reach(bound);
  for (const loop of loops.all()) findings.cut(loop);
  const raced = races.length > 0;
  const bounded = bounds.length > 0;
  findings.note({ states: search.table.size });
  const isWhole = merge === 'state' && complete && !bounded;
  if (world.locals.mayReturn && !(isWhole && endsFairly(search))) findings.mayLoop();
  if (complete && !bounded && !raced) look?.(search);
  if (stopAtRace && raced) return { complete: false, races: true };
  const replay = new Replay(search, new World(trie, main, names, options.readings));
  report();
  return { complete: complete && !bounded, races: raced };

  function newWorld(): StateWorld<ScriptState<S>> {
    const { readings } = options;
    return new StateWorld(continuations, main, names, { readings, histories: merge === 'history', kinship });
  }

  function save(): void {
    if (saving === undefined) return;
    const { lists, parts, position, moves } = search.saved();
    const apart = kinship?.apart ?? [];
    const told = [...new Set(bounds)];
    const rest = { parts, position, moves, names: names.given, apart, bounds: told, loops: loops.all(), complete };
    saving.save({ lists, rest });
  }

  function newSearch(): StateSearch<ScriptState<S>> {
    return new StateSearch(world, {
      choose,
      eager,
      proviso,
      ...(saving?.step === undefined ? {} : { stopStep: saving.step }),
      events: options.bounds.events,
      bounded: (what) => bounds.push(what),
      cut: ({ thread, at }) => {
        bounds.push(tooManyRounds(known(rounds, 'bound')));
        if ('site' in at.request) {
          const { at: place, text } = at.request.site;
          loops.add({ thread: names.info(thread.id).name, at: place, text, rounds: at.rounds - 1 });
        }
      },
      shouldStop: () => {
        if (saving?.isDue() === true) save();
        return (stopAtRace && races.length > 0) || search.table.size > most || isOver();
      },
      race: (found) => {
        const isRace = asRaces?.(nextOf(found.first), nextOf(found.second));
        if (isRace ?? meet(actionsOf(found.first), actionsOf(found.second), isStrictlyOrdered)) races.push(found);
      },
    });
  }

  function actionsOf(label: Label): readonly Action[] {
    return world.actionsNow(known(world.localOf(world.threadOf(threadOf(label))), 'thread'));
  }

  function nextOf(label: Label): NextRequest {
    const thread = threadOf(label);
    return { thread, request: known(world.localOf(world.threadOf(thread)), 'thread').at.request };
  }

  function report(): void {
    const events = search.shorten();
    const told = new Set<string>();
    let after = complete ? 0 : Math.min(MOST_AFTER, options.bounds.executions - findings.executions);
    const all = [...ends, ...(merge === 'state' ? endless(search) : [])];
    const places = merge === 'history' ? depthFirst(search.table.size, (state) => search.parentOf(state)) : null;
    const placeOf = (state: number): number => places?.[state] ?? state;
    // What equal ends show is told of one of them, if nothing is wrong with it; the others are counted.
    const classes =
      merge === 'history' && complete && races.length === 0 ? new EndClasses(trie.machine, world, search.table) : null;
    const counted = new Counted(findings, options.bounds.executions);
    for (const state of all.toSorted((a, b) => (events[a] ?? 0) - (events[b] ?? 0) || placeOf(a) - placeOf(b))) {
      const key = threadsIn(state);
      if (told.has(key)) continue;
      const shows = classes?.of(state) ?? null;
      if (shows !== null && counted.count(shows)) {
        told.add(key);
        if (counted.isEven && isOver()) return;
        continue;
      }
      search.load(state);
      for (const arranged of arrangements(world)) {
        const ended = replay.ended(state, arranged);
        const isVain = ended.threads().some((thread) => thread.status === 'parked' && ended.isStale(thread));
        if (merge === 'history' && isVain) {
          // Threads that stand so may spin in vain here, and not where other writes came last.
          findings.block();
          continue;
        }
        told.add(key);
        const found = foundExecution(ended, names, null);
        const added = findings.add(found);
        if (shows !== null && added?.isRight === true) counted.standsFor(shows, found);
        if (isOver() && --after <= 0) return counted.tell();
      }
    }
    counted.tell();
    for (const race of races) for (const arranged of pairingsOf(race)) tellRace(race, arranged);
  }

  function pairingsOf({ first, second }: RaceFound): Iterable<Names> {
    return pairings(world, world.threadOf(threadOf(first)), world.threadOf(threadOf(second)));
  }

  function tellRace({ state, first, second }: RaceFound, arranged: Names): void {
    const ahead = replay.at(state, arranged);
    const mark = ahead.mark();
    for (const label of [first, second]) {
      const { index } = world.threadOf(threadOf(label));
      ahead.step(labelOf(known(arranged[index], 'thread'), choiceOf(label)));
    }
    const execution = ahead.execution();
    const [a, b] = execution.events.slice(-2) as [Event, Event];
    const start = ahead.threads().find(({ id }) => id === MAIN);
    for (const race of dataRacesOf(a, b)) findings.race(race, execution, known(start, 'main thread').node.state);
    ahead.undoTo(mark);
  }

  /** How all threads ended: what outcomes are made of, whatever is left in the store. */
  function threadsIn(state: number): string {
    const standing = world.threads.map(({ slot }) => search.table.value(state, slot));
    return standing.join();
  }
}

type Rule = (a: Action, b: Action) => boolean;

function meet(a: readonly Action[], b: readonly Action[], areOrdered: Rule): boolean {
  return a.some((x) => b.some((y) => conflict(x, y) && !areOrdered(x, y)));
}

function conflict(a: Action, b: Action): boolean {
  return isAccess(a) && isAccess(b) && (isWriting(a) || isWriting(b)) && overlaps(a, b);
}

const isStrictlyOrdered: Rule = (a, b) =>
  isAccess(a) && isAccess(b) && a.order === 'seqcst' && b.order === 'seqcst' && sameRange(a, b);

/** As `../../model/races.ts` has them, of two events that nothing orders. */
function dataRacesOf(a: Event, b: Event): DataRace[] {
  return a.actions.flatMap((x) =>
    b.actions.flatMap((y): DataRace[] => {
      if (!isAccess(x) || !isAccess(y) || !conflict(x, y)) return [];
      if (x.order !== 'unord' && y.order !== 'unord' && sameRange(x, y)) return [];
      const offset = Math.max(x.offset, y.offset);
      const end = Math.min(x.offset + x.size, y.offset + y.size);
      return [{ first: a.id, second: b.id, region: x.region, offset, size: end - offset }];
    }),
  );
}
