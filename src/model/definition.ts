/** The names of the axioms, as in DOMAIN section 4 and in the `.cat` files. */
export type AxiomName =
  | 'value'
  | 'hb-irreflexive'
  | 'hb-consistent-1'
  | 'hb-consistent-3'
  | 'sc-last-visible-1'
  | 'sc-last-visible-2'
  | 'sc-last-visible-3'
  | 'no-tear'
  | 'sc-modification-order'
  | 'atomic-coherence'
  | 'rmw-atomicity'
  | 'sc-last-visible-acqrel'
  | 'fence-order'
  | 'sc-latest';

/**
 * A model of the OOPSLA19 family as data. Both the native checker and the slow transcription read it; they share nothing
 * else.
 */
export interface Definition {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly about: string;
  readonly axioms: readonly AxiomName[];
  /**
   * The weakest order that is atomic: a write and a read of equal range that reads from it synchronise if both are at
   * least this strong. Under `seqcst`, `acqrel` accesses count as unordered.
   */
  readonly weakestAtomic: 'acqrel' | 'seqcst';
  /** JavaScript's rule: a seqcst read that reads from init writes alone synchronises with them. */
  readonly initSynchronises: boolean;
  /** Which writes of the read's range sc-last-visible-1 keeps from coming between: the seqcst ones, or all. */
  readonly lastVisibleAmong: 'seqcst' | 'all';
}
