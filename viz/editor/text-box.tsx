import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, foldGutter, foldKeymap, indentUnit } from '@codemirror/language';
import { lintGutter, lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Annotation, EditorState } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { effect } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { colours } from './language.ts';
import { pastedFromTheLeft } from './pasted.ts';
import { editorTheme } from './theme.ts';

/** What a text is bound to: a signal, or what behaves like one. */
interface Bound {
  value: string;
  peek(): string;
}

/** A text that is edited. */
export interface Edited {
  readonly text: Bound;
  /** Its editor, while that is on the page. */
  readonly view: Signal<EditorView | null>;
  /** What a screen reader calls it. */
  readonly label: string;
  readonly extensions: () => Extension;
  /** Is told of the editor once it is there; what it gives is called at the end. */
  readonly begin: (view: EditorView) => readonly (() => void)[];
}

/** A change that the page made, not the user. */
const fromPage = Annotation.define<boolean>();

/** An editor that is bound to a signal both ways. */
export function TextBox({ edited }: { edited: Edited }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current === null) return;
    const view = new EditorView({ parent: host.current, state: startState(edited) });
    edited.view.value = view;
    const ends = [followText(edited.text, view), ...edited.begin(view)];
    return () => {
      for (const end of ends) end();
      edited.view.value = null;
      view.destroy();
    };
  }, [edited]);
  return <div ref={host} class="editor-host" />;
}

function startState({ text, label, extensions }: Edited): EditorState {
  return EditorState.create({
    doc: text.peek(),
    extensions: [
      lintGutter(),
      lineNumbers(),
      foldGutter({ openText: '▾', closedText: '▸' }),
      highlightActiveLineGutter(),
      history(),
      drawSelection(),
      bracketMatching(),
      highlightActiveLine(),
      highlightSelectionMatches(),
      indentUnit.of('  '),
      extensions(),
      colours,
      editorTheme,
      pastedFromTheLeft,
      EditorView.contentAttributes.of({
        'aria-label': `${label}. Tab indents; press Escape, then Tab, to leave the editor.`,
        spellcheck: 'false',
        tabindex: '0',
      }),
      keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...lintKeymap, ...foldKeymap, indentWithTab]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !update.transactions.some((one) => one.annotation(fromPage) === true))
          text.value = update.state.doc.toString();
      }),
    ],
  });
}

/** Another text on the page becomes the editor’s, by one change that can be undone. */
function followText(text: Bound, view: EditorView): () => void {
  return effect(() => {
    const wanted = text.value;
    const { doc } = view.state;
    if (doc.toString() === wanted) return;
    view.dispatch({
      changes: { from: 0, to: doc.length, insert: wanted },
      annotations: fromPage.of(true),
      scrollIntoView: true,
      selection: { anchor: 0 },
    });
  });
}
