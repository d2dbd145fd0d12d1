import type { Event, EventId, Execution } from '../event/execution.ts';
import type { Region } from '../event/location.ts';
import { unitAt } from '../event/units.ts';
import { BitMatrix } from '../rel/bit-matrix.ts';
import { known } from '../base/assert.ts';
import type { AxiomName, Definition } from './definition.ts';
import { DEFINITIONS } from './definitions.ts';
import type { Model, Verdict } from './model.ts';
import { NOTHING_ASSUMED } from './model.ts';
import type { Modification } from './slow-acqrel.ts';
import { firstIncoherence, firstMisorder, modificationOrders } from './slow-acqrel.ts';
import type { Relation, World } from './slow-world.ts';
import { inRange, reading, same, seqcst, sync, worldOf, writing } from './slow-world.ts';

/**
 * The definition: OOPSLA19 Fig. 15 and 16 transcribed, quantifiers as loops, `tot` and the modification orders by enumeration. What the native model
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
  for (const mo of modificationOrders(world)) {
    const incoherent = firstIncoherence(world, mo, on);
    if (incoherent !== null) {
      last = incoherent;
      continue;
    }
    for (const order of totalOrders(events, on('hb-irreflexive') ? hb : () => false)) {
      const failure = firstFailure(world, inOrder(order), mo, on);
      if (failure === null) return { consistent: true, tot: order.map((e) => e.id), relations: relations(world) };
      last = failure;
    }
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
  let last: AxiomName | null = null;
  for (const mo of modificationOrders(world)) {
    last = (firstIncoherence(world, mo, on) ?? firstFailure(world, inOrder(order), mo, on))?.axiom ?? null;
    if (last === null) return null;
  }
  return last;
}

interface Failure {
  readonly axiom: AxiomName;
  readonly events: readonly EventId[];
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

function inOrder(order: readonly Event[]): Relation {
  const at = new Map(order.map((e, i) => [e, i]));
  return (a, b) => (at.get(a) ?? 0) < (at.get(b) ?? 0);
}

function firstFailure(
  world: World,
  tot: Relation,
  mo: Modification,
  on: (axiom: AxiomName) => boolean,
): Failure | null {
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
  return firstMisorder(world, tot, mo, on);
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

    const synchronises =
      sync(write, read) || (definition.initSynchronises && seqcst(read) && readsInitAlone(world, r, R));
    const counts = definition.lastVisibleAmong === 'seqcst' ? sync(other, read) : same(other, read);
    if (on('sc-last-visible-1') && synchronises && counts && tot(W, V) && tot(V, R)) return 'sc-last-visible-1';
    if (on('sc-last-visible-2') && hb(W, R) && hb(W, V) && tot(V, R) && sync(other, read)) return 'sc-last-visible-2';
    if (on('sc-last-visible-3') && hb(W, R) && tot(W, V) && hb(V, R) && sync(write, other)) return 'sc-last-visible-3';
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
