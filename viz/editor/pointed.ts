import { StateEffect, StateField } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { effect } from '@preact/signals';
import type { DecorationSet } from '@codemirror/view';
import { Decoration, EditorView } from '@codemirror/view';
import { pointed } from '../state/state.ts';

const setLine = StateEffect.define<number | null>();
const LINE = Decoration.line({ class: 'cm-pointed' });

/** The line that something on the page speaks of. */
const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { effects, changes, state }) {
    for (const one of effects) {
      if (!one.is(setLine)) continue;
      const line = one.value;
      return line === null || line < 1 || line > state.doc.lines
        ? Decoration.none
        : Decoration.set(LINE.range(state.doc.line(line).from));
    }
    return marks.map(changes);
  },
  provide: (it) => EditorView.decorations.from(it),
});

export function pointing(): Extension {
  return field;
}

/** Shows the place that is spoken of, without taking the focus. */
export function followPointed(view: EditorView): () => void {
  return effect(() => {
    const place = pointed.value;
    view.dispatch({ effects: setLine.of(place?.line ?? null) });
    if (place === null || place.line > view.state.doc.lines) return;
    const { from } = view.state.doc.line(place.line);
    if (!view.hasFocus) view.dispatch({ effects: EditorView.scrollIntoView(from, { y: 'nearest', yMargin: 80 }) });
  });
}
