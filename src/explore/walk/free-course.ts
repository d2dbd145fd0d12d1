import type { Event, EventId } from '../../event/execution.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Start } from '../../event/request.ts';
import type { AnswerTrie } from '../../exec/answer-trie.ts';
import type { Readings } from '../../syntax/readings.ts';
import type { Label } from '../interleave/step.ts';
import { labelOf, threadOf } from '../interleave/step.ts';
import { World } from '../interleave/world.ts';
import type { ThreadNames } from '../thread-names.ts';
import type { Course, CourseThread, History } from './course.ts';
import type { Segment } from './segment.ts';

/** What all walks through a program share. */
export interface Ground {
  readonly trie: AnswerTrie<Segment>;
  readonly main: Start;
  readonly names: ThreadNames;
  readonly readings: Readings;
}

export function worldOf({ trie, main, names, readings }: Ground): World<Segment> {
  return new World(trie, main, names, readings);
}

/**
 * Any interleaving: the world of the searches, stepped by hand. A thread that spins may go on once what it read has changed, and before only if
 * `spins` says so.
 */
export class FreeCourse implements Course {
  readonly isFree = true;
  readonly #world: World<Segment>;
  readonly #names: ThreadNames;
  readonly #spins: boolean;

  constructor(ground: Ground, spins = false) {
    this.#spins = spins;
    this.#world = worldOf(ground);
    this.#names = ground.names;
  }

  get bound(): string | null {
    return this.#world.bound;
  }

  threads(): readonly CourseThread[] {
    return this.#world.threads();
  }

  choices(thread: ThreadId): readonly Label[] {
    if (this.#world.bound !== null) return [];
    const enabled = this.#world.choices(thread);
    if (this.#spins && this.#world.threads().some(({ id, status }) => id === thread && status === 'parked'))
      return [labelOf(thread, 'go')];
    return enabled.length > 0 ? enabled : this.#world.revived().filter((label) => threadOf(label) === thread);
  }

  step(label: Label): readonly Event[] {
    const before = this.#world.mark().events;
    this.#world.step(label);
    return this.#world.execution().events.slice(before);
  }

  turn(): null {
    return null;
  }

  mark(): unknown {
    return this.#world.mark();
  }

  undoTo(mark: unknown): void {
    this.#world.undoTo(mark as Parameters<World<Segment>['undoTo']>[0]);
  }

  history(): History {
    const execution = this.#world.execution();
    return { execution, order: execution.events.map(({ id }): EventId => id) };
  }

  crashOf(thread: ThreadId): string | null {
    return this.#world.crashes.get(this.#names.group(thread)) ?? null;
  }
}
