import { assert, known } from '../base/assert.ts';
import type { Immediate } from '../syntax/module.ts';
import { extend, signedOf, unsignedOf } from './integer.ts';
import type { Shape, VectorOperator } from './vector-shape.ts';
import { fromLanes, lanesOf } from './vector-shape.ts';

/** Vector operators that put lanes in, take them out, move them, or look at all of them [core, Vector Instructions]. */

/** The index that is the immediate: a lane. */
function laneIndex(imm: Immediate): number {
  assert(imm.kind === 'index', 'a lane');
  return imm.x;
}

/** The lane with the given number in place of the old one. */
export function withLane(shape: Shape, vector: bigint, index: number, lane: bigint): bigint {
  return fromLanes(shape, lanesOf(shape, vector).with(index, lane));
}

export function laneAt(shape: Shape, vector: bigint, index: number): bigint {
  return known(lanesOf(shape, vector)[index], 'lane');
}

/** All lanes the same. */
export function splat(shape: Shape, lane: bigint): bigint {
  return fromLanes(
    shape,
    Array.from({ length: shape.count }, () => lane),
  );
}

/** An operand is wrapped to a packed lane; a packed lane that is taken out is extended to 32 bits. */
const ON_LANES: Readonly<Record<string, (shape: Shape) => VectorOperator>> = {
  splat:
    (shape) =>
    ([lane = 0n]) =>
      splat(shape, unsignedOf(shape.N, lane)),
  extract_lane:
    (shape) =>
    ([vector = 0n], imm) =>
      laneAt(shape, vector, laneIndex(imm)),
  extract_lane_s:
    (shape) =>
    ([vector = 0n], imm) =>
      extend(shape.N, 32, laneAt(shape, vector, laneIndex(imm))),
  extract_lane_u:
    (shape) =>
    ([vector = 0n], imm) =>
      laneAt(shape, vector, laneIndex(imm)),
  replace_lane:
    (shape) =>
    ([vector = 0n, lane = 0n], imm) =>
      withLane(shape, vector, laneIndex(imm), unsignedOf(shape.N, lane)),
  swizzle:
    (shape) =>
    ([vector = 0n, indices = 0n]) =>
      chosen(shape, lanesOf(shape, vector), lanesOf(shape, indices).map(Number)),
  shuffle:
    (shape) =>
    ([first = 0n, second = 0n], imm) => {
      assert(imm.kind === 'lanes', '16 lanes');
      return chosen(shape, [...lanesOf(shape, first), ...lanesOf(shape, second)], imm.lanes);
    },
  all_true:
    (shape) =>
    ([vector = 0n]) =>
      lanesOf(shape, vector).includes(0n) ? 0n : 1n,
  bitmask:
    (shape) =>
    ([vector = 0n]) =>
      lanesOf(shape, vector).reduce((bits, i, k) => (signedOf(shape.N, i) < 0n ? bits + 2n ** BigInt(k) : bits), 0n),
};

/** The lanes with these numbers; zero where there is none. */
function chosen(shape: Shape, lanes: readonly bigint[], indices: readonly number[]): bigint {
  return fromLanes(
    shape,
    indices.map((index) => lanes[index] ?? 0n),
  );
}

/** The operator `shape.name` on lanes as such; null if it is none. */
export function onLanes(shape: Shape, name: string): VectorOperator | null {
  return ON_LANES[name]?.(shape) ?? null;
}
