import type { AxiomName, Definition } from './definition.ts';
import type { Axiom } from './model.ts';

type Statement = Omit<Axiom, 'name'>;

const STATEMENTS: Readonly<Record<AxiomName, Statement>> = {
  value: {
    statement: 'W writes unit k with the value that R reads there',
    source: 'OOPSLA19 Fig. 16, value-consistent',
  },
  'hb-irreflexive': { statement: 'hb ⊆ tot: hb has no cycle', source: 'OOPSLA19 Fig. 16, valid trace' },
  'hb-consistent-1': {
    statement: 'not R hb W, and R ≠ W',
    source: 'OOPSLA19 Fig. 16, hb-consistent; THREADS relaxed.rst, reads-from',
  },
  'hb-consistent-3': {
    statement: 'no W′ writing unit k with W hb W′ hb R',
    source: 'OOPSLA19 Fig. 16, hb-consistent',
  },
  'sc-last-visible-1': {
    statement: 'if sync(W,R): no W′ with sync(W′,R) and W tot W′ tot R',
    source: 'OOPSLA19 Fig. 16, sc-last-visible',
  },
  'sc-last-visible-2': {
    statement: 'if W hb R: no W′ with W hb W′ tot R and sync(W′,R)',
    source: 'OOPSLA19 Fig. 16, sc-last-visible (†)',
  },
  'sc-last-visible-3': {
    statement: 'if W hb R: no W′ with W tot W′ hb R and sync(W,W′)',
    source: 'OOPSLA19 Fig. 16, sc-last-visible (‡)',
  },
  'no-tear': {
    statement: 'if R is tear-free: at most one of its writers is tear-free and of the same range',
    source: 'OOPSLA19 Fig. 16, no-tear',
  },
  'sc-modification-order': {
    statement: 'of two seqcst writes of one range, W mo W′ iff W tot W′',
    source: 'Weft (acqrel.md)',
  },
  'atomic-coherence': {
    statement:
      'for atomic writes W, W′ of one range, one of them acqrel: W mo W′ if W hb W′; and if R reads from W and W hb R: not W mo W′ hb R',
    source: 'Weft (acqrel.md), after ‡ and RC11',
  },
  'rmw-atomicity': {
    statement:
      'for an atomic read-modify-write U that reads from W, one of U, W, W′ being acqrel: no atomic W′ of its range ' +
      'with W mo W′ mo U if W is atomic and of the same range; with W hb W′ mo U if W hb U',
    source: 'Weft (acqrel.md), after RC11',
  },
  'sc-last-visible-acqrel': {
    statement:
      'if R is seqcst and reads from W, acqrel and of the same range: no seqcst W′ of that range with W mo W′ tot R',
    source: 'Weft (acqrel.md), after RC11',
  },
  'fence-order': {
    statement:
      'for atomic A and B of one range with A mo B, or A reading from a W before B: not b tot a nor b = a, where a is A if seqcst or a seqcst ' +
      'fence before A in hb, b is B if seqcst or a seqcst fence after B in hb, and one of them is a fence',
    source: 'Weft (acqrel.md), after RC11',
  },
  'sc-latest': {
    statement: 'W tot R, and no W′ writing unit k with W tot W′ tot R',
    source: 'OOPSLA19 Fig. 17, seqcst-reads-from',
  },
};

/** An axiom in the words of one definition. */
export function describeAxiom(name: AxiomName, definition: Definition): Axiom {
  if (name === 'sc-last-visible-1' && definition.lastVisibleAmong === 'all') {
    return {
      name,
      statement: 'if W synchronises with R: no W′ of the range of R, of whatever order, with W tot W′ tot R',
      source: 'ECMA-262, 9th edition, §27.6.3; OOPSLA19 §2.2',
    };
  }
  if (name === 'sc-last-visible-1' && definition.initSynchronises) {
    return {
      name,
      statement: 'if W synchronises with R: no W′ with sync(W′,R) and W tot W′ tot R',
      source: 'PLDI20; ECMA-262, §29, memory-order',
    };
  }
  return { name, ...STATEMENTS[name] };
}
