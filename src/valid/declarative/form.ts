import { known } from '../../base/assert.ts';
import type { Immediate, PlainInstr } from '../../syntax/module.ts';
import type { Context } from './context.ts';
import { instrType, type Judgement } from './judgement.ts';
import {
  unroll,
  type CompTerm,
  type HeapTerm,
  type RefTerm,
  type ResultTerm,
  type TermShare,
  type ValTerm,
} from './terms.ts';

/**
 * The rules of plain instructions as schemes: an assignment of a rule's metavariables gives a form — operands, results, the
 * locals that are set, and premises — or null where a side condition fails. So one definition serves those who check an instance, who look for one,
 * and who go through all.
 */

/** What a rule leaves open, beyond the context and the instruction. */
export interface Variables {
  readonly t?: ValTerm;
  /** The type of numbers or vectors that `t` is below. */
  readonly bound?: ValTerm;
  readonly ht?: HeapTerm;
  readonly rt?: RefTerm;
  readonly nullable?: boolean;
  readonly s?: TermShare;
  readonly ts?: ResultTerm;
  /** The operands below those that a stack-polymorphic instruction names, and its results. */
  readonly before?: ResultTerm;
  readonly after?: ResultTerm;
}

export interface Form {
  readonly params: ResultTerm;
  readonly results: ResultTerm;
  readonly locals?: readonly number[];
  readonly premises?: readonly Judgement[];
}

export interface Scheme {
  /** The metavariables that it has; `before` and `after` come together. */
  readonly variables: readonly (keyof Variables)[];
  readonly form: (C: Context, instr: PlainInstr, v: Variables) => Form | null;
}

/** A scheme without metavariables. */
export function plain(form: Scheme['form']): Scheme {
  return { variables: [], form };
}

/** A stack-polymorphic scheme: t1* operands -> t2* for any t1* and t2*. */
export function polymorphic(form: Scheme['form'], variables: readonly (keyof Variables)[] = []): Scheme {
  return {
    variables: [...variables, 'before', 'after'],
    form: (C, instr, v) => {
      const inner = form(C, instr, v);
      if (inner === null || v.before === undefined || v.after === undefined) return null;
      const rest: Judgement = { relation: 'Instrtype_ok', C, of: instrType(v.before, v.after) };
      return {
        params: [...v.before, ...inner.params],
        results: v.after,
        premises: [...(inner.premises ?? []), rest],
      };
    },
  };
}

type ImmediateOf<K extends Immediate['kind']> = Extract<Immediate, { kind: K }>;

/** The immediate, which the instruction table says to be of this kind. */
export function immediate<K extends Immediate['kind']>(instr: PlainInstr, kind: K): ImmediateOf<K> {
  const { imm } = instr;
  return known(imm.kind === kind ? (imm as ImmediateOf<K>) : null, `${kind} immediate of ${instr.op}`);
}

/** x, of whatever kind of immediate that has one. */
export function indexOf(instr: PlainInstr): number {
  const { imm } = instr;
  return known('x' in imm ? imm.x : null, `index of ${instr.op}`);
}

/** y */
export function secondOf(instr: PlainInstr): number {
  const { imm } = instr;
  return known('y' in imm ? imm.y : null, `second index of ${instr.op}`);
}

/** Expand: C.types[x] ~~ ct, of the kind asked for. */
export function expand<K extends CompTerm['kind']>(
  C: Context,
  x: number,
  kind: K,
): Extract<CompTerm, { kind: K }> | null {
  const dt = C.M.types[x];
  if (dt === undefined) return null;
  const { comp } = unroll(dt);
  return comp.kind === kind ? (comp as Extract<CompTerm, { kind: K }>) : null;
}
