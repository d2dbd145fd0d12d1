import type { Node, Semantics } from 'ohm-js';
import type { Binding, CatFile, Check, Exp, Instruction, Name, Pattern, Purpose, Test, Variant } from './ast.ts';
import type { Actions, Self, Clauses } from './parse-reading.ts';
import { read, all, each, optional, nameOf, unquote, tagOf, tuplePattern, patterns } from './parse-reading.ts';
import { EXPRESSIONS } from './parse-expressions.ts';

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

/** Adds the operation `ast(file)`, which makes the syntax tree of a match. */
export function addActions(semantics: Semantics): Semantics {
  return semantics.addOperation<unknown>('ast(file)', { ...TOP, ...INSTRUCTIONS, ...EXPRESSIONS });
}
