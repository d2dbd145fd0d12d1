import type { EventId } from '../../src/event/execution.ts';

export interface ExplainRequest {
  readonly run: number;
  readonly model: string;
  /** The outcome: by its key in the table, text of the user’s, or what a litmus test asks about, by its number. */
  readonly outcome: { readonly key: string } | { readonly text: string } | { readonly condition: number };
}

/** An event as the explanation names it. */
export interface NamedEvent {
  readonly id: EventId;
  readonly name: string;
  readonly thread: string;
  readonly label: string;
  readonly instruction: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** One step of a walk: a sentence, or one edge of those on which the sentence before it rests. */
export interface WalkStep {
  readonly text: string;
  /** How far it is inside of cases. */
  readonly depth: number;
  /** Null of a sentence. */
  readonly edge: { readonly kind: string; readonly from: EventId; readonly to: EventId } | null;
}

export interface NamedAxiom {
  readonly name: string;
  readonly statement: string;
  readonly source: string;
}

/** Why the candidate executions of one group are forbidden. */
export interface ForbiddenWay {
  readonly axioms: readonly NamedAxiom[];
  readonly executions: number;
  readonly events: readonly NamedEvent[];
  /** `d from b, e from init`. */
  readonly reads: string;
  readonly walk: readonly WalkStep[];
  /** The picture, as SVG. */
  readonly svg: string;
}

export type ExplainAnswer = { readonly outcome: string } & (
  | {
      readonly kind: 'forbidden';
      readonly ways: readonly ForbiddenWay[];
      /** What was checked: without these axioms the outcome appears so often. */
      readonly checked: readonly {
        readonly axioms: readonly string[];
        readonly executions: number;
        readonly complete: boolean;
      }[];
      /** Candidates that break more. */
      readonly others: number;
      readonly bound: string | null;
    }
  | { readonly kind: 'allowed'; readonly events: readonly NamedEvent[]; readonly text: string; readonly svg: string }
  | {
      readonly kind: 'impossible';
      readonly never: readonly { readonly text: string; readonly instead: readonly string[] }[];
    }
  | { readonly kind: 'open'; readonly bound: string; readonly forbidden: boolean }
);

/** What the page asks of a worker about why. */
export interface ExplainCalls {
  explain: { readonly takes: ExplainRequest; readonly gives: ExplainAnswer; readonly tells: number };
}
