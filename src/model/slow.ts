import type { Action, ReadingAction, WritingAction } from '../event/action.ts';
import type { Event, EventId, Execution } from '../event/execution.ts';
import type { Region } from '../event/location.ts';
import { objectOf } from '../event/location.ts';
import { unitAt } from '../event/units.ts';
import { BitMatrix } from '../rel/bit-matrix.ts';
import { known } from '../base/assert.ts';
import type { AxiomName, Definition } from './definition.ts';
import { DEFINITIONS } from './definitions.ts';
import type { Model, Verdict } from './model.ts';
import { NOTHING_ASSUMED } from './model.ts';

/**
 * The definition: OOPSLA19 Fig. 15 and 16 transcribed, quantifiers as loops and `tot` by enumeration. What the native model
 * is tested against; it shares no code with it. Metavariables as in the paper: r region, k place in it, i place in a read,
 * R, W, W′ (`V`) events.
 */
export function definitionalModel(model: string | Definition): Model {
  const definition =
    typeof model === 'string'
      ? known(
          DEFINITIONS.find((d) => d.name === model),
          'model',
        )
      : model;
  const { name, title, source, about } = definition;
  return {
    name,
    title,
    source,
    about,
    axioms: definition.axioms.map((axiom) => ({ name: axiom, statement: axiom, source })),
    assumes: NOTHING_ASSUMED,
    check: (execution) => checkByDefinition(definition, execution),
    less: (out) =>
      definitionalModel({ ...definition, axioms: definition.axioms.filter((axiom) => !out.includes(axiom)) }),
  };
}

export function checkByDefinition(definition: Definition, execution: Execution): Verdict {
  const world = worldOf(definition, execution);
  const on = (axiom: AxiomName): boolean => definition.axioms.includes(axiom);
  const { events, hb } = world;
  const cyclic = events.find((e) => hb(e, e));
  if (cyclic !== undefined && on('hb-irreflexive'))
    return { consistent: false, axiom: 'hb-irreflexive', events: [cyclic.id] };
  let last: Failure = { axiom: 'hb-irreflexive', events: [] };
  for (const order of totalOrders(events, on('hb-irreflexive') ? hb : () => false)) {
    const failure = firstFailure(world, order, on);
    if (failure === null) return { consistent: true, tot: order.map((e) => e.id), relations: relations(world) };
    last = failure;
  }
  return { consistent: false, ...last };
}

/** The axiom that fails if `tot` is this order of all events; null if none does. */
export function failureUnder(definition: Definition, execution: Execution, tot: readonly EventId[]): AxiomName | null {
  const world = worldOf(definition, execution);
  const on = (axiom: AxiomName): boolean => definition.axioms.includes(axiom);
  const order = tot.map((id) => known(execution.events[id], 'event'));
  const outOfOrder = order.some((a, i) => order.slice(0, i + 1).some((b) => world.hb(a, b)));
  if (on('hb-irreflexive') && outOfOrder) return 'hb-irreflexive';
  return firstFailure(world, order, on)?.axiom ?? null;
}

interface Failure {
  readonly axiom: AxiomName;
  readonly events: readonly EventId[];
}

type Relation = (a: Event, b: Event) => boolean;

interface World {
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

function reading(r: Region, e: Event): ReadingAction | undefined {
  return e.actions.find((a): a is ReadingAction => (a.kind === 'rd' || a.kind === 'rmw') && a.region === r);
}

function writing(r: Region, e: Event): WritingAction | undefined {
  return e.actions.find((a): a is WritingAction => (a.kind === 'wr' || a.kind === 'rmw') && a.region === r);
}

type Accessing = ReadingAction | WritingAction;

function same(a: Accessing, b: Accessing): boolean {
  return a.region === b.region && a.offset === b.offset && a.size === b.size;
}

function inRange(k: number, a: Accessing): boolean {
  return k >= a.offset && k < a.offset + a.size;
}

function seqcst(a: Accessing): boolean {
  return a.order === 'seqcst';
}

function sync(a: Accessing, b: Accessing): boolean {
  return seqcst(a) && seqcst(b) && same(a, b);
}

function atomic(definition: Definition, a: Accessing): boolean {
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

function worldOf(definition: Definition, execution: Execution): World {
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

/** All total orders of the events that contain `below`. */
function* totalOrders(events: readonly Event[], below: Relation): Generator<readonly Event[]> {
  if (events.length === 0) yield [];
  for (const first of events) {
    if (events.some((e) => e !== first && below(e, first))) continue;
    const rest = events.filter((e) => e !== first);
    for (const order of totalOrders(rest, below)) yield [first, ...order];
  }
}

function firstFailure(world: World, order: readonly Event[], on: (axiom: AxiomName) => boolean): Failure | null {
  const at = new Map(order.map((e, i) => [e, i]));
  const tot: Relation = (a, b) => (at.get(a) ?? 0) < (at.get(b) ?? 0);
  for (const r of world.regions) {
    for (const R of world.events) {
      const read = reading(r, R);
      if (read === undefined) continue;
      for (let i = 0; i < read.size; i++) {
        const axiom = readsFrom(world, tot, on, r, R, i);
        if (axiom !== null) return { axiom, events: [world.rf(r, R, i).id, R.id] };
      }
      if (on('no-tear') && tears(world, r, R)) return { axiom: 'no-tear', events: [R.id] };
    }
  }
  return null;
}

/** The name of an axiom that fails for the i-th unit that R reads in r. */
function readsFrom(
  world: World,
  tot: Relation,
  on: (axiom: AxiomName) => boolean,
  r: Region,
  R: Event,
  i: number,
): AxiomName | null {
  const { definition, events, hb, rf } = world;
  const W = rf(r, R, i);
  const read = known(reading(r, R), 'read');
  const write = known(writing(r, W), 'write');
  const k = read.offset + i;
  if (on('value') && unitAt(read.read, i) !== unitAt(write.written, k - write.offset)) return 'value';
  if (on('hb-consistent-1') && (hb(R, W) || R === W)) return 'hb-consistent-1';
  if (on('sc-latest') && !tot(W, R)) return 'sc-latest';

  for (const V of events) {
    const other = writing(r, V);
    if (other === undefined) continue;
    if (on('hb-consistent-3') && hb(W, V) && hb(V, R) && inRange(k, other)) return 'hb-consistent-3';
    if (on('sc-latest') && tot(W, V) && tot(V, R) && inRange(k, other)) return 'sc-latest';

    if (on('sc-last-visible-1') && tot(W, V) && tot(V, R)) {
      if (definition.lastVisibleAmong === 'seqcst') {
        if (sync(write, read) && sync(other, read)) return 'sc-last-visible-1';
      } else if (world.sw(W, R) && seqcst(read) && same(other, read)) {
        if (sync(write, read) || readsInitAlone(world, r, R)) return 'sc-last-visible-1';
      }
    }
    if (on('sc-last-visible-2') && hb(W, R) && hb(W, V) && tot(V, R) && sync(other, read)) return 'sc-last-visible-2';
    if (on('sc-last-visible-3') && hb(W, R) && tot(W, V) && hb(V, R) && sync(write, other)) return 'sc-last-visible-3';

    if (
      on('rmw-atomicity') &&
      read.kind === 'rmw' &&
      atomic(definition, read) &&
      atomic(definition, other) &&
      same(other, read)
    ) {
      const readsAtomic = atomic(definition, write) && same(write, read);
      const someAcqrel = [write, other, read].some((a) => !seqcst(a) && atomic(definition, a));
      if (readsAtomic && someAcqrel && tot(W, V) && tot(V, R)) return 'rmw-atomicity';
      const weak = !seqcst(other) || !seqcst(read);
      if (weak && hb(W, R) && hb(W, V) && tot(V, R)) return 'rmw-atomicity';
    }
    if (on('atomic-coherence') && atomic(definition, write) && atomic(definition, other) && same(write, other)) {
      const weak = !seqcst(write) || !seqcst(other);
      if (weak && hb(W, R) && tot(W, V) && hb(V, R)) return 'atomic-coherence';
    }
  }
  return null;
}

function readsInitAlone(world: World, r: Region, R: Event): boolean {
  const { size } = known(reading(r, R), 'read');
  return Array.from({ length: size }, (_, i) => world.rf(r, R, i)).every((w) => writing(r, w)?.order === 'init');
}

function tears(world: World, r: Region, R: Event): boolean {
  const read = known(reading(r, R), 'read');
  if (!read.tearFree) return false;
  const writers = new Set(Array.from({ length: read.size }, (_, i) => world.rf(r, R, i)));
  const whole = [...writers].filter((W) => {
    const write = known(writing(r, W), 'write');
    return write.tearFree && same(write, read);
  });
  return whole.length > 1;
}

function relations(world: World): Extract<Verdict, { consistent: true }>['relations'] {
  const matrix = (holds: Relation): BitMatrix => {
    const result = new BitMatrix(world.events.length);
    for (const a of world.events) for (const b of world.events) if (holds(a, b)) result.add(a.id, b.id);
    return result;
  };
  const rf: Relation = (W, R) =>
    world.regions.some((r) => {
      const read = reading(r, R);
      return read !== undefined && Array.from({ length: read.size }, (_, i) => world.rf(r, R, i)).includes(W);
    });
  return { po: matrix(world.po), rf: matrix(rf), sw: matrix(world.sw), asw: matrix(world.asw), hb: matrix(world.hb) };
}
