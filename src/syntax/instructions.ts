import type { NumType } from './types.ts';
import { NUMERIC_ROWS } from './numeric-rows.ts';
import { MEMORY_ROWS } from './memory-rows.ts';
import { CONTROL_ROWS } from './control-rows.ts';

/**
 * The instruction table: mnemonic, opcode, immediates, signature and meaning of every plain instruction, once. The
 * parser, the printer, the validator and both executors read it. Structured instructions (block, loop, if) have
 * syntax of their own in `module.ts`.
 */

/** How an instruction's immediates are written, which also fixes the shape of its {@link import('./module.ts').Immediate}. */
export type ImmediateShape =
  | 'none'
  | 'local'
  | 'global'
  | 'func'
  | 'memory'
  | 'label'
  | 'type'
  /** memory index, offset, alignment */
  | 'memarg'
  /** memory index, optional order, offset, alignment: atomic accesses */
  | 'atomic-memarg'
  /** optional order: fences */
  | 'order'
  /** destination and source memory */
  | 'memory-memory'
  /** labels, the last the default */
  | 'labels'
  /** optional result types: select */
  | 'result-types'
  | 'heap-type'
  | 'i32'
  | 'i64'
  | 'f32'
  | 'f64';

/** Read-modify-write operators. */
export type RmwOp = 'add' | 'sub' | 'and' | 'or' | 'xor' | 'xchg';

/** What an instruction does; executors dispatch on it. A numeric instruction is named by its mnemonic alone. */
export type Meaning =
  | { readonly kind: 'numeric' }
  | { readonly kind: 'const'; readonly type: NumType }
  /** `bytes` read; sign-extended if `signed`. */
  | {
      readonly kind: 'load';
      readonly type: NumType;
      readonly bytes: 1 | 2 | 4 | 8;
      readonly signed: boolean;
      readonly atomic: boolean;
    }
  | { readonly kind: 'store'; readonly type: NumType; readonly bytes: 1 | 2 | 4 | 8; readonly atomic: boolean }
  | { readonly kind: 'rmw'; readonly type: 'i32' | 'i64'; readonly bytes: 1 | 2 | 4 | 8; readonly op: RmwOp }
  | { readonly kind: 'cmpxchg'; readonly type: 'i32' | 'i64'; readonly bytes: 1 | 2 | 4 | 8 }
  | { readonly kind: 'wait'; readonly type: 'i32' | 'i64'; readonly bytes: 4 | 8 }
  | { readonly kind: 'notify' }
  | { readonly kind: 'fence' }
  /** Its typing rule is its own (its signature depends on its context); executors dispatch on the mnemonic. */
  | { readonly kind: 'special' };

export interface InstructionRow {
  readonly mnemonic: string;
  /** Other spellings that are read but never printed. */
  readonly aliases?: readonly string[];
  /** One byte, or a prefix byte and a sub-opcode; null for Weft's own instructions, which have no encoding yet. */
  readonly opcode: readonly number[] | null;
  readonly immediates: ImmediateShape;
  /** Operand and result types; null where they depend on the context. */
  readonly signature: { readonly params: readonly NumType[]; readonly results: readonly NumType[] } | null;
  readonly meaning: Meaning;
  /** Where the instruction is defined. */
  readonly source: 'core' | 'threads' | 'weft';
}

export const INSTRUCTIONS: readonly InstructionRow[] = [...CONTROL_ROWS, ...MEMORY_ROWS, ...NUMERIC_ROWS];

const byMnemonic = new Map<string, InstructionRow>();
for (const row of INSTRUCTIONS) {
  byMnemonic.set(row.mnemonic, row);
  for (const alias of row.aliases ?? []) byMnemonic.set(alias, row);
}

/** The row of a mnemonic or one of its aliases. */
export function instructionRow(mnemonic: string): InstructionRow | undefined {
  return byMnemonic.get(mnemonic);
}
