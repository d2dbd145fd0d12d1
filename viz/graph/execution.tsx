import { useSignalEffect } from '@preact/signals';
import './address.ts';
import { followOwn, followRelations, followSelection } from './asking.ts';
import { Bar } from './bar.tsx';
import { BytesTable } from './bytes-table.tsx';
import { Details } from './details.tsx';
import './graph.css';
import { Legend } from './legend.tsx';
import { Picture } from './picture.tsx';
import { data, differences, drawn, isWaiting, other, refusal } from './state.ts';
import { StepList } from './step-list.tsx';
import { Words } from './words.tsx';

/** One execution: the picture, and what it does to bytes, lengths and wait queues. */
export function Execution() {
  useSignalEffect(followSelection);
  useSignalEffect(followOwn);
  useSignalEffect(followRelations);
  const it = data.value;
  if (refusal.value !== null) return <p role="alert">{refusal.value}</p>;
  if (it === null)
    return <p class="quiet">{isWaiting.value ? 'Drawing …' : 'Choose an outcome to see an execution of it.'}</p>;
  return (
    <div class="graph" data-waiting={isWaiting.value ? '' : undefined}>
      <Heading />
      <Legend />
      <Picture />
      <Details />
      <Difference />
      {it.bytes.map((view, i) => (
        <BytesTable key={i} view={view} />
      ))}
      {it.lengths.map(({ name, steps }, i) => (
        <StepList key={i} title="The length of" of={name} steps={steps} />
      ))}
      {it.queues.map(({ name, steps }, i) => (
        <StepList key={i} title="Waiting at" of={name} steps={steps} />
      ))}
      <Words />
    </div>
  );
}

/** What the execution showed, and what is known of it. */
function Heading() {
  const figure = data.value?.figure;
  if (figure === undefined || drawn.value === null) return null;
  return (
    <header class="graph-heading">
      <Bar />
      <p class="graph-outcome">
        {figure.outcome.map((part) => (
          <code key={part}>{part}</code>
        ))}
        <span class="quiet graph-facts">{figure.facts.join(' · ')}</span>
      </p>
    </header>
  );
}

/** How it differs from the execution that it is compared with, in words. */
function Difference() {
  const it = differences.value;
  if (it === null) return null;
  const { changed, added, edges, gone } = it;
  const here = [
    ...(changed.size === 0 ? [] : [`${changed.size} with other values`]),
    ...(added.size === 0 ? [] : [`${added.size} new`]),
  ];
  const isEqual = here.length === 0 && edges.size === 0 && gone.length === 0;
  return (
    <section class="graph-difference" aria-label="Differences">
      <p>
        Compared with {other.value?.label}:{' '}
        {isEqual
          ? 'no difference in events, nor in edges but those of orders.'
          : `${here.length === 0 ? 'the same events' : `events ${here.join(', ')}`}; ${edges.size} new ${edges.size === 1 ? 'edge' : 'edges'}.`}
      </p>
      {gone.length === 0 ? null : (
        <details>
          <summary>
            {gone.length} {gone.length === 1 ? 'event or edge is' : 'events and edges are'} there and not here
          </summary>
          <ul>
            {gone.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
