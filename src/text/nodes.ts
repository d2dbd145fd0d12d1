import type { Node } from 'ohm-js';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import type { Cursor } from './context.ts';
import { integerValue, parseU32 } from './integers.ts';
import { malformed } from './malformed.ts';
import { type Space, ruleName } from './names.ts';
import { bytesToName, concatBytes, stringBytes } from './strings.ts';
import { type Tokens, spanOf, tokenText } from './tokens.ts';
import { lastTokenAt, tokenAt } from './view.ts';

/** What the semantic actions do with ohm's nodes: tokens, spans, literals and names. */

/** Tokens to read names from, and where to complain of them. */
export interface Reader {
  readonly tokens: Tokens;
  readonly diagnostics: Diagnostic[];
}

/** The result of a node's action. */
export function build<T>(node: Node): T {
  return node['build']() as T;
}

/** The node of an optional part; null if it is absent. */
export function optional(node: Node): Node | null {
  return node.numChildren === 0 ? null : node.child(0);
}

export function tokenOf(cursor: Cursor, node: Node): number {
  return tokenAt(cursor.view, node.source.startIdx);
}

export function textOf(cursor: Cursor, node: Node): string {
  return tokenText(cursor.module.tokens, tokenOf(cursor, node));
}

/** From the first token of `first` to the last of `last`; nodes without tokens do not count. */
export function spanBetween(cursor: Cursor, first: Node, last: Node = first): Span {
  const start = first.source.startIdx;
  const end = Math.max(last.source.endIdx - 1, start);
  return spanOf(cursor.module.tokens, tokenAt(cursor.view, start), lastTokenAt(cursor.view, end));
}

export function report(cursor: Cursor, node: Node, rule: string, message: string): void {
  cursor.module.diagnostics.push(malformed(rule, spanBetween(cursor, node), message));
}

/** The identifier in an optional `{id}`, without its `$`. */
export function optionalId(cursor: Cursor, node: Node): string | null {
  const id = optional(node);
  return id === null ? null : idOfToken(cursor.module, tokenOf(cursor, id));
}

/** The identifier of an `{id}` token, without its `$`: `$name` or `$"any name"`. */
export function idOfToken(reader: Reader, token: number): string {
  const text = tokenText(reader.tokens, token).slice(1);
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
  const rule = bytes.ok ? 'Lex/name' : 'Lex/escape';
  reader.diagnostics.push(malformed(rule, spanOf(reader.tokens, token), name.error));
  return '';
}

/** The bytes of a run of string tokens. */
export function bytesOf(cursor: Cursor, strings: Node): Uint8Array {
  return concatBytes(
    strings.children.map((string) => {
      const bytes = stringBytes(textOf(cursor, string));
      if (bytes.ok) return bytes.value;
      report(cursor, string, 'Lex/escape', bytes.error);
      return new Uint8Array();
    }),
  );
}

/** An index written as a number or an identifier; that a number is out of its space's range is the validator's business. */
export function resolve(cursor: Cursor, space: Space, node: Node): number {
  const text = textOf(cursor, node);
  if (!text.startsWith('$')) return u32(cursor, node);
  const id = idOfToken(cursor.module, tokenOf(cursor, node));
  const index = space.ids.get(id);
  if (index !== undefined) return index;
  report(cursor, node, `Resolve/${ruleName(space.what)}`, `unknown ${space.what} $${id}`);
  return 0;
}

/** A natural number below 2^32. */
export function u32(cursor: Cursor, node: Node): number {
  const value = parseU32(textOf(cursor, node));
  if (value === null) report(cursor, node, 'Parse/constant', 'i32 constant out of range');
  return value ?? 0;
}

/** A natural number below 2^64 as a limit; over 2^53 it is inexact, and too big for any memory or table. */
export function u64(cursor: Cursor, node: Node): number {
  const value = integerValue(textOf(cursor, node));
  if (value > 0xffff_ffff_ffff_ffffn) report(cursor, node, 'Parse/constant', 'i64 constant out of range');
  return Number(value);
}
