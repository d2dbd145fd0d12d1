import type { InstructionRow } from '../syntax/instructions.ts';
import type { MemArg } from '../syntax/module.ts';
import type { AddrType, DataType, MemType } from '../syntax/types.ts';
import { apply, type Code, type DataSignature } from './code.ts';
import { data, memory, report, type Site } from './context.ts';
import { mentionThing } from './mention.ts';
import type { SharingPremise } from './premises.ts';

/**
 * Typing of memory instructions [core 3.0, Validation, Memory Instructions]. Every rule has the premise that a memory named by
 * shared code is shared.
 *
 * Metavariables: C context, at address type, nt number type, x y indices, n bytes accessed, o offset, a alignment.
 */

/** A signature of the instruction table for both address types. */
export type AddressedSignature = Readonly<Record<AddrType, DataSignature>>;

export function addressed(signature: NonNullable<InstructionRow['signature']>): AddressedSignature {
  const given = (at: AddrType): DataSignature => ({
    params: signature.params.map((t): DataType => (t === 'addr' ? at : t)),
    results: signature.results.map((t): DataType => (t === 'addr' ? at : t)),
  });
  return { i32: given('i32'), i64: given('i64') };
}

/** The memory that an instruction names, which shared code must be allowed to name. */
export function usedMemory(code: Code, site: Site, x: number, premise: SharingPremise, does: string): MemType {
  const { type } = memory(code.C, site, x);
  mentionThing(code, site, 'memory', x, premise, does);
  return type;
}

/** One past the largest offset. */
const OFFSETS: Readonly<Record<AddrType, bigint>> = { i32: 1n << 32n, i64: 1n << 64n };

/** An address and an offset make an address: a premise of every access. */
export function checkOffset(code: Code, site: Site, at: AddrType, { offset }: MemArg): void {
  if (offset >= OFFSETS[at]) {
    report(code.C, site, `offset out of range: ${offset} is not below 2^${at === 'i32' ? 32 : 64}`);
  }
}

/**
 * @rule Memarg_ok
 *
 *     a <= n    o < 2^|at|
 *     --------------------
 *     |- {a, o} : at -> n
 *
 * Source: core 3.0, Validation, Memory Instructions.
 */
export function checkMemArg(code: Code, site: Site, at: AddrType, memarg: MemArg, bytes: number): void {
  const own = { rule: 'Memarg_ok', at: site.at, what: site.what };
  checkOffset(code, own, at, memarg);
  if (memarg.align > bytes) {
    report(code.C, own, `alignment must not be larger than natural: ${site.what} accesses ${bytes} bytes`, {
      expected: `at most ${bytes}`,
      actual: `${memarg.align}`,
    });
  }
}

/**
 * @rule Instr_ok/load
 *
 *     C.mems[x] = share at lim    |- {a, o} : at -> n    C shared => share = shared
 *     -----------------------------------------------------------------------------
 *                    C |- nt.load(n) x {a, o} : at -> nt
 *
 * Stands for the specification's load-val and load-pack.
 * Source: core 3.0, Validation, Memory Instructions.
 */
export function checkLoad(code: Code, site: Site, ft: AddressedSignature, memarg: MemArg, bytes: number): void {
  const { addr } = usedMemory(code, site, memarg.memory, 'Instr_ok/load:memory', 'loads from');
  checkMemArg(code, site, addr, memarg, bytes);
  apply(code, site, ft[addr]);
}

/**
 * @rule Instr_ok/store
 *
 *     C.mems[x] = share at lim    |- {a, o} : at -> n    C shared => share = shared
 *     -----------------------------------------------------------------------------
 *                    C |- nt.store(n) x {a, o} : at nt -> eps
 *
 * Stands for the specification's store-val and store-pack.
 * Source: core 3.0, Validation, Memory Instructions.
 */
export function checkStore(code: Code, site: Site, ft: AddressedSignature, memarg: MemArg, bytes: number): void {
  const { addr } = usedMemory(code, site, memarg.memory, 'Instr_ok/store:memory', 'stores to');
  checkMemArg(code, site, addr, memarg, bytes);
  apply(code, site, ft[addr]);
}

/**
 * @rule Instr_ok/memory.size
 *
 *     C.mems[x] = share at lim    C shared => share = shared
 *     ------------------------------------------------------
 *               C |- memory.size x : eps -> at
 *
 * Source: core 3.0, Validation, Memory Instructions.
 */
export function checkMemorySize(code: Code, site: Site, ft: AddressedSignature, x: number): void {
  apply(code, site, ft[usedMemory(code, site, x, 'Instr_ok/memory.size:memory', 'reads the size of').addr]);
}

/**
 * @rule Instr_ok/memory.grow
 *
 *     C.mems[x] = share at lim    C shared => share = shared
 *     ------------------------------------------------------
 *               C |- memory.grow x : at -> at
 *
 * Source: core 3.0, Validation, Memory Instructions.
 */
export function checkMemoryGrow(code: Code, site: Site, ft: AddressedSignature, x: number): void {
  apply(code, site, ft[usedMemory(code, site, x, 'Instr_ok/memory.grow:memory', 'grows').addr]);
}

/**
 * @rule Instr_ok/memory.fill
 *
 *     C.mems[x] = share at lim    C shared => share = shared
 *     ------------------------------------------------------
 *            C |- memory.fill x : at i32 at -> eps
 *
 * Source: core 3.0, Validation, Memory Instructions.
 */
export function checkMemoryFill(code: Code, site: Site, ft: AddressedSignature, x: number): void {
  apply(code, site, ft[usedMemory(code, site, x, 'Instr_ok/memory.fill:memory', 'fills').addr]);
}

/** The smaller of two address types: what counts the elements copied between two memories or tables. */
export function smaller(at1: AddrType, at2: AddrType): AddrType {
  return at1 === 'i32' ? at1 : at2;
}

/**
 * @rule Instr_ok/memory.copy
 *
 *     C.mems[x] = share1 at1 lim1    C.mems[y] = share2 at2 lim2    C shared => share1 = share2 = shared
 *     --------------------------------------------------------------------------------------------------
 *                          C |- memory.copy x y : at1 at2 min(at1, at2) -> eps
 *
 * Source: core 3.0, Validation, Memory Instructions.
 */
export function checkMemoryCopy(code: Code, site: Site, x: number, y: number): void {
  const at1 = usedMemory(code, site, x, 'Instr_ok/memory.copy:destination', 'copies to').addr;
  const at2 = usedMemory(code, site, y, 'Instr_ok/memory.copy:source', 'copies from').addr;
  apply(code, site, { params: [at1, at2, smaller(at1, at2)], results: [] });
}

/**
 * @rule Instr_ok/memory.init
 *
 *     C.mems[x] = share1 at lim    C.datas[y] = share2 ok    C shared => share1 = share2 = shared
 *     -------------------------------------------------------------------------------------------
 *                         C |- memory.init x y : at i32 i32 -> eps
 *
 * Source: core 3.0, Validation, Memory Instructions; shared-everything-threads overview, Data Segments.
 */
export function checkMemoryInit(code: Code, site: Site, ft: AddressedSignature, x: number, y: number): void {
  const { addr } = usedMemory(code, site, x, 'Instr_ok/memory.init:memory', 'copies to');
  mentionData(code, site, y, 'copies from');
  apply(code, site, ft[addr]);
}

/**
 * @rule Instr_ok/data.drop
 *
 *     C.datas[x] = share ok    C shared => share = shared
 *     ---------------------------------------------------
 *               C |- data.drop x : eps -> eps
 *
 * Source: core 3.0, Validation, Memory Instructions; shared-everything-threads overview, Data Segments.
 */
export function checkDataDrop(code: Code, site: Site, x: number): void {
  mentionData(code, site, x, 'drops');
}

/** A data segment that an instruction names, which shared code must be allowed to name. */
export function mentionData(code: Code, site: Site, x: number, does: string): void {
  data(code.C, site, x);
  mentionThing(code, site, 'data', x, 'Instr_ok/data:data', does);
}
