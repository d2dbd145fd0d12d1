import type { AxiomName, Definition } from './definition.ts';

const uncorrected: readonly AxiomName[] = [
  'value',
  'hb-irreflexive',
  'hb-consistent-1',
  'hb-consistent-3',
  'sc-last-visible-1',
  'no-tear',
];
const corrected: readonly AxiomName[] = [...uncorrected, 'sc-last-visible-2', 'sc-last-visible-3'];

const acqrelAndFences: readonly AxiomName[] = [
  'sc-modification-order',
  'atomic-coherence',
  'rmw-atomicity',
  'sc-last-visible-acqrel',
  'fence-order',
];

export const wasm: Definition = {
  name: 'wasm',
  title: 'WebAssembly with threads, suspensions, acquire-release and fences',
  source: 'OOPSLA19 Fig. 15–16; THREADS relaxed.rst; ACQREL, in axioms of Weft’s own (proofs-notes/acqrel.md)',
  about:
    'The default. OOPSLA19’s model with wait queues ordered by happens-before; with acq_rel accesses, which synchronise and are coherent ' +
    'without taking part in the order of sequentially consistent ones; and with seq_cst fences, which order atomic accesses as C11’s do.',
  axioms: [...corrected, ...acqrelAndFences],
  weakestAtomic: 'acqrel',
  initSynchronises: false,
  lastVisibleAmong: 'seqcst',
};

export const wasmOopsla19: Definition = {
  name: 'wasm-oopsla19',
  title: 'WebAssembly as published in 2019',
  source: 'OOPSLA19 Fig. 15–16',
  about:
    'The paper’s model, SC-DRF by † (sc-last-visible-2) and ‡ (sc-last-visible-3). It has no acq_rel, and takes such an access as unordered.',
  axioms: corrected,
  weakestAtomic: 'seqcst',
  initSynchronises: false,
  lastVisibleAmong: 'seqcst',
};

export const wasmOopsla19Uncorrected: Definition = {
  ...wasmOopsla19,
  name: 'wasm-oopsla19-uncorrected',
  title: 'WebAssembly of 2019 without † and ‡',
  source: 'OOPSLA19 Prop. 6.2',
  about: 'A superset of the uncorrected JavaScript model; not SC-DRF.',
  axioms: uncorrected,
};

export const jsEs2018: Definition = {
  name: 'js-es2018',
  title: 'JavaScript as of ECMAScript 2018',
  source: 'ECMA-262, 9th edition, §27; OOPSLA19 §2.2',
  about:
    'No write at all of the same range may come between a synchronising write and its read, which ARMv8 hardware breaks; ' +
    'a seqcst read from init alone synchronises; neither † nor ‡, so not SC-DRF.',
  axioms: uncorrected,
  weakestAtomic: 'seqcst',
  initSynchronises: true,
  lastVisibleAmong: 'all',
};

export const jsEs2018Scdrf: Definition = {
  ...jsEs2018,
  name: 'js-es2018-scdrf',
  title: 'JavaScript of 2018 with † and ‡',
  source: 'OOPSLA19 §6.3',
  about: 'SC-DRF again by † and ‡, but not yet compilable to ARMv8.',
  axioms: corrected,
};

export const jsRepaired: Definition = {
  ...jsEs2018Scdrf,
  name: 'js-repaired',
  title: 'JavaScript, repaired',
  source: 'PLDI20; ECMA-262 since 2020',
  about:
    'Beside js-es2018-scdrf only a seqcst write may not come between a synchronising write and its read, so that it compiles to ARMv8. It allows ' +
    'what wasm-oopsla19 allows: † says already what the rule on initial writes says.',
  lastVisibleAmong: 'seqcst',
};

export const sc: Definition = {
  name: 'sc',
  title: 'Sequential consistency',
  source: 'OOPSLA19 Fig. 17 (is-seqcst)',
  about: 'Every byte read comes from the latest write before it in one total order: the interleavings.',
  axioms: ['value', 'hb-irreflexive', 'sc-latest'],
  weakestAtomic: 'acqrel',
  initSynchronises: false,
  lastVisibleAmong: 'seqcst',
};

export const DEFINITIONS: readonly Definition[] = [
  wasm,
  wasmOopsla19,
  wasmOopsla19Uncorrected,
  jsEs2018,
  jsEs2018Scdrf,
  jsRepaired,
  sc,
];
