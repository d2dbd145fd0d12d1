import type { DiagnosticJson } from '../../src/report/diagnostics.ts';
import type { Strategy } from '../../src/explore/explore.ts';
import type { Quantifier } from '../../src/syntax/script.ts';

/** All that an exploration depends on. */
export interface ExploreRequest {
  readonly name: string;
  readonly text: string;
  /** Of a program with parameters, which choice of theirs; from 0. */
  readonly instance: number;
  readonly models: readonly string[];
  /** The text of the model `mine`, if there is one. */
  readonly mine: string | null;
  /** Switch → reading, where it is not the default. */
  readonly readings: Readonly<Record<string, string>>;
  readonly strategy: Strategy;
  readonly limits: Limits;
}

export interface Limits {
  readonly executions: number;
  /** Events of one thread. */
  readonly events: number;
  readonly milliseconds: number;
}

export interface OutcomeRow {
  /** Equal for equal outcomes of different models. */
  readonly key: string;
  /** Under the names that the program’s author gave. */
  readonly values: Readonly<Record<string, string>>;
  readonly executions: number;
  readonly hasWitness: boolean;
  readonly deadlock: boolean;
  /** Whether a sequentially consistent execution has it, as far as its witness tells. */
  readonly weak: boolean;
}

export interface FindingRow {
  readonly kind: string;
  readonly text: string;
  readonly executions: number;
  readonly outcome: number | null;
  /** Whether there is an execution to be shown: of a schedule without end, one round of what is repeated. */
  readonly hasWitness: boolean;
  readonly places: readonly {
    readonly thread: string;
    readonly line: number;
    readonly column: number;
    readonly instruction: string;
  }[];
}

export interface ConditionRow {
  readonly name: string;
  readonly quantifier: Quantifier;
  readonly text: string;
  /** Null where a bound was reached first. */
  readonly holds: boolean | null;
}

export interface ModelAnswer {
  readonly model: string;
  readonly complete: boolean;
  readonly bound: string | null;
  readonly executions: number;
  readonly blocked: number;
  readonly duplicates: number;
  readonly deadlocks: number;
  readonly strategy: string;
  readonly states: number | null;
  readonly outcomes: readonly OutcomeRow[];
  readonly findings: readonly FindingRow[];
  readonly conditions: readonly ConditionRow[];
  readonly assertions: readonly { readonly line: number; readonly holds: string; readonly failure: string | null }[];
  /** What the model remarks on some execution. */
  readonly flags: readonly string[];
  readonly milliseconds: number;
}

export type ExploreAnswer =
  | { readonly kind: 'refused'; readonly diagnostics: readonly DiagnosticJson[] }
  | {
      readonly kind: 'explored';
      readonly run: number;
      readonly answers: readonly ModelAnswer[];
      readonly broken: readonly BrokenModel[];
      /** All choices of the program’s parameters, in words. */
      readonly instances: readonly string[];
    };

/** A model under which nothing was explored: what is wrong with it, or what it says nothing of. */
export interface BrokenModel {
  readonly model: string;
  readonly message: string;
  /** Where in its text, if that is the user’s. */
  readonly place: { readonly line: number; readonly column: number } | null;
}

export type ExploreNews =
  | { readonly kind: 'progress'; readonly model: string; readonly executions: number }
  /** What is known so far, after each model. */
  | { readonly kind: 'answer'; readonly answer: ExploreAnswer };

/** What the page asks of a worker about outcomes. */
export interface OutcomeCalls {
  explore: { readonly takes: ExploreRequest; readonly gives: ExploreAnswer; readonly tells: ExploreNews };
}
