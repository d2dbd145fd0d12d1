import type {
  BlockType,
  Catch,
  Data,
  Elem,
  Export,
  Expr,
  Func,
  Global,
  Import,
  ImportType,
  Instr,
  Local,
  MemArg,
  Memory,
  Module,
  OrderAnnotation,
  Table,
  Tag,
} from '../../syntax/module.ts';
import type {
  AddrType,
  GlobalShare,
  GlobalType,
  Limits,
  MemType,
  Share,
  SubType,
  TableType,
} from '../../syntax/types.ts';
import type { Context, ModuleContext } from './context.ts';
import type { CompTerm, DefTerm, FieldTerm, HeapTerm, RefTerm, ResultTerm, StorageTerm, ValTerm } from './terms.ts';

/**
 * Judgements as data, one form per relation of the specification. Those about types see only the module's part M of the context. `share` is
 * the share of the conclusion: with `shared` it is ok(shared), with `unshared` plainly ok.
 */

/** t1* →x* t2*: with the locals that the instructions set. */
export interface InstrType {
  readonly params: ResultTerm;
  readonly locals: readonly number[];
  readonly results: ResultTerm;
}

/** The type of an import or export, closed. */
export type ExternTerm =
  | { readonly kind: 'func' | 'tag'; readonly type: DefTerm }
  | { readonly kind: 'global'; readonly type: GlobalType }
  | { readonly kind: 'memory'; readonly type: MemType }
  | { readonly kind: 'table'; readonly type: TableType };

interface Ok<Relation extends string, T> {
  readonly relation: Relation;
  readonly M: ModuleContext;
  readonly of: T;
  readonly share: Share;
}

interface Sub<Relation extends string, T> {
  readonly relation: Relation;
  readonly M: ModuleContext;
  readonly left: T;
  readonly right: T;
}

/** Something of a module that is valid in the module's context. */
interface Valid<Relation extends string, T> {
  readonly relation: Relation;
  readonly M: ModuleContext;
  readonly of: T;
}

interface InCode<Relation extends string, T> {
  readonly relation: Relation;
  readonly C: Context;
  readonly of: T;
}

export type TypeJudgement =
  | Ok<'Heaptype_ok', HeapTerm>
  | Ok<'Reftype_ok', RefTerm>
  | Ok<'Valtype_ok', ValTerm>
  | Ok<'Resulttype_ok', ResultTerm>
  | Ok<'Storagetype_ok', StorageTerm>
  | Ok<'Fieldtype_ok', FieldTerm>
  | Ok<'Comptype_ok', CompTerm>
  /** `at`: the index that it defines. */
  | (Valid<'Subtype_ok', SubType> & { readonly at: number })
  | (Valid<'Rectype_ok', readonly SubType[]> & { readonly at: number })
  | (Valid<'Blocktype_ok', BlockType> & { readonly type: InstrType; readonly share: Share })
  | { readonly relation: 'Limits_ok'; readonly of: Limits; readonly most: bigint }
  | Valid<'Tagtype_ok', number>
  | Valid<'Globaltype_ok', GlobalType>
  | Valid<'Memtype_ok', MemType>
  | Valid<'Tabletype_ok', TableType>
  | Valid<'Externtype_ok', ImportType>;

export type SubJudgement =
  | Sub<'Heaptype_sub', HeapTerm>
  | Sub<'Reftype_sub', RefTerm>
  | Sub<'Valtype_sub', ValTerm>
  | Sub<'Resulttype_sub', ResultTerm>
  | Sub<'Storagetype_sub', StorageTerm>
  | Sub<'Fieldtype_sub', FieldTerm>
  | Sub<'Comptype_sub', CompTerm>
  | Sub<'Deftype_sub', DefTerm>
  | { readonly relation: 'Limits_sub'; readonly left: Limits; readonly right: Limits }
  | Sub<'Tagtype_sub', DefTerm>
  | Sub<'Globaltype_sub', GlobalType>
  | Sub<'Memtype_sub', MemType>
  | Sub<'Tabletype_sub', TableType>
  | Sub<'Externtype_sub', ExternTerm>
  | { readonly relation: 'Instrtype_sub'; readonly C: Context; readonly left: InstrType; readonly right: InstrType };

export type CodeJudgement =
  | InCode<'Instrtype_ok', InstrType>
  | (InCode<'Instr_ok', Instr> & { readonly type: InstrType })
  | (InCode<'Instrs_ok', Expr> & { readonly type: InstrType })
  | InCode<'Catch_ok', Catch>
  /** `bytes`: of what is accessed; `atomic` accesses are aligned exactly. */
  | {
      readonly relation: 'Memarg_ok';
      readonly of: MemArg;
      readonly addr: AddrType;
      readonly bytes: number;
      readonly atomic: boolean;
    }
  | Valid<'Order_ok', OrderAnnotation>
  /** What an atomic instruction accesses has this share. */
  | Valid<'Object_ok', GlobalShare>
  /** What a wait on a place with such content compares it with. */
  | (Valid<'Wait_expected', StorageTerm> & { readonly type: ValTerm })
  | (InCode<'Expr_ok', Expr> & { readonly type: ResultTerm })
  | InCode<'Instr_const', Instr>
  | InCode<'Expr_const', Expr>
  | (InCode<'Expr_ok_const', Expr> & { readonly type: ValTerm });

export type ModuleJudgement =
  /** The recursive groups of a module, and the defined types that they come to. */
  | (Valid<'Types_ok', readonly (readonly SubType[])[]> & { readonly types: readonly DefTerm[] })
  /** `shared`: as one of a module with the flag. */
  | (Valid<'Import_ok', Import> & { readonly shared: boolean })
  | Valid<'Tag_ok', Tag>
  | Valid<'Global_ok', Global>
  | Valid<'Globals_ok', readonly Global[]>
  | Valid<'Mem_ok', Memory>
  | Valid<'Table_ok', Table>
  | (Valid<'Local_ok', Local> & { readonly set: boolean; readonly share: Share })
  | Valid<'Func_ok', Func>
  | Valid<'Data_ok', Data>
  | Valid<'Elem_ok', Elem>
  | Valid<'Start_ok', number>
  | (Valid<'Export_ok', Export> & { readonly shared: boolean })
  | { readonly relation: 'Module_ok'; readonly of: Module };

export type Judgement = TypeJudgement | SubJudgement | CodeJudgement | ModuleJudgement;

/** An instance of a rule: its conclusion holds if its premises do. */
export interface Step<J extends Judgement = Judgement> {
  readonly conclusion: J;
  readonly premises: readonly Judgement[];
}

/** A rule: the instance that an assignment of its metavariables gives; null where a side condition fails. */
export type Rule<V> = (variables: V) => Step | null;

export function okType<
  R extends
    | 'Heaptype_ok'
    | 'Reftype_ok'
    | 'Valtype_ok'
    | 'Resulttype_ok'
    | 'Storagetype_ok'
    | 'Fieldtype_ok'
    | 'Comptype_ok',
>(relation: R, M: ModuleContext, of: Extract<TypeJudgement, { relation: R }>['of'], share: Share): Judgement {
  return { relation, M, of, share } as Judgement;
}

export function sub<R extends Exclude<SubJudgement['relation'], 'Limits_sub' | 'Instrtype_sub'>>(
  relation: R,
  M: ModuleContext,
  left: Extract<SubJudgement, { relation: R }>['left'],
  right: Extract<SubJudgement, { relation: R }>['right'],
): Judgement {
  return { relation, M, left, right } as Judgement;
}

export function instrType(params: ResultTerm, results: ResultTerm, locals: readonly number[] = []): InstrType {
  return { params, locals, results };
}
