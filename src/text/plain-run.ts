import { UNIT } from './classes.ts';
import { HEAD_PATTERN } from './generated/head-pattern.ts';
import { PLAIN_PATTERN } from './generated/plain-pattern.ts';
import { lazy } from './grammars.ts';
import type { Tokens } from './tokens.ts';

/**
 * Most instructions are plain, or folded with a few plain operands: a regular language, which the grammar's rule `plain` gives as
 * a regular expression. What it takes needs no match of the grammar.
 */

/** Levels of folded operands that are taken here. */
const LEVELS = 3;

const plain = lazy(() => new RegExp(PLAIN_PATTERN, 'y'));
const head = lazy(() => new RegExp(HEAD_PATTERN, 'y'));

/** The last token of the plain instruction, folded or not, that begins with token `start`; null if it is none. */
export function plainEnd(tokens: Tokens, start: number): number | null {
  return endOf(instructionAt, tokens, start);
}

/** The same of a plain instruction that is not folded: what folded operands follow. */
export function plainHeadEnd(tokens: Tokens, start: number): number | null {
  return endOf(plainAt, tokens, start);
}

/** The last token of a block's head, which begins with token `start`; null if it is malformed. */
export function headEnd(tokens: Tokens, start: number): number | null {
  return endOf(headAt, tokens, start);
}

/** Tokens that the expressions are shown at a time. */
const WINDOW = 2048;
/** What begins shortly before the end of a window may fail there for want of the rest. */
const LOOKAHEAD = 256;

/** The text of a window of units. */
interface Window {
  readonly from: number;
  readonly end: number;
  readonly text: string;
}

/** The window that was last made of a text. */
const windows = new WeakMap<Tokens, Window>();

/** The last token of what `lengthAt` takes from token `start` on; null if that is nothing, or may go on behind the window. */
function endOf(lengthAt: (text: string, at: number) => number, tokens: Tokens, start: number): number | null {
  const total = tokens.units.length;
  let window = windows.get(tokens);
  if (window === undefined || start < window.from || start >= window.end) window = newWindow(tokens, start);
  let length = lengthAt(window.text, start - window.from);
  if (start + length >= window.end - LOOKAHEAD && window.end < total && window.from < start) {
    window = newWindow(tokens, start);
    length = lengthAt(window.text, 0);
  }
  const isCut = start + length >= window.end && window.end < total;
  return length === 0 || isCut ? null : start + length - 1;
}

function taken(regular: RegExp, text: string, at: number): number {
  regular.lastIndex = at;
  return regular.test(text) ? regular.lastIndex - at : 0;
}

function plainAt(text: string, at: number): number {
  return taken(plain(), text, at);
}

function headAt(text: string, at: number): number {
  return taken(head(), text, at);
}

function instructionAt(text: string, at: number): number {
  return text.charCodeAt(at) === UNIT.open ? foldedAt(text, at, LEVELS) : plainAt(text, at);
}

/** Levels are nested here and not in the expression, which would have five times the code, and a small file needs most time to compile it. */
function foldedAt(text: string, at: number, levels: number): number {
  const first = plainAt(text, at + 1);
  if (first === 0) return 0;
  let end = at + 1 + first;
  while (text.charCodeAt(end) === UNIT.open) {
    const operand = levels === 0 ? 0 : foldedAt(text, end, levels - 1);
    if (operand === 0) return 0;
    end += operand;
  }
  return text.charCodeAt(end) === UNIT.close ? end + 1 - at : 0;
}

function newWindow(tokens: Tokens, from: number): Window {
  const end = Math.min(from + WINDOW, tokens.units.length);
  const window = { from, end, text: String.fromCharCode(...tokens.units.subarray(from, end)) };
  windows.set(tokens, window);
  return window;
}
