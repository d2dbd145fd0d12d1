import type { ActionDict, Node } from 'ohm-js';
import type { Source } from '../../base/span.ts';
import type { At, Clause, Name, Pattern } from './ast.ts';

/** How the actions see the file: places and texts of nodes. */
export interface Reading {
  readonly source: Source;
  at(node: Node): At;
  text(node: Node): string;
}

export type Actions = ActionDict<unknown>;
export type Self = Node & { readonly args: { readonly file: Reading } };

/** The tree below a node, of the type that its rule makes. */
export function read<T>(node: Node, file: Reading): T {
  return node['ast'](file) as T;
}

export function all<T>(node: Node, file: Reading): readonly T[] {
  return node.asIteration().children.map((child) => read<T>(child, file));
}

export function each<T>(iteration: Node, file: Reading): readonly T[] {
  return iteration.children.map((child) => read<T>(child, file));
}

export function optional<T>(iteration: Node, file: Reading): T | null {
  const child = iteration.children[0];
  return child === undefined ? null : read<T>(child, file);
}

export function nameOf(node: Node, file: Reading): Name {
  return { text: file.text(node), at: file.at(node) };
}

export function unquote(node: Node, file: Reading): string {
  return file.text(node).slice(1, -1);
}

export function tagOf(node: Node, file: Reading): string {
  return file.text(node).slice(1);
}

/** herd's rule: one pattern in parentheses is that pattern. */
export function tuplePattern(names: readonly (Name | null)[], at: At): Pattern {
  return names.length === 1 ? { kind: 'one', name: names[0] ?? null } : { kind: 'tuple', names, at };
}

export function patterns(list: Node, file: Reading): readonly (Name | null)[] {
  return all<Name | null>(list, file);
}

export function spanning(left: At, right: At): At {
  return { source: left.source, start: left.start, end: right.end };
}

export interface Clauses<Body> {
  readonly clauses: readonly Clause<Body>[];
  readonly otherwise: Body | null;
}
