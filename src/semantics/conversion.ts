import type { Result } from '../base/result.ts';
import { err, ok } from '../base/result.ts';
import type { Format } from './float-bits.ts';
import { decode, encode } from './float-bits.ts';
import { fromInteger, towardsZero } from './float.ts';
import type { Sign, Width } from './integer.ts';
import { clamp, rangeOf, signedOf, unsignedOf } from './integer.ts';

/** Conversions between integers and floats, and between formats of floats [core, Conversions], on bits. */

/** trunc^sx_{F,N}: partial. */
export function truncate(F: Format, N: Width, sign: Sign, a: bigint): Result<bigint, string> {
  const z = decode(F, a);
  if (z.kind === 'nan') return err('invalid conversion to integer');
  if (z.kind === 'infinite') return err('integer overflow');
  const integer = towardsZero(z);
  const { least, greatest } = rangeOf(N, sign);
  return integer < least || integer > greatest ? err('integer overflow') : ok(unsignedOf(N, integer));
}

/** trunc_sat^sx_{F,N}: NaN is 0, what is too big or too small becomes the nearest integer. */
export function truncateSaturating(F: Format, N: Width, sign: Sign, a: bigint): bigint {
  const z = decode(F, a);
  const range = rangeOf(N, sign);
  if (z.kind === 'nan') return 0n;
  if (z.kind === 'infinite') return unsignedOf(N, z.negative ? range.least : range.greatest);
  return unsignedOf(N, clamp(range, towardsZero(z)));
}

/** convert^sx_{N,F} */
export function fromInt(F: Format, N: Width, sign: Sign, i: bigint): bigint {
  return encode(F, fromInteger(sign === 's' ? signedOf(N, i) : i));
}

/** promote and demote: the same number in another format, rounded if it is none there. */
export function reformat(from: Format, to: Format, a: bigint): bigint {
  return encode(to, decode(from, a));
}
