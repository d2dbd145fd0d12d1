import type { EventId, Execution } from '../event/execution.ts';
import type { BitMatrix } from '../rel/bit-matrix.ts';

/** One condition of a model, by the name that its `.cat` file and its proof note use. */
export interface Axiom {
  readonly name: string;
  /** The condition in words or symbols. */
  readonly statement: string;
  readonly source: string;
}

/** The relations that a model derives from an execution, over events. */
export interface Relations {
  readonly po: BitMatrix;
  /** Write event → read event, if any unit is read from it. */
  readonly rf: BitMatrix;
  /** The rf edges that synchronise. */
  readonly sw: BitMatrix;
  readonly asw: BitMatrix;
  /** Transitively closed. */
  readonly hb: BitMatrix;
}

export type Verdict =
  | {
      readonly consistent: true;
      /** A total order that satisfies the axioms: all events, first to last. */
      readonly tot: readonly EventId[];
      readonly relations: Relations;
    }
  | {
      readonly consistent: false;
      /** The axiom that fails; where only the choice of `tot` fails, the one at the end of the search's last conflict. */
      readonly axiom: string;
      /** The events involved, in the order in which the axiom names them. */
      readonly events: readonly EventId[];
    };

/** A memory model: which candidate executions may happen. */
export interface Model {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  /** What distinguishes it from its neighbours, in a sentence or two. */
  readonly about: string;
  readonly axioms: readonly Axiom[];
  /** The weakest order whose accesses synchronise: in a model without acquire-release, `acqrel` counts as unordered. */
  readonly weakestAtomic: 'acqrel' | 'seqcst';
  /** JavaScript's rule: a seqcst read that reads from init writes alone synchronises with them. */
  readonly initSynchronises: boolean;
  check(execution: Execution): Verdict;
}
