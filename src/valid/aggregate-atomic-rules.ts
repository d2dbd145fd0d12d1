import type { OrderAnnotation } from '../syntax/module.ts';
import { arrayField } from './array-rules.ts';
import {
  type AtomicPlace,
  atomicCmpxchg,
  atomicGet,
  atomicRmw,
  atomicSet,
  atomicXchg,
  type Extension,
} from './atomic-places.ts';
import type { Code } from './code.ts';
import type { Site } from './context.ts';
import { refTo } from './mention.ts';
import { structField } from './struct-rules.ts';

/**
 * Typing of atomic accesses to fields of structures and elements of arrays [shared-everything-threads overview, Instructions]. Every rule has
 * the premises that shared code names shared types, and those of `atomic-rules.ts`.
 *
 * Metavariables: C context, t value type, st storage type, x y indices, ord order.
 */

function structPlace(code: Code, site: Site, x: number, y: number, does: string): AtomicPlace {
  const { storage, mutable } = structField(code, site, x, y, does);
  return { sort: 'struct', thing: { kind: 'type', index: x }, storage, mutable, path: [refTo(x, true)] };
}

function arrayPlace(code: Code, site: Site, x: number, does: string): AtomicPlace {
  const { storage, mutable } = arrayField(code, site, x, does);
  return { sort: 'array', thing: { kind: 'type', index: x }, storage, mutable, path: [refTo(x, true), 'i32'] };
}

/**
 * @rule Instr_ok/struct.atomic.get
 *
 *     C.types[x] = share (struct ft*)    ft*[y] = mut? st    sx? = eps and (st in {i32, i64} or C |- st <: (ref null (share' any)))  or  sx in {s, u} and st in {i8, i16}
 *     -------------------------------------------------------------------------------------------------------------------------------------------------------------------
 *                                                       C |- struct.atomic.get_sx? ord x y : (ref null x) -> unpack(st)
 *
 * Source: shared-everything-threads overview, Instructions.
 */
export function checkStructAtomicGet(
  code: Code,
  site: Site,
  order: OrderAnnotation,
  x: number,
  y: number,
  sx: Extension,
): void {
  atomicGet(code, site, structPlace(code, site, x, y, 'reads a field of'), order, sx);
}

/**
 * @rule Instr_ok/struct.atomic.set
 *
 *     C.types[x] = share (struct ft*)    ft*[y] = mut st    st in {i8, i16, i32, i64} or C |- st <: (ref null (share' any))
 *     ---------------------------------------------------------------------------------------------------------------------
 *                                C |- struct.atomic.set ord x y : (ref null x) unpack(st) -> eps
 *
 * Source: shared-everything-threads overview, Instructions.
 */
export function checkStructAtomicSet(code: Code, site: Site, order: OrderAnnotation, x: number, y: number): void {
  atomicSet(code, site, structPlace(code, site, x, y, 'writes a field of'), order);
}

/**
 * @rule Instr_ok/struct.atomic.rmw
 *
 *     C.types[x] = share (struct ft*)    ft*[y] = mut st    st in {i32, i64}  or  st in {i8, i16} and packed-atomic-arithmetic=allow
 *     ------------------------------------------------------------------------------------------------------------------------------
 *                               C |- struct.atomic.rmw.op ord x y : (ref null x) unpack(st) -> unpack(st)
 *
 * Source: shared-everything-threads overview, Instructions.
 */
export function checkStructAtomicRmw(code: Code, site: Site, order: OrderAnnotation, x: number, y: number): void {
  atomicRmw(code, site, structPlace(code, site, x, y, 'updates a field of'), order);
}

/**
 * @rule Instr_ok/struct.atomic.rmw.xchg
 *
 *     C.types[x] = share (struct ft*)    ft*[y] = mut st    st in {i32, i64} or C |- st <: (ref null (share' any))  or  st in {i8, i16} and packed-atomic-arithmetic=allow
 *     --------------------------------------------------------------------------------------------------------------------------------------------------------------------
 *                                                 C |- struct.atomic.rmw.xchg ord x y : (ref null x) unpack(st) -> unpack(st)
 *
 * Source: shared-everything-threads overview, Instructions.
 */
export function checkStructAtomicXchg(code: Code, site: Site, order: OrderAnnotation, x: number, y: number): void {
  atomicXchg(code, site, structPlace(code, site, x, y, 'updates a field of'), order);
}

/**
 * @rule Instr_ok/struct.atomic.rmw.cmpxchg
 *
 *     C.types[x] = share (struct ft*)    ft*[y] = mut st    t = unpack(st) = t' a number type of an rmw  or  C |- t <: t' = (ref null (share' eq))
 *     --------------------------------------------------------------------------------------------------------------------------------------------
 *                                           C |- struct.atomic.rmw.cmpxchg ord x y : (ref null x) t' t -> t
 *
 * Source: shared-everything-threads overview, Instructions.
 */
export function checkStructAtomicCmpxchg(code: Code, site: Site, order: OrderAnnotation, x: number, y: number): void {
  atomicCmpxchg(code, site, structPlace(code, site, x, y, 'updates a field of'), order);
}

/**
 * @rule Instr_ok/array.atomic.get
 *
 *     C.types[x] = share (array (mut? st))    sx? = eps and (st in {i32, i64} or C |- st <: (ref null (share' any)))  or  sx in {s, u} and st in {i8, i16}
 *     ----------------------------------------------------------------------------------------------------------------------------------------------------
 *                                               C |- array.atomic.get_sx? ord x : (ref null x) i32 -> unpack(st)
 *
 * Source: shared-everything-threads overview, Instructions.
 */
export function checkArrayAtomicGet(code: Code, site: Site, order: OrderAnnotation, x: number, sx: Extension): void {
  atomicGet(code, site, arrayPlace(code, site, x, 'reads an element of'), order, sx);
}

/**
 * @rule Instr_ok/array.atomic.set
 *
 *     C.types[x] = share (array (mut st))    st in {i8, i16, i32, i64} or C |- st <: (ref null (share' any))
 *     ------------------------------------------------------------------------------------------------------
 *                        C |- array.atomic.set ord x : (ref null x) i32 unpack(st) -> eps
 *
 * Source: shared-everything-threads overview, Instructions.
 */
export function checkArrayAtomicSet(code: Code, site: Site, order: OrderAnnotation, x: number): void {
  atomicSet(code, site, arrayPlace(code, site, x, 'writes an element of'), order);
}

/**
 * @rule Instr_ok/array.atomic.rmw
 *
 *     C.types[x] = share (array (mut st))    st in {i32, i64}  or  st in {i8, i16} and packed-atomic-arithmetic=allow
 *     ---------------------------------------------------------------------------------------------------------------
 *                       C |- array.atomic.rmw.op ord x : (ref null x) i32 unpack(st) -> unpack(st)
 *
 * Source: shared-everything-threads overview, Instructions.
 */
export function checkArrayAtomicRmw(code: Code, site: Site, order: OrderAnnotation, x: number): void {
  atomicRmw(code, site, arrayPlace(code, site, x, 'updates an element of'), order);
}

/**
 * @rule Instr_ok/array.atomic.rmw.xchg
 *
 *     C.types[x] = share (array (mut st))    st in {i32, i64} or C |- st <: (ref null (share' any))  or  st in {i8, i16} and packed-atomic-arithmetic=allow
 *     -----------------------------------------------------------------------------------------------------------------------------------------------------
 *                                         C |- array.atomic.rmw.xchg ord x : (ref null x) i32 unpack(st) -> unpack(st)
 *
 * Source: shared-everything-threads overview, Instructions.
 */
export function checkArrayAtomicXchg(code: Code, site: Site, order: OrderAnnotation, x: number): void {
  atomicXchg(code, site, arrayPlace(code, site, x, 'updates an element of'), order);
}

/**
 * @rule Instr_ok/array.atomic.rmw.cmpxchg
 *
 *     C.types[x] = share (array (mut st))    t = unpack(st) = t' a number type of an rmw  or  C |- t <: t' = (ref null (share' eq))
 *     -----------------------------------------------------------------------------------------------------------------------------
 *                                   C |- array.atomic.rmw.cmpxchg ord x : (ref null x) i32 t' t -> t
 *
 * Source: shared-everything-threads overview, Instructions.
 */
export function checkArrayAtomicCmpxchg(code: Code, site: Site, order: OrderAnnotation, x: number): void {
  atomicCmpxchg(code, site, arrayPlace(code, site, x, 'updates an element of'), order);
}
