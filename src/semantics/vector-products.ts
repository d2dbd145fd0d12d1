import { saturate, signedOf, unsignedOf } from './integer.ts';
import type { Shape, Source, VectorOperator } from './vector-shape.ts';
import { fromLanes, lanesOf, shapeOf, sourceOf } from './vector-shape.ts';

/**
 * Vector operators whose lanes are exact sums and products of narrower ones [core, Vector Operations: extadd_pairwise, extmul, dot]:
 * only the last result is brought back to the width of a lane.
 */

/** The operator `target.name`; null if it is none. */
export function sumOrProduct(target: Shape, name: string): VectorOperator | null {
  return relaxedDot(target, name) ?? extended(target, sourceOf(name));
}

type Integers = readonly bigint[];

/** What the lanes mean. */
function integersOf({ shape, sign }: Source, vector: bigint): Integers {
  const lanes = lanesOf(shape, vector);
  return sign === 's' ? lanes.map((i) => signedOf(shape.N, i)) : lanes;
}

function products(source: Source, [v1 = 0n, v2 = 0n]: readonly bigint[]): Integers {
  const second = integersOf(source, v2);
  return integersOf(source, v1).map((i, k) => i * (second[k] ?? 0n));
}

/** The sum of every two neighbours. */
function sumsOfPairs(integers: Integers): Integers {
  return integers.flatMap((i, k) => (k % 2 === 0 ? [i + (integers[k + 1] ?? 0n)] : []));
}

/** The vector of these integers modulo 2^N. */
function wrapped(target: Shape, integers: Integers): bigint {
  return fromLanes(
    target,
    integers.map((integer) => unsignedOf(target.N, integer)),
  );
}

function extended(target: Shape, source: Source | null): VectorOperator | null {
  switch (source?.operation) {
    case 'extadd_pairwise':
      return ([v = 0n]) => wrapped(target, sumsOfPairs(integersOf(source, v)));
    case 'extmul': {
      const start = source.high ? target.count : 0;
      return (vectors) => wrapped(target, products(source, vectors).slice(start, start + target.count));
    }
    case 'dot':
      return (vectors) => wrapped(target, sumsOfPairs(products(source, vectors)));
    default:
      return null;
  }
}

const BYTES: Source = { operation: 'dot', high: false, shape: shapeOf('i8x16'), sign: 's' };
const SUMS: Source = { operation: 'extadd_pairwise', high: false, shape: shapeOf('i16x8'), sign: 's' };

/** Both operands are signed in the deterministic profile; a sum of two products saturates to 16 bits. */
function relaxedDot(target: Shape, name: string): VectorOperator | null {
  const dot: VectorOperator = (vectors) =>
    fromLanes(
      SUMS.shape,
      sumsOfPairs(products(BYTES, vectors)).map((sum) => saturate(SUMS.shape.N, 's', sum)),
    );
  switch (name) {
    case 'relaxed_dot_i8x16_i7x16_s':
      return dot;
    case 'relaxed_dot_i8x16_i7x16_add_s':
      return ([v1 = 0n, v2 = 0n, v3 = 0n], imm) => {
        const third = lanesOf(target, v3);
        const sums = sumsOfPairs(integersOf(SUMS, dot([v1, v2], imm)));
        return wrapped(
          target,
          sums.map((sum, k) => sum + (third[k] ?? 0n)),
        );
      };
    default:
      return null;
  }
}
