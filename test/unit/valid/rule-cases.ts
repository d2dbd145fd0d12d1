import type { RuleCase } from './rule-case.ts';
import { CONTROL_CASES } from './rule-cases-control.ts';
import { VALUE_CASES } from './rule-cases-values.ts';
import { REFERENCE_CASES } from './rule-cases-references.ts';
import { AGGREGATE_CASES } from './rule-cases-aggregates.ts';
import { MEMORY_CASES } from './rule-cases-memory.ts';
import { ATOMIC_CASES } from './rule-cases-atomics.ts';
import { VARIABLE_ATOMIC_CASES } from './rule-cases-variable-atomics.ts';
import { AGGREGATE_ATOMIC_CASES } from './rule-cases-aggregate-atomics.ts';
import { WAITQUEUE_CASES } from './rule-cases-waitqueues.ts';
import { MODULE_CASES } from './rule-cases-modules.ts';
import { TYPE_CASES } from './rule-cases-types.ts';

/** The cases of all typing rules, by the file that has them; matching rules have theirs in `match-cases.ts`. */
export const RULE_CASES: Readonly<Record<string, readonly RuleCase[]>> = {
  'rule-cases-types.ts': TYPE_CASES,
  'rule-cases-control.ts': CONTROL_CASES,
  'rule-cases-values.ts': VALUE_CASES,
  'rule-cases-references.ts': REFERENCE_CASES,
  'rule-cases-aggregates.ts': AGGREGATE_CASES,
  'rule-cases-memory.ts': MEMORY_CASES,
  'rule-cases-atomics.ts': ATOMIC_CASES,
  'rule-cases-variable-atomics.ts': VARIABLE_ATOMIC_CASES,
  'rule-cases-aggregate-atomics.ts': AGGREGATE_ATOMIC_CASES,
  'rule-cases-waitqueues.ts': WAITQUEUE_CASES,
  'rule-cases-modules.ts': MODULE_CASES,
};
