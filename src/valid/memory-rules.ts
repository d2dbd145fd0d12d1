import type { InstructionRow } from '../syntax/instructions.ts';
import type { MemArg } from '../syntax/module.ts';
import type { Code } from './code.ts';
import { memory, report, type Site } from './context.ts';
import { howToShare, nameThing, whyShared } from './describe.ts';
import type { SharingPremise } from './premises.ts';
import { requireSharedThing } from './share.ts';
import { applySignature } from './value-rules.ts';

/**
 * Typing of memory instructions [core 3.0, Validation, Memory Instructions; threads proposal, Atomic Memory Instructions]. Operands and results are the
 * instruction table's; every rule has the premise that a memory named by shared code is shared.
 *
 * Metavariables: C context, nt number type, x memory index, n bytes accessed, o offset, a alignment.
 */

/** One past the largest offset of a 32-bit memory. */
const OFFSETS = 1n << 32n;

function checkMemory(code: Code, site: Site, x: number, premise: SharingPremise, does: string): void {
  memory(code.C, site, x);
  requireSharedThing(code.C, code.owner, { kind: 'memory', index: x }, { ...site, premise, does });
}

function checkOffset(code: Code, site: Site, { offset }: MemArg): void {
  if (offset >= OFFSETS) report(code.C, site, `offset out of range: ${offset} is not below 2^32`);
}

/** The premises of a plain access of `bytes` bytes. */
function checkPlainMemArg(code: Code, site: Site, memarg: MemArg, bytes: number): void {
  checkOffset(code, site, memarg);
  if (memarg.align > bytes) {
    report(code.C, site, `alignment must not be larger than natural: ${site.what} accesses ${bytes} bytes`, {
      expected: `at most ${bytes}`,
      actual: `${memarg.align}`,
    });
  }
}

/**
 * The premises of every atomic access: its alignment is exactly natural, and its memory is shared if the reading
 * `unshared-atomics=reject` is chosen [threads proposal, Validation; OOPSLA19, Fig. 21: |- seqcst : shared].
 */
function checkAtomicMemArg(code: Code, site: Site, memarg: MemArg, bytes: number): void {
  const { C } = code;
  checkOffset(code, site, memarg);
  if (memarg.align !== bytes) {
    report(C, site, `atomic alignment must be natural: ${site.what} accesses ${bytes} bytes`, {
      expected: `${bytes}`,
      actual: `${memarg.align}`,
      hint: 'leave the alignment out: the natural one is the default',
    });
  }
  const thing = { kind: 'memory', index: memarg.memory } as const;
  if (C.readings['unshared-atomics'] !== 'reject' || !C.premises.has('Instr_ok/atomic:object')) return;
  if (C.memories[memarg.memory]?.type.share !== 'unshared') return;
  report(C, site, `atomic accesses require a shared memory: ${nameThing(C, thing)} is not shared`, {
    because: [
      `${site.what} is atomic: under unshared-atomics=reject it accesses only shared memories`,
      `it accesses ${nameThing(C, thing)}`,
      whyShared(C, thing),
    ],
    hint: `${howToShare(C, thing)}, or choose --reading unshared-atomics=allow`,
  });
}

/**
 * @rule Instr_ok/load
 *
 *     C.mems[x] = share lim    a <= n    o < 2^32    C shared => share = shared
 *     -------------------------------------------------------------------------
 *                   C |- nt.load(n) x {a, o} : i32 -> nt
 *
 * Source: core 3.0, Validation, Memory Instructions.
 */
export function checkLoad(code: Code, site: Site, row: InstructionRow, memarg: MemArg, bytes: number): void {
  checkMemory(code, site, memarg.memory, 'Instr_ok/load:memory', 'loads from');
  checkPlainMemArg(code, site, memarg, bytes);
  applySignature(code, site, row);
}

/**
 * @rule Instr_ok/store
 *
 *     C.mems[x] = share lim    a <= n    o < 2^32    C shared => share = shared
 *     -------------------------------------------------------------------------
 *                   C |- nt.store(n) x {a, o} : i32 nt -> eps
 *
 * Source: core 3.0, Validation, Memory Instructions.
 */
export function checkStore(code: Code, site: Site, row: InstructionRow, memarg: MemArg, bytes: number): void {
  checkMemory(code, site, memarg.memory, 'Instr_ok/store:memory', 'stores to');
  checkPlainMemArg(code, site, memarg, bytes);
  applySignature(code, site, row);
}

/**
 * @rule Instr_ok/atomic.load
 *
 *     C.mems[x] = share lim    a = n    o < 2^32    C shared => share = shared
 *     ------------------------------------------------------------------------
 *              C |- nt.atomic.load(n) ord x {a, o} : i32 -> nt
 *
 * Source: threads proposal, Validation, Atomic Memory Instructions.
 */
export function checkAtomicLoad(code: Code, site: Site, row: InstructionRow, memarg: MemArg, bytes: number): void {
  checkMemory(code, site, memarg.memory, 'Instr_ok/atomic.load:memory', 'loads from');
  checkAtomicMemArg(code, site, memarg, bytes);
  applySignature(code, site, row);
}

/**
 * @rule Instr_ok/atomic.store
 *
 *     C.mems[x] = share lim    a = n    o < 2^32    C shared => share = shared
 *     ------------------------------------------------------------------------
 *              C |- nt.atomic.store(n) ord x {a, o} : i32 nt -> eps
 *
 * Source: threads proposal, Validation, Atomic Memory Instructions.
 */
export function checkAtomicStore(code: Code, site: Site, row: InstructionRow, memarg: MemArg, bytes: number): void {
  checkMemory(code, site, memarg.memory, 'Instr_ok/atomic.store:memory', 'stores to');
  checkAtomicMemArg(code, site, memarg, bytes);
  applySignature(code, site, row);
}

/**
 * @rule Instr_ok/atomic.rmw
 *
 *     C.mems[x] = share lim    a = n    o < 2^32    C shared => share = shared
 *     ------------------------------------------------------------------------
 *            C |- nt.atomic.rmw(n).op ord x {a, o} : i32 nt -> nt
 *
 * Source: threads proposal, Validation, Atomic Memory Instructions.
 */
export function checkAtomicRmw(code: Code, site: Site, row: InstructionRow, memarg: MemArg, bytes: number): void {
  checkMemory(code, site, memarg.memory, 'Instr_ok/atomic.rmw:memory', 'updates');
  checkAtomicMemArg(code, site, memarg, bytes);
  applySignature(code, site, row);
}

/**
 * @rule Instr_ok/atomic.cmpxchg
 *
 *     C.mems[x] = share lim    a = n    o < 2^32    C shared => share = shared
 *     ------------------------------------------------------------------------
 *         C |- nt.atomic.rmw(n).cmpxchg ord x {a, o} : i32 nt nt -> nt
 *
 * Source: threads proposal, Validation, Atomic Memory Instructions.
 */
export function checkAtomicCmpxchg(code: Code, site: Site, row: InstructionRow, memarg: MemArg, bytes: number): void {
  checkMemory(code, site, memarg.memory, 'Instr_ok/atomic.cmpxchg:memory', 'updates');
  checkAtomicMemArg(code, site, memarg, bytes);
  applySignature(code, site, row);
}

/**
 * @rule Instr_ok/atomic.wait
 *
 *     C.mems[x] = share lim    a = |nt|    o < 2^32    C shared => share = shared
 *     ---------------------------------------------------------------------------
 *            C |- memory.atomic.wait(nt) x {a, o} : i32 nt i64 -> i32
 *
 * On an unshared memory it is valid, and traps.
 * Source: threads proposal, Validation, Atomic Memory Instructions.
 */
export function checkAtomicWait(code: Code, site: Site, row: InstructionRow, memarg: MemArg, bytes: number): void {
  checkMemory(code, site, memarg.memory, 'Instr_ok/atomic.wait:memory', 'waits on');
  checkAtomicMemArg(code, site, memarg, bytes);
  applySignature(code, site, row);
}

/**
 * @rule Instr_ok/atomic.notify
 *
 *     C.mems[x] = share lim    a = 4    o < 2^32    C shared => share = shared
 *     ------------------------------------------------------------------------
 *           C |- memory.atomic.notify x {a, o} : i32 i32 -> i32
 *
 * Source: threads proposal, Validation, Atomic Memory Instructions.
 */
export function checkAtomicNotify(code: Code, site: Site, row: InstructionRow, memarg: MemArg): void {
  checkMemory(code, site, memarg.memory, 'Instr_ok/atomic.notify:memory', 'wakes waiters on');
  checkAtomicMemArg(code, site, memarg, 4);
  applySignature(code, site, row);
}

/**
 * @rule Instr_ok/atomic.fence
 *
 *     ----------------------------------
 *     C |- atomic.fence ord : eps -> eps
 *
 * Source: threads proposal, Validation, Atomic Memory Instructions; acquire-release proposal.
 */
export function checkAtomicFence(code: Code, site: Site, row: InstructionRow): void {
  applySignature(code, site, row);
}

/**
 * @rule Instr_ok/memory.size
 *
 *     C.mems[x] = share lim    C shared => share = shared
 *     ---------------------------------------------------
 *             C |- memory.size x : eps -> i32
 *
 * Source: core 3.0, Validation, Memory Instructions.
 */
export function checkMemorySize(code: Code, site: Site, row: InstructionRow, x: number): void {
  checkMemory(code, site, x, 'Instr_ok/memory.size:memory', 'reads the size of');
  applySignature(code, site, row);
}

/**
 * @rule Instr_ok/memory.grow
 *
 *     C.mems[x] = share lim    C shared => share = shared
 *     ---------------------------------------------------
 *             C |- memory.grow x : i32 -> i32
 *
 * Source: core 3.0, Validation, Memory Instructions.
 */
export function checkMemoryGrow(code: Code, site: Site, row: InstructionRow, x: number): void {
  checkMemory(code, site, x, 'Instr_ok/memory.grow:memory', 'grows');
  applySignature(code, site, row);
}

/**
 * @rule Instr_ok/memory.fill
 *
 *     C.mems[x] = share lim    C shared => share = shared
 *     ---------------------------------------------------
 *          C |- memory.fill x : i32 i32 i32 -> eps
 *
 * Source: core 3.0, Validation, Memory Instructions.
 */
export function checkMemoryFill(code: Code, site: Site, row: InstructionRow, x: number): void {
  checkMemory(code, site, x, 'Instr_ok/memory.fill:memory', 'fills');
  applySignature(code, site, row);
}

/**
 * @rule Instr_ok/memory.copy
 *
 *     C.mems[x] = share1 lim1    C.mems[y] = share2 lim2    C shared => share1 = share2 = shared
 *     ------------------------------------------------------------------------------------------
 *                       C |- memory.copy x y : i32 i32 i32 -> eps
 *
 * Source: core 3.0, Validation, Memory Instructions.
 */
export function checkMemoryCopy(code: Code, site: Site, row: InstructionRow, x: number, y: number): void {
  checkMemory(code, site, x, 'Instr_ok/memory.copy:destination', 'copies to');
  checkMemory(code, site, y, 'Instr_ok/memory.copy:source', 'copies from');
  applySignature(code, site, row);
}
