import type { ActionDict, Node } from 'ohm-js';
import type { Condition, ExpectedVerdict, Litmus, Quantifier } from '../syntax/script.ts';
import type { Value } from '../syntax/values.ts';
import { NULL } from '../syntax/values.ts';
import type { Cursor } from './context.ts';
import { build, optional, report, spanBetween, textOf, tokenOf } from './nodes.ts';
import { nameOfToken } from './resolve.ts';
import { constAt } from './script-values.ts';

type Quantified = Pick<Litmus, 'quantifier' | 'condition'>;
type Verdict = Litmus['verdicts'][number];

function quantified(quantifier: Quantifier, condition: Node): Quantified {
  return { quantifier, condition: build<Condition>(condition) };
}

/** Actions of the litmus grammar [DESIGN, Litmus tests]. */
export function litmusActions(cursor: Cursor): ActionDict<unknown> {
  const text = (string: Node): string => nameOfToken(cursor.module, tokenOf(cursor, string));
  const observation = (node: Node): string =>
    textOf(cursor, node).startsWith('"') ? text(node) : textOf(cursor, node);

  return {
    litmus(_open, _litmus, name, test, verdicts, _close): Litmus {
      return {
        name: text(name),
        ...build<Quantified>(test),
        verdicts: verdicts.children.map((verdict) => build<Verdict>(verdict)),
        at: spanBetween(cursor, this),
      };
    },
    quantified_exists: (_open, _exists, condition, _close) => quantified('exists', condition),
    quantified_forall: (_open, _forall, condition, _close) => quantified('forall', condition),
    quantified_notExists: (_open, _not, _exists, condition, _close) => quantified('not exists', condition),
    quantified_notExistsGroup: (_open, _not, _inner, _exists, condition, _innerClose, _close) =>
      quantified('not exists', condition),
    condition_is(_open, _equals, key, value, _close): Condition {
      const given = constAt(cursor.module, tokenOf(cursor, value));
      if (given.type === 'v128' || given.type === 'host-ref') {
        report(cursor, value, 'Parse/token', `unexpected token ${textOf(cursor, value.child(1))}: no outcome shows it`);
      }
      const known: Value = given.type === 'v128' || given.type === 'host-ref' ? NULL : given;
      return { kind: 'is', observation: observation(key), value: known, at: spanBetween(cursor, this) };
    },
    condition_traps(_open, _trap, key, message, _close): Condition {
      const string = optional(message);
      return {
        kind: 'traps',
        observation: observation(key),
        message: string === null ? null : text(string),
        at: spanBetween(cursor, this),
      };
    },
    condition_deadlocks(_open, _deadlock, key, _close): Condition {
      return { kind: 'deadlocks', observation: observation(key), at: spanBetween(cursor, this) };
    },
    condition_join: (_open, word, parts, _close): Condition => ({
      kind: textOf(cursor, word) as 'and' | 'or',
      parts: parts.children.map((part) => build<Condition>(part)),
    }),
    condition_not: (_open, _not, part, _close): Condition => ({ kind: 'not', part: build<Condition>(part) }),
    verdict(_open, _verdict, model, verdict, source, _close): Verdict {
      const from = optional(source);
      return {
        model: text(model),
        verdict: textOf(cursor, verdict) as ExpectedVerdict,
        source: from === null ? null : text(from),
        at: spanBetween(cursor, this),
      };
    },
  };
}
