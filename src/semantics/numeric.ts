import { assertNever, Bug, known } from '../base/assert.ts';
import type { Result } from '../base/result.ts';
import { err, ok } from '../base/result.ts';
import type { Value } from '../syntax/values.ts';
import { truncate, truncateSaturating } from './float-bits.ts';

/**
 * Numeric instructions [core, Numerics], defined as the specification does: on integers 0 ≤ i < 2^N, without limit on
 * size in between. Metavariables: N a width in bits, i j k unsigned integers below 2^N.
 */

/** A numeric result, or why there is none: the trap's reason. */
export type Numeric = Result<Value, string>;

type Width = 8 | 16 | 32 | 64;
type IntType = 'i32' | 'i64';

function widthOf(t: IntType): 32 | 64 {
  return t === 'i32' ? 32 : 64;
}

/** signed_N: the two's complement reading. */
function signedOf(N: Width, i: bigint): bigint {
  return i < 2n ** BigInt(N - 1) ? i : i - 2n ** BigInt(N);
}

/** Its inverse; also wrap: the residue modulo 2^N. */
function unsignedOf(N: Width, integer: bigint): bigint {
  const modulus = 2n ** BigInt(N);
  return ((integer % modulus) + modulus) % modulus;
}

/** The bits of a value as one unsigned integer. */
export function bitsOf(value: Value): bigint {
  switch (value.type) {
    case 'i32':
      return unsignedOf(32, BigInt(value.value));
    case 'i64':
      return unsignedOf(64, value.value);
    case 'f32':
      return BigInt(value.bits);
    case 'f64':
    case 'v128':
      return value.bits;
    case 'ref':
      throw new Bug('a reference has no bits');
    default:
      return assertNever(value);
  }
}

/** The value of type `t` with these bits. */
export function valueOf(t: 'i32' | 'i64' | 'f32' | 'f64', bits: bigint): Value {
  switch (t) {
    case 'i32':
      return { type: t, value: Number(signedOf(32, bits)) };
    case 'i64':
      return { type: t, value: signedOf(64, bits) };
    case 'f32':
      return { type: t, bits: Number(bits) };
    case 'f64':
      return { type: t, bits };
    default:
      return assertNever(t);
  }
}

/** The bits of `i`, most significant first. */
function digits(N: Width, i: bigint): string {
  return i.toString(2).padStart(N, '0');
}

type Unary = (N: 32 | 64, i: bigint) => bigint;

const UNARY: Readonly<Record<string, Unary>> = {
  clz: (N, i) => BigInt(known(/^0*/.exec(digits(N, i)), 'match')[0].length),
  ctz: (N, i) => BigInt(known(/0*$/.exec(digits(N, i)), 'match')[0].length),
  popcnt: (N, i) => BigInt(digits(N, i).replaceAll('0', '').length),
  extend8_s: (N, i) => extend(8, N, i),
  extend16_s: (N, i) => extend(16, N, i),
  extend32_s: (N, i) => extend(32, N, i),
};

/** extend_{M,N}^s of the lowest M bits. */
export function extend(M: Width, N: 32 | 64, i: bigint): bigint {
  return unsignedOf(N, signedOf(M, unsignedOf(M, i)));
}

type Binary = (N: 32 | 64, i: bigint, j: bigint) => bigint;

const BINARY: Readonly<Record<string, Binary>> = {
  add: (N, i, j) => unsignedOf(N, i + j),
  sub: (N, i, j) => unsignedOf(N, i - j),
  mul: (N, i, j) => unsignedOf(N, i * j),
  and: (_, i, j) => i & j,
  or: (_, i, j) => i | j,
  xor: (_, i, j) => i ^ j,
  shl: (N, i, j) => unsignedOf(N, i * 2n ** (j % BigInt(N))),
  shr_u: (N, i, j) => i / 2n ** (j % BigInt(N)),
  shr_s: (N, i, j) => unsignedOf(N, floorDivide(signedOf(N, i), 2n ** (j % BigInt(N)))),
  rotl: (N, i, j) => rotate(N, i, Number(j % BigInt(N))),
  rotr: (N, i, j) => rotate(N, i, N - Number(j % BigInt(N))),
};

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return quotient * b > a ? quotient - 1n : quotient;
}

/** The first k digits go to the end. */
function rotate(N: 32 | 64, i: bigint, k: number): bigint {
  const d = digits(N, i);
  return BigInt(`0b${d.slice(k)}${d.slice(0, k)}`);
}

/** Division truncates towards zero, as JavaScript's does on big integers; the remainder has the dividend's sign. */
const DIVISION: Readonly<Record<string, (N: 32 | 64, i: bigint, j: bigint) => Result<bigint, string>>> = {
  div_u: (_, i, j) => (j === 0n ? err('integer divide by zero') : ok(i / j)),
  div_s: (N, i, j) => {
    if (j === 0n) return err('integer divide by zero');
    const quotient = signedOf(N, i) / signedOf(N, j);
    return quotient === 2n ** BigInt(N - 1) ? err('integer overflow') : ok(unsignedOf(N, quotient));
  },
  rem_u: (_, i, j) => (j === 0n ? err('integer divide by zero') : ok(i % j)),
  rem_s: (N, i, j) => (j === 0n ? err('integer divide by zero') : ok(unsignedOf(N, signedOf(N, i) % signedOf(N, j)))),
};

const COMPARISON: Readonly<Record<string, (N: 32 | 64, i: bigint, j: bigint) => boolean>> = {
  eq: (_, i, j) => i === j,
  ne: (_, i, j) => i !== j,
  lt_u: (_, i, j) => i < j,
  gt_u: (_, i, j) => i > j,
  le_u: (_, i, j) => i <= j,
  ge_u: (_, i, j) => i >= j,
  lt_s: (N, i, j) => signedOf(N, i) < signedOf(N, j),
  gt_s: (N, i, j) => signedOf(N, i) > signedOf(N, j),
  le_s: (N, i, j) => signedOf(N, i) <= signedOf(N, j),
  ge_s: (N, i, j) => signedOf(N, i) >= signedOf(N, j),
};

/** What the numeric instruction `mnemonic` makes of its operands. */
export function applyNumeric(mnemonic: string, operands: readonly Value[]): Numeric {
  const { type, name } = split(mnemonic);
  const first = known(operands[0], 'first operand');
  const i = bitsOf(first);

  const unary = UNARY[name];
  if (unary !== undefined && isInt(type)) return ok(valueOf(type, unary(widthOf(type), i)));
  if (name === 'eqz') return ok(boolean(i === 0n));

  if (operands.length === 2 && isInt(type)) {
    const N = widthOf(type);
    const j = bitsOf(known(operands[1], 'second operand'));
    const binary = BINARY[name];
    if (binary !== undefined) return ok(valueOf(type, binary(N, i, j)));
    const comparison = COMPARISON[name];
    if (comparison !== undefined) return ok(boolean(comparison(N, i, j)));
    const divided = DIVISION[name]?.(N, i, j);
    if (divided !== undefined) return divided.ok ? ok(valueOf(type, divided.value)) : divided;
  }
  return convert(type, name, first);
}

/** Conversions `t2.op_t1_sx` [core, Conversions]. */
function convert(type: Value['type'], name: string, operand: Value): Numeric {
  const i = bitsOf(operand);
  switch (name) {
    case 'wrap_i64':
      return ok(valueOf('i32', unsignedOf(32, i)));
    case 'extend_i32_u':
      return ok(valueOf('i64', i));
    case 'extend_i32_s':
      return ok(valueOf('i64', extend(32, 64, i)));
    case 'reinterpret_f32':
    case 'reinterpret_f64':
    case 'reinterpret_i32':
    case 'reinterpret_i64':
      if (type !== 'ref' && type !== 'v128') return ok(valueOf(type, i));
      break;
  }
  const trunc = /^trunc_(sat_)?f(?:32|64)_([su])$/.exec(name);
  if (trunc === null || !isInt(type) || (operand.type !== 'f32' && operand.type !== 'f64'))
    throw new Bug(`no numeric instruction ${type}.${name}`);
  const N = widthOf(type);
  const range = trunc[2] === 's' ? signedRange(N) : { least: 0n, greatest: 2n ** BigInt(N) - 1n };
  const integer = trunc[1] === undefined ? truncate(operand, range) : ok(truncateSaturating(operand, range));
  return integer.ok ? ok(valueOf(type, unsignedOf(N, integer.value))) : integer;
}

function signedRange(N: 32 | 64): { least: bigint; greatest: bigint } {
  const half = 2n ** BigInt(N - 1);
  return { least: -half, greatest: half - 1n };
}

function split(mnemonic: string): { type: Value['type']; name: string } {
  const dot = mnemonic.indexOf('.');
  return { type: mnemonic.slice(0, dot) as Value['type'], name: mnemonic.slice(dot + 1) };
}

function isInt(type: Value['type']): type is IntType {
  return type === 'i32' || type === 'i64';
}

function boolean(holds: boolean): Value {
  return { type: 'i32', value: holds ? 1 : 0 };
}
