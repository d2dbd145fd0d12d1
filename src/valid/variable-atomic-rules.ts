import type { OrderAnnotation } from '../syntax/module.ts';
import { type AtomicPlace, atomicCmpxchg, atomicGet, atomicRmw, atomicSet, atomicXchg } from './atomic-places.ts';
import type { Code } from './code.ts';
import { reject, type Site } from './context.ts';
import { mentionThing } from './mention.ts';
import { usedTable } from './table-rules.ts';

/**
 * Typing of atomic accesses to globals and tables [shared-everything-threads overview, Instructions]. Every rule has the premises that
 * what shared code names is shared (a global may be thread-local), and those of `atomic-rules.ts`.
 *
 * Metavariables: C context, t value type, rt reference type, at address type, x index, ord order.
 */

function globalPlace(code: Code, site: Site, x: number, does: string): AtomicPlace {
  const entry = x < code.globals ? code.C.globals[x] : undefined;
  const { type } = entry ?? reject(site, `unknown global ${x}: global index out of bounds`);
  mentionThing(code, site, 'global', x, 'Instr_ok/global.atomic:global', does);
  return {
    sort: 'global',
    thing: { kind: 'global', index: x },
    storage: type.content,
    mutable: type.mutable,
    path: [],
  };
}

/**
 * @rule Instr_ok/global.atomic.get
 *
 *     C.globals[x] = share mut? t    t in {i32, i64} or C |- t <: (ref null (share' any))    |- x ord : ok
 *     ----------------------------------------------------------------------------------------------------
 *                            C |- global.atomic.get ord x : eps -> t
 *
 * Source: shared-everything-threads overview, Instructions.
 */
export function checkGlobalAtomicGet(code: Code, site: Site, order: OrderAnnotation, x: number): void {
  atomicGet(code, site, globalPlace(code, site, x, 'reads'), order, null);
}

/**
 * @rule Instr_ok/global.atomic.set
 *
 *     C.globals[x] = share mut t    t in {i32, i64} or C |- t <: (ref null (share' any))    |- x ord : ok
 *     ---------------------------------------------------------------------------------------------------
 *                            C |- global.atomic.set ord x : t -> eps
 *
 * Source: shared-everything-threads overview, Instructions.
 */
export function checkGlobalAtomicSet(code: Code, site: Site, order: OrderAnnotation, x: number): void {
  atomicSet(code, site, globalPlace(code, site, x, 'writes'), order);
}

/**
 * @rule Instr_ok/global.atomic.rmw
 *
 *     C.globals[x] = share mut t    t in {i32, i64}    |- x ord : ok
 *     --------------------------------------------------------------
 *           C |- global.atomic.rmw.op ord x : t -> t
 *
 * Source: shared-everything-threads overview, Instructions.
 */
export function checkGlobalAtomicRmw(code: Code, site: Site, order: OrderAnnotation, x: number): void {
  atomicRmw(code, site, globalPlace(code, site, x, 'updates'), order);
}

/**
 * @rule Instr_ok/global.atomic.rmw.xchg
 *
 *     C.globals[x] = share mut t    t in {i32, i64} or C |- t <: (ref null (share' any))    |- x ord : ok
 *     ---------------------------------------------------------------------------------------------------
 *                          C |- global.atomic.rmw.xchg ord x : t -> t
 *
 * Source: shared-everything-threads overview, Instructions.
 */
export function checkGlobalAtomicXchg(code: Code, site: Site, order: OrderAnnotation, x: number): void {
  atomicXchg(code, site, globalPlace(code, site, x, 'updates'), order);
}

/**
 * @rule Instr_ok/global.atomic.rmw.cmpxchg
 *
 *     C.globals[x] = share mut t    t = t' in {i32, i64} or C |- t <: t' = (ref null (share' eq))    |- x ord : ok
 *     ------------------------------------------------------------------------------------------------------------
 *                              C |- global.atomic.rmw.cmpxchg ord x : t' t -> t
 *
 * Source: shared-everything-threads overview, Instructions.
 */
export function checkGlobalAtomicCmpxchg(code: Code, site: Site, order: OrderAnnotation, x: number): void {
  atomicCmpxchg(code, site, globalPlace(code, site, x, 'updates'), order);
}

function tablePlace(code: Code, site: Site, x: number, does: string): AtomicPlace {
  const { addr, elem } = usedTable(code, site, x, does);
  return { sort: 'table', thing: { kind: 'table', index: x }, storage: elem, mutable: true, path: [addr] };
}

/**
 * @rule Instr_ok/table.atomic.get
 *
 *     C.tables[x] = share at lim rt    C |- rt <: (ref null (share' any))    |- x ord : ok
 *     ------------------------------------------------------------------------------------
 *                      C |- table.atomic.get ord x : at -> rt
 *
 * Source: shared-everything-threads overview, Instructions.
 */
export function checkTableAtomicGet(code: Code, site: Site, order: OrderAnnotation, x: number): void {
  atomicGet(code, site, tablePlace(code, site, x, 'reads'), order, null);
}

/**
 * @rule Instr_ok/table.atomic.set
 *
 *     C.tables[x] = share at lim rt    C |- rt <: (ref null (share' any))    |- x ord : ok
 *     ------------------------------------------------------------------------------------
 *                     C |- table.atomic.set ord x : at rt -> eps
 *
 * Source: shared-everything-threads overview, Instructions.
 */
export function checkTableAtomicSet(code: Code, site: Site, order: OrderAnnotation, x: number): void {
  atomicSet(code, site, tablePlace(code, site, x, 'writes'), order);
}

/**
 * @rule Instr_ok/table.atomic.rmw.xchg
 *
 *     C.tables[x] = share at lim rt    C |- rt <: (ref null (share' any))    |- x ord : ok
 *     ------------------------------------------------------------------------------------
 *                   C |- table.atomic.rmw.xchg ord x : at rt -> rt
 *
 * Source: shared-everything-threads overview, Instructions.
 */
export function checkTableAtomicXchg(code: Code, site: Site, order: OrderAnnotation, x: number): void {
  atomicXchg(code, site, tablePlace(code, site, x, 'updates'), order);
}

/**
 * @rule Instr_ok/table.atomic.rmw.cmpxchg
 *
 *     C.tables[x] = share at lim rt    C |- rt <: rt' = (ref null (share' eq))    |- x ord : ok
 *     -----------------------------------------------------------------------------------------
 *                   C |- table.atomic.rmw.cmpxchg ord x : at rt' rt -> rt
 *
 * Source: shared-everything-threads overview, Instructions.
 */
export function checkTableAtomicCmpxchg(code: Code, site: Site, order: OrderAnnotation, x: number): void {
  atomicCmpxchg(code, site, tablePlace(code, site, x, 'updates'), order);
}
