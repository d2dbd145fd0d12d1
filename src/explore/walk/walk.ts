import { assert, known } from '../../base/assert.ts';
import type { Event } from '../../event/execution.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Suspended } from '../../runtime/executor.ts';
import { hasEnded, labelOf, threadOf } from '../interleave/step.ts';
import type { Label, Status } from '../interleave/step.ts';
import type { Course, CourseThread } from './course.ts';
import type { SmallScript } from './segment.ts';

/** A thread in a moment of a walk. */
export interface WalkThread extends CourseThread {
  /** Its state, and what it asks; `isSilent` of a request if it only reduces. */
  readonly now: Suspended<SmallScript>;
  /** Silent steps until it asks. */
  readonly silent: number;
}

/** A step that was made. */
export interface WalkStep {
  readonly label: Label;
  readonly thread: ThreadId;
  /** What it made; none of a silent step. */
  readonly events: readonly Event[];
  /** Whether the world answered. */
  readonly isAnswer: boolean;
  /** Answers so far, this one included. */
  readonly answers: number;
}

interface Entry extends WalkStep {
  readonly mark: unknown;
  /** How far each thread was in its segment before. */
  readonly before: ReadonlyMap<ThreadId, number>;
}

/**
 * A walk through a program, one small step at a time, forwards and backwards. What was once walked is remembered until another way is taken, so
 * that any moment of it can be gone to. A class because where it is is hidden.
 */
export class Walk {
  readonly course: Course;
  readonly #log: Entry[] = [];
  #position = 0;
  /** How many silent steps of its segment a thread has made; absent: none. */
  #done: ReadonlyMap<ThreadId, number> = new Map();

  constructor(course: Course) {
    this.course = course;
  }

  get position(): number {
    return this.#position;
  }

  /** Steps that were walked, those ahead included. */
  get length(): number {
    return this.#log.length;
  }

  get steps(): readonly WalkStep[] {
    return this.#log;
  }

  /** The step that led here. */
  get last(): WalkStep | null {
    return this.#log[this.#position - 1] ?? null;
  }

  threads(): WalkThread[] {
    return this.course.threads().map((thread) => this.#looked(thread));
  }

  thread(id: ThreadId): WalkThread {
    return this.#looked(
      known(
        this.course.threads().find((thread) => thread.id === id),
        'thread',
      ),
    );
  }

  /** The thread as it was before the step that led here; null if it had not begun, or there was no step. */
  before(id: ThreadId): WalkThread | null {
    if (this.#position === 0) return null;
    const position = this.#position;
    this.back();
    const found = this.course.threads().find((thread) => thread.id === id);
    const thread = found === undefined ? null : this.#looked(found);
    this.seek(position);
    return thread;
  }

  /** What a thread may do next. A silent step is `go`. */
  choices(id: ThreadId): readonly Label[] {
    const thread = this.thread(id);
    if (thread.status === 'cut' || thread.status === 'trapped') return [];
    if (thread.silent > 0) return [labelOf(id, 'go')];
    const { request } = thread.now;
    // The world knows that the thread will end; a join waits until it is seen to.
    if (request.kind === 'join' && !this.hasEnded(request.thread)) return [];
    return this.course.choices(id);
  }

  hasEnded(id: ThreadId): boolean {
    const found = this.course.threads().find((thread) => thread.id === id);
    if (found === undefined || !hasEnded(found.status)) return false;
    return found.status !== 'ended' || this.#looked(found).silent === 0;
  }

  /** Makes a step. What was ahead is kept if it begins with this one, else forgotten. */
  step(label: Label): WalkStep {
    if (this.#log[this.#position]?.label === label) return this.forward();
    this.#log.length = this.#position;
    const id = threadOf(label);
    assert(this.choices(id).includes(label), 'a step that the thread can make');
    const isAnswer = this.thread(id).silent === 0;
    const mark = this.course.mark();
    const before = this.#done;
    const events = this.#make(label, isAnswer);
    const answers = (this.last?.answers ?? 0) + (isAnswer ? 1 : 0);
    const entry: Entry = { label, thread: id, events, isAnswer, answers, mark, before };
    this.#log.push(entry);
    this.#position++;
    return entry;
  }

  /** One step back. */
  back(): void {
    const { mark, before } = known(this.#log[this.#position - 1], 'step to take back');
    this.course.undoTo(mark);
    this.#done = before;
    this.#position--;
  }

  /** One step of those ahead. */
  forward(): WalkStep {
    const step = known(this.#log[this.#position], 'step ahead');
    this.#make(step.label, step.isAnswer);
    this.#position++;
    return step;
  }

  /** To any moment of the walk. */
  seek(position: number): void {
    const to = Math.max(0, Math.min(position, this.#log.length));
    if (to < this.#position) {
      const { mark, before } = known(this.#log[to], 'step');
      this.course.undoTo(mark);
      this.#done = before;
      this.#position = to;
    }
    while (this.#position < to) this.forward();
  }

  #make(label: Label, isAnswer: boolean): readonly Event[] {
    const id = threadOf(label);
    if (!isAnswer) {
      this.#done = new Map(this.#done).set(id, (this.#done.get(id) ?? 0) + 1);
      return [];
    }
    const nodes = new Map(this.course.threads().map((thread) => [thread.id, thread.node]));
    const events = this.course.step(label);
    const done = new Map(this.#done);
    for (const thread of this.course.threads()) if (nodes.get(thread.id) !== thread.node) done.delete(thread.id);
    this.#done = done;
    return events;
  }

  #looked(thread: CourseThread): WalkThread {
    const segment = thread.node.state;
    const done = this.#done.get(thread.id) ?? 0;
    const silent = segment.length - 1 - done;
    const now = known(segment[done], 'state');
    const { status } = thread;
    return { ...thread, status: seen(status, silent), now, silent };
  }
}

/** What a thread comes to is seen when it is there. */
function seen(status: Status, silent: number): Status {
  return silent > 0 && (status === 'ended' || status === 'parked') ? 'running' : status;
}
