import type { CompType, FieldType, FuncType, StorageType, StructType, ValType } from '../syntax/types.ts';
import { type Matching, matchValType } from './match.ts';

/**
 * Matching of composite types [core 3.0, Matching, Composite Types]: what a definition and its declared supertype must fulfil
 * (Subtype_ok). Elsewhere definitions match by declaration alone.
 */

/**
 * @rule Storagetype_sub
 *
 *     |- t1 <: t2     or     packtype1 = packtype2
 *     -------------------------------------------
 *                    |- zt1 <: zt2
 *
 * Source: core 3.0, Matching, Storage Types.
 */
export function matchStorageType(st1: StorageType, st2: StorageType, J: Matching): boolean {
  if (st1 === 'i8' || st1 === 'i16' || st2 === 'i8' || st2 === 'i16') return st1 === st2;
  return matchValType(st1, st2, J);
}

/**
 * @rule Fieldtype_sub
 *
 *     mut1 = mut2    |- zt1 <: zt2    (mut1 = mut  =>  |- zt2 <: zt1)
 *     ---------------------------------------------------------------
 *                     |- mut1 zt1 <: mut2 zt2
 *
 * Source: core 3.0, Matching, Field Types.
 */
export function matchFieldType(ft1: FieldType, ft2: FieldType, J: Matching): boolean {
  if (ft1.mutable !== ft2.mutable || !matchStorageType(ft1.storage, ft2.storage, J)) return false;
  return !ft1.mutable || matchStorageType(ft2.storage, ft1.storage, J);
}

/**
 * @rule Structtype_sub
 *
 *              (|- ft1 <: ft2)*
 *     -----------------------------------
 *     |- struct ft1* ft'* <: struct ft2*
 *
 * Source: core 3.0, Matching, Composite Types.
 */
export function matchStructType(st1: StructType, st2: StructType, J: Matching): boolean {
  if (st1.fields.length < st2.fields.length) return false;
  return st2.fields.every((ft2, i) => {
    const ft1 = st1.fields[i];
    return ft1 !== undefined && matchFieldType(ft1, ft2, J);
  });
}

/**
 * @rule Functype_sub
 *
 *     (|- t21 <: t11)*    (|- t12 <: t22)*
 *     ------------------------------------
 *     |- t11* -> t12*  <:  t21* -> t22*
 *
 * Source: core 3.0, Matching, Function Types.
 */
export function matchFuncType(ft1: FuncType, ft2: FuncType, J: Matching): boolean {
  return matchAll(ft2.params, ft1.params, J) && matchAll(ft1.results, ft2.results, J);
}

function matchAll(ts1: readonly ValType[], ts2: readonly ValType[], J: Matching): boolean {
  return ts1.length === ts2.length && ts1.every((t1, i) => matchValType(t1, ts2[i] ?? t1, J));
}

/**
 * @rule Comptype_sub
 *
 *      |- st1 <: st2            |- ft1 <: ft2            |- ft1 <: ft2
 *     ---------------     -------------------------     ---------------
 *     as structures        |- array ft1 <: array ft2      as functions
 *
 * Source: core 3.0, Matching, Composite Types.
 */
export function matchCompType(ct1: CompType, ct2: CompType, J: Matching): boolean {
  if (ct1.kind === 'struct') return ct2.kind === 'struct' && matchStructType(ct1, ct2, J);
  if (ct1.kind === 'array') return ct2.kind === 'array' && matchFieldType(ct1.field, ct2.field, J);
  return ct2.kind === 'func' && matchFuncType(ct1, ct2, J);
}
