import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';

/** Thrown and caught inside this room: why bytes cannot be read. `reading` says what was being read. */
export class Malformed extends Error {
  readonly rule: string;
  readonly at: Span;
  readonly reading: string;

  constructor(rule: string, message: string, at: Span, reading: string) {
    super(message);
    this.name = 'Malformed';
    this.rule = rule;
    this.at = at;
    this.reading = reading;
  }
}

/** A complaint about bytes that are no module; `at` counts bytes. */
export function malformedBytes(rule: string, message: string, at: Span, reading: string): Diagnostic {
  return { code: 'malformed', rule, severity: 'error', message, at, reading };
}
