import type { ModelAnswer } from './calls.ts';

/** How much was explored, in which way, and what is missing. */
export function Effort({ answers }: { answers: readonly ModelAnswer[] }) {
  return (
    <ul class="outcomes-effort" aria-label="Effort">
      {answers.map((answer) => (
        <li key={answer.model}>{effortText(answer)}</li>
      ))}
    </ul>
  );
}

const STRATEGIES: Readonly<Record<string, string>> = {
  axioms: 'by the model’s axioms',
  interleavings: 'interleaving by interleaving, up to the order of independent steps',
  'all-interleavings': 'interleaving by interleaving',
  states: 'state by state',
  'reads-from': 'by what reads read from',
  drf: 'state by state, since it has no data race',
};

function effortText({
  model,
  strategy,
  states,
  executions,
  blocked,
  duplicates,
  milliseconds,
  complete,
  bound,
}: ModelAnswer): string {
  const parts = [
    number(executions, 'execution'),
    ...(states === null ? [] : [number(states, 'state')]),
    ...(blocked === 0 ? [] : [`${blocked.toLocaleString('en')} blocked`]),
    ...(duplicates === 0 ? [] : [`${duplicates.toLocaleString('en')} seen before`]),
    `${(milliseconds / 1000).toFixed(2)} s`,
  ];
  const end = complete ? 'all of them' : `not all of them: ${bound ?? 'interrupted'}`;
  return `${model}: explored ${STRATEGIES[strategy] ?? `by ${strategy}`}, ${end}. ${parts.join(', ')}.`;
}

function number(n: number, what: string): string {
  return `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;
}
