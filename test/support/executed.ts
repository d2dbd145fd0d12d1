import { isExecuted } from '../../src/runtime/executable.ts';
import type { InstructionRow, SignatureType } from '../../src/syntax/instructions.ts';
import { INSTRUCTIONS } from '../../src/syntax/instructions.ts';
import type { NumType } from '../../src/syntax/types.ts';

/** The rows that the executors know. */
export const EXECUTED_ROWS: readonly InstructionRow[] = INSTRUCTIONS.filter(isExecuted);

/** The signature of an instruction on memories of 32 bits; null where it depends on more than these. */
export function signatureOf(
  row: InstructionRow | undefined,
): { readonly params: readonly NumType[]; readonly results: readonly NumType[] } | null {
  if (row?.mnemonic === 'memory.copy') return { params: ['i32', 'i32', 'i32'], results: [] };
  const { signature = null } = row ?? {};
  return signature === null
    ? null
    : { params: signature.params.map(numberOf), results: signature.results.map(numberOf) };
}

function numberOf(t: SignatureType): NumType {
  if (t === 'v128') throw new Error('vectors are not executed');
  return t === 'addr' ? 'i32' : t;
}
