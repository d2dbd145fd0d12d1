import type { Expr, Instr, Module, PlainInstr } from '../../syntax/module.ts';
import type { Readings } from '../../syntax/readings.ts';
import { backwards } from './backwards.ts';
import { label, withLabel, withLocals, type Context, type ModuleContext } from './context.ts';
import { instance, premisesOf } from './derivation.ts';
import type { Form, Variables } from './form.ts';
import { ruleOf, typeOf } from './instr-rules.ts';
import { instrType, sub, type InstrType, type Judgement } from './judgement.ts';
import { judgementKey, valKey } from './keys.ts';
import { heapTypes, saturation } from './saturate.ts';
import type { HeapTerm, RefTerm, ResultTerm, ValTerm } from './terms.ts';

/**
 * A second verdict, by exhaustion: whether any derivation exists. Every instance of every rule over the module's types is tried, and
 * all stacks that some choice of instances leads to are kept. For small modules; complete as argued in `proofs-notes/typing.md`.
 */

/** A stack that some choice leads to; an `open` one has any types below. */
interface State {
  readonly open: boolean;
  readonly types: ResultTerm;
}

/** More states than this are thinned: a stack whose types are all below another's makes the other superfluous. */
const MANY = 2_000;

class Search {
  readonly #known = new WeakMap<ModuleContext, Map<string, boolean>>();
  readonly #universes = new WeakMap<ModuleContext, readonly ValTerm[]>();

  holds(j: Judgement): boolean {
    const k = judgementKey(j);
    if (k === null || !('M' in j)) return this.#decide(j);
    let known = this.#known.get(j.M);
    if (known === undefined) {
      known = new Map();
      this.#known.set(j.M, known);
    }
    let answer = known.get(k);
    if (answer === undefined) {
      answer = this.#decide(j);
      known.set(k, answer);
    }
    return answer;
  }

  #decide(j: Judgement): boolean {
    switch (j.relation) {
      case 'Heaptype_sub':
        return saturation(j.M).related(j.left, j.right);
      case 'Deftype_sub':
        return saturation(j.M).related(j.left, j.right);
      case 'Expr_ok':
        return this.#body(j.C, j.of, { params: [], results: j.type });
      default:
        for (const { premises } of backwards(j)) if (premises.every((premise) => this.holds(premise))) return true;
        return false;
    }
  }

  /** The value types of a module: data types, `bot`, and references to all its heap types. */
  #universe(M: ModuleContext): readonly ValTerm[] {
    let ts = this.#universes.get(M);
    if (ts === undefined) {
      const refs = heapTypes(M).flatMap((heap) =>
        [false, true].map((nullable): RefTerm => ({ kind: 'ref', nullable, heap })),
      );
      ts = ['bot', 'i32', 'i64', 'f32', 'f64', 'v128', ...refs];
      this.#universes.set(M, ts);
    }
    return ts;
  }

  #below(M: ModuleContext, left: ValTerm, right: ValTerm): boolean {
    return this.holds(sub('Valtype_sub', M, left, right));
  }

  /** Whether C |- instr* : t1* ->_x* t2* for some x*. */
  #body(C: Context, body: Expr, { params, results }: Pick<InstrType, 'params' | 'results'>): boolean {
    let states: readonly State[] = [{ open: false, types: params }];
    let inside = C;
    for (const instr of body) {
      const { forms, polymorphic } = this.#forms(inside, instr, states);
      states = this.#step(C.M, states, forms, polymorphic);
      if (states.length === 0) return false;
      inside = withLocals(inside, forms[0]?.locals ?? []);
    }
    return states.some((state) => {
      const rest = this.#pop(C.M, state, results);
      return rest !== null && rest.types.length === 0;
    });
  }

  /** What is left below operands that match; null if they do not. */
  #pop(M: ModuleContext, { open, types }: State, params: ResultTerm): State | null {
    if (!open && types.length < params.length) return null;
    for (let i = 1; i <= Math.min(types.length, params.length); i++) {
      const [given, wanted] = [types[types.length - i], params[params.length - i]];
      if (given === undefined || wanted === undefined || !this.#below(M, given, wanted)) return null;
    }
    return { open, types: types.slice(0, Math.max(0, types.length - params.length)) };
  }

  #step(M: ModuleContext, states: readonly State[], forms: readonly Form[], polymorphic: boolean): readonly State[] {
    const next = new Map<string, State>();
    for (const state of states) {
      for (const { params, results } of forms) {
        const rest = this.#pop(M, state, params);
        if (rest === null) continue;
        const after: State = polymorphic
          ? { open: true, types: results }
          : { ...rest, types: [...rest.types, ...results] };
        next.set(`${after.open} ${after.types.map(valKey).join(',')}`, after);
      }
    }
    const all = [...next.values()];
    return all.length > MANY ? this.#thin(M, all) : all;
  }

  #thin(M: ModuleContext, states: readonly State[]): readonly State[] {
    const kept: State[] = [];
    const covers = (a: State, b: State): boolean =>
      a.open === b.open &&
      a.types.length === b.types.length &&
      a.types.every((t, i) => this.#below(M, t, b.types[i] ?? t));
    for (const state of states) {
      if (kept.some((other) => covers(other, state))) continue;
      for (let i = kept.length - 1; i >= 0; i--) {
        const other = kept[i];
        if (other !== undefined && covers(state, other)) kept.splice(i, 1);
      }
      kept.push(state);
    }
    return kept;
  }

  /** Every instance of the instruction's rule, without what a stack-polymorphic one has below and after. */
  #forms(
    C: Context,
    instr: Instr,
    states: readonly State[],
  ): { readonly forms: readonly Form[]; readonly polymorphic: boolean } {
    if (instr.kind !== 'plain') return { forms: this.#blockForms(C, instr), polymorphic: false };
    const { scheme } = ruleOf(instr);
    const forms: Form[] = [];
    for (const v of this.#assignments(C, instr, states, scheme.variables)) {
      const form = scheme.form(C, instr, { ...v, before: [], after: [] });
      if (form === null || !(form.premises ?? []).every((premise) => this.holds(premise))) continue;
      if (this.holds({ relation: 'Instrtype_ok', C, of: typeOf(form) })) forms.push(form);
    }
    return { forms, polymorphic: scheme.variables.includes('before') };
  }

  #assignments(
    C: Context,
    instr: PlainInstr,
    states: readonly State[],
    variables: readonly (keyof Variables)[],
  ): readonly Variables[] {
    const { M } = C;
    let all: readonly Variables[] = [{}];
    const each = <K extends keyof Variables>(name: K, values: () => readonly NonNullable<Variables[K]>[]): void => {
      if (variables.includes(name)) all = all.flatMap((v) => values().map((value) => ({ ...v, [name]: value })));
    };
    each('t', () => this.#universe(M));
    each('bound', () => ['i32', 'i64', 'f32', 'f64', 'v128']);
    each('ht', (): readonly HeapTerm[] => heapTypes(M));
    each('rt', () => this.#universe(M).filter((t): t is RefTerm => typeof t === 'object'));
    each('s', () => ['unshared', 'shared', 'bot']);
    each('nullable', () => [false, true]);
    each('ts', () => tablesOf(C, instr, states));
    return all;
  }

  #blockForms(C: Context, instr: Exclude<Instr, PlainInstr>): readonly Form[] {
    const forms: Form[] = [];
    for (const rule of ['Blocktype_ok/valtype', 'Blocktype_ok/typeidx']) {
      const blockType = instance(rule, { M: C.M, of: instr.type, share: C.values });
      if (blockType?.conclusion.relation !== 'Blocktype_ok') continue;
      const { type } = blockType.conclusion;
      const step = instance(`Instr_ok/${instr.kind}`, { C, instr, type, locals: [] });
      if (step?.conclusion.relation !== 'Instr_ok') continue;
      const bodies = instr.kind === 'if' ? [instr.then, instr.else] : [instr.body];
      const inside = withLabel(C, instr.kind === 'loop' ? type.params : type.results);
      const premises = step.premises.filter((premise) => premise.relation !== 'Instrs_ok');
      const form = step.conclusion.type;
      const typed =
        premises.every((premise) => this.holds(premise)) && bodies.every((b) => this.#body(inside, b, type));
      if (typed && this.holds({ relation: 'Instrtype_ok', C, of: instrType(form.params, form.results) }))
        forms.push(form);
    }
    return forms;
  }
}

/**
 * The t* of br_table: whatever is on the stacks, `bot` for what is not. Others are superfluous, as what is below t* is below the
 * labels' types too.
 */
function tablesOf(C: Context, instr: PlainInstr, states: readonly State[]): readonly ResultTerm[] {
  const { imm } = instr;
  const arity = imm.kind === 'labels' ? (label(C, imm.labels.at(-1) ?? 0)?.length ?? 0) : 0;
  return states.map(({ types }): ResultTerm => {
    const there = types.slice(0, -1).slice(-arity || types.length);
    return [...Array.from({ length: Math.max(0, arity - there.length) }, () => 'bot' as const), ...there];
  });
}

const search = new Search();

/** Whether some derivation shows a judgement. */
export function isDerivable(j: Judgement): boolean {
  return search.holds(j);
}

/** Whether some derivation shows that the module is valid. */
export function derivable(module: Module, readings: Readings): boolean {
  return premisesOf(module, readings)?.every(isDerivable) ?? false;
}
