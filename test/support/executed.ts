import type { InstructionRow, SignatureType } from '../../src/syntax/instructions.ts';
import { INSTRUCTIONS } from '../../src/syntax/instructions.ts';
import type { NumType } from '../../src/syntax/types.ts';

/** The rows that the executors know: all. */
export const EXECUTED_ROWS: readonly InstructionRow[] = INSTRUCTIONS;

/** The signature of an instruction on numbers and memories of 32 bits; null where it depends on more than these, or has vectors. */
export function signatureOf(
  row: InstructionRow | undefined,
): { readonly params: readonly NumType[]; readonly results: readonly NumType[] } | null {
  if (row?.mnemonic === 'memory.copy') return { params: ['i32', 'i32', 'i32'], results: [] };
  const { signature = null } = row ?? {};
  if (signature === null) return null;
  const params = numbersOf(signature.params);
  const results = numbersOf(signature.results);
  return params === null || results === null ? null : { params, results };
}

function numbersOf(types: readonly SignatureType[]): readonly NumType[] | null {
  const numbers = types.flatMap((t) => (t === 'v128' ? [] : [t === 'addr' ? ('i32' as const) : t]));
  return numbers.length === types.length ? numbers : null;
}
