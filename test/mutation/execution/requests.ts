import type { Access, Order } from '../../../src/event/action.ts';
import type { Region } from '../../../src/event/location.ts';
import type { AccessRequest, AskedAction, Request, RmwUpdate } from '../../../src/event/request.ts';
import type { Units } from '../../../src/event/units.ts';
import { unitAt } from '../../../src/event/units.ts';
import type { Executor, Suspended } from '../../../src/runtime/executor.ts';

/** Changes of what an executor asks, each of one part of a request; null where the request has no such part. */
export type ChangeRequest = (request: Request) => Request | null;

function other(units: Units): Units | null {
  if (units.length === 0) return null;
  return Array.from({ length: units.length }, (_, i) => (i === 0 ? unitAt(units, i) ^ 1 : unitAt(units, i)));
}

const WEAKER: Readonly<Record<Order, Order>> = { seqcst: 'acqrel', acqrel: 'unord', unord: 'seqcst', init: 'unord' };

/** Changes the last action of an access. */
function action(change: (action: AskedAction) => AskedAction | null): ChangeRequest {
  return (request) => {
    if (request.kind !== 'access') return null;
    const last = request.actions.at(-1);
    const changed = last === undefined ? null : change(last);
    return changed === null ? null : { ...request, actions: [...request.actions.slice(0, -1), changed] };
  };
}

function place(change: (access: Access) => Partial<Access>): ChangeRequest {
  return action((last) => ({ ...last, ...change(last) }));
}

function bounds(change: (bounds: NonNullable<AccessRequest['bounds']>) => AccessRequest['bounds']): ChangeRequest {
  return (request) => {
    if (request.kind !== 'access' && request.kind !== 'wait' && request.kind !== 'notify') return null;
    return request.bounds === null ? null : { ...request, bounds: change(request.bounds) };
  };
}

function update(change: (update: RmwUpdate) => RmwUpdate | null): ChangeRequest {
  return action((last) => {
    const changed = last.kind === 'rmw' ? change(last.update) : null;
    return changed === null || last.kind !== 'rmw' ? null : { ...last, update: changed };
  });
}

function of<K extends Request['kind']>(
  kind: K,
  change: (request: Extract<Request, { kind: K }>) => Request | null,
): ChangeRequest {
  return (request) => (request.kind === kind ? change(request as Extract<Request, { kind: K }>) : null);
}

export const REQUEST_CHANGES: Readonly<Record<string, ChangeRequest>> = {
  'elsewhere by one': place(({ offset }) => ({ offset: offset + 1 })),
  'of another region': place(({ region }) => ({ region: (region + 1) as Region })),
  'of another size': place(({ size }) => ({ size: size + 1 })),
  'of another order': place(({ order }) => ({ order: WEAKER[order] })),
  'tearing otherwise': place(({ tearFree }) => ({ tearFree: !tearFree })),
  'less an action': of('access', (request) =>
    request.actions.length === 0 ? null : { ...request, actions: request.actions.slice(0, -1) },
  ),
  'with later bounds': bounds((b) => ({ ...b, end: b.end + 1 })),
  'with earlier bounds': bounds((b) => ({ ...b, end: b.end - 1 })),
  'with bounds of another unit': bounds((b) => ({ ...b, unit: b.unit + 1 })),
  'with bounds of another region': bounds((b) => ({ ...b, length: (b.length + 16) as Region })),
  'without bounds': bounds(() => null),
  'writing another unit': action((last) => {
    const written = last.kind === 'wr' ? other(last.written) : null;
    return written === null || last.kind !== 'wr' ? null : { ...last, written };
  }),
  'copying another action': action((last) => (last.kind === 'wr-copy' ? { ...last, copies: last.copies + 1 } : null)),
  'by another operator': update((u) => (u.op === 'cmpxchg' ? null : { ...u, op: u.op === 'add' ? 'sub' : 'add' })),
  'with another operand': update((u) => {
    const operand = u.op === 'cmpxchg' ? null : other(u.operand);
    return operand === null || u.op === 'cmpxchg' ? null : { ...u, operand };
  }),
  'expecting otherwise': update((u) => {
    const expected = u.op === 'cmpxchg' ? other(u.expected) : null;
    return expected === null || u.op !== 'cmpxchg' ? null : { ...u, expected };
  }),
  'replacing otherwise': update((u) => {
    const replacement = u.op === 'cmpxchg' ? other(u.replacement) : null;
    return replacement === null || u.op !== 'cmpxchg' ? null : { ...u, replacement };
  }),
  'growing by more': of('grow', (request) => ({ ...request, delta: request.delta + 1 })),
  'growing further': of('grow', (request) => ({ ...request, max: request.max + 1 })),
  'growing with other contents': of('grow', (request) => ({ ...request, fill: request.fill ^ 1 })),
  'waiting for another value': of('wait', (request) => {
    const expected = other(request.expected);
    return expected === null ? null : { ...request, expected };
  }),
  'waiting elsewhere': of('wait', (request) => ({
    ...request,
    read: { ...request.read, offset: request.read.offset + 1 },
  })),
  'waiting in another queue': of('wait', (request) => ({
    ...request,
    queue: { ...request.queue, offset: request.queue.offset + 1 },
  })),
  'waiting longer': of('wait', (request) => ({ ...request, timeout: request.timeout + 1n })),
  'waking more': of('notify', (request) => ({ ...request, count: request.count + 1 })),
  'waking elsewhere': of('notify', (request) => ({ ...request, offset: request.offset + 1 })),
  'fencing otherwise': of('fence', (request) => ({ ...request, order: WEAKER[request.order] })),
  'with other first contents': of('new', (request) => {
    const contents = other(request.contents);
    return contents === null ? null : { ...request, contents };
  }),
  'of another field': of('new', (request) => ({ ...request, field: request.field === 'elem' ? 'fields' : 'elem' })),
  'starting another thread': of('fork', (request) => ({
    ...request,
    start: { ...request.start, key: `${request.start.key}'` },
  })),
  'trapping for another reason': of('trap', (request) => ({ ...request, reason: `not ${request.reason}` })),
  'showing otherwise': (request) =>
    'site' in request
      ? { ...request, site: { ...request.site, shows: request.site.shows === null ? 'i32' : null } }
      : null,
};

/** An executor that asks otherwise where the instruction asks; `applied` is told when. */
export function askingOtherwise<S>(
  executor: Executor<S>,
  op: string,
  change: ChangeRequest,
  applied: () => void,
): Executor<S> {
  const changed = ({ state, request }: Suspended<S>): Suspended<S> => {
    if (!('site' in request) || request.site.text !== op || request.kind === 'bound') return { state, request };
    const different = change(request);
    if (different === null) return { state, request };
    applied();
    return { state, request: different };
  };
  return {
    ...executor,
    start: (start) => changed(executor.start(start)),
    resume: (state, answer) => changed(executor.resume(state, answer)),
  };
}
