import type { Module } from '../../syntax/module.ts';
import type { Readings } from '../../syntax/readings.ts';
import type { AbsHeapName } from '../../syntax/types.ts';
import type { ModuleContext } from './context.ts';
import { backwards } from './backwards.ts';
import { instance, type Derivation } from './derivation.ts';
import { elaborate } from './elaborate.ts';
import type { Judgement } from './judgement.ts';
import { judgementKey } from './keys.ts';
import { abstract, unroll, type HeapTerm } from './terms.ts';

/**
 * Finds derivations. All relations but those on instruction sequences are directed by their subject, up to a choice among few rules: each
 * rule of the relation is tried, backwards. Sequences are elaborated.
 */

/** The assignments that the judgement itself does not give: what a chain goes through, which supertype. */
function choices(j: Judgement): readonly (readonly [rule: string, variables: unknown])[] {
  switch (j.relation) {
    case 'Heaptype_sub':
      return between(j.M, j.left).map((via) => ['Heaptype_sub/trans', { ...j, via }]);
    case 'Deftype_sub':
      return unroll(j.left).supers.map((_, i) => ['Deftype_sub/super', { ...j, i }]);
    default:
      return [];
  }
}

const ABOVE: Readonly<Partial<Record<AbsHeapName, readonly AbsHeapName[]>>> = {
  none: ['i31'],
  noexn: ['exn'],
  i31: ['eq'],
  struct: ['eq'],
  array: ['eq'],
  eq: ['any'],
};

const BOTTOMS: ReadonlySet<AbsHeapName> = new Set(['none', 'nofunc', 'noextern', 'noexn', 'nowaitqueue']);

/** What a heap type is directly below: where a chain may go on. A chain of rules only goes up, so the search ends. */
function between(M: ModuleContext, ht: HeapTerm): readonly HeapTerm[] {
  if (ht.kind === 'def') {
    const { share, comp } = unroll(ht);
    return [abstract(share, comp.kind)];
  }
  if (ht.kind !== 'abstract') return [];
  const { share, name } = ht;
  const up = (ABOVE[name] ?? []).map((above) => abstract(share, above));
  // From above the bottoms a chain changes share by its last step.
  if (share === 'bot') return BOTTOMS.has(name) ? [...up, abstract('unshared', name), abstract('shared', name)] : up;
  if (name === 'i31' && share === 'unshared' && M.readings.i31 === 'common') up.push(abstract('bot', name));
  if (name === 'exn' && share === 'shared' && M.readings.exnref === 'subtype') up.push(abstract('unshared', name));
  return up;
}

const proofs = new WeakMap<ModuleContext, Map<string, Derivation | null>>();

/** A derivation of a judgement; null if none was found, and then there is none (`proofs-notes/typing.md`). */
export function prove(j: Judgement): Derivation | null {
  const k = judgementKey(j);
  if (k === null || !('M' in j)) return search(j);
  let known = proofs.get(j.M);
  if (known === undefined) {
    known = new Map();
    proofs.set(j.M, known);
  }
  let proof = known.get(k);
  if (proof === undefined) {
    proof = search(j);
    known.set(k, proof);
  }
  return proof;
}

function search(j: Judgement): Derivation | null {
  switch (j.relation) {
    case 'Instrs_ok':
      return elaborate(j.C, j.of, j.type, prove)?.derivation ?? null;
    case 'Expr_ok': {
      const body = elaborate(j.C, j.of, { params: [], results: j.type }, prove);
      if (body === null) return null;
      const variables = { C: j.C, of: j.of, type: j.type, locals: body.locals };
      return { rule: 'Expr_ok', variables, conclusion: j, premises: [body.derivation] };
    }
    default:
      for (const { rule, variables, premises: wanted } of backwards(j, choices(j))) {
        const premises = proveAll(wanted);
        if (premises !== null) return { rule, variables, conclusion: j, premises };
      }
      return null;
  }
}

function proveAll(judgements: readonly Judgement[]): readonly Derivation[] | null {
  const premises: Derivation[] = [];
  for (const j of judgements) {
    const proof = prove(j);
    if (proof === null) return null;
    premises.push(proof);
  }
  return premises;
}

/** A derivation that a module is valid; null if there is none. */
export function derive(module: Module, readings: Readings): Derivation | null {
  const variables = { module, readings };
  const step = instance('Module_ok', variables);
  if (step === null) return null;
  const premises = proveAll(step.premises);
  return premises === null ? null : { rule: 'Module_ok', variables, conclusion: step.conclusion, premises };
}
