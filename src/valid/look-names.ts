import type { Span } from '../base/span.ts';
import type { Module } from '../syntax/module.ts';
import type { FieldType, SubType, ValType } from '../syntax/types.ts';
import type { Place, Written, WrittenList } from '../syntax/written.ts';
import { headOf } from '../syntax/written.ts';
import type { Context, Thing } from './context.ts';
import { nameThing, printField, printId, printVal } from './describe.ts';
import { aboutThing } from './look-facts.ts';
import type { Looked } from './look.ts';
import { isSharedType } from './share.ts';
import { whyTypeUnshared } from './sharing-hints.ts';

/** What is said of words of a module that are no instructions: parameters, locals and fields where they are declared, and names of things where they are used. */
export function namedAt(C: Context, place: Place): Looked | null {
  const [own] = place.lists;
  switch (headOf(own)) {
    case 'param':
    case 'local':
      return variableAt(C, place);
    case 'field':
      return fieldAt(C, place);
    case 'export':
    case 'import':
      return partOf(C, place);
    default:
      return usedAt(C, place);
  }
}

function variableAt(C: Context, { word, lists: [own, ...around] }: Place): Looked | null {
  const [outer] = around;
  if (own === undefined || headOf(outer) !== 'func' || outer === undefined)
    return usedIn(C, word.text, own, outer, word.at);
  const sort = headOf(own);
  const number = numberOf(own, outer, word.at.start);
  const owner = ownerOf(C, outer, around);
  if (number === null || owner === null) return null;
  const { params } = owner.comp;
  const index = sort === 'param' ? number : params.length + number;
  const type = sort === 'param' ? params[number] : owner.locals[number];
  if (type === undefined) return null;
  const id = idIn(own);
  const name = `${sort === 'param' ? 'parameter' : 'local'} ${index}${id === null ? '' : ` ${id}`}`;
  return looked(id === null ? word.at : own.at, `${name} of ${nameThing(C, owner.thing)}`, [
    `it is ${printVal(C, type)}`,
    ...shareOf(C, type),
    ...(sort === 'local' ? [] : [aboutThing(C, owner.thing).fact]),
  ]);
}

interface Owner {
  readonly thing: Thing;
  readonly comp: Extract<SubType['comp'], { readonly kind: 'func' }>;
  readonly locals: readonly ValType[];
}

/** Whose parameters those of a `(func …)` are: a function’s, or a type’s. */
function ownerOf(C: Context, func: WrittenList, around: readonly WrittenList[]): Owner | null {
  const thing = thingOf(C, [func, ...around.slice(1)]);
  if (thing === null) return null;
  const comp = C.types[thing.kind === 'type' ? thing.index : (C.funcs[thing.index]?.type ?? -1)]?.comp;
  if (comp?.kind !== 'func' || (thing.kind !== 'func' && thing.kind !== 'type')) return null;
  const own = thing.kind === 'func' ? C.module.funcs[thing.index - importsOf(C.module, 'func')] : undefined;
  return { thing, comp, locals: own?.locals.map(({ type }) => type) ?? [] };
}

function fieldAt(C: Context, { word, lists: [own, ...around] }: Place): Looked | null {
  const [outer] = around;
  if (own === undefined || outer === undefined || headOf(outer) !== 'struct') return null;
  const thing = thingOf(C, around.slice(1));
  const number = numberOf(own, outer, word.at.start);
  if (thing === null || number === null) return null;
  const id = idIn(own);
  const told = aboutField(C, thing.index, number);
  return told === null ? null : looked(id === null ? word.at : own.at, told.name, told.facts);
}

/** A field’s name, type, and the share of what may be in it and of its structure. */
export function aboutField(
  C: Context,
  x: number,
  number: number,
): { readonly name: string; readonly facts: readonly string[] } | null {
  const comp = C.types[x]?.comp;
  const field: FieldType | undefined = comp?.kind === 'struct' ? comp.fields[number] : undefined;
  if (field === undefined) return null;
  const id = C.module.types[x]?.fields[number] ?? null;
  const name = `field ${number}${id === null ? '' : ` ${printId(id)}`} of ${nameThing(C, { kind: 'type', index: x })}`;
  const { storage } = field;
  const share = storage === 'i8' || storage === 'i16' ? [] : shareOf(C, storage);
  return { name, facts: [`it is ${printField(C, field)}`, ...share, aboutThing(C, { kind: 'type', index: x }).fact] };
}

/** Of a reference, whether shared code may have it; numbers are everybody’s. */
function shareOf(C: Context, type: ValType): readonly string[] {
  if (typeof type === 'string') return [];
  if (!isSharedType(C, type)) return [whyTypeUnshared(C, type)];
  const { heap } = type;
  return heap.kind === 'index'
    ? [`${printVal(C, type)} is shared: ${aboutThing(C, { kind: 'type', index: heap.type }).fact}`]
    : [`${printVal(C, type)} is shared: its heap type says so`];
}

/** How many values lists of the same head before it declare, and how many before the offset in it. */
function numberOf(own: WrittenList, outer: WrittenList, offset: number): number | null {
  const head = headOf(own);
  let number = 0;
  for (const item of outer.items) {
    if (item === own) break;
    if (headOf(item) === head) number += valuesIn(item).length;
  }
  const values = valuesIn(own);
  if (values.length === 0) return null;
  if (idIn(own) !== null) return number;
  const at = values.findIndex(({ at: { start, end } }) => start <= offset && offset < end);
  return at >= 0 ? number + at : values.length === 1 ? number : null;
}

function valuesIn(list: Written): readonly Written[] {
  return list.kind === 'word' ? [] : list.items.slice(1).filter((item) => item.kind === 'list' || !isId(item.text));
}

function idIn({ items }: WrittenList): string | null {
  const [, second] = items;
  return second?.kind === 'word' && isId(second.text) ? second.text : null;
}

function isId(text: string): boolean {
  return text.startsWith('$');
}

/** A name or number of a thing that is used: `(export "f" (func $f))`, `(type $t)`, `(ref null $t)`, `(start $f)`. */
function usedAt(C: Context, { word, lists: [own, outer] }: Place): Looked | null {
  return usedIn(C, word.text, own, outer, word.at);
}

/** Lists whose words name things, by their heads; `module` is where these heads declare. */
const USES: Readonly<Record<string, Thing['kind']>> = {
  type: 'type',
  ref: 'type',
  sub: 'type',
  func: 'func',
  start: 'func',
  elem: 'func',
  table: 'table',
  memory: 'memory',
  global: 'global',
  tag: 'tag',
  catch: 'tag',
  catch_ref: 'tag',
};
const DECLARES = new Set(['module', 'rec', 'import', '']);

function usedIn(
  C: Context,
  text: string,
  own: WrittenList | undefined,
  outer: WrittenList | undefined,
  at: Span,
): Looked | null {
  const head = headOf(own);
  const kind = USES[head];
  if (kind === undefined || own === undefined) return null;
  const isSegment = head === 'elem' && own.items.findIndex((item) => item.at === at) === 1;
  const declares = DECLARES.has(headOf(outer)) && head !== 'start' && (head !== 'elem' || isSegment);
  if (declares || (head.startsWith('catch') && own.items[1]?.at !== at)) return null;
  const index = indexOf(C, kind, text);
  if (index === null) return null;
  const { name, fact } = aboutThing(C, { kind, index });
  return looked(at, name, [fact]);
}

function indexOf(C: Context, kind: Thing['kind'], text: string): number | null {
  const all = entriesOf(C, kind);
  if (/^\d+$/.test(text)) return Number(text) < all.length ? Number(text) : null;
  if (!isId(text)) return null;
  const index = all.findIndex((entry) => entry.id !== null && printId(entry.id) === text);
  return index < 0 ? null : index;
}

function entriesOf(C: Context, kind: Thing['kind']): readonly { readonly id: string | null }[] {
  switch (kind) {
    case 'type':
      return C.module.types;
    case 'func':
      return C.funcs;
    case 'table':
      return C.tables;
    case 'memory':
      return C.memories;
    case 'global':
      return C.globals;
    case 'tag':
      return C.tags;
    case 'elem':
      return C.elems;
    case 'data':
      return C.datas;
  }
}

/** The definition that the word is part of: what it is exported or imported as. */
function partOf(C: Context, { word, lists }: Place): Looked | null {
  const thing = thingOf(C, lists);
  if (thing === null) return null;
  const { name, fact } = aboutThing(C, thing);
  return looked(word.at, name, [fact]);
}

/** The definition that the innermost of some lists is. */
function thingOf(C: Context, lists: readonly WrittenList[]): Thing | null {
  for (const list of lists) {
    const { start } = list.at;
    for (const [kind, definitions] of definitionsOf(C.module)) {
      // A type that a function implies begins with the function’s parameters.
      const index =
        kind === 'type' && headOf(list) !== 'type' ? -1 : definitions.findIndex(({ at }) => at.start === start);
      if (index >= 0) return { kind, index: index + importsOf(C.module, kind) };
    }
    const { imports } = C.module;
    const number = imports.findIndex(({ at }) => at.start === start);
    const kind = imports[number]?.desc.kind;
    if (kind !== undefined)
      return { kind, index: imports.slice(0, number).filter(({ desc }) => desc.kind === kind).length };
  }
  return null;
}

function definitionsOf(module: Module): readonly (readonly [Thing['kind'], readonly { readonly at: Span }[]])[] {
  return [
    ['func', module.funcs],
    ['table', module.tables],
    ['memory', module.memories],
    ['global', module.globals],
    ['tag', module.tags],
    ['elem', module.elems],
    ['data', module.datas],
    ['type', module.types],
  ];
}

function importsOf({ imports }: Module, kind: Thing['kind']): number {
  return imports.filter(({ desc }) => desc.kind === kind).length;
}

function looked(at: Span, name: string, facts: readonly string[]): Looked {
  return { at, name, rule: null, stack: null, facts };
}
