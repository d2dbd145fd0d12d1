import type { Access } from '../event/action.ts';
import { unitAt } from '../event/units.ts';
import type { PlainInstr } from '../syntax/module.ts';
import { PAGE_SIZE } from '../syntax/types.ts';
import type { MemInst } from '../runtime/instance.ts';
import {
  accessOf,
  accessOrder,
  addressed,
  greatest,
  inBounds,
  lengthRequest,
  meaningOf,
  memoryOf,
  storageOfMemory,
} from './access.ts';
import { copyOf, fillOf, later } from './bulk.ts';
import { bytesOf, integerOf, shownAs } from './bytes.ts';
import type { State } from './config.ts';
import { extend } from './integer.ts';
import { valueOf } from './numeric.ts';
import { lengthAt, lengthValue, peek, pop, popMany, push, unsigned } from './operands.ts';
import type { Attempt, Rule } from './rule.ts';
import { expect, indexOf, pairOf, siteOf, succeeds, trap } from './rule.ts';

/**
 * @rule Step/load
 *
 *     (at.const k) (t.load.ord pt o) ↪                                    trap         (if atomic, (k+o) mod |pt| ≠ 0)
 *     (at.const k) (t.load.ord pt o) ↪(len)                               trap         (if k+o+|pt| > n)
 *     (at.const k) (t.load.ord pt o) ↪(len) (rd_ord a.data[k+o] bits(c))  t.const c    (if k+o+|pt| ≤ n)
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
 *     (at.const k) (t.const c) (t.store.ord sz o) ↪                                    trap  (if atomic, sz ∤ k+o)
 *     (at.const k) (t.const c) (t.store.ord sz o) ↪(len)                               trap  (if k+o+sz > n)
 *     (at.const k) (t.const c) (t.store.ord sz o) ↪(len) (wr_ord a.data[k+o] bits(c))  ε     (if k+o+sz ≤ n)
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
 *     memory.size ↪(rd_seqcst a.length n)  at.const n    (n in pages, at the memory's address type)
 */
export const stepMemorySize: Rule<PlainInstr> = {
  id: 'Step/memory.size',
  source: 'OOPSLA19 Fig. 9',
  ask: (z, instr) => lengthRequest(memoryOf(z, indexOf(instr)).length, siteOf(instr, 'i32')),
  step(z, instr, answer) {
    const { type } = memoryOf(z, indexOf(instr));
    push(z, lengthValue(type.addr, unitAt(expect(answer, 'units').units, 0)));
  },
};

/**
 * @rule Step/memory.grow
 *
 *     (at.const k) memory.grow ↪(rd_seqcst a.length n)                                 at.const -1    (n in pages)
 *     (at.const k) memory.grow ↪(rmw a.length n (n+k)) (wr a.data[n·64Ki] 0^(k·64Ki))  at.const n     (n in pages)
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
      delta: lengthAt(z, 0),
      max: greatest(type, 'memory'),
      site: siteOf(instr),
    };
  },
  step(z, instr, answer) {
    pop(z);
    push(z, lengthValue(memoryOf(z, indexOf(instr)).type.addr, expect(answer, 'grown').previous));
  },
};

/**
 * @rule Step/memory.fill
 *
 *     (at.const d) (i32.const c) (at.const m) memory.fill ↪(len)                      trap    (if d+m > n)
 *     (at.const d) (i32.const c) (at.const m) memory.fill ↪(len) (wr a.data[d] c^m)?  ε       (if d+m ≤ n)
 */
export const stepMemoryFill: Rule<PlainInstr> = {
  id: 'Step/memory.fill',
  source: 'core, Memory Instructions; as one event like OOPSLA19 Fig. 8',
  ask: (z, instr) => memoryFill(z, instr).request,
  step(z, instr, answer) {
    const attempt = memoryFill(z, instr);
    popMany(z, 3);
    succeeds(z, attempt, answer);
  },
};

function memoryFill(z: State, instr: PlainInstr): Attempt {
  const to = storageOfMemory(memoryOf(z, indexOf(instr)));
  return fillOf(to, lengthAt(z, 2), lengthAt(z, 0), unsigned(peek(z, 1)) % 256, siteOf(instr));
}

/**
 * Two memories have two lengths, which are read by two events.
 *
 * @rule Step/memory.copy
 *
 *     (at.const d) (at′.const s) (at″.const m) (memory.copy x y), where a = f.mem(x), a′ = f.mem(y)
 *       if a = a′:  ↪(len)                                           trap                (if max(d,s)+m > n)
 *                   ↪(len) ((rd a.data[s] b^m) (wr a.data[d] b^m))?  ε                   (if max(d,s)+m ≤ n)
 *       if a ≠ a′:  ↪(len)                                           trap                (if d+m > n)
 *                   ↪(len)                                           copy′ a d a′ s m    (if d+m ≤ n)
 */
export const stepMemoryCopy: Rule<PlainInstr> = {
  id: 'Step/memory.copy',
  source: 'core, Memory Instructions; as one event like OOPSLA19 Fig. 8',
  ask: (z, instr) => memoryCopy(z, instr).first.request,
  step(z, instr, answer) {
    const { first, second } = memoryCopy(z, instr);
    popMany(z, 3);
    if (succeeds(z, first, answer) && second !== null) z.admin = later('copy', second);
  },
};

function memoryCopy(z: State, instr: PlainInstr) {
  const { x, y } = pairOf(instr);
  const [to, from] = [storageOfMemory(memoryOf(z, x)), storageOfMemory(memoryOf(z, y))];
  return copyOf(to, from, lengthAt(z, 2), lengthAt(z, 1), lengthAt(z, 0), siteOf(instr));
}
