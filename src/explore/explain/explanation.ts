import type { EventId } from '../../event/execution.ts';
import type { Forbidden, Reason } from '../../model/reasons/reasons.ts';
import type { Surprise } from '../../model/surprise/surprise.ts';
import type { Witness } from '../result.ts';
import type { Candidate } from './candidates.ts';
import type { Target, Values } from './target.ts';

/** What {@link import('./explain.ts').explain} finds. */
export type Explanation = { readonly model: string; readonly target: Target } & (
  | AllowedOutcome
  | ForbiddenOutcome
  | ImpossibleOutcome
  | OpenOutcome
);

/** Some consistent execution has it. */
export interface AllowedOutcome {
  readonly kind: 'allowed';
  readonly witness: Witness;
  readonly values: Values;
  readonly surprise: Surprise;
  /** Consistent executions looked at, of which the least surprising was chosen; `all` if there are no more. */
  readonly executions: number;
  readonly all: boolean;
}

/** No consistent execution has it, but some candidate execution. */
export interface ForbiddenOutcome {
  readonly kind: 'forbidden';
  /** A bound that ended the enumeration of candidates early; null if all were looked at. */
  readonly bound: string | null;
  /** Candidate executions with the outcome. */
  readonly candidates: number;
  /** The smallest sets of axioms without any one of which the model allows the outcome, with the exploration that says so. */
  readonly smallest: readonly Culprits[];
  /** Candidates that a smallest set alone forbids, by reason. Together they are all such candidates. */
  readonly groups: readonly Group[];
  /** The other candidates; each breaks more. */
  readonly others: Others;
}

/** Axioms that forbid the outcome together. */
export interface Culprits {
  readonly axioms: readonly string[];
  /** Consistent executions with the outcome under the model without these axioms. */
  readonly executions: number;
  /** Whether those are all: a bound may have ended the count. */
  readonly complete: boolean;
}

/** Candidate executions that are forbidden for the same reason. */
export interface Group {
  readonly reason: Reason;
  /** One of them. */
  readonly candidate: Candidate;
  readonly forbidden: Forbidden;
  readonly executions: number;
  /**
   * Of the reads of the one above: from where else they are read in the others, as the events of `candidate`. Reads that are the same
   * in all are not in the map; a writer that `candidate` does not have is left out.
   */
  readonly elsewhere: ReadonlyMap<EventId, readonly EventId[]>;
}

export interface Others {
  readonly count: number;
  /** Axiom → candidates of which the model’s verdict names it. */
  readonly byAxiom: ReadonlyMap<string, number>;
  /** By reason; empty unless asked for. */
  readonly groups: readonly Group[];
}

/** No execution of the program has it, whatever the model. */
export interface ImpossibleOutcome {
  readonly kind: 'impossible';
  /** What can never be observed, each with what is. Empty if each single observation can be, but not all of them together. */
  readonly never: readonly Never[];
}

export interface Never {
  readonly text: string;
  readonly observation: string;
  /** What candidate executions show there, at most {@link SHOWN}; empty if there is no such observation. */
  readonly instead: readonly string[];
}

/** A bound was reached first. */
export interface OpenOutcome {
  readonly kind: 'open';
  readonly bound: string;
  /** Whether the model forbids the outcome, though no candidate execution that has it was found until then. */
  readonly forbidden: boolean;
}

/** How many values of an observation are told. */
export const SHOWN = 8;
