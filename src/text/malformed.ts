import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';

/** A complaint about text that is no module or script, under the rule `rule`. */
export function malformed(
  rule: string,
  at: Span,
  message: string,
  more: { expected?: string; hint?: string } = {},
): Diagnostic {
  return { code: 'malformed', rule, severity: 'error', message, at, ...more };
}
