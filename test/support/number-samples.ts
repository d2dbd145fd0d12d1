import { known } from '../../src/base/assert.ts';
import type { DataType } from '../../src/syntax/types.ts';
import type { NumberCase } from './number-cases.ts';

/** Operands on which numeric and vector instructions are likely to go wrong, among others. */

const INTEGERS = [0n, 1n, -1n, 2n, -2n, 7n, 31n, 32n, 63n, 64n, 0x55n, -0x56n];

/** Integers of a width where carries, signs and saturation change. */
function integerEdges(width: number): readonly bigint[] {
  const top = 1n << BigInt(width - 1);
  const half = 1n << BigInt(width / 2);
  return [
    ...INTEGERS,
    top,
    top - 1n,
    top + 1n,
    top - 2n,
    half,
    half - 1n,
    half / 2n,
    half / 2n - 1n,
    -half,
    -half / 2n,
  ];
}

const REALS = [
  0,
  0.25,
  0.5,
  0.75,
  0.9999999,
  1,
  1.5,
  2.5,
  3.5,
  1 + 2 ** -23,
  1 - 2 ** -24,
  3,
  7.5,
  100.5,
  127.5,
  128,
  255,
  32767.5,
  2 ** 22 + 0.5,
  2 ** 23 - 0.5,
  2 ** 23 + 1,
  2 ** 24 + 1,
  2 ** 24 + 2,
  2 ** 31 - 128,
  2 ** 31 - 1,
  2 ** 31 - 0.5,
  2 ** 31,
  2 ** 31 + 1,
  2 ** 32 - 256,
  2 ** 32 - 0.5,
  2 ** 32,
  2 ** 51 + 0.5,
  2 ** 52 - 0.5,
  2 ** 52 + 1,
  2 ** 53 - 1,
  2 ** 53 + 2,
  2 ** 63 - 1024,
  2 ** 63,
  2 ** 64 - 2048,
  2 ** 64,
  2 ** -126,
  2 ** -126 - 2 ** -149,
  2 ** -149,
  2 ** -149 * 1.5,
  2 ** -150,
  2 ** -75,
  2 ** -63,
  2 ** 64,
  2 ** 127,
  2 ** 128 - 2 ** 104,
  2 ** 128 - 2 ** 103,
  2 ** -1022,
  2 ** -1022 - 2 ** -1074,
  2 ** -1074,
  2 ** -537,
  2 ** 512,
  1.7976931348623157e308,
  Number.POSITIVE_INFINITY,
];
const NANS_32 = [0x7fc0_0000n, 0xffc0_0000n, 0x7f80_0001n, 0xff81_2345n, 0x7fff_ffffn];
const NANS_64 = [0x7ff8_0000_0000_0000n, 0xfff8_0000_0000_0000n, 0x7ff0_0000_0000_0001n, 0xfff1_2345_6789_abcdn];

const view = new DataView(new ArrayBuffer(8));

function singleBits(x: number): bigint {
  view.setFloat32(0, x);
  return BigInt(view.getUint32(0));
}

function doubleBits(x: number): bigint {
  view.setFloat64(0, x);
  return view.getBigUint64(0);
}

const SIGNED_REALS = REALS.flatMap((x) => [x, -x]);

type LaneType = 'i8' | 'i16' | 'i32' | 'i64' | 'f32' | 'f64';
const LANE_TYPES: readonly LaneType[] = ['i8', 'i16', 'i32', 'i64', 'f32', 'f64'];

const EDGES: Readonly<Record<LaneType, readonly bigint[]>> = {
  i8: integerEdges(8),
  i16: integerEdges(16),
  i32: integerEdges(32),
  i64: integerEdges(64),
  f32: [...SIGNED_REALS.map(singleBits), ...NANS_32],
  f64: [...SIGNED_REALS.map(doubleBits), ...NANS_64],
};

/** Pseudo-random 64 bits. */
export type Next = () => bigint;

function pick<T>(items: readonly T[], next: Next): T {
  return known(items[Number(next() % BigInt(items.length))], 'item');
}

/** Half of them special; of the others, half of the floats are near 1, so that their digits meet. */
function sampleLane(t: LaneType, next: Next): bigint {
  const width = Number(t.slice(1));
  if (next() % 2n === 0n) return BigInt.asUintN(width, pick(EDGES[t], next));
  const bits = BigInt.asUintN(width, next());
  if (next() % 2n === 0n) return bits;
  const exponent = next() % 8n;
  if (t === 'f32') return (bits & 0x807f_ffffn) | ((124n + exponent) << 23n);
  if (t === 'f64') return (bits & 0x800f_ffff_ffff_ffffn) | ((1020n + exponent) << 52n);
  return bits;
}

/** Bits of an operand; a vector's lanes are most often of a type that the instruction names. */
export function sampleBits({ mnemonic }: NumberCase, t: DataType, next: Next): bigint {
  if (t !== 'v128') return sampleLane(t, next);
  const named = LANE_TYPES.filter((lane) => mnemonic.includes(`${lane}x`));
  const lane = pick(named.length > 0 && next() % 8n !== 0n ? named : LANE_TYPES, next);
  const width = Number(lane.slice(1));
  let bits = 0n;
  for (let at = 0; at < 128; at += width) bits |= sampleLane(lane, next) << BigInt(at);
  return bits;
}
