import { assertNever } from '../../base/assert.ts';
import * as kernel from '../../rel/kernels.ts';
import type { Rows } from '../../rel/rows.ts';
import { addBit, hasBit } from '../../rel/rows.ts';
import type { At, Condition, Exp, Pattern } from './ast.ts';
import { complain } from './complain.ts';
import { freeNames } from './free-names.ts';
import { linearisations } from './linearise.ts';
import type { Machine } from './machine.ts';
import type { Dynamic } from './nodes.ts';
import { addTo, combine, isNothing, keyOf, transform } from './runtime-operators.ts';
import type { Runtime } from './runtime-values.ts';
import type { Closure, Value } from './values.ts';
import { Scope } from './values.ts';

/** How deep functions may call each other in an execution before the file is taken to be endless. */
const MOST_CALLS = 1000;

/** Evaluates what sets and relations alone do not express: functions that take sets apart, sets of relations. Values are never changed. */
export class Interpreter {
  readonly #machine: Machine;
  readonly #scopes = new WeakMap<Exp, WeakMap<Scope, Scope>>();
  #depth = 0;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  evaluate(dynamic: Dynamic): Runtime {
    this.#depth = 0;
    switch (dynamic.kind) {
      case 'exp':
        return this.#value(dynamic.exp, dynamic.scope);
      case 'call':
        return this.#apply(
          this.#reify(dynamic.callee, dynamic.at.at),
          this.#reify(dynamic.argument, dynamic.at.at),
          dynamic.at,
        );
      case 'item': {
        const tuple = this.#machine.valueOf(dynamic.of);
        return tuple.kind === 'runtime-tuple' ? (tuple.items[dynamic.index] as Runtime) : tuple;
      }
    }
  }

  /** Copies a set or relation into the rows of a node. */
  store(value: Runtime, sort: 'set' | 'relation', out: Rows): void {
    const { words, length } = this.#machine;
    kernel.copyInto(out, sort === 'set' ? this.#set(value) : this.#relation(value), sort === 'set' ? words : length);
  }

  itemsOf(value: Runtime): readonly Runtime[] {
    return value.kind === 'runtime-values' ? value.items : [];
  }

  #set(value: Runtime, at: At | null = null): Rows {
    const { size, words } = this.#machine;
    if (value.kind === 'runtime-set') return value.rows;
    const rows = new Int32Array(words);
    if (value.kind === 'runtime-event') addBit(rows, words, 0, value.element);
    else if (value.kind === 'runtime-universe') kernel.allInto(rows, size, words, 1);
    else if (value.kind !== 'runtime-empty') refuse(at, 'a set of events');
    return rows;
  }

  #relation(value: Runtime, at: At | null = null): Rows {
    const { size, words, length } = this.#machine;
    if (value.kind === 'runtime-relation') return value.rows;
    const rows = new Int32Array(length);
    if (value.kind === 'runtime-pair') addBit(rows, words, value.from, value.to);
    else if (value.kind === 'runtime-universe') kernel.allInto(rows, size, words, size);
    else if (value.kind === 'runtime-tuple') {
      const [from, to] = value.items;
      if (from?.kind === 'runtime-event' && to?.kind === 'runtime-event') addBit(rows, words, from.element, to.element);
      else refuse(at, 'a relation');
    } else if (value.kind !== 'runtime-empty') refuse(at, 'a relation');
    return rows;
  }

  /** A value that was known before there was an execution. */
  #reify(value: Value | Runtime, at: At): Runtime {
    switch (value.kind) {
      case 'set':
        return { kind: 'runtime-set', rows: this.#machine.rowsOf(value.node) };
      case 'relation':
        return { kind: 'runtime-relation', rows: this.#machine.rowsOf(value.node) };
      case 'event':
        return {
          kind: 'runtime-event',
          element: kernel.elementsOf(this.#machine.rowsOf(value.node), this.#machine.words)[0] ?? 0,
        };
      case 'pair':
        return this.#firstPair(this.#machine.rowsOf(value.node));
      case 'empty':
        return { kind: 'runtime-empty' };
      case 'universe':
        return { kind: 'runtime-universe' };
      case 'tag':
        return value.tag === null
          ? this.#machine.valueOf(value.node as never)
          : { kind: 'runtime-tag', tag: value.tag };
      case 'values':
        if (value.items === null) return this.#machine.valueOf(value.node as never);
        return { kind: 'runtime-values', items: value.items.map((item) => this.#reify(item, at)) };
      case 'tuple':
        return { kind: 'runtime-tuple', items: value.items.map((item) => this.#reify(item, at)) };
      case 'closure':
        return this.#closure(value);
      case 'primitive':
        return { kind: 'runtime-primitive', name: value.name };
      case 'unknown':
      case 'poison':
      case 'procedure':
        return complain('Cat/evaluation', at, 'this has no value');
      default:
        return value;
    }
  }

  #firstPair(rows: Rows): Runtime {
    const { size, words } = this.#machine;
    for (let from = 0; from < size; from++) {
      for (let to = 0; to < size; to++) if (hasBit(rows, words, from, to)) return { kind: 'runtime-pair', from, to };
    }
    return { kind: 'runtime-empty' };
  }

  #closure({ fun, scope }: Closure): Runtime {
    return { kind: 'runtime-closure', fun, scope: this.#flatten(fun, scope) };
  }

  /** The names that a function uses, without the many that it could. */
  #flatten(fun: Exp, scope: Scope): Scope {
    const known = this.#scopes.get(fun) ?? new WeakMap<Scope, Scope>();
    this.#scopes.set(fun, known);
    const flat = known.get(scope);
    if (flat !== undefined) return flat;
    const names = new Map<string, Value | Runtime>();
    for (const name of freeNames(fun)) {
      const value = scope.get(name);
      if (value !== undefined) names.set(name, value);
    }
    const made = new Scope(names, null);
    known.set(scope, made);
    return made;
  }

  #value(exp: Exp, scope: Scope): Runtime {
    switch (exp.kind) {
      case 'name': {
        const value = scope.get(exp.name);
        return value === undefined
          ? complain('Cat/name', exp.at, `unknown name ${exp.name}`)
          : this.#reify(value, exp.at);
      }
      case 'empty':
        return { kind: 'runtime-relation', rows: new Int32Array(this.#machine.length) };
      case 'universe':
        return { kind: 'runtime-universe' };
      case 'tag':
        return { kind: 'runtime-tag', tag: exp.tag };
      case 'set':
        return exp.items.reduceRight<Runtime>(
          (set, item) =>
            addTo(this.#machine, this.#value(item, scope), set) ?? refuse(item.at, 'an element of the set'),
          { kind: 'runtime-empty' },
        );
      case 'tuple':
        return { kind: 'runtime-tuple', items: exp.items.map((item) => this.#value(item, scope)) };
      case 'unary':
        return transform(this.#machine, exp.operator, this.#value(exp.of, scope), (value) =>
          this.#operand(exp.operator, value, exp.of.at),
        );
      case 'binary':
        return this.#binary(exp, scope);
      case 'apply': {
        const callee = this.#value(exp.callee, scope);
        return this.#apply(callee, this.#value(exp.argument, scope), exp);
      }
      case 'let':
        return this.#let(exp, scope);
      case 'fun':
        return { kind: 'runtime-closure', fun: exp, scope };
      case 'try':
        return this.#value(exp.first, scope);
      case 'if':
        return this.#value(this.#holds(exp.condition, scope) ? exp.then : exp.otherwise, scope);
      case 'match': {
        const of = this.#value(exp.of, scope);
        const tag = of.kind === 'runtime-tag' ? of.tag : refuse(exp.of.at, 'a tag');
        const body = exp.clauses.find((clause) => clause.tag === tag)?.body ?? exp.otherwise;
        return body === null ? complain('Cat/evaluation', exp.at, `no clause for '${tag}`) : this.#value(body, scope);
      }
      case 'matchSet':
        return this.#matchSet(exp, scope);
      default:
        return assertNever(exp);
    }
  }

  #operand(operator: string, value: Runtime, at: At): Rows {
    return operator === 'identity' ? this.#set(value, at) : this.#relation(value, at);
  }

  #binary(exp: Exp & { kind: 'binary' }, scope: Scope): Runtime {
    const left = this.#value(exp.left, scope);
    const right = this.#value(exp.right, scope);
    const { size, words, length } = this.#machine;
    switch (exp.operator) {
      case 'sequence': {
        const rows = new Int32Array(length);
        kernel.sequenceInto(rows, this.#relation(left, exp.left.at), this.#relation(right, exp.right.at), size, words);
        return { kind: 'runtime-relation', rows };
      }
      case 'product': {
        const rows = new Int32Array(length);
        kernel.productInto(rows, this.#set(left, exp.left.at), this.#set(right, exp.right.at), size, words);
        return { kind: 'runtime-relation', rows };
      }
      case 'add':
        return addTo(this.#machine, left, right) ?? refuse(exp.left.at, 'an element of the set');
      default:
        return (
          combine(this.#machine, exp.operator, left, right) ??
          refuse(exp.right.at, 'a set or relation like the one before')
        );
    }
  }

  #let(exp: Exp & { kind: 'let' }, scope: Scope): Runtime {
    const names = new Map<string, Runtime>();
    const inner = new Scope(names, scope);
    for (const { pattern, value, at } of exp.bindings) {
      if (exp.rec && value.kind !== 'fun')
        return complain('Cat/unsupported', at, 'a fixpoint inside a function that takes sets apart');
      this.#bind(pattern, this.#value(value, exp.rec ? inner : scope), at, names);
    }
    return this.#value(exp.body, inner);
  }

  #bind(pattern: Pattern, value: Runtime, at: At, names: Map<string, Runtime>): void {
    if (pattern.kind === 'one') {
      if (pattern.name !== null) names.set(pattern.name.text, value);
      return;
    }
    const items = itemsOfTuple(value);
    if (items.length !== pattern.names.length) refuse(at, `a tuple of ${pattern.names.length}`);
    pattern.names.forEach((name, i) => {
      if (name !== null) names.set(name.text, items[i] as Runtime);
    });
  }

  #apply(callee: Runtime, argument: Runtime, exp: Exp): Runtime {
    if (callee.kind === 'runtime-primitive') return this.#primitive(callee.name, argument, exp);
    if (callee.kind !== 'runtime-closure') return refuse(exp.at, 'a function');
    if (this.#depth >= MOST_CALLS)
      complain('Cat/recursion', exp.at, `endless recursion: ${callee.fun.name} calls itself for ever`);
    const names = new Map<string, Runtime>();
    this.#bind(callee.fun.parameters, argument, exp.at, names);
    this.#depth++;
    const value = this.#value(callee.fun.body, new Scope(names, callee.scope));
    this.#depth--;
    return value;
  }

  #holds(condition: Condition, scope: Scope): boolean {
    if (condition.kind === 'variant') return false;
    const left = this.#value(condition.left, scope);
    const right = this.#value(condition.right, scope);
    switch (condition.kind) {
      case 'equal':
        return (
          keyOf(this.#machine, left) === keyOf(this.#machine, right) ||
          (isNothing(this.#machine, left) && isNothing(this.#machine, right))
        );
      case 'subset': {
        const rest = combine(this.#machine, 'difference', left, right);
        return rest === null
          ? refuse(condition.right.at, 'a set or relation like the one before')
          : isNothing(this.#machine, rest);
      }
      case 'in': {
        const alone = addTo(this.#machine, left, { kind: 'runtime-empty' });
        const common = alone === null ? null : combine(this.#machine, 'difference', alone, right);
        return common === null ? refuse(condition.left.at, 'an element of the set') : isNothing(this.#machine, common);
      }
    }
  }

  #matchSet(exp: Exp & { kind: 'matchSet' }, scope: Scope): Runtime {
    const of = this.#value(exp.of, scope);
    if (isNothing(this.#machine, of)) return this.#value(exp.empty, scope);
    const [element, rest] = this.#takeOne(of, exp.of.at);
    const names = new Map<string, Runtime>();
    const clause = exp.element;
    if (clause.before !== null) names.set(clause.before.text, emptyLike(of, this.#machine));
    if (clause.element !== null) names.set(clause.element.text, element);
    if (clause.rest !== null) names.set(clause.rest.text, rest);
    return this.#value(clause.body, new Scope(names, scope));
  }

  /** The first element of a set or relation that is not empty, and the others. */
  #takeOne(of: Runtime, at: At): readonly [Runtime, Runtime] {
    const { words } = this.#machine;
    switch (of.kind) {
      case 'runtime-set': {
        const element = kernel.elementsOf(of.rows, words)[0] as number;
        const rows = of.rows.slice();
        rows[element >> 5] = (rows[element >> 5] as number) & ~(1 << (element & 31));
        return [
          { kind: 'runtime-event', element },
          { kind: 'runtime-set', rows },
        ];
      }
      case 'runtime-relation': {
        const pair = this.#firstPair(of.rows);
        const rows = of.rows.slice();
        if (pair.kind === 'runtime-pair') {
          const i = pair.from * words + (pair.to >> 5);
          rows[i] = (rows[i] as number) & ~(1 << (pair.to & 31));
        }
        return [pair, { kind: 'runtime-relation', rows }];
      }
      case 'runtime-values':
        return [of.items[0] as Runtime, { kind: 'runtime-values', items: of.items.slice(1) }];
      default:
        return refuse(at, 'a set');
    }
  }

  #primitive(name: string, argument: Runtime, exp: Exp): Runtime {
    const { size, words } = this.#machine;
    switch (name) {
      case 'domain':
      case 'range': {
        const rows = new Int32Array(words);
        const ends = name === 'domain' ? kernel.domainInto : kernel.rangeInto;
        ends(rows, this.#relation(argument, exp.at), size, words);
        return { kind: 'runtime-set', rows };
      }
      case 'linearisations': {
        const [set, relation] = itemsOfTuple(argument);
        const elements = kernel.elementsOf(this.#set(set as Runtime, exp.at), words);
        const orders = [...linearisations(elements, this.#relation(relation as Runtime, exp.at), size, words)];
        return { kind: 'runtime-values', items: orders.map((rows) => ({ kind: 'runtime-relation', rows })) };
      }
      case 'classes-loc':
        return this.#classes(this.#set(argument, exp.at), this.#machine.baseRows('loc'));
      case 'classes': {
        const relation = this.#relation(argument, exp.at);
        const all = new Int32Array(words);
        kernel.domainInto(all, relation, size, words);
        return this.#classes(all, relation);
      }
      default:
        return complain('Cat/unsupported', exp.at, `${name} inside a function that takes sets apart`);
    }
  }

  /** The classes of an equivalence on a set. */
  #classes(set: Rows, relation: Rows): Runtime {
    const { words } = this.#machine;
    const left = set.slice(0, words);
    const items: Runtime[] = [];
    for (let [first] = kernel.elementsOf(left, words); first !== undefined; [first] = kernel.elementsOf(left, words)) {
      const rows = new Int32Array(words);
      for (let w = 0; w < words; w++) rows[w] = (relation[first * words + w] as number) & (set[w] as number);
      addBit(rows, words, 0, first);
      kernel.differenceInto(left, left, rows, words);
      items.push({ kind: 'runtime-set', rows });
    }
    return { kind: 'runtime-values', items };
  }
}

function itemsOfTuple(value: Runtime): readonly Runtime[] {
  if (value.kind === 'runtime-tuple') return value.items;
  if (value.kind !== 'runtime-pair') return [];
  return [value.from, value.to].map((element) => ({ kind: 'runtime-event', element }));
}

function emptyLike(value: Runtime, { words, length }: Machine): Runtime {
  if (value.kind === 'runtime-set') return { kind: 'runtime-set', rows: new Int32Array(words) };
  return value.kind === 'runtime-relation'
    ? { kind: 'runtime-relation', rows: new Int32Array(length) }
    : { kind: 'runtime-empty' };
}

function refuse(at: At | null, expected: string): never {
  if (at === null) throw new Error(`${expected} expected`);
  return complain('Cat/evaluation', at, `${expected} expected`);
}
