import type { Action, Order, ReadingAction, WritingAction } from '../../../src/event/action.ts';
import { isReading, isWriting } from '../../../src/event/action.ts';
import type { Edge, Event, EventId, Execution } from '../../../src/event/execution.ts';
import type { Addr, Range, ThreadId } from '../../../src/event/location.ts';
import { covers, regionOf } from '../../../src/event/location.ts';
import { unitAt } from '../../../src/event/units.ts';
import type { Model } from '../../../src/model/model.ts';
import { NOWHERE } from '../../../src/base/span.ts';
import { known } from '../../../src/base/assert.ts';

/**
 * Candidate executions by hand: threads as lists of events, what reads return written down, reads-from enumerated. All
 * places are in one memory, which the main thread allocates with zeroes.
 */
export const MEMORY = 1 as Addr;
export const DATA = regionOf(MEMORY, 'data');
export const LENGTH = regionOf(MEMORY, 'length');

export function bytesAt(offset: number, size: number): Range {
  return { region: DATA, offset, size };
}

export const x = bytesAt(0, 1);
export const y = bytesAt(1, 1);
export const z = bytesAt(2, 1);
export const x4 = bytesAt(0, 4);
export const y4 = bytesAt(4, 4);
export const length: Range = { region: LENGTH, offset: 0, size: 1 };

function units(at: Range, value: number): number[] {
  if (at.region === LENGTH) return [value];
  return Array.from({ length: at.size }, (_, k) => (value >>> (8 * k)) & 0xff);
}

function access(at: Range, order: Order): Range & { order: Order; tearFree: boolean } {
  const atomic = order === 'seqcst' || order === 'acqrel';
  return { ...at, order, tearFree: atomic || at.region === LENGTH || (at.size <= 4 && at.offset % at.size === 0) };
}

/** A read of the place that returns `value`. */
export function R(at: Range, value: number, order: Order = 'unord'): Action {
  return { kind: 'rd', ...access(at, order), read: units(at, value) };
}

export function W(at: Range, value: number, order: Order = 'unord'): Action {
  return { kind: 'wr', ...access(at, order), written: units(at, value) };
}

/** A read-modify-write that reads `from` and writes `to`. */
export function U(at: Range, from: number, to: number, order: Order = 'seqcst'): Action {
  return { kind: 'rmw', ...access(at, order), read: units(at, from), written: units(at, to) };
}

export const Rsc = (at: Range, value: number): Action => R(at, value, 'seqcst');
export const Wsc = (at: Range, value: number): Action => W(at, value, 'seqcst');
export const Racq = (at: Range, value: number): Action => R(at, value, 'acqrel');
export const Wrel = (at: Range, value: number): Action => W(at, value, 'acqrel');
export const Uar = (at: Range, from: number, to: number): Action => U(at, from, to, 'acqrel');

/** A fence of that order. */
export interface Fence {
  readonly fence: Order;
}

export const Fsc: Fence = { fence: 'seqcst' };
export const Far: Fence = { fence: 'acqrel' };

/** A thread: its events, an event being an action, several, or a fence. */
export type Thread = readonly (Action | readonly Action[] | Fence)[];

export interface Program {
  readonly threads: readonly Thread[];
  /** The length that the memory is allocated with. */
  readonly pages?: number;
  readonly bytes?: number;
  readonly asw?: readonly (readonly [number, number])[];
}

export function program(...threads: readonly Thread[]): Program {
  return { threads };
}

/** Event 0 is the allocation; the threads' events follow, thread by thread. */
export function eventsOf({ threads, pages = 1, bytes = 16 }: Program): Event[] {
  const init: Action[] = [
    { kind: 'wr', ...access(length, 'init'), written: [pages] },
    { kind: 'wr', ...access(bytesAt(0, bytes), 'init'), written: { fill: 0, length: bytes } },
  ];
  const events: Event[] = [];
  const add = (thread: number, index: number, actions: readonly Action[], fence: Order | null): void => {
    events.push({
      id: events.length as EventId,
      thread: thread as ThreadId,
      index,
      kind: fence !== null ? 'fence' : index === 0 && thread === 0 ? 'alloc' : 'access',
      actions,
      fence,
      site: { at: NOWHERE, text: fence === null ? actions.map(describe).join('; ') : `fence ${fence}`, shows: null },
    });
  };
  add(0, 0, init, null);
  threads.forEach((thread, t) =>
    thread.forEach((event, i) => {
      if ('fence' in event) add(t + 1, i, [], event.fence);
      else add(t + 1, i, 'kind' in event ? [event] : event, null);
    }),
  );
  return events;
}

function describe(action: Action): string {
  return 'order' in action ? `${action.kind} ${action.order} ${action.offset}+${action.size}` : action.kind;
}

export function execution(events: readonly Event[], rf: Execution['rf'], asw: readonly Edge[] = []): Execution {
  const threads = [...new Set(events.map((e) => e.thread))].map((id) => ({ id, name: `T${id}`, parent: null }));
  return { events, threads, rf, asw };
}

/** All executions of the program whose reads return what it says. */
export function candidates(of: Program): Generator<Execution> {
  const events = eventsOf(of);
  return enumerate(of, events, (read, k, write) => unitWritten(write, read, k) === unitAt(read.read, k));
}

/** All executions of the program, whatever its reads say: every reads-from, and the values that follow. */
export function* everyReadsFrom(of: Program): Generator<Execution> {
  const events = eventsOf(of);
  for (const { rf, asw } of enumerate(of, events, () => true)) {
    const valued = events.map((e) => ({ ...e, actions: e.actions.map((a, i) => withValue(events, a, rf[e.id]?.[i])) }));
    yield execution(valued, rf, asw);
  }
}

function withValue(events: readonly Event[], action: Action, from: readonly EventId[] | null | undefined): Action {
  if (!isReading(action) || !from) return action;
  return {
    ...action,
    read: from.map((writer, k) => unitWritten(writeOf(known(events[writer], 'writer'), action, k), action, k)),
  };
}

type Matches = (read: ReadingAction, k: number, write: WritingAction) => boolean;

function* enumerate(of: Program, events: readonly Event[], matches: Matches): Generator<Execution> {
  const asw = (of.asw ?? []).map(([a, b]): Edge => [a as EventId, b as EventId]);
  const slots: {
    readonly event: EventId;
    readonly action: number;
    readonly k: number;
    readonly writers: readonly EventId[];
  }[] = [];
  for (const event of events) {
    event.actions.forEach((read, action) => {
      if (!isReading(read)) return;
      for (let k = 0; k < read.size; k++) {
        const writers = events.filter((e) => {
          const write = e === event ? undefined : writeOf(e, read, k);
          return write !== undefined && matches(read, k, write);
        });
        slots.push({ event: event.id, action, k, writers: writers.map((e) => e.id) });
      }
    });
  }
  const chosen: EventId[] = [];
  yield* choose(0);

  function* choose(slot: number): Generator<Execution> {
    if (slot === slots.length) {
      yield execution(events, reads(), asw);
      return;
    }
    for (const writer of slots[slot]?.writers ?? []) {
      chosen[slot] = writer;
      yield* choose(slot + 1);
    }
  }

  function reads(): Execution['rf'] {
    const rf: (EventId[] | null)[][] = events.map((e) => e.actions.map((a) => (isReading(a) ? [] : null)));
    slots.forEach(({ event, action, k }, i) => {
      const units = rf[event]?.[action];
      if (units) units[k] = chosen[i] as EventId;
    });
    return rf;
  }
}

/** The event's action that writes the k-th unit of the range. */
export function writeOf(event: Event, range: Range, k: number): WritingAction | undefined {
  return event.actions.find(
    (a): a is WritingAction => isWriting(a) && a.region === range.region && covers(a, range.offset + k),
  );
}

/** What that action writes there. */
export function unitWritten(write: WritingAction | undefined, range: Range, k: number): number {
  return write === undefined ? 0 : unitAt(write.written, range.offset + k - write.offset);
}

/** Whether the model allows the program with these values read. */
export function allows(model: Pick<Model, 'check'>, of: Program): boolean {
  for (const candidate of candidates(of)) if (model.check(candidate).consistent) return true;
  return false;
}
