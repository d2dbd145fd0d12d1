import { Bug } from '../../base/assert.ts';
import type { ValType } from '../../syntax/types.ts';
import type { Value } from '../../syntax/values.ts';
import { carriedSingle, doubleBits, doubleOf, singleBits } from './floats.ts';

/**
 * How values are held in JavaScript variables: a `long` (i64) in two, low half first, everything else in one. Integers, halves
 * and references are numbers in the range of an int32; a `single` is a `double` whose NaNs carry their bits (`floats.ts`).
 */
export type Kind = 'int' | 'long' | 'single' | 'double';

/** Not for v128, which compiled code does not hold. */
export function kindOf(type: ValType): Kind {
  switch (type) {
    case 'i64':
      return 'long';
    case 'f32':
      return 'single';
    case 'f64':
      return 'double';
    case 'v128':
      throw new Bug('vectors are not held in JavaScript variables');
    default:
      return 'int';
  }
}

export function partCount(kind: Kind): 1 | 2 {
  return kind === 'long' ? 2 : 1;
}

/**
 * A list of numbers that keeps their bits: V8 would make an array of numbers alone one of unboxed doubles, in which all NaNs are one.
 * `first` is its first element.
 */
export function listOfParts(first: number): number[] {
  const parts: (number | null)[] = [null];
  parts[0] = first;
  return parts as number[];
}

/** Appends the parts of a value. */
export function pushParts(parts: number[], value: Value): void {
  switch (value.type) {
    case 'i32':
      parts.push(value.value);
      break;
    case 'i64':
      parts.push(Number(BigInt.asIntN(32, value.value)), Number(value.value >> 32n));
      break;
    case 'f32':
      parts.push(carriedSingle(value.bits));
      break;
    case 'f64':
      parts.push(doubleOf(Number(BigInt.asIntN(32, value.bits)), Number(BigInt.asIntN(32, value.bits >> 32n))));
      break;
    case 'ref':
      parts.push(value.id);
      break;
    default:
      throw new Bug(`${value.type} is not held in JavaScript variables`);
  }
}

/** The values of these types whose parts stand one after the other, from the place `from` on. */
export function valuesOf(types: readonly ValType[], parts: readonly number[], from = 0): Value[] {
  let at = from;
  return types.map((type) => {
    const value = valueOf(type, parts[at] ?? 0, parts[at + 1] ?? 0);
    at += partCount(kindOf(type));
    return value;
  });
}

function valueOf(type: ValType, part: number, high: number): Value {
  switch (type) {
    case 'i32':
      return { type, value: part };
    case 'i64':
      return { type, value: (BigInt(high) << 32n) | BigInt(part >>> 0) };
    case 'f32':
      return { type, bits: singleBits(part) >>> 0 };
    case 'f64':
      return { type, bits: doubleBits(part) };
    case 'v128':
      throw new Bug('vectors are not held in JavaScript variables');
    default:
      return { type: 'ref', id: part };
  }
}
