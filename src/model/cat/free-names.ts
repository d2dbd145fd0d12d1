import { assertNever } from '../../base/assert.ts';
import type { Binding, Condition, Exp, Pattern } from './ast.ts';

const found = new WeakMap<Exp, ReadonlySet<string>>();

/** The names that an expression takes from its surroundings. */
export function freeNames(exp: Exp): ReadonlySet<string> {
  const known = found.get(exp);
  if (known !== undefined) return known;
  const names = new Set<string>();
  collect(exp, new Set(), names);
  found.set(exp, names);
  return names;
}

export function namesOf(pattern: Pattern): string[] {
  const names = pattern.kind === 'one' ? [pattern.name] : pattern.names;
  return names.flatMap((name) => (name === null ? [] : [name.text]));
}

type Bound = ReadonlySet<string>;

function collect(exp: Exp, bound: Bound, out: Set<string>): void {
  switch (exp.kind) {
    case 'name':
      if (!bound.has(exp.name)) out.add(exp.name);
      return;
    case 'empty':
    case 'universe':
    case 'tag':
      return;
    case 'set':
    case 'tuple':
      for (const item of exp.items) collect(item, bound, out);
      return;
    case 'unary':
      return collect(exp.of, bound, out);
    case 'binary':
      collect(exp.left, bound, out);
      return collect(exp.right, bound, out);
    case 'apply':
      collect(exp.callee, bound, out);
      return collect(exp.argument, bound, out);
    case 'let': {
      const inner = new Set([...bound, ...exp.bindings.flatMap(boundBy)]);
      for (const { value } of exp.bindings) collect(value, exp.rec ? inner : bound, out);
      return collect(exp.body, inner, out);
    }
    case 'fun':
      return collect(exp.body, new Set([...bound, ...namesOf(exp.parameters)]), out);
    case 'try':
      collect(exp.first, bound, out);
      return collect(exp.otherwise, bound, out);
    case 'if':
      inCondition(exp.condition, bound, out);
      collect(exp.then, bound, out);
      return collect(exp.otherwise, bound, out);
    case 'match':
      collect(exp.of, bound, out);
      for (const { body } of exp.clauses) collect(body, bound, out);
      if (exp.otherwise !== null) collect(exp.otherwise, bound, out);
      return;
    case 'matchSet': {
      collect(exp.of, bound, out);
      collect(exp.empty, bound, out);
      const { before, element, rest, body } = exp.element;
      const names = [before, element, rest].flatMap((name) => (name === null ? [] : [name.text]));
      return collect(body, new Set([...bound, ...names]), out);
    }
    default:
      assertNever(exp);
  }
}

function boundBy({ pattern }: Binding): string[] {
  return namesOf(pattern);
}

function inCondition(condition: Condition, bound: Bound, out: Set<string>): void {
  if (condition.kind === 'variant') return;
  collect(condition.left, bound, out);
  collect(condition.right, bound, out);
}

/**
 * The functions of a `let rec` that call themselves or each other whatever their arguments are: no case ends them. Function bodies by name.
 */
export function endlessFunctions(bodies: ReadonlyMap<string, Exp>): readonly string[] {
  const endless = new Set(bodies.keys());
  for (let changed = true; changed; ) {
    changed = false;
    for (const name of endless) {
      if (alwaysCalls(bodies.get(name) as Exp, endless)) continue;
      endless.delete(name);
      changed = true;
    }
  }
  return [...endless];
}

function alwaysCalls(exp: Exp, names: ReadonlySet<string>): boolean {
  const always = (inner: Exp): boolean => alwaysCalls(inner, names);
  switch (exp.kind) {
    case 'name':
    case 'empty':
    case 'universe':
    case 'tag':
    case 'fun':
      return false;
    case 'set':
    case 'tuple':
      return exp.items.some(always);
    case 'unary':
      return always(exp.of);
    case 'binary':
      return always(exp.left) || always(exp.right);
    case 'apply':
      return (exp.callee.kind === 'name' && names.has(exp.callee.name)) || always(exp.callee) || always(exp.argument);
    case 'let': {
      const bound = new Set(exp.bindings.flatMap(boundBy));
      const others = new Set([...names].filter((name) => !bound.has(name)));
      return (
        exp.bindings.some(({ value }) => alwaysCalls(value, exp.rec ? others : names)) || alwaysCalls(exp.body, others)
      );
    }
    case 'try':
      return always(exp.first) && always(exp.otherwise);
    case 'if':
      return always(exp.then) && always(exp.otherwise);
    case 'match':
      return (
        always(exp.of) ||
        [...exp.clauses.map(({ body }) => body), ...(exp.otherwise ? [exp.otherwise] : [])].every(always)
      );
    case 'matchSet':
      return always(exp.of) || (always(exp.empty) && always(exp.element.body));
    default:
      return assertNever(exp);
  }
}
