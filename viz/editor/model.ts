import { effect, signal } from '@preact/signals';
import type { EditorView } from '@codemirror/view';
import { mine } from '../state/state.ts';
import { quick } from '../work/client.ts';
import { catLanguage } from './cat-language.ts';
import { checking, modelComplaints } from './complaints.ts';
import { modelIsShown, wantedPlace } from './own.ts';
import { goTo } from './problems.tsx';
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
  begin: (view) => [
    effect(() => {
      const place = wantedPlace.value;
      if (place === null || !modelIsShown.value) return;
      // It is on the page, and can have the focus, after this change.
      requestAnimationFrame(() => {
        goTo(view, place.line, place.column);
        wantedPlace.value = null;
      });
    }),
  ],
};
