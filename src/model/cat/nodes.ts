import type { Value, Scope } from './values.ts';
import type { At, Exp } from './ast.ts';

/** What a node's slot holds: a set, a relation, or any other value of the language. */
export type Sort = 'set' | 'relation' | 'value';

/** The operators of sets and relations over nodes; `before` is `[S];r`, `after` is `r;[S]`. */
export type Operator =
  | 'none'
  | 'all'
  | 'identity'
  | 'union'
  | 'intersection'
  | 'difference'
  | 'complement'
  | 'sequence'
  | 'plus'
  | 'star'
  | 'optional'
  | 'inverse'
  | 'lift'
  | 'product'
  | 'before'
  | 'after'
  | 'domain'
  | 'range';

/** What the interpreter of values evaluates where sets and relations alone do not do. */
export type Dynamic =
  | { readonly kind: 'exp'; readonly exp: Exp; readonly scope: Scope }
  | { readonly kind: 'call'; readonly callee: Value; readonly argument: Value; readonly at: Exp }
  | { readonly kind: 'item'; readonly of: Node; readonly index: number };

/** Definitions by `let rec`: the least sets and relations that satisfy all of the equations. */
export interface Group {
  readonly variables: readonly Node[];
  readonly bodies: readonly Node[];
  /** Whether it is known that the bodies only grow with the variables. */
  readonly monotone: boolean;
  readonly at: At;
}

export type Operation =
  | { readonly kind: 'base'; readonly name: string }
  | { readonly kind: 'operator'; readonly operator: Operator }
  /** Bound by `with`, by `let rec`, or (`opaque`) by nothing: known by its sort alone while types are worked out. */
  | { readonly kind: 'variable'; readonly of: 'with' | 'rec' | 'forall' | 'opaque'; readonly name: string }
  | { readonly kind: 'fixpoint'; readonly group: Group; readonly index: number }
  | { readonly kind: 'dynamic'; readonly dynamic: Dynamic };

/** A set, a relation or a value as computed from others; equal expressions are one node. */
export interface Node {
  readonly id: number;
  readonly sort: Sort;
  readonly operation: Operation;
  readonly operands: readonly Node[];
  /** The variables that it depends on. */
  readonly variables: ReadonlySet<Node>;
}

const NO_VARIABLES: ReadonlySet<Node> = new Set();

/** Makes nodes; each set and relation once. */
export class Graph {
  readonly nodes: Node[] = [];
  readonly #made = new Map<string, Node>();

  base(name: string, sort: 'set' | 'relation'): Node {
    return this.#once(`base ${name}`, sort, { kind: 'base', name }, []);
  }

  variable(of: 'with' | 'rec' | 'forall' | 'opaque', name: string, sort: Sort): Node {
    const node: Node = {
      id: this.nodes.length,
      sort,
      operation: { kind: 'variable', of, name },
      operands: [],
      variables: new Set(),
    };
    (node.variables as Set<Node>).add(node);
    this.nodes.push(node);
    return node;
  }

  dynamic(dynamic: Dynamic, sort: Sort, operands: readonly Node[]): Node {
    return this.#add(sort, { kind: 'dynamic', dynamic }, operands);
  }

  /** The variables of a fixpoint are its own; it depends on what its bodies depend on otherwise. */
  fixpoint(group: Group, index: number): Node {
    const own = new Set(group.variables);
    const variables = new Set(group.bodies.flatMap((body) => [...body.variables].filter((v) => !own.has(v))));
    const sort = (group.variables[index] as Node).sort;
    const operands = group.bodies;
    return this.#push({
      id: this.nodes.length,
      sort,
      operation: { kind: 'fixpoint', group, index },
      operands,
      variables,
    });
  }

  none(sort: 'set' | 'relation'): Node {
    return this.#operator('none', sort, []);
  }

  all(sort: 'set' | 'relation'): Node {
    return this.#operator('all', sort, []);
  }

  identity(): Node {
    return this.#operator('identity', 'relation', []);
  }

  union(a: Node, b: Node): Node {
    if (a === b || isOperator(b, 'none') || isOperator(a, 'all')) return a;
    if (isOperator(a, 'none') || isOperator(b, 'all')) return b;
    return this.#commutative('union', a, b);
  }

  intersection(a: Node, b: Node): Node {
    if (a === b || isOperator(b, 'all') || isOperator(a, 'none')) return a;
    if (isOperator(a, 'all') || isOperator(b, 'none')) return b;
    const [ab, other] = isOperator(b, 'product') ? [b, a] : [a, b];
    if (isOperator(ab, 'product') && !isOperator(other, 'product')) {
      const [domain, range] = ab.operands as [Node, Node];
      return this.after(this.before(domain, other), range);
    }
    if (isOperator(b, 'complement')) return this.difference(a, b.operands[0] as Node);
    if (isOperator(a, 'complement')) return this.difference(b, a.operands[0] as Node);
    return this.#commutative('intersection', a, b);
  }

  difference(a: Node, b: Node): Node {
    if (a === b || isOperator(b, 'all')) return this.none(a.sort as 'set' | 'relation');
    if (isOperator(b, 'none') || isOperator(a, 'none')) return a;
    if (isOperator(a, 'all')) return this.complement(b);
    return this.#operator('difference', a.sort, [a, b]);
  }

  complement(a: Node): Node {
    if (isOperator(a, 'complement')) return a.operands[0] as Node;
    if (isOperator(a, 'none')) return this.all(a.sort as 'set' | 'relation');
    if (isOperator(a, 'all')) return this.none(a.sort as 'set' | 'relation');
    return this.#operator('complement', a.sort, [a]);
  }

  sequence(a: Node, b: Node): Node {
    if (isOperator(a, 'none') || isOperator(b, 'identity')) return a;
    if (isOperator(b, 'none') || isOperator(a, 'identity')) return b;
    if (isOperator(a, 'lift')) return this.before(a.operands[0] as Node, b);
    if (isOperator(b, 'lift')) return this.after(a, b.operands[0] as Node);
    return this.#operator('sequence', 'relation', [a, b]);
  }

  before(set: Node, relation: Node): Node {
    if (isOperator(set, 'all') || isOperator(relation, 'none')) return relation;
    if (isOperator(set, 'none')) return this.none('relation');
    if (isOperator(relation, 'lift')) return this.lift(this.intersection(set, relation.operands[0] as Node));
    return this.#operator('before', 'relation', [set, relation]);
  }

  after(relation: Node, set: Node): Node {
    if (isOperator(set, 'all') || isOperator(relation, 'none')) return relation;
    if (isOperator(set, 'none')) return this.none('relation');
    if (isOperator(relation, 'lift')) return this.lift(this.intersection(relation.operands[0] as Node, set));
    return this.#operator('after', 'relation', [relation, set]);
  }

  plus(a: Node): Node {
    return isOperator(a, 'none') || isOperator(a, 'plus') ? a : this.#operator('plus', 'relation', [a]);
  }

  star(a: Node): Node {
    return isOperator(a, 'none') ? this.identity() : this.#operator('star', 'relation', [a]);
  }

  optional(a: Node): Node {
    return isOperator(a, 'none') ? this.identity() : this.#operator('optional', 'relation', [a]);
  }

  inverse(a: Node): Node {
    if (isOperator(a, 'inverse')) return a.operands[0] as Node;
    const symmetric =
      isOperator(a, 'none') || isOperator(a, 'all') || isOperator(a, 'identity') || isOperator(a, 'lift');
    return symmetric ? a : this.#operator('inverse', 'relation', [a]);
  }

  lift(set: Node): Node {
    if (isOperator(set, 'none')) return this.none('relation');
    return isOperator(set, 'all') ? this.identity() : this.#operator('lift', 'relation', [set]);
  }

  product(a: Node, b: Node): Node {
    if (isOperator(a, 'none') || isOperator(b, 'none')) return this.none('relation');
    return isOperator(a, 'all') && isOperator(b, 'all')
      ? this.all('relation')
      : this.#operator('product', 'relation', [a, b]);
  }

  domain(a: Node): Node {
    return isOperator(a, 'lift') ? (a.operands[0] as Node) : this.#operator('domain', 'set', [a]);
  }

  range(a: Node): Node {
    return isOperator(a, 'lift') ? (a.operands[0] as Node) : this.#operator('range', 'set', [a]);
  }

  #commutative(operator: Operator, a: Node, b: Node): Node {
    return this.#operator(operator, a.sort, a.id < b.id ? [a, b] : [b, a]);
  }

  #operator(operator: Operator, sort: Sort, operands: readonly Node[]): Node {
    const key = `${operator} ${sort} ${operands.map((operand) => operand.id).join(' ')}`;
    return this.#once(key, sort, { kind: 'operator', operator }, operands);
  }

  #once(key: string, sort: Sort, operation: Operation, operands: readonly Node[]): Node {
    const made = this.#made.get(key);
    if (made !== undefined) return made;
    const node = this.#add(sort, operation, operands);
    this.#made.set(key, node);
    return node;
  }

  #add(sort: Sort, operation: Operation, operands: readonly Node[]): Node {
    return this.#push({ id: this.nodes.length, sort, operation, operands, variables: unionOf(operands) });
  }

  #push(node: Node): Node {
    this.nodes.push(node);
    return node;
  }
}

function unionOf(operands: readonly Node[]): ReadonlySet<Node> {
  const dependent = operands.filter((operand) => operand.variables.size > 0);
  if (dependent.length === 0) return NO_VARIABLES;
  if (dependent.length === 1) return (dependent[0] as Node).variables;
  return new Set(dependent.flatMap((operand) => [...operand.variables]));
}

export function isOperator(node: Node, operator: Operator): boolean {
  return node.operation.kind === 'operator' && node.operation.operator === operator;
}
