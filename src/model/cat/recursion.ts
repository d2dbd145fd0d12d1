import type { Binding, Exp } from './ast.ts';
import { complain } from './complain.ts';
import type { Elaborator } from './elaborate.ts';
import { endlessFunctions } from './free-names.ts';
import type { Graph, Group, Node } from './nodes.ts';
import { isOperator } from './nodes.ts';
import { toRelation, toSet } from './operators.ts';
import { Growths } from './polarity.ts';
import type { Value } from './values.ts';
import { Scope, typeOf } from './values.ts';

/** The scope in which recursive bindings hold: functions that call each other, sets and relations as least fixpoints. */
export function letRec(to: Elaborator, bindings: readonly Binding[], scope: Scope): Scope {
  const functions = new Map<string, Exp & { kind: 'fun' }>();
  const values: { readonly name: string; readonly value: Exp }[] = [];
  for (const { pattern, value, at } of bindings) {
    if (pattern.kind !== 'one') return complain('Cat/unsupported', at, 'a tuple cannot be defined by let rec');
    if (pattern.name === null) continue;
    if (value.kind === 'fun') functions.set(pattern.name.text, value);
    else values.push({ name: pattern.name.text, value });
  }
  const endless = endlessFunctions(new Map([...functions].map(([name, fun]) => [name, fun.body])));
  const [first] = endless;
  if (first !== undefined) {
    complain(
      'Cat/recursion',
      (functions.get(first) as Exp).at,
      `endless recursion: no case of ${first} ends without calling it again`,
    );
  }
  const within = (known: ReadonlyMap<string, Value>): Scope => {
    const names = new Map(known);
    const inner = new Scope(names, scope);
    for (const [name, fun] of functions) names.set(name, { kind: 'closure', fun, scope: inner, recursive: true });
    return inner;
  };
  return values.length === 0 ? within(new Map()) : within(fixpoints(to, values, within));
}

function fixpoints(
  to: Elaborator,
  values: readonly { name: string; value: Exp }[],
  within: (known: ReadonlyMap<string, Value>) => Scope,
): Map<string, Value> {
  const unknown = within(new Map(values.map(({ name }) => [name, { kind: 'empty' } as const])));
  const sorts = values.map(({ name, value }) => {
    const { kind } = typeOf(to.value(value, unknown));
    if (kind === 'set' || kind === 'event') return 'set';
    if (kind === 'relation' || kind === 'pair' || kind === 'empty' || kind === 'universe' || kind === 'unknown')
      return 'relation';
    return complain(
      'Cat/recursion',
      value.at,
      `${name} is neither a set of events nor a relation, so let rec cannot define it`,
    );
  });
  const variables = values.map(({ name }, i) => to.graph.variable('rec', name, sorts[i] as 'set' | 'relation'));
  const inner = within(new Map(values.map(({ name }, i) => [name, { kind: sorts[i], node: variables[i] } as Value])));
  const bodies = values.map(({ value }, i) => {
    const body = to.value(value, inner);
    return sorts[i] === 'set' ? toSet(to, body, value.at) : toRelation(to, body, value.at);
  });
  const own = new Set(variables);
  const growths = new Growths((node) => own.has(node));
  const shrinking = bodies.findIndex((body) => growths.of(body) === 'shrinks' || growths.of(body) === 'either');
  if (shrinking >= 0) {
    const { name, value } = values[shrinking] as { name: string; value: Exp };
    complain(
      'Cat/recursion',
      value.at,
      `${name} has no least fixpoint: a recursive name is used where more of it gives less`,
    );
  }
  const monotone = bodies.every((body) => growths.of(body) !== 'untold');
  const group: Group = { variables, bodies, monotone, at: (values[0] as { value: Exp }).value.at };
  return new Map(values.map(({ name }, i) => [name, { kind: sorts[i], node: fixpoint(to, group, i) } as Value]));
}

function fixpoint(to: Elaborator, group: Group, index: number): Node {
  const [variable, body] = [group.variables[0] as Node, group.bodies[0] as Node];
  const closed = group.variables.length === 1 ? closureOf(to.graph, variable, body) : null;
  if (closed !== null) return closed;
  const recursive = group.bodies.some((body) => group.variables.some((variable) => body.variables.has(variable)));
  return recursive ? to.graph.fixpoint(group, index) : (group.bodies[index] as Node);
}

/** The least r with r = a | r;r is the transitive closure of a. */
function closureOf(graph: Graph, variable: Node, body: Node): Node | null {
  const terms = unionTerms(body);
  const doubled = terms.filter(
    (term) => isOperator(term, 'sequence') && term.operands.every((operand) => operand === variable),
  );
  const others = terms.filter((term) => !doubled.includes(term));
  if (doubled.length === 0 || others.some((term) => term.variables.has(variable))) return null;
  return graph.plus(others.reduce((a, b) => graph.union(a, b), graph.none('relation')));
}

function unionTerms(node: Node): readonly Node[] {
  return isOperator(node, 'union') ? node.operands.flatMap(unionTerms) : [node];
}
