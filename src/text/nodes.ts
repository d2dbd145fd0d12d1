import type { Node } from 'ohm-js';
import type { Span } from '../base/span.ts';
import type { Cursor } from './context.ts';
import { integerValue } from './integers.ts';
import { complain, malformed } from './malformed.ts';
import type { Space } from './names.ts';
import { nameNote } from './notes.ts';
import { idOfToken, reportAt, resolveToken } from './resolve.ts';
import { concatBytes, stringBytes } from './strings.ts';
import { spanOf, tokenText } from './tokens.ts';
import { lastTokenAt, tokenAt } from './view.ts';

/** What the semantic actions do with ohm's nodes: tokens, spans, literals and names. */

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

/** The last token of a node that has any. */
export function lastTokenOf(cursor: Cursor, node: Node): number {
  return lastTokenAt(cursor.view, node.source.endIdx - 1);
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
  complain(cursor.module.diagnostics, malformed(rule, spanBetween(cursor, node), message));
}

/** The identifier in an optional `{id}`, without its `$`. */
export function optionalId(cursor: Cursor, node: Node): string | null {
  const id = optional(node);
  return id === null ? null : idOfToken(cursor.module, tokenOf(cursor, id));
}

/** The name of what has an optional `{id}` after a keyword: in an annotation, or the identifier. */
export function givenName(cursor: Cursor, keyword: Node, id: Node, what: string): string | null {
  const before = tokenOf(cursor, optional(id) ?? keyword) + 1;
  return nameNote(cursor.module, before, what) ?? optionalId(cursor, id);
}

/** Tokens of a list that is read: of more, some hundred bytes each would be too many. */
const MAX_LIST = 1_000_000;

/** Calls `visit` with each token of a node, unless they are too many. */
export function eachToken(cursor: Cursor, node: Node, visit: (token: number) => void): void {
  if (node.source.endIdx === node.source.startIdx) return;
  const first = tokenOf(cursor, node);
  const last = lastTokenOf(cursor, node);
  if (last - first >= MAX_LIST) reportAt(cursor.module, first, 'Parse/size', `over ${MAX_LIST} tokens in one list`);
  else for (let token = first; token <= last; token++) visit(token);
}

/** The bytes of a node that holds string tokens alone. */
export function bytesOf(cursor: Cursor, strings: Node): Uint8Array {
  const parts: Uint8Array[] = [];
  eachToken(cursor, strings, (token) => {
    const bytes = stringBytes(tokenText(cursor.module.tokens, token));
    if (!bytes.ok) reportAt(cursor.module, token, 'Lex/escape', bytes.error);
    else if (bytes.value.length > 0) parts.push(bytes.value);
  });
  return concatBytes(parts);
}

/** An index written as a number or an identifier; that a number is out of its space's range is the validator's business. */
export function resolve(cursor: Cursor, space: Space, node: Node): number {
  return resolveToken(cursor.module, space, tokenOf(cursor, node));
}

/** A natural number below 2^64. */
export function u64(cursor: Cursor, node: Node): bigint {
  const token = tokenOf(cursor, node);
  const value = integerValue(textOf(cursor, node));
  if (value <= 0xffff_ffff_ffff_ffffn) return value;
  reportAt(cursor.module, token, 'Parse/constant', 'i64 constant out of range');
  return 0n;
}
