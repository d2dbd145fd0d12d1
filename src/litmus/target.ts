import type { Target, TargetFact, Values } from '../explore/explain/target.ts';
import type { Condition, Fact, Litmus } from '../syntax/script.ts';
import { factsOf, printCondition, printFact, satisfies, shows } from './condition.ts';

/** A condition as what is to be explained. */
export function targetOf(condition: Condition): Target {
  return {
    text: isOutcome(condition) ? factsOf(condition).map(printFact).join('; ') : printCondition(condition),
    matches: (outcome) => satisfies(condition, outcome),
    excludes: (known) => truth(condition, known) === false,
    facts: isOutcome(condition) ? factsOf(condition).map(targetFact) : [],
  };
}

/** What a litmus test asks about: its condition; of a `forall`, what would refute it. */
export function conditionOf({ quantifier, condition }: Litmus): Condition {
  if (quantifier !== 'forall') return condition;
  return condition.kind === 'not' ? condition.part : { kind: 'not', part: condition };
}

/** Whether it only lists facts. */
function isOutcome(condition: Condition): boolean {
  if (condition.kind === 'and') return condition.parts.every(isOutcome);
  return condition.kind !== 'or' && condition.kind !== 'not';
}

function targetFact(fact: Fact): TargetFact {
  return { observation: fact.observation, text: printFact(fact), holds: (value) => shows(fact, value) };
}

/** The truth of a condition of which some observations are known; null where it depends on others. */
function truth(condition: Condition, known: Values): boolean | null {
  switch (condition.kind) {
    case 'and': {
      const parts = condition.parts.map((part) => truth(part, known));
      if (parts.includes(false)) return false;
      return parts.includes(null) ? null : true;
    }
    case 'or': {
      const parts = condition.parts.map((part) => truth(part, known));
      if (parts.includes(true)) return true;
      return parts.includes(null) ? null : false;
    }
    case 'not': {
      const part = truth(condition.part, known);
      return part === null ? null : !part;
    }
    default: {
      const value = known.get(condition.observation);
      return value === undefined ? null : shows(condition, value);
    }
  }
}
