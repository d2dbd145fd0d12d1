import { assertNever, known } from '../../base/assert.ts';
import type { Access, Action } from '../../event/action.ts';
import { isReading, isWriting } from '../../event/action.ts';
import { concludeNew, dataReads, lengthRead } from '../../event/answer.ts';
import type { Concluded, LocatedRequest } from '../../event/answer.ts';
import type { Edge, Event, EventId, EventKind, Execution } from '../../event/execution.ts';
import { covers, objectAddr } from '../../event/location.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Order } from '../../event/action.ts';
import type { Response, Site, Start } from '../../event/request.ts';
import { UNIT } from '../../event/request.ts';
import { unitAt, unitsKey } from '../../event/units.ts';
import type { AnswerTrie, TrieNode } from '../../exec/answer-trie.ts';
import type { Readings } from '../../syntax/readings.ts';
import type { Leave } from '../conclusions.ts';
import { conclusions, leaves } from '../conclusions.ts';
import type { ThreadNames } from '../thread-names.ts';
import { combinations } from './combinations.ts';
import { queueOrders } from './queues.ts';

/**
 * The plain enumeration, which judges the search: every combination of whole traces of the threads, each read answered
 * with any combination of the units of V (the fixpoint of DOMAIN section 4 to the letter), then every assignment of
 * equal-valued writers to every unit read, then every order of the wait queues. Nothing is pruned; the model decides. For tests:
 * small programs only, without traps in fork groups and without endless loops.
 */
export interface PlainExecution<S> {
  readonly execution: Execution;
  /** Where each thread ended. */
  readonly ends: ReadonlyMap<ThreadId, TrieNode<S>>;
}

interface Step {
  readonly kind: EventKind;
  readonly actions: readonly Action[];
  readonly fence: Order | null;
  readonly site: Site;
  readonly forks: { readonly child: ThreadId; readonly start: Start } | null;
  readonly joins: ThreadId | null;
  /** It makes a fresh object. */
  readonly isFresh: boolean;
}

interface Trace<S> {
  readonly steps: readonly Step[];
  readonly end: TrieNode<S>;
}

export function* plainExecutions<S>(
  trie: AnswerTrie<S>,
  main: Start,
  names: ThreadNames,
  readings: Readings,
): Generator<PlainExecution<S>> {
  const units = new Map<string, Set<number>>();
  fixpoint();
  for (const traces of traceChoices(new Map([[names.main, main]]), new Map())) {
    const events: Event[] = [];
    const own = new Map<ThreadId, (EventId | null)[]>();
    for (const [thread, trace] of traces) {
      const allocator = names.allocator(thread, readings);
      const ids = trace.steps.map(({ kind, actions, fence, site, isFresh }): EventId | null => {
        const by = isFresh ? allocator : thread;
        const index = events.filter((event) => event.thread === by).length;
        const id = events.length as EventId;
        events.push({ id, thread: by, index, kind, actions, fence, site });
        return by === thread ? id : null;
      });
      own.set(thread, ids);
    }
    const asw = structureEdges(traces, own);
    if (asw === null) continue;
    const ends = new Map([...traces].map(([thread, trace]) => [thread, trace.end]));
    for (const rf of readsFrom(events)) {
      for (const order of queueOrders(
        events,
        (a, b) => samePo(events, a, b),
        (thread) => names.group(thread),
      )) {
        yield { execution: { events, threads: names.all(), rf, asw: [...asw, ...order] }, ends };
      }
    }
  }

  /**
   * V: the units that each place can have. The first round finds V₀; after it come as many as the longest execution has
   * read-dependent writes, plus two.
   */
  function fixpoint(): void {
    const starts = new Map<ThreadId, Start>([[names.main, main]]);
    /** Writes whose units are known. */
    const noted = new Set<string>();
    let longest = 0;
    for (let round = 1, grew = true; grew && round <= longest + 3; round++) {
      const written: { readonly key: string; readonly unit: number }[] = [];
      const threadsKnown = starts.size;
      let dependent = 0;
      for (const [thread, start] of starts) {
        let most = 0;
        for (const trace of traces(thread, trie.root(start), [], 0, true)) {
          let read = false;
          let count = 0;
          for (const step of trace.steps) {
            if (step.forks !== null) starts.set(step.forks.child, step.forks.start);
            read ||= step.actions.some(isReading);
            for (const action of step.actions) {
              if (!isWriting(action)) continue;
              if (read) count++;
              const key = `${action.region}+${action.offset}=${unitsKey(action.written)}`;
              if (noted.has(key)) continue;
              noted.add(key);
              for (let i = 0; i < action.size; i++)
                written.push({ key: `${action.region}+${action.offset + i}`, unit: unitAt(action.written, i) });
            }
          }
          most = Math.max(most, count);
        }
        dependent += most;
      }
      longest = Math.max(longest, dependent);
      grew = starts.size > threadsKnown;
      for (const { key, unit } of written) {
        const old = units.get(key) ?? new Set<number>();
        grew ||= !old.has(unit);
        units.set(key, old.add(unit));
      }
    }
  }

  /** All choices of one trace for each thread, forked threads included. */
  function* traceChoices(
    todo: ReadonlyMap<ThreadId, Start>,
    done: ReadonlyMap<ThreadId, Trace<S>>,
  ): Generator<ReadonlyMap<ThreadId, Trace<S>>> {
    const [next] = todo;
    if (next === undefined) {
      yield done;
      return;
    }
    const [thread, start] = next;
    for (const trace of traces(thread, trie.root(start), [], 0)) {
      const rest = new Map(todo);
      rest.delete(thread);
      for (const step of trace.steps) if (step.forks !== null) rest.set(step.forks.child, step.forks.start);
      yield* traceChoices(rest, new Map([...done, [thread, trace]]));
    }
  }

  /** Whole traces; `partial`: also those that end at a read for which there is no value yet. */
  function* traces(
    thread: ThreadId,
    node: TrieNode<S>,
    steps: readonly Step[],
    forks: number,
    partial = false,
  ): Generator<Trace<S>> {
    const { request } = node;
    if (node.spin !== null) return;
    const step = (kind: EventKind, actions: readonly Action[], more: Partial<Step> = {}): Step => ({
      kind,
      actions,
      fence: null,
      site: 'site' in request ? request.site : NO_SITE,
      forks: null,
      joins: null,
      isFresh: false,
      ...more,
    });
    const go = (response: Response, added: readonly Step[], more = 0): Generator<Trace<S>> =>
      traces(thread, trie.child(node, response), [...steps, ...added], forks + more, partial);
    switch (request.kind) {
      case 'done':
        yield { steps, end: node };
        return;
      case 'trap':
        return;
      case 'bound':
        if (partial) yield { steps, end: node };
        return;
      case 'alloc':
        yield* go(UNIT, [step('alloc', request.writes)]);
        return;
      case 'new': {
        const { actions, response } = concludeNew(request, objectAddr(thread, node.depth));
        yield* go(response, [step('alloc', actions, { isFresh: true })]);
        return;
      }
      case 'fence':
        yield* go(UNIT, [step('fence', [], { fence: request.order })]);
        return;
      case 'host':
        yield* go(UNIT, [step('host', [])]);
        return;
      case 'fork': {
        const child = names.child(thread, forks, request.name);
        yield* go({ kind: 'forked', thread: child }, [step('fork', [], { forks: { child, start: request.start } })], 1);
        return;
      }
      case 'join':
        yield { steps, end: node };
        yield* go({ kind: 'joined', code: 0n }, [step('join', [], { joins: request.thread })]);
        return;
      case 'access':
      case 'grow':
      case 'wait':
      case 'notify':
        if (partial && outcomesOf(request).next().done === true) yield { steps, end: node };
        for (const { actions, response } of outcomesOf(request)) {
          const first = step(request.kind, actions);
          if (response !== null) yield* go(response, [first]);
          else if (request.kind === 'wait') {
            const { region, offset } = request.queue;
            const queue = (kind: 'woken' | Leave['kind']): Action => ({ kind, region, offset, count: 0, woke: 0 });
            yield* go({ kind: 'waited', result: 0 }, [first, step('wake', [queue('woken')])]);
            const ways = leaves(request, readings);
            for (const { kind, response: left } of ways) yield* go(left, [first, step(kind, [queue(kind)])]);
            if (request.timeout < 0n) yield { steps: [...steps, first], end: node };
          }
        }
        return;
      default:
        assertNever(request);
    }
  }

  function* outcomesOf(request: LocatedRequest): Generator<Concluded> {
    const length = lengthRead(request);
    for (const lengthUnits of length === null ? [null] : values(length)) {
      const n = lengthUnits === null ? null : known(lengthUnits[0], 'length');
      for (const reads of combinations(dataReads(request, n).map(values)))
        yield* conclusions(request, n, reads, readings, names.count - 1);
    }
  }

  /** Every combination of the units that each place can have. */
  function values(access: Access): number[][] {
    return combinations(
      Array.from({ length: access.size }, (_, i) => [...(units.get(`${access.region}+${access.offset + i}`) ?? [])]),
    );
  }
}

const NO_SITE: Site = { at: { start: 0, end: 0 }, text: '', shows: null };

/**
 * Fork and join edges; null if a thread joins one that never ends, or stays at a join of one that does. `own`: the event of each step, null if
 * it is not in the thread's program order.
 */
function structureEdges<S>(
  traces: ReadonlyMap<ThreadId, Trace<S>>,
  own: ReadonlyMap<ThreadId, readonly (EventId | null)[]>,
): Edge[] | null {
  const edges: Edge[] = [];
  const eventsOf = (thread: ThreadId): EventId[] => (own.get(thread) ?? []).filter((id) => id !== null);
  for (const [thread, trace] of traces) {
    const { request } = trace.end;
    if (request.kind === 'join' && traces.get(request.thread)?.end.request.kind === 'done') return null;
    for (const [index, step] of trace.steps.entries()) {
      const here = own.get(thread)?.[index] ?? null;
      const first = step.forks === null ? undefined : eventsOf(step.forks.child)[0];
      if (first !== undefined) edges.push([known(here, 'event'), first]);
      if (step.joins === null) continue;
      const joined = traces.get(step.joins);
      if (joined === undefined || joined.end.request.kind !== 'done') return null;
      const last = eventsOf(step.joins).at(-1);
      if (last !== undefined) edges.push([last, known(here, 'event')]);
    }
  }
  return edges;
}

/** Every assignment of a writer with the right value to every unit of every read. */
function* readsFrom(events: readonly Event[]): Generator<Execution['rf']> {
  const slots: {
    readonly event: number;
    readonly action: number;
    readonly unit: number;
    readonly writers: readonly EventId[];
  }[] = [];
  for (const event of events) {
    event.actions.forEach((action, a) => {
      if (!isReading(action)) return;
      for (let i = 0; i < action.size; i++) {
        const k = action.offset + i;
        const writers = events.filter(
          (w) =>
            w.id !== event.id &&
            w.actions.some(
              (x) =>
                isWriting(x) &&
                x.region === action.region &&
                covers(x, k) &&
                unitAt(x.written, k - x.offset) === unitAt(action.read, i),
            ),
        );
        slots.push({ event: event.id, action: a, unit: i, writers: writers.map((w) => w.id) });
      }
    });
  }
  const chosen: EventId[] = [];
  function* fill(next: number): Generator<Execution['rf']> {
    const slot = slots[next];
    if (slot === undefined) {
      const rf = events.map((event) =>
        event.actions.map((action) => (isReading(action) ? new Array<EventId>(action.size) : null)),
      );
      slots.forEach((s, i) => {
        known(known(rf[s.event], 'event')[s.action], 'action')[s.unit] = known(chosen[i], 'writer');
      });
      yield rf;
      return;
    }
    for (const writer of slot.writers) {
      chosen[next] = writer;
      yield* fill(next + 1);
    }
  }
  yield* fill(0);
}

function samePo(events: readonly Event[], a: EventId, b: EventId): boolean {
  const x = known(events[a], 'event');
  const y = known(events[b], 'event');
  return x.thread === y.thread && x.index < y.index;
}
