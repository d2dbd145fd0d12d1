import { INSTRUCTIONS } from '../../syntax/instructions.ts';
import { NOWHERE } from '../../base/span.ts';
import type { Module } from '../../syntax/module.ts';
import type { Readings } from '../../syntax/readings.ts';
import { same } from './equal.ts';
import { HEAP_SUB_RULES } from './heap-sub-rules.ts';
import { IMMEDIATE_RULES, plainInstr, ruleOf } from './instr-rules.ts';
import type { Judgement, Rule, Step } from './judgement.ts';
import { MODULE_RULES } from './module-rules.ts';
import { SEQUENCE_RULES } from './sequence-rules.ts';
import { SUB_RULES } from './sub-rules.ts';
import { TYPE_RULES } from './type-rules.ts';

/** Derivations, and whether every step of one is an instance of its rule. */

export interface Derivation {
  readonly rule: string;
  /** The assignment of the rule's metavariables. */
  readonly variables: unknown;
  readonly conclusion: Judgement;
  readonly premises: readonly Derivation[];
}

function plainRules(): Readonly<Record<string, Rule<never>>> {
  const rules: Record<string, Rule<never>> = {};
  const none = { kind: 'result-types', types: null } as const;
  for (const { mnemonic: op } of INSTRUCTIONS) {
    for (const imm of op === 'select' ? [none, { ...none, types: [] }] : [none]) {
      rules[ruleOf({ kind: 'plain', op, imm, at: NOWHERE }).id] = plainInstr;
    }
  }
  return rules;
}

/** Every rule of the declarative system. */
export const DECLARATIVE_RULES: Readonly<Record<string, Rule<never>>> = {
  ...TYPE_RULES,
  ...HEAP_SUB_RULES,
  ...SUB_RULES,
  ...plainRules(),
  ...IMMEDIATE_RULES,
  ...SEQUENCE_RULES,
  ...MODULE_RULES,
};

/** The ids under which the declarative system states a rule of the algorithm's table: the same, or its cases. */
export function declarativeForms(id: string): readonly string[] {
  return Object.keys(DECLARATIVE_RULES).filter((own) => own === id || own.startsWith(`${id}/`));
}

/** The instance of a rule that an assignment gives; null if there is none. */
export function instance(rule: string, variables: unknown): Step | null {
  return DECLARATIVE_RULES[rule]?.(variables as never) ?? null;
}

/** What Module_ok asks of a module's parts; null if it asks what does not hold. */
export function premisesOf(module: Module, readings: Readings): readonly Judgement[] | null {
  return instance('Module_ok', { module, readings })?.premises ?? null;
}

/** Whether one step holds: the rule's instance has this conclusion, and the premises are derived that it asks for. */
function holds({ rule, variables, conclusion, premises }: Derivation): boolean {
  const step = instance(rule, variables);
  return (
    step !== null &&
    same(step.conclusion, conclusion) &&
    step.premises.length === premises.length &&
    step.premises.every((premise, i) => same(premise, premises[i]?.conclusion))
  );
}

/** The steps of a derivation that do not hold: none if it is one. */
export function wrongSteps(derivation: Derivation): readonly Derivation[] {
  const wrong: Derivation[] = [];
  const seen = new Set<Derivation>();
  const todo = [derivation];
  for (let d = todo.pop(); d !== undefined; d = todo.pop()) {
    if (seen.has(d)) continue;
    seen.add(d);
    if (!holds(d)) wrong.push(d);
    todo.push(...d.premises);
  }
  return wrong;
}

/** Whether a derivation derives what it says. */
export function checkDerivation(derivation: Derivation, conclusion: Judgement): boolean {
  return same(derivation.conclusion, conclusion) && wrongSteps(derivation).length === 0;
}
