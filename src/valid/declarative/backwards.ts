import { DECLARATIVE_RULES, instance } from './derivation.ts';
import type { Judgement, Step } from './judgement.ts';
import { same } from './equal.ts';

/**
 * Rules read backwards. The metavariables of most rules have the names of their conclusion's parts, so the conclusion itself assigns them;
 * the few others are given by who searches.
 */

export interface Backwards extends Step {
  readonly rule: string;
  readonly variables: unknown;
}

/** Relations that have rules under other names. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  Comptype_ok: ['Structtype_ok', 'Arraytype_ok', 'Functype_ok'],
  Comptype_sub: ['Structtype_sub', 'Comptype_sub/array', 'Functype_sub'],
  Data_ok: ['Data_ok', 'Datamode_ok/active'],
  Elem_ok: ['Elem_ok', 'Elemmode_ok/active'],
};

/** Rules with more metavariables than the conclusion assigns. */
const NOT_ASSIGNED = ['Heaptype_sub/trans', 'Deftype_sub/super'];

const rulesOfRelation = new Map<string, readonly string[]>();

function rulesOf(relation: string): readonly string[] {
  let rules = rulesOfRelation.get(relation);
  if (rules === undefined) {
    const named = Object.keys(DECLARATIVE_RULES).filter((id) => id.split('/')[0] === relation);
    rules = (OTHER_NAMES[relation] ?? named).filter((id) => !NOT_ASSIGNED.includes(id));
    rulesOfRelation.set(relation, rules);
  }
  return rules;
}

/** The instances that conclude a judgement: those that it assigns itself, then those of the other assignments. */
export function* backwards(
  j: Judgement,
  others: readonly (readonly [rule: string, variables: unknown])[] = [],
): Generator<Backwards> {
  const own = rulesOf(j.relation).map((rule) => [rule, j] as const);
  for (const [rule, variables] of [...own, ...others]) {
    const step = instance(rule, variables);
    if (step !== null && same(step.conclusion, j)) yield { rule, variables, ...step };
  }
}
