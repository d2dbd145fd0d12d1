import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import type { Module } from '../syntax/module.ts';
import type { Readings } from '../syntax/readings.ts';
import type {
  DefType,
  ExternKind,
  GlobalType,
  HeapType,
  MemType,
  RefType,
  TableType,
  ValType,
} from '../syntax/types.ts';
import { matchValType } from './match.ts';
import { diagnose, type More, Rejected } from './diagnose.ts';
import type { Premises } from './premises.ts';
import { closeValType, type TypeIds, typeIds } from './type-ids.ts';

/** An entry of an index space: a thing of the module, by kind and index. */
export interface Thing {
  readonly kind: ExternKind;
  readonly index: number;
}

/** What every entry of an index space has: its identifier, and whether it is imported. */
export interface Entry<T> {
  readonly id: string | null;
  readonly imported: boolean;
  readonly type: T;
}

/** A function's entry: the type index that it was declared with. */
export type FuncEntry = Entry<number>;

/**
 * The context `C` of a module [core, Validation / Contexts]. Its types are the module's own, with type indices as written, so
 * that messages can name them; they are closed only to be compared.
 */
export interface Context {
  readonly module: Module;
  readonly types: readonly DefType[];
  readonly ids: TypeIds;
  readonly funcs: readonly FuncEntry[];
  readonly tables: readonly Entry<TableType>[];
  readonly memories: readonly Entry<MemType>[];
  readonly globals: readonly Entry<GlobalType>[];
  /** Functions that occur outside of bodies, so that `ref.func` may name them: C.refs. */
  readonly declared: ReadonlySet<number>;
  readonly readings: Readings;
  readonly premises: Premises;
  readonly report: (diagnostic: Diagnostic) => void;
}

export function makeContext(
  module: Module,
  readings: Readings,
  premises: Premises,
  report: (d: Diagnostic) => void,
): Context {
  const types = module.types.map((td) => td.type);
  const funcs: FuncEntry[] = [];
  const tables: Entry<TableType>[] = [];
  const memories: Entry<MemType>[] = [];
  const globals: Entry<GlobalType>[] = [];
  for (const { id, desc } of module.imports) {
    const imported = true;
    if (desc.kind === 'func') funcs.push({ id, imported, type: desc.type });
    else if (desc.kind === 'table') tables.push({ id, imported, type: desc.type });
    else if (desc.kind === 'memory') memories.push({ id, imported, type: desc.type });
    else globals.push({ id, imported, type: desc.type });
  }
  const imported = false;
  for (const { id, type } of module.funcs) funcs.push({ id, imported, type });
  for (const { id, type } of module.tables) tables.push({ id, imported, type });
  for (const { id, type } of module.memories) memories.push({ id, imported, type });
  for (const { id, type } of module.globals) globals.push({ id, imported, type });
  const declared = declaredFuncs(module);
  return { module, types, ids: typeIds(types), funcs, tables, memories, globals, declared, readings, premises, report };
}

/** The functions that a module mentions outside of bodies and its start [core 3.0, Modules: refs]. */
function declaredFuncs(module: Module): ReadonlySet<number> {
  const declared = new Set<number>();
  for (const e of module.exports) if (e.kind === 'func') declared.add(e.index);
  for (const g of module.globals) {
    for (const instr of g.init ?? []) {
      if (instr.kind === 'plain' && instr.op === 'ref.func' && instr.imm.kind === 'index') declared.add(instr.imm.x);
    }
  }
  return declared;
}

/** Where and under which rule something is asked for; `what` is the syntax that asks. */
export interface Site {
  readonly rule: string;
  readonly at: Span;
  readonly what: string;
}

/** Reports an error after which the rest can still be checked. */
export function report(C: Context, site: Pick<Site, 'rule' | 'at'>, message: string, more: More = {}): void {
  C.report(diagnose(site.rule, site.at, message, more));
}

/** Gives up the definition being checked: what follows would only be guessed at. */
export function reject(site: Pick<Site, 'rule' | 'at'>, message: string, more: More = {}): never {
  throw new Rejected(diagnose(site.rule, site.at, message, more));
}

/** The definition of a function's type; a function whose type is unknown was reported where it was declared. */
export function funcDefType(C: Context, entry: FuncEntry): DefType {
  const dt = C.types[entry.type];
  if (dt === undefined) throw new Rejected(null);
  return dt;
}

export function func(C: Context, site: Site, x: number): FuncEntry {
  return C.funcs[x] ?? reject(site, `unknown function ${x}`);
}

export function memory(C: Context, site: Site, x: number): Entry<MemType> {
  return C.memories[x] ?? reject(site, `unknown memory ${x}`);
}

/**
 * Whether a value of type `t1` may stand where `t2` is wanted. A type that mentions an unknown definition matches everything:
 * it has been reported where it was written.
 */
export function matches(C: Context, t1: ValType, t2: ValType): boolean {
  if (typeof t1 === 'string' || typeof t2 === 'string') return t1 === t2;
  if (!isKnown(C, t1) || !isKnown(C, t2)) return true;
  return matchValType(closeValType(C.ids, t1), closeValType(C.ids, t2), C.premises);
}

function isKnown(C: Context, rt: RefType): boolean {
  return rt.heap.kind === 'abstract' || C.types[rt.heap.type] !== undefined;
}

/** The share of a heap type; null if it is unknown. */
export function heapShare(C: Context, ht: HeapType): 'shared' | 'unshared' | null {
  return ht.kind === 'abstract' ? ht.share : (C.types[ht.type]?.share ?? null);
}
