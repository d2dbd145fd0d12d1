import type { ActionDict, Node, Semantics } from 'ohm-js';
import type { Source } from '../../base/span.ts';
import type {
  At,
  BinaryOperator,
  Binding,
  CatFile,
  Check,
  Clause,
  Condition,
  ElementClause,
  Exp,
  Instruction,
  Name,
  Pattern,
  Purpose,
  Test,
  UnaryOperator,
  Variant,
} from './ast.ts';

/** How the actions see the file: places and texts of nodes. */
export interface Reading {
  readonly source: Source;
  at(node: Node): At;
  text(node: Node): string;
}

type Actions = ActionDict<unknown>;
type Self = Node & { readonly args: { readonly file: Reading } };

/** The tree below a node, of the type that its rule makes. */
function read<T>(node: Node, file: Reading): T {
  return node['ast'](file) as T;
}

function all<T>(node: Node, file: Reading): readonly T[] {
  return node.asIteration().children.map((child) => read<T>(child, file));
}

function each<T>(iteration: Node, file: Reading): readonly T[] {
  return iteration.children.map((child) => read<T>(child, file));
}

function optional<T>(iteration: Node, file: Reading): T | null {
  const child = iteration.children[0];
  return child === undefined ? null : read<T>(child, file);
}

function nameOf(node: Node, file: Reading): Name {
  return { text: file.text(node), at: file.at(node) };
}

function unquote(node: Node, file: Reading): string {
  return file.text(node).slice(1, -1);
}

function tagOf(node: Node, file: Reading): string {
  return file.text(node).slice(1);
}

/** herd's rule: one pattern in parentheses is that pattern. */
function tuplePattern(names: readonly (Name | null)[], at: At): Pattern {
  return names.length === 1 ? { kind: 'one', name: names[0] ?? null } : { kind: 'tuple', names, at };
}

function patterns(list: Node, file: Reading): readonly (Name | null)[] {
  return all<Name | null>(list, file);
}

function spanning(left: At, right: At): At {
  return { source: left.source, start: left.start, end: right.end };
}

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

interface Clauses<Body> {
  readonly clauses: readonly Clause<Body>[];
  readonly otherwise: Body | null;
}

const TOP: Actions = {
  file(this: Node, identity: Node, _catdep, instructions, _end) {
    const { file } = (this as Self).args;
    const { architecture, title } = read<Pick<CatFile, 'architecture' | 'title'>>(identity, file);
    return { source: file.source, architecture, title, instructions: each<Instruction>(instructions, file) };
  },
  identity_named(this: Node, architecture, title) {
    const { file } = (this as Self).args;
    return { architecture: file.text(architecture), title: file.text(title) };
  },
  identity_titled(this: Node, architecture, title) {
    const { file } = (this as Self).args;
    return { architecture: file.text(architecture), title: unquote(title, file) };
  },
  identity_name(this: Node, architecture) {
    return { architecture: (this as Self).args.file.text(architecture), title: null };
  },
  identity_string(this: Node, title) {
    return { architecture: null, title: unquote(title, (this as Self).args.file) };
  },
  identity_none() {
    return { architecture: null, title: null };
  },
  topInstruction_enum(this: Node, _enum, name, _equals, _alt, tags): Instruction {
    const { file } = (this as Self).args;
    const names = tags.asIteration().children.map((tag) => tagOf(tag, file));
    return { kind: 'enum', name: nameOf(name, file), tags: names, at: file.at(this) };
  },
};

const INSTRUCTIONS: Actions = {
  instruction_rec(this: Node, _let, _rec, bindings, when, _in): Instruction {
    const { file } = (this as Self).args;
    return {
      kind: 'let',
      rec: true,
      bindings: all<Binding>(bindings, file),
      when: optional<Check>(when, file),
      at: file.at(this),
    };
  },
  instruction_let(this: Node, _let, bindings, _in): Instruction {
    const { file } = (this as Self).args;
    return { kind: 'let', rec: false, bindings: all<Binding>(bindings, file), when: null, at: file.at(this) };
  },
  instruction_match(this: Node, _match, of, _with, _alt, clauses, _end): Instruction {
    const { file } = (this as Self).args;
    return {
      kind: 'match',
      of: read<Exp>(of, file),
      ...read<Clauses<readonly Instruction[]>>(clauses, file),
      at: file.at(this),
    };
  },
  instruction_test(this: Node, purpose, check): Instruction {
    const { file } = (this as Self).args;
    const word = purpose.children[0];
    const purposes: Record<string, Purpose> = { undefined_unless: 'undefined-unless', flag: 'flag', assert: 'assert' };
    return {
      kind: 'test',
      purpose: word === undefined ? 'check' : (purposes[file.text(word)] ?? 'check'),
      check: read<Check>(check, file),
      at: file.at(this),
    };
  },
  instruction_showAs(this: Node, _show, of, _as, name): Instruction {
    const { file } = (this as Self).args;
    return { kind: 'showAs', of: read<Exp>(of, file), name: nameOf(name, file), at: file.at(this) };
  },
  instruction_show(this: Node, _show, names): Instruction {
    const { file } = (this as Self).args;
    return { kind: 'show', names: names.asIteration().children.map((name) => nameOf(name, file)), at: file.at(this) };
  },
  instruction_unshow(this: Node, _unshow, names): Instruction {
    const { file } = (this as Self).args;
    return { kind: 'unshow', names: names.asIteration().children.map((name) => nameOf(name, file)), at: file.at(this) };
  },
  instruction_include(this: Node, _include, name): Instruction {
    const { file } = (this as Self).args;
    return { kind: 'include', file: unquote(name, file), at: file.at(this) };
  },
  instruction_procedure(this: Node, _procedure, rec, name, parameters, _equals, body, _end): Instruction {
    const { file } = (this as Self).args;
    return {
      kind: 'procedure',
      rec: rec.children.length > 0,
      name: nameOf(name, file),
      parameters: read<Pattern>(parameters, file),
      body: each<Instruction>(body, file),
      at: file.at(this),
    };
  },
  instruction_call(this: Node, _call, name, argument, as): Instruction {
    const { file } = (this as Self).args;
    return {
      kind: 'call',
      name: nameOf(name, file),
      argument: read<Exp>(argument, file),
      as: optional<string>(as, file),
      at: file.at(this),
    };
  },
  instruction_debug(this: Node, _debug, of): Instruction {
    const { file } = (this as Self).args;
    return { kind: 'debug', of: read<Exp>(of, file), at: file.at(this) };
  },
  instruction_forall(this: Node, _forall, name, _in, of, _do, body, _end): Instruction {
    const { file } = (this as Self).args;
    return {
      kind: 'forall',
      name: nameOf(name, file),
      of: read<Exp>(of, file),
      body: each<Instruction>(body, file),
      at: file.at(this),
    };
  },
  instruction_with(this: Node, _with, name, _from, from): Instruction {
    const { file } = (this as Self).args;
    return { kind: 'with', name: nameOf(name, file), from: read<Exp>(from, file), at: file.at(this) };
  },
  instruction_ifElse(this: Node, _if, variant, then, _else, otherwise, _end): Instruction {
    const { file } = (this as Self).args;
    return {
      kind: 'if',
      variant: read<Variant>(variant, file),
      then: each<Instruction>(then, file),
      otherwise: each<Instruction>(otherwise, file),
      at: file.at(this),
    };
  },
  instruction_if(this: Node, _if, variant, then, _end): Instruction {
    const { file } = (this as Self).args;
    return {
      kind: 'if',
      variant: read<Variant>(variant, file),
      then: each<Instruction>(then, file),
      otherwise: [],
      at: file.at(this),
    };
  },
  instruction_events(this: Node, _word, _name, _open, _items, _close): Instruction {
    return { kind: 'events', at: (this as Self).args.file.at(this) };
  },
  when(this: Node, _when, check) {
    return read<Check>(check, (this as Self).args.file);
  },
  check(this: Node, not, test, of, as): Check {
    const { file } = (this as Self).args;
    return {
      test: file.text(test) as Test,
      negated: not.children.length > 0,
      of: read<Exp>(of, file),
      name: optional<string>(as, file),
      at: file.at(this),
    };
  },
  asName(this: Node, _as, name) {
    return (this as Self).args.file.text(name);
  },
  instructionClauses_default(this: Node, _any, _arrow, body): Clauses<readonly Instruction[]> {
    return { clauses: [], otherwise: each<Instruction>(body, (this as Self).args.file) };
  },
  instructionClauses_more(this: Node, tag, _arrow, body, _alt, more): Clauses<readonly Instruction[]> {
    const { file } = (this as Self).args;
    const { clauses, otherwise } = read<Clauses<readonly Instruction[]>>(more, file);
    return {
      clauses: [{ tag: tagOf(tag, file), at: file.at(tag), body: each<Instruction>(body, file) }, ...clauses],
      otherwise,
    };
  },
  instructionClauses_last(this: Node, tag, _arrow, body): Clauses<readonly Instruction[]> {
    const { file } = (this as Self).args;
    return {
      clauses: [{ tag: tagOf(tag, file), at: file.at(tag), body: each<Instruction>(body, file) }],
      otherwise: null,
    };
  },
  bindings(this: Node, list) {
    return all<Binding>(list, (this as Self).args.file);
  },
  binding_function(this: Node, name, parameters, _equals, body): Binding {
    const { file } = (this as Self).args;
    const bound = nameOf(name, file);
    const at = file.at(this);
    return {
      pattern: { kind: 'one', name: bound },
      value: {
        kind: 'fun',
        name: bound.text,
        parameters: read<Pattern>(parameters, file),
        body: read<Exp>(body, file),
        at,
      },
      at,
    };
  },
  binding_tuple(this: Node, _open, list, _close, _equals, value): Binding {
    const { file } = (this as Self).args;
    const at = file.at(this);
    return { pattern: tuplePattern(patterns(list, file), at), value: read<Exp>(value, file), at };
  },
  binding_value(this: Node, list, _equals, value): Binding {
    const { file } = (this as Self).args;
    const at = file.at(this);
    return { pattern: tuplePattern(patterns(list, file), at), value: read<Exp>(value, file), at };
  },
  parameters_tuple(this: Node, _open, list, _close): Pattern {
    const { file } = (this as Self).args;
    return tuplePattern(patterns(list, file), file.at(this));
  },
  parameters_one(this: Node, pattern): Pattern {
    return { kind: 'one', name: read<Name | null>(pattern, (this as Self).args.file) };
  },
  pattern(this: Node, _token) {
    const { file } = (this as Self).args;
    return file.text(this) === '_' ? null : nameOf(this, file);
  },
};

function binary(operator: BinaryOperator, join: typeof joinLeft) {
  return function (this: Node, list: Node): Exp {
    return join(operator, all<Exp>(list, (this as Self).args.file));
  };
}

const EXPRESSIONS: Actions = {
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

/** Adds the operation `ast(file)`, which makes the syntax tree of a match. */
export function addActions(semantics: Semantics): Semantics {
  return semantics.addOperation<unknown>('ast(file)', { ...TOP, ...INSTRUCTIONS, ...EXPRESSIONS });
}
