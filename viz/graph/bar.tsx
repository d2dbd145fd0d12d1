import { selection } from '../state/state.ts';
import type { ExecutionAnswer } from './calls.ts';
import { ExportMenu } from './export-menu.tsx';
import { comparison, drawn, isWaiting, kept, previous, zooming } from './state.ts';
import type { Comparison } from './state.ts';

/** Which execution it is, the one before and the one after, what it is compared with, and exports. */
export function Bar() {
  const it = drawn.value;
  const selected = selection.value;
  if (it === null || selected === null) return null;
  const isFinding = selected.finding !== undefined;
  const isFile = selected.file === true;
  return (
    <div class="graph-bar no-print">
      {isFile ? <OfFile /> : isFinding ? null : <Turn answer={it.answer} />}
      <Compare />
      <div class="graph-tools">
        <ZoomButtons />
        <ExportMenu />
      </div>
    </div>
  );
}

function OfFile() {
  return (
    <div class="graph-turn">
      <span class="graph-number">The opened file’s</span>
      <button type="button" class="plain" onClick={showFound}>
        Those found
      </button>
    </div>
  );
}

/** The executions of the outcome that the search found. */
function showFound(): void {
  const it = selection.peek();
  if (it !== null) selection.value = { model: it.model, outcome: it.outcome, number: 0 };
}

function ZoomButtons() {
  const zoom = zooming.value;
  return (
    <div class="graph-zoom" role="group" aria-label="Zoom">
      <button type="button" class="plain" aria-label="Larger" onClick={() => zoom?.by(1.3)}>
        +
      </button>
      <button type="button" class="plain" aria-label="Smaller" onClick={() => zoom?.by(1 / 1.3)}>
        −
      </button>
      <button type="button" class="plain" onClick={() => zoom?.fit()}>
        Fit
      </button>
    </div>
  );
}

function Turn({ answer }: { readonly answer: ExecutionAnswer }) {
  const { number } = answer;
  const isOnly = number === 0 && !hasNext(answer);
  if (isOnly) return <p class="graph-number quiet">{numberText(answer)}</p>;
  return (
    <div class="graph-turn" role="group" aria-label="Executions of this outcome">
      <button type="button" aria-label="Previous execution" disabled={number === 0} onClick={() => turn(number - 1)}>
        ‹
      </button>
      <span class="graph-number" aria-live="polite">
        {numberText(answer)}
      </span>
      <button
        type="button"
        aria-label="Next execution"
        disabled={!hasNext(answer) || isWaiting.value}
        onClick={() => turn(number + 1)}
      >
        ›
      </button>
    </div>
  );
}

function turn(number: number): void {
  const it = selection.peek();
  if (it !== null) selection.value = { ...it, number };
}

function hasNext({ number, known, more, counted }: ExecutionAnswer): boolean {
  if (number + 1 < known) return true;
  // Those after the first are looked for when somebody asks.
  return known === 1 && number === 0 && more && counted > 1;
}

/** `Execution 2 of 7`, as far as is known. */
export function numberText({ number, known, counted, more }: ExecutionAnswer): string {
  const all = Math.max(known, number + 1);
  if (!more) return all === 1 ? 'The only execution' : `Execution ${number + 1} of ${all}`;
  if (known === 1) return `Execution 1 of ${counted}`;
  return `Execution ${number + 1} of ${Math.max(all, counted)} (more than ${all} were not kept)`;
}

function Compare() {
  const it = drawn.value;
  if (it === null) return null;
  const [before, held] = [previous.value, kept.value];
  const isKept = held?.witness === it.witness;
  return (
    <div class="graph-compare">
      <label>
        <span class="quiet">Compare with</span>{' '}
        <select
          value={comparison.value}
          onChange={(event) => (comparison.value = event.currentTarget.value as Comparison)}
        >
          <option value="nothing">nothing</option>
          <option value="previous" disabled={before === null}>
            {before === null ? 'the one before' : `the one before: ${before.label}`}
          </option>
          <option value="kept" disabled={held === null}>
            {held === null ? 'the one kept' : `the one kept: ${held.label}`}
          </option>
        </select>
      </label>
      <button
        type="button"
        aria-pressed={isKept}
        title="Keeps this execution, to compare others with it"
        onClick={() => (kept.value = isKept ? null : it)}
      >
        Keep
      </button>
    </div>
  );
}
