import { identity } from './equal.ts';
import type { Judgement } from './judgement.ts';
import { isRef, type HeapTerm, type ValTerm } from './terms.ts';

/** Names of types as strings, equal for the same term; equal defined types of two groups have two. */

export function heapKey(ht: HeapTerm): string {
  switch (ht.kind) {
    case 'abstract':
      return `${ht.share}-${ht.name}`;
    case 'index':
      return `x${ht.type}`;
    case 'rec':
      return `rec${ht.i}`;
    case 'def':
      return `def${identity(ht.rec)}.${ht.i}`;
    case 'bot':
      return 'bot';
  }
}

export function valKey(t: ValTerm): string {
  return isRef(t) ? `${t.nullable ? 'null' : 'ref'} ${heapKey(t.heap)}` : t;
}

/** A key for judgements about value and heap types, which come again and again; null for others. */
export function judgementKey(j: Judgement): string | null {
  switch (j.relation) {
    case 'Valtype_ok':
      return `ok ${j.share} ${valKey(j.of)}`;
    case 'Valtype_sub':
      return `sub ${valKey(j.left)} ${valKey(j.right)}`;
    case 'Heaptype_sub':
      return `heap ${heapKey(j.left)} ${heapKey(j.right)}`;
    default:
      return null;
  }
}
