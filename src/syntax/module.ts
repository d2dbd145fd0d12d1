import type { Span } from '../base/span.ts';
import type {
  ExternKind,
  GlobalType,
  HeapType,
  MemType,
  RefType,
  Share,
  SubType,
  TableType,
  ValType,
} from './types.ts';

/**
 * The abstract syntax of a module, names resolved to indices. Index spaces list imports first, then definitions. Every
 * definition keeps the name that its author gave it (an identifier without its `$`, a `(@name …)` annotation, or an entry of a
 * binary's name section), for printing and for messages. Only names that are unique in their space can be printed as identifiers.
 */

/**
 * The order of an atomic access as written; `none` is the default, which means seqcst. A pair is a read-modify-write's whose
 * read and write have different orders (valid only under the reading `rmw-orders=pair`).
 */
export type OrderAnnotation = 'none' | 'seqcst' | 'acqrel' | 'seqcst-acqrel' | 'acqrel-seqcst';

export interface MemArg {
  readonly memory: number;
  readonly offset: bigint;
  /** Alignment in bytes as written, or the access's natural one; a power of two (up to 2^63, which a number holds exactly). */
  readonly align: number;
}

export type Immediate =
  | { readonly kind: 'none' }
  /** An index into the space that the instruction's row names, a label counted from the innermost block, or a lane. */
  | { readonly kind: 'index'; readonly x: number }
  /** Two of them, in the order of the shape's name: destination and source, type and field, table and type, … */
  | { readonly kind: 'index-pair'; readonly x: number; readonly y: number }
  | { readonly kind: 'memarg'; readonly memarg: MemArg }
  | { readonly kind: 'atomic-memarg'; readonly memarg: MemArg; readonly order: OrderAnnotation }
  | { readonly kind: 'memarg-lane'; readonly memarg: MemArg; readonly lane: number }
  | { readonly kind: 'order'; readonly order: OrderAnnotation }
  | { readonly kind: 'order-index'; readonly order: OrderAnnotation; readonly x: number }
  | { readonly kind: 'order-index-pair'; readonly order: OrderAnnotation; readonly x: number; readonly y: number }
  /** The last is the default. */
  | { readonly kind: 'labels'; readonly labels: readonly number[] }
  /** null: no annotation. */
  | { readonly kind: 'result-types'; readonly types: readonly ValType[] | null }
  | { readonly kind: 'heap-type'; readonly heap: HeapType }
  | { readonly kind: 'ref-type'; readonly type: RefType }
  /** A branch to label `x` on a cast between two types: br_on_cast, br_on_cast_fail. */
  | { readonly kind: 'cast-branch'; readonly x: number; readonly from: RefType; readonly to: RefType }
  /** The 16 lanes of i8x16.shuffle. */
  | { readonly kind: 'lanes'; readonly lanes: readonly number[] }
  /** 16 bytes, least significant first. */
  | { readonly kind: 'v128'; readonly bytes: Uint8Array }
  | { readonly kind: 'i32'; readonly value: number }
  | { readonly kind: 'i64'; readonly value: bigint }
  | { readonly kind: 'f32'; readonly bits: number }
  | { readonly kind: 'f64'; readonly bits: bigint };

/**
 * An annotation `(@id …)` without a meaning of its own here, kept before the definition or instruction that follows it; `text` is what
 * stands after the id, each run of white space and comments one space. `metadata.code.*` ones have a binary form [tool
 * conventions, Code Metadata]; `name` and `custom` annotations are not among these.
 */
export interface Annotation {
  readonly id: string;
  readonly text: string;
}

/** An instruction of the table in `instructions.ts`. */
export interface PlainInstr {
  readonly kind: 'plain';
  /** The table's mnemonic (never an alias). */
  readonly op: string;
  readonly imm: Immediate;
  readonly at: Span;
  readonly notes?: readonly Annotation[];
}

/** A clause of try_table: `tag` is null exactly for the two that catch all. `label` counts from outside the try_table. */
export interface Catch {
  readonly kind: 'catch' | 'catch_ref' | 'catch_all' | 'catch_all_ref';
  readonly tag: number | null;
  readonly label: number;
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
      readonly notes?: readonly Annotation[];
    }
  | {
      readonly kind: 'try_table';
      readonly label: string | null;
      readonly type: BlockType;
      readonly catches: readonly Catch[];
      readonly body: readonly Instr[];
      readonly at: Span;
      readonly notes?: readonly Annotation[];
    }
  | {
      readonly kind: 'if';
      readonly label: string | null;
      readonly type: BlockType;
      readonly then: readonly Instr[];
      readonly else: readonly Instr[];
      readonly at: Span;
      readonly notes?: readonly Annotation[];
    };

export type Expr = readonly Instr[];

/** What every definition has: its identifier if it was given one, and its place. */
export interface Definition {
  readonly id: string | null;
  readonly at: Span;
  readonly notes?: readonly Annotation[];
}

/** `type` is a definition; structural sharing of equal types is the validator's business, not the parser's. */
export interface TypeDef extends Definition {
  readonly type: SubType;
  /** Names of a struct's fields, null where unnamed; as many as it has fields, none for other types. */
  readonly fields: readonly (string | null)[];
}

export type ImportType =
  | { readonly kind: 'func'; readonly type: number }
  | { readonly kind: 'global'; readonly type: GlobalType }
  | { readonly kind: 'table'; readonly type: TableType }
  | { readonly kind: 'memory'; readonly type: MemType }
  | { readonly kind: 'tag'; readonly type: number };

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
  /** What every slot starts with; null: null references. */
  readonly init: Expr | null;
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
  readonly kind: ExternKind;
  readonly index: number;
  readonly at: Span;
  readonly notes?: readonly Annotation[];
}

/** `type`: the index of a function type. */
export interface Tag extends Definition {
  readonly type: number;
}

export interface Elem extends Definition {
  readonly share: Share;
  readonly type: RefType;
  /** One constant expression an element; a function index is `ref.func` of it. */
  readonly items: readonly Expr[];
  readonly mode:
    | { readonly kind: 'passive' | 'declarative' }
    | { readonly kind: 'active'; readonly table: number; readonly offset: Expr };
}

export interface Data extends Definition {
  readonly share: Share;
  readonly bytes: Uint8Array;
  readonly mode:
    | { readonly kind: 'passive' }
    | { readonly kind: 'active'; readonly memory: number; readonly offset: Expr };
}

/** The sections of a binary module, in their order [core 3.0, Binary Format, Modules]. */
export const SECTIONS = [
  'type',
  'import',
  'func',
  'table',
  'memory',
  'tag',
  'global',
  'export',
  'start',
  'elem',
  'datacount',
  'code',
  'data',
] as const;

export type SectionName = (typeof SECTIONS)[number];

/**
 * A custom section that has no meaning here (the name section becomes names, `metadata.code.*` become annotations of instructions,
 * as far as they are well-formed).
 */
export interface Custom {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The section of this module after which it stands; null: it stands before the first. Always one that the module has. */
  readonly after: SectionName | null;
  readonly at: Span;
}

export interface Module {
  readonly id: string | null;
  readonly at: Span;
  /** Weft's own module-level flag: every import and export must be shared or thread_local. */
  readonly shared: boolean;
  readonly types: readonly TypeDef[];
  /** The sizes of the recursive groups of `types`, in order; they add up to its length. A definition outside a group has one alone. */
  readonly recs: readonly number[];
  readonly imports: readonly Import[];
  readonly funcs: readonly Func[];
  readonly tables: readonly Table[];
  readonly memories: readonly Memory[];
  readonly tags: readonly Tag[];
  readonly globals: readonly Global[];
  readonly exports: readonly Export[];
  readonly start: { readonly func: number; readonly at: Span; readonly notes?: readonly Annotation[] } | null;
  readonly elems: readonly Elem[];
  readonly datas: readonly Data[];
  readonly customs: readonly Custom[];
  /** Annotations after the last field. */
  readonly notes?: readonly Annotation[];
}
