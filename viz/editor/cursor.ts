import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { cursor } from '../state/state.ts';

/** Tells the page in which line the user’s cursor is. */
export function cursors(): Extension {
  return EditorView.updateListener.of(({ selectionSet, focusChanged, view }) => {
    if (!(selectionSet || focusChanged) || !view.hasFocus) return;
    const { doc, selection } = view.state;
    cursor.value = doc.lineAt(selection.main.head).number;
  });
}
