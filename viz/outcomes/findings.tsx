import { signal } from '@preact/signals';
import { pointed, selection, view } from '../state/state.ts';
import type { FindingRow, ModelAnswer } from './calls.ts';

/** One finding of all the models that have it. */
interface Told {
  readonly finding: FindingRow;
  readonly by: readonly { readonly model: string; readonly number: number; readonly outcome: string | null }[];
}

/** What several models say in the same words is said once. */
function toldBy(answers: readonly ModelAnswer[]): readonly Told[] {
  const told = new Map<string, Told>();
  for (const { model, findings, outcomes } of answers) {
    for (const [number, finding] of findings.entries()) {
      const key = `${finding.kind} ${finding.text}`;
      const mine = { model, number, outcome: outcomes[finding.outcome ?? -1]?.key ?? null };
      const known = told.get(key);
      told.set(key, known === undefined ? { finding, by: [mine] } : { ...known, by: [...known.by, mine] });
    }
  }
  return [...told.values()];
}

/** Findings that are shown at first, so that the outcomes are in sight. */
const FEW = 3;
const isWhole = signal(false);

/** What is wrong with the program, with the places that it is about. */
export function Findings({ answers }: { answers: readonly ModelAnswer[] }) {
  const all = toldBy(answers);
  if (all.length === 0) return null;
  const isLong = all.length > FEW + 1;
  return (
    <section class="findings" aria-labelledby="findings-title">
      <h2 id="findings-title">
        {all.length} {all.length === 1 ? 'finding' : 'findings'}
      </h2>
      <ol class="findings-list">
        {all.slice(0, isLong && !isWhole.value ? FEW : undefined).map(({ finding, by }) => (
          <li key={`${finding.kind} ${finding.text}`}>
            <p>
              <strong class="findings-kind">{finding.kind}</strong>
              {answers.length > 1 && <span class="quiet"> under {by.map(({ model }) => model).join(', ')}</span>}{' '}
              {finding.text}
            </p>
            <p class="findings-places">
              <Places of={finding} />
              {finding.hasWitness && <Show it={by} />}
            </p>
          </li>
        ))}
      </ol>
      {isLong && (
        <button
          type="button"
          class="plain findings-more"
          aria-expanded={isWhole.value}
          onClick={() => {
            isWhole.value = !isWhole.value;
          }}
        >
          {isWhole.value ? 'Show fewer' : `Show all ${all.length}`}
        </button>
      )}
    </section>
  );
}

function Show({ it: [first] }: { it: Told['by'] }) {
  if (first === undefined) return null;
  const { model, number, outcome } = first;
  return (
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
