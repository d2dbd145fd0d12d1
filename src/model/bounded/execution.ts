import { NOWHERE } from '../../base/span.ts';
import { known } from '../../base/assert.ts';
import type { Access, Action } from '../../event/action.ts';
import type { Event, EventId, Execution, ThreadInfo } from '../../event/execution.ts';
import type { Addr, ThreadId } from '../../event/location.ts';
import { regionOf } from '../../event/location.ts';
import type { Letter, Place } from './alphabet.ts';
import { bytesOf, isTearFree, overlap } from './alphabet.ts';
import type { BoundedProgram } from './programs.ts';
import { letterOf, placeOf } from './programs.ts';
import type { ReadSlots } from './reads-from.ts';
import { ALLOCATION } from './reads-from.ts';

const DATA = regionOf(1 as Addr, 'data');

/**
 * What each event writes into each byte of its place: the writes that touch each other, directly or by others, are numbered from 1 in the
 * events' order, so that a value tells its writer. 0 for what does not write.
 */
export function valuesWritten(program: BoundedProgram): readonly number[] {
  const { places } = program.alphabet;
  const group = places.map((_, i) => i);
  for (const [i, a] of places.entries()) {
    for (const [j, b] of places.entries()) {
      const [from, to] = [group[i], group[j]];
      if (overlap(a, b)) for (const k of group.keys()) if (group[k] === from) group[k] = to as number;
    }
  }
  const written = new Map<number, number>();
  return Array.from({ length: program.count }, (_, event) => {
    const { kind } = letterOf(program, event);
    if (kind !== 'wr' && kind !== 'rmw') return 0;
    const key = known(group[program.place[event] as number], 'place of a write');
    const value = (written.get(key) ?? 0) + 1;
    written.set(key, value);
    return value;
  });
}

/** What a reading event reads, byte by byte. */
export function valuesRead(
  slots: ReadSlots,
  rf: Int8Array,
  written: readonly number[],
  event: number,
  size: number,
): readonly number[] {
  const first = slots.first[event] as number;
  return Array.from({ length: size }, (_, k) => {
    const writer = rf[first + k] as number;
    return writer === ALLOCATION ? 0 : known(written[writer], 'written value');
  });
}

/** Makes executions of one program, event e of which becomes event e + 1: event 0 allocates all bytes as zeroes. */
export class Executions {
  readonly #program: BoundedProgram;
  readonly #slots: ReadSlots;
  readonly #written: readonly number[];
  readonly #fixed: readonly Event[];
  readonly #threads: readonly ThreadInfo[];

  constructor(program: BoundedProgram, slots: ReadSlots) {
    this.#program = program;
    this.#slots = slots;
    this.#written = valuesWritten(program);
    this.#threads = [-1, ...program.sizes.keys()].map((t) => ({
      id: (t + 1) as ThreadId,
      name: t < 0 ? 'main' : `T${t + 1}`,
      parent: null,
    }));
    let index = 0;
    const events = Array.from({ length: program.count }, (_, e) => {
      index = e > 0 && program.thread[e] === program.thread[e - 1] ? index + 1 : 0;
      const letter = letterOf(program, e);
      const place = placeOf(program, e);
      const action = place === null ? [] : [actionOf(letter, place, this.#written[e] as number, null)];
      return eventOf(e + 1, (program.thread[e] as number) + 1, index, action, letter, place);
    });
    this.#fixed = [allocation(bytesOf(program.alphabet.places)), ...events];
  }

  execution(rf: Int8Array): Execution {
    const { first } = this.#slots;
    const sources: (readonly (readonly EventId[])[] | null)[] = [null];
    const events = this.#fixed.slice();
    for (let e = 0; e < this.#program.count; e++) {
      const from = first[e] as number;
      const place = from < 0 ? null : placeOf(this.#program, e);
      if (place === null) {
        sources.push(null);
        continue;
      }
      const read = valuesRead(this.#slots, rf, this.#written, e, place.size);
      const writers = Array.from({ length: place.size }, (_, k) => ((rf[from + k] as number) + 1) as EventId);
      sources.push([writers]);
      const action = actionOf(letterOf(this.#program, e), place, this.#written[e] as number, read);
      events[e + 1] = { ...(events[e + 1] as Event), actions: [action] };
    }
    return { events, threads: this.#threads, rf: sources, asw: [] };
  }
}

function actionOf(letter: Letter, place: Place, value: number, read: readonly number[] | null): Action {
  const { offset, size } = place;
  const access: Access = { region: DATA, offset, size, order: letter.order, tearFree: isTearFree(letter.order, place) };
  const written = Array.from({ length: size }, () => value);
  if (letter.kind === 'wr') return { ...access, kind: 'wr', written };
  if (letter.kind === 'rd') return { ...access, kind: 'rd', read: read ?? [] };
  return { ...access, kind: 'rmw', read: read ?? [], written };
}

function eventOf(
  id: number,
  thread: number,
  index: number,
  actions: readonly Action[],
  letter: Letter,
  place: Place | null,
): Event {
  const kind = letter.kind === 'fence' ? 'fence' : 'access';
  const text = [letter.kind, letter.order, place?.name].filter((part) => part !== undefined).join(' ');
  return {
    id: id as EventId,
    thread: thread as ThreadId,
    index,
    kind,
    actions,
    fence: letter.kind === 'fence' ? letter.order : null,
    site: { at: NOWHERE, text, shows: null },
  };
}

function allocation(bytes: number): Event {
  const written = { fill: 0, length: bytes };
  return {
    id: 0 as EventId,
    thread: 0 as ThreadId,
    index: 0,
    kind: 'alloc',
    actions: [{ kind: 'wr', region: DATA, offset: 0, size: bytes, order: 'init', tearFree: true, written }],
    fence: null,
    site: { at: NOWHERE, text: 'allocation', shows: null },
  };
}
