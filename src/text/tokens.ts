import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import type { InstructionRow } from '../syntax/instructions.ts';
import { rowNumbered } from './classes.ts';

/**
 * A text as tokens. Token `i` has the class `units[i]` and stands at `starts[i]` to `ends[i]` in `text`. `links[i]` is, of an opening
 * parenthesis, the token that closes it; of a structured instruction's keyword outside parentheses, its `end`; of a mnemonic, its row's
 * number; −1 of all others.
 */
export interface Tokens {
  readonly text: string;
  readonly units: Uint16Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly links: Int32Array;
  /** Annotations, in order of place. */
  readonly notes: readonly Note[];
  /** What is no token, in order of place; token `token` stands for it. */
  readonly problems: readonly LexProblem[];
  /** For a text that was itself quoted in a file: each UTF-16 unit's offset in that file, and the offset after the last. */
  readonly origin: Int32Array | null;
}

/** An annotation `(@id …)`, from `start` to `end` in the text, that stands directly before token `before`. */
export interface Note {
  readonly id: string;
  readonly before: number;
  readonly start: number;
  readonly end: number;
  /** Where its contents begin, after the id. */
  readonly body: number;
}

export interface LexProblem {
  readonly token: number;
  readonly diagnostic: Diagnostic;
}

/** The text of token `i`. */
export function tokenText(tokens: Tokens, i: number): string {
  return tokens.text.slice(tokens.starts[i], tokens.ends[i]);
}

/** The same for a message, cut where it is long. */
export function shownText(tokens: Tokens, i: number): string {
  return shown(tokenText(tokens, i));
}

const MAX_SHOWN = 60;

/** A word or name for a message, cut where it is long. */
export function shown(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

/** The token that closes the group which token `open` opens. */
export function closeOf(tokens: Tokens, open: number): number {
  return tokens.links[open] ?? open;
}

/** The row of a mnemonic. */
export function rowOf(tokens: Tokens, i: number): InstructionRow {
  return rowNumbered(tokens.links[i] ?? 0);
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

/** The tokens of the empty text. */
export const NO_TOKENS: Tokens = {
  text: '',
  units: new Uint16Array(),
  starts: new Int32Array(),
  ends: new Int32Array(),
  links: new Int32Array(),
  notes: [],
  problems: [],
  origin: null,
};

/** The complaint about a token that is none; undefined if it is one. */
export function problemAt(tokens: Tokens, token: number): Diagnostic | undefined {
  return tokens.problems.find((problem) => problem.token === token)?.diagnostic;
}
