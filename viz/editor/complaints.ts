import { forceLinting, linter } from '@codemirror/lint';
import type { Diagnostic } from '@codemirror/lint';
import { effect, signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { Extension, Text } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { DiagnosticJson } from '../../src/report/diagnostics.ts';

/** What the checker says of the program as it is. */
export const complaints = signal<readonly DiagnosticJson[]>([]);
/** And of the user’s own model. */
export const modelComplaints = signal<readonly DiagnosticJson[]>([]);

const REST = 150;

/** Checks the text as it is typed; answers about an older text are dropped. */
export function checking(
  into: Signal<readonly DiagnosticJson[]>,
  ask: (text: string) => Promise<readonly DiagnosticJson[]>,
): Extension {
  return linter(
    async (view) => {
      const { doc } = view.state;
      const text = doc.toString();
      const found = text.trim() === '' ? [] : await ask(text);
      if (view.state.doc.eq(doc)) into.value = found;
      return found.map((complaint) => markOf(complaint, doc));
    },
    { delay: REST },
  );
}

/** Checks again when what the answer depends on changes, beside the text. */
export function checkAgain(view: EditorView, on: Signal<unknown>): () => void {
  return effect(() => {
    void on.value;
    forceLinting(view);
  });
}

function markOf(complaint: DiagnosticJson, doc: Text): Diagnostic {
  const { at, severity, message } = complaint;
  const from = offsetOf(doc, at.line, at.column);
  const to = offsetOf(doc, at.endLine, at.endColumn);
  return {
    from,
    to: Math.max(to, Math.min(from + 1, doc.length)),
    severity: severity === 'error' ? 'error' : 'warning',
    message,
    renderMessage: () => inWords(complaint),
  };
}

/** The offset of a place, both counted from 1; the nearest there is if the text is shorter. */
export function offsetOf(doc: Text, line: number, column: number): number {
  const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return Math.min(from + column - 1, to);
}

function inWords({ message, rule, expected, actual, because, hint }: DiagnosticJson): Node {
  const root = element('div', 'complaint');
  root.append(element('p', '', message));
  if (expected !== undefined) root.append(pair('expected', expected));
  if (actual !== undefined) root.append(pair('found', actual));
  if (because.length > 0) {
    root.append(element('p', 'quiet', 'because'));
    const list = element('ol', 'complaint-because');
    for (const [depth, reason] of because.entries()) {
      const item = element('li', '', reason);
      item.style.marginLeft = `${depth * 0.75}rem`;
      list.append(item);
    }
    root.append(list);
  }
  if (hint !== undefined) root.append(element('p', 'complaint-hint', hint));
  root.append(element('p', 'quiet', rule));
  return root;
}

function pair(what: string, code: string): HTMLElement {
  const it = element('p', '', `${what} `);
  it.append(element('code', '', code));
  return it;
}

function element(tag: string, className: string, text = ''): HTMLElement {
  const it = document.createElement(tag);
  it.className = className;
  it.textContent = text;
  return it;
}
