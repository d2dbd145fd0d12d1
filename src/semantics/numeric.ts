import { assertNever, Bug, known } from '../base/assert.ts';
import type { Result } from '../base/result.ts';
import { ok } from '../base/result.ts';
import { NUMERIC_ROWS } from '../syntax/numeric-rows.ts';
import type { DataType, NumType } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import { fromInt, reformat, truncate, truncateSaturating } from './conversion.ts';
import type { Format } from './float-bits.ts';
import { FORMATS } from './float-bits.ts';
import { FLOAT_BINARY, FLOAT_COMPARISON, FLOAT_UNARY } from './float.ts';
import type { Sign } from './integer.ts';
import { extend, INT_BINARY, INT_COMPARISON, INT_DIVISION, INT_UNARY, signedOf, unsignedOf } from './integer.ts';

/** Numeric instructions [core, Numerics]: which operator each is, on the bits of its operands. */

/** A numeric result, or why there is none: the trap's reason. */
export type Numeric = Result<Value, string>;

/** The bits of a number or vector as one unsigned integer. */
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
export function valueOf(t: DataType, bits: bigint): Value {
  switch (t) {
    case 'i32':
      return { type: t, value: Number(signedOf(32, bits)) };
    case 'i64':
      return { type: t, value: signedOf(64, bits) };
    case 'f32':
      return { type: t, bits: Number(bits) };
    case 'f64':
    case 'v128':
      return { type: t, bits };
    default:
      return assertNever(t);
  }
}

/** An operator on bits; a unary one ignores its second operand. */
type Operator = (a: bigint, b: bigint) => bigint;
type PartialOperator = (a: bigint, b: bigint) => Result<bigint, string>;

function total(operator: Operator): PartialOperator {
  return (a, b) => ok(operator(a, b));
}

function truth(holds: (a: bigint, b: bigint) => boolean): PartialOperator {
  return (a, b) => ok(holds(a, b) ? 1n : 0n);
}

function operatorOf(type: NumType, name: string): PartialOperator | null {
  return type === 'i32' || type === 'i64'
    ? integerOperator(type === 'i32' ? 32 : 64, name)
    : floatOperator(FORMATS[type], name);
}

function integerOperator(N: 32 | 64, name: string): PartialOperator | null {
  const unary = INT_UNARY[name];
  if (unary !== undefined) return total((i) => unary(N, i));
  const binary = INT_BINARY[name];
  if (binary !== undefined) return total((i, j) => binary(N, i, j));
  const division = INT_DIVISION[name];
  if (division !== undefined) return (i, j) => division(N, i, j);
  const comparison = INT_COMPARISON[name];
  if (comparison !== undefined) return truth((i, j) => comparison(N, i, j));
  if (name === 'eqz') return truth((i) => i === 0n);
  if (name === 'wrap_i64') return total((i) => unsignedOf(N, i));
  return toInteger(N, name);
}

function toInteger(N: 32 | 64, name: string): PartialOperator | null {
  const { operation, type, sign } = conversion(name);
  switch (operation) {
    case 'extend':
      return total((i) => (sign === 's' ? extend(32, N, i) : i));
    case 'reinterpret':
      return total((a) => a);
    case 'trunc':
      return (a) => truncate(formatOf(type), N, sign, a);
    case 'trunc_sat':
      return total((a) => truncateSaturating(formatOf(type), N, sign, a));
    default:
      return null;
  }
}

function floatOperator(F: Format, name: string): PartialOperator | null {
  const unary = FLOAT_UNARY[name];
  if (unary !== undefined) return total((a) => unary(F, a));
  const binary = FLOAT_BINARY[name];
  if (binary !== undefined) return total((a, b) => binary(F, a, b));
  const comparison = FLOAT_COMPARISON[name];
  if (comparison !== undefined) return truth((a, b) => comparison(F, a, b));
  const { operation, type, sign } = conversion(name);
  switch (operation) {
    case 'convert':
      return total((i) => fromInt(F, type === 'i32' ? 32 : 64, sign, i));
    case 'promote':
    case 'demote':
      return total((a) => reformat(formatOf(type), F, a));
    case 'reinterpret':
      return total((i) => i);
    default:
      return null;
  }
}

/** The name `op_t_sx` of a conversion from type t, taken apart. */
function conversion(name: string): { readonly operation: string; readonly type: NumType; readonly sign: Sign } {
  const [, operation = '', type, sign] = /^(\w+)_([if](?:32|64))(?:_([su]))?$/.exec(name) ?? [];
  return { operation, type: type as NumType, sign: sign === 's' ? 's' : 'u' };
}

function formatOf(type: NumType): Format {
  if (type === 'i32' || type === 'i64') throw new Bug(`${type} is not a format of floats`);
  return FORMATS[type];
}

const OPERATORS: ReadonlyMap<string, { readonly result: DataType; readonly apply: PartialOperator }> = new Map(
  NUMERIC_ROWS.map(({ mnemonic, signature }) => {
    const dot = mnemonic.indexOf('.');
    const apply = operatorOf(mnemonic.slice(0, dot) as NumType, mnemonic.slice(dot + 1));
    const result = known(signature?.results[0], 'result') as NumType;
    return [mnemonic, { result, apply: known(apply, `operator of ${mnemonic}`) }];
  }),
);

/** What the numeric instruction `mnemonic` makes of its operands. */
export function applyNumeric(mnemonic: string, [first, second]: readonly Value[]): Numeric {
  const operator = OPERATORS.get(mnemonic);
  if (operator === undefined) throw new Bug(`no numeric instruction ${mnemonic}`);
  const a = bitsOf(known(first, 'first operand'));
  const b = second === undefined ? 0n : bitsOf(second);
  const c = operator.apply(a, b);
  return c.ok ? ok(valueOf(operator.result, c.value)) : c;
}
