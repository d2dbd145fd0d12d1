import { known } from '../base/assert.ts';
import type { Immediate } from '../syntax/module.ts';
import type { Format } from './float-bits.ts';
import { FORMATS } from './float-bits.ts';
import type { Sign, Width } from './integer.ts';
import { rangeOf } from './integer.ts';

/** Vectors and their lanes [core, Vector Operations; Storage: lanes_sh]. A vector is its 128 bits; lane 0 is the least significant. */

/** `t N x count`: 128 bits as lanes of N. */
export interface Shape {
  readonly N: Width;
  readonly count: number;
  /** null: the lanes are integers. */
  readonly format: Format | null;
}

function shape(N: Width, format: Format | null): Shape {
  return { N, count: 128 / N, format };
}

const SHAPES: Readonly<Record<string, Shape>> = {
  i8x16: shape(8, null),
  i16x8: shape(16, null),
  i32x4: shape(32, null),
  i64x2: shape(64, null),
  f32x4: shape(32, FORMATS.f32),
  f64x2: shape(64, FORMATS.f64),
};

export function shapeOf(name: string): Shape {
  return known(SHAPES[name], `shape ${name}`);
}

/** Integer lanes of N bits. */
export function integersOfWidth(N: Width): Shape {
  return shape(N, null);
}

/** What a vector instruction computes from the bits of its operands. */
export type VectorOperator = (operands: readonly bigint[], imm: Immediate) => bigint;

/** N ones. */
export function ones(N: Width): bigint {
  return rangeOf(N, 'u').greatest;
}

/** lanes_sh */
export function lanesOf({ N, count }: Shape, vector: bigint): readonly bigint[] {
  return Array.from({ length: count }, (_, k) => (vector >> BigInt(k * N)) & ones(N));
}

/** Its inverse; lanes that are not given are zero. */
export function fromLanes({ N }: Shape, lanes: readonly bigint[]): bigint {
  return lanes.reduceRight((vector, lane) => (vector << BigInt(N)) + lane, 0n);
}

/** A lane's name in a mnemonic, `op_half_sh_sx_zero`, taken apart: which lanes of which shape are taken, and read how. */
export interface Source {
  readonly operation: string;
  readonly high: boolean;
  readonly shape: Shape;
  readonly sign: Sign;
}

/** The operation on another shape that the name says; null if it says none. */
export function sourceOf(name: string): Source | null {
  const match = /^(\w+?)_(?:(low|high)_)?([if]\d+x\d+)(?:_([su]))?(?:_zero)?$/.exec(name);
  if (match === null) return null;
  const [, operation = '', half, lanes = '', sign] = match;
  return { operation, high: half === 'high', shape: shapeOf(lanes), sign: sign === 'u' ? 'u' : 's' };
}
