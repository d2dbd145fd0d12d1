import { type Result, err, ok } from '../base/result.ts';

/** String literals [core specification, Text Format, Strings]: text between quotes to bytes, bytes to names. */

/** One escape: simple (1), a byte (2), a Unicode scalar value (3). */
const ESCAPE = /\\(?:([tnr"'\\])|([0-9a-fA-F]{2})|u\{([0-9a-fA-F](?:_?[0-9a-fA-F])*)\})/y;
const SIMPLE_ESCAPES: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13, '"': 34, "'": 39, '\\': 92 };
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What is wrong with a string literal, and where. */
export interface StringProblem {
  readonly rule: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const DELETE = 0x7f;

/** Where the string literal that opens at `at` ends, its closing quote included. */
export function stringEnd(text: string, at: number): Result<number, StringProblem> {
  let stop = at + 1;
  for (;;) {
    const code = text.charCodeAt(stop);
    if (code === QUOTE) return ok(stop + 1);
    if (code === BACKSLASH) {
      ESCAPE.lastIndex = stop;
      if (!ESCAPE.test(text)) break;
      stop = ESCAPE.lastIndex;
    } else if (code >= 0x20 && code !== DELETE) stop++;
    else break;
  }
  const char = text[stop];
  if (char === '\\') {
    const end = Math.min(stop + 2, text.length);
    return err({ rule: 'Lex/escape', message: `illegal escape ${text.slice(stop, end)}`, start: stop, end });
  }
  if (char === undefined || char === '\n' || char === '\r')
    return err({ rule: 'Lex/string', message: 'unclosed string', start: at, end: stop });
  const message = `illegal character ${JSON.stringify(char)}`;
  return err({ rule: 'Lex/character', message, start: stop, end: stop + 1 });
}

/** The bytes of a literal with its quotes; an error where `\u{…}` names no Unicode scalar value. */
export function stringBytes(literal: string): Result<Uint8Array, string> {
  if (!literal.includes('\\')) return ok(encoder.encode(literal.slice(1, -1)));
  // No piece is shorter in UTF-16 units than a third of its bytes.
  const bytes = new Uint8Array(3 * literal.length);
  let length = 0;
  let at = 1;
  for (let next = literal.indexOf('\\'); next >= 0; next = literal.indexOf('\\', at)) {
    if (next > at) length += encoder.encodeInto(literal.slice(at, next), bytes.subarray(length)).written;
    ESCAPE.lastIndex = next;
    const [whole = '', simple, hex, scalar = ''] = ESCAPE.exec(literal) ?? [];
    at = next + Math.max(whole.length, 1);
    if (simple !== undefined) bytes[length++] = SIMPLE_ESCAPES[simple] ?? 0;
    else if (hex !== undefined) bytes[length++] = Number.parseInt(hex, 16);
    else {
      const code = Number.parseInt(scalar.replaceAll('_', ''), 16);
      if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return err(`illegal escape ${whole}`);
      length += encoder.encodeInto(String.fromCodePoint(code), bytes.subarray(length)).written;
    }
  }
  length += encoder.encodeInto(literal.slice(at, -1), bytes.subarray(length)).written;
  return ok(bytes.slice(0, length));
}

/** Bytes as a name; an error where they are not UTF-8. */
export function bytesToName(bytes: Uint8Array): Result<string, string> {
  try {
    return ok(decoder.decode(bytes));
  } catch {
    return err('malformed UTF-8 encoding');
  }
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
