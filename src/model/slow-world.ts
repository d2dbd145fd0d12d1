import type { Action, ReadingAction, WritingAction } from '../event/action.ts';
import type { Event, Execution } from '../event/execution.ts';
import type { Region } from '../event/location.ts';
import { objectOf } from '../event/location.ts';
import { known } from '../base/assert.ts';
import type { Definition } from './definition.ts';

/**
 * What the transcription of the axioms looks at [OOPSLA19 Fig. 15]: relations as functions of two events. Metavariables as in the paper: r region, k place
 * in it, i place in a read, R, W, W′ (`V`) events.
 */

export type Relation = (a: Event, b: Event) => boolean;

export interface World {
  readonly definition: Definition;
  readonly events: readonly Event[];
  readonly regions: readonly Region[];
  /** The writer of the i-th unit that R reads in r. */
  readonly rf: (r: Region, R: Event, i: number) => Event;
  readonly po: Relation;
  readonly asw: Relation;
  readonly sw: Relation;
  readonly hb: Relation;
}

export function reading(r: Region, e: Event): ReadingAction | undefined {
  return e.actions.find((a): a is ReadingAction => (a.kind === 'rd' || a.kind === 'rmw') && a.region === r);
}

export function writing(r: Region, e: Event): WritingAction | undefined {
  return e.actions.find((a): a is WritingAction => (a.kind === 'wr' || a.kind === 'rmw') && a.region === r);
}

type Accessing = ReadingAction | WritingAction;

export function same(a: Accessing, b: Accessing): boolean {
  return a.region === b.region && a.offset === b.offset && a.size === b.size;
}

export function inRange(k: number, a: Accessing): boolean {
  return k >= a.offset && k < a.offset + a.size;
}

export function seqcst(a: Accessing): boolean {
  return a.order === 'seqcst';
}

export function sync(a: Accessing, b: Accessing): boolean {
  return seqcst(a) && seqcst(b) && same(a, b);
}

export function atomic(definition: Definition, a: Accessing): boolean {
  return seqcst(a) || (a.order === 'acqrel' && definition.weakestAtomic === 'acqrel');
}

const po: Relation = (a, b) => a.thread === b.thread && a.index < b.index;

/** Allocation happens before every other access to the object. */
const initialises: Relation = (a, b) =>
  a !== b &&
  a.actions.some(
    (x) =>
      x.kind === 'wr' &&
      x.order === 'init' &&
      b.actions.some((y) => 'order' in y && y.order !== 'init' && objectOf(y.region) === objectOf(x.region)),
  );

export function worldOf(definition: Definition, execution: Execution): World {
  const { events } = execution;
  const regions = new Set<Region>();
  for (const e of events) for (const a of e.actions) regions.add(a.region);

  const rf = (r: Region, R: Event, i: number): Event => {
    const a = R.actions.indexOf(known(reading(r, R), 'read') as Action);
    return known(events[known(execution.rf[R.id]?.[a]?.[i], 'rf')], 'writer');
  };
  const asw: Relation = (a, b) => execution.asw.some(([x, y]) => x === a.id && y === b.id);
  const sw: Relation = (W, R) => {
    if (W === R) return false;
    for (const r of regions) {
      const read = reading(r, R);
      const write = writing(r, W);
      if (read === undefined || write === undefined) continue;
      const writers = Array.from({ length: read.size }, (_, i) => rf(r, R, i));
      if (!writers.includes(W)) continue;
      if (same(write, read) && atomic(definition, write) && atomic(definition, read)) return true;
      const allInit = writers.every((w) => writing(r, w)?.order === 'init');
      if (definition.initSynchronises && seqcst(read) && allInit) return true;
    }
    return false;
  };
  const hb = closure(events, (a, b) => po(a, b) || asw(a, b) || initialises(a, b) || sw(a, b));
  return { definition, events, regions: [...regions], rf, po, asw, sw, hb };
}

function closure(events: readonly Event[], direct: Relation): Relation {
  const after = events.map((a) => {
    const reached = new Set<Event>();
    const visit = (e: Event): void => {
      for (const next of events) {
        if (!direct(e, next) || reached.has(next)) continue;
        reached.add(next);
        visit(next);
      }
    };
    visit(a);
    return reached;
  });
  return (a, b) => after[a.id]?.has(b) ?? false;
}
