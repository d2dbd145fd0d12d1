import type { Source, Span } from '../../base/span.ts';
import { isAccess } from '../../event/action.ts';
import type { Action } from '../../event/action.ts';
import { known } from '../../base/assert.ts';
import type { Event, EventId, Execution } from '../../event/execution.ts';
import type { Addr, Field, Range, Region, ThreadId } from '../../event/location.ts';
import { fieldOf, makerOf, objectOf } from '../../event/location.ts';
import type { Site } from '../../event/request.ts';
import type { Units } from '../../event/units.ts';
import { isFill, unitAt } from '../../event/units.ts';
import { showUnits } from '../outcome.ts';
import type { FindingPlace } from './place.ts';

/** Names the places and locations of one execution for people. */
export class Teller {
  readonly #source: Source;
  readonly execution: Execution;
  readonly #objects: ReadonlyMap<Addr, string>;

  constructor(source: Source, execution: Execution, objects: ReadonlyMap<Addr, string>) {
    this.#source = source;
    this.execution = execution;
    this.#objects = objects;
  }

  event(id: EventId): Event {
    return known(this.execution.events[id], 'event');
  }

  thread(id: ThreadId): string {
    return this.execution.threads[id]?.name ?? `#${id}`;
  }

  /** Who does the event. */
  actor(id: EventId): string {
    return this.thread(this.event(id).thread);
  }

  place(id: EventId): FindingPlace {
    const { thread, site } = this.event(id);
    return this.placeOf(thread, site);
  }

  placeOf(thread: ThreadId, { at, text }: Site): FindingPlace {
    return { thread: this.thread(thread), at, instruction: text };
  }

  /** `line 12`. */
  where(at: Span): string {
    return this.#source.where(at.start);
  }

  /** `i32.store (line 12)`. */
  instruction(id: EventId): string {
    const { site } = this.event(id);
    return `${site.text} (${this.where(site.at)})`;
  }

  /** `T1 i32.store (line 12)`; what was there at first is `the initial value`. */
  deed(id: EventId): string {
    const { kind } = this.event(id);
    return kind === 'alloc' ? 'the initial value' : `${this.actor(id)} ${this.instruction(id)}`;
  }

  /** `mem.shared+24..27`, `mem.shared.length`, `m.g`; an object without a name is `T1’s struct#3`, or `struct#1` if it is an instance's. */
  location({ region, offset, size }: Range): string {
    const name = this.#objects.get(objectOf(region)) ?? this.#nameless(region);
    const field = fieldOf(region);
    if (field === 'length') return `${name}.length`;
    if (field === 'val' || field === 'queue') return name;
    return `${name}+${offset}${size > 1 ? `..${offset + size - 1}` : ''}`;
  }

  /** A value as the instruction that reads it would show it; bytes where that is not known. */
  value(id: EventId, units: Units): string {
    const { shows, text } = this.event(id).site;
    const type = shows ?? /^(i32|i64|f32|f64|v128)\.(?:atomic\.)?store$/.exec(text)?.[1] ?? null;
    if (type !== null && units.length <= 16) return showUnits(type, units);
    return bytes(units);
  }

  /** Whom a notify woke: `nobody`, `T2`, `T2 and T3`. */
  wokenBy(notify: EventId): string {
    const woken = this.execution.asw.flatMap(([from, to]) =>
      from === notify && this.event(to).kind === 'wake' ? [this.actor(to)] : [],
    );
    return woken.length === 0 ? 'nobody' : woken.join(' and ');
  }

  /** Whom a fork starts. */
  startedBy(fork: EventId): string {
    const [, first] = this.execution.asw.find(([from, to]) => from === fork && this.event(to).index === 0) ?? [];
    return first === undefined ? 'a thread' : this.actor(first);
  }

  #nameless(region: Region): string {
    const { thread, number } = makerOf(objectOf(region));
    const kind = KINDS[fieldOf(region)] ?? 'object';
    return thread === null ? `${kind}#${number}` : `${this.thread(thread)}’s ${kind}#${number}`;
  }
}

const KINDS: Readonly<Partial<Record<Field, string>>> = {
  fields: 'struct',
  elem: 'array',
  queue: 'waitqueue',
  length: 'segment',
};

/** `0x00000001`: units of bytes as one little-endian number, which is read as people write it. */
function bytes(units: Units): string {
  if (isFill(units) || units.length > 16) return `${units.length} units`;
  const all = Array.from({ length: units.length }, (_, k) => unitAt(units, k));
  if (all.some((unit) => unit < 0 || unit > 255)) return all.join(', ');
  return `0x${all
    .toReversed()
    .map((unit) => unit.toString(16).padStart(2, '0'))
    .join('')}`;
}

/** The range of an action. */
export function rangeOf(action: Action): Range {
  return { region: action.region, offset: action.offset, size: isAccess(action) ? action.size : 1 };
}
