import type { Order } from '../../../../src/event/action.ts';
import { known } from '../../../../src/base/assert.ts';
import type { BoundedProgram } from '../../../../src/model/bounded/programs.ts';
import { letterOf, placeOf } from '../../../../src/model/bounded/programs.ts';
import type { ReadSlots } from '../../../../src/model/bounded/reads-from.ts';
import { ALLOCATION } from '../../../../src/model/bounded/reads-from.ts';

/**
 * x86-TSO and ARMv8 as the published cat files have them: relations as predicates, every order of writes tried. A read-modify-write is two events related by
 * `rmw` on both. Shares no code with src/model/bounded/hardware.
 */
interface Access {
  readonly event: number;
  readonly thread: number;
  readonly at: number;
  readonly type: 'R' | 'W' | 'F';
  readonly order: Order;
  readonly update: boolean;
  readonly bytes: readonly number[];
  /** Of a read: the access that each of its bytes is read from, or null for the initial contents. */
  readonly from: ReadonlyMap<number, number | null>;
}

const TYPES: Readonly<Record<'rd' | 'wr' | 'rmw' | 'fence', readonly Access['type'][]>> = {
  rd: ['R'],
  wr: ['W'],
  rmw: ['R', 'W'],
  fence: ['F'],
};

type Relation = (a: Access, b: Access) => boolean;

export function allowedByHardware(
  machine: 'x86-tso' | 'armv8',
  program: BoundedProgram,
  slots: ReadSlots,
  rf: Int8Array,
): boolean {
  const accesses = accessesOf(program, slots, rf);
  const bytes = [...new Set(accesses.flatMap((a) => a.bytes))];
  return coherenceOrders(accesses, bytes).some((co) => holds(machine, accesses, bytes, co));
}

function accessesOf(program: BoundedProgram, slots: ReadSlots, rf: Int8Array): readonly Access[] {
  const list: Omit<Access, 'from'>[] = [];
  for (let event = 0; event < program.count; event++) {
    const { kind, order } = letterOf(program, event);
    const place = placeOf(program, event);
    const bytes = place === null ? [] : Array.from({ length: place.size }, (_, k) => place.offset + k);
    const types = TYPES[kind];
    for (const type of types) {
      const thread = known(program.thread[event], 'thread');
      list.push({ event, thread, at: list.length, type, order, update: kind === 'rmw', bytes });
    }
  }
  return list.map((access) => {
    const from = new Map<number, number | null>();
    const first = known(slots.first[access.event], 'slot');
    for (const [i, byte] of access.bytes.entries()) {
      if (access.type !== 'R') continue;
      const writer = known(rf[first + i], 'writer');
      from.set(byte, writer === ALLOCATION ? null : list.findIndex((a) => a.event === writer && a.type === 'W'));
    }
    return { ...access, from };
  });
}

/** For each byte an order of the writes to it, as positions. */
type Coherence = ReadonlyMap<number, ReadonlyMap<number, number>>;

function coherenceOrders(accesses: readonly Access[], bytes: readonly number[]): readonly Coherence[] {
  return bytes.reduce<readonly Coherence[]>(
    (all, byte) => {
      const writes = accesses.filter(({ type, bytes: own }) => type === 'W' && own.includes(byte)).map(({ at }) => at);
      const orders = shuffles(writes).map((order) => new Map(order.map((at, i) => [at, i])));
      return all.flatMap((co) => orders.map((order) => new Map([...co, [byte, order]])));
    },
    [new Map()],
  );
}

function shuffles(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((first) => shuffles(items.filter((item) => item !== first)).map((rest) => [first, ...rest]));
}

function holds(
  machine: 'x86-tso' | 'armv8',
  accesses: readonly Access[],
  bytes: readonly number[],
  co: Coherence,
): boolean {
  const position = (byte: number, at: number | null | undefined): number =>
    at === null || at === undefined ? -1 : known(co.get(byte)?.get(at), 'position');
  const po: Relation = (a, b) => a.thread === b.thread && a.at < b.at;
  const external: Relation = (a, b) => a.thread !== b.thread;
  const both = (a: Access, b: Access): readonly number[] => a.bytes.filter((byte) => b.bytes.includes(byte));
  const rfOn =
    (byte: number): Relation =>
    (a, b) =>
      b.from.get(byte) === a.at;
  const coOn =
    (byte: number): Relation =>
    (a, b) =>
      a.type === 'W' && b.type === 'W' && both(a, b).includes(byte) && position(byte, a.at) < position(byte, b.at);
  const frOn =
    (byte: number): Relation =>
    (a, b) =>
      a.type === 'R' &&
      b.type === 'W' &&
      both(a, b).includes(byte) &&
      position(byte, a.from.get(byte)) < position(byte, b.at);
  for (const byte of bytes) {
    const [rf, coherence, fr] = [rfOn(byte), coOn(byte), frOn(byte)];
    const poLoc: Relation = (a, b) => po(a, b) && both(a, b).includes(byte);
    if (!acyclic(accesses, (a, b) => poLoc(a, b) || rf(a, b) || coherence(a, b) || fr(a, b))) return false;
    const rmw: Relation = (a, b) => a.event === b.event && a.type === 'R' && b.type === 'W';
    const between = (a: Access, b: Access): boolean =>
      accesses.some((w) => fr(a, w) && external(a, w) && coherence(w, b) && external(w, b));
    if (accesses.some((a) => accesses.some((b) => rmw(a, b) && a.bytes.includes(byte) && between(a, b)))) return false;
  }
  const some =
    (on: (byte: number) => Relation): Relation =>
    (a, b) =>
      bytes.some((byte) => on(byte)(a, b));
  const [rf, coherence, fr] = [some(rfOn), some(coOn), some(frOn)];
  const own = machine === 'x86-tso' ? x86Order(accesses, po) : armOrder(accesses, po, (a, b) => both(a, b).length > 0);
  const communication: Relation = (a, b) =>
    machine === 'x86-tso'
      ? (rf(a, b) && external(a, b)) || coherence(a, b) || fr(a, b)
      : external(a, b) && (rf(a, b) || coherence(a, b) || fr(a, b));
  return acyclic(accesses, (a, b) => own(a, b) || communication(a, b));
}

/** po less W → R, and what MFENCE and locked instructions order. MFENCE follows a seqcst store. */
function x86Order(accesses: readonly Access[], po: Relation): Relation {
  const fenceAfter = (a: Access): boolean =>
    (a.type === 'F' && a.order === 'seqcst') || (a.type === 'W' && a.order === 'seqcst' && !a.update);
  const fenced: Relation = (a, b) =>
    po(a, b) && accesses.some((f) => fenceAfter(f) && (f === a || po(a, f)) && po(f, b));
  return (a, b) =>
    a.type !== 'F' &&
    b.type !== 'F' &&
    po(a, b) &&
    (!(a.type === 'W' && b.type === 'R') || a.update || b.update || fenced(a, b));
}

function armOrder(accesses: readonly Access[], po: Relation, loc: Relation): Relation {
  const A = (a: Access): boolean => a.type === 'R' && (a.order === 'seqcst' || (a.order === 'acqrel' && a.update));
  const Q = (a: Access): boolean => a.type === 'R' && a.order === 'acqrel' && !a.update;
  const L = (a: Access): boolean => a.type === 'W' && (a.order === 'seqcst' || a.order === 'acqrel');
  const poLoc: Relation = (a, b) => po(a, b) && loc(a, b);
  const lws: Relation = (a, b) => poLoc(a, b) && b.type === 'W';
  const lrs: Relation = (a, b) =>
    a.type === 'W' &&
    b.type === 'R' &&
    poLoc(a, b) &&
    !accesses.some((w) => w.type === 'W' && poLoc(a, w) && poLoc(w, b));
  const aob: Relation = (a, b) => (a.event === b.event && po(a, b)) || (a.update && lrs(a, b) && (A(b) || Q(b)));
  const bob: Relation = (a, b) =>
    po(a, b) &&
    (accesses.some((f) => f.type === 'F' && po(a, f) && po(f, b)) || (L(a) && A(b)) || A(a) || Q(a) || L(b));
  return (a, b) => a.type !== 'F' && b.type !== 'F' && (lws(a, b) || aob(a, b) || bob(a, b));
}

function acyclic(accesses: readonly Access[], relation: Relation): boolean {
  let left = accesses;
  for (;;) {
    const rest = left.filter((b) => left.some((a) => relation(a, b)));
    if (rest.length === 0) return true;
    if (rest.length === left.length) return false;
    left = rest;
  }
}
