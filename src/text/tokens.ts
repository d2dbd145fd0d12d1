import type { Span } from '../base/span.ts';

/**
 * A text as tokens. Token `i` has the class `units[i]`, stands at `starts[i]` to `ends[i]` in `text`, and, if it is an
 * opening parenthesis, is closed by token `closes[i]`.
 */
export interface Tokens {
  readonly text: string;
  readonly units: string;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly closes: Int32Array;
  /** For a text that was itself quoted in a file: each UTF-16 unit's offset in that file, and the offset after the last. */
  readonly origin: Int32Array | null;
}

/** The text of token `i`. */
export function tokenText(tokens: Tokens, i: number): string {
  return tokens.text.slice(tokens.starts[i], tokens.ends[i]);
}

/** Where tokens `first` to `last` stand in the user's file. */
export function spanOf(tokens: Tokens, first: number, last: number = first): Span {
  return textSpan(tokens.origin, tokens.starts[first] ?? 0, tokens.ends[last] ?? 0);
}

/** Where a piece of a text stands in the user's file. */
export function textSpan(origin: Int32Array | null, start: number, end: number): Span {
  if (origin === null) return { start, end };
  return { start: origin[start] ?? 0, end: origin[end] ?? origin.at(-1) ?? 0 };
}
