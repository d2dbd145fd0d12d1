import type { MemArg, OrderAnnotation } from '../syntax/module.ts';
import type { AddrType } from '../syntax/types.ts';
import { apply, type Code } from './code.ts';
import { report, type Site, type Thing } from './context.ts';
import { isShared, nameThing, plural, whyShared } from './describe.ts';
import { type AddressedSignature, checkOffset, usedMemory } from './memory-rules.ts';
import type { SharingPremise } from './premises.ts';
import { isThreadLocal } from './share.ts';
import { howToShare } from './sharing-hints.ts';

/**
 * Typing of atomic memory instructions [threads proposal, Validation, Atomic Memory Instructions; acquire-release proposal], and the premises that they
 * share with atomic accesses to other objects.
 *
 * Metavariables: C context, at address type, nt number type, x memory index, n bytes accessed, o offset, a alignment, ord order.
 */

/**
 * @rule Order_ok
 *
 *       ord1 = ord2  or  rmw-orders=pair
 *     -----------------------------------
 *              |- ord1 ord2 : ok
 *
 * The two orders of a read-modify-write; a single order is always ok.
 * Source: shared-everything-threads overview, Memory orderings; acquire-release proposal, Binary Format.
 */
export function checkOrder(code: Code, site: Site, order: OrderAnnotation): void {
  if (order !== 'seqcst-acqrel' && order !== 'acqrel-seqcst') return;
  if (code.C.readings['rmw-orders'] === 'pair') return;
  const [read, write] = order === 'seqcst-acqrel' ? ['seq_cst', 'acq_rel'] : ['acq_rel', 'seq_cst'];
  const message = `memory orderings must match: ${site.what} reads ${read} and writes ${write}`;
  report(code.C, { rule: 'Order_ok', at: site.at }, message, {
    expected: `${read} ${read}`,
    actual: `${read} ${write}`,
    hint: 'write one order, or choose --reading rmw-orders=pair',
  });
}

/**
 * @rule Object_ok/atomic
 *
 *     x is shared  or  unshared-atomics=allow
 *     ---------------------------------------
 *           C |- x : ok for atomics
 *
 * What any atomic instruction accesses.
 * Source: OOPSLA19, Fig. 21 (|- seqcst : shared); threads proposal and shared-everything-threads overview, Instructions (the default).
 */
export function checkAtomicObject(code: Code, site: Site, thing: Thing): void {
  const { C } = code;
  if (C.readings['unshared-atomics'] !== 'reject' || !C.premises.has('Instr_ok/atomic:object')) return;
  if (isShared(C, thing) && !isThreadLocal(C, thing)) return;
  const name = nameThing(C, thing);
  const message = `atomic accesses require shared ${plural(C, thing)}: ${name} is not shared`;
  report(C, { rule: 'Object_ok/atomic', at: site.at }, message, {
    because: [
      `${site.what} is atomic: under unshared-atomics=reject it accesses only what is shared`,
      `it accesses ${name}`,
      whyShared(C, thing),
    ],
    hint: `${howToShare(C, thing)}, or choose --reading unshared-atomics=allow`,
  });
}

/**
 * @rule Memarg_ok/atomic
 *
 *        a = n    o < 2^|at|
 *     ------------------------
 *     |- {a, o} : at -> n atomic
 *
 * Source: threads proposal, Validation, Atomic Memory Instructions.
 */
function checkAtomicMemArg(code: Code, site: Site, at: AddrType, memarg: MemArg, bytes: number): void {
  const own = { rule: 'Memarg_ok/atomic', at: site.at, what: site.what };
  checkOffset(code, own, at, memarg);
  if (memarg.align !== bytes) {
    report(code.C, own, `atomic alignment must be natural: ${site.what} accesses ${bytes} bytes`, {
      expected: `${bytes}`,
      actual: `${memarg.align}`,
      hint: 'leave the alignment out: the natural one is the default',
    });
  }
}

/** An atomic access of `bytes` bytes of a memory; every rule below is one. */
export interface AtomicAccess {
  readonly memarg: MemArg;
  readonly order: OrderAnnotation;
  readonly bytes: number;
}

function access(
  code: Code,
  site: Site,
  ft: AddressedSignature,
  { memarg, order, bytes }: AtomicAccess,
  premise: SharingPremise,
  does: string,
): void {
  const { addr } = usedMemory(code, site, memarg.memory, premise, does);
  checkAtomicObject(code, site, { kind: 'memory', index: memarg.memory });
  checkAtomicMemArg(code, site, addr, memarg, bytes);
  checkOrder(code, site, order);
  apply(code, site, ft[addr]);
}

/**
 * @rule Instr_ok/atomic.load
 *
 *     C.mems[x] = share at lim    |- {a, o} : at -> n atomic    C shared => share = shared
 *     ------------------------------------------------------------------------------------
 *                C |- nt.atomic.load(n) ord x {a, o} : at -> nt
 *
 * Source: threads proposal, Validation, Atomic Memory Instructions.
 */
export function checkAtomicLoad(code: Code, site: Site, ft: AddressedSignature, at: AtomicAccess): void {
  access(code, site, ft, at, 'Instr_ok/atomic.load:memory', 'loads from');
}

/**
 * @rule Instr_ok/atomic.store
 *
 *     C.mems[x] = share at lim    |- {a, o} : at -> n atomic    C shared => share = shared
 *     ------------------------------------------------------------------------------------
 *                C |- nt.atomic.store(n) ord x {a, o} : at nt -> eps
 *
 * Source: threads proposal, Validation, Atomic Memory Instructions.
 */
export function checkAtomicStore(code: Code, site: Site, ft: AddressedSignature, at: AtomicAccess): void {
  access(code, site, ft, at, 'Instr_ok/atomic.store:memory', 'stores to');
}

/**
 * @rule Instr_ok/atomic.rmw
 *
 *     C.mems[x] = share at lim    |- {a, o} : at -> n atomic    |- ord1 ord2 : ok    C shared => share = shared
 *     ---------------------------------------------------------------------------------------------------------
 *                      C |- nt.atomic.rmw(n).op ord1 ord2 x {a, o} : at nt -> nt
 *
 * Source: threads proposal, Validation, Atomic Memory Instructions; acquire-release proposal.
 */
export function checkAtomicRmw(code: Code, site: Site, ft: AddressedSignature, at: AtomicAccess): void {
  access(code, site, ft, at, 'Instr_ok/atomic.rmw:memory', 'updates');
}

/**
 * @rule Instr_ok/atomic.cmpxchg
 *
 *     C.mems[x] = share at lim    |- {a, o} : at -> n atomic    |- ord1 ord2 : ok    C shared => share = shared
 *     ---------------------------------------------------------------------------------------------------------
 *                   C |- nt.atomic.rmw(n).cmpxchg ord1 ord2 x {a, o} : at nt nt -> nt
 *
 * Source: threads proposal, Validation, Atomic Memory Instructions; acquire-release proposal.
 */
export function checkAtomicCmpxchg(code: Code, site: Site, ft: AddressedSignature, at: AtomicAccess): void {
  access(code, site, ft, at, 'Instr_ok/atomic.cmpxchg:memory', 'updates');
}

/**
 * @rule Instr_ok/atomic.wait
 *
 *     C.mems[x] = share at lim    |- {a, o} : at -> |nt| atomic    C shared => share = shared
 *     ---------------------------------------------------------------------------------------
 *             C |- memory.atomic.wait(nt) x {a, o} : at nt i64 -> i32
 *
 * On an unshared memory it is valid, and traps.
 * Source: threads proposal, Validation, Atomic Memory Instructions.
 */
export function checkAtomicWait(code: Code, site: Site, ft: AddressedSignature, at: AtomicAccess): void {
  access(code, site, ft, at, 'Instr_ok/atomic.wait:memory', 'waits on');
}

/**
 * @rule Instr_ok/atomic.notify
 *
 *     C.mems[x] = share at lim    |- {a, o} : at -> 4 atomic    C shared => share = shared
 *     ------------------------------------------------------------------------------------
 *              C |- memory.atomic.notify x {a, o} : at i32 -> i32
 *
 * Source: threads proposal, Validation, Atomic Memory Instructions.
 */
export function checkAtomicNotify(code: Code, site: Site, ft: AddressedSignature, at: AtomicAccess): void {
  access(code, site, ft, at, 'Instr_ok/atomic.notify:memory', 'wakes waiters on');
}

/**
 * @rule Instr_ok/atomic.fence
 *
 *     ----------------------------------
 *     C |- atomic.fence ord : eps -> eps
 *
 * Source: threads proposal, Validation, Atomic Memory Instructions; acquire-release proposal.
 */
export function checkAtomicFence(): void {}

/**
 * @rule Instr_ok/pause
 *
 *     -----------------------
 *     C |- pause : eps -> eps
 *
 * Source: acquire-release proposal.
 */
export function checkPause(): void {}
