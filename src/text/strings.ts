import { type Result, err, ok } from '../base/result.ts';

/** String literals [core specification, Text Format, Strings]: text between quotes to bytes, bytes to names. */

const ESCAPE = /\\(?:([tnr"'\\])|([0-9a-fA-F]{2})|u\{([0-9a-fA-F_]+)\})/g;
const SIMPLE_ESCAPES: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13, '"': 34, "'": 39, '\\': 92 };
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What is wrong with the string that opens at `at` and that the tokenizer could not read. */
export function stringProblem(text: string, at: number): { rule: string; message: string; start: number; end: number } {
  const good = /"(?:[^"\\\x00-\x1f\x7f]|\\(?:[tnr"'\\]|[0-9a-fA-F]{2}|u\{[0-9a-fA-F](?:_?[0-9a-fA-F])*\}))*/y;
  good.lastIndex = at;
  good.test(text);
  const stop = good.lastIndex;
  const char = text[stop];
  if (char === '\\') {
    return { rule: 'Lex/escape', message: 'illegal escape', start: stop, end: Math.min(stop + 2, text.length) };
  }
  if (char === undefined || char === '\n' || char === '\r') return { rule: 'Lex/string', message: 'unclosed string', start: at, end: stop };
  return { rule: 'Lex/character', message: `illegal character ${JSON.stringify(char)}`, start: stop, end: stop + 1 };
}

/** The bytes of a literal with its quotes; an error where `\u{…}` names no Unicode scalar value. */
export function stringBytes(literal: string): Result<Uint8Array, string> {
  const body = literal.slice(1, -1);
  if (!body.includes('\\')) return ok(encoder.encode(body));
  const parts: Uint8Array[] = [];
  let last = 0;
  for (const found of body.matchAll(ESCAPE)) {
    parts.push(encoder.encode(body.slice(last, found.index)));
    last = found.index + found[0].length;
    const [, simple, hex, scalar] = found;
    if (simple !== undefined) parts.push(Uint8Array.of(SIMPLE_ESCAPES[simple] ?? 0));
    else if (hex !== undefined) parts.push(Uint8Array.of(Number.parseInt(hex, 16)));
    else {
      const code = Number.parseInt((scalar ?? '').replaceAll('_', ''), 16);
      if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return err(`illegal escape \\u{${scalar}}`);
      parts.push(encoder.encode(String.fromCodePoint(code)));
    }
  }
  parts.push(encoder.encode(body.slice(last)));
  return ok(concatBytes(parts));
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
