import { useEffect } from 'preact/hooks';
import { pointed } from '../state/state.ts';
import type { ForbiddenWay, NamedEvent, WalkStep } from './calls.ts';
import { Picture } from './picture.tsx';
import { step } from './state.ts';

/** The argument, walked sentence by sentence and edge by edge, beside the picture in which the edge is marked. */
export function Walk({ of: { walk, svg, events } }: { of: ForbiddenWay }) {
  const last = walk.length - 1;
  const at = Math.min(step.value, last);
  const now = walk[at];
  useEffect(() => {
    pointed.value = now === undefined ? null : placeOf(now, events);
  }, [now]);
  const go = (to: number): void => {
    step.value = Math.min(last, Math.max(0, to));
  };
  return (
    <section
      class="walk"
      aria-label="The reason, step by step"
      tabIndex={0}
      onKeyDown={(event) => {
        const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        go(at + by);
      }}
    >
      <div class="walk-words">
        <p class="walk-buttons">
          <button type="button" onClick={() => go(at - 1)} disabled={at <= 0}>
            ← Back
          </button>
          <button type="button" onClick={() => go(at + 1)} disabled={at >= last}>
            Next →
          </button>
          <span class="quiet">
            {at + 1} of {walk.length}
          </span>
        </p>
        <ol class="walk-steps">
          {walk.map((one, i) => (
            <li key={`${i} ${one.text}`} style={{ '--depth': one.depth + (one.edge === null ? 0 : 1) }}>
              <button type="button" class="plain" aria-current={i === at ? 'step' : undefined} onClick={() => go(i)}>
                {one.text}
              </button>
            </li>
          ))}
        </ol>
        <p class="unseen" aria-live="polite">
          {now?.text}
        </p>
      </div>
      <Picture svg={svg} edge={now?.edge ?? null} />
    </section>
  );
}

/** Where an edge leads, in the program. */
function placeOf({ edge }: WalkStep, events: readonly NamedEvent[]): { line: number; column: number } | null {
  if (edge === null) return null;
  const { line = null, column = null } = events.find(({ id }) => id === edge.to) ?? {};
  return line === null || column === null ? null : { line, column };
}
