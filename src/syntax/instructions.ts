import type { DataType, NumType } from './types.ts';
import { CONTROL_ROWS } from './control-rows.ts';
import { GC_ROWS } from './gc-rows.ts';
import { MEMORY_ROWS } from './memory-rows.ts';
import { NUMERIC_ROWS } from './numeric-rows.ts';
import { SHARED_ROWS } from './shared-rows.ts';
import { TABLE_ROWS } from './table-rows.ts';
import { VECTOR_ROWS } from './vector-rows.ts';

/**
 * The instruction table: mnemonic, opcode, immediates, signature and meaning of every plain instruction, once. Parser, printer, decoder,
 * encoder, validators and executors read it. Structured instructions (block, loop, if, try_table) have
 * syntax of their own in `module.ts`.
 */

/** How an instruction's immediates are written, which also fixes the shape of its {@link import('./module.ts').Immediate}. */
export type ImmediateShape =
  | 'none'
  | 'local'
  | 'global'
  | 'func'
  | 'table'
  | 'memory'
  | 'tag'
  | 'elem'
  | 'data'
  | 'label'
  | 'type'
  /** memory index, offset, alignment */
  | 'memarg'
  /** memory index, optional order, offset, alignment: atomic accesses */
  | 'atomic-memarg'
  /** the same with two equal orders: atomic read-modify-writes */
  | 'rmw-memarg'
  /** a memarg and a lane */
  | 'memarg-lane'
  /** optional order: fences */
  | 'order'
  /** destination and source memory */
  | 'memory-memory'
  /** memory and data segment; the text has an optional memory first */
  | 'memory-data'
  /** destination and source table */
  | 'table-table'
  /** table and element segment; the text has an optional table first */
  | 'table-elem'
  /** table and function type */
  | 'table-type'
  /** destination and source type */
  | 'type-type'
  | 'type-field'
  /** type and number of elements */
  | 'type-length'
  | 'type-data'
  | 'type-elem'
  /** order and index: atomic accesses to what has no memarg; the two `rmw-` ones are read-modify-writes */
  | 'order-global'
  | 'rmw-global'
  | 'order-table'
  | 'rmw-table'
  | 'order-type'
  | 'rmw-type'
  | 'order-type-field'
  | 'rmw-type-field'
  /** labels, the last the default */
  | 'labels'
  /** label and two reference types */
  | 'cast-branch'
  /** optional result types: select */
  | 'result-types'
  | 'heap-type'
  | 'ref-type'
  | 'lane'
  /** 16 lanes */
  | 'lanes'
  | 'i32'
  | 'i64'
  | 'f32'
  | 'f64'
  | 'v128';

/** Read-modify-write operators. */
export type RmwOp = 'add' | 'sub' | 'and' | 'or' | 'xor' | 'xchg';

/** What an instruction does; executors dispatch on it. A numeric or vector instruction is named by its mnemonic alone. */
export type Meaning =
  | { readonly kind: 'numeric' }
  | { readonly kind: 'vector' }
  | { readonly kind: 'const'; readonly type: DataType }
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
  /** A vector load or store; `bytes` are those accessed in memory. */
  | { readonly kind: 'vector-load'; readonly bytes: 1 | 2 | 4 | 8 | 16 }
  | { readonly kind: 'vector-store'; readonly bytes: 1 | 2 | 4 | 8 | 16 }
  /** Its typing rule is its own (its signature depends on its context); executors dispatch on the mnemonic. */
  | { readonly kind: 'special' };

/** A type in a signature: `addr` is the address type of the memory or table that the immediates name. */
export type SignatureType = DataType | 'addr';

/** Where an instruction is defined; `shared` is the shared-everything proposal, `acqrel` the acquire-release one. */
export type InstructionSource = 'core' | 'threads' | 'shared' | 'acqrel' | 'weft';

export interface InstructionRow {
  readonly mnemonic: string;
  /** Other spellings that are read but never printed. */
  readonly aliases?: readonly string[];
  /** One byte, or a prefix byte and a sub-opcode (an unsigned LEB128 number). */
  readonly opcode: readonly number[];
  /** Other opcodes that are read but never written. */
  readonly otherOpcodes?: readonly (readonly number[])[];
  readonly immediates: ImmediateShape;
  /** Operand and result types; null where they depend on the context otherwise than by an address type. */
  readonly signature: { readonly params: readonly SignatureType[]; readonly results: readonly SignatureType[] } | null;
  readonly meaning: Meaning;
  readonly source: InstructionSource;
  /** May stand in a constant expression, whatever its operands [core 3.0, Constant Expressions]. */
  readonly constant?: true;
}

export const INSTRUCTIONS: readonly InstructionRow[] = [
  ...CONTROL_ROWS,
  ...TABLE_ROWS,
  ...MEMORY_ROWS,
  ...NUMERIC_ROWS,
  ...GC_ROWS,
  ...VECTOR_ROWS,
  ...SHARED_ROWS,
];

const byMnemonic = new Map<string, InstructionRow>();
for (const row of INSTRUCTIONS) {
  byMnemonic.set(row.mnemonic, row);
  for (const alias of row.aliases ?? []) byMnemonic.set(alias, row);
}

/** The row of a mnemonic or one of its aliases. */
export function instructionRow(mnemonic: string): InstructionRow | undefined {
  return byMnemonic.get(mnemonic);
}
