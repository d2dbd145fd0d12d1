import type { ActionDict, Node } from 'ohm-js';
import type {
  Condition,
  ExpectedOutcome,
  ExpectedVerdict,
  Fact,
  Litmus,
  ModelOutcomes,
  ModelVerdict,
  Quantifier,
} from '../syntax/script.ts';
import type { Value } from '../syntax/values.ts';
import { i31Id, NULL } from '../syntax/values.ts';
import type { Cursor } from './context.ts';
import { build, optional, report, spanBetween, textOf, tokenOf } from './nodes.ts';
import { nameOfToken } from './resolve.ts';
import { constAt } from './script-values.ts';

type Quantified = Pick<Litmus, 'quantifier' | 'condition'>;
type Expectation = ModelVerdict | ModelOutcomes;

function quantified(quantifier: Quantifier, condition: Node): Quantified {
  return { quantifier, condition: build<Condition>(condition) };
}

const I31 = new Set(['ref.i31', 'ref.i31_shared']);

/** Actions of the litmus grammar [models/litmus/README.md], on the text that `current` reads when they are run. */
export function litmusActions(current: () => Cursor): ActionDict<unknown> {
  const text = (string: Node): string => nameOfToken(current().module, tokenOf(current(), string));
  const optionalText = (string: Node): string | null => {
    const given = optional(string);
    return given === null ? null : text(given);
  };
  const observation = (node: Node): string =>
    textOf(current(), node).startsWith('"') ? text(node) : textOf(current(), node);
  const constant = (node: Node): Value => {
    const value = constAt(current().module, tokenOf(current(), node));
    if (value.type !== 'host-ref') return value;
    report(current(), node, 'Parse/token', `unexpected token ${textOf(current(), node.child(1))}: no outcome shows it`);
    return NULL;
  };

  return {
    litmus(_open, _litmus, name, test, expectations, _close): Litmus {
      const expected = expectations.children.map((expectation) => build<Expectation>(expectation));
      return {
        name: text(name),
        ...build<Quantified>(test),
        verdicts: expected.filter((expectation) => 'verdict' in expectation),
        outcomes: expected.filter((expectation) => 'outcomes' in expectation),
        at: spanBetween(current(), this),
      };
    },
    quantified_exists: (_open, _exists, condition, _close) => quantified('exists', condition),
    quantified_forall: (_open, _forall, condition, _close) => quantified('forall', condition),
    quantified_notExists: (_open, _not, _exists, condition, _close) => quantified('not exists', condition),
    quantified_notExistsGroup: (_open, _not, _inner, _exists, condition, _innerClose, _close) =>
      quantified('not exists', condition),
    condition_join: (_open, word, parts, _close): Condition => ({
      kind: textOf(current(), word) as 'and' | 'or',
      parts: parts.children.map((part) => build<Condition>(part)),
    }),
    condition_not: (_open, _not, part, _close): Condition => ({ kind: 'not', part: build<Condition>(part) }),
    fact_is(_open, _equals, key, value, _close): Fact {
      const at = spanBetween(current(), this);
      return { kind: 'is', observation: observation(key), value: build<Value>(value), at };
    },
    fact_traps(_open, _trap, key, message, _close): Fact {
      const at = spanBetween(current(), this);
      return { kind: 'traps', observation: observation(key), message: optionalText(message), at };
    },
    fact_throws(_open, _exception, key, args, _close): Fact {
      const at = spanBetween(current(), this);
      return { kind: 'throws', observation: observation(key), args: args.children.map(constant), at };
    },
    fact_deadlocks(_open, _deadlock, key, _close): Fact {
      return { kind: 'deadlocks', observation: observation(key), at: spanBetween(current(), this) };
    },
    shown_i31(_open, word, bits, _close): Value {
      const name = textOf(current(), word);
      const value = Number(textOf(current(), bits).replaceAll('_', ''));
      if (!I31.has(name)) report(current(), word, 'Parse/token', `unexpected token ${name}: no outcome shows it`);
      if (value >= 2 ** 31) report(current(), bits, 'Parse/constant', 'i31 constant out of range');
      return { type: 'ref', id: i31Id(value) };
    },
    shown_const: (value): Value => constant(value),
    verdict(_open, _verdict, model, verdict, source, reason, _close): Expectation {
      return {
        model: text(model),
        verdict: textOf(current(), verdict) as ExpectedVerdict,
        source: optionalText(source),
        reason: optionalText(reason),
        at: spanBetween(current(), this),
      };
    },
    outcomes(_open, _outcomes, model, source, outcomes, _close): Expectation {
      return {
        model: text(model),
        outcomes: outcomes.children.map((outcome) => build<ExpectedOutcome>(outcome)),
        source: optionalText(source),
        at: spanBetween(current(), this),
      };
    },
    outcome(_open, _outcome, facts, _close): ExpectedOutcome {
      return { facts: facts.children.map((fact) => build<Fact>(fact)), at: spanBetween(current(), this) };
    },
  };
}
