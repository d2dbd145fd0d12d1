import type { AbsHeapName } from '../../syntax/types.ts';
import type { ModuleContext } from './context.ts';
import { same } from './equal.ts';
import { okType, sub, type Judgement, type Rule, type Step } from './judgement.ts';
import { abstract, unroll, type DefTerm, type HeapTerm, type TermShare } from './terms.ts';

/**
 * Subtyping of heap types and defined types [core 3.0, Validation / Matching; shared-everything overview, Heap Types, Instructions]. The abstract
 * hierarchy is there once for each share, `bot` included; nothing but the share `bot` and the readings of `i31` and `exnref` relates two shares.
 *
 * Metavariables: M the module's part of the context, ht heap type, dt defined type, s share.
 */

export interface Pair<T> {
  readonly M: ModuleContext;
  readonly left: T;
  readonly right: T;
}

type HeapRule = Rule<Pair<HeapTerm>>;

function axiom({ M, left, right }: Pair<HeapTerm>): Step {
  return { conclusion: sub('Heaptype_sub', M, left, right), premises: [] };
}

/** @rule Heaptype_sub/refl */
const refl: HeapRule = (v) => (same(v.left, v.right) ? axiom(v) : null);

/** @rule Heaptype_sub/trans — `via` is between the two. */
const trans: Rule<Pair<HeapTerm> & { readonly via: HeapTerm }> = ({ M, left, right, via }) => ({
  conclusion: sub('Heaptype_sub', M, left, right),
  premises: [
    okType('Heaptype_ok', M, via, 'unshared'),
    sub('Heaptype_sub', M, left, via),
    sub('Heaptype_sub', M, via, right),
  ],
});

/** (s lower) <: (s upper) */
function edge(lower: AbsHeapName, upper: AbsHeapName): HeapRule {
  return (v) => {
    const { left, right } = v;
    if (left.kind !== 'abstract' || right.kind !== 'abstract' || left.share !== right.share) return null;
    return left.name === lower && right.name === upper ? axiom(v) : null;
  };
}

/** dt <: (s upper) where dt expands to a composite type of kind `upper` and share s */
function expands(upper: 'struct' | 'array' | 'func'): HeapRule {
  return (v) => {
    if (v.left.kind !== 'def') return null;
    const { share, comp } = unroll(v.left);
    return comp.kind === upper && same(v.right, abstract(share, upper)) ? axiom(v) : null;
  };
}

/** @rule Heaptype_sub/def */
const def: HeapRule = ({ M, left, right }) =>
  left.kind === 'def' && right.kind === 'def'
    ? { conclusion: sub('Heaptype_sub', M, left, right), premises: [sub('Deftype_sub', M, left, right)] }
    : null;

/** @rule Heaptype_sub/typeidx-l */
const indexLeft: HeapRule = ({ M, left, right }) => {
  const dt = left.kind === 'index' ? M.types[left.type] : undefined;
  return dt === undefined
    ? null
    : { conclusion: sub('Heaptype_sub', M, left, right), premises: [sub('Heaptype_sub', M, dt, right)] };
};

/** @rule Heaptype_sub/typeidx-r */
const indexRight: HeapRule = ({ M, left, right }) => {
  const dt = right.kind === 'index' ? M.types[right.type] : undefined;
  return dt === undefined
    ? null
    : { conclusion: sub('Heaptype_sub', M, left, right), premises: [sub('Heaptype_sub', M, left, dt)] };
};

/** The share of a heap type that is known to have one; null of `bot`. */
function shareOf(M: ModuleContext, ht: HeapTerm): TermShare | null {
  switch (ht.kind) {
    case 'abstract':
      return ht.share;
    case 'def':
      return unroll(ht).share;
    case 'index': {
      const dt = M.types[ht.type];
      return dt === undefined ? null : unroll(dt).share;
    }
    default:
      return null;
  }
}

/**
 * (s lower) <: ht where ht <: (s upper)
 *
 * The core's condition ht ≠ bot becomes: ht has the share s. Otherwise (shared none) <: (bot any) <: any would mix shares.
 */
function bottom(lower: AbsHeapName, upper: AbsHeapName): HeapRule {
  return ({ M, left, right }) => {
    if (left.kind !== 'abstract' || left.name !== lower || shareOf(M, right) !== left.share) return null;
    return {
      conclusion: sub('Heaptype_sub', M, left, right),
      premises: [sub('Heaptype_sub', M, right, abstract(left.share, upper))],
    };
  };
}

/** @rule Heaptype_sub/bot */
const bot: HeapRule = (v) => (v.left.kind === 'bot' ? axiom(v) : null);

/** @rule Heaptype_sub/share-bot — (bot absht) <: (s absht). */
const shareBot: HeapRule = (v) => {
  const { left, right } = v;
  if (left.kind !== 'abstract' || right.kind !== 'abstract' || left.share !== 'bot') return null;
  return left.name === right.name ? axiom(v) : null;
};

/**
 * @rule Heaptype_sub/i31-common
 *
 * i31 <: (bot i31), under the reading `i31=common`: it is of both shares. So i31 <: (shared i31) by share-bot, and what is made of an i31
 * (extern.convert_any) has a type of both shares too.
 */
const i31Common: HeapRule = (v) =>
  v.M.readings.i31 === 'common' && same(v.left, abstract('unshared', 'i31')) && same(v.right, abstract('bot', 'i31'))
    ? axiom(v)
    : null;

/** @rule Heaptype_sub/exn-shared — (shared exn) <: exn, under the reading `exnref=subtype`. */
const exnShared: HeapRule = (v) =>
  v.M.readings.exnref === 'subtype' &&
  same(v.left, abstract('shared', 'exn')) &&
  same(v.right, abstract('unshared', 'exn'))
    ? axiom(v)
    : null;

/** @rule Deftype_sub/refl — equal, all types being closed. */
const defRefl: Rule<Pair<DefTerm>> = ({ M, left, right }) =>
  same(left, right) ? { conclusion: sub('Deftype_sub', M, left, right), premises: [] } : null;

/** @rule Deftype_sub/super — by the i-th declared supertype. */
const defSuper: Rule<Pair<DefTerm> & { readonly i: number }> = ({ M, left, right, i }) => {
  const above = unroll(left).supers[i];
  if (above === undefined) return null;
  const premise: Judgement = sub('Heaptype_sub', M, above, right);
  return { conclusion: sub('Deftype_sub', M, left, right), premises: [premise] };
};

export const HEAP_SUB_RULES = {
  'Heaptype_sub/refl': refl,
  'Heaptype_sub/trans': trans,
  'Heaptype_sub/eq-any': edge('eq', 'any'),
  'Heaptype_sub/i31-eq': edge('i31', 'eq'),
  'Heaptype_sub/struct-eq': edge('struct', 'eq'),
  'Heaptype_sub/array-eq': edge('array', 'eq'),
  'Heaptype_sub/struct': expands('struct'),
  'Heaptype_sub/array': expands('array'),
  'Heaptype_sub/func': expands('func'),
  'Heaptype_sub/def': def,
  'Heaptype_sub/typeidx-l': indexLeft,
  'Heaptype_sub/typeidx-r': indexRight,
  'Heaptype_sub/none': bottom('none', 'any'),
  'Heaptype_sub/nofunc': bottom('nofunc', 'func'),
  'Heaptype_sub/noextern': bottom('noextern', 'extern'),
  'Heaptype_sub/noexn': bottom('noexn', 'exn'),
  'Heaptype_sub/nowaitqueue': bottom('nowaitqueue', 'waitqueue'),
  'Heaptype_sub/bot': bot,
  'Heaptype_sub/share-bot': shareBot,
  'Heaptype_sub/i31-common': i31Common,
  'Heaptype_sub/exn-shared': exnShared,
  'Deftype_sub/refl': defRefl,
  'Deftype_sub/super': defSuper,
} as const;

/** Rules of Heaptype_sub whose instances are determined by the two types. */
export const DIRECT_HEAP_RULES = Object.keys(HEAP_SUB_RULES).filter(
  (id) => id.startsWith('Heaptype_sub/') && id !== 'Heaptype_sub/trans',
) as Exclude<keyof typeof HEAP_SUB_RULES, 'Heaptype_sub/trans' | 'Deftype_sub/refl' | 'Deftype_sub/super'>[];
