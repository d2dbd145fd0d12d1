import type { Diagnostic } from '../base/diagnostic.ts';
import { type Result, err, ok } from '../base/result.ts';
import { malformed } from './malformed.ts';
import { bytesToName, concatBytes, stringBytes } from './strings.ts';
import { type Tokens, spanOf, tokenText } from './tokens.ts';

/** What the strings of modules in scripts hold: text or bytes. */

/** The text that a run of string literals quotes, and where each of its UTF-16 units stands in the file. */
export interface QuotedText {
  readonly text: string;
  readonly origin: Int32Array;
}

/** Whole escapes, or one character. */
const PIECE = /\\(?:[0-9a-fA-F]{2}|u\{[^}]*\}|.)|[^\\]/gsu;

/** The strings of `(module binary …)`, one after the other. */
export function quotedBytes(tokens: Tokens, strings: readonly number[]): Result<Uint8Array, Diagnostic> {
  const parts: Uint8Array[] = [];
  for (const token of strings) {
    const bytes = stringBytes(tokenText(tokens, token));
    if (!bytes.ok) return err(malformed('Lex/escape', spanOf(tokens, token), bytes.error));
    parts.push(bytes.value);
  }
  return ok(concatBytes(parts));
}

/** The strings of `(module quote …)`, joined by spaces as the reference interpreter joins them. */
export function quotedText(tokens: Tokens, strings: readonly number[]): Result<QuotedText, Diagnostic> {
  let text = '';
  const origin: number[] = [];
  for (const token of strings) {
    const literal = tokenText(tokens, token);
    const bytes = stringBytes(literal);
    const quoted = bytes.ok ? bytesToName(bytes.value) : bytes;
    if (!quoted.ok) return err(malformed('Lex/name', spanOf(tokens, token), quoted.error));
    const places = unitPlaces(literal, quoted.value, tokens.starts[token] ?? 0);
    for (const place of places) origin.push(place);
    text += `${quoted.value} `;
    origin.push(tokens.ends[token] ?? 0);
  }
  origin.push(origin.at(-1) ?? 0);
  return ok({ text, origin: Int32Array.from(origin) });
}

/** The place of each UTF-16 unit that a literal at `start` stands for. */
function unitPlaces(literal: string, value: string, start: number): number[] {
  const pieces = [...literal.slice(1, -1).matchAll(PIECE)].map((piece) => ({
    at: start + 1 + piece.index,
    bytes: byteLength(piece[0]),
  }));
  // Bytes of the value, each with the place of the piece that gave it: an escape may be part of a character.
  const byPlace = pieces.flatMap(({ at, bytes }) => Array.from({ length: bytes }, () => at));
  let byte = 0;
  return [...value].flatMap((char) => {
    const place = byPlace[byte] ?? start;
    byte += new TextEncoder().encode(char).length;
    return Array.from({ length: char.length }, () => place);
  });
}

function byteLength(piece: string): number {
  const bytes = stringBytes(`"${piece}"`);
  return bytes.ok ? bytes.value.length : 0;
}
