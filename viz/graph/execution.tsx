import { useSignalEffect } from '@preact/signals';
import './address.ts';
import { followOwn, followRelations } from './asking.ts';
import { Bar } from './bar.tsx';
import { BytesTable } from './bytes-table.tsx';
import { Details } from './details.tsx';
import { SIGNS } from './event.tsx';
import './graph.css';
import { Legend } from './legend.tsx';
import { Picture } from './picture.tsx';
import { data, differences, drawn, fault, isWaiting, other, refusal } from './state.ts';
import { StepList } from './step-list.tsx';
import { Words } from './words.tsx';

/** One execution: the picture, and what it does to bytes, lengths and wait queues. */
export function Execution() {
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
      {fault.value === null ? null : <p role="alert">{fault.value}</p>}
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
      {data.value?.details.some(({ repeats }) => repeats) === true ? (
        <p class="quiet graph-facts">It has no end: what is marked ↻ comes again and again, as here once.</p>
      ) : null}
    </header>
  );
}

/** How it differs from the execution that it is compared with, in words, and what the picture’s signs for that mean. */
function Difference() {
  const it = differences.value;
  if (it === null) return null;
  const { changed, added, edges, gone } = it;
  const here = [
    ...(changed.size === 0 ? [] : [`${counted(changed.size, 'event')} with another value`]),
    ...(added.size === 0 ? [] : [`${counted(added.size, 'event')} only here`]),
  ];
  const isEqual = here.length === 0 && edges.size === 0 && gone.length === 0;
  return (
    <section class="graph-difference" aria-label="Differences">
      <p>
        Compared with {other.value?.label}:{' '}
        {isEqual
          ? 'no difference in events, nor in edges but those of orders.'
          : `${here.length === 0 ? 'the same events' : here.join(', ')}; ${counted(edges.size, 'new edge')}.`}
      </p>
      <Signs />
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

function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}

/** The signs that occur. */
function Signs() {
  const it = differences.value;
  if (it === null) return null;
  const { changed, added, edges, ghosts } = it;
  const events = [
    ...(changed.size === 0 ? [] : [SIGNS.changed]),
    ...(added.size === 0 ? [] : [SIGNS.added]),
    ...(ghosts.nodes.length === 0 ? [] : [SIGNS.gone]),
  ];
  const lines = [
    ...(edges.size === 0 ? [] : [{ sample: 'graph-marker', words: 'edge only here' }]),
    ...(ghosts.edges.length === 0 ? [] : [{ sample: 'graph-ghost-sample', words: 'edge only there' }]),
  ];
  return (
    <p class="graph-signs quiet">
      {events.map(({ sign, words }) => (
        <span key={sign}>
          <b>{sign}</b> event {words}
        </span>
      ))}
      {lines.map(({ sample, words }) => (
        <span key={sample}>
          <svg class="graph-sample" width={30} height={14} aria-hidden="true">
            <path class={sample} d="M4,7H26" />
          </svg>{' '}
          {words}
        </span>
      ))}
    </p>
  );
}
