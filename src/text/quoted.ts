import type { Diagnostic } from '../base/diagnostic.ts';
import { type Result, err, ok } from '../base/result.ts';
import { malformed } from './malformed.ts';
import { bytesToName, stringBytes } from './strings.ts';
import { type Tokens, spanOf, tokenText } from './tokens.ts';

/** What the strings of modules in scripts hold: text or bytes. */

/** The text that a run of string literals quotes, and where each of its UTF-16 units stands in the file. */
export interface QuotedText {
  readonly text: string;
  readonly origin: Int32Array;
}

/** The strings of `(module binary …)`, one after the other. */
export function quotedBytes(tokens: Tokens, strings: readonly number[]): Result<Uint8Array, Diagnostic> {
  let all = new Uint8Array(64);
  let length = 0;
  for (const token of strings) {
    const bytes = stringBytes(tokenText(tokens, token));
    if (!bytes.ok) return err(malformed('Lex/escape', spanOf(tokens, token), bytes.error));
    if (length + bytes.value.length > all.length) all = grown(all, length + bytes.value.length);
    all.set(bytes.value, length);
    length += bytes.value.length;
  }
  return ok(all.slice(0, length));
}

/** The strings of `(module quote …)`, joined by spaces as the reference interpreter joins them. */
export function quotedText(tokens: Tokens, strings: readonly number[]): Result<QuotedText, Diagnostic> {
  const parts: string[] = [];
  // A literal is never shorter than what it quotes; its quotes make room for the space behind it.
  const literals = strings.map((token) => tokenText(tokens, token));
  const origin = new Int32Array(literals.reduce((sum, literal) => sum + literal.length, 1));
  let length = 0;
  for (const [i, literal] of literals.entries()) {
    const token = strings[i] ?? 0;
    const bytes = stringBytes(literal);
    const quoted = bytes.ok ? bytesToName(bytes.value) : bytes;
    if (!bytes.ok || !quoted.ok)
      return err(malformed('Lex/name', spanOf(tokens, token), quoted.ok ? '' : quoted.error));
    const places = bytePlaces(literal, bytes.value.length, tokens.starts[token] ?? 0);
    parts.push(quoted.value, ' ');
    let byte = 0;
    for (let unit = 0; unit < quoted.value.length; unit++) {
      origin[length++] = places[byte] ?? 0;
      byte += utf8Length(quoted.value.charCodeAt(unit));
    }
    origin[length++] = tokens.ends[token] ?? 0;
  }
  origin[length] = origin[length - 1] ?? 0;
  return ok({ text: parts.join(''), origin: origin.subarray(0, length + 1) });
}

/** Bytes of a UTF-16 unit: a pair of surrogates has four, two for each. */
function utf8Length(unit: number): number {
  if (unit < 0x80) return 1;
  return unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
}

/** An escape: a byte (1), a Unicode scalar value (2), or a simple one. */
const ESCAPE = /\\(?:([0-9a-fA-F]{2})|u\{([^}]*)\}|.)/sy;

/** The place of each byte of a literal that begins at `start`: an escape may be part of a character. */
function bytePlaces(literal: string, count: number, start: number): Int32Array {
  const places = new Int32Array(count);
  let byte = 0;
  for (let at = 1; at < literal.length - 1; ) {
    const unit = literal.charCodeAt(at);
    let size = utf8Length(unit);
    let next = at + 1;
    if (unit === BACKSLASH) {
      ESCAPE.lastIndex = at;
      const [, , scalar] = ESCAPE.exec(literal) ?? [];
      next = Math.max(ESCAPE.lastIndex, next);
      size = scalar === undefined ? 1 : scalarLength(Number.parseInt(scalar.replaceAll('_', ''), 16));
    }
    places.fill(start + at, byte, byte + size);
    byte += size;
    at = next;
  }
  return places;
}

const BACKSLASH = 0x5c;

function scalarLength(code: number): number {
  return code < 0x1_0000 ? utf8Length(code) : 4;
}

/** At least `length` long, with the same beginning. */
function grown(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(2 * bytes.length, length));
  larger.set(bytes);
  return larger;
}
