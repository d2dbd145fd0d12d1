import { assertNever } from '../../base/assert.ts';
import type { At, Binding, Condition, Exp, Pattern, Variant } from './ast.ts';
import { Complaint, complain, similarName, usedHere } from './complain.ts';
import { freeNames } from './free-names.ts';
import type { Dynamic, Node } from './nodes.ts';
import { Graph } from './nodes.ts';
import type { Elaborating } from './operators.ts';
import { binary, mismatch, toRelation, toSet, unary } from './operators.ts';
import { applyPrimitive } from './primitives.ts';
import { letRec } from './recursion.ts';
import type { Closure, Type, Value } from './values.ts';
import type { BaseKind } from './view.ts';
import { Scope, describeType, join, typeOf } from './values.ts';

/** How deep functions may call each other before a file is taken to be endless. */
const MOST_CALLS = 200;
/** How often one function of a `let rec` may be entered with other surroundings while its type is worked out. */
const MOST_ENTRIES = 4;

/** A set of orders that is asked for by `linearisations`: of what, and containing what. */
export interface Linearisations {
  readonly set: Node;
  readonly relation: Node;
}

/**
 * Works out what an expression is before there is an execution: functions are applied, names resolved, types checked; what is left are nodes over
 * the view's sets and relations. A complaint is thrown as a {@link Complaint}.
 */
export class Elaborator implements Elaborating {
  readonly graph = new Graph();
  readonly linearisations = new Map<Node, Linearisations>();
  /** The type of each tag, and the tags of each type. */
  readonly tagTypes = new Map<string, string>();
  readonly enums = new Map<string, readonly string[]>();
  readonly #bases: ReadonlyMap<string, BaseKind>;
  readonly #variants: ReadonlySet<string>;
  readonly #active: Closure[] = [];
  #depth = 0;
  #scope: Scope = new Scope(new Map(), null);

  constructor(bases: ReadonlyMap<string, BaseKind>, variants: ReadonlySet<string>) {
    this.#bases = bases;
    this.#variants = variants;
  }

  /** A set or relation of the view; null if the view does not offer it. */
  base(name: string): Node | null {
    const kind = this.#bases.get(name);
    return kind === undefined ? null : this.graph.base(name, kind);
  }

  value(exp: Exp, scope: Scope): Value {
    const outer = this.#scope;
    this.#scope = scope;
    try {
      return this.#value(exp, scope);
    } finally {
      this.#scope = outer;
    }
  }

  #value(exp: Exp, scope: Scope): Value {
    switch (exp.kind) {
      case 'name':
        return this.lookUp(exp.name, exp.at, scope);
      case 'empty':
        return { kind: 'relation', node: this.graph.none('relation') };
      case 'universe':
        return { kind: 'universe' };
      case 'tag':
        return this.tag(exp.tag, exp.at);
      case 'set':
        return this.#explicitSet(exp, scope);
      case 'tuple':
        return { kind: 'tuple', items: exp.items.map((item) => this.value(item, scope)) };
      case 'unary':
        return unary(this, exp.operator, this.value(exp.of, scope), exp.of.at);
      case 'binary':
        return binary(this, exp, this.value(exp.left, scope), this.value(exp.right, scope));
      case 'apply': {
        const callee = this.value(exp.callee, scope);
        return this.apply(callee, this.value(exp.argument, scope), exp);
      }
      case 'let':
        return this.value(exp.body, exp.rec ? letRec(this, exp.bindings, scope) : this.let(exp.bindings, scope));
      case 'fun':
        return { kind: 'closure', fun: exp, scope, recursive: false };
      case 'try':
        return this.#attempt(exp.first, scope) ?? this.value(exp.otherwise, scope);
      case 'if':
        return this.#if(exp, scope);
      case 'match':
        return this.#match(exp, scope);
      case 'matchSet':
        return this.#matchSet(exp, scope);
      default:
        return assertNever(exp);
    }
  }

  lookUp(name: string, at: At, scope: Scope): Value {
    const value = scope.get(name) as Value | undefined;
    if (value === undefined) {
      const similar = similarName(name, scope.known());
      return complain(
        'Cat/name',
        at,
        `unknown name ${name}`,
        similar === null ? {} : { hint: `did you mean ${similar}?` },
      );
    }
    if (value.kind === 'poison') throw new Complaint(value.why === null ? null : usedHere(value.why, name, at));
    return value;
  }

  tag(tag: string, at: At): Value {
    const type = this.tagTypes.get(tag);
    if (type === undefined) {
      const similar = similarName(tag, this.tagTypes.keys());
      return complain(
        'Cat/name',
        at,
        `unknown tag '${tag}`,
        similar === null ? {} : { hint: `did you mean '${similar}?` },
      );
    }
    return { kind: 'tag', type, tag, node: null };
  }

  tagsOf(type: string): readonly Value[] {
    return (this.enums.get(type) ?? []).map((tag) => ({ kind: 'tag', type, tag, node: null }));
  }

  holds(variant: Variant): boolean {
    switch (variant.kind) {
      case 'name':
        return this.#variants.has(variant.name);
      case 'not':
        return !this.holds(variant.of);
      case 'and':
        return variant.items.every((item) => this.holds(item));
      case 'or':
        return variant.items.some((item) => this.holds(item));
    }
  }

  /** The scope in which non-recursive bindings hold. */
  let(bindings: readonly Binding[], scope: Scope): Scope {
    const names = new Map<string, Value>();
    for (const { pattern, value, at } of bindings) this.bind(pattern, this.value(value, scope), at, names);
    return new Scope(names, scope);
  }

  bind(pattern: Pattern, value: Value, at: At, names: Map<string, Value>): void {
    if (pattern.kind === 'one') {
      if (pattern.name !== null) names.set(pattern.name.text, value);
      return;
    }
    const items = this.#itemsOf(value, pattern.names.length, at);
    pattern.names.forEach((name, i) => {
      if (name !== null) names.set(name.text, items[i] as Value);
    });
  }

  #itemsOf(value: Value, count: number, at: At): readonly Value[] {
    if (value.kind === 'unknown') return Array.from({ length: count }, () => value);
    if (value.kind === 'pair' && count === 2) {
      return [
        { kind: 'event', node: this.graph.domain(value.node) },
        { kind: 'event', node: this.graph.range(value.node) },
      ];
    }
    const items = value.kind === 'tuple' ? value.items : null;
    if (items?.length === count) return items;
    const expected = count === 0 ? '()' : `a tuple of ${count}`;
    return mismatch(at, expected, value);
  }

  apply(callee: Value, argument: Value, exp: Exp): Value {
    switch (callee.kind) {
      case 'unknown':
        return callee;
      case 'primitive':
        return applyPrimitive(this, callee.name, argument, exp);
      case 'closure':
        return callee.recursive ? this.#applyRecursive(callee, argument, exp) : this.#inline(callee, argument, exp);
      default:
        return mismatch(exp.kind === 'apply' ? exp.callee.at : exp.at, 'a function', callee);
    }
  }

  #inline(callee: Closure, argument: Value, exp: Exp): Value {
    if (this.#depth >= MOST_CALLS)
      complain('Cat/recursion', exp.at, `endless recursion: ${callee.fun.name} calls itself for ever`);
    const names = new Map<string, Value>();
    this.bind(callee.fun.parameters, argument, exp.at, names);
    this.#depth++;
    try {
      return this.value(callee.fun.body, new Scope(names, callee.scope));
    } finally {
      this.#depth--;
    }
  }

  /** A function of a `let rec` is called in each execution; here only the type of what it answers is worked out. */
  #applyRecursive(callee: Closure, argument: Value, exp: Exp): Value {
    const entered = this.#active.filter((other) => other.fun === callee.fun);
    if (entered.length >= MOST_ENTRIES || entered.some((other) => other.scope === callee.scope))
      return { kind: 'unknown' };
    this.#active.push(callee);
    const type = typeOf(this.#inline(callee, argument, exp));
    this.#active.pop();
    return this.run(type, { kind: 'call', callee, argument, at: exp }, [
      ...this.nodesOf(callee),
      ...this.nodesOf(argument),
    ]);
  }

  dynamic(type: Type, exp: Exp): Value {
    const scope = this.#scope;
    return this.run(type, { kind: 'exp', exp, scope }, this.#nodesIn(exp, scope, new Set()));
  }

  /** A value that the interpreter computes in each execution. */
  run(type: Type, dynamic: Dynamic, operands: readonly Node[]): Value {
    switch (type.kind) {
      case 'set':
      case 'event':
        return { kind: type.kind, node: this.graph.dynamic(dynamic, 'set', operands) };
      case 'relation':
      case 'pair':
        return { kind: type.kind, node: this.graph.dynamic(dynamic, 'relation', operands) };
      case 'values':
        return { kind: 'values', of: type.of, items: null, node: this.graph.dynamic(dynamic, 'value', operands) };
      case 'tag':
        return { kind: 'tag', type: type.type, tag: null, node: this.graph.dynamic(dynamic, 'value', operands) };
      case 'tuple': {
        const of = this.graph.dynamic(dynamic, 'value', operands);
        return {
          kind: 'tuple',
          items: type.items.map((item, index) => this.run(item, { kind: 'item', of, index }, [of])),
        };
      }
      case 'empty':
      case 'universe':
      case 'unknown':
        return { kind: type.kind };
      case 'function':
      case 'procedure': {
        const at = dynamic.kind === 'exp' ? dynamic.exp.at : dynamic.kind === 'call' ? dynamic.at.at : null;
        if (at === null) return { kind: 'unknown' };
        return complain('Cat/unsupported', at, 'a function that depends on the execution');
      }
    }
  }

  /** A value of the type of which nothing else is known. */
  opaque(type: Type): Value {
    switch (type.kind) {
      case 'set':
      case 'event':
        return { kind: type.kind, node: this.graph.variable('opaque', '?', 'set') };
      case 'relation':
      case 'pair':
        return { kind: type.kind, node: this.graph.variable('opaque', '?', 'relation') };
      case 'values':
        return { kind: 'values', of: type.of, items: null, node: this.graph.variable('opaque', '?', 'value') };
      case 'tag':
        return { kind: 'tag', type: type.type, tag: null, node: this.graph.variable('opaque', '?', 'value') };
      case 'tuple':
        return { kind: 'tuple', items: type.items.map((item) => this.opaque(item)) };
      case 'empty':
      case 'universe':
        return { kind: type.kind };
      case 'unknown':
      case 'function':
      case 'procedure':
        return { kind: 'unknown' };
    }
  }

  /** All nodes that a value is made of. */
  nodesOf(value: Value): readonly Node[] {
    const nodes = new Set<Node>();
    this.#collect(value, nodes, new Set());
    return [...nodes];
  }

  #nodesIn(exp: Exp, scope: Scope, seen: Set<Closure>): readonly Node[] {
    const nodes = new Set<Node>();
    for (const name of freeNames(exp)) {
      const value = scope.get(name) as Value | undefined;
      if (value !== undefined) this.#collect(value, nodes, seen);
    }
    return [...nodes];
  }

  #collect(value: Value, nodes: Set<Node>, seen: Set<Closure>): void {
    switch (value.kind) {
      case 'set':
      case 'relation':
      case 'event':
      case 'pair':
        nodes.add(value.node);
        return;
      case 'tag':
        if (value.node !== null) nodes.add(value.node);
        return;
      case 'values':
        if (value.node !== null) nodes.add(value.node);
        for (const item of value.items ?? []) this.#collect(item, nodes, seen);
        return;
      case 'tuple':
        for (const item of value.items) this.#collect(item, nodes, seen);
        return;
      case 'closure':
        if (seen.has(value)) return;
        seen.add(value);
        for (const node of this.#nodesIn(value.fun, value.scope, seen)) nodes.add(node);
        return;
      case 'primitive':
        if (value.name === 'classes-loc' && this.#bases.has('loc')) nodes.add(this.graph.base('loc', 'relation'));
        return;
      case 'empty':
      case 'universe':
      case 'unknown':
      case 'procedure':
      case 'poison':
        return;
    }
  }

  #explicitSet(exp: Exp & { kind: 'set' }, scope: Scope): Value {
    const items = exp.items.map((item) => this.value(item, scope));
    const [first] = items;
    if (first === undefined) return { kind: 'empty' };
    let of: Type = typeOf(first);
    items.forEach((item, i) => {
      const joined = join(of, typeOf(item));
      const at = (exp.items[i] as Exp).at;
      if (joined === null) return mismatch(at, describeType(of), item);
      if (joined.kind === 'function' || joined.kind === 'procedure' || joined.kind === 'universe')
        return mismatch(at, 'an element of a set', item);
      of = joined;
    });
    if (of.kind === 'unknown') return { kind: 'unknown' };
    if (of.kind === 'event') {
      const nodes = items.map((item, i) => toSet(this, item, (exp.items[i] as Exp).at));
      return { kind: 'set', node: nodes.reduce((a, b) => this.graph.union(a, b)) };
    }
    if (of.kind === 'pair') {
      const nodes = items.map((item, i) => toRelation(this, item, (exp.items[i] as Exp).at));
      return { kind: 'relation', node: nodes.reduce((a, b) => this.graph.union(a, b)) };
    }
    const tags = new Map(
      items.flatMap((item) => (item.kind === 'tag' && item.tag !== null ? [[item.tag, item] as const] : [])),
    );
    if (of.kind === 'tag' && items.every((item) => item.kind === 'tag' && item.tag !== null)) {
      return { kind: 'values', of, items: [...tags.values()], node: null };
    }
    return this.dynamic({ kind: 'values', of }, exp);
  }

  #attempt(exp: Exp, scope: Scope): Value | null {
    const depth = this.#depth;
    const active = this.#active.length;
    try {
      return this.value(exp, scope);
    } catch (error) {
      if (!(error instanceof Complaint)) throw error;
      this.#depth = depth;
      this.#active.length = active;
      return null;
    }
  }

  #either(exp: Exp, values: readonly (readonly [Value, At])[]): Value {
    let type: Type = { kind: 'unknown' };
    for (const [value, at] of values) {
      const joined = join(type, typeOf(value));
      if (joined === null) return mismatch(at, describeType(type), value);
      type = joined;
    }
    return this.dynamic(type, exp);
  }

  #if(exp: Exp & { kind: 'if' }, scope: Scope): Value {
    const { condition, then, otherwise } = exp;
    const known = condition.kind === 'variant' ? this.holds(condition.variant) : this.#condition(condition, scope);
    if (known !== null) return this.value(known ? then : otherwise, scope);
    const values = [then, otherwise].map((branch) => [this.value(branch, scope), branch.at] as const);
    return this.#either(exp, values);
  }

  /** Checks the types of a condition, and decides it where both sides are known tags. */
  #condition(condition: Condition & { kind: 'equal' | 'subset' | 'in' }, scope: Scope): boolean | null {
    const left = this.value(condition.left, scope);
    const right = this.value(condition.right, scope);
    const [a, b] = [typeOf(left), typeOf(right)];
    if (condition.kind === 'in') {
      const elements: Record<string, Type> = { set: { kind: 'event' }, relation: { kind: 'pair' } };
      const of = b.kind === 'values' ? b.of : (elements[b.kind] ?? null);
      if (b.kind === 'empty' || b.kind === 'universe' || b.kind === 'unknown') return null;
      if (of === null) return mismatch(condition.right.at, 'a set', right);
      const isPair = of.kind === 'pair' && left.kind === 'tuple' && left.items.every((item) => item.kind === 'event');
      if (!isPair && join(of, a) === null) return mismatch(condition.left.at, describeType(of), left);
      return null;
    }
    if (join(a, b) === null) return mismatch(condition.right.at, describeType(a), right);
    if (
      condition.kind === 'equal' &&
      left.kind === 'tag' &&
      right.kind === 'tag' &&
      left.tag !== null &&
      right.tag !== null
    ) {
      return left.tag === right.tag;
    }
    return null;
  }

  #match(exp: Exp & { kind: 'match' }, scope: Scope): Value {
    const of = this.value(exp.of, scope);
    if (of.kind !== 'tag' && of.kind !== 'unknown') return mismatch(exp.of.at, 'a tag', of);
    for (const { tag, at } of exp.clauses) {
      const known = this.tag(tag, at);
      if (of.kind === 'tag' && join(typeOf(of), typeOf(known)) === null)
        return mismatch(at, describeType(typeOf(of)), known);
    }
    if (of.kind === 'tag' && of.tag !== null) {
      const clause = exp.clauses.find(({ tag }) => tag === of.tag)?.body ?? exp.otherwise;
      if (clause === null) return complain('Cat/type', exp.at, `no clause for '${of.tag}`);
      return this.value(clause, scope);
    }
    const bodies = [...exp.clauses.map(({ body }) => body), ...(exp.otherwise === null ? [] : [exp.otherwise])];
    return this.#either(
      exp,
      bodies.map((body) => [this.value(body, scope), body.at] as const),
    );
  }

  #matchSet(exp: Exp & { kind: 'matchSet' }, scope: Scope): Value {
    const of = this.value(exp.of, scope);
    if (of.kind === 'empty') return this.value(exp.empty, scope);
    const elements: Record<string, Type> = {
      set: { kind: 'event' },
      relation: { kind: 'pair' },
      unknown: { kind: 'unknown' },
    };
    const element = of.kind === 'values' ? of.of : (elements[of.kind] ?? null);
    if (element === null) return mismatch(exp.of.at, 'a set', of);
    const names = new Map<string, Value>();
    const { before, element: one, rest, body } = exp.element;
    if (before !== null) names.set(before.text, this.opaque(typeOf(of)));
    if (one !== null) names.set(one.text, this.opaque(element));
    if (rest !== null) names.set(rest.text, this.opaque(typeOf(of)));
    const empty = this.value(exp.empty, scope);
    return this.#either(exp, [
      [empty, exp.empty.at],
      [this.value(body, new Scope(names, scope)), body.at],
    ]);
  }
}
