import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';

/** The optional parts of a diagnostic. */
export type More = Pick<Diagnostic, 'expected' | 'actual' | 'because' | 'hint'>;

export function diagnose(rule: string, at: Span, message: string, more: More = {}): Diagnostic {
  return { code: 'invalid', rule, severity: 'error', message, at, ...more };
}

/** Ends the checking of one definition; never leaves this room. Null: the reason has already been reported. */
export class Rejected extends Error {
  readonly diagnostic: Diagnostic | null;

  constructor(diagnostic: Diagnostic | null) {
    super(diagnostic?.message ?? 'already reported');
    this.diagnostic = diagnostic;
  }
}

/** Checks one definition; its rejection is reported, and the next one can be checked. */
export function attempt(report: (diagnostic: Diagnostic) => void, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    if (error.diagnostic !== null) report(error.diagnostic);
  }
}

/** Ends the checking of a module: enough errors have been reported. */
export class Enough extends Error {}
