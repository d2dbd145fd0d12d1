import type { Source } from '../../../src/base/span.ts';
import { NOWHERE } from '../../../src/base/span.ts';
import { known } from '../../../src/base/assert.ts';
import type { Access } from '../../../src/event/action.ts';
import { isAccess } from '../../../src/event/action.ts';
import type { Event, EventId, EventKind, Execution } from '../../../src/event/execution.ts';
import type { Range, ThreadId } from '../../../src/event/location.ts';
import { fieldOf } from '../../../src/event/location.ts';
import type { Units } from '../../../src/event/units.ts';
import type { Witness } from '../../../src/explore/result.ts';
import type { LabelContext } from '../../../src/report/draw/labels.ts';
import { clip, placeText } from '../../../src/report/draw/labels.ts';
import type { Sight } from '../../../src/report/draw/figure.ts';
import { numberType, valueText } from '../../../src/report/draw/values.ts';

const MAX_INSTRUCTION = 36;

/** What is not called by its instruction. */
const DEEDS: Readonly<Partial<Record<EventKind, string>>> = {
  fork: 'fork',
  join: 'join',
  wake: 'waking',
  timeout: 'time-out',
  spurious: 'waking by itself',
};

/** Names the events, places and values of one execution in words. */
export class Telling {
  readonly execution: Execution;
  readonly context: LabelContext;
  readonly #source: Source;
  /** By event: how often its thread was at its place before, and whether it is there more than once. */
  readonly #rounds = new Map<EventId, { readonly round: number; readonly isOne: boolean }>();

  constructor(witness: Witness, source: Source, { context }: Pick<Sight, 'context'>) {
    this.execution = witness.execution;
    this.context = context;
    this.#source = source;
    this.#countRounds();
  }

  event(id: EventId): Event {
    return known(this.execution.events[id], 'event');
  }

  thread(id: ThreadId): string {
    return this.execution.threads.find((thread) => thread.id === id)?.name ?? `#${id}`;
  }

  /** Line and column from 1; null of what has no text. */
  place(id: EventId): { readonly line: number; readonly column: number } | null {
    const { kind, site } = this.event(id);
    return site.at === NOWHERE || kind === 'alloc' ? null : this.#source.position(site.at.start);
  }

  /** `T2’s i32.load at line 9`, `T1’s 2nd i32.load at line 9`; `the initial value`. */
  deed(id: EventId): string {
    const { thread, kind, site } = this.event(id);
    if (kind === 'alloc') return 'the initial value';
    const place = this.place(id);
    const what = DEEDS[kind] ?? (clip(site.text, MAX_INSTRUCTION) || kind);
    const { round, isOne } = this.#rounds.get(id) ?? { round: 0, isOne: true };
    const which = isOne ? '' : `${ordinal(round + 1)} `;
    return `${this.thread(thread)}’s ${which}${what}${place === null ? '' : ` at line ${place.line}`}`;
  }

  /** Equal for the same step of two executions of a program. */
  step(id: EventId): string {
    const { thread, kind, site, index } = this.event(id);
    const round = this.#rounds.get(id)?.round ?? index;
    return `${this.thread(thread)} ${kind} ${site.at.start} ${round}`;
  }

  /** Where an access is: `mem+0`; `the length of mem`. */
  location(access: Access): string {
    const name = this.context.nameOf(access.region);
    return fieldOf(access.region) === 'length' ? `the length of ${name}` : placeText(this.context, access);
  }

  /** `bytes 0..3 of mem`, `the length of mem`, `mem[2]`, `g`. */
  units({ region, offset, size }: Range): string {
    const name = this.context.nameOf(region);
    const last = offset + size - 1;
    switch (fieldOf(region)) {
      case 'length':
        return `the length of ${name}`;
      case 'val':
      case 'queue':
        return name;
      case 'data':
        return size === 1 ? `byte ${offset} of ${name}` : `bytes ${offset}..${last} of ${name}`;
      case 'elem':
      case 'fields':
        return size === 1 ? `${name}[${offset}]` : `${name}[${offset}..${last}]`;
    }
  }

  value(id: EventId, access: Access, units: Units): string {
    const field = fieldOf(access.region);
    const { site } = this.event(id);
    return valueText(units, field, field === 'length' ? null : (numberType(site.text) ?? site.shows));
  }

  /** The accesses of an event that a picture shows. */
  accesses(id: EventId): Access[] {
    const { visible } = this.context;
    return this.event(id)
      .actions.filter((_, a) => visible.action(id, a))
      .filter(isAccess);
  }

  #countRounds(): void {
    const seen = new Map<string, EventId[]>();
    for (const { id, thread, kind, site } of this.execution.events.toSorted((a, b) => a.index - b.index)) {
      const key = `${thread} ${kind} ${site.at.start}`;
      const ids = seen.get(key);
      if (ids === undefined) seen.set(key, [id]);
      else ids.push(id);
    }
    for (const ids of seen.values())
      ids.forEach((id, round) => this.#rounds.set(id, { round, isOne: ids.length === 1 }));
  }
}

function ordinal(n: number): string {
  const ending = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}
