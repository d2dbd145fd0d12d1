import { autocompletion } from '@codemirror/autocomplete';
import { placeholder } from '@codemirror/view';
import { name, readings, text } from '../state/state.ts';
import { quick } from '../work/client.ts';
import { checkAgain, checking, complaints } from './complaints.ts';
import { cursors } from './cursor.ts';
import { dropping } from './dropping.ts';
import { hovering } from './hover.ts';
import { wastLanguage } from './language.ts';
import { takeFocus } from './plain.tsx';
import { followPointed, pointing } from './pointed.ts';
import type { Edited } from './text-box.tsx';
import { current } from './view.ts';
import { words } from './words.ts';

const WELCOME = `;; Type a script in the WebAssembly text format, or choose an example.`;

/** The program that is explored. */
export const program: Edited = {
  text,
  view: current,
  label: 'Program. Control I says what is at the cursor',
  extensions: () => [
    autocompletion({ override: [words], activateOnTyping: true, icons: false }),
    placeholder(WELCOME),
    wastLanguage(),
    checking(complaints, (it) => quick.ask('check', { name: name.peek(), text: it, readings: readings.peek() })),
    hovering(),
    pointing(),
    cursors(),
    dropping(),
  ],
  begin: (view) => {
    takeFocus(view);
    return [followPointed(view), checkAgain(view, readings)];
  },
};
