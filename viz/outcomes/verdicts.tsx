import { askCondition } from '../explain/state.ts';
import { pointed, view } from '../state/state.ts';
import type { Quantifier } from '../../src/syntax/script.ts';
import type { ConditionRow, ModelAnswer } from './calls.ts';

/** The conditions of the script’s litmus tests and its assertions, under each model. */
export function Verdicts({ answers }: { answers: readonly ModelAnswer[] }) {
  const [first] = answers;
  if (first === undefined) return null;
  const failing = answers.flatMap(({ model, assertions }) =>
    assertions.filter(({ holds }) => holds !== 'always').map((assertion) => ({ model, ...assertion })),
  );
  const flags = answers.filter(({ flags: said }) => said.length > 0);
  if (first.conditions.length === 0 && failing.length === 0 && flags.length === 0) return null;
  return (
    <section class="verdicts" aria-label="Conditions and assertions">
      {first.conditions.map(({ name, quantifier, text }, i) => (
        <div key={`${name} ${text}`} class="verdicts-one">
          <p>
            <strong>{name}</strong> <span class="quiet">{QUESTIONS[quantifier].ask}</span> <code>{text}</code>?
          </p>
          <ul class="verdicts-list">
            {answers.map(({ model, conditions }) => (
              <li key={model}>
                {model}: <Holds it={conditions[i]} />{' '}
                <button
                  type="button"
                  class="plain verdicts-place"
                  aria-label={`Why, under ${model}`}
                  onClick={() => {
                    askCondition({ test: i, model });
                    view.value = 'why';
                  }}
                >
                  why
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {failing.map(({ model, line, holds, failure }) => (
        <p key={`${model} ${line}`} class="verdicts-failing">
          <span aria-hidden="true">✗</span>{' '}
          <button
            type="button"
            class="plain verdicts-place"
            onClick={() => {
              pointed.value = { line, column: 1 };
            }}
          >
            line {line}
          </button>{' '}
          the assertion {holds === 'never' ? 'never holds' : 'does not always hold'} under {model}
          {failure !== null && `: ${failure}`}
        </p>
      ))}
      {flags.map(({ model, flags: said }) => (
        <p key={model}>
          {model} remarks: {said.join(', ')}
        </p>
      ))}
    </section>
  );
}

/** An answer, not a judgement: that an outcome is forbidden may be what was hoped for. */
function Holds({ it }: { it: ConditionRow | undefined }) {
  if (it === undefined || it.holds === null) return <span class="quiet">not known, a bound was reached</span>;
  const { quantifier, holds } = it;
  return (
    <strong class="verdicts-answer">
      <span aria-hidden="true">{holds ? '✓' : '✗'}</span> {QUESTIONS[quantifier][holds ? 'yes' : 'no']}
    </strong>
  );
}

/** How the condition is asked for, and the answers. */
const QUESTIONS: Readonly<Record<Quantifier, { readonly ask: string; readonly yes: string; readonly no: string }>> = {
  exists: { ask: 'Can it be that', yes: 'yes', no: 'no, never' },
  'not exists': { ask: 'Is it never that', yes: 'yes, never', no: 'no, it can be' },
  forall: { ask: 'Is it always that', yes: 'yes, always', no: 'no, not always' },
};
