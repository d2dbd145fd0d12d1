import { LANES } from './lanes.ts';
import type { Pure, PureTable } from './words.ts';

/** All operations without a case of their own in the machine. */
const ALL: PureTable = {
  ...LANES,
};

export const PURE: readonly Pure[] = Object.values(ALL);

const numbers = new Map(Object.keys(ALL).map((mnemonic, i) => [mnemonic, i]));

/** The operation's place in {@link PURE}. */
export function pureNumber(mnemonic: string): number | undefined {
  return numbers.get(mnemonic);
}
