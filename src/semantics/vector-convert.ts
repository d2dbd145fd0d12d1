import { known } from '../base/assert.ts';
import { fromInt, reformat, truncateSaturating } from './conversion.ts';
import { extend, saturate, signedOf } from './integer.ts';
import type { Shape, Source, VectorOperator } from './vector-shape.ts';
import { fromLanes, lanesOf, sourceOf } from './vector-shape.ts';

/** Vector operators that convert the lanes of one shape to those of another [core, Vector Operations; Conversions]. */

/** The conversion `target.name`; null if it is none. */
export function converting(target: Shape, name: string): VectorOperator | null {
  const source = sourceOf(name);
  if (source === null) return null;
  const convert = laneConversion(target, source);
  if (convert === null) return null;
  const start = source.high ? target.count : 0;
  return (vectors) => {
    const lanes = vectors.flatMap((vector) => lanesOf(source.shape, vector));
    return fromLanes(target, lanes.slice(start, start + target.count).map(convert));
  };
}

/**
 * What becomes of one lane. The lanes that are converted are as many as the target has room for: the low or the high ones, all of
 * one vector (with zeros after them, where there is more room), or all of two that are narrowed.
 */
function laneConversion(target: Shape, { operation, shape, sign }: Source): ((a: bigint) => bigint) | null {
  const [from, to] = [shape.format, target.format];
  switch (operation) {
    case 'extend':
      return (i) => (sign === 's' ? extend(shape.N, target.N, i) : i);
    case 'narrow':
      return (i) => saturate(target.N, sign, signedOf(shape.N, i));
    case 'convert':
      return (i) => fromInt(known(to, 'format'), shape.N, sign, i);
    case 'promote':
    case 'demote':
      return (a) => reformat(known(from, 'format'), known(to, 'format'), a);
    case 'trunc_sat':
      return (a) => truncateSaturating(known(from, 'format'), target.N, sign, a);
    default:
      return null;
  }
}
