import { assert } from '../base/assert.ts';
import type { Access } from '../event/action.ts';
import type { RmwUpdate } from '../event/request.ts';
import type { PlainInstr } from '../syntax/module.ts';
import type { MemInst } from '../runtime/instance.ts';
import { accessOf, accessOrder, addressed, boundsOf, inBounds, meaningOf, orderOf } from './access.ts';
import { bytesOf, integerOf, shownAs } from './bytes.ts';
import { valueOf } from './numeric.ts';
import { i32, i64Of, peek, popMany, push, unsigned } from './operands.ts';
import type { Rule } from './rule.ts';
import { expect, siteOf, trap } from './rule.ts';

/**
 * The operand is wrapped to the access's width, and the value read is zero-extended from it.
 *
 * @rule Step/rmw
 *
 *     (i32.const k) (t.const c2) (t.rmw.op pt o) ↪      trap    (if (k+o) mod |pt| ≠ 0)
 *     (i32.const k) (t.const c2) (t.rmw.op pt o) ↪(len) trap    (if k+o+|pt| > n)
 *     (i32.const k) (t.const c2) (t.rmw.op pt o)
 *        ↪(len) (rmw a.data[k+o] bits(c1) bits(op(c1,c2)))  t.const c1    (if k+o+|pt| ≤ n)
 */
export const stepRmw: Rule<PlainInstr> = {
  id: 'Step/rmw',
  source: 'OOPSLA19 Fig. 8; threads overview, Read-Modify-Write, Alignment',
  ask(z, instr) {
    const { type, bytes, op } = meaningOf(instr, 'rmw');
    const { memory, ea } = addressed(z, instr, 1);
    if (ea % bytes !== 0) return null;
    const update: RmwUpdate = { op, operand: bytesOf(peek(z, 0), bytes) };
    const site = siteOf(instr, shownAs(type, bytes));
    return accessOf(memory, ea + bytes, [{ kind: 'rmw', ...atomicAccess(memory, ea, bytes, instr), update }], site);
  },
  step(z, instr, answer) {
    const { type, bytes } = meaningOf(instr, 'rmw');
    const site = siteOf(instr, shownAs(type, bytes));
    popMany(z, 2);
    if (answer === null) trap(z, 'unaligned atomic', site);
    else if (inBounds(z, answer, site)) push(z, valueOf(type, integerOf(expect(answer, 'units').units)));
  },
};

/**
 * The expected value is wrapped too: a narrow comparison ignores its upper bytes.
 *
 * @rule Step/cmpxchg
 *
 *     (i32.const k) (t.const c2) (t.const c3) (t.rmw.cmpxchg pt o) ↪      trap    (if (k+o) mod |pt| ≠ 0)
 *     (i32.const k) (t.const c2) (t.const c3) (t.rmw.cmpxchg pt o) ↪(len) trap    (if k+o+|pt| > n)
 *     (i32.const k) (t.const c2) (t.const c3) (t.rmw.cmpxchg pt o)
 *        ↪(len) (rmw a.data[k+o] bits(c1) bits(c3))  t.const c1    (if k+o+|pt| ≤ n, c1 = wrap(c2))
 *        ↪(len) (rd_ord a.data[k+o] bits(c1))        t.const c1    (if k+o+|pt| ≤ n, c1 ≠ wrap(c2))
 */
export const stepCmpxchg: Rule<PlainInstr> = {
  id: 'Step/cmpxchg',
  source: 'threads overview, Read-Modify-Write, Alignment',
  ask(z, instr) {
    const { type, bytes } = meaningOf(instr, 'cmpxchg');
    const { memory, ea } = addressed(z, instr, 2);
    if (ea % bytes !== 0) return null;
    const update: RmwUpdate = {
      op: 'cmpxchg',
      expected: bytesOf(peek(z, 1), bytes),
      replacement: bytesOf(peek(z, 0), bytes),
    };
    const site = siteOf(instr, shownAs(type, bytes));
    return accessOf(memory, ea + bytes, [{ kind: 'rmw', ...atomicAccess(memory, ea, bytes, instr), update }], site);
  },
  step(z, instr, answer) {
    const { type, bytes } = meaningOf(instr, 'cmpxchg');
    const site = siteOf(instr, shownAs(type, bytes));
    popMany(z, 3);
    if (answer === null) trap(z, 'unaligned atomic', site);
    else if (inBounds(z, answer, site)) push(z, valueOf(type, integerOf(expect(answer, 'units').units)));
  },
};

/**
 * What it waits for, and how it was woken, is the world's business [OOPSLA19 Fig. 11]: the thread learns 0, 1 or 2.
 *
 * @rule Step/wait
 *
 *     (i32.const k) (t.const c) (i64.const q) (t.wait o) ↪      trap    (if (k+o) mod |t| ≠ 0)
 *     (i32.const k) (t.const c) (i64.const q) (t.wait o) ↪      trap    (if a is unshared)
 *     (i32.const k) (t.const c) (i64.const q) (t.wait o) ↪(len) trap    (if k+o+|t| > n)
 *     (i32.const k) (t.const c) (i64.const q) (t.wait o)
 *        ↪(len) (rd_seqcst a.data[k+o] b*)  wait′ a.data[k+o] q    (if k+o+|t| ≤ n, b* = bits(c))
 *        ↪(len) (rd_seqcst a.data[k+o] b*)  i32.const 1            (if k+o+|t| ≤ n, b* ≠ bits(c))
 *     wait′ l q ↪ i32.const 0    (woken)
 *     wait′ l q ↪ i32.const 2    (if signed(q) ≥ 0)
 */
export const stepWait: Rule<PlainInstr> = {
  id: 'Step/wait',
  source: 'OOPSLA19 Fig. 10, 11; threads overview, Wait and Notify operators',
  ask(z, instr) {
    const { type, bytes } = meaningOf(instr, 'wait');
    const { memory, ea } = addressed(z, instr, 2);
    if (ea % bytes !== 0 || memory.type.share === 'unshared') return null;
    return {
      kind: 'wait',
      bounds: boundsOf(memory, ea + bytes),
      read: { kind: 'rd', region: memory.data, offset: ea, size: bytes, order: 'seqcst', tearFree: true },
      queue: { region: memory.data, offset: ea },
      expected: bytesOf(peek(z, 1), bytes),
      timeout: i64Of(peek(z, 0)),
      site: siteOf(instr, shownAs(type, bytes)),
    };
  },
  step(z, instr, answer) {
    const { type, bytes } = meaningOf(instr, 'wait');
    const { ea } = addressed(z, instr, 2);
    const site = siteOf(instr, shownAs(type, bytes));
    popMany(z, 3);
    if (answer === null) trap(z, ea % bytes !== 0 ? 'unaligned atomic' : 'expected shared memory', site);
    else if (inBounds(z, answer, site)) push(z, i32(expect(answer, 'waited').result));
  },
};

const NOTIFY_ALIGNMENT = 4;

/**
 * @rule Step/notify
 *
 *     (i32.const k) (i32.const m) (notify o) ↪      trap                       (if (k+o) mod 4 ≠ 0)
 *     (i32.const k) (i32.const m) (notify o) ↪(len) trap                       (if k+o+4 > n)
 *     (i32.const k) (i32.const m) (notify o) ↪(len) notify′ a.data[k+o] 0 m    (if k+o+4 ≤ n)
 *     notify′ l n m ↪ i32.const n
 */
export const stepNotify: Rule<PlainInstr> = {
  id: 'Step/notify',
  source: 'OOPSLA19 Fig. 10, 11; threads overview, Wait and Notify operators',
  ask(z, instr) {
    const { memory, ea } = addressed(z, instr, 1);
    if (ea % NOTIFY_ALIGNMENT !== 0) return null;
    return {
      kind: 'notify',
      bounds: boundsOf(memory, ea + NOTIFY_ALIGNMENT),
      region: memory.data,
      offset: ea,
      count: unsigned(peek(z, 0)),
      site: siteOf(instr),
    };
  },
  step(z, instr, answer) {
    popMany(z, 2);
    if (answer === null) trap(z, 'unaligned atomic', siteOf(instr));
    else if (inBounds(z, answer, siteOf(instr))) push(z, i32(expect(answer, 'notified').woke));
  },
};

/**
 * @rule Step/fence
 *
 *     atomic.fence ord ↪(fence_ord) ε
 */
export const stepFence: Rule<PlainInstr> = {
  id: 'Step/fence',
  source: 'threads overview, Fence operator; acquire-release proposal',
  ask(_, instr) {
    assert(instr.imm.kind === 'order', 'a fence has an order');
    return { kind: 'fence', order: orderOf(instr.imm.order), site: siteOf(instr) };
  },
  step() {},
};

function atomicAccess(memory: MemInst, ea: number, bytes: number, instr: PlainInstr): Access {
  return { region: memory.data, offset: ea, size: bytes, order: accessOrder(instr), tearFree: true };
}
