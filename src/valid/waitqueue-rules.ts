import type { RefType, StorageType, ValType } from '../syntax/types.ts';
import { arrayField } from './array-rules.ts';
import { checkAtomicObject } from './atomic-rules.ts';
import { type Code, popAll, push } from './code.ts';
import { matches, report, type Site, type Thing } from './context.ts';
import { printStorage } from './describe.ts';
import { usedMemory } from './memory-rules.ts';
import { mentionThing, refTo } from './mention.ts';
import { bothShares } from './reference-rules.ts';
import { structField } from './struct-rules.ts';
import { usedTable } from './table-rules.ts';
import { global } from './value-rules.ts';

/**
 * Typing of managed waiter queues [shared-everything-threads overview, Managed Waiter Queues]. A wait names the place of its control word, and
 * gets a queue, the value expected there and a timeout. On an unshared place it is valid, and traps.
 *
 * Metavariables: C context, t value type, st storage type, at address type, x y indices.
 */

const QUEUE: RefType = bothShares('waitqueue').shared;
const EQ: RefType = bothShares('eq').shared;

/**
 * @rule Instr_ok/waitqueue.new
 *
 *     ----------------------------------------------------
 *     C |- waitqueue.new : eps -> (ref (shared waitqueue))
 *
 * Source: shared-everything-threads overview, Managed Waiter Queues.
 */
export function checkWaitqueueNew(code: Code): void {
  push(code, { ...QUEUE, nullable: false });
}

/**
 * @rule Instr_ok/waitqueue.notify
 *
 *     -------------------------------------------------------------------
 *     C |- waitqueue.notify : (ref null (shared waitqueue)) i32 -> i32
 *
 * Source: shared-everything-threads overview, Managed Waiter Queues.
 */
export function checkWaitqueueNotify(code: Code, site: Site): void {
  popAll(code, site, [QUEUE, 'i32']);
  push(code, 'i32');
}

/** A wait for the place that `path` finds: `before` the queue, or `after` it. */
function wait(code: Code, site: Site, before: readonly ValType[], after: readonly ValType[], expected: ValType): void {
  popAll(code, site, [...before, QUEUE, ...after, expected, 'i64']);
  push(code, 'i32');
}

/**
 * @rule Wait_expected
 *
 *                                               C |- t <: (ref null (shared eq))
 *     ----------------------------    --------------------------------------------------
 *     C |- inn : expected at inn        C |- t : expected at (ref null (shared eq))
 *
 * What the value of a control word may be, and what it is compared with; `inn` is i32 or i64.
 * Source: shared-everything-threads overview, Managed Waiter Queues (wait_expected).
 */
function waitExpected(code: Code, site: Site, thing: Thing, st: StorageType): ValType {
  const { C } = code;
  checkAtomicObject(code, site, thing);
  if (st === 'i32' || st === 'i64') return st;
  if (typeof st !== 'string' && matches(C, st, EQ)) return EQ;
  const actual = printStorage(C, st);
  const message = `invalid type: \`${site.what}\` only allows \`i32\`, \`i64\` and subtypes of \`(ref null (shared eq))\`, not ${actual}`;
  report(C, { rule: 'Wait_expected', at: site.at }, message, { actual });
  return st === 'i8' || st === 'i16' ? 'i32' : st;
}

/**
 * @rule Instr_ok/struct.wait
 *
 *     C.types[x] = share (struct ft*)    ft*[y] = mut? st    C |- st : expected at t    C shared => share = shared
 *     ------------------------------------------------------------------------------------------------------------
 *                  C |- struct.wait x y : (ref null x) (ref null (shared waitqueue)) t i64 -> i32
 *
 * Source: shared-everything-threads overview, Managed Waiter Queues.
 */
export function checkStructWait(code: Code, site: Site, x: number, y: number): void {
  const { storage } = structField(code, site, x, y, 'waits on a field of');
  wait(code, site, [refTo(x, true)], [], waitExpected(code, site, { kind: 'type', index: x }, storage));
}

/**
 * @rule Instr_ok/array.wait
 *
 *     C.types[x] = share (array (mut? st))    C |- st : expected at t    C shared => share = shared
 *     ---------------------------------------------------------------------------------------------
 *         C |- array.wait x : (ref null x) (ref null (shared waitqueue)) i32 t i64 -> i32
 *
 * Source: shared-everything-threads overview, Managed Waiter Queues.
 */
export function checkArrayWait(code: Code, site: Site, x: number): void {
  const { storage } = arrayField(code, site, x, 'waits on an element of');
  wait(code, site, [refTo(x, true)], ['i32'], waitExpected(code, site, { kind: 'type', index: x }, storage));
}

/**
 * @rule Instr_ok/global.wait
 *
 *     C.globals[x] = share mut? t'    C |- t' : expected at t    C shared => share in {shared, thread_local}
 *     ------------------------------------------------------------------------------------------------------
 *                        C |- global.wait x : (ref null (shared waitqueue)) t i64 -> i32
 *
 * Source: shared-everything-threads overview, Managed Waiter Queues.
 */
export function checkGlobalWait(code: Code, site: Site, x: number): void {
  const { type } = global(code, site, x);
  mentionThing(code, site, 'global', x, 'Instr_ok/global.wait:global', 'waits on');
  wait(code, site, [], [], waitExpected(code, site, { kind: 'global', index: x }, type.content));
}

/**
 * @rule Instr_ok/table.wait
 *
 *     C.tables[x] = share at lim rt    C |- rt : expected at t    C shared => share = shared
 *     --------------------------------------------------------------------------------------
 *              C |- table.wait x : (ref null (shared waitqueue)) at t i64 -> i32
 *
 * Source: shared-everything-threads overview, Managed Waiter Queues.
 */
export function checkTableWait(code: Code, site: Site, x: number): void {
  const { addr, elem } = usedTable(code, site, x, 'waits on');
  wait(code, site, [], [addr], waitExpected(code, site, { kind: 'table', index: x }, elem));
}

/**
 * @rule Instr_ok/memory.wait
 *
 *     C.mems[x] = share at lim    C shared => share = shared
 *     ---------------------------------------------------------------------------------
 *     C |- memory.wait(inn) x : (ref null (shared waitqueue)) at inn i64 -> i32
 *
 * memory.wait32 and memory.wait64.
 * Source: shared-everything-threads overview, Managed Waiter Queues.
 */
export function checkMemoryWait(code: Code, site: Site, x: number, inn: 'i32' | 'i64'): void {
  const { addr } = usedMemory(code, site, x, 'Instr_ok/memory.wait:memory', 'waits on');
  checkAtomicObject(code, site, { kind: 'memory', index: x });
  wait(code, site, [], [addr], inn);
}
