import { signal } from '@preact/signals';
import type { EditorView } from '@codemirror/view';
import { mine } from '../state/state.ts';
import { quick } from '../work/client.ts';
import { catLanguage } from './cat-language.ts';
import { checking, modelComplaints } from './complaints.ts';
import type { Edited } from './text-box.tsx';

/** Its editor. */
export const modelView = signal<EditorView | null>(null);

/** The user’s own model. */
export const model: Edited = {
  text: {
    get value() {
      return mine.value ?? '';
    },
    set value(text) {
      mine.value = text;
    },
    peek: () => mine.peek() ?? '',
  },
  view: modelView,
  label: 'Own model',
  extensions: () => [catLanguage(), checking(modelComplaints, (text) => quick.ask('checkModel', { text }))],
  begin: () => [],
};
