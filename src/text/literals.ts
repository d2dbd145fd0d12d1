import { assertNever, known } from '../base/assert.ts';
import type { Immediate } from '../syntax/module.ts';
import type { VectorShape } from '../syntax/script.ts';
import { parseF32, parseF64 } from './floats.ts';
import { integerValue, parseI32, parseI64 } from './integers.ts';
import { type Reader, reportAt } from './resolve.ts';
import { shown, tokenText } from './tokens.ts';

/** Tokens as numbers and vectors [core 3.0, Text Format, Values; Vector Instructions]. */

type Literal = Extract<Immediate, { kind: 'i32' | 'i64' | 'f32' | 'f64' }>;

/** A number; out of its type's range it is malformed. */
export function literalAt(reader: Reader, type: Literal['kind'], token: number): Literal {
  const text = tokenText(reader.tokens, token);
  const literal = parseLiteral(type, text);
  if (literal !== null) return literal;
  reportAt(reader, token, 'Parse/constant', `constant out of range: ${shown(text)} is no ${type}`);
  return known(parseLiteral(type, '0'), 'zero');
}

function parseLiteral(type: Literal['kind'], text: string): Literal | null {
  switch (type) {
    case 'i32': {
      const value = parseI32(text);
      return value === null ? null : { kind: type, value };
    }
    case 'i64': {
      const value = parseI64(text);
      return value === null ? null : { kind: type, value };
    }
    case 'f32': {
      const bits = parseF32(text);
      return bits === null ? null : { kind: type, bits };
    }
    case 'f64': {
      const bits = parseF64(text);
      return bits === null ? null : { kind: type, bits };
    }
    default:
      return assertNever(type);
  }
}

/** The lanes of each shape: how many, how many bits each has, and what they are read as. */
export const VECTOR_SHAPES: Readonly<
  Record<VectorShape, { readonly count: number; readonly bits: 8 | 16 | 32 | 64; readonly float: boolean }>
> = {
  i8x16: { count: 16, bits: 8, float: false },
  i16x8: { count: 8, bits: 16, float: false },
  i32x4: { count: 4, bits: 32, float: false },
  i64x2: { count: 2, bits: 64, float: false },
  f32x4: { count: 4, bits: 32, float: true },
  f64x2: { count: 2, bits: 64, float: true },
};

/** A lane's bits, unsigned; null if the literal is no lane of the shape. */
export function laneBits(shape: VectorShape, text: string): bigint | null {
  const { bits, float } = VECTOR_SHAPES[shape];
  if (float) {
    const value = bits === 32 ? parseF32(text) : parseF64(text);
    return value === null ? null : BigInt(value);
  }
  const value = integerValue(text);
  const isInRange = -(1n << BigInt(bits - 1)) <= value && value < 1n << BigInt(bits);
  return isInRange ? BigInt.asUintN(bits, value) : null;
}

const INTEGER = /^[+-]?(?:0x)?[0-9a-fA-F_]+$/;

/** The bytes of a vector whose lanes are tokens `first` to (not including) `end`. */
export function vectorAt(
  reader: Reader,
  shape: VectorShape,
  shapeToken: number,
  first: number,
  end: number,
): Uint8Array {
  const { count, bits, float } = VECTOR_SHAPES[shape];
  const bytes = new Uint8Array(16);
  if (end - first !== count) {
    const last = Math.max(shapeToken, end - 1);
    reportAt(reader, last, 'Parse/lanes', `wrong number of lane literals: ${end - first}, where ${shape} has ${count}`);
    return bytes;
  }
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < count; i++) {
    const text = tokenText(reader.tokens, first + i);
    if (!float && !INTEGER.test(text)) {
      reportAt(reader, first + i, 'Parse/token', `unexpected token ${shown(text)}`);
      continue;
    }
    const lane = laneBits(shape, text);
    if (lane === null) {
      reportAt(reader, first + i, 'Parse/constant', `constant out of range: ${shown(text)} is no lane of ${shape}`);
      continue;
    }
    const at = (i * bits) / 8;
    if (bits === 8) view.setUint8(at, Number(lane));
    else if (bits === 16) view.setUint16(at, Number(lane), true);
    else if (bits === 32) view.setUint32(at, Number(lane), true);
    else view.setBigUint64(at, lane, true);
  }
  return bytes;
}
