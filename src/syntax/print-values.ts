import { assertNever } from '../base/assert.ts';
import type { Value } from './values.ts';
import { i31Of, isI31 } from './values.ts';

/** Values as outcomes show them [DESIGN, The command line]: `i32 -1`, `i64 5`, `f32 0x1p+0`, `ref.null`, `ref.i31 3`; a vector as four words. */
export function printValue(value: Value): string {
  switch (value.type) {
    case 'i32':
    case 'i64':
      return `${value.type} ${value.value}`;
    case 'f32':
      return `f32 ${printFloat(BigInt(value.bits), 8, 23)}`;
    case 'f64':
      return `f64 ${printFloat(value.bits, 11, 52)}`;
    case 'v128':
      return `v128 ${[0, 1, 2, 3].map((i) => `0x${((value.bits >> BigInt(32 * i)) & 0xffff_ffffn).toString(16).padStart(8, '0')}`).join(' ')}`;
    case 'ref':
      return value.id === 0 ? 'ref.null' : isI31(value.id) ? `ref.i31 ${i31Of(value.id)}` : `ref ${value.id}`;
    default:
      return assertNever(value);
  }
}

/** A float of `E` exponent and `M` fraction bits as hexadecimal text of the text format; exact. */
function printFloat(bits: bigint, E: number, M: number): string {
  const sign = bits >> BigInt(E + M) === 1n ? '-' : '';
  const biased = Number((bits >> BigInt(M)) & ((1n << BigInt(E)) - 1n));
  const fraction = bits & ((1n << BigInt(M)) - 1n);
  if (biased === 2 ** E - 1) {
    if (fraction === 0n) return `${sign}inf`;
    return fraction === 1n << BigInt(M - 1) ? `${sign}nan` : `${sign}nan:0x${fraction.toString(16)}`;
  }
  if (biased === 0 && fraction === 0n) return `${sign}0x0p+0`;
  const bias = 2 ** (E - 1) - 1;
  const exponent = (biased === 0 ? 1 : biased) - bias;
  const nibbles = Math.ceil(M / 4);
  const digits = (fraction << BigInt(nibbles * 4 - M)).toString(16).padStart(nibbles, '0').replace(/0+$/, '');
  return `${sign}0x${biased === 0 ? 0 : 1}${digits === '' ? '' : `.${digits}`}p${exponent < 0 ? '' : '+'}${exponent}`;
}
