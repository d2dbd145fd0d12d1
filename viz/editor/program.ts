import { autocompletion } from '@codemirror/autocomplete';
import { forceLinting } from '@codemirror/lint';
import { Compartment } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { placeholder } from '@codemirror/view';
import type { EditorView } from '@codemirror/view';
import { effect } from '@preact/signals';
import { name, readings, text } from '../state/state.ts';
import { isBex } from '../work/bex.ts';
import { quick } from '../work/client.ts';
import { checkAgain, checking, complaints } from './complaints.ts';
import { cursors } from './cursor.ts';
import { hovering } from './hover.ts';
import { bexLanguage } from './bex-language.ts';
import { wastLanguage } from './language.ts';
import { takeFocus } from './plain.tsx';
import { followPointed, pointing } from './pointed.ts';
import type { Edited } from './text-box.tsx';
import { current } from './view.ts';
import { words } from './words.ts';

const WELCOME = `;; Type a script in the WebAssembly text format, or choose an example.`;

const programLanguage = new Compartment();

function languageOf(file: string): Extension {
  return isBex(file) ? bexLanguage() : wastLanguage();
}

/** Another file may be in another language. */
function followLanguage(view: EditorView): () => void {
  let shown = isBex(name.peek());
  return effect(() => {
    const isNow = isBex(name.value);
    if (isNow === shown) return;
    shown = isNow;
    view.dispatch({ effects: programLanguage.reconfigure(languageOf(name.value)) });
    forceLinting(view);
  });
}

/** The program that is explored. */
export const program: Edited = {
  text,
  view: current,
  label: 'Program. Control I says what is at the cursor',
  extensions: () => [
    autocompletion({ override: [words], activateOnTyping: true, icons: false }),
    placeholder(WELCOME),
    programLanguage.of(languageOf(name.peek())),
    checking(complaints, (it) => quick.ask('check', { name: name.peek(), text: it, readings: readings.peek() })),
    hovering(),
    pointing(),
    cursors(),
  ],
  begin: (view) => {
    takeFocus(view);
    return [followPointed(view), checkAgain(view, readings), followLanguage(view)];
  },
};
