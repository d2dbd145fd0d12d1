import { EditorView } from '@codemirror/view';
import type { Signal } from '@preact/signals';
import type { DiagnosticJson } from '../../src/report/diagnostics.ts';
import { text } from '../state/state.ts';
import { complaints, offsetOf } from './complaints.ts';

const MOST = 50;

/** The complaints below the editor; each leads to its place. */
export function Problems({ of, view }: { of: Signal<readonly DiagnosticJson[]>; view: Signal<EditorView | null> }) {
  const all = of.value;
  if (of === complaints && text.value.trim() === '') return null;
  const errors = all.filter(({ severity }) => severity === 'error').length;
  const warnings = all.length - errors;
  return (
    <section class="problems" aria-label="Problems">
      <p class="problems-count" role="status" data-errors={errors}>
        {all.length === 0 ? (
          <>
            <span aria-hidden="true">✓</span> valid
          </>
        ) : (
          [
            ...(errors > 0 ? [`${errors} ${errors === 1 ? 'error' : 'errors'}`] : []),
            ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`] : []),
          ].join(', ')
        )}
      </p>
      {all.length > 0 && (
        <ul class="problems-list">
          {all.slice(0, MOST).map((complaint) => (
            <Problem
              view={view}
              key={`${complaint.at.line}:${complaint.at.column} ${complaint.message}`}
              of={complaint}
            />
          ))}
          {all.length > MOST && <li class="quiet">{all.length - MOST} more</li>}
        </ul>
      )}
    </section>
  );
}

interface ProblemProps {
  readonly of: DiagnosticJson;
  readonly view: Signal<EditorView | null>;
}

function Problem({ of: { at, message, severity, because }, view }: ProblemProps) {
  return (
    <li>
      <button
        type="button"
        class={`plain problems-one problems-${severity}`}
        onClick={() => goTo(view.peek(), at.line, at.column)}
      >
        <span aria-hidden="true">{severity === 'error' ? '✗' : '!'}</span>
        <span class="unseen">{severity}: </span>
        <span class="problems-place">
          {at.line}:{at.column}
        </span>
        <span>
          {message}
          {because.length > 0 && <span class="quiet"> — because {because.join('; ')}</span>}
        </span>
      </button>
    </li>
  );
}

/** Puts the cursor there. */
export function goTo(view: EditorView | null, line: number, column: number): void {
  if (view === null) return;
  const anchor = offsetOf(view.state.doc, line, column);
  view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
  view.focus();
}
