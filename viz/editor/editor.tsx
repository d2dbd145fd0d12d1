import { autocompletion } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, foldGutter, indentUnit } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Annotation, EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import { effect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { text } from '../state/state.ts';
import { checking, checkOnReadings } from './complaints.ts';
import './editor.css';
import { hovering } from './hover.ts';
import { wastLanguage } from './language.ts';
import { followPointed, pointing } from './pointed.ts';
import { Problems } from './problems.tsx';
import { editorTheme } from './theme.ts';
import { words } from './words.ts';
import { current } from './view.ts';

/** A change that the page made, not the user. */
const fromPage = Annotation.define<boolean>();

const WELCOME = `;; Type a script in the WebAssembly text format, or choose an example.`;

/** The program, and what the checker says of it. */
export function Editor() {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current === null) return;
    const view = new EditorView({ parent: host.current, state: startState() });
    current.value = view;
    const ends = [followText(view), followPointed(view), checkOnReadings(view)];
    return () => {
      for (const end of ends) end();
      current.value = null;
      view.destroy();
    };
  }, []);
  return (
    <div class="editor">
      <div ref={host} class="editor-host" />
      <Problems />
    </div>
  );
}

function startState(): EditorState {
  return EditorState.create({
    doc: text.peek(),
    extensions: [
      lineNumbers(),
      foldGutter(),
      highlightActiveLineGutter(),
      history(),
      drawSelection(),
      bracketMatching(),
      highlightActiveLine(),
      highlightSelectionMatches(),
      autocompletion({ override: [words], activateOnTyping: true, icons: false }),
      indentUnit.of('  '),
      placeholder(WELCOME),
      wastLanguage(),
      checking(),
      hovering(),
      pointing(),
      editorTheme,
      EditorView.contentAttributes.of({
        'aria-label': 'Program. Tab indents; press Escape, then Tab, to leave the editor.',
        spellcheck: 'false',
        tabindex: '0',
      }),
      keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...lintKeymap, indentWithTab]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !update.transactions.some((one) => one.annotation(fromPage) === true))
          text.value = update.state.doc.toString();
      }),
    ],
  });
}

/** Another text on the page becomes the editor’s, by one change that can be undone. */
function followText(view: EditorView): () => void {
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
