import { pointed } from '../state/state.ts';
import { command } from './asking.ts';
import type { FrameView, ShownValue, ThreadView } from './calls.ts';
import { now } from './state.ts';

/** The threads beside each other. */
export function Threads({ threads }: { threads: readonly ThreadView[] }) {
  return (
    <div class="time-threads">
      {threads.map((thread, i) => (
        <Thread key={thread.id} it={thread} digit={i < 9 ? i + 1 : null} />
      ))}
    </div>
  );
}

function Thread({ it, digit }: { it: ThreadView; digit: number | null }) {
  const { id, name, state, stateText, place, next, choices, frames, results, threadLocals } = it;
  const isLast = now.value?.moment.last?.thread === id;
  return (
    <section
      class="time-column"
      aria-label={`Thread ${name}`}
      data-state={state}
      data-last={isLast ? '' : undefined}
      style={{ '--thread': `var(--thread-${id % 8})` }}
    >
      <header>
        <h3 class="time-thread">{name}</h3>
        <span class="quiet time-state">{stateText}</span>
      </header>
      {next !== null && (
        <p class="time-next">
          <button
            type="button"
            class="plain time-place"
            disabled={place === null}
            title="Show it in the program"
            onClick={() => {
              pointed.value = place;
            }}
          >
            <code>{next.text}</code>
            {place !== null && <span class="quiet">line {place.line}</span>}
          </button>
        </p>
      )}
      {choices.length > 0 && (
        <p class="time-steps no-print">
          {choices.map(({ label, text }) => (
            <button key={label} type="button" onClick={() => void command({ kind: 'step', thread: id, choice: label })}>
              {choices.length === 1 && text === 'go on' ? 'Step' : text}{' '}
              {digit !== null && choices.length === 1 && <kbd>{digit}</kbd>}
            </button>
          ))}
          <button type="button" class="plain" onClick={() => void command({ kind: 'event', thread: id })}>
            to its event
          </button>
        </p>
      )}
      {frames.map((frame, i) => (
        <Frame key={frames.length - i} it={frame} isInner={i === 0} />
      ))}
      {threadLocals.length > 0 && <Values title="thread-locals" values={threadLocals} />}
      {frames.length === 0 && results.length > 0 && <p class="quiet time-results">{results.at(-1)}</p>}
    </section>
  );
}

function Frame({ it, isInner }: { it: FrameView; isInner: boolean }) {
  const stack = it.labels.flatMap((label) => label.stack);
  const blocks = it.labels.slice(1).map(({ text }) => text);
  return (
    <div class="time-frame" data-inner={isInner ? '' : undefined}>
      <p class="quiet">
        in <code>{it.func}</code>
        {blocks.length > 0 && `, ${blocks.join(', ')}`}
      </p>
      {it.locals.length > 0 && <Values title="locals" values={it.locals} />}
      <Values title="stack" values={stack} />
    </div>
  );
}

function Values({ title, values }: { title: string; values: readonly ShownValue[] }) {
  return (
    <div class="time-values">
      <span class="quiet">{title}</span>
      {values.length === 0 ? (
        <span class="quiet">empty</span>
      ) : (
        <ul>
          {values.map(({ name, type, value, isNew }, i) => (
            <li key={name ?? i} data-new={isNew ? '' : undefined}>
              {name !== null && <span class="quiet">{name} </span>}
              <code>{value}</code> <small class="quiet">{type}</small>
              {isNew && <span class="unseen"> new</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
