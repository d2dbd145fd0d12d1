import { Bug, known } from '../../base/assert.ts';
import type { Event, EventId, Execution } from '../../event/execution.ts';
import type { ThreadId } from '../../event/location.ts';
import type { TrieNode } from '../../exec/answer-trie.ts';
import { hasEnded, labelOf } from '../interleave/step.ts';
import type { Label, Status } from '../interleave/step.ts';
import type { Rebuilt } from '../replay/rebuild.ts';
import type { Course, CourseThread, History } from './course.ts';
import type { Ground } from './free-course.ts';
import type { Segment } from './segment.ts';

/** Where a thread is on its way: after so many answers. */
interface Stand {
  readonly answers: number;
  readonly status: Status;
}

/** How many events have happened, and where every thread that has begun is. */
interface Moment {
  readonly position: number;
  readonly stands: ReadonlyMap<ThreadId, Stand>;
  readonly crashes: ReadonlyMap<ThreadId, string>;
}

/**
 * One execution, its events in one order that has happens-before: each read is answered as the execution has it, which need not be what a store
 * would hold by then. A class because the moment is hidden.
 */
export class RecordedCourse implements Course {
  readonly isFree = false;
  readonly bound = null;
  readonly #ground: Ground;
  readonly #execution: Execution;
  readonly #order: readonly EventId[];
  /** By thread, from its start: the nodes that it comes through. */
  readonly #ways = new Map<ThreadId, readonly TrieNode<Segment>[]>();
  readonly #forkedBy = new Map<EventId, ThreadId>();
  #moment: Moment;

  constructor(ground: Ground, { execution, threads }: Rebuilt<Segment>, order: readonly EventId[]) {
    this.#ground = ground;
    this.#execution = execution;
    this.#order = order;
    for (const { id, node, forkedBy } of threads) {
      const way: TrieNode<Segment>[] = [];
      for (let at: TrieNode<Segment> | null = node; at !== null; at = at.parent) way.push(at);
      this.#ways.set(id, way.reverse());
      if (forkedBy !== null) this.#forkedBy.set(forkedBy, id);
    }
    const { main } = ground.names;
    const stands = new Map<ThreadId, Stand>([[main, this.#standing(main, 0)]]);
    this.#moment = this.#passOver({ position: 0, stands, crashes: new Map() });
  }

  threads(): readonly CourseThread[] {
    return [...this.#moment.stands]
      .toSorted(([a], [b]) => a - b)
      .map(([id, { answers, status }]) => ({ id, node: this.#node(id, answers), status }));
  }

  choices(thread: ThreadId): readonly Label[] {
    const { answers, status } = known(this.#moment.stands.get(thread), 'thread');
    if (hasEnded(status)) return [];
    if (this.#isFresh(thread, answers)) return this.#way(thread).length > answers + 1 ? [labelOf(thread, 'go')] : [];
    return this.turn() === thread ? [labelOf(thread, 'go')] : [];
  }

  /** Fresh objects are made when their thread asks, and are there before all else. */
  step(label: Label): readonly Event[] {
    const thread = known(
      this.threads().find(({ id }) => this.choices(id).includes(label)),
      'a thread whose turn it is',
    ).id;
    const { stands, position } = this.#moment;
    const { answers } = known(stands.get(thread), 'thread');
    if (this.#isFresh(thread, answers)) {
      this.#moment = { ...this.#moment, stands: new Map(stands).set(thread, this.#standing(thread, answers + 1)) };
      return [];
    }
    const event = this.#event(position);
    this.#moment = this.#passOver(this.#after(event, answers));
    return [event];
  }

  turn(): ThreadId | null {
    const { position, stands } = this.#moment;
    if (position >= this.#order.length) return null;
    const { thread } = this.#event(position);
    if (!stands.has(thread)) throw new Bug('an event of a thread that has not begun');
    return thread;
  }

  mark(): unknown {
    return this.#moment;
  }

  undoTo(mark: unknown): void {
    this.#moment = mark as Moment;
  }

  history(): History {
    return { execution: this.#execution, order: this.#order.slice(0, this.#moment.position) };
  }

  crashOf(thread: ThreadId): string | null {
    return this.#moment.crashes.get(this.#ground.names.group(thread)) ?? null;
  }

  #after(event: Event, answers: number): Moment {
    const { stands, position, crashes } = this.#moment;
    const { thread } = event;
    const next = new Map(stands);
    if (event.kind === 'trap') {
      const { names } = this.#ground;
      const group = names.group(thread);
      for (const [id, stand] of stands)
        if (names.group(id) === group && !hasEnded(stand.status)) next.set(id, { ...stand, status: 'cut' });
      next.set(thread, { answers, status: 'trapped' });
      const { request } = this.#node(thread, answers);
      const reason = request.kind === 'trap' ? request.reason : 'trap';
      return { position: position + 1, stands: next, crashes: new Map(crashes).set(group, reason) };
    }
    const sleeps = event.actions.some(({ kind }) => kind === 'enqueue');
    next.set(thread, sleeps ? { answers, status: 'waiting' } : this.#standing(thread, answers + 1));
    const child = this.#forkedBy.get(event.id);
    if (child !== undefined) next.set(child, this.#standing(child, 0));
    return { position: position + 1, stands: next, crashes };
  }

  /** Events of who makes another's objects are nobody's step. */
  #passOver(moment: Moment): Moment {
    let { position } = moment;
    while (position < this.#order.length && !this.#ways.has(this.#event(position).thread)) position++;
    return { ...moment, position };
  }

  #isFresh(thread: ThreadId, answers: number): boolean {
    const { names, readings } = this.#ground;
    return this.#node(thread, answers).request.kind === 'new' && names.allocator(thread, readings) !== thread;
  }

  #standing(thread: ThreadId, answers: number): Stand {
    const way = this.#way(thread);
    const node = this.#node(thread, answers);
    const spins = node.spin !== null && answers === way.length - 1;
    return { answers, status: node.request.kind === 'done' ? 'ended' : spins ? 'parked' : 'running' };
  }

  #way(thread: ThreadId): readonly TrieNode<Segment>[] {
    return known(this.#ways.get(thread), 'way of a thread');
  }

  #node(thread: ThreadId, answers: number): TrieNode<Segment> {
    return known(this.#way(thread)[answers], 'node');
  }

  #event(position: number): Event {
    return known(this.#execution.events[known(this.#order[position], 'event in order')], 'event');
  }
}
