import { assertNever } from '../base/assert.ts';
import type {
  AbsHeapName,
  AddrType,
  CompType,
  FieldType,
  FuncType,
  GlobalType,
  HeapType,
  Limits,
  MemType,
  RefType,
  Share,
  StorageType,
  SubType,
  TableType,
  ValType,
} from './types.ts';

/**
 * Types as the user would write them, in the form of the shared-everything proposal's tests (DOMAIN, section 6). A type
 * index is printed by `nameOf`, which gives the plain number unless the caller knows the types' identifiers.
 */

/** How a type index is written. `short`: nullable references to abstract types are abbreviated, as in messages. */
export type TypeNames = ((type: number) => string) & { readonly short?: true };

/** The abbreviations of nullable references [core 3.0, Text Format, Reference Types]. */
const ABBREVIATIONS: Partial<Record<AbsHeapName, string>> = {
  any: 'anyref',
  eq: 'eqref',
  i31: 'i31ref',
  struct: 'structref',
  array: 'arrayref',
  none: 'nullref',
  func: 'funcref',
  nofunc: 'nullfuncref',
  extern: 'externref',
  noextern: 'nullexternref',
  exn: 'exnref',
  noexn: 'nullexnref',
};

function ifShared(share: Share, text: string): string {
  return share === 'shared' ? `(shared ${text})` : text;
}

export function printHeapType(ht: HeapType, nameOf: TypeNames = String): string {
  return ht.kind === 'index' ? nameOf(ht.type) : ifShared(ht.share, ht.name);
}

export function printRefType(rt: RefType, nameOf: TypeNames = String): string {
  if (nameOf.short === true && rt.nullable && rt.heap.kind === 'abstract') {
    const short = ABBREVIATIONS[rt.heap.name];
    if (short !== undefined) return ifShared(rt.heap.share, short);
  }
  return `(ref ${rt.nullable ? 'null ' : ''}${printHeapType(rt.heap, nameOf)})`;
}

export function printValType(t: ValType, nameOf: TypeNames = String): string {
  return typeof t === 'string' ? t : printRefType(t, nameOf);
}

/** A stack or result type as the official suite's messages write it: `[i32 i64]`. */
export function printValTypes(ts: readonly ValType[], nameOf: TypeNames = String): string {
  return `[${ts.map((t) => printValType(t, nameOf)).join(' ')}]`;
}

/** `(param i32 i64) (result i32)`, empty parts left out: what follows a definition's own words. */
export function printSignature(ft: FuncType, nameOf: TypeNames = String): string {
  const list = (word: string, ts: readonly ValType[]): string[] =>
    ts.length === 0 ? [] : [`(${word} ${ts.map((t) => printValType(t, nameOf)).join(' ')})`];
  return [...list('param', ft.params), ...list('result', ft.results)].join(' ');
}

export function printFuncType(ft: FuncType, nameOf: TypeNames = String): string {
  const signature = printSignature(ft, nameOf);
  return signature === '' ? '(func)' : `(func ${signature})`;
}

/** A storage type, packed or not. */
function printStorageType(st: StorageType, nameOf: TypeNames): string {
  return typeof st === 'string' ? st : printRefType(st, nameOf);
}

function printFieldType(ft: FieldType, nameOf: TypeNames): string {
  const storage = printStorageType(ft.storage, nameOf);
  return ft.mutable ? `(mut ${storage})` : storage;
}

/** A field with its name, as `printCompType` is given them. */
function printField(ft: FieldType, id: string | null, nameOf: TypeNames): string {
  return `(field ${id === null ? '' : `${id} `}${printFieldType(ft, nameOf)})`;
}

/** `fields`: the written forms of a struct's field names (`$x`, `(@name "x y")`), null where it has none. */
export function printCompType(
  ct: CompType,
  nameOf: TypeNames = String,
  fields: readonly (string | null)[] = [],
): string {
  switch (ct.kind) {
    case 'func':
      return printFuncType(ct, nameOf);
    case 'struct':
      return `(${['struct', ...ct.fields.map((ft, i) => printField(ft, fields[i] ?? null, nameOf))].join(' ')})`;
    case 'array':
      return `(array ${printFieldType(ct.field, nameOf)})`;
    default:
      return assertNever(ct);
  }
}

/** `(func …)`, `(shared (struct …))`, `(sub final $t (shared (array i8)))`; the short form where it says the same. */
export function printSubType(st: SubType, nameOf: TypeNames = String, fields: readonly (string | null)[] = []): string {
  const comp = ifShared(st.share, printCompType(st.comp, nameOf, fields));
  if (st.final && st.supers.length === 0) return comp;
  return `(${['sub', ...(st.final ? ['final'] : []), ...st.supers.map(nameOf), comp].join(' ')})`;
}

function printLimits(addr: AddrType, limits: Limits): string {
  const range = limits.max === null ? `${limits.min}` : `${limits.min} ${limits.max}`;
  return addr === 'i64' ? `i64 ${range}` : range;
}

/** `1 2 shared`, `i64 1 2 shared`: the sharing of a memory follows its limits. */
export function printMemType(mt: MemType): string {
  const limits = printLimits(mt.addr, mt.limits);
  return mt.share === 'shared' ? `${limits} shared` : limits;
}

/** `shared i64 1 2 (ref null (shared func))`: the sharing of a table comes before its limits. */
export function printTableType(tt: TableType, nameOf: TypeNames = String): string {
  const share = tt.share === 'shared' ? 'shared ' : '';
  return `${share}${printLimits(tt.addr, tt.limits)} ${printRefType(tt.elem, nameOf)}`;
}

/** `i32`, `(mut i32)`, `(shared mut i32)`, `(thread_local mut i32)`. */
export function printGlobalType(gt: GlobalType, nameOf: TypeNames = String): string {
  const words = [gt.share === 'unshared' ? '' : gt.share, gt.mutable ? 'mut' : ''].filter((word) => word !== '');
  const content = printValType(gt.content, nameOf);
  return words.length === 0 ? content : `(${words.join(' ')} ${content})`;
}
