import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { openFile } from '../library/open.ts';

/** A file that is dropped on the editor is opened, not pasted into the text. */
export function dropping(): Extension {
  return EditorView.domEventHandlers({
    drop: (event) => {
      const file = event.dataTransfer?.files[0];
      if (file === undefined) return false;
      event.preventDefault();
      void openFile(file);
      return true;
    },
  });
}
