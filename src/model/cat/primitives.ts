import type { Exp } from './ast.ts';
import { complain } from './complain.ts';
import type { Elaborator } from './elaborate.ts';
import { mismatch, toRelation, toSet } from './operators.ts';
import type { Node } from './nodes.ts';
import type { Value } from './values.ts';
import { join, typeOf } from './values.ts';

/** The functions that a file finds defined, as in herd. */
export const PRIMITIVES: readonly string[] = [
  'domain',
  'range',
  'fromto',
  'inter_transitive',
  'as_transitive',
  'different-values',
  'linearisations',
  'classes',
  'classes-loc',
  'tag2events',
  'tag2fenced',
  'fail',
];

const RELATIONS: Value & { kind: 'values' } = { kind: 'values', of: { kind: 'relation' }, items: null, node: null };
const SETS: Value & { kind: 'values' } = { kind: 'values', of: { kind: 'set' }, items: null, node: null };

/** What a primitive answers; those that no operator gives are evaluated by the interpreter in each execution. */
export function applyPrimitive(to: Elaborator, name: string, argument: Value, exp: Exp): Value {
  const { graph } = to;
  const at = exp.kind === 'apply' ? exp.argument.at : exp.at;
  switch (name) {
    case 'domain':
    case 'range':
      if (argument.kind === 'empty' || argument.kind === 'universe') return argument;
      return { kind: 'set', node: graph[name](toRelation(to, argument, at)) };
    case 'fromto':
      return fromTo(to, toSet(to, argument, at), exp);
    case 'inter_transitive': {
      const [order, relation] = pair(argument, exp);
      return {
        kind: 'relation',
        node: graph.intersection(graph.plus(toRelation(to, order, at)), toRelation(to, relation, at)),
      };
    }
    case 'as_transitive':
      return { kind: 'relation', node: graph.plus(toRelation(to, argument, at)) };
    case 'different-values':
      return { kind: 'relation', node: graph.difference(toRelation(to, argument, at), base(to, 'same-value', exp)) };
    case 'linearisations': {
      const [elements, order] = pair(argument, exp);
      const set = toSet(to, elements, at);
      const relation = toRelation(to, order, at);
      const callee = { kind: 'primitive', name } as const;
      const known = {
        kind: 'tuple',
        items: [
          { kind: 'set', node: set },
          { kind: 'relation', node: relation },
        ],
      } as const;
      const orders = to.run(typeOf(RELATIONS), { kind: 'call', callee, argument: known, at: exp }, [set, relation]);
      if (orders.kind === 'values' && orders.node !== null) to.linearisations.set(orders.node, { set, relation });
      return orders;
    }
    case 'classes':
    case 'classes-loc': {
      const of = name === 'classes' ? toRelation(to, argument, at) : toSet(to, argument, at);
      const callee = { kind: 'primitive', name } as const;
      const known: Value = { kind: name === 'classes' ? 'relation' : 'set', node: of };
      const operands = name === 'classes' ? [of] : [of, base(to, 'loc', exp)];
      return to.run(typeOf(SETS), { kind: 'call', callee, argument: known, at: exp }, operands);
    }
    case 'tag2events':
      return { kind: 'set', node: tagged(to, argument, exp) };
    case 'tag2fenced':
      return fromTo(to, tagged(to, argument, exp), exp);
    case 'fail': {
      const type = join(typeOf(argument), { kind: 'unknown' }) ?? { kind: 'unknown' };
      return complain(
        'Cat/evaluation',
        exp.at,
        `the file gives up here, on ${type.kind === 'tag' ? `a tag of ${type.type}` : 'a value'}`,
      );
    }
    default:
      return complain('Cat/name', exp.at, `unknown function ${name}`);
  }
}

function pair(argument: Value, exp: Exp): readonly [Value, Value] {
  if (argument.kind === 'unknown') return [argument, argument];
  const [first, second] = argument.kind === 'tuple' ? argument.items : [];
  if (argument.kind !== 'tuple' || argument.items.length !== 2 || first === undefined || second === undefined) {
    return mismatch(exp.kind === 'apply' ? exp.argument.at : exp.at, 'a tuple of 2', argument);
  }
  return [first, second];
}

function base(to: Elaborator, name: string, exp: Exp): Node {
  const value = to.base(name);
  return value ?? complain('Cat/name', exp.at, `the view has no ${name}`);
}

/** From an event to one after it with an event of the set between them in program order. */
function fromTo(to: Elaborator, set: Node, exp: Exp): Value {
  const po = base(to, 'po', exp);
  return { kind: 'relation', node: to.graph.sequence(to.graph.after(po, set), po) };
}

function tagged(to: Elaborator, argument: Value, exp: Exp): Node {
  const at = exp.kind === 'apply' ? exp.argument.at : exp.at;
  if (argument.kind === 'unknown') return toSet(to, argument, at);
  if (argument.kind !== 'tag' || argument.tag === null) return mismatch(at, 'a tag that is written down', argument);
  const node = to.base(argument.tag);
  if (node === null || node.sort !== 'set') return complain('Cat/name', at, `no events are tagged '${argument.tag}`);
  return node;
}
