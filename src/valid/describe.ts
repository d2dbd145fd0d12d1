import { assertNever } from '../base/assert.ts';
import {
  printDefType,
  printGlobalType,
  printHeapType,
  printMemType,
  printTableType,
  printValType,
  printValTypes,
} from '../syntax/print-types.ts';
import type { DefType, GlobalType, HeapType, ValType } from '../syntax/types.ts';
import type { Context, Thing } from './context.ts';

/**
 * A module's things in plain words, with their author's identifiers: what the reasons (`because`) and hints of sharing
 * errors are made of.
 */

const WORD = { func: 'function', table: 'table', memory: 'memory', global: 'global' } as const;
const PLURAL = { func: 'functions', table: 'tables', memory: 'memories', global: 'globals' } as const;

export function plural(kind: Thing['kind']): string {
  return PLURAL[kind];
}

/** `$t`, or the plain index of a type without an identifier. */
export function typeName(C: Context, x: number): string {
  const id = C.module.types[x]?.id;
  return id === undefined || id === null ? String(x) : `$${id}`;
}

export function printVal(C: Context, t: ValType): string {
  return printValType(t, (x) => typeName(C, x));
}

export function printVals(C: Context, ts: readonly ValType[]): string {
  return printValTypes(ts, (x) => typeName(C, x));
}

export function printHeap(C: Context, ht: HeapType): string {
  return printHeapType(ht, (x) => typeName(C, x));
}

export function printDefined(C: Context, x: number): string {
  const dt = C.types[x];
  return dt === undefined ? `type ${x}` : printDef(C, dt);
}

export function printDef(C: Context, dt: DefType): string {
  return printDefType(dt, (x) => typeName(C, x));
}

export function printGlobal(C: Context, gt: GlobalType): string {
  return printGlobalType(gt, (x) => typeName(C, x));
}

/** `function $f`, `memory 0`. */
export function nameThing(C: Context, thing: Thing): string {
  const id = entry(C, thing)?.id ?? null;
  return `${WORD[thing.kind]} ${id === null ? thing.index : `$${id}`}`;
}

function entry(C: Context, thing: Thing): { readonly id: string | null; readonly imported: boolean } | undefined {
  switch (thing.kind) {
    case 'func':
      return C.funcs[thing.index];
    case 'table':
      return C.tables[thing.index];
    case 'memory':
      return C.memories[thing.index];
    case 'global':
      return C.globals[thing.index];
    default:
      return assertNever(thing.kind);
  }
}

/** Whether shared code may mention it: it is shared, or a thread-local global. An unknown thing counts as shared. */
export function isShared(C: Context, thing: Thing): boolean {
  switch (thing.kind) {
    case 'func': {
      const type = C.funcs[thing.index]?.type;
      return type === undefined || C.types[type]?.share !== 'unshared';
    }
    case 'table':
      return C.tables[thing.index]?.type.share !== 'unshared';
    case 'memory':
      return C.memories[thing.index]?.type.share !== 'unshared';
    case 'global':
      return C.globals[thing.index]?.type.share !== 'unshared';
    default:
      return assertNever(thing.kind);
  }
}

/** `its type is (func)`, `its type $t is (shared (func (param i32)))`, `it is (memory 1)`. */
function typePhrase(C: Context, thing: Thing): string {
  switch (thing.kind) {
    case 'func': {
      const x = C.funcs[thing.index]?.type ?? 0;
      const named = C.module.types[x]?.id !== null ? ` ${typeName(C, x)}` : '';
      return `its type${named} is ${printDefined(C, x)}`;
    }
    case 'table': {
      const tt = C.tables[thing.index]?.type;
      return tt === undefined ? 'it is unknown' : `it is (table ${printTableType(tt, (x) => typeName(C, x))})`;
    }
    case 'memory': {
      const mt = C.memories[thing.index]?.type;
      return mt === undefined ? 'it is unknown' : `it is (memory ${printMemType(mt)})`;
    }
    case 'global': {
      const gt = C.globals[thing.index]?.type;
      return `its type is ${gt === undefined ? 'unknown' : printGlobal(C, gt)}`;
    }
    default:
      return assertNever(thing.kind);
  }
}

/** `function $f is shared: its type is …` or `function $f is not shared: its type is …`. */
export function whyShared(C: Context, thing: Thing): string {
  const local = thing.kind === 'global' && C.globals[thing.index]?.type.share === 'thread_local';
  const verdict = local ? 'is thread-local' : isShared(C, thing) ? 'is shared' : 'is not shared';
  return `${nameThing(C, thing)} ${verdict}: ${typePhrase(C, thing)}`;
}

/** How to make a thing shared. */
export function howToShare(C: Context, thing: Thing): string {
  const name = nameThing(C, thing);
  const imported = entry(C, thing)?.imported === true ? ' (what is linked to it must then be shared too)' : '';
  switch (thing.kind) {
    case 'func': {
      const dt = C.types[C.funcs[thing.index]?.type ?? 0];
      const shared = dt === undefined ? '(shared (func))' : printDef(C, { ...dt, share: 'shared' });
      const id = C.funcs[thing.index]?.id ?? null;
      return `give ${name} the type ${shared}, as in (func ${id === null ? '' : `$${id} `}shared …)${imported}`;
    }
    case 'table':
      return `declare ${name} as shared, with a shared element type${imported}`;
    case 'memory': {
      const mt = C.memories[thing.index]?.type;
      if (mt === undefined) return `declare ${name} as shared`;
      const limits = { min: mt.limits.min, max: mt.limits.max ?? Math.max(mt.limits.min, 1) };
      return `declare ${name} as (memory ${printMemType({ share: 'shared', limits })})${imported}`;
    }
    case 'global': {
      const gt = C.globals[thing.index]?.type;
      if (gt === undefined) return `declare ${name} as shared`;
      const as = (share: GlobalType['share']): string => printGlobal(C, { ...gt, share });
      const own = gt.mutable ? `, or as ${as('thread_local')} for one value per thread` : '';
      return `declare ${name} as ${as('shared')}${own}${imported}`;
    }
    default:
      return assertNever(thing.kind);
  }
}
