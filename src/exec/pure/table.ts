import { BITS } from './bits.ts';
import { CONVERSIONS } from './conversions.ts';
import { FLOATS, FLOAT_VECTORS } from './floats.ts';
import { INTEGER_VECTORS } from './integer-vectors.ts';
import { LANES } from './lanes.ts';
import { WIDE_VECTORS } from './wide-vectors.ts';
import { WIDTHS } from './widths.ts';
import type { Pure, PureTable } from './words.ts';

/** All operations on numbers and vectors that have no case of their own in the machine. */
const ALL: PureTable = {
  ...FLOATS,
  ...CONVERSIONS,
  ...LANES,
  ...BITS,
  ...INTEGER_VECTORS,
  ...WIDE_VECTORS,
  ...WIDTHS,
  ...FLOAT_VECTORS,
};

export const PURE: readonly Pure[] = Object.values(ALL);

const numbers = new Map(Object.keys(ALL).map((mnemonic, i) => [mnemonic, i]));

/** The operation's place in {@link PURE}. */
export function pureNumber(mnemonic: string): number | undefined {
  return numbers.get(mnemonic);
}
