import { assertNever } from '../base/assert.ts';
import {
  printGlobalType,
  printHeapType,
  printMemType,
  printSubType,
  printTableType,
  printValType,
  type TypeNames,
} from '../syntax/print-types.ts';
import type { FieldType, GlobalType, HeapType, StorageType, SubType, ValType } from '../syntax/types.ts';
import type { Context, Thing } from './context.ts';

/**
 * A module's things in plain words, with their author's identifiers: what the reasons (`because`) and hints of sharing
 * errors are made of.
 */

const WORD = {
  func: 'function',
  table: 'table',
  memory: 'memory',
  global: 'global',
  tag: 'tag',
  elem: 'elem segment',
  data: 'data segment',
  type: 'type',
} as const;

const PLURAL = {
  func: 'functions',
  table: 'tables',
  memory: 'memories',
  global: 'globals',
  tag: 'tags',
  elem: 'elem segments',
  data: 'data segments',
} as const;

const OF_COMPOSITE = { func: 'function types', struct: 'structs', array: 'arrays' } as const;

/** What things of a kind are called; of a type, what its values are. */
export function plural(C: Context, { kind, index }: Thing): string {
  if (kind !== 'type') return PLURAL[kind];
  const comp = C.types[index]?.comp.kind;
  return comp === undefined ? 'types' : OF_COMPOSITE[comp];
}

const WORDLIKE = /^[0-9A-Za-z!#$%&'*+\-./:<=>?@\\^_`|~]+$/;

/** Messages name things and list types up to these lengths: they are for reading, and nobody reads more. */
const LONGEST_NAME = 80;
const LONGEST_LIST = 16;

/** An identifier as the text format writes it; a very long one is cut. */
export function printId(id: string): string {
  if (id.length > LONGEST_NAME) return `${printId(id.slice(0, LONGEST_NAME))}…`;
  return WORDLIKE.test(id) ? `$${id}` : `$${JSON.stringify(id)}`;
}

function shorten<T>(list: readonly T[]): readonly T[] {
  return list.length > LONGEST_LIST ? list.slice(0, LONGEST_LIST) : list;
}

/** ` (and 984 more)`, or nothing. */
function more(...lists: readonly (readonly unknown[])[]): string {
  const left = lists.reduce((sum, list) => sum + Math.max(0, list.length - LONGEST_LIST), 0);
  return left === 0 ? '' : ` (and ${left} more)`;
}

/** Several types as the suites' messages write them, the rest of a long list only counted. */
export function printList<T>(list: readonly T[], print: (t: T) => string): string {
  return `[${shorten(list).map(print).join(' ')}${more(list)}]`;
}

/** `$t`, or the plain index of a type without an identifier. */
export function typeName(C: Context, x: number): string {
  const id = C.module.types[x]?.id;
  return id === undefined || id === null ? String(x) : printId(id);
}

const namings = new WeakMap<Context, TypeNames>();

/** The names of a module's types; nullable references to abstract types are abbreviated. */
export function typeNames(C: Context): TypeNames {
  let naming = namings.get(C);
  if (naming === undefined) {
    naming = Object.assign((x: number) => typeName(C, x), { short: true } as const);
    namings.set(C, naming);
  }
  return naming;
}

export function printVal(C: Context, t: ValType): string {
  return printValType(t, typeNames(C));
}

/** A value type or a packed one. */
export function printStorage(C: Context, st: StorageType): string {
  return st === 'i8' || st === 'i16' ? st : printVal(C, st);
}

export function printVals(C: Context, ts: readonly ValType[]): string {
  return printList(ts, (t) => printVal(C, t));
}

export function printHeap(C: Context, ht: HeapType): string {
  return printHeapType(ht, typeNames(C));
}

/** The definition of a type index, with the names of its fields; with some of its annotations changed. */
export function printDefined(C: Context, x: number, changes: Partial<SubType> = {}): string {
  const st = C.types[x];
  if (st === undefined) return `type ${x}`;
  const fields = shorten(C.module.types[x]?.fields ?? []).map((id) => (id === null ? null : printId(id)));
  return printDef(C, { ...st, ...changes }, fields);
}

/** `fields`: the written forms of a structure's field names. */
export function printDef(C: Context, st: SubType, fields: readonly (string | null)[] = []): string {
  const { comp } = st;
  switch (comp.kind) {
    case 'func': {
      const { params, results } = comp;
      const short = { ...comp, params: shorten(params), results: shorten(results) };
      return `${printSubType({ ...st, comp: short }, typeNames(C))}${more(params, results)}`;
    }
    case 'struct': {
      const short = { ...comp, fields: shorten(comp.fields) };
      return `${printSubType({ ...st, comp: short }, typeNames(C), fields)}${more(comp.fields)}`;
    }
    case 'array':
      return printSubType(st, typeNames(C));
    default:
      return assertNever(comp);
  }
}

/** `(mut i32)`, `funcref`. */
export function printField(C: Context, { mutable, storage }: FieldType): string {
  return mutable ? `(mut ${printStorage(C, storage)})` : printStorage(C, storage);
}

export function printGlobal(C: Context, gt: GlobalType): string {
  return printGlobalType(gt, typeNames(C));
}

/** `function $f`, `memory 0`. */
export function nameThing(C: Context, thing: Thing): string {
  const id = entry(C, thing)?.id ?? null;
  return `${WORD[thing.kind]} ${id === null ? thing.index : printId(id)}`;
}

function entry(
  C: Context,
  { kind, index }: Thing,
): { readonly id: string | null; readonly imported?: boolean } | undefined {
  switch (kind) {
    case 'func':
      return C.funcs[index];
    case 'table':
      return C.tables[index];
    case 'memory':
      return C.memories[index];
    case 'global':
      return C.globals[index];
    case 'tag':
      return C.tags[index];
    case 'elem':
      return C.elems[index];
    case 'data':
      return C.datas[index];
    case 'type':
      return C.module.types[index];
    default:
      return assertNever(kind);
  }
}

export function isImported(C: Context, thing: Thing): boolean {
  return entry(C, thing)?.imported === true;
}

/** Whether shared code may mention it: it is shared, or a thread-local global. An unknown thing counts as shared. */
export function isShared(C: Context, { kind, index }: Thing): boolean {
  switch (kind) {
    case 'func':
      return typeIsShared(C, C.funcs[index]?.type);
    case 'tag':
      return typeIsShared(C, C.tags[index]?.type);
    case 'type':
      return typeIsShared(C, index);
    case 'table':
      return C.tables[index]?.type.share !== 'unshared';
    case 'memory':
      return C.memories[index]?.type.share !== 'unshared';
    case 'global':
      return C.globals[index]?.type.share !== 'unshared';
    case 'elem':
      return C.elems[index]?.share !== 'unshared';
    case 'data':
      return C.datas[index]?.share !== 'unshared';
    default:
      return assertNever(kind);
  }
}

function typeIsShared(C: Context, x: number | undefined): boolean {
  return x === undefined || C.types[x]?.share !== 'unshared';
}

/** `its type is (func)`, `its type $t is (shared (func (param i32)))`. */
function funcTypePhrase(C: Context, x: number | undefined): string {
  if (x === undefined) return 'it is unknown';
  const id = C.module.types[x]?.id ?? null;
  return `its type${id === null ? '' : ` ${printId(id)}`} is ${printDefined(C, x)}`;
}

/** `its type is (func)`, `it is (memory 1)`. */
function typePhrase(C: Context, { kind, index }: Thing): string {
  switch (kind) {
    case 'func':
      return funcTypePhrase(C, C.funcs[index]?.type);
    case 'tag':
      return funcTypePhrase(C, C.tags[index]?.type);
    case 'type':
      return `it is ${printDefined(C, index)}`;
    case 'table': {
      const tt = C.tables[index]?.type;
      return tt === undefined ? 'it is unknown' : `it is (table ${printTableType(tt, typeNames(C))})`;
    }
    case 'memory': {
      const mt = C.memories[index]?.type;
      return mt === undefined ? 'it is unknown' : `it is (memory ${printMemType(mt)})`;
    }
    case 'global': {
      const gt = C.globals[index]?.type;
      return `its type is ${gt === undefined ? 'unknown' : printGlobal(C, gt)}`;
    }
    case 'elem':
      return segmentPhrase(C, C.elems[index]?.share);
    case 'data':
      return segmentPhrase(C, C.datas[index]?.share);
    default:
      return assertNever(kind);
  }
}

function segmentPhrase(C: Context, share: 'shared' | 'unshared' | undefined): string {
  if (C.readings['segment-shares'] === 'implied') return 'that follows from what is in it (segment-shares=implied)';
  return share === 'shared' ? 'it is annotated as shared' : 'it has no shared annotation';
}

/** `function $f is shared: its type is …` or `function $f is not shared: its type is …`. */
export function whyShared(C: Context, thing: Thing): string {
  const local = thing.kind === 'global' && C.globals[thing.index]?.type.share === 'thread_local';
  const verdict = local ? 'is thread-local' : isShared(C, thing) ? 'is shared' : 'is not shared';
  return `${nameThing(C, thing)} ${verdict}: ${typePhrase(C, thing)}`;
}
