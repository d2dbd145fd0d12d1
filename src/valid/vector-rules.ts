import type { MemArg } from '../syntax/module.ts';
import { apply, type Code, type DataSignature } from './code.ts';
import { report, type Site } from './context.ts';
import { type AddressedSignature, checkMemArg, usedMemory } from './memory-rules.ts';

/**
 * Typing of vector instructions, relaxed ones included [core 3.0, Validation, Vector Instructions]. Operands and results are the
 * instruction table's.
 *
 * Metavariables: C context, at address type, x memory index, n bytes accessed, o offset, a alignment, i lane.
 */

/**
 * @rule Instr_ok/vector
 *
 *     instruction table: op : t1* -> t2*
 *     ----------------------------------
 *            C |- op : t1* -> t2*
 *
 * Stands for all of the specification's rules on vectors that have no other premise: vvunop, vrelop, vsplat, vcvtop, ….
 * Source: core 3.0, Validation, Vector Instructions.
 */
export function checkVector(code: Code, site: Site, signature: DataSignature): void {
  apply(code, site, signature);
}

/**
 * @rule Instr_ok/vshuffle
 *
 *             (i < 32)*
 *     ---------------------------------------
 *     C |- i8x16.shuffle i* : v128 v128 -> v128
 *
 * Source: core 3.0, Validation, Vector Instructions.
 */
export function checkShuffle(code: Code, site: Site, lanes: readonly number[]): void {
  for (const i of lanes) checkLane(code, site, i, 32);
  apply(code, site, SHUFFLE);
}

const SHUFFLE: DataSignature = { params: ['v128', 'v128'], results: ['v128'] };

/**
 * @rule Instr_ok/vextract_lane
 *
 *     instruction table: op : t1* -> t2*    i < lanes of the shape
 *     ------------------------------------------------------------
 *                       C |- op i : t1* -> t2*
 *
 * Source: core 3.0, Validation, Vector Instructions.
 */
export function checkExtractLane(code: Code, site: Site, signature: DataSignature, i: number, lanes: number): void {
  checkLane(code, site, i, lanes);
  apply(code, site, signature);
}

/**
 * @rule Instr_ok/vreplace_lane
 *
 *     instruction table: op : t1* -> t2*    i < lanes of the shape
 *     ------------------------------------------------------------
 *                       C |- op i : t1* -> t2*
 *
 * Source: core 3.0, Validation, Vector Instructions.
 */
export function checkReplaceLane(code: Code, site: Site, signature: DataSignature, i: number, lanes: number): void {
  checkLane(code, site, i, lanes);
  apply(code, site, signature);
}

function checkLane(code: Code, site: Site, i: number, lanes: number): void {
  if (i >= lanes) report(code.C, site, `invalid lane index: ${i} is not below ${lanes}`);
}

/**
 * @rule Instr_ok/vload
 *
 *     C.mems[x] = share at lim    |- {a, o} : at -> n    C shared => share = shared
 *     -----------------------------------------------------------------------------
 *                     C |- v128.load(n) x {a, o} : at -> v128
 *
 * Stands for the specification's vload-val, vload-pack, vload-splat and vload-zero.
 * Source: core 3.0, Validation, Memory Instructions.
 */
export function checkVectorLoad(code: Code, site: Site, ft: AddressedSignature, memarg: MemArg, bytes: number): void {
  const { addr } = usedMemory(code, site, memarg.memory, 'Instr_ok/load:memory', 'loads from');
  checkMemArg(code, site, addr, memarg, bytes);
  apply(code, site, ft[addr]);
}

/**
 * @rule Instr_ok/vstore
 *
 *     C.mems[x] = share at lim    |- {a, o} : at -> 16    C shared => share = shared
 *     ------------------------------------------------------------------------------
 *                    C |- v128.store x {a, o} : at v128 -> eps
 *
 * Source: core 3.0, Validation, Memory Instructions.
 */
export function checkVectorStore(code: Code, site: Site, ft: AddressedSignature, memarg: MemArg, bytes: number): void {
  const { addr } = usedMemory(code, site, memarg.memory, 'Instr_ok/store:memory', 'stores to');
  checkMemArg(code, site, addr, memarg, bytes);
  apply(code, site, ft[addr]);
}

/** A vector access to one lane. */
export interface LaneAccess {
  readonly memarg: MemArg;
  readonly lane: number;
}

/**
 * @rule Instr_ok/vload_lane
 *
 *     C.mems[x] = share at lim    |- {a, o} : at -> n    i < 16 / n    C shared => share = shared
 *     -------------------------------------------------------------------------------------------
 *                     C |- v128.load(n)_lane x {a, o} i : at v128 -> v128
 *
 * Source: core 3.0, Validation, Memory Instructions.
 */
export function checkLoadLane(code: Code, site: Site, ft: AddressedSignature, at: LaneAccess, bytes: number): void {
  checkVectorLoad(code, site, ft, at.memarg, bytes);
  checkLane(code, site, at.lane, 16 / bytes);
}

/**
 * @rule Instr_ok/vstore_lane
 *
 *     C.mems[x] = share at lim    |- {a, o} : at -> n    i < 16 / n    C shared => share = shared
 *     -------------------------------------------------------------------------------------------
 *                     C |- v128.store(n)_lane x {a, o} i : at v128 -> eps
 *
 * Source: core 3.0, Validation, Memory Instructions.
 */
export function checkStoreLane(code: Code, site: Site, ft: AddressedSignature, at: LaneAccess, bytes: number): void {
  checkVectorStore(code, site, ft, at.memarg, bytes);
  checkLane(code, site, at.lane, 16 / bytes);
}
