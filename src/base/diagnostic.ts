import type { Span } from './span.ts';

/** The family of an error: which stage of the pipeline refused the input. */
export type DiagnosticCode = 'malformed' | 'invalid' | 'unlinkable' | 'usage';

/** One complaint about a user's input, as data; `report/` and `cli/` turn it into prose and code frames. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  /** The id of the violated rule (`Instr_ok/global.set`, `Lex/string`, `Resolve/label`). */
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  /** One sentence without a full stop, in the official test suite's words where it has some ("type mismatch: …"). */
  readonly message: string;
  readonly at: Span;
  /** Types or syntax as the user would write them, where the complaint is about two that differ. */
  readonly expected?: string;
  readonly actual?: string;
  /** For a sharing error: the chain of reasons that leads from the shared thing to the unshared one, outermost first. */
  readonly because?: readonly string[];
  /** What was being read, from the outside in, where the place is one in a binary. */
  readonly reading?: string;
  /** What the author usually meant. */
  readonly hint?: string;
}
