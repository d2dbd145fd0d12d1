import { assert } from '../base/assert.ts';
import type { Access } from '../event/action.ts';
import type { Site } from '../event/request.ts';
import type { PlainInstr } from '../syntax/module.ts';
import type { MemInst } from '../runtime/instance.ts';
import { accessOf, addressed, inBounds, meaningOf } from './access.ts';
import { bytesOf, integerOf } from './bytes.ts';
import type { Width } from './integer.ts';
import { extend } from './integer.ts';
import { bitsOf, valueOf } from './numeric.ts';
import { peek, pop, popMany, push } from './operands.ts';
import type { Rule } from './rule.ts';
import { expect, siteOf } from './rule.ts';
import { laneAt, splat, withLane } from './vector-lanes.ts';
import type { Shape } from './vector-shape.ts';
import { fromLanes, integersOfWidth, lanesOf } from './vector-shape.ts';

/** Loads and stores of vectors and of lanes [core, Vector Memory Instructions]; their events are those of other accesses. */

/**
 * @rule Step/vector-load
 *
 *     (at.const k) (v128.load pt o) ↪(len)                                 trap                        (if k+o+|pt| > n)
 *     (at.const k) (v128.load pt o) ↪(len) (rd_unord a.data[k+o] bits(c))  v128.const vector_pt(c)     (if k+o+|pt| ≤ n)
 */
export const stepVectorLoad: Rule<PlainInstr> = {
  id: 'Step/vector-load',
  source: 'core, Vector Memory Instructions; OOPSLA19 Fig. 8',
  ask(z, instr) {
    const { bytes } = meaningOf(instr, 'vector-load');
    const { memory, ea } = addressed(z, instr, 0);
    return accessOf(memory, ea + bytes, [{ kind: 'rd', ...vectorAccess(memory, ea, bytes) }], siteOfLoad(instr, bytes));
  },
  step(z, instr, answer) {
    const { bytes } = meaningOf(instr, 'vector-load');
    pop(z);
    if (!inBounds(z, answer, siteOfLoad(instr, bytes))) return;
    push(z, valueOf('v128', vectorOf(instr.op, integerOf(expect(answer, 'units').units))));
  },
};

/**
 * @rule Step/vector-load-lane
 *
 *     (at.const k) (v128.const c) (v128.load_lane N o j) ↪(len)                                  trap                         (if k+o+N/8 > n)
 *     (at.const k) (v128.const c) (v128.load_lane N o j) ↪(len) (rd_unord a.data[k+o] bits(c′))  v128.const (c with [j] = c′)  (if k+o+N/8 ≤ n)
 */
export const stepVectorLoadLane: Rule<PlainInstr> = {
  id: 'Step/vector-load-lane',
  source: 'core, Vector Memory Instructions; OOPSLA19 Fig. 8',
  ask(z, instr) {
    const { bytes } = meaningOf(instr, 'vector-load');
    const { memory, ea } = addressed(z, instr, 1);
    return accessOf(memory, ea + bytes, [{ kind: 'rd', ...vectorAccess(memory, ea, bytes) }], siteOfLoad(instr, bytes));
  },
  step(z, instr, answer) {
    const { bytes } = meaningOf(instr, 'vector-load');
    const c = bitsOf(pop(z));
    pop(z);
    if (!inBounds(z, answer, siteOfLoad(instr, bytes))) return;
    const lane = integerOf(expect(answer, 'units').units);
    push(z, valueOf('v128', withLane(shapeOfBytes(bytes), c, laneOf(instr), lane)));
  },
};

/**
 * @rule Step/vector-store
 *
 *     (at.const k) (v128.const c) (v128.store o) ↪(len)                               trap  (if k+o+16 > n)
 *     (at.const k) (v128.const c) (v128.store o) ↪(len) (wr_unord a.data[k+o] bits(c))  ε     (if k+o+16 ≤ n)
 */
export const stepVectorStore: Rule<PlainInstr> = {
  id: 'Step/vector-store',
  source: 'core, Vector Memory Instructions; OOPSLA19 Fig. 8',
  ask(z, instr) {
    const { bytes } = meaningOf(instr, 'vector-store');
    const { memory, ea } = addressed(z, instr, 1);
    const written = bytesOf(peek(z, 0), bytes);
    return accessOf(memory, ea + bytes, [{ kind: 'wr', ...vectorAccess(memory, ea, bytes), written }], siteOf(instr));
  },
  step(z, instr, answer) {
    popMany(z, 2);
    inBounds(z, answer, siteOf(instr));
  },
};

/**
 * @rule Step/vector-store-lane
 *
 *     (at.const k) (v128.const c) (v128.store_lane N o j) ↪(len)                                  trap  (if k+o+N/8 > n)
 *     (at.const k) (v128.const c) (v128.store_lane N o j) ↪(len) (wr_unord a.data[k+o] bits(c[j]))  ε     (if k+o+N/8 ≤ n)
 */
export const stepVectorStoreLane: Rule<PlainInstr> = {
  id: 'Step/vector-store-lane',
  source: 'core, Vector Memory Instructions; OOPSLA19 Fig. 8',
  ask(z, instr) {
    const { bytes } = meaningOf(instr, 'vector-store');
    const { memory, ea } = addressed(z, instr, 1);
    const lane = laneAt(shapeOfBytes(bytes), bitsOf(peek(z, 0)), laneOf(instr));
    const written = bytesOf(valueOf('v128', lane), bytes);
    return accessOf(memory, ea + bytes, [{ kind: 'wr', ...vectorAccess(memory, ea, bytes), written }], siteOf(instr));
  },
  step: stepVectorStore.step,
};

/** tear-free: aligned and of at most four bytes, as other accesses are [OOPSLA19 Fig. 15]. */
function vectorAccess({ data }: MemInst, ea: number, bytes: number): Access {
  return { region: data, offset: ea, size: bytes, order: 'unord', tearFree: bytes <= 4 && ea % bytes === 0 };
}

function siteOfLoad(instr: PlainInstr, bytes: number): Site {
  return siteOf(instr, bytes === 16 ? 'v128' : `i${bytes * 8}`);
}

/** vector_pt: the vector that a load makes of the integer that it reads; pt is the rest of the mnemonic. */
function vectorOf(mnemonic: string, c: bigint): bigint {
  const [, width, count, sign, form] = /^v128\.load(\d+)?(?:x(\d+)_([su]))?(?:_(\w+))?$/.exec(mnemonic) ?? [];
  const N = Number(width) as Width;
  if (form === 'splat') return splat(integersOfWidth(N), c);
  if (count === undefined) return c;
  const wide = integersOfWidth((2 * N) as Width);
  const lanes = lanesOf(integersOfWidth(N), c).slice(0, Number(count));
  return fromLanes(wide, sign === 's' ? lanes.map((i) => extend(N, wide.N, i)) : lanes);
}

function shapeOfBytes(bytes: number): Shape {
  return integersOfWidth((8 * bytes) as Width);
}

function laneOf({ imm }: PlainInstr): number {
  assert(imm.kind === 'memarg-lane', 'a lane');
  return imm.lane;
}
