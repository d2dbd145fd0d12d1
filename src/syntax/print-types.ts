import type {
  DefType,
  FuncType,
  GlobalType,
  HeapType,
  Limits,
  MemType,
  RefType,
  Share,
  TableType,
  ValType,
} from './types.ts';

/**
 * Types as the user would write them, in the form of the shared-everything proposal's tests (DOMAIN, section 6). A type
 * index is printed by `nameOf`, which gives the plain number unless the caller knows the types' identifiers.
 */

/** How a type index is written. */
export type TypeNames = (type: number) => string;

function ifShared(share: Share, text: string): string {
  return share === 'shared' ? `(shared ${text})` : text;
}

export function printHeapType(ht: HeapType, nameOf: TypeNames = String): string {
  return ht.kind === 'index' ? nameOf(ht.type) : ifShared(ht.share, ht.name);
}

export function printRefType(rt: RefType, nameOf: TypeNames = String): string {
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

export function printDefType(dt: DefType, nameOf: TypeNames = String): string {
  return ifShared(dt.share, printFuncType(dt.comp, nameOf));
}

function printLimits(limits: Limits): string {
  return limits.max === null ? `${limits.min}` : `${limits.min} ${limits.max}`;
}

/** `1 2 shared`: the sharing of a memory follows its limits. */
export function printMemType(mt: MemType): string {
  return mt.share === 'shared' ? `${printLimits(mt.limits)} shared` : printLimits(mt.limits);
}

/** `shared 1 2 (ref null (shared func))`: the sharing of a table comes before its limits. */
export function printTableType(tt: TableType, nameOf: TypeNames = String): string {
  const share = tt.share === 'shared' ? 'shared ' : '';
  return `${share}${printLimits(tt.limits)} ${printRefType(tt.elem, nameOf)}`;
}

/** `i32`, `(mut i32)`, `(shared mut i32)`, `(thread_local mut i32)`. */
export function printGlobalType(gt: GlobalType, nameOf: TypeNames = String): string {
  const words = [gt.share === 'unshared' ? '' : gt.share, gt.mutable ? 'mut' : ''].filter((word) => word !== '');
  const content = printValType(gt.content, nameOf);
  return words.length === 0 ? content : `(${words.join(' ')} ${content})`;
}
