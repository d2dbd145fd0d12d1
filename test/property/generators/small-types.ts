import type {
  AbsHeapName,
  CompType,
  FieldType,
  HeapType,
  RefType,
  Share,
  StorageType,
  SubType,
  ValType,
} from '../../../src/syntax/types.ts';
import type { Choices } from './modules/choices.ts';

/** Small type sections without regard to what is valid: a few recursive groups that mention each other, and references into them. */

export interface TypeSection {
  readonly types: readonly SubType[];
  readonly recs: readonly number[];
}

const NAMES: readonly AbsHeapName[] = [
  'any',
  'eq',
  'i31',
  'struct',
  'array',
  'none',
  'func',
  'nofunc',
  'extern',
  'noextern',
  'exn',
  'noexn',
  'waitqueue',
  'nowaitqueue',
];

export function anyHeapType(c: Choices, types: number): HeapType {
  if (types > 0 && c.chance(3, 5)) return { kind: 'index', type: c.below(types) };
  return { kind: 'abstract', share: c.pick(['unshared', 'shared']), name: c.pick(NAMES) };
}

export function anyRefType(c: Choices, types: number): RefType {
  return { kind: 'ref', nullable: c.chance(1, 2), heap: anyHeapType(c, types) };
}

export function anyValType(c: Choices, types: number): ValType {
  return c.chance(3, 5) ? anyRefType(c, types) : c.pick(['i32', 'i64', 'f32', 'f64', 'v128']);
}

function storage(c: Choices, types: number): StorageType {
  return c.chance(1, 5) ? c.pick(['i8', 'i16']) : anyValType(c, types);
}

/** A component that a shared type may have more often than not. */
function component(c: Choices, types: number, share: Share, known: readonly SubType[]): StorageType {
  const st = storage(c, types);
  if (share === 'unshared' || typeof st === 'string' || c.chance(1, 12)) return st;
  const { heap } = st;
  if (heap.kind === 'abstract') return { ...st, heap: { ...heap, share } };
  return known[heap.type]?.share === 'shared' ? st : 'i32';
}

function field(c: Choices, types: number, share: Share, known: readonly SubType[]): FieldType {
  return { mutable: c.chance(2, 3), storage: component(c, types, share, known) };
}

function value(st: StorageType): ValType {
  return st === 'i8' || st === 'i16' ? 'i32' : st;
}

/** A value type that something of this share may have, more often than not. */
export function valTypeOf(c: Choices, share: Share, known: readonly SubType[]): ValType {
  return value(component(c, known.length, share, known));
}

function list<T>(c: Choices, most: number, make: () => T): readonly T[] {
  return Array.from({ length: c.below(most + 1) }, make);
}

function composite(c: Choices, types: number, share: Share, known: readonly SubType[]): CompType {
  const val = (): ValType => value(component(c, types, share, known));
  switch (c.below(3)) {
    case 0:
      return { kind: 'func', params: list(c, 2, val), results: list(c, 2, val) };
    case 1:
      return { kind: 'struct', fields: list(c, 3, () => field(c, types, share, known)) };
    default:
      return { kind: 'array', field: field(c, types, share, known) };
  }
}

/** What a declared subtype has most often: all that its supertype has, and maybe more. */
function below(c: Choices, types: number, above: SubType, known: readonly SubType[]): CompType {
  const { comp, share } = above;
  if (c.chance(1, 8)) return composite(c, types, share, known);
  if (comp.kind === 'struct' && c.chance(1, 2))
    return { kind: 'struct', fields: [...comp.fields, field(c, types, share, known)] };
  return comp;
}

/** Up to `most` definitions in groups of one to three; now and then a later index, a final supertype or a mixed share. */
export function anyTypeSection(c: Choices, most: number): TypeSection {
  const types: SubType[] = [];
  const recs: number[] = [];
  const total = c.below(most + 1);
  while (types.length < total) {
    const size = Math.min(total - types.length, 1 + c.below(3));
    recs.push(size);
    const end = types.length + size + (c.chance(1, 40) ? 1 : 0);
    for (let i = 0; i < size; i++) types.push(definition(c, end, types));
  }
  return { types, recs };
}

/** `end` is where the indices that may be mentioned end. */
function definition(c: Choices, end: number, known: readonly SubType[]): SubType {
  const final = c.chance(1, 4);
  const again = c.maybe(known);
  if (again !== null && c.chance(1, 4)) return { ...again, final };
  const x = c.below(known.length + (c.chance(1, 30) ? 1 : 0));
  const above = known[x];
  if (above !== undefined && c.chance(1, 2)) {
    const share = c.chance(1, 30) ? c.pick(['unshared', 'shared'] as const) : above.share;
    if (!above.final || c.chance(1, 15)) return { final, supers: [x], share, comp: below(c, end, above, known) };
  }
  const share: Share = c.chance(1, 3) ? 'shared' : 'unshared';
  return { final, supers: [], share, comp: composite(c, end, share, known) };
}
