import { known } from '../../base/assert.ts';
import { isAccess, isReading, isWriting } from '../../event/action.ts';
import type { EventId, Execution } from '../../event/execution.ts';
import { covers } from '../../event/location.ts';
import type { Site } from '../../event/request.ts';
import { AnswerTrie } from '../../exec/answer-trie.ts';
import type { Model, Relations } from '../../model/model.ts';
import { BitMatrix } from '../../rel/bit-matrix.ts';
import type { Executor } from '../../runtime/executor.ts';
import type { Program } from '../../runtime/program.ts';
import { makeScriptMachine } from '../../runtime/script-machine.ts';
import type { ScriptState } from '../../runtime/script-state.ts';
import { scriptMain } from '../../runtime/session.ts';
import type { Readings } from '../../syntax/readings.ts';
import { witnessOf } from '../executions.ts';
import type { EndedThread } from '../outcome.ts';
import { endedThread, outcomeValues, ThreadEnds } from '../outcome.ts';
import type { Explored } from '../publication.ts';
import { explored } from '../publication.ts';
import type { Show, Witness } from '../result.ts';
import { ThreadNames } from '../thread-names.ts';
import { queueOrders } from '../weak/queues.ts';
import { Departure } from './departure.ts';
import type { ReplayFile } from './file.ts';
import type { Rebuilt, ReplayedThread } from './rebuild.ts';
import { rebuild } from './rebuild.ts';

export interface ReplayOutcome {
  readonly values: ReadonlyMap<string, string>;
  readonly deadlock: boolean;
}

export type Replayed =
  /** The execution is one of the program under its model. `found` is null of the beginning of one. */
  | { readonly kind: 'done'; readonly same: boolean; readonly found: ReplayOutcome | null }
  /** The program, or the model, does not do that. `event`: the number in the file. */
  | { readonly kind: 'departs'; readonly why: string; readonly event: number | null; readonly site: Site | null };

/** Runs exactly the execution of the file; `show` names outcomes as the file does. */
export function replay<S>(
  program: Program,
  executor: Executor<S>,
  model: Model,
  readings: Readings,
  file: ReplayFile,
  show: Show = (outcome) => outcome,
): Replayed {
  try {
    const { rebuilt, execution, names } = redone(program, executor, model, readings, file);
    if (file.outcome === null) return { kind: 'done', same: true, found: null };
    const found = show(outcomeOf(rebuilt, execution, names));
    return { kind: 'done', same: isSame(file.outcome, found), found };
  } catch (error) {
    if (!(error instanceof Departure)) throw error;
    return { kind: 'departs', why: error.message, event: error.event, site: error.site };
  }
}

/** The execution of the file with all that a picture of it needs; null where the program, or the model, does not do that. */
export function replayedWitness<S>(
  program: Program,
  executor: Executor<S>,
  model: Model,
  readings: Readings,
  file: ReplayFile,
): Witness | null {
  try {
    const { rebuilt, execution, names } = redone(program, executor, model, readings, file);
    const main = known(
      rebuilt.threads.find(({ id }) => id === names.main),
      'main thread',
    );
    const { objects } = new ThreadEnds<Explored<S>>().objects(main.node.state);
    const witness = known(witnessOf(program, model, execution, objects), 'consistent execution');
    const isPart = file.outcome === null;
    return { ...witness, tot: file.order as readonly EventId[], ...(isPart ? { part: true } : {}) };
  } catch (error) {
    if (!(error instanceof Departure)) throw error;
    return null;
  }
}

interface Redone<S> {
  readonly rebuilt: Rebuilt<ScriptState<Explored<S>>>;
  readonly execution: Execution;
  readonly names: ThreadNames;
}

/** Throws a {@link Departure} where the program, or the model, does not do that. */
function redone<S>(
  program: Program,
  executor: Executor<S>,
  model: Model,
  readings: Readings,
  file: ReplayFile,
): Redone<S> {
  const names = new ThreadNames();
  const trie = new AnswerTrie(makeScriptMachine(explored(executor, readings), program));
  const rebuilt = rebuild(trie, scriptMain(program), names, readings, file);
  const execution = withQueues(rebuilt, names, file);
  const verdict = model.check(execution);
  if (!verdict.consistent) {
    const [first] = verdict.events;
    throw new Departure(
      `${model.name} forbids it, by ${verdict.axiom}`,
      first ?? null,
      first === undefined ? null : known(execution.events[first], 'event').site,
    );
  }
  checkOrder(execution, verdict.relations, model, file);
  return { rebuilt, execution, names };
}

/** The execution with the order of the wait queues that the file says. */
function withQueues<S>({ execution }: Rebuilt<S>, names: ThreadNames, { before }: ReplayFile): Execution {
  const { events } = execution;
  const structural = new Set(execution.asw.map(([a, b]) => `${a} ${b}`));
  const given = before.filter(([a, b]) => !structural.has(`${a} ${b}`)) as [EventId, EventId][];
  for (const [a, b] of given) {
    const isQueue = (id: EventId): boolean => {
      const { kind, actions } = known(events[id], 'event');
      return kind === 'trap' || actions.some((action) => !isAccess(action));
    };
    if (!isQueue(a) || !isQueue(b))
      throw new Departure(`nothing puts event ${a} before it`, b, known(events[b], 'event').site);
  }
  const x = { ...execution, asw: [...execution.asw, ...given] };
  const order = new BitMatrix(events.length);
  for (const [a, b] of x.asw) order.add(a, b);
  for (const a of events) for (const b of events) if (a.thread === b.thread && a.index < b.index) order.add(a.id, b.id);
  order.close();
  const orders = queueOrders(
    events,
    (a, b) => order.has(a, b),
    (thread) => names.group(thread),
  );
  if (orders.length === 0) {
    const notify = events.find(({ kind }) => kind === 'notify');
    throw new Departure(
      'no order of the wait queues has these waits and notifies',
      notify?.id ?? null,
      notify?.site ?? null,
    );
  }
  return x;
}

/** The order of the file must contain happens-before, and under sequential consistency every read must take the latest write. */
function checkOrder({ events, rf }: Execution, { hb }: Relations, model: Model, { order }: ReplayFile): void {
  const position = new Map(order.map((id, i) => [id, i]));
  const at = (id: number): number => known(position.get(id), 'position');
  for (const a of events) {
    for (const b of events)
      if (hb.has(a.id, b.id) && at(a.id) > at(b.id))
        throw new Departure(`in the file’s order it comes before event ${a.id}, which happens before it`, b.id, b.site);
  }
  if (!model.assumes.interleavings) return;
  for (const event of events) {
    for (const [a, action] of event.actions.entries()) {
      if (!isReading(action)) continue;
      for (const [k, writer] of (rf[event.id]?.[a] ?? []).entries()) {
        const unit = action.offset + k;
        const other = events.find(
          ({ id, actions }) =>
            id !== writer &&
            at(writer) < at(id) &&
            at(id) < at(event.id) &&
            actions.some((w) => isWriting(w) && w.region === action.region && covers(w, unit)),
        );
        if (other !== undefined || at(writer) > at(event.id))
          throw new Departure(
            `in the file’s order event ${writer}, from which it reads, is not the latest write`,
            event.id,
            event.site,
          );
      }
    }
  }
}

function outcomeOf<S>(
  { threads, crashes }: Rebuilt<ScriptState<Explored<S>>>,
  execution: Execution,
  names: ThreadNames,
): ReplayOutcome {
  const ended = [...threads]
    .sort((a, b) => a.id - b.id)
    .map((thread) => endOf(thread, crashes.get(names.group(thread.id)) ?? null, threads, names));
  return {
    values: outcomeValues(ended, execution.events, new ThreadEnds()),
    deadlock: ended.some((thread) => !thread.ended),
  };
}

/** How the thread ends, having no more events in the file. */
function endOf<S>(
  thread: ReplayedThread<ScriptState<S>>,
  crash: string | null,
  threads: readonly ReplayedThread<ScriptState<S>>[],
  names: ThreadNames,
): EndedThread<S> {
  const { id, node, sleeps, trapped } = thread;
  const { request, spin } = node;
  const isOver = request.kind === 'done' || trapped || crash !== null;
  const target = request.kind === 'join' ? threads.find((other) => other.id === request.thread) : undefined;
  const waits = target !== undefined && target.node.request.kind !== 'done' && !target.trapped;
  if (!isOver && !sleeps && !waits && spin === null) {
    const site = 'site' in request ? request.site : null;
    throw new Departure(`${names.info(id).name} goes on where the file ends`, null, site);
  }
  return endedThread(names.info(id), node, isOver, crash);
}

function isSame(expected: NonNullable<ReplayFile['outcome']>, found: ReplayOutcome): boolean {
  const values = Object.entries(expected.values);
  return (
    expected.deadlock === found.deadlock &&
    values.length === found.values.size &&
    values.every(([key, value]) => found.values.get(key) === value)
  );
}
