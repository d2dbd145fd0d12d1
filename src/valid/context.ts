import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import { TYPES_OF_ALL, TYPES_PER_BYTE } from '../syntax/limits.ts';
import type { Expr, Instr, Module } from '../syntax/module.ts';
import type { Readings } from '../syntax/readings.ts';
import type {
  ExternKind,
  FuncType,
  GlobalType,
  HeapType,
  MemType,
  RefType,
  Share,
  SubType,
  TableType,
  ValType,
} from '../syntax/types.ts';
import type { Code } from './code.ts';
import { matchRefType, type Matching } from './match.ts';
import { diagnose, type More, Rejected } from './diagnose.ts';
import type { Premises } from './premises.ts';
import { idsOf, type TypeIds } from './type-ids.ts';

/** What an index space holds: a thing of the module, by kind and index. */
export interface Thing {
  readonly kind: ExternKind | 'elem' | 'data' | 'type';
  readonly index: number;
}

/** What every entry of an index space of things that can be imported has: its identifier, and whether it is imported. */
export interface Entry<T> {
  readonly id: string | null;
  readonly imported: boolean;
  readonly type: T;
}

/** A function's or tag's entry: the type index that it was declared with. */
export type FuncEntry = Entry<number>;

/** A segment's share is what the reading `segment-shares` makes it. */
export interface DataEntry {
  readonly id: string | null;
  readonly share: Share;
}

export interface ElemEntry extends DataEntry {
  readonly type: RefType;
}

/**
 * The context `C` of a module [core, Validation / Contexts]. Its types are the module's own, with type indices as written, so
 * that messages can name them; they are compared by their ids.
 */
export interface Context extends Matching {
  readonly module: Module;
  readonly types: readonly SubType[];
  readonly ids: TypeIds;
  readonly funcs: readonly FuncEntry[];
  readonly tables: readonly Entry<TableType>[];
  readonly memories: readonly Entry<MemType>[];
  readonly globals: readonly Entry<GlobalType>[];
  readonly tags: readonly FuncEntry[];
  readonly elems: readonly ElemEntry[];
  readonly datas: readonly DataEntry[];
  /** Functions that occur outside of bodies, so that `ref.func` may name them: C.refs. */
  readonly declared: ReadonlySet<number>;
  readonly readings: Readings;
  readonly premises: Premises;
  readonly report: (diagnostic: Diagnostic) => void;
  /** How many more types instructions may go through in lists; see `spend` in `code.ts`. */
  readonly budget: { left: number };
  /** Told of every instruction that is well typed; null if nobody wants to know. */
  readonly watch: Watch | null;
}

/** Is shown the state before an instruction; what it gives is called in the state after it, of a block in that at its body's begin, and never if the instruction is rejected. */
export type Watch = (code: Code, instr: Instr) => (() => void) | null;

export function makeContext(
  module: Module,
  readings: Readings,
  premises: Premises,
  report: (d: Diagnostic) => void,
  watch: Watch | null = null,
): Context {
  const types = module.types.map((td) => td.type);
  const funcs: FuncEntry[] = [];
  const tables: Entry<TableType>[] = [];
  const memories: Entry<MemType>[] = [];
  const globals: Entry<GlobalType>[] = [];
  const tags: FuncEntry[] = [];
  for (const { id, desc } of module.imports) {
    const imported = true;
    if (desc.kind === 'func') funcs.push({ id, imported, type: desc.type });
    else if (desc.kind === 'table') tables.push({ id, imported, type: desc.type });
    else if (desc.kind === 'memory') memories.push({ id, imported, type: desc.type });
    else if (desc.kind === 'tag') tags.push({ id, imported, type: desc.type });
    else globals.push({ id, imported, type: desc.type });
  }
  const imported = false;
  for (const { id, type } of module.funcs) funcs.push({ id, imported, type });
  for (const { id, type } of module.tables) tables.push({ id, imported, type });
  for (const { id, type } of module.memories) memories.push({ id, imported, type });
  for (const { id, type } of module.globals) globals.push({ id, imported, type });
  for (const { id, type } of module.tags) tags.push({ id, imported, type });
  const implied = readings['segment-shares'] === 'implied';
  const shareOf = (ht: HeapType): Share => (ht.kind === 'abstract' ? ht.share : (types[ht.type]?.share ?? 'unshared'));
  return {
    module,
    types,
    ids: idsOf(module),
    funcs,
    tables,
    memories,
    globals,
    tags,
    elems: module.elems.map(({ id, share, type }) => ({ id, share: implied ? shareOf(type.heap) : share, type })),
    datas: module.datas.map(({ id, share }) => ({ id, share: implied ? 'shared' : share })),
    declared: declaredFuncs(module),
    readings,
    premises,
    report,
    budget: { left: TYPES_OF_ALL + TYPES_PER_BYTE * (module.at.end - module.at.start) },
    watch,
  };
}

/** The functions that a module mentions outside of bodies and its start [core 3.0, Modules: refs]. */
function declaredFuncs(module: Module): ReadonlySet<number> {
  const declared = new Set<number>();
  const add = (expr: Expr): void => {
    for (const instr of expr) {
      if (instr.kind === 'plain' && instr.op === 'ref.func' && instr.imm.kind === 'index') declared.add(instr.imm.x);
    }
  };
  for (const e of module.exports) if (e.kind === 'func') declared.add(e.index);
  for (const g of module.globals) add(g.init ?? []);
  for (const t of module.tables) add(t.init ?? []);
  for (const e of module.elems) {
    e.items.forEach(add);
    if (e.mode.kind === 'active') add(e.mode.offset);
  }
  for (const d of module.datas) if (d.mode.kind === 'active') add(d.mode.offset);
  return declared;
}

/** Where and under which rule something is asked for; `what` is the syntax that asks, `of` what it names where a message should say so. */
export interface Site {
  readonly rule: string;
  readonly at: Span;
  readonly what: string;
  readonly of?: Thing;
}

/** The part of a site that a message does not mention. */
export type Asker = Pick<Site, 'rule' | 'at'>;

/** Reports an error after which the rest can still be checked. */
export function report(C: Context, site: Asker, message: string, more: More = {}): void {
  C.report(diagnose(site.rule, site.at, message, more));
}

/** Gives up the definition being checked: what follows would only be guessed at. */
export function reject(site: Asker, message: string, more: More = {}): never {
  throw new Rejected(diagnose(site.rule, site.at, message, more));
}

/** The definition of a type index that an instruction names. */
export function definition(C: Context, site: Asker, x: number): SubType {
  return C.types[x] ?? reject(site, `unknown type ${x}`);
}

/** The definition of a function's or tag's type; where that is unknown it was reported where the function was declared. */
export function entryType(C: Context, entry: FuncEntry): SubType & { readonly comp: FuncType } {
  const st = C.types[entry.type];
  if (st?.comp.kind !== 'func') throw new Rejected(null);
  return st as SubType & { readonly comp: FuncType };
}

export function func(C: Context, site: Asker, x: number): FuncEntry {
  return C.funcs[x] ?? reject(site, `unknown function ${x}`);
}

export function table(C: Context, site: Asker, x: number): Entry<TableType> {
  return C.tables[x] ?? reject(site, `unknown table ${x}`);
}

export function memory(C: Context, site: Asker, x: number): Entry<MemType> {
  return C.memories[x] ?? reject(site, `unknown memory ${x}`);
}

export function tag(C: Context, site: Asker, x: number): FuncEntry {
  return C.tags[x] ?? reject(site, `unknown tag ${x}`);
}

export function elem(C: Context, site: Asker, x: number): ElemEntry {
  return C.elems[x] ?? reject(site, `unknown elem segment ${x}`);
}

export function data(C: Context, site: Asker, x: number): DataEntry {
  return C.datas[x] ?? reject(site, `unknown data segment ${x}`);
}

/**
 * Whether a value of type `t1` may stand where `t2` is wanted. A type that mentions an unknown definition matches everything:
 * it has been reported where it was written.
 */
export function matches(C: Context, t1: ValType, t2: ValType): boolean {
  if (t1 === t2) return true;
  if (typeof t1 === 'string' || typeof t2 === 'string') return false;
  return matchRefType(t1, t2, C) || !isKnown(C, t1) || !isKnown(C, t2);
}

function isKnown(C: Context, { heap }: RefType): boolean {
  return heap.kind === 'abstract' || C.types[heap.type] !== undefined;
}

/** The share of a heap type; null if it is unknown. */
export function heapShare(C: Context, ht: HeapType): Share | null {
  return ht.kind === 'abstract' ? ht.share : (C.types[ht.type]?.share ?? null);
}
