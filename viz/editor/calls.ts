import type { DiagnosticJson } from '../../src/report/diagnostics.ts';

export interface CheckRequest {
  readonly name: string;
  readonly text: string;
  /** Switch → reading, where it is not the default. */
  readonly readings: Readonly<Record<string, string>>;
}

/** A model that ships, as the choice of models tells it. */
export interface ListedModel {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly about: string;
  readonly axioms: readonly { readonly name: string; readonly statement: string; readonly source: string }[];
  /** Litmus tests that tell it from a neighbour. */
  readonly distinctions: readonly { readonly test: string; readonly allows: boolean; readonly beside: string }[];
}

/** A place of the text that is looked at, by its offset. */
export interface LookRequest extends CheckRequest {
  readonly offset: number;
}

/** What is said of it; offsets of the text. */
export interface LookAnswer {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  /** The typing rule of an instruction. */
  readonly rule: string | null;
  readonly stack: { readonly before: string; readonly after: string } | null;
  readonly facts: readonly string[];
}

/** The user’s own model. */
export interface ModelRequest {
  readonly text: string;
}

/** What the page asks of a worker about the program’s text and what it is explored under. */
export interface EditorCalls {
  check: { readonly takes: CheckRequest; readonly gives: readonly DiagnosticJson[]; readonly tells: never };
  look: { readonly takes: LookRequest; readonly gives: LookAnswer | null; readonly tells: never };
  checkModel: { readonly takes: ModelRequest; readonly gives: readonly DiagnosticJson[]; readonly tells: never };
  /** The text of a model that ships, by its name. */
  modelText: { readonly takes: string; readonly gives: string; readonly tells: never };
  listModels: { readonly takes: null; readonly gives: readonly ListedModel[]; readonly tells: never };
}
