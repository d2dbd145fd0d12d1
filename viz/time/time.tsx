import { useSignalEffect } from '@preact/signals';
import { replayed } from '../state/replayed.ts';
import { followProgram, followTree } from './asking.ts';
import { Controls } from './controls.tsx';
import { onKey } from './keys.ts';
import { Shared } from './shared.tsx';
import { now, order, refusal } from './state.ts';
import { Threads } from './threads.tsx';
import './time.css';
import { Tree } from './tree.tsx';

/** The program in time: forwards and backwards, one small step after the other. */
export function Time() {
  useSignalEffect(followProgram);
  useSignalEffect(followTree);
  const it = now.value;
  return (
    <div class="time" onKeyDown={onKey}>
      <Controls />
      {refusal.value !== null && <p role="status">{refusal.value}</p>}
      {it !== null && (
        <>
          <FromFile />
          <Last />
          <h2 class="unseen">Threads</h2>
          <Threads threads={it.moment.threads} />
          <Shared moment={it.moment} />
          <Tree />
        </>
      )}
    </div>
  );
}

/** Which file the order is from, and what it is a witness of. */
function FromFile() {
  const it = replayed.value;
  if (order.value !== 'file' || it === null) return null;
  return (
    <p class="time-file">
      <span class="quiet">
        {it.name}, under {it.model}
      </span>{' '}
      {it.finding}
    </p>
  );
}

/** What the last step did, and how it ends if it does. */
function Last() {
  const moment = now.value?.moment;
  if (moment === undefined) return null;
  const { last, ending, isFree, stopped } = moment;
  return (
    <div class="time-last" role="status" aria-live="polite">
      {last === null ? (
        <p class="quiet">The beginning.</p>
      ) : (
        <p>
          <strong class="time-thread" style={{ '--thread': `var(--thread-${last.thread % 8})` }}>
            {last.name}
          </strong>{' '}
          {last.events.length > 0 ? last.events.join('; ') : last.reading || 'goes on'}{' '}
          <code class="time-code">{last.text}</code>
          {last.rule !== null && (
            <span class="quiet time-rule" title={last.source ?? undefined}>
              {last.rule}
              {last.events.length > 0 && last.reading !== '' && `: ${last.reading}`}
            </span>
          )}
        </p>
      )}
      {ending !== null && (
        <p class="time-ending" data-kind={ending.kind}>
          {ending.text}
        </p>
      )}
      {stopped !== null && <p class="quiet">{stopped}</p>}
      {!isFree && (
        <p class="quiet">
          No interleaving has these values: the order is fixed, and a thread may read what is no longer the latest
          value. That is marked “stale”.
        </p>
      )}
    </div>
  );
}
