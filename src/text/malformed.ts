import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';

/** Complaints about one module that are kept. */
const MAX_COMPLAINTS = 1000;

/** Adds a complaint, unless there are so many that one more tells nothing. */
export function complain(diagnostics: Diagnostic[], complaint: Diagnostic): void {
  if (diagnostics.length < MAX_COMPLAINTS) diagnostics.push(complaint);
}

/** A complaint about text that is no module or script, under the rule `rule`. */
export function malformed(
  rule: string,
  at: Span,
  message: string,
  more: { expected?: string; hint?: string } = {},
): Diagnostic {
  return { code: 'malformed', rule, severity: 'error', message, at, ...more };
}
