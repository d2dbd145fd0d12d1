import type { Node } from 'ohm-js';
import type {
  BinaryOperator,
  Binding,
  Condition,
  ElementClause,
  Exp,
  Name,
  Pattern,
  UnaryOperator,
  Variant,
} from './ast.ts';
import type { Actions, Self, Clauses } from './parse-reading.ts';
import { read, all, each, unquote, tagOf, spanning } from './parse-reading.ts';

function joinLeft(operator: BinaryOperator, items: readonly Exp[]): Exp {
  return items.reduce((left, right) => ({ kind: 'binary', operator, left, right, at: spanning(left.at, right.at) }));
}

function joinRight(operator: BinaryOperator, items: readonly Exp[]): Exp {
  return items.reduceRight((right, left) => ({
    kind: 'binary',
    operator,
    left,
    right,
    at: spanning(left.at, right.at),
  }));
}

function many(kind: 'and' | 'or', items: readonly Variant[]): Variant {
  return items.length === 1 ? (items[0] as Variant) : { kind, items };
}

function binary(operator: BinaryOperator, join: typeof joinLeft) {
  return function (this: Node, list: Node): Exp {
    return join(operator, all<Exp>(list, (this as Self).args.file));
  };
}

/** What the rules of expressions make. */
export const EXPRESSIONS: Actions = {
  exp_letRec(this: Node, _let, _rec, bindings, _in, body): Exp {
    const { file } = (this as Self).args;
    return {
      kind: 'let',
      rec: true,
      bindings: read<readonly Binding[]>(bindings, file),
      body: read<Exp>(body, file),
      at: file.at(this),
    };
  },
  exp_let(this: Node, _let, bindings, _in, body): Exp {
    const { file } = (this as Self).args;
    return {
      kind: 'let',
      rec: false,
      bindings: read<readonly Binding[]>(bindings, file),
      body: read<Exp>(body, file),
      at: file.at(this),
    };
  },
  exp_fun(this: Node, _fun, parameters, _arrow, body): Exp {
    const { file } = (this as Self).args;
    return {
      kind: 'fun',
      name: 'fun',
      parameters: read<Pattern>(parameters, file),
      body: read<Exp>(body, file),
      at: file.at(this),
    };
  },
  exp_try(this: Node, _try, first, _with, otherwise): Exp {
    const { file } = (this as Self).args;
    return { kind: 'try', first: read<Exp>(first, file), otherwise: read<Exp>(otherwise, file), at: file.at(this) };
  },
  exp_if(this: Node, _if, condition, _then, then, _else, otherwise): Exp {
    const { file } = (this as Self).args;
    return {
      kind: 'if',
      condition: read<Condition>(condition, file),
      then: read<Exp>(then, file),
      otherwise: read<Exp>(otherwise, file),
      at: file.at(this),
    };
  },
  exp_matchSet(this: Node, _match, of, _with, _alt, clauses, _end): Exp {
    const { file } = (this as Self).args;
    const { empty, element } = read<{ empty: Exp; element: ElementClause }>(clauses, file);
    return { kind: 'matchSet', of: read<Exp>(of, file), empty, element, at: file.at(this) };
  },
  exp_match(this: Node, _match, of, _with, _alt, clauses, _end): Exp {
    const { file } = (this as Self).args;
    return { kind: 'match', of: read<Exp>(of, file), ...read<Clauses<Exp>>(clauses, file), at: file.at(this) };
  },
  exp_tuple(this: Node, first, _comma, rest): Exp {
    const { file } = (this as Self).args;
    const head = read<Exp>(first, file);
    const tail = each<Exp>(rest, file);
    return tail.length === 0 ? head : { kind: 'tuple', items: [head, ...tail], at: file.at(this) };
  },
  condition_equal(this: Node, left, _equals, right): Condition {
    const { file } = (this as Self).args;
    return { kind: 'equal', left: read<Exp>(left, file), right: read<Exp>(right, file) };
  },
  condition_subset(this: Node, left, _subset, right): Condition {
    const { file } = (this as Self).args;
    return { kind: 'subset', left: read<Exp>(left, file), right: read<Exp>(right, file) };
  },
  condition_in(this: Node, left, _in, right): Condition {
    const { file } = (this as Self).args;
    return { kind: 'in', left: read<Exp>(left, file), right: read<Exp>(right, file) };
  },
  condition_variant(this: Node, variant): Condition {
    return { kind: 'variant', variant: read<Variant>(variant, (this as Self).args.file) };
  },
  variant(this: Node, list): Variant {
    return many('or', all<Variant>(list, (this as Self).args.file));
  },
  variantAnd(this: Node, list): Variant {
    return many('and', all<Variant>(list, (this as Self).args.file));
  },
  variantNot_not(this: Node, _not, of): Variant {
    return { kind: 'not', of: read<Variant>(of, (this as Self).args.file) };
  },
  variantNot_parentheses(this: Node, _open, of, _close): Variant {
    return read<Variant>(of, (this as Self).args.file);
  },
  variantNot_name(this: Node, _variant, name): Variant {
    return { kind: 'name', name: unquote(name, (this as Self).args.file) };
  },
  clauses_default(this: Node, _any, _arrow, body): Clauses<Exp> {
    return { clauses: [], otherwise: read<Exp>(body, (this as Self).args.file) };
  },
  clauses_more(this: Node, tag, _arrow, body, _alt, more): Clauses<Exp> {
    const { file } = (this as Self).args;
    const { clauses, otherwise } = read<Clauses<Exp>>(more, file);
    return {
      clauses: [{ tag: tagOf(tag, file), at: file.at(tag), body: read<Exp>(body, file) }, ...clauses],
      otherwise,
    };
  },
  clauses_last(this: Node, tag, _arrow, body): Clauses<Exp> {
    const { file } = (this as Self).args;
    return { clauses: [{ tag: tagOf(tag, file), at: file.at(tag), body: read<Exp>(body, file) }], otherwise: null };
  },
  setClauses_emptyFirst(this: Node, empty, _alt, element) {
    const { file } = (this as Self).args;
    return { empty: read<Exp>(empty, file), element: read<ElementClause>(element, file) };
  },
  setClauses_elementFirst(this: Node, element, _alt, empty) {
    const { file } = (this as Self).args;
    return { empty: read<Exp>(empty, file), element: read<ElementClause>(element, file) };
  },
  emptyClause(this: Node, _open, _close, _arrow, body) {
    return read<Exp>(body, (this as Self).args.file);
  },
  elementClause_rest(this: Node, element, _plusPlus, rest, _arrow, body): ElementClause {
    const { file } = (this as Self).args;
    return {
      before: null,
      element: read<Name | null>(element, file),
      rest: read<Name | null>(rest, file),
      body: read<Exp>(body, file),
    };
  },
  elementClause_around(this: Node, before, _union, element, _plusPlus, rest, _arrow, body): ElementClause {
    const { file } = (this as Self).args;
    const [first, second, third] = [before, element, rest].map((node) => read<Name | null>(node, file));
    return { before: first ?? null, element: second ?? null, rest: third ?? null, body: read<Exp>(body, file) };
  },
  base: binary('union', joinLeft),
  add: binary('add', joinRight),
  sequence: binary('sequence', joinRight),
  difference: binary('difference', joinLeft),
  intersection: binary('intersection', joinRight),
  product: binary('product', joinLeft),
  prefix_complement(this: Node, _not, of): Exp {
    const { file } = (this as Self).args;
    return { kind: 'unary', operator: 'complement', of: read<Exp>(of, file), at: file.at(this) };
  },
  postfix(this: Node, application, operators): Exp {
    const { file } = (this as Self).args;
    const inner = read<Exp>(application, file);
    return operators.children.reduce<Exp>(
      (of, node) => ({
        kind: 'unary',
        operator: read<UnaryOperator>(node, file),
        of,
        at: spanning(inner.at, file.at(node)),
      }),
      inner,
    );
  },
  postfixOperator_inverse: (_hat, _minusOne): UnaryOperator => 'inverse',
  postfixOperator_star: (_star): UnaryOperator => 'star',
  postfixOperator_plus: (_plus): UnaryOperator => 'plus',
  postfixOperator_optional: (_mark): UnaryOperator => 'optional',
  application_apply(this: Node, name, args): Exp {
    const { file } = (this as Self).args;
    const callee: Exp = { kind: 'name', name: file.text(name), at: file.at(name) };
    return args.children.reduce<Exp>((inner, node) => {
      const argument = read<Exp>(node, file);
      return { kind: 'apply', callee: inner, argument, at: spanning(callee.at, file.at(node)) };
    }, callee);
  },
  argument_name(this: Node, name): Exp {
    const { file } = (this as Self).args;
    return { kind: 'name', name: file.text(name), at: file.at(this) };
  },
  simple_empty(this: Node, _zero): Exp {
    return { kind: 'empty', at: (this as Self).args.file.at(this) };
  },
  simple_tag(this: Node, tag): Exp {
    const { file } = (this as Self).args;
    return { kind: 'tag', tag: tagOf(tag, file), at: file.at(this) };
  },
  simple_universe(this: Node, _any): Exp {
    return { kind: 'universe', at: (this as Self).args.file.at(this) };
  },
  simple_set(this: Node, _open, items, _close): Exp {
    const { file } = (this as Self).args;
    return { kind: 'set', items: all<Exp>(items, file), at: file.at(this) };
  },
  simple_unit(this: Node, _open, _close): Exp {
    return { kind: 'tuple', items: [], at: (this as Self).args.file.at(this) };
  },
  simple_parentheses(this: Node, _open, of, _close): Exp {
    return read<Exp>(of, (this as Self).args.file);
  },
  simple_block(this: Node, _begin, of, _end): Exp {
    return read<Exp>(of, (this as Self).args.file);
  },
  simple_identity(this: Node, _open, of, _close): Exp {
    const { file } = (this as Self).args;
    return { kind: 'unary', operator: 'identity', of: read<Exp>(of, file), at: file.at(this) };
  },
};
