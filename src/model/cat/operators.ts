import type { At, BinaryOperator, Exp, UnaryOperator } from './ast.ts';
import { complain } from './complain.ts';
import type { Graph, Node } from './nodes.ts';
import type { Type, Value } from './values.ts';
import { describeType, join, typeOf } from './values.ts';

/** What the operators need of the elaborator: nodes, and how a value is computed that is no set or relation of events. */
export interface Elaborating {
  readonly graph: Graph;
  /** The value of an expression that is evaluated in each execution. */
  dynamic(type: Type, exp: Exp): Value;
  /** All tags of a type. */
  tagsOf(type: string): readonly Value[];
}

export function toSet({ graph }: Pick<Elaborating, 'graph'>, value: Value, at: At): Node {
  switch (value.kind) {
    case 'set':
    case 'event':
      return value.node;
    case 'empty':
      return graph.none('set');
    case 'universe':
      return graph.all('set');
    case 'unknown':
      return graph.variable('opaque', '?', 'set');
    default:
      return mismatch(at, 'a set of events', value);
  }
}

export function toRelation({ graph }: Pick<Elaborating, 'graph'>, value: Value, at: At): Node {
  switch (value.kind) {
    case 'relation':
    case 'pair':
      return value.node;
    case 'empty':
      return graph.none('relation');
    case 'universe':
      return graph.all('relation');
    case 'unknown':
      return graph.variable('opaque', '?', 'relation');
    case 'tuple': {
      const [from, to] = value.items;
      if (value.items.length === 2 && from?.kind === 'event' && to?.kind === 'event')
        return graph.product(from.node, to.node);
      return mismatch(at, 'a relation', value);
    }
    default:
      return mismatch(at, 'a relation', value);
  }
}

export function mismatch(at: At, expected: string, value: Value): never {
  const actual = describeType(typeOf(value));
  return complain('Cat/type', at, `type mismatch: ${expected} expected, found ${actual}`, { expected, actual });
}

export function unary(to: Elaborating, operator: UnaryOperator, value: Value, at: At): Value {
  const { graph } = to;
  if (operator === 'identity') return { kind: 'relation', node: graph.lift(toSet(to, value, at)) };
  if (operator === 'complement') return complement(to, value, at);
  if (value.kind === 'universe') return value;
  if (operator === 'inverse') {
    if (value.kind === 'empty') return value;
    if (value.kind === 'pair') return { kind: 'pair', node: graph.inverse(value.node) };
    return { kind: 'relation', node: graph.inverse(toRelation(to, value, at)) };
  }
  if (value.kind === 'empty' && operator === 'plus') return value;
  return { kind: 'relation', node: graph[operator](toRelation(to, value, at)) };
}

function complement(to: Elaborating, value: Value, at: At): Value {
  switch (value.kind) {
    case 'empty':
      return { kind: 'universe' };
    case 'universe':
      return { kind: 'empty' };
    case 'unknown':
      return value;
    case 'set':
    case 'relation':
      return { kind: value.kind, node: to.graph.complement(value.node) };
    case 'values':
      if (value.of.kind === 'tag' && value.items !== null)
        return without(value.of, to.tagsOf(value.of.type), value.items);
      return mismatch(at, 'a set or a relation', value);
    default:
      return mismatch(at, 'a set or a relation', value);
  }
}

/** A tag stands for the set of it. */
export function tagAsSet(value: Value): Value {
  if (value.kind !== 'tag') return value;
  return { kind: 'values', of: typeOf(value), items: value.tag === null ? null : [value], node: null };
}

function without(of: Type, items: readonly Value[], others: readonly Value[]): Value {
  return { kind: 'values', of, items: items.filter((item) => !hasTag(others, item)), node: null };
}

function hasTag(items: readonly Value[], tag: Value): boolean {
  return items.some((item) => item.kind === 'tag' && tag.kind === 'tag' && item.tag === tag.tag);
}

type Joining = 'union' | 'intersection' | 'difference';

export function binary(to: Elaborating, exp: Exp & { kind: 'binary' }, left: Value, right: Value): Value {
  switch (exp.operator) {
    case 'sequence':
      return {
        kind: 'relation',
        node: to.graph.sequence(toRelation(to, left, exp.left.at), toRelation(to, right, exp.right.at)),
      };
    case 'product':
      return { kind: 'relation', node: to.graph.product(toSet(to, left, exp.left.at), toSet(to, right, exp.right.at)) };
    case 'add':
      return add(to, exp, left, right);
    default:
      return joining(to, exp.operator, exp, tagAsSet(left), tagAsSet(right));
  }
}

function joining(to: Elaborating, operator: Joining, exp: Exp & { kind: 'binary' }, left: Value, right: Value): Value {
  requireCollection(left, exp.left.at, operator);
  requireCollection(right, exp.right.at, operator);
  const polymorphic = joinPolymorphic(operator, left, right);
  if (polymorphic !== null) return polymorphic;
  const type = join(typeOf(left), typeOf(right));
  if (type === null) return mismatch(exp.right.at, describeType(typeOf(left)), right);
  if (type.kind === 'unknown') return { kind: 'unknown' };
  if (type.kind === 'set')
    return { kind: 'set', node: to.graph[operator](toSet(to, left, exp.left.at), toSet(to, right, exp.right.at)) };
  if (type.kind === 'relation') {
    return {
      kind: 'relation',
      node: to.graph[operator](toRelation(to, left, exp.left.at), toRelation(to, right, exp.right.at)),
    };
  }
  if (type.kind === 'values' && type.of.kind === 'tag') {
    const known = joinTags(to, operator, type.of, left, right);
    if (known !== null) return known;
  }
  return to.dynamic(type, exp);
}

/** Where one side is `{}` or `_` and the type of the result need not be known. */
function joinPolymorphic(operator: Joining, left: Value, right: Value): Value | null {
  const known = (value: Value): boolean => value.kind !== 'empty' && value.kind !== 'universe';
  switch (operator) {
    case 'union':
      if (left.kind === 'empty') return right;
      if (right.kind === 'empty') return left;
      return left.kind === 'universe' || right.kind === 'universe' ? { kind: 'universe' } : null;
    case 'intersection':
      if (left.kind === 'universe') return right;
      if (right.kind === 'universe') return left;
      return left.kind === 'empty' || right.kind === 'empty' ? { kind: 'empty' } : null;
    case 'difference':
      if (right.kind === 'universe' || left.kind === 'empty') return { kind: 'empty' };
      if (right.kind === 'empty') return left;
      return left.kind === 'universe' && !known(right) ? { kind: 'empty' } : null;
  }
}

function requireCollection(value: Value, at: At, operator: BinaryOperator): void {
  if (!['set', 'relation', 'values', 'empty', 'universe', 'unknown'].includes(value.kind)) {
    const actual = describeType(typeOf(value));
    complain('Cat/type', at, `type mismatch: ${operator} of sets or relations, found ${actual}`, { actual });
  }
}

function joinTags(
  to: Elaborating,
  operator: Joining,
  of: Type & { kind: 'tag' },
  left: Value,
  right: Value,
): Value | null {
  const items = (value: Value): readonly Value[] | null => {
    if (value.kind === 'universe') return to.tagsOf(of.type);
    return value.kind === 'values' ? value.items : null;
  };
  const [a, b] = [items(left), items(right)];
  if (a === null || b === null) return null;
  switch (operator) {
    case 'union':
      return { kind: 'values', of, items: [...a, ...b.filter((tag) => !hasTag(a, tag))], node: null };
    case 'intersection':
      return { kind: 'values', of, items: a.filter((tag) => hasTag(b, tag)), node: null };
    case 'difference':
      return without(of, a, b);
  }
}

/** `element ++ set`. */
function add(to: Elaborating, exp: Exp & { kind: 'binary' }, element: Value, set: Value): Value {
  const { graph } = to;
  if (set.kind === 'universe') return set;
  if (element.kind === 'universe') return complain('Cat/type', exp.left.at, '_ is no element of a set');
  if (element.kind === 'unknown') return set.kind === 'empty' ? { kind: 'unknown' } : set;
  if (set.kind === 'relation' && (element.kind === 'pair' || element.kind === 'tuple')) {
    return { kind: 'relation', node: graph.union(toRelation(to, element, exp.left.at), set.node) };
  }
  if (element.kind === 'event' && ['set', 'empty', 'unknown'].includes(set.kind)) {
    return { kind: 'set', node: graph.union(element.node, toSet(to, set, exp.right.at)) };
  }
  if (element.kind === 'pair' && (set.kind === 'empty' || set.kind === 'unknown')) {
    return { kind: 'relation', node: graph.union(element.node, toRelation(to, set, exp.right.at)) };
  }
  if (set.kind === 'set') return mismatch(exp.left.at, 'an event', element);
  if (set.kind === 'relation') return mismatch(exp.left.at, 'a pair of events', element);
  if (set.kind !== 'values' && set.kind !== 'empty' && set.kind !== 'unknown')
    return mismatch(exp.right.at, 'a set', set);
  const of = set.kind === 'values' ? join(set.of, typeOf(element)) : typeOf(element);
  if (of === null) return mismatch(exp.left.at, describeType((set as Value & { kind: 'values' }).of), element);
  if (of.kind === 'function' || of.kind === 'procedure') return mismatch(exp.left.at, 'an element of a set', element);
  return to.dynamic({ kind: 'values', of }, exp);
}
