import { pointed } from '../state/state.ts';
import type { ModelAnswer } from './calls.ts';

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
      {first.conditions.map(({ name, text }, i) => (
        <div key={`${name} ${text}`} class="verdicts-one">
          <p>
            <strong>{name}</strong> <code>{text}</code>
          </p>
          <ul class="verdicts-list">
            {answers.map(({ model, conditions }) => (
              <li key={model}>
                {model}: <Holds it={conditions[i]?.holds ?? null} />
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

function Holds({ it }: { it: boolean | null }) {
  if (it === null) return <span class="quiet">not known, a bound was reached</span>;
  return it ? (
    <span class="verdicts-holds">
      <span aria-hidden="true">✓</span> holds
    </span>
  ) : (
    <span class="verdicts-fails">
      <span aria-hidden="true">✗</span> does not hold
    </span>
  );
}
