import type { Diagnostic } from '../base/diagnostic.ts';

/** Exit codes [CONTRIBUTING: the command line's contract]. */
export const EXIT = {
  /** Holds, valid, all passed. */
  holds: 0,
  /** Invalid, refuted or failed. */
  refuted: 1,
  /** Usage, or input that cannot be read. */
  usage: 2,
  /** A bound was reached: no verdict. */
  bound: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** How a command ends whose input did not load: it is wrong, or the executors cannot take it yet. */
export function unloaded(diagnostics: readonly Diagnostic[]): ExitCode {
  return diagnostics.every(({ code }) => code === 'usage') ? EXIT.usage : EXIT.refuted;
}

/** A mistake in the call: unknown option, missing file. Ends the command with its code. */
export class UsageError extends Error {
  readonly code: ExitCode;

  constructor(message: string, code: ExitCode = EXIT.usage) {
    super(message);
    this.code = code;
  }
}

/** The graver of two codes: a refutation counts even where another file only reached a bound. */
export function worst(a: ExitCode, b: ExitCode): ExitCode {
  const gravity: readonly ExitCode[] = [EXIT.holds, EXIT.bound, EXIT.refuted, EXIT.usage];
  return gravity.indexOf(a) >= gravity.indexOf(b) ? a : b;
}
