import { assertNever } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import { err, ok } from '../../base/result.ts';
import type { RefType, ValType } from '../../syntax/types.ts';
import type { Value } from '../../syntax/values.ts';
import { i31Id, i31Of, isI31, NULL, vectorBits } from '../../syntax/values.ts';
import { printValue } from '../../syntax/print-values.ts';
import { printClosedRef } from '../../valid/extern-text.ts';
import { matchHeapType } from '../../valid/match.ts';
import type { Compartment } from './compartment.ts';
import { Func } from './func.ts';
import { belongsElsewhere } from './home.ts';
import { isOfType } from './value-types.ts';

/**
 * JavaScript's values as Wasm's, in the manner of the JavaScript API, but that nothing is coerced: numbers for i32, f32 and f64 (whole ones
 * in range, signed or not, for i32), bigints for i64 and v128, functions of the compartment, null, numbers for i31, and anything at
 * all for externref. An exact `Value` may stand wherever its type is wanted.
 */
export function toValue(home: Compartment, t: ValType, given: unknown): Result<Value, string> {
  if (given instanceof Func && given.compartment !== home)
    return err(belongsElsewhere('the function', given.compartment, home));
  const value = isExact(given, t) ? given : typeof t === 'string' ? numeric(t, given) : reference(home, t, given);
  if (value !== null && isOfType(home.refs, value, t)) return ok(value);
  return err(`${value === null ? printJs(given) : printExact(home, value)} is not of type ${printType(t)}`);
}

/** The JavaScript form of a value; an object of Wasm's stays what it is, an exact `Value`. */
export function fromValue(home: Compartment, value: Value): unknown {
  switch (value.type) {
    case 'i32':
    case 'i64':
      return value.value;
    case 'f32':
      floats.setUint32(0, value.bits);
      return floats.getFloat32(0);
    case 'f64':
      floats.setBigUint64(0, value.bits);
      return floats.getFloat64(0);
    case 'v128':
      return value.bits;
    case 'ref':
      return fromReference(home, value);
    default:
      return assertNever(value);
  }
}

function fromReference(home: Compartment, value: Extract<Value, { type: 'ref' }>): unknown {
  if (value.id === 0) return null;
  if (isI31(value.id)) return (i31Of(value.id) << 1) >> 1;
  const reference = home.refs.get(value.id);
  if (reference.kind === 'func') return home.wrapFunc(reference.func);
  return reference.kind === 'host' ? reference.host : value;
}

const floats = new DataView(new ArrayBuffer(8));

function numeric(t: Exclude<ValType, RefType>, given: unknown): Value | null {
  switch (t) {
    case 'i32':
      return typeof given === 'number' && Number.isInteger(given) && given >= -(2 ** 31) && given < 2 ** 32
        ? { type: t, value: given | 0 }
        : null;
    case 'i64':
      return typeof given === 'bigint' && given >= -(2n ** 63n) && given < 2n ** 64n
        ? { type: t, value: BigInt.asIntN(64, given) }
        : null;
    case 'f32':
      if (typeof given !== 'number') return null;
      floats.setFloat32(0, given);
      return { type: t, bits: Number.isNaN(given) ? 0x7fc0_0000 : floats.getUint32(0) };
    case 'f64':
      if (typeof given !== 'number') return null;
      floats.setFloat64(0, given);
      return { type: t, bits: Number.isNaN(given) ? 0x7ff8_0000_0000_0000n : floats.getBigUint64(0) };
    case 'v128':
      if (typeof given === 'bigint') return { type: t, bits: given };
      return given instanceof Uint8Array && given.length === 16 ? { type: t, bits: vectorBits(given) } : null;
  }
}

const I31_MIN = -(2 ** 30);
const I31_MAX = 2 ** 30;

function reference(home: Compartment, t: RefType, given: unknown): Value | null {
  if (given === null) return NULL;
  if (given instanceof Func) return home.refs.func(given.inst);
  const { heap } = t;
  if (heap.kind !== 'abstract') return null;
  const { share } = heap;
  const isI31Number = typeof given === 'number' && Number.isInteger(given) && given >= I31_MIN && given < I31_MAX;
  if (isI31Number && matchHeapType({ kind: 'abstract', share, name: 'i31' }, heap))
    return { type: 'ref', id: i31Id(given) };
  return heap.name === 'extern' || heap.name === 'any' ? home.refs.host(given) : null;
}

/** Whether something given is already a value of the kind that is wanted. */
function isExact(given: unknown, t: ValType): given is Value {
  if (typeof given !== 'object' || given === null || !('type' in given)) return false;
  const type = typeof t === 'string' ? t : 'ref';
  if (given.type !== type && !(typeof t === 'string' && typeof given.type === 'string' && given.type in FIELD))
    return false;
  const field = FIELD[given.type as Value['type']];
  const held: unknown = field in given ? (given as Record<string, unknown>)[field] : undefined;
  return typeof held === (given.type === 'i32' || given.type === 'f32' || given.type === 'ref' ? 'number' : 'bigint');
}

const FIELD: Readonly<Record<Value['type'], 'value' | 'bits' | 'id'>> = {
  i32: 'value',
  i64: 'value',
  f32: 'bits',
  f64: 'bits',
  v128: 'bits',
  ref: 'id',
};

export function printType(t: ValType): string {
  return typeof t === 'string' ? t : printClosedRef(t);
}

/** A value for messages: of a function its type, which is what is wrong with it. */
function printExact(home: Compartment, value: Value): string {
  const reference = value.type === 'ref' ? home.refs.find(value.id) : null;
  if (reference?.kind === 'func') return `the function of type ${home.wrapFunc(reference.func).typeText}`;
  return reference?.kind === 'host' ? printJs(reference.host) : printValue(value);
}

function printJs(given: unknown): string {
  if (given instanceof Func) return `the function of type ${given.typeText}`;
  if (typeof given === 'bigint') return `${given}n`;
  if (typeof given === 'string') return JSON.stringify(given);
  return (typeof given === 'object' && given !== null) || typeof given === 'function'
    ? `a JavaScript ${typeof given}`
    : String(given);
}
