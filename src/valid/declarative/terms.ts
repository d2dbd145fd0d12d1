import { known } from '../../base/assert.ts';
import type { AbsHeapName, DataType, PackedType, Share, SubType } from '../../syntax/types.ts';

/**
 * The types of the declarative system: those of the syntax, and what only validation has [core 3.0, Types / Recursive Types, Bottom
 * Types; shared-everything overview, Instructions]: rolled and unrolled recursive types, the bottom types `bot`, and the share `bot` below both others. The
 * types of the syntax are terms as they stand.
 *
 * Metavariables: t value type, ht heap type, rt reference type, zt storage type, ft field, ct composite type, st subtype, dt defined type, s share.
 */

export type TermShare = Share | 'bot';

/** A defined type: projection `i` of a recursive type. */
export interface DefTerm {
  readonly kind: 'def';
  readonly rec: RecTerm;
  readonly i: number;
}

/** A closed recursive type, rolled: its members are `rec` references to each other, and everything else is defined types. */
export interface RecTerm {
  readonly subs: readonly SubTerm[];
}

export type HeapTerm =
  | { readonly kind: 'abstract'; readonly share: TermShare; readonly name: AbsHeapName }
  | { readonly kind: 'index'; readonly type: number }
  | { readonly kind: 'rec'; readonly i: number }
  | DefTerm
  | { readonly kind: 'bot' };

export interface RefTerm {
  readonly kind: 'ref';
  readonly nullable: boolean;
  readonly heap: HeapTerm;
}

export type ValTerm = DataType | RefTerm | 'bot';

export type ResultTerm = readonly ValTerm[];

export type StorageTerm = ValTerm | PackedType;

export interface FieldTerm {
  readonly mutable: boolean;
  readonly storage: StorageTerm;
}

export interface FuncTerm {
  readonly kind: 'func';
  readonly params: ResultTerm;
  readonly results: ResultTerm;
}

export type CompTerm =
  | FuncTerm
  | { readonly kind: 'struct'; readonly fields: readonly FieldTerm[] }
  | { readonly kind: 'array'; readonly field: FieldTerm };

export interface SubTerm {
  readonly final: boolean;
  readonly supers: readonly HeapTerm[];
  readonly share: Share;
  readonly comp: CompTerm;
}

export const BOT_HEAP: HeapTerm = { kind: 'bot' };

export function abstract(share: TermShare, name: AbsHeapName): HeapTerm {
  return { kind: 'abstract', share, name };
}

export function index(type: number): HeapTerm {
  return { kind: 'index', type };
}

export function ref(heap: HeapTerm): RefTerm {
  return { kind: 'ref', nullable: false, heap };
}

export function refNull(heap: HeapTerm): RefTerm {
  return { kind: 'ref', nullable: true, heap };
}

export function isRef(t: StorageTerm | undefined): t is RefTerm {
  return typeof t === 'object';
}

/** $unpack(zt) */
export function unpack(zt: StorageTerm): ValTerm {
  return zt === 'i8' || zt === 'i16' ? 'i32' : zt;
}

/** $diffrt(rt1, rt2): what a failing cast from rt1 to rt2 leaves. */
export function differ(rt1: RefTerm, rt2: RefTerm): RefTerm {
  return rt2.nullable ? ref(rt1.heap) : rt1;
}

/** $subst: each heap type of a type replaced. */
function substitute(st: SubTerm, f: (ht: HeapTerm) => HeapTerm): SubTerm {
  return { ...st, supers: st.supers.map(f), comp: substituteComp(st.comp, f) };
}

function substituteComp(ct: CompTerm, f: (ht: HeapTerm) => HeapTerm): CompTerm {
  const storage = <T extends StorageTerm>(zt: T): T =>
    isRef(zt) ? ({ kind: 'ref', nullable: zt.nullable, heap: f(zt.heap) } as T) : zt;
  const field = (ft: FieldTerm): FieldTerm => ({ ...ft, storage: storage(ft.storage) });
  switch (ct.kind) {
    case 'func':
      return { kind: 'func', params: ct.params.map(storage), results: ct.results.map(storage) };
    case 'struct':
      return { kind: 'struct', fields: ct.fields.map(field) };
    case 'array':
      return { kind: 'array', field: field(ct.field) };
  }
}

/**
 * $rolldt(x, rectype) where `types` are the x closed types before: x + i becomes `rec i`, an earlier index its closed type. An index
 * that is no type's stays, and Rectype_ok has no instance for it.
 */
export function roll(types: readonly DefTerm[], group: readonly SubType[]): readonly DefTerm[] {
  const close = (ht: HeapTerm): HeapTerm => {
    if (ht.kind !== 'index') return ht;
    const i = ht.type - types.length;
    return i >= 0 && i < group.length ? { kind: 'rec', i } : (types[ht.type] ?? ht);
  };
  const rec: RecTerm = {
    subs: group.map((st) => substitute({ ...st, supers: st.supers.map(index) }, close)),
  };
  return group.map((_, i) => ({ kind: 'def', rec, i }));
}

const unrolled = new WeakMap<RecTerm, readonly SubTerm[]>();

/** $unrolldt(dt): the definition, its references to its own group being defined types again. */
export function unroll(dt: DefTerm): SubTerm {
  let subs = unrolled.get(dt.rec);
  if (subs === undefined) {
    const { rec } = dt;
    subs = rec.subs.map((st) => substitute(st, (ht) => (ht.kind === 'rec' ? { kind: 'def', rec, i: ht.i } : ht)));
    unrolled.set(rec, subs);
  }
  return known(subs[dt.i], 'member of a recursive type');
}
