import type { Diagnostic } from '../base/diagnostic.ts';
import { UNIT } from './classes.ts';
import { parseU32 } from './integers.ts';
import { complain, malformed } from './malformed.ts';
import { type Space, ruleName } from './names.ts';
import { bytesToName, stringBytes } from './strings.ts';
import { type Tokens, shown, spanOf, tokenText } from './tokens.ts';

/** Tokens as names and indices. */

/** Tokens to read names from, and where to complain of them. */
export interface Reader {
  readonly tokens: Tokens;
  readonly diagnostics: Diagnostic[];
}

export function reportAt(reader: Reader, token: number, rule: string, message: string): void {
  complain(reader.diagnostics, malformed(rule, spanOf(reader.tokens, token), message));
}

/** The identifier of an `{id}` token, without its `$`: `$name` or `$"any name"`. */
export function idOfToken(reader: Reader, token: number): string {
  const text = reader.tokens.text.slice((reader.tokens.starts[token] ?? 0) + 1, reader.tokens.ends[token]);
  return text.startsWith('"') ? nameOfLiteral(reader, token, text) : text;
}

/** A string token as a name. */
export function nameOfToken(reader: Reader, token: number): string {
  return nameOfLiteral(reader, token, tokenText(reader.tokens, token));
}

function nameOfLiteral(reader: Reader, token: number, literal: string): string {
  const bytes = stringBytes(literal);
  const name = bytes.ok ? bytesToName(bytes.value) : bytes;
  if (name.ok) return name.value;
  reportAt(reader, token, bytes.ok ? 'Lex/name' : 'Lex/escape', name.error);
  return '';
}

/** An index written as a number or an identifier. */
export function resolveToken(reader: Reader, space: Space, token: number): number {
  if (reader.tokens.units[token] !== UNIT.id) return u32OfToken(reader, token);
  const id = idOfToken(reader, token);
  const index = space.ids.get(id);
  if (index !== undefined) return index;
  reportAt(reader, token, `Resolve/${ruleName(space.what)}`, `unknown ${space.what} $${shown(id)}`);
  return 0;
}

/** A natural number below 2^32. */
export function u32OfToken(reader: Reader, token: number): number {
  const value = parseU32(tokenText(reader.tokens, token));
  if (value === null) reportAt(reader, token, 'Parse/constant', 'i32 constant out of range');
  return value ?? 0;
}
