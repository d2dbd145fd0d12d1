import type { Expr, Instr } from '../../syntax/module.ts';
import { choicesFor } from './choices.ts';
import { withLabel, withLocals, type Context } from './context.ts';
import { instance, type Derivation } from './derivation.ts';
import type { Form, Variables } from './form.ts';
import { ruleOf, typeOf } from './instr-rules.ts';
import { instrType, sub, type InstrType, type Judgement } from './judgement.ts';
import { union } from './sequence-rules.ts';
import { cut, heightOf, pushAll, slice, type Stack } from './stack.ts';
import type { ResultTerm, ValTerm } from './terms.ts';

/**
 * Derivations of instruction sequences, by going through them once with the stack of types that there is. After a stack-polymorphic
 * instruction what is missing is `bot`. The tree is balanced, and its nodes mention only the part of the stack that their instructions touch.
 */

type Prove = (j: Judgement) => Derivation | null;

export interface Elaborated {
  readonly derivation: Derivation;
  readonly locals: readonly number[];
}

/** One instruction, with the instance of its rule. */
interface Step {
  readonly instr: Instr;
  readonly C: Context;
  /** Without what a stack-polymorphic instance has below and after. */
  readonly form: Form;
  readonly v: Variables;
  readonly polymorphic: boolean;
  /** Of a structured instruction, the derivation that it has this form. */
  readonly block: Derivation | null;
  /** The operands that there were. */
  readonly operands: ResultTerm;
  /** How many `bot`s are missing below until the next stack-polymorphic instruction. */
  missing: number;
}

class Elaboration {
  readonly #prove: Prove;
  readonly #start: Context;
  readonly #steps: Step[] = [];
  #operands: ValTerm[];
  #last: Step | null = null;
  #locals: readonly number[] = [];

  constructor(prove: Prove, C: Context, params: ResultTerm) {
    this.#prove = prove;
    this.#start = C;
    this.#operands = [...params];
  }

  /** The top `n` operands, `bot` where code is unreachable and there are none. */
  #peek(n: number): ResultTerm | null {
    const there = n === 0 ? [] : this.#operands.slice(-n);
    const missing = n - there.length;
    if (missing > 0 && this.#last === null) return null;
    return [...Array.from({ length: missing }, () => 'bot' as const), ...there];
  }

  #pop(n: number): void {
    const missing = n - this.#operands.length;
    if (missing > 0 && this.#last !== null) this.#last.missing += missing;
    this.#operands.length = Math.max(0, this.#operands.length - n);
  }

  /** Whether a form's premises are derivable, and its type is ok (in shared code, that it is shared may decide between two). */
  #derivable(C: Context, form: Form): boolean {
    const typeOk: Judgement = { relation: 'Instrtype_ok', C, of: typeOf(form) };
    return [...(form.premises ?? []), typeOk].every((premise) => this.#prove(premise) !== null);
  }

  /** Whether there are operands for a form. */
  #fits(C: Context, { params }: Form): ResultTerm | null {
    const operands = this.#peek(params.length);
    if (operands === null) return null;
    const fit = operands.every((t, i) => this.#prove(sub('Valtype_sub', C.M, t, params[i] ?? t)) !== null);
    return fit ? operands : null;
  }

  #context(): Context {
    return withLocals(this.#start, this.#locals);
  }

  add(instr: Instr): boolean {
    const C = this.#context();
    return instr.kind === 'plain' ? this.#addPlain(C, instr) : this.#addBlock(C, instr);
  }

  #addPlain(C: Context, instr: Extract<Instr, { kind: 'plain' }>): boolean {
    const { scheme } = ruleOf(instr);
    const polymorphic = scheme.variables.includes('before');
    for (const v of choicesFor(C, instr, scheme, (n) => this.#peek(n))) {
      const form = scheme.form(C, instr, { ...v, before: [], after: [] });
      const operands = form === null ? null : this.#fits(C, form);
      if (form === null || operands === null || !this.#derivable(C, form)) continue;
      this.#addStep({ instr, C, form, v, polymorphic, block: null, operands, missing: 0 });
      return true;
    }
    return false;
  }

  #addStep(step: Step): void {
    this.#pop(step.form.params.length);
    if (step.polymorphic) {
      this.#operands = [];
      this.#last = step;
    }
    this.#operands.push(...step.form.results);
    this.#locals = union(this.#locals, [...(step.form.locals ?? [])]);
    this.#steps.push(step);
  }

  #addBlock(C: Context, instr: Exclude<Instr, { kind: 'plain' }>): boolean {
    const type = blockTypeOf(C, instr);
    if (type === null) return false;
    const body = withLabel(C, instr.kind === 'loop' ? type.params : type.results);
    const first = elaborate(body, instr.kind === 'if' ? instr.then : instr.body, type, this.#prove);
    if (first === null) return false;
    const second = instr.kind === 'if' ? elaborate(body, instr.else, type, this.#prove) : null;
    if (instr.kind === 'if' && second === null) return false;
    const rule = `Instr_ok/${instr.kind}`;
    const variables = { C, instr, type, locals: first.locals, elseLocals: second?.locals };
    const step = instance(rule, variables);
    if (step === null || step.conclusion.relation !== 'Instr_ok') return false;
    const bodies = [first.derivation, ...(second === null ? [] : [second.derivation])];
    const premises: Derivation[] = [];
    for (const [i, premise] of step.premises.entries()) {
      const proof = bodies[i - 1] ?? this.#prove(premise);
      if (proof === null) return false;
      premises.push(proof);
    }
    const block: Derivation = { rule, variables, conclusion: step.conclusion, premises };
    const form: Form = step.conclusion.type;
    const operands = this.#fits(C, form);
    if (operands === null) return false;
    this.#addStep({ instr, C, form, v: {}, polymorphic: false, block, operands, missing: 0 });
    return true;
  }

  /** The derivation of the whole, once every instruction was added. */
  finish(body: Expr, params: ResultTerm, results: ResultTerm): Elaborated | null {
    const C = this.#start;
    const given = this.#peek(results.length);
    if (given === null || this.#operands.length > results.length) return null;
    this.#pop(results.length);
    const types = instrType(params, given, this.#locals);
    const inner = this.#steps.length === 0 ? emptyDerivation(C) : this.#assemble(params);
    if (inner === null) return null;
    const framed = this.#frame(inner, params.slice(0, params.length - inner.type.params.length));
    const whole = framed === null ? null : this.#subsume(framed, { ...types, results });
    return whole === null || whole.of.length !== body.length
      ? null
      : { derivation: whole.derivation, locals: this.#locals };
  }

  #assemble(params: ResultTerm): Sequence | null {
    let stack = pushAll(null, params);
    const points: Point[] = [];
    for (const step of this.#steps) {
      const { form, polymorphic, missing } = step;
      const before = stack;
      const low = polymorphic ? 0 : heightOf(stack) - form.params.length;
      stack = polymorphic
        ? pushAll(
            null,
            Array.from({ length: missing }, () => 'bot' as const),
          )
        : pushAll(cut(stack, low), form.results);
      points.push({ step, before, after: stack, low });
    }
    return this.#tree(points, 0, points.length);
  }

  #tree(points: readonly Point[], from: number, to: number): Sequence | null {
    const first = points[from];
    if (first === undefined) return null;
    if (to - from === 1) return this.#leaf(first);
    const middle = (from + to) >> 1;
    const [left, right] = [this.#tree(points, from, middle), this.#tree(points, middle, to)];
    const between = points[middle]?.before ?? null;
    if (left === null || right === null) return null;
    const low = Math.min(left.low, right.low);
    const one = this.#frame(left, slice(first.before, low, left.low));
    const two = this.#frame(right, slice(between, low, right.low));
    if (one === null || two === null) return null;
    const { C } = first.step;
    const variables = {
      C,
      first: { C, of: one.of, type: one.type },
      second: { C: two.C, of: two.of, type: two.type },
    };
    const step = instance('Instrs_ok/seq', variables);
    if (step === null || step.conclusion.relation !== 'Instrs_ok') return null;
    const { conclusion } = step;
    const derivation = { rule: 'Instrs_ok/seq', variables, conclusion, premises: [one.derivation, two.derivation] };
    return { C, of: conclusion.of, type: conclusion.type, derivation, low };
  }

  #leaf({ step, before, low }: Point): Sequence | null {
    const { C, instr, v, operands, missing } = step;
    let typing = step.block;
    if (instr.kind === 'plain') {
      const below = step.polymorphic ? slice(before, 0, heightOf(before) - operands.length) : [];
      const after: ResultTerm = Array.from({ length: missing }, () => 'bot');
      const { id } = ruleOf(instr);
      typing = this.#apply(id, { C, instr, v: { ...v, before: below, after } });
    }
    if (typing === null || typing.conclusion.relation !== 'Instr_ok') return null;
    const { type } = typing.conclusion;
    const types = this.#prove({ relation: 'Instrtype_ok', C, of: type });
    if (types === null) return null;
    const of = [instr];
    const derivation: Derivation = {
      rule: 'Instrs_ok/instr',
      variables: { C, of, instr, type },
      conclusion: { relation: 'Instrs_ok', C, of, type },
      premises: [typing, types],
    };
    const sequence: Sequence = { C, of, type, derivation, low };
    return this.#subsume(sequence, { ...type, params: slice(before, low) });
  }

  /** A rule's instance with its premises proved. */
  #apply(rule: string, variables: unknown): Derivation | null {
    const step = instance(rule, variables);
    if (step === null) return null;
    const premises: Derivation[] = [];
    for (const premise of step.premises) {
      const proof = this.#prove(premise);
      if (proof === null) return null;
      premises.push(proof);
    }
    return { rule, variables, conclusion: step.conclusion, premises };
  }

  #subsume(sequence: Sequence, type: InstrType): Sequence | null {
    const { C, of, type: from, derivation, low } = sequence;
    if (sameTypes(from.params, type.params) && sameTypes(from.results, type.results)) return sequence;
    const subtyping = this.#prove({ relation: 'Instrtype_sub', C, left: from, right: type });
    const types = this.#prove({ relation: 'Instrtype_ok', C, of: type });
    if (subtyping === null || types === null) return null;
    return {
      C,
      of,
      type,
      low,
      derivation: {
        rule: 'Instrs_ok/sub',
        variables: { C, of, from, type },
        conclusion: { relation: 'Instrs_ok', C, of, type },
        premises: [derivation, subtyping, types],
      },
    };
  }

  #frame(sequence: Sequence, below: ResultTerm): Sequence | null {
    if (below.length === 0) return sequence;
    const { C, of, type, derivation, low } = sequence;
    const variables = { C, of, type, below };
    const step = instance('Instrs_ok/frame', variables);
    const types = this.#prove({ relation: 'Resulttype_ok', M: C.M, of: below, share: C.values });
    if (step === null || types === null || step.conclusion.relation !== 'Instrs_ok') return null;
    const { conclusion } = step;
    return {
      C,
      of,
      type: conclusion.type,
      low: low - below.length,
      derivation: { rule: 'Instrs_ok/frame', variables, conclusion, premises: [derivation, types] },
    };
  }
}

/** An instruction between two stacks, of which it leaves alone what is below `low`. */
interface Point {
  readonly step: Step;
  readonly before: Stack | null;
  readonly after: Stack | null;
  readonly low: number;
}

/** A typed part of the sequence; its operands and results are those above height `low`. */
interface Sequence {
  readonly C: Context;
  readonly of: Expr;
  readonly type: InstrType;
  readonly low: number;
  readonly derivation: Derivation;
}

function emptyDerivation(C: Context): Sequence {
  const type = instrType([], []);
  const conclusion = { relation: 'Instrs_ok', C, of: [], type } as const;
  return {
    C,
    of: [],
    type,
    low: 0,
    derivation: { rule: 'Instrs_ok/empty', variables: { C }, conclusion, premises: [] },
  };
}

function sameTypes(a: ResultTerm, b: ResultTerm): boolean {
  return a.length === b.length && a.every((t, i) => t === b[i]);
}

function blockTypeOf(C: Context, instr: Exclude<Instr, { kind: 'plain' }>): InstrType | null {
  for (const rule of ['Blocktype_ok/valtype', 'Blocktype_ok/typeidx']) {
    const step = instance(rule, { M: C.M, of: instr.type, share: C.values });
    if (step?.conclusion.relation === 'Blocktype_ok') return step.conclusion.type;
  }
  return null;
}

/** A derivation of C |- instr* : t1* ->_x* t2* for the x* that the instructions set; null if there is none for any. */
export function elaborate(
  C: Context,
  body: Expr,
  { params, results }: Pick<InstrType, 'params' | 'results'>,
  prove: Prove,
): Elaborated | null {
  const elaboration = new Elaboration(prove, C, params);
  for (const instr of body) if (!elaboration.add(instr)) return null;
  return elaboration.finish(body, params, results);
}
