import type { Span } from '../base/span.ts';
import type { DefType, GlobalType, HeapType, MemType, TableType, ValType } from './types.ts';

/**
 * The abstract syntax of a module, names resolved to indices. Index spaces list imports first, then definitions. Every
 * definition keeps the identifier that its author gave it (without the `$`), for printing and for messages.
 */

/** The order of an atomic access as written; `none` is the default, which means seqcst. */
export type OrderAnnotation = 'none' | 'seqcst' | 'acqrel';

export interface MemArg {
  readonly memory: number;
  readonly offset: bigint;
  /** Alignment in bytes as written, or the access's natural one; a power of two. */
  readonly align: number;
}

export type Immediate =
  | { readonly kind: 'none' }
  /** An index into the space that the instruction's row names, or a label counted from the innermost block. */
  | { readonly kind: 'index'; readonly x: number }
  /** Destination and source. */
  | { readonly kind: 'index-pair'; readonly x: number; readonly y: number }
  | { readonly kind: 'memarg'; readonly memarg: MemArg }
  | { readonly kind: 'atomic-memarg'; readonly memarg: MemArg; readonly order: OrderAnnotation }
  | { readonly kind: 'order'; readonly order: OrderAnnotation }
  /** The last is the default. */
  | { readonly kind: 'labels'; readonly labels: readonly number[] }
  /** null: no annotation. */
  | { readonly kind: 'result-types'; readonly types: readonly ValType[] | null }
  | { readonly kind: 'heap-type'; readonly heap: HeapType }
  | { readonly kind: 'i32'; readonly value: number }
  | { readonly kind: 'i64'; readonly value: bigint }
  | { readonly kind: 'f32'; readonly bits: number }
  | { readonly kind: 'f64'; readonly bits: bigint };

/** An instruction of the table in `instructions.ts`. */
export interface PlainInstr {
  readonly kind: 'plain';
  /** The table's mnemonic (never an alias). */
  readonly op: string;
  readonly imm: Immediate;
  readonly at: Span;
}

/** A block's type: an index of a function type, or at most one result. */
export type BlockType =
  | { readonly kind: 'type'; readonly type: number }
  | { readonly kind: 'value'; readonly result: ValType | null };

export type Instr =
  | PlainInstr
  | {
      readonly kind: 'block' | 'loop';
      readonly label: string | null;
      readonly type: BlockType;
      readonly body: readonly Instr[];
      readonly at: Span;
    }
  | {
      readonly kind: 'if';
      readonly label: string | null;
      readonly type: BlockType;
      readonly then: readonly Instr[];
      readonly else: readonly Instr[];
      readonly at: Span;
    };

export type Expr = readonly Instr[];

/** What every definition has: its identifier if it was given one, and its place. */
export interface Definition {
  readonly id: string | null;
  readonly at: Span;
}

/** `type` is a definition; structural sharing of equal types is the validator's business, not the parser's. */
export interface TypeDef extends Definition {
  readonly type: DefType;
}

export type ImportType =
  | { readonly kind: 'func'; readonly type: number }
  | { readonly kind: 'global'; readonly type: GlobalType }
  | { readonly kind: 'table'; readonly type: TableType }
  | { readonly kind: 'memory'; readonly type: MemType };

export interface Import extends Definition {
  readonly module: string;
  readonly name: string;
  readonly desc: ImportType;
}

export interface Local {
  readonly id: string | null;
  readonly type: ValType;
}

export interface Func extends Definition {
  readonly type: number;
  /** Identifiers of the parameters, null where unnamed; as many as the type has parameters. */
  readonly params: readonly (string | null)[];
  readonly locals: readonly Local[];
  readonly body: Expr;
}

export interface Table extends Definition {
  readonly type: TableType;
}

export interface Memory extends Definition {
  readonly type: MemType;
}

export interface Global extends Definition {
  readonly type: GlobalType;
  /** null: a thread-local global without an initialiser, which starts with its type's default value. */
  readonly init: Expr | null;
}

export interface Export {
  readonly name: string;
  readonly kind: 'func' | 'global' | 'table' | 'memory';
  readonly index: number;
  readonly at: Span;
}

export interface Data extends Definition {
  readonly bytes: Uint8Array;
  readonly mode:
    | { readonly kind: 'passive' }
    | { readonly kind: 'active'; readonly memory: number; readonly offset: Expr };
}

export interface Module {
  readonly id: string | null;
  readonly at: Span;
  /** Weft's own module-level flag: every import and export must be shared or thread_local. */
  readonly shared: boolean;
  readonly types: readonly TypeDef[];
  readonly imports: readonly Import[];
  readonly funcs: readonly Func[];
  readonly tables: readonly Table[];
  readonly memories: readonly Memory[];
  readonly globals: readonly Global[];
  readonly exports: readonly Export[];
  readonly start: { readonly func: number; readonly at: Span } | null;
  readonly datas: readonly Data[];
}
