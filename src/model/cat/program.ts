import type { Source } from '../../base/span.ts';
import type { At, Binding, CatDiagnostic, Check, Instruction, Name, Purpose, Test } from './ast.ts';
import { Complaint, complain } from './complain.ts';
import type { Linearisations } from './elaborate.ts';
import { Elaborator } from './elaborate.ts';
import { namesOf } from './free-names.ts';
import type { Node, Sort } from './nodes.ts';
import { mismatch, tagAsSet, toRelation } from './operators.ts';
import { parseCat } from './parse.ts';
import { PRIMITIVES } from './primitives.ts';
import { letRec } from './recursion.ts';
import type { Procedure, Type, Value } from './values.ts';
import { Scope, describeType, typeOf } from './values.ts';
import type { View } from './view.ts';

/** A check of a file: what must hold (or is flagged) of the value of a node. */
export interface CheckStep {
  readonly kind: 'check';
  readonly name: string;
  readonly statement: string;
  readonly purpose: Purpose;
  readonly test: Test;
  readonly negated: boolean;
  readonly of: Node;
  readonly at: At;
}

/** `with x from S`: some element of S for which all that follows holds. */
export interface ChooseStep {
  readonly kind: 'choose';
  readonly name: string;
  readonly statement: string;
  readonly variable: Node;
  readonly from: Node;
  /** Where S is the set of all linearisations of something. */
  readonly orders: Linearisations | null;
  readonly at: At;
}

/** `forall x in S do … end` where only the execution knows S. */
export interface ForallStep {
  readonly kind: 'forall';
  readonly variable: Node;
  readonly of: Node;
  readonly body: readonly Step[];
  readonly at: At;
}

export type Step = CheckStep | ChooseStep | ForallStep;

/** A model as steps over nodes, with what its names stand for at its end. */
export interface Program {
  readonly elaborator: Elaborator;
  readonly steps: readonly Step[];
  readonly shown: ReadonlyMap<string, Node>;
  readonly scope: Scope;
}

export type Resolve = (name: string, from: string) => Source | null;

/** The library file that every model begins with, as in herd. */
const STANDARD_LIBRARY = 'stdlib.cat';

export function buildProgram(
  instructions: readonly Instruction[],
  source: Source,
  view: View,
  resolve: Resolve,
  variants: ReadonlySet<string>,
): { readonly program: Program; readonly diagnostics: readonly CatDiagnostic[] } {
  const builder = new Builder(view, resolve, variants);
  builder.standardLibrary(source);
  builder.file(instructions, source);
  return { program: builder.program(), diagnostics: builder.diagnostics };
}

class Builder {
  readonly diagnostics: CatDiagnostic[] = [];
  readonly #elaborator: Elaborator;
  readonly #resolve: Resolve;
  readonly #shown = new Map<string, Node>();
  #steps: Step[] = [];
  #scope: Scope;
  /** The files being read, outermost first. */
  readonly #files: Source[] = [];
  #calls = 0;
  /** In the standard library a definition that does not hold under the view is left out. */
  #lenient = false;

  constructor(view: View, resolve: Resolve, variants: ReadonlySet<string>) {
    this.#resolve = resolve;
    const kinds = new Map(view.bases.map(({ name, kind }) => [name, kind]));
    this.#elaborator = new Elaborator(kinds, variants);
    const { graph } = this.#elaborator;
    const names = new Map<string, Value>(PRIMITIVES.map((name) => [name, { kind: 'primitive', name }]));
    for (const { name, kind } of view.bases) names.set(name, { kind, node: graph.base(name, kind) });
    if (!names.has('id')) names.set('id', { kind: 'relation', node: graph.identity() });
    this.#scope = new Scope(names, null);
  }

  program(): Program {
    return { elaborator: this.#elaborator, steps: this.#steps, shown: this.#shown, scope: this.#scope };
  }

  standardLibrary(from: Source): void {
    const source = this.#resolve(STANDARD_LIBRARY, from.name);
    if (source === null) return;
    this.#lenient = true;
    this.#include(source, null);
    this.#lenient = false;
  }

  file(instructions: readonly Instruction[], source: Source): void {
    this.#files.push(source);
    this.#run(instructions);
    this.#files.pop();
  }

  #include(source: Source, at: At | null): void {
    const circle = this.#files.findIndex(({ name }) => name === source.name);
    if (circle >= 0 && at !== null) {
      const names = [...this.#files.slice(circle), source].map(({ name }) => name);
      return complain('Cat/include', at, `${source.name} includes itself: ${names.join(', ')}`);
    }
    const file = parseCat(source);
    if (file.ok) this.file(file.value.instructions, source);
    else this.#complain(file.error);
  }

  #run(instructions: readonly Instruction[]): void {
    for (const instruction of instructions) {
      try {
        this.#instruction(instruction);
      } catch (error) {
        if (!(error instanceof Complaint)) throw error;
        this.#recover(instruction, error.diagnostic);
      }
    }
  }

  /** Says it, once. */
  #complain(why: CatDiagnostic | null): void {
    if (why === null) return;
    const same = (other: CatDiagnostic): boolean =>
      other.source === why.source &&
      other.at.start === why.at.start &&
      other.at.end === why.at.end &&
      other.message === why.message;
    if (!this.diagnostics.some(same)) this.diagnostics.push(why);
  }

  /** What an instruction would have defined is known, so that one mistake is one complaint. */
  #recover(instruction: Instruction, why: CatDiagnostic | null): void {
    if (instruction.kind === 'let') {
      const names = instruction.bindings.flatMap(({ pattern }) => namesOf(pattern));
      this.#scope = new Scope(this.#definitionFailed(names, why), this.#scope);
      return;
    }
    this.#complain(why);
    if (instruction.kind !== 'with' && instruction.kind !== 'procedure') return;
    this.#scope = new Scope(new Map([[instruction.name.text, { kind: 'poison', why: null }]]), this.#scope);
  }

  /**
   * As herd is lazy and its library relies on it, a definition of an included file is complained about only if it is used, and one of the standard
   * library that does not hold is absent.
   */
  #definitionFailed(names: readonly string[], why: CatDiagnostic | null): Map<string, Value> {
    if (this.#lenient) return new Map();
    const later = this.#files.length > 1;
    if (!later) this.#complain(why);
    const poison: Value = { kind: 'poison', why: later ? why : null };
    return new Map(names.map((name) => [name, poison]));
  }

  #instruction(instruction: Instruction): void {
    const { at } = instruction;
    switch (instruction.kind) {
      case 'let':
        return this.#let(instruction);
      case 'test':
        return this.#check(instruction.check, instruction.purpose);
      case 'show':
        for (const name of instruction.names) this.#show(name);
        return;
      case 'showAs': {
        const value = this.#value(instruction.of);
        if (value.kind !== 'set' && value.kind !== 'event')
          this.#shown.set(instruction.name.text, this.#relation(value, instruction.of.at));
        return;
      }
      case 'unshow':
        for (const { text } of instruction.names) this.#shown.delete(text);
        return;
      case 'include': {
        const source = this.#resolve(instruction.file, (this.#files.at(-1) as Source).name);
        if (source === null) return complain('Cat/include', at, `there is no ${instruction.file}`);
        return this.#include(source, at);
      }
      case 'procedure':
        return this.#procedure(instruction);
      case 'call':
        return this.#call(instruction.name, this.#value(instruction.argument), instruction.argument.at);
      case 'debug':
        this.#value(instruction.of);
        return;
      case 'forall':
        return this.#forall(instruction);
      case 'with':
        return this.#with(instruction);
      case 'if':
        return this.#run(this.#elaborator.holds(instruction.variant) ? instruction.then : instruction.otherwise);
      case 'match':
        return this.#match(instruction);
      case 'enum':
        return this.#enum(instruction.name, instruction.tags);
      case 'events':
        // What a bell file says of instructions is about reading litmus tests, not about executions.
        return;
    }
  }

  #value(exp: Parameters<Elaborator['value']>[0]): Value {
    return this.#elaborator.value(exp, this.#scope);
  }

  #relation(value: Value, at: At): Node {
    return toRelation(this.#elaborator, value, at);
  }

  #let(instruction: Instruction & { kind: 'let' }): void {
    const { bindings, rec, when } = instruction;
    this.#scope = rec ? letRec(this.#elaborator, bindings, this.#scope) : this.#letEach(bindings);
    if (!this.#lenient) for (const binding of bindings) this.#tryBody(binding);
    if (when !== null) this.#check(when, 'check');
  }

  /** Each binding on its own: one that does not hold leaves the others. */
  #letEach(bindings: readonly Binding[]): Scope {
    const outer = this.#scope;
    const names = new Map<string, Value>();
    for (const binding of bindings) {
      try {
        for (const [name, value] of this.#elaborator.let([binding], outer).names) names.set(name, value as Value);
      } catch (error) {
        if (!(error instanceof Complaint)) throw error;
        for (const [name, value] of this.#definitionFailed(namesOf(binding.pattern), error.diagnostic))
          names.set(name, value);
      }
    }
    return new Scope(names, outer);
  }

  /** Applies a function to arguments of which nothing is known, so that its mistakes are seen even if nobody calls it. */
  #tryBody({ pattern, value }: Binding): void {
    if (value.kind !== 'fun' || pattern.kind !== 'one' || pattern.name === null) return;
    const closure = this.#scope.get(pattern.name.text) as Value | undefined;
    if (closure?.kind !== 'closure') return;
    const names = new Map<string, Value>(namesOf(value.parameters).map((name) => [name, { kind: 'unknown' }]));
    this.#elaborator.value(value.body, new Scope(names, closure.scope));
  }

  #check(check: Check, purpose: Purpose): void {
    const { test, negated, at } = check;
    const value = this.#value(check.of);
    const isSet = value.kind === 'set' || value.kind === 'event';
    if (isSet && test !== 'empty') mismatch(check.of.at, 'a relation', value);
    const of = isSet ? value.node : this.#relation(value, check.of.at);
    this.#requireKnown(of, check.of.at);
    const whole = at.source.text.slice(at.start, at.end);
    const statement = (check.name === null ? whole : whole.replace(/\bas\s+\S+$/, '')).replaceAll(/\s+/g, ' ').trim();
    const name = check.name ?? statement;
    const step: CheckStep = { kind: 'check', name, statement, purpose, test, negated, of, at };
    const same = (other: Step): boolean =>
      other.kind === 'check' &&
      other.of === of &&
      other.name === name &&
      other.purpose === purpose &&
      other.negated === negated &&
      other.test === test;
    if (!this.#steps.some(same)) this.#steps.push(step);
  }

  /** While the body of a procedure is only tried, its arguments are opaque. */
  #requireKnown(node: Node, at: At): void {
    if (this.#trying) return;
    for (const { operation } of node.variables) {
      if (operation.kind === 'variable' && operation.of === 'opaque')
        complain('Cat/type', at, 'whether this is a set or a relation cannot be told');
    }
  }

  #trying = false;

  #show({ text, at }: Name): void {
    const value = this.#scope.get(text) as Value | undefined;
    if (value === undefined && this.#files.length === 1) this.#elaborator.lookUp(text, at, this.#scope);
    if (value?.kind === 'relation') this.#shown.set(text, value.node);
  }

  #procedure({ name, parameters, body, rec }: Instruction & { kind: 'procedure' }): void {
    const outer = this.#scope;
    const procedure: Procedure = { kind: 'procedure', name: name.text, parameters, body, scope: outer };
    this.#scope = new Scope(new Map([[name.text, procedure]]), outer);
    if (rec) procedure.scope = this.#scope;
    if (this.#lenient) return;
    const unknown = new Map<string, Value>(namesOf(parameters).map((each) => [each, { kind: 'unknown' }]));
    const saved = { steps: this.#steps, scope: this.#scope, trying: this.#trying };
    this.#steps = [];
    this.#trying = true;
    // A recursive procedure is tried where it is called.
    if (!rec) this.#within(new Scope(unknown, procedure.scope), body);
    this.#steps = saved.steps;
    this.#trying = saved.trying;
  }

  #within(scope: Scope, body: readonly Instruction[]): void {
    const outer = this.#scope;
    this.#scope = scope;
    this.#run(body);
    this.#scope = outer;
  }

  #call({ text, at }: Name, argument: Value, argumentAt: At): void {
    const procedure = this.#elaborator.lookUp(text, at, this.#scope);
    if (procedure.kind !== 'procedure') return mismatch(at, 'a procedure', procedure);
    if (this.#calls >= 100) return complain('Cat/recursion', at, `endless recursion: ${text} calls itself for ever`);
    const names = new Map<string, Value>();
    this.#elaborator.bind(procedure.parameters, argument, argumentAt, names);
    this.#calls++;
    this.#within(new Scope(names, procedure.scope), procedure.body);
    this.#calls--;
  }

  #forall({ name, of, body, at }: Instruction & { kind: 'forall' }): void {
    const value = tagAsSet(this.#value(of));
    if (value.kind === 'empty') return;
    if (value.kind !== 'values') return mismatch(of.at, 'a set of values other than events', value);
    if (value.items !== null) {
      for (const item of value.items) this.#within(new Scope(new Map([[name.text, item]]), this.#scope), body);
      return;
    }
    const variable = this.#elaborator.graph.variable('forall', name.text, sortOf(value.of));
    const outer = this.#steps;
    const steps: Step[] = [];
    this.#steps = steps;
    this.#within(new Scope(new Map([[name.text, boundTo(value.of, variable, of.at)]]), this.#scope), body);
    this.#steps = outer;
    if (steps.some((step) => step.kind === 'choose')) complain('Cat/unsupported', at, 'with … from inside a forall');
    if (value.node !== null) this.#steps.push({ kind: 'forall', variable, of: value.node, body: steps, at });
  }

  #with({ name, from, at }: Instruction & { kind: 'with' }): void {
    const value = this.#value(from);
    if (value.kind !== 'values') return mismatch(from.at, 'a set of relations', value);
    const { graph } = this.#elaborator;
    const node = value.node;
    if (node === null) return complain('Cat/unsupported', from.at, 'a choice among tags');
    this.#requireKnown(node, from.at);
    const variable = graph.variable('with', name.text, sortOf(value.of));
    const statement = at.source.text.slice(at.start, at.end).replaceAll(/\s+/g, ' ');
    const orders = this.#elaborator.linearisations.get(node) ?? null;
    this.#steps.push({ kind: 'choose', name: name.text, statement, variable, from: node, orders, at });
    this.#scope = new Scope(new Map([[name.text, boundTo(value.of, variable, from.at)]]), this.#scope);
  }

  #match({ of, clauses, otherwise, at }: Instruction & { kind: 'match' }): void {
    const value = this.#value(of);
    if (value.kind === 'unknown') return;
    if (value.kind !== 'tag' || value.tag === null) return mismatch(of.at, 'a tag that is written down', value);
    for (const clause of clauses) this.#elaborator.tag(clause.tag, clause.at);
    const body = clauses.find(({ tag }) => tag === value.tag)?.body ?? otherwise;
    if (body === null) return complain('Cat/type', at, `no clause for '${value.tag}`);
    this.#run(body);
  }

  #enum(name: Name, tags: readonly string[]): void {
    const { tagTypes, enums } = this.#elaborator;
    for (const tag of tags) tagTypes.set(tag, name.text);
    enums.set(name.text, tags);
    const items = this.#elaborator.tagsOf(name.text);
    const all: Value = { kind: 'values', of: { kind: 'tag', type: name.text }, items, node: null };
    this.#scope = new Scope(new Map([[name.text, all]]), this.#scope);
  }
}

function sortOf(type: Type): Sort {
  if (type.kind === 'set' || type.kind === 'event') return 'set';
  return type.kind === 'relation' || type.kind === 'pair' ? 'relation' : 'value';
}

/** A name that stands for one of a set's elements. */
function boundTo(type: Type, variable: Node, at: At): Value {
  switch (type.kind) {
    case 'set':
    case 'event':
    case 'relation':
    case 'pair':
      return { kind: type.kind, node: variable };
    case 'values':
      return { kind: 'values', of: type.of, items: null, node: variable };
    case 'tag':
      return { kind: 'tag', type: type.type, tag: null, node: variable };
    default:
      return complain('Cat/unsupported', at, `a choice among values each of which is ${describeType(type)}`);
  }
}

/** The set or relation that a name stands for at the end of a file, if it does. */
export function definedNode({ scope }: Program, name: string, sort: 'set' | 'relation'): Node | null {
  const value = scope.get(name) as Value | undefined;
  if (value === undefined || (value.kind !== 'set' && value.kind !== 'relation')) return null;
  return typeOf(value).kind === sort ? value.node : null;
}
