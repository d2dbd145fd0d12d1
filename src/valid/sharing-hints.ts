import { assertNever } from '../base/assert.ts';
import { printMemType, printTableType } from '../syntax/print-types.ts';
import type {
  CompType,
  FieldType,
  GlobalType,
  HeapType,
  RefType,
  StorageType,
  SubType,
  ValType,
} from '../syntax/types.ts';
import type { Context, Thing } from './context.ts';
import {
  isImported,
  nameThing,
  printDef,
  printDefined,
  printGlobal,
  printHeap,
  printVal,
  typeName,
  typeNames,
} from './describe.ts';

/** How to make shared what should be: the hints of sharing errors, and the last links of their chains. */

/** The last link of a chain of types. */
export function whyTypeUnshared(C: Context, t: ValType | HeapType): string {
  if (typeof t === 'string') return `${t} is shared`;
  const ht = t.kind === 'ref' ? t.heap : t;
  const verdict = `${t.kind === 'ref' ? printVal(C, t) : printHeap(C, t)} is not shared`;
  if (ht.kind === 'index') return `${verdict}: type ${typeName(C, ht.type)} is ${printDefined(C, ht.type)}`;
  return `${verdict}: the heap type ${ht.name} has no shared annotation`;
}

/** The same type with the annotation that it lacks. */
export function howToShareType(C: Context, t: ValType | HeapType): string {
  if (typeof t === 'string') return 'use a shared type';
  const ht = t.kind === 'ref' ? t.heap : t;
  if (ht.kind === 'index') return howToShareDefinition(C, ht.type);
  return `write ${t.kind === 'ref' ? printRefWithHeap(C, t) : printHeap(C, { ...ht, share: 'shared' })}`;
}

/** `(ref null (shared func))`: the form that shows where the annotation goes. */
function printRefWithHeap(C: Context, rt: RefType): string {
  return `(ref ${rt.nullable ? 'null ' : ''}${printHeap(C, sharedHeap(rt.heap))})`;
}

const definitionHints = new WeakMap<Context, Map<number, string>>();

/**
 * The definition with all that it needs to be shared: its annotation and its abstract types'; then the definitions that it mentions. Made
 * once for each: a large definition may be to blame for many errors.
 */
function howToShareDefinition(C: Context, x: number): string {
  let hints = definitionHints.get(C);
  if (hints === undefined) definitionHints.set(C, (hints = new Map()));
  let hint = hints.get(x);
  if (hint === undefined) hints.set(x, (hint = hintForDefinition(C, x)));
  return hint;
}

function hintForDefinition(C: Context, x: number): string {
  const also = unsharedWith(C, x);
  const named = also.slice(0, NAMED).map((y) => typeName(C, y));
  const list = also.length > NAMED ? `${named.join(', ')}, …` : named.join(', ');
  const rest =
    also.length === 0 ? '' : `, and with it the ${also.length === 1 ? 'type' : 'types'} ${list} that it needs`;
  return `define type ${typeName(C, x)} as ${sharedDef(C, x)}${rest}`;
}

function sharedDef(C: Context, x: number | undefined): string {
  const st = x === undefined ? undefined : C.types[x];
  return st === undefined ? '(shared (func))' : printDef(C, withShare(st));
}

function withShare(st: SubType): SubType {
  return { ...st, share: 'shared', comp: mapComp(st.comp) };
}

function sharedHeap(ht: HeapType): HeapType {
  return ht.kind === 'abstract' ? { ...ht, share: 'shared' } : ht;
}

function mapStorage<T extends StorageType>(t: T): T | RefType {
  return typeof t === 'string' ? t : { ...(t as RefType), heap: sharedHeap((t as RefType).heap) };
}

function mapComp(ct: CompType): CompType {
  const field = (ft: FieldType): FieldType => ({ ...ft, storage: mapStorage(ft.storage) });
  switch (ct.kind) {
    case 'func':
      return { kind: 'func', params: ct.params.map(mapStorage), results: ct.results.map(mapStorage) };
    case 'struct':
      return { kind: 'struct', fields: ct.fields.map(field) };
    case 'array':
      return { kind: 'array', field: field(ct.field) };
    default:
      return assertNever(ct);
  }
}

/** The types of which a definition is made. */
function componentsOf(ct: CompType): readonly StorageType[] {
  switch (ct.kind) {
    case 'func':
      return [...ct.params, ...ct.results];
    case 'struct':
      return ct.fields.map((ft) => ft.storage);
    case 'array':
      return [ct.field.storage];
    default:
      return assertNever(ct);
  }
}

/** How many further types a hint names. */
const NAMED = 8;

/** The other unshared definitions that a definition reaches through its parts and supertypes; enough of them for a hint. */
function unsharedWith(C: Context, x: number): readonly number[] {
  const reached = new Set([x]);
  for (const y of reached) {
    for (const z of mentioned(C.types[y])) {
      if (C.types[z]?.share === 'unshared') reached.add(z);
      if (reached.size > NAMED + 1) break;
    }
  }
  reached.delete(x);
  return [...reached].toSorted((a, b) => a - b);
}

/** The type indices in a definition. */
function* mentioned(st: SubType | undefined): Generator<number> {
  if (st === undefined) return;
  yield* st.supers;
  for (const t of componentsOf(st.comp)) if (typeof t !== 'string' && t.heap.kind === 'index') yield t.heap.type;
}

/** How to make a thing shared. */
export function howToShare(C: Context, thing: Thing): string {
  const name = nameThing(C, thing);
  const imported = isImported(C, thing) ? linked(thing) : '';
  switch (thing.kind) {
    case 'func':
      return `give ${name} the type ${sharedDef(C, C.funcs[thing.index]?.type)}, as in (func${nameOf(C, thing)} shared …)${imported}`;
    case 'tag':
      return `give ${name} the type ${sharedDef(C, C.tags[thing.index]?.type)}${imported}`;
    case 'type':
      return howToShareDefinition(C, thing.index);
    case 'table': {
      const tt = C.tables[thing.index]?.type;
      if (tt === undefined) return `declare ${name} as shared`;
      const elem = { ...tt.elem, heap: sharedHeap(tt.elem.heap) };
      return `declare ${name} as (table ${printTableType({ ...tt, share: 'shared', elem }, typeNames(C))})${imported}`;
    }
    case 'memory': {
      const mt = C.memories[thing.index]?.type;
      if (mt === undefined) return `declare ${name} as shared`;
      const { min, max } = mt.limits;
      const limits = { min, max: max ?? (min > 0n ? min : 1n) };
      return `declare ${name} as (memory ${printMemType({ ...mt, share: 'shared', limits })})${imported}`;
    }
    case 'global': {
      const gt = C.globals[thing.index]?.type;
      if (gt === undefined) return `declare ${name} as shared`;
      const content = mapStorage(gt.content);
      const as = (share: GlobalType['share']): string => printGlobal(C, { ...gt, share, content });
      const own = gt.mutable ? `, or as ${as('thread_local')} for one value per thread` : '';
      return `declare ${name} as ${as('shared')}${own}${imported}`;
    }
    case 'elem': {
      const type = C.elems[thing.index]?.type;
      const inside = type === undefined ? '…' : printVal(C, { ...type, heap: sharedHeap(type.heap) });
      return `declare ${name} as (elem${nameOf(C, thing)} (shared ${inside}) …)`;
    }
    case 'data':
      return `declare ${name} as (data${nameOf(C, thing)} shared "…")`;
    default:
      return assertNever(thing.kind);
  }
}

/** ` $f`, or nothing. */
function nameOf(C: Context, thing: Thing): string {
  const name = nameThing(C, thing);
  return name.includes(' $') ? name.slice(name.indexOf(' $')) : '';
}

/** What an import costs: whoever provides it must keep the promise. A host's functions cannot. */
function linked({ kind }: Thing): string {
  const what = ' (what is linked to it must then be shared too';
  return kind === 'func' ? `${what}; functions of a host such as JavaScript are not)` : `${what})`;
}
