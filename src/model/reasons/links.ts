import { isAccess } from '../../event/action.ts';
import type { Action } from '../../event/action.ts';
import type { EventId, Execution } from '../../event/execution.ts';
import { objectOf } from '../../event/location.ts';
import { BitMatrix } from '../../rel/bit-matrix.ts';
import type { Relations } from '../model.ts';
import { shortestPath } from './paths.ts';
import { programOrder } from '../relations.ts';

/**
 * A step of an argument from one event to another. `po`, `asw`, `sw`, `iw` (allocation before access) make hb; `rf` is reads-from that does not
 * synchronise, `fr` from a read to a write that overwrites what it read, `co` between writes of one place; `hb` is happens-before by a rule of the model’s own;
 * `related` is any other relation of a model’s. `forced` edges of `tot` follow from a line of the
 * argument, `supposed` ones are a case of it.
 */
export type LinkKind = 'po' | 'asw' | 'sw' | 'iw' | 'rf' | 'fr' | 'co' | 'hb' | 'related' | 'forced' | 'supposed';

export interface Link {
  readonly kind: LinkKind;
  /** The order that a forced or supposed edge is in. */
  readonly order?: 'tot' | 'mo';
  readonly from: EventId;
  readonly to: EventId;
}

export type Path = readonly Link[];

/** The direct steps of hb, each with its name. */
export interface Steps {
  readonly matrix: BitMatrix;
  nameOf(from: number, to: number): LinkKind;
}

/** The steps that hb is made of: immediate program order, asw, synchronisation, allocation; then whatever hb has beside. */
export function stepsOf(execution: Execution, relations: Relations): Steps {
  const { po, asw, sw, hb } = relations;
  const matrix = new BitMatrix(execution.events.length);
  const init = allocationsBefore(execution);
  const add = (a: number, b: number): void => {
    if (hb.has(a, b)) matrix.add(a, b);
  };
  const immediate = programOrder(execution.events);
  for (let i = 0; i < immediate.length; i += 2) add(immediate[i] as number, immediate[i + 1] as number);
  for (const relation of [asw, sw, init]) for (const [a, b] of relation.pairs()) add(a, b);
  const made = matrix.copy().close();
  for (const [a, b] of hb.pairs()) if (!made.has(a, b)) matrix.add(a, b);
  const nameOf = (a: number, b: number): LinkKind => {
    if (po.has(a, b)) return 'po';
    if (sw.has(a, b)) return 'sw';
    if (asw.has(a, b)) return 'asw';
    return init.has(a, b) ? 'iw' : 'hb';
  };
  return { matrix, nameOf };
}

/** From each allocation to the other accesses of its objects; what fills them at first, as active segments do, comes between. */
export function allocationsBefore({ events }: Execution): BitMatrix {
  const before = new BitMatrix(events.length);
  for (const first of events) {
    const objects = new Set(first.actions.filter(isInitial).map((a) => objectOf(a.region)));
    if (objects.size === 0) continue;
    for (const { id, kind, actions } of events) {
      if (id === first.id) continue;
      const there = actions.filter((a) => objects.has(objectOf(a.region)));
      if (there.length === 0 || (there.some(isInitial) && (first.kind !== 'alloc' || kind === 'alloc'))) continue;
      before.add(first.id, id);
    }
  }
  return before;
}

function isInitial(action: Action): boolean {
  return isAccess(action) && action.order === 'init';
}

/** A shortest way from one event to another by hb; empty if there is none. */
export function hbPath(steps: Steps, from: EventId, to: EventId): Path {
  return named(shortestPath(steps.matrix, from, to) ?? [], (a, b) => steps.nameOf(a, b));
}

/** The links along a list of events, runs of program order as one. */
export function named(events: readonly EventId[], nameOf: (from: EventId, to: EventId) => LinkKind): Path {
  return joined(
    events.slice(1).map((to, i) => {
      const from = events[i] as EventId;
      return { kind: nameOf(from, to), from, to };
    }),
  );
}

/** The same links, runs of program order as one. */
export function joined(path: Path): Path {
  const links: Link[] = [];
  for (const link of path) {
    const last = links.at(-1);
    if (last?.kind === 'po' && link.kind === 'po') links[links.length - 1] = { ...last, to: link.to };
    else links.push(link);
  }
  return links;
}
