import { assert } from '../base/assert.ts';
import type { Access } from '../event/action.ts';
import type { AccessRequest, AskedAction } from '../event/request.ts';
import type { PlainInstr } from '../syntax/module.ts';
import { PAGE_SIZE } from '../syntax/types.ts';
import type { MemInst } from '../runtime/instance.ts';
import { accessOf, accessOrder, addressed, inBounds, MAX_PAGES, meaningOf, memoryOf } from './access.ts';
import { bytesOf, integerOf, shownAs } from './bytes.ts';
import type { Admin, State } from './config.ts';
import { extend, valueOf } from './numeric.ts';
import { i32, peek, pop, popMany, push, unsigned } from './operands.ts';
import type { Rule } from './rule.ts';
import { expect, indexOf, siteOf, trap } from './rule.ts';

/**
 * @rule Step/load
 *
 *     (i32.const k) (t.load.ord pt o) ↪                                    trap         (if atomic, (k+o) mod |pt| ≠ 0)
 *     (i32.const k) (t.load.ord pt o) ↪(len)                               trap         (if k+o+|pt| > n)
 *     (i32.const k) (t.load.ord pt o) ↪(len) (rd_ord a.data[k+o] bits(c))  t.const c    (if k+o+|pt| ≤ n)
 */
export const stepLoad: Rule<PlainInstr> = {
  id: 'Step/load',
  source: 'OOPSLA19 Fig. 8; threads overview, Alignment',
  ask(z, instr) {
    const { type, bytes, atomic } = meaningOf(instr, 'load');
    const { memory, ea } = addressed(z, instr, 0);
    if (atomic && ea % bytes !== 0) return null;
    const site = siteOf(instr, shownAs(type, bytes));
    return accessOf(memory, ea + bytes, [{ kind: 'rd', ...dataAccess(memory, ea, bytes, instr, atomic) }], site);
  },
  step(z, instr, answer) {
    const { type, bytes, signed } = meaningOf(instr, 'load');
    const site = siteOf(instr, shownAs(type, bytes));
    pop(z);
    if (answer === null) trap(z, 'unaligned atomic', site);
    else if (inBounds(z, answer, site)) {
      const c = integerOf(expect(answer, 'units').units);
      push(z, valueOf(type, signed ? extend((bytes * 8) as 8 | 16 | 32, type === 'i32' ? 32 : 64, c) : c));
    }
  },
};

/**
 * @rule Step/store
 *
 *     (i32.const k) (t.const c) (t.store.ord sz o) ↪                                    trap  (if atomic, sz ∤ k+o)
 *     (i32.const k) (t.const c) (t.store.ord sz o) ↪(len)                               trap  (if k+o+sz > n)
 *     (i32.const k) (t.const c) (t.store.ord sz o) ↪(len) (wr_ord a.data[k+o] bits(c))  ε     (if k+o+sz ≤ n)
 */
export const stepStore: Rule<PlainInstr> = {
  id: 'Step/store',
  source: 'OOPSLA19 Fig. 8; threads overview, Alignment',
  ask(z, instr) {
    const { bytes, atomic } = meaningOf(instr, 'store');
    const { memory, ea } = addressed(z, instr, 1);
    if (atomic && ea % bytes !== 0) return null;
    const written = bytesOf(peek(z, 0), bytes);
    return accessOf(
      memory,
      ea + bytes,
      [{ kind: 'wr', ...dataAccess(memory, ea, bytes, instr, atomic), written }],
      siteOf(instr),
    );
  },
  step(z, instr, answer) {
    popMany(z, 2);
    if (answer === null) trap(z, 'unaligned atomic', siteOf(instr));
    else inBounds(z, answer, siteOf(instr));
  },
};

/** tear-free [OOPSLA19 Fig. 15]: atomic, or aligned and of at most four bytes. */
function dataAccess(memory: MemInst, ea: number, bytes: number, instr: PlainInstr, atomic: boolean): Access {
  return {
    region: memory.data,
    offset: ea,
    size: bytes,
    order: accessOrder(instr),
    tearFree: atomic || (bytes <= 4 && ea % bytes === 0),
  };
}

/**
 * @rule Step/memory.size
 *
 *     memory.size ↪(rd_seqcst a.length n)  i32.const n    (n in pages)
 */
export const stepMemorySize: Rule<PlainInstr> = {
  id: 'Step/memory.size',
  source: 'OOPSLA19 Fig. 9',
  ask(z, instr) {
    const { length } = memoryOf(z, indexOf(instr));
    return {
      kind: 'access',
      bounds: null,
      actions: [{ kind: 'rd', region: length, offset: 0, size: 1, order: 'seqcst', tearFree: true }],
      site: siteOf(instr, 'i32'),
    };
  },
  step(z, _, answer) {
    push(z, i32(Number(integerOf(expect(answer, 'units').units))));
  },
};

/**
 * @rule Step/memory.grow
 *
 *     (i32.const k) memory.grow ↪(rd_seqcst a.length n)                                 i32.const -1    (n in pages)
 *     (i32.const k) memory.grow ↪(rmw a.length n (n+k)) (wr a.data[n·64Ki] 0^(k·64Ki))  i32.const n     (n in pages)
 */
export const stepMemoryGrow: Rule<PlainInstr> = {
  id: 'Step/memory.grow',
  source: 'OOPSLA19 Fig. 9',
  ask(z, instr) {
    const { length, data, type } = memoryOf(z, indexOf(instr));
    return {
      kind: 'grow',
      length,
      content: data,
      unit: PAGE_SIZE,
      fill: 0,
      delta: unsigned(peek(z, 0)),
      max: Number(type.limits.max ?? MAX_PAGES),
      site: siteOf(instr),
    };
  },
  step(z, _, answer) {
    pop(z);
    push(z, i32(expect(answer, 'grown').previous));
  },
};

/**
 * @rule Step/memory.fill
 *
 *     (i32.const d) (i32.const c) (i32.const m) memory.fill ↪(len)                      trap    (if d+m > n)
 *     (i32.const d) (i32.const c) (i32.const m) memory.fill ↪(len) (wr a.data[d] c^m)?  ε       (if d+m ≤ n)
 */
export const stepMemoryFill: Rule<PlainInstr> = {
  id: 'Step/memory.fill',
  source: 'core, Memory Instructions; as one event like OOPSLA19 Fig. 8',
  ask(z, instr) {
    const memory = memoryOf(z, indexOf(instr));
    const d = unsigned(peek(z, 2));
    const n = unsigned(peek(z, 0));
    const written = { fill: unsigned(peek(z, 1)) % 256, length: n };
    const fill: AskedAction = { kind: 'wr', ...block(memory, d, n), written };
    return accessOf(memory, d + n, n === 0 ? [] : [fill], siteOf(instr));
  },
  step(z, instr, answer) {
    popMany(z, 3);
    inBounds(z, answer, siteOf(instr));
  },
};

/**
 * Two memories have two lengths, which are read by two events: first the destination's, and only within its bounds the
 * source's, with the copying.
 *
 * @rule Step/memory.copy
 *
 *     (i32.const d) (i32.const s) (i32.const m) (memory.copy x y), where a = f.mem(x), a′ = f.mem(y)
 *       if a = a′:  ↪(len)                                           trap                (if max(d,s)+m > n)
 *                   ↪(len) ((rd a.data[s] b^m) (wr a.data[d] b^m))?  ε                   (if max(d,s)+m ≤ n)
 *       if a ≠ a′:  ↪(len)                                           trap                (if d+m > n)
 *                   ↪(len)                                           copy′ a d a′ s m    (if d+m ≤ n)
 */
export const stepMemoryCopy: Rule<PlainInstr> = {
  id: 'Step/memory.copy',
  source: 'core, Memory Instructions; as one event like OOPSLA19 Fig. 8',
  ask(z, instr) {
    const { to, from, d, s, n, actions } = copyOf(z, instr);
    return to.addr === from.addr
      ? accessOf(to, Math.max(d, s) + n, actions, siteOf(instr))
      : accessOf(to, d + n, [], siteOf(instr));
  },
  step(z, instr, answer) {
    const { to, from, s, n, actions } = copyOf(z, instr);
    popMany(z, 3);
    if (!inBounds(z, answer, siteOf(instr)) || to.addr === from.addr) return;
    z.admin = { kind: 'copy', request: accessOf(from, s + n, actions, siteOf(instr)) };
  },
};

/**
 * @rule Step/memory.copy-source
 *
 *     copy′ a d a′ s m ↪(rd a′.length n)                                            trap    (if s+m > n)
 *     copy′ a d a′ s m ↪(rd a′.length n) ((rd a′.data[s] b^m) (wr a.data[d] b^m))?  ε       (if s+m ≤ n)
 */
export const stepCopySource: Rule<Extract<Admin, { kind: 'copy' }>> = {
  id: 'Step/memory.copy-source',
  source: 'core, Memory Instructions; as one event like OOPSLA19 Fig. 8',
  ask: (_, { request }): AccessRequest => request,
  step(z, { request }, answer) {
    inBounds(z, answer, request.site);
  },
};

function copyOf(z: State, { imm }: PlainInstr) {
  assert(imm.kind === 'index-pair', 'memory.copy has two memories');
  const to = memoryOf(z, imm.x);
  const from = memoryOf(z, imm.y);
  const [d, s, n] = [unsigned(peek(z, 2)), unsigned(peek(z, 1)), unsigned(peek(z, 0))];
  const copy: readonly AskedAction[] = [
    { kind: 'rd', ...block(from, s, n) },
    { kind: 'wr-copy', ...block(to, d, n), copies: 0 },
  ];
  return { to, from, d, s, n, actions: n === 0 ? [] : copy };
}

/** Bulk accesses are unordered and tear. */
function block(memory: MemInst, offset: number, size: number): Access {
  return { region: memory.data, offset, size, order: 'unord', tearFree: false };
}
