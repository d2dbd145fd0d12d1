import { known } from '../base/assert.ts';
import { FLOAT_BINARY, FLOAT_COMPARISON, FLOAT_UNARY } from './float.ts';
import type { Format } from './float-bits.ts';
import type { Width } from './integer.ts';
import { INT_BINARY, INT_COMPARISON, INT_UNARY, saturate, signedOf, unsignedOf } from './integer.ts';
import type { Shape, VectorOperator } from './vector-shape.ts';
import { fromLanes, lanesOf, ones } from './vector-shape.ts';

/** Vector operators that do to each lane, alone, what a scalar operator does [core, Vector Operations]. */

/** On the lanes at one place; operators of fewer operands ignore the others. */
type LaneOperator = (a: bigint, b: bigint, c: bigint) => bigint;

/** Operators that only lanes have. */
const LANE_UNARY: typeof INT_UNARY = {
  abs: (N, i) => (signedOf(N, i) < 0n ? unsignedOf(N, -i) : i),
  neg: (N, i) => unsignedOf(N, -i),
};

const LANE_BINARY: typeof INT_BINARY = {
  add_sat_s: (N, i, j) => saturate(N, 's', signedOf(N, i) + signedOf(N, j)),
  add_sat_u: (N, i, j) => saturate(N, 'u', i + j),
  sub_sat_s: (N, i, j) => saturate(N, 's', signedOf(N, i) - signedOf(N, j)),
  sub_sat_u: (N, i, j) => saturate(N, 'u', i - j),
  min_s: (N, i, j) => (signedOf(N, i) <= signedOf(N, j) ? i : j),
  min_u: (_, i, j) => (i <= j ? i : j),
  max_s: (N, i, j) => (signedOf(N, i) >= signedOf(N, j) ? i : j),
  max_u: (_, i, j) => (i >= j ? i : j),
  avgr_u: (_, i, j) => (i + j + 1n) / 2n,
  q15mulr_sat_s: (N, i, j) => saturate(N, 's', (signedOf(N, i) * signedOf(N, j) + 2n ** 14n) >> 15n),
};

/**
 * What a relaxed operator does in the deterministic profile, where every choice is the first of its list [core, Relaxed Operations;
 * Profiles]: mostly what its strict twin does.
 */
export function deterministic(name: string): string {
  switch (name) {
    case 'relaxed_q15mulr_s':
      return 'q15mulr_sat_s';
    case 'relaxed_min':
    case 'relaxed_max':
    case 'relaxed_swizzle':
      return name.slice('relaxed_'.length);
    default:
      return name.replace(/^relaxed_trunc_/, 'trunc_sat_');
  }
}

/** The bits of i₁ where i₃ has ones, those of i₂ elsewhere. */
function bitselect(i1: bigint, i2: bigint, i3: bigint): bigint {
  return (i1 & i3) | (i2 & ~i3);
}

/** A lane of ones where the comparison holds. */
function mask(N: Width, holds: (a: bigint, b: bigint) => boolean): LaneOperator {
  return (a, b) => (holds(a, b) ? ones(N) : 0n);
}

function onIntegers(N: Width, name: string): LaneOperator | null {
  const unary = LANE_UNARY[name] ?? INT_UNARY[name];
  if (unary !== undefined) return (i) => unary(N, i);
  const binary = LANE_BINARY[name] ?? INT_BINARY[name];
  if (binary !== undefined) return (i, j) => binary(N, i, j);
  const comparison = INT_COMPARISON[name];
  if (comparison !== undefined) return mask(N, (i, j) => comparison(N, i, j));
  return name === 'relaxed_laneselect' ? bitselect : null;
}

function onFloats(F: Format, N: Width, name: string): LaneOperator | null {
  const unary = FLOAT_UNARY[name];
  if (unary !== undefined) return (a) => unary(F, a);
  const binary = FLOAT_BINARY[name];
  if (binary !== undefined) return (a, b) => binary(F, a, b);
  const comparison = FLOAT_COMPARISON[name];
  if (comparison !== undefined) return mask(N, (a, b) => comparison(F, a, b));
  return multiplyAdd(F, name);
}

/** Unfused in the deterministic profile: the product is rounded, then the sum. */
function multiplyAdd(F: Format, name: string): LaneOperator | null {
  const add = known(FLOAT_BINARY['add'], 'add');
  const mul = known(FLOAT_BINARY['mul'], 'mul');
  const neg = known(FLOAT_UNARY['neg'], 'neg');
  switch (name) {
    case 'relaxed_madd':
      return (a, b, c) => add(F, mul(F, a, b), c);
    case 'relaxed_nmadd':
      return (a, b, c) => add(F, mul(F, neg(F, a), b), c);
    default:
      return null;
  }
}

/** The lanewise operator `shape.name`; null if it is none. */
export function lanewise(shape: Shape, name: string): VectorOperator | null {
  const { N, format } = shape;
  const f = format === null ? onIntegers(N, name) : onFloats(format, N, name);
  if (f === null) return null;
  return (vectors) => {
    const [first = [], second = [], third = []] = vectors.map((vector) => lanesOf(shape, vector));
    return fromLanes(
      shape,
      first.map((a, k) => f(a, second[k] ?? 0n, third[k] ?? 0n)),
    );
  };
}

/** Shifts: every lane by the same count. */
export function shift(shape: Shape, name: string): VectorOperator | null {
  const f = /^sh[lr]/.test(name) ? INT_BINARY[name] : undefined;
  if (f === undefined) return null;
  return ([vector = 0n, count = 0n]) =>
    fromLanes(
      shape,
      lanesOf(shape, vector).map((i) => f(shape.N, i, count)),
    );
}

/** Operators on the whole vector as one integer. */
export const BITWISE: Readonly<Record<string, (a: bigint, b: bigint, c: bigint) => bigint>> = {
  not: (a) => a ^ (2n ** 128n - 1n),
  and: (a, b) => a & b,
  andnot: (a, b) => a & ~b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
  bitselect,
  any_true: (a) => (a === 0n ? 0n : 1n),
};
