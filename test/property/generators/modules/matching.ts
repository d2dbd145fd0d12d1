import type {
  AbsHeapName,
  CompType,
  HeapType,
  RefType,
  Share,
  SubType,
  ValType,
} from '../../../../src/syntax/types.ts';

/**
 * What the generator knows about types, on its own (it must not ask the validator that it tests): enough of matching to build terms. It knows the
 * subtyping that was declared and the groups that it copied on purpose; that two groups are the same by accident it need not know.
 */

/** A type on the generator's operand stack: `bot` stands for every value, `botref` for every reference. */
export type Op =
  | ValType
  | 'bot'
  | 'botref'
  | { readonly kind: 'botshare'; readonly nullable: boolean; readonly name: AbsHeapName };

export interface Types {
  readonly types: readonly SubType[];
  /** The first of the equal types that were made by copying a group. */
  readonly canon: readonly number[];
}

const ABOVE: Record<AbsHeapName, readonly AbsHeapName[]> = {
  any: ['any'],
  eq: ['eq', 'any'],
  i31: ['i31', 'eq', 'any'],
  struct: ['struct', 'eq', 'any'],
  array: ['array', 'eq', 'any'],
  none: ['none', 'i31', 'struct', 'array', 'eq', 'any'],
  func: ['func'],
  nofunc: ['nofunc', 'func'],
  extern: ['extern'],
  noextern: ['noextern', 'extern'],
  exn: ['exn'],
  noexn: ['noexn', 'exn'],
  waitqueue: ['waitqueue'],
  nowaitqueue: ['nowaitqueue', 'waitqueue'],
};

export const HEAP_NAMES = Object.keys(ABOVE) as readonly AbsHeapName[];

const BOTTOMS: Record<AbsHeapName, AbsHeapName> = {
  any: 'none',
  eq: 'none',
  i31: 'none',
  struct: 'none',
  array: 'none',
  none: 'none',
  func: 'nofunc',
  nofunc: 'nofunc',
  extern: 'noextern',
  noextern: 'noextern',
  exn: 'noexn',
  noexn: 'noexn',
  waitqueue: 'nowaitqueue',
  nowaitqueue: 'nowaitqueue',
};

export function abstract(name: AbsHeapName, share: Share = 'unshared'): HeapType {
  return { kind: 'abstract', share, name };
}

export function ref(heap: HeapType, nullable = true): RefType {
  return { kind: 'ref', nullable, heap };
}

export function refTo(name: AbsHeapName, share: Share = 'unshared', nullable = true): RefType {
  return ref(abstract(name, share), nullable);
}

export function refIndex(type: number, nullable = true): RefType {
  return ref({ kind: 'index', type }, nullable);
}

/** The abstract type right above every composite type of a kind. */
function kindName(ct: CompType): AbsHeapName {
  return ct.kind;
}

export function shareOfHeap(T: Types, ht: HeapType): Share {
  if (ht.kind === 'abstract') return ht.share;
  return T.types[ht.type]?.share ?? 'unshared';
}

export function isSharedType(T: Types, t: ValType): boolean {
  return typeof t === 'string' || shareOfHeap(T, t.heap) === 'shared';
}

function abstractName(T: Types, ht: HeapType): AbsHeapName {
  if (ht.kind === 'abstract') return ht.name;
  const st = T.types[ht.type];
  if (st === undefined) throw new RangeError(`no type ${ht.type}`);
  return kindName(st.comp);
}

/** The least abstract type of a heap type's hierarchy. */
export function bottomOf(T: Types, ht: HeapType): HeapType {
  return abstract(BOTTOMS[abstractName(T, ht)], shareOfHeap(T, ht));
}

/** The greatest abstract type of a heap type's hierarchy. */
export function topOf(T: Types, ht: HeapType): HeapType {
  const name = ABOVE[abstractName(T, ht)].at(-1);
  return abstract(name ?? 'any', shareOfHeap(T, ht));
}

export function matchHeap(T: Types, a: HeapType, b: HeapType): boolean {
  if (shareOfHeap(T, a) !== shareOfHeap(T, b)) return false;
  if (b.kind === 'abstract') return ABOVE[abstractName(T, a)].includes(b.name);
  if (a.kind === 'abstract') return a.name === BOTTOMS[abstractName(T, b)];
  for (let x: number | undefined = a.type; x !== undefined; x = T.types[x]?.supers[0]) {
    if (T.canon[x] === T.canon[b.type]) return true;
  }
  return false;
}

export function matchRef(T: Types, a: RefType, b: RefType): boolean {
  return (b.nullable || !a.nullable) && matchHeap(T, a.heap, b.heap);
}

/** Whether an operand may stand where a value of type `t` is wanted. */
export function matchOp(T: Types, a: Op, t: ValType): boolean {
  if (a === 'bot') return true;
  if (typeof t === 'string') return a === t;
  if (typeof a === 'string') return a === 'botref';
  if (a.kind === 'ref') return matchRef(T, a, t);
  return matchRef(T, ref(abstract(a.name, shareOfHeap(T, t.heap)), a.nullable), t);
}

export function matchOps(T: Types, as: readonly Op[], ts: readonly ValType[]): boolean {
  return as.length === ts.length && as.every((a, i) => matchOp(T, a, ts[i] as ValType));
}
