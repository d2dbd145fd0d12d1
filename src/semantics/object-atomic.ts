import { assert, Bug, known } from '../base/assert.ts';
import type { Access, Order } from '../event/action.ts';
import type { AskedAction, RmwUpdate, Site } from '../event/request.ts';
import { applyRmw } from '../event/rmw.ts';
import type { RmwOp } from '../syntax/instructions.ts';
import type { PlainInstr } from '../syntax/module.ts';
import type { StorageType } from '../syntax/types.ts';
import type { GlobalInst } from '../runtime/instance.ts';
import { fromUnits, toStorage, toUnits } from '../runtime/value-units.ts';
import { orderOf, tableOf } from './access.ts';
import { fromStorage, shownStorage } from './bytes.ts';
import type { State } from './config.ts';
import { lengthAt, peek, popMany, push, unsigned } from './operands.ts';
import type { Found, MutableGlobal } from './place.ts';
import { accessTo, arrayType, elementPlace, fieldPlace, globalPlace, slotPlace, structType } from './place.ts';
import type { Attempt, Rule } from './rule.ts';
import { expect, siteOf, succeeds } from './rule.ts';
import { globalOf, threadLocal } from './variable.ts';

/**
 * Atomic accesses to globals, tables, structures and arrays [shared-everything-threads overview, Instructions]: the locations of the
 * ordinary ones, with an order. In the rules X is one of the four sorts, `o*` are the operands that lead to a location l — none for a
 * global, an index, a reference, a reference and an index —, and a way there that ends in a trap is that of the ordinary access. A
 * global that is constant or the thread's own is nobody else's, and asks nothing.
 */
const SOURCE = 'shared-everything-threads overview, Instructions';

/**
 * @rule Step/object.atomic.get
 *
 *     o* (X.atomic.get_sx? ord x) ↪                     trap          (if o* lead nowhere)
 *     o* (X.atomic.get_sx? ord x) ↪(rd_ord l bits(v))   ext_sx?(v)    (if o* lead to l)
 */
export const stepObjectGet: Rule<PlainInstr> = {
  id: 'Step/object.atomic.get',
  source: SOURCE,
  ask: (z, instr) => getOf(z, instr).request,
  step(z, instr, answer) {
    const attempt = getOf(z, instr);
    popMany(z, operandsOf(instr));
    if (!succeeds(z, attempt, answer)) return;
    const own = ownGlobal(z, instr);
    if (own !== null) push(z, own.kind === 'constant' ? own.value : threadLocal(z, own));
    else push(z, fromStorage(storageOf(z, instr), expect(answer, 'units').units, instr.op.endsWith('.get_s')));
  },
};

function getOf(z: State, instr: PlainInstr): Attempt {
  return attempt(z, instr, 0, readSite(z, instr), (access) => ({ kind: 'rd', ...access }));
}

/**
 * @rule Step/object.atomic.set
 *
 *     o* v (X.atomic.set ord x) ↪                     trap    (if o* lead nowhere)
 *     o* v (X.atomic.set ord x) ↪(wr_ord l bits(v))   ε       (if o* lead to l)
 */
export const stepObjectSet: Rule<PlainInstr> = {
  id: 'Step/object.atomic.set',
  source: SOURCE,
  ask: (z, instr) => setOf(z, instr).request,
  step(z, instr, answer) {
    const attempt = setOf(z, instr);
    const own = ownGlobal(z, instr);
    if (own !== null) z.context.set(own.addr, peek(z, 0));
    popMany(z, operandsOf(instr) + 1);
    succeeds(z, attempt, answer);
  },
};

function setOf(z: State, instr: PlainInstr): Attempt {
  const written = toStorage(storageOf(z, instr), peek(z, 0));
  return attempt(z, instr, 1, siteOf(instr), (access) => ({ kind: 'wr', ...access, written }));
}

/**
 * A packed value is read as unsigned, and its operand wrapped (`packed-atomic-arithmetic=allow`).
 *
 * @rule Step/object.atomic.rmw
 *
 *     o* v2 (X.atomic.rmw.op ord x) ↪                                    trap    (if o* lead nowhere)
 *     o* v2 (X.atomic.rmw.op ord x) ↪(rmw l bits(v1) bits(op(v1,v2)))    v1      (if o* lead to l)
 */
export const stepObjectRmw: Rule<PlainInstr> = modify('Step/object.atomic.rmw', 1, (z, instr) => {
  const op = known(instr.op.split('.').at(-1), 'operator') as RmwOp;
  return { op, operand: toStorage(storageOf(z, instr), peek(z, 0)) };
});

/**
 * @rule Step/object.atomic.cmpxchg
 *
 *     o* v2 v3 (X.atomic.rmw.cmpxchg ord x) ↪                           trap    (if o* lead nowhere)
 *     o* v2 v3 (X.atomic.rmw.cmpxchg ord x) ↪(rmw l bits(v1) bits(v3))  v1      (if o* lead to l, v1 = v2)
 *     o* v2 v3 (X.atomic.rmw.cmpxchg ord x) ↪(rd_ord l bits(v1))        v1      (if o* lead to l, v1 ≠ v2)
 */
export const stepObjectCmpxchg: Rule<PlainInstr> = modify('Step/object.atomic.cmpxchg', 2, (z, instr) => {
  const storage = storageOf(z, instr);
  return { op: 'cmpxchg', expected: toStorage(storage, peek(z, 1)), replacement: toStorage(storage, peek(z, 0)) };
});

/** A read-modify-write with `values` operands above those of its location. */
function modify(id: string, values: 1 | 2, updateOf: (z: State, instr: PlainInstr) => RmwUpdate): Rule<PlainInstr> {
  const attemptOf = (z: State, instr: PlainInstr): Attempt => {
    const update = updateOf(z, instr);
    return attempt(z, instr, values, readSite(z, instr), (access) => ({ kind: 'rmw', ...access, update }));
  };
  return {
    id,
    source: SOURCE,
    ask: (z, instr) => attemptOf(z, instr).request,
    step(z, instr, answer) {
      const attempt = attemptOf(z, instr);
      const update = updateOf(z, instr);
      popMany(z, operandsOf(instr) + values);
      if (!succeeds(z, attempt, answer)) return;
      const own = ownGlobal(z, instr);
      if (own === null) {
        push(z, fromStorage(storageOf(z, instr), expect(answer, 'units').units, false));
        return;
      }
      assert(own.kind === 'thread_local', 'only a mutable global is modified');
      const before = threadLocal(z, own);
      const written = applyRmw(update, toUnits(before));
      if (written !== null) z.context.set(own.addr, fromUnits(own.type.content, written));
      push(z, before);
    },
  };
}

/** The access with `above` operands above those that lead to its location. */
function attempt(
  z: State,
  instr: PlainInstr,
  above: number,
  site: Site,
  action: (access: Access) => AskedAction,
): Attempt {
  const found = placeOf(z, instr, above);
  return found === null ? { request: null, trap: null, site } : accessTo(found, orderIn(instr), site, action);
}

/** Where the access goes; null for a global that is nobody else's. */
function placeOf(z: State, instr: PlainInstr, above: number): Found | null {
  const { x, y } = indicesIn(instr);
  switch (sortOf(instr)) {
    case 'global': {
      const global = globalOf(z, x);
      return global.kind === 'mutable' ? globalPlace(global) : null;
    }
    case 'table':
      return slotPlace(tableOf(z, x), lengthAt(z, above));
    case 'struct':
      return fieldPlace(z, peek(z, above), x, y);
    case 'array':
      return elementPlace(z, peek(z, above + 1), x, unsigned(peek(z, above)));
  }
}

function storageOf(z: State, instr: PlainInstr): StorageType {
  const { x, y } = indicesIn(instr);
  switch (sortOf(instr)) {
    case 'global':
      return globalOf(z, x).type.content;
    case 'table':
      return tableOf(z, x).type.elem;
    case 'struct':
      return known(structType(z, x).fields[y], 'field').storage;
    case 'array':
      return arrayType(z, x).field.storage;
  }
}

function ownGlobal(z: State, instr: PlainInstr): Exclude<GlobalInst, MutableGlobal> | null {
  if (sortOf(instr) !== 'global') return null;
  const global = globalOf(z, indicesIn(instr).x);
  return global.kind === 'mutable' ? null : global;
}

type Sort = 'global' | 'table' | 'struct' | 'array';
/** How many operands lead to a location. */
const OPERANDS: Readonly<Record<Sort, number>> = { global: 0, table: 1, struct: 1, array: 2 };

function sortOf({ op }: PlainInstr): Sort {
  return op.slice(0, op.indexOf('.')) as Sort;
}

function operandsOf(instr: PlainInstr): number {
  return OPERANDS[sortOf(instr)];
}

function readSite(z: State, instr: PlainInstr): Site {
  return siteOf(instr, shownStorage(storageOf(z, instr)));
}

function orderIn({ op, imm }: PlainInstr): Order {
  if (imm.kind !== 'order-index' && imm.kind !== 'order-index-pair') throw new Bug(`${op} has an order`);
  return orderOf(imm.order);
}

function indicesIn({ op, imm }: PlainInstr): { readonly x: number; readonly y: number } {
  if (imm.kind === 'order-index') return { x: imm.x, y: 0 };
  if (imm.kind === 'order-index-pair') return imm;
  throw new Bug(`${op} has an index`);
}
