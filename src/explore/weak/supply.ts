import type { Access } from '../../event/action.ts';
import { lengthRead } from '../../event/answer.ts';
import type { LocatedRequest } from '../../event/answer.ts';
import type { EventId } from '../../event/execution.ts';
import { overlaps, sameRange } from '../../event/location.ts';
import type { ThreadId } from '../../event/location.ts';
import type { ThreadNames } from '../thread-names.ts';
import type { Graph, SourceOfUnit } from './graph.ts';
import type { Landscape } from './landscape.ts';
import type { Assumptions } from '../../model/model.ts';
import type { Candidate, Mixing, Mixture } from './mixing.ts';
import { mixtures } from './mixing.ts';
import type { Shape, ShapeId } from './shapes.ts';
import type { ThreadState } from './thread-state.ts';
import { isLive } from './thread-state.ts';

/** What the reads of a thread's next event can be supplied from, given the graph so far. */
export interface Supply<S> {
  /** All ways to supply a read, from placed writes and from promised ones that would not synchronise. */
  sourcesOf(thread: ThreadState<S>, access: Access): Mixture<SourceOfUnit>[];
  /** Whether a write that is not placed yet may synchronise with one of the request's reads. */
  mayDefer(thread: ThreadState<S>, request: LocatedRequest): boolean;
  /** Whether the thread can still make a write of this shape. */
  canReach(thread: ThreadState<S>, shape: ShapeId): boolean;
}

export function supply<S>(
  graph: Graph,
  threads: ReadonlyMap<ThreadId, ThreadState<S>>,
  names: ThreadNames,
  land: Landscape<S>,
  mixing: Mixing,
  { hbConsistent }: Assumptions,
): Supply<S> {
  return { sourcesOf, mayDefer, canReach };

  function sourcesOf(thread: ThreadState<S>, access: Access): Mixture<SourceOfUnit>[] {
    const last = thread.last;
    const isBefore = (event: EventId): boolean => last !== null && (event === last || graph.hb.before(event, last));
    const candidates: Candidate<SourceOfUnit>[] = [];
    const placed = graph.writes(access.region).filter(({ action }) => overlaps(action, access));
    for (const write of placed) {
      const { region, offset, size, written, tearFree, order } = write.action;
      const may = hbConsistent ? (k: number): boolean => !graph.shadowed(write, k, isBefore) : always;
      candidates.push({
        region,
        offset,
        size,
        written,
        tearFree,
        init: order === 'init',
        may,
        writer: { kind: 'placed', write },
      });
    }
    const shapes = land.shapes.inRegion(access.region).filter((shape) => overlaps(shape, access));
    for (const shape of shapes) {
      if (graph.synchronises(shape, access) || !mayCome(thread, shape)) continue;
      const { region, offset, size, written, tearFree } = shape;
      candidates.push({
        region,
        offset,
        size,
        written,
        tearFree,
        init: false,
        may: always,
        writer: { kind: 'promise', shape: shape.id },
      });
    }
    const boundaries = [...shapes, ...placed.map((w) => w.action)];
    return mixtures(access, candidates, boundaries, mixing);
  }

  function mayDefer(thread: ThreadState<S>, request: LocatedRequest): boolean {
    return synchronisingReads(request).some((access) =>
      land.shapes
        .inRegion(access.region)
        .some((shape) => sameRange(shape, access) && graph.synchronises(shape, access) && mayCome(thread, shape)),
    );
  }

  /** Whether some write of this shape may still be placed; where hb-consistent-1 holds, one that does not happen after the reading thread's next event. */
  function mayCome(reader: ThreadState<S>, shape: Shape): boolean {
    if (!hbConsistent) {
      const writer = threads.get(shape.thread);
      return writer === undefined || (isLive(writer) && canReach(writer, shape.id));
    }
    if (shape.thread === reader.id || shape.joined.has(reader.id)) return false;
    const writer = threads.get(shape.thread);
    if (writer !== undefined) return isLive(writer) && canReach(writer, shape.id);
    const own = names.childTowards(reader.id, shape.thread);
    if (own !== null && !reader.progress.forked.has(own)) return false;
    return [...threads.values()].some(
      (t) => t.id !== reader.id && isLive(t) && names.childTowards(t.id, shape.thread) !== null,
    );
  }

  function canReach(thread: ThreadState<S>, shape: ShapeId): boolean {
    return ((land.reachable(thread.id, thread.node) >> BigInt(shape)) & 1n) === 1n;
  }
}

/** The reads of a request that may synchronise, wherever their bounds checks end. */
export function synchronisingReads(request: LocatedRequest): readonly Access[] {
  switch (request.kind) {
    case 'grow': {
      const length = lengthRead(request);
      return length === null ? [] : [length];
    }
    case 'wait':
      return [request.read];
    case 'notify':
      return [];
    case 'access':
      return request.actions.filter(
        (action) => (action.kind === 'rd' || action.kind === 'rmw') && action.order !== 'unord',
      );
  }
}

const always = (): boolean => true;
