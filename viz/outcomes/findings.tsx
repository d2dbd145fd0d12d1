import { pointed, selection, view } from '../state/state.ts';
import type { FindingRow, ModelAnswer } from './calls.ts';

/** What is wrong with the program, with the places that it is about. */
export function Findings({ answers }: { answers: readonly ModelAnswer[] }) {
  const all = answers.flatMap(({ model, findings, outcomes }) =>
    findings.map((finding, number) => ({
      model,
      finding,
      number,
      outcome: outcomes[finding.outcome ?? -1]?.key ?? null,
    })),
  );
  if (all.length === 0) return null;
  return (
    <section class="findings" aria-labelledby="findings-title">
      <h2 id="findings-title">
        {all.length} {all.length === 1 ? 'finding' : 'findings'}
      </h2>
      <ol class="findings-list">
        {all.map(({ model, finding, number, outcome }) => (
          <li key={`${model} ${number}`}>
            <p>
              <strong class="findings-kind">{finding.kind}</strong>
              {answers.length > 1 && <span class="quiet"> under {model}</span>} {finding.text}
            </p>
            <p class="findings-places">
              <Places of={finding} />
              {finding.hasWitness && (
                <button
                  type="button"
                  class="plain findings-show"
                  onClick={() => {
                    selection.value = { model, outcome: outcome ?? '', number: 0, finding: number };
                    view.value = 'execution';
                  }}
                >
                  Show the execution
                </button>
              )}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Places({ of }: { of: FindingRow }) {
  return (
    <>
      {of.places.map(({ thread, line, column, instruction }) => (
        <button
          key={`${thread} ${line}:${column}`}
          type="button"
          class="plain findings-place"
          onClick={() => {
            pointed.value = { line, column };
          }}
        >
          {thread} <code>{instruction}</code> line {line}
        </button>
      ))}
    </>
  );
}
