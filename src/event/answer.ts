import type { Access, Action, Order, WriteAction } from './action.ts';
import type { Addr, Region } from './location.ts';
import { neverTears, locationsIn, regionOf } from './location.ts';
import type {
  AccessRequest,
  AskedAction,
  BoundsCheck,
  GrowRequest,
  NewRequest,
  NotifyRequest,
  Request,
  Response,
  WaitRequest,
} from './request.ts';
import { applyRmw } from './rmw.ts';
import type { Fill, Units } from './units.ts';
import { equalUnits, unitAt, unitsWithin } from './units.ts';
import { assert, assertNever, known } from '../base/assert.ts';

/**
 * From a request and what the world lets it read to the event's actions and the answer: the table of DOMAIN section 3,
 * once, for every world. An event reads first its length (if it has a {@link lengthRead}), then its {@link dataReads}.
 */
export type LocatedRequest = AccessRequest | GrowRequest | WaitRequest | NotifyRequest;

/** What the event did: its actions, and the answer; `waits` if the thread is now in the queue and has no answer yet. */
export interface Concluded {
  readonly actions: readonly Action[];
  readonly response: Response | null;
}

export interface AnswerOptions {
  /** A failing compare-exchange writes back what it read. */
  readonly writeBack: boolean;
}

export function isLocated(request: Request): request is LocatedRequest {
  return request.kind === 'access' || request.kind === 'grow' || request.kind === 'wait' || request.kind === 'notify';
}

function lengthAccess(length: Region, order: 'unord' | 'seqcst'): Access {
  return { region: length, offset: 0, size: 1, order, tearFree: true };
}

/** The length that the request reads before all else: unordered for a bounds check, sequentially consistent for growth. */
export function lengthRead(request: LocatedRequest): Access | null {
  if (request.kind === 'grow') return lengthAccess(request.length, 'seqcst');
  return request.bounds === null ? null : lengthAccess(request.bounds.length, 'unord');
}

/** Whether the access is in bounds of the length that was read. */
export function inBounds(bounds: BoundsCheck | null, length: number): boolean {
  return bounds === null || bounds.end <= length * bounds.unit;
}

/** The reads that follow the length's, in the order in which their units are answered. */
export function dataReads(request: LocatedRequest, length: number | null): readonly Access[] {
  switch (request.kind) {
    case 'grow':
      return [];
    case 'notify':
      return [];
    case 'wait':
      return inBounds(request.bounds, length ?? 0) ? [request.read] : [];
    case 'access':
      return inBounds(request.bounds, length ?? 0)
        ? request.actions.filter((action) => action.kind === 'rd' || action.kind === 'rmw')
        : [];
    default:
      return assertNever(request);
  }
}

/** Concludes an access request. `reads` holds the units of {@link dataReads}. */
export function concludeAccess(
  request: AccessRequest,
  length: number | null,
  reads: readonly Units[],
  options: AnswerOptions,
): Concluded {
  const lengthActions = request.bounds === null ? [] : [readLength(request.bounds.length, known(length, 'length'))];
  if (!inBounds(request.bounds, length ?? 0)) return { actions: lengthActions, response: { kind: 'out-of-bounds' } };
  let next = 0;
  const readBy = request.actions.map((action) =>
    action.kind === 'rd' || action.kind === 'rmw' ? known(reads[next++], 'units read') : null,
  );
  const actions = request.actions.map((asked, i) => concludeAction(asked, readBy[i] ?? null, readBy, options));
  return {
    actions: [...lengthActions, ...actions],
    response: { kind: 'units', units: reads.length === 1 ? known(reads[0], 'units') : reads.flatMap(listUnits) },
  };
}

function concludeAction(
  asked: AskedAction,
  read: Units | null,
  readBy: readonly (Units | null)[],
  options: AnswerOptions,
): Action {
  const { region, offset, size, order, tearFree } = asked;
  const access = { region, offset, size, order, tearFree };
  switch (asked.kind) {
    case 'rd':
      return { kind: 'rd', ...access, read: known(read, 'units read') };
    case 'wr':
      return { kind: 'wr', ...access, written: asked.written };
    case 'wr-copy':
      return { kind: 'wr', ...access, written: known(readBy[asked.copies], 'units to copy') };
    case 'rmw': {
      const units = known(read, 'units read');
      const written = applyRmw(asked.update, units) ?? (options.writeBack ? units : null);
      return written === null
        ? { kind: 'rd', ...access, read: units }
        : { kind: 'rmw', ...access, read: units, written };
    }
    default:
      return assertNever(asked);
  }
}

function readLength(length: Region, value: number): Action {
  return { kind: 'rd', ...lengthAccess(length, 'unord'), read: [value] };
}

/** Whether growth by the request can succeed from this length. */
export function mayGrow(request: GrowRequest, length: number): boolean {
  return length + request.delta <= request.max;
}

/** Concludes growth: one event with the length's rmw and the writes of the new units, or a mere read and -1. */
export function concludeGrow(request: GrowRequest, length: number, succeeds: boolean): Concluded {
  const access = lengthAccess(request.length, 'seqcst');
  if (!succeeds)
    return { actions: [{ kind: 'rd', ...access, read: [length] }], response: { kind: 'grown', previous: -1 } };
  assert(mayGrow(request, length), 'growth over the maximum');
  const rmw: Action = { kind: 'rmw', ...access, read: [length], written: [length + request.delta] };
  const size = request.delta * request.unit;
  const fill: Fill = { fill: request.fill, length: size };
  const fresh: Action = {
    kind: 'wr',
    region: request.content,
    offset: length * request.unit,
    size,
    order: 'unord',
    tearFree: false,
    written: fill,
  };
  return { actions: size === 0 ? [rmw] : [rmw, fresh], response: { kind: 'grown', previous: length } };
}

/** Concludes a wait's first event; where the values are equal the thread enters the queue and has no answer yet. */
export function concludeWait(request: WaitRequest, length: number, reads: readonly Units[]): Concluded {
  const first = request.bounds === null ? [] : [readLength(request.bounds.length, length)];
  if (!inBounds(request.bounds, length)) return { actions: first, response: { kind: 'out-of-bounds' } };
  const { region, offset, size, order, tearFree } = request.read;
  const read = known(reads[0], 'units read');
  const second: Action = { kind: 'rd', region, offset, size, order, tearFree, read };
  if (!equalUnits(read, request.expected))
    return { actions: [...first, second], response: { kind: 'waited', result: 1 } };
  return { actions: [...first, second, { kind: 'enqueue', ...request.queue, count: 0, woke: 0 }], response: null };
}

/** Concludes a notify that wakes `woke` waiters. */
export function concludeNotify(request: NotifyRequest, length: number, woke: number): Concluded {
  const first = request.bounds === null ? [] : [readLength(request.bounds.length, length)];
  if (!inBounds(request.bounds, length)) return { actions: first, response: { kind: 'out-of-bounds' } };
  const notify: Action = { kind: 'notify', region: request.region, offset: request.offset, count: request.count, woke };
  return { actions: [...first, notify], response: { kind: 'notified', woke } };
}

/** Concludes an allocation at the address that the world chose. */
export function concludeNew(request: NewRequest, addr: Addr): Concluded & { readonly response: Response } {
  return { actions: contentsAt(request, addr, 'init'), response: { kind: 'new', addr } };
}

/** The writes of a fresh object's contents, one for each of its locations. */
export function contentsAt({ field, contents, layout }: NewRequest, addr: Addr, order: Order): WriteAction[] {
  const whole = { region: regionOf(addr, field), offset: 0, size: contents.length };
  return locationsIn(whole, layout).map(({ size, ...range }) => {
    const access = { ...range, size, order, tearFree: order === 'init' || neverTears(size) };
    return { kind: 'wr', ...access, written: unitsWithin(contents, range.offset, size) };
  });
}

function listUnits(units: Units): number[] {
  return Array.from({ length: units.length }, (_, i) => unitAt(units, i));
}
