import type { Module } from './module.ts';
import type { FuncType, HeapType, ValType } from './types.ts';

/** Equality of syntax. Types compare structurally, a type index by its number. */

function equalHeapTypes(a: HeapType, b: HeapType): boolean {
  if (a.kind === 'index') return b.kind === 'index' && a.type === b.type;
  return b.kind === 'abstract' && a.share === b.share && a.name === b.name;
}

export function equalValTypes(a: ValType, b: ValType): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return a.nullable === b.nullable && equalHeapTypes(a.heap, b.heap);
}

function equalLists(a: readonly ValType[], b: readonly ValType[]): boolean {
  return a.length === b.length && a.every((t, i) => equalValTypes(t, b[i] ?? t));
}

export function equalFuncTypes(a: FuncType, b: FuncType): boolean {
  return equalLists(a.params, b.params) && equalLists(a.results, b.results);
}

/** Whether two modules are the same but for the places in their sources. */
export function equalModules(a: Module, b: Module): boolean {
  return equalButForSpans(a, b);
}

function equalButForSpans(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a instanceof Uint8Array || b instanceof Uint8Array) {
    return (
      a instanceof Uint8Array && b instanceof Uint8Array && a.length === b.length && a.every((byte, i) => byte === b[i])
    );
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((x, i) => equalButForSpans(x, b[i]))
    );
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(left).filter((key) => key !== 'at');
  const others = Object.keys(right).filter((key) => key !== 'at');
  return keys.length === others.length && keys.every((key) => key in right && equalButForSpans(left[key], right[key]));
}
