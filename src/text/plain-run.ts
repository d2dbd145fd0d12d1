import { UNIT } from './classes.ts';
import { PLAIN_PATTERN } from './generated/plain-pattern.ts';
import type { Tokens } from './tokens.ts';

/**
 * Most instructions are plain, or folded with a few plain operands: a regular language, which the grammar's rule `plain` gives as
 * a regular expression. What it takes needs no match of the grammar.
 */

/** Levels of folded operands that it takes. */
const LEVELS = 3;

function foldedPattern(levels: number): string {
  const [open, close] = [String.fromCharCode(UNIT.open), String.fromCharCode(UNIT.close)];
  const operands = levels === 0 ? '' : `(?:${foldedPattern(levels - 1)})*`;
  return `${open}${PLAIN_PATTERN}${operands}${close}`;
}

let pattern: RegExp | null = null;

/** Tokens that the expression is shown at a time. */
const WINDOW = 2048;

/** The text of a window of units. */
interface Window {
  readonly from: number;
  readonly end: number;
  readonly text: string;
}

/** The window that was last made of a text. */
const windows = new WeakMap<Tokens, Window>();

/** The last token of the plain instruction, folded or not, that begins with token `start`; null if it is none. */
export function plainEnd(tokens: Tokens, start: number): number | null {
  pattern ??= new RegExp(`(?:${PLAIN_PATTERN}|${foldedPattern(LEVELS)})`, 'y');
  let window = windows.get(tokens);
  if (window === undefined || start < window.from || start >= window.end) window = newWindow(tokens, start);
  let length = lengthAt(pattern, window.text, start - window.from);
  const total = tokens.units.length;
  // What ends with the window may go on behind it.
  if (start + length >= window.end - LOOKAHEAD && window.end < total && window.from < start) {
    window = newWindow(tokens, start);
    length = lengthAt(pattern, window.text, 0);
  }
  const isCut = start + length >= window.end && window.end < total;
  return length === 0 || isCut ? null : start + length - 1;
}

/** A folded instruction that begins shortly before the end of a window fails there for want of the rest. */
const LOOKAHEAD = 256;

function lengthAt(regular: RegExp, text: string, at: number): number {
  regular.lastIndex = at;
  return regular.test(text) ? regular.lastIndex - at : 0;
}

function newWindow(tokens: Tokens, from: number): Window {
  const end = Math.min(from + WINDOW, tokens.units.length);
  const window = { from, end, text: String.fromCharCode(...tokens.units.subarray(from, end)) };
  windows.set(tokens, window);
  return window;
}
