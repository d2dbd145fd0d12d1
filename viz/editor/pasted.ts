import { EditorView } from '@codemirror/view';

/** Pixels that are left beside the cursor. */
const MARGIN = 24;

/**
 * A program that was pasted is seen from its first column, if its end, where the cursor is, can be seen as well: the editor scrolls aside by the width of its gutters otherwise, and stays so.
 */
export const pastedFromTheLeft = EditorView.updateListener.of(({ view, transactions }) => {
  if (!transactions.some((one) => one.isUserEvent('input.paste'))) return;
  // After the editor has scrolled.
  requestAnimationFrame(() =>
    view.requestMeasure({
      read: (): boolean => {
        const cursor = view.coordsAtPos(view.state.selection.main.head);
        const { left } = view.contentDOM.getBoundingClientRect();
        const seen =
          view.scrollDOM.clientWidth - (left + view.scrollDOM.scrollLeft - view.scrollDOM.getBoundingClientRect().left);
        return cursor !== null && cursor.right - left + MARGIN < seen;
      },
      write: (fits) => {
        if (fits) view.scrollDOM.scrollLeft = 0;
      },
    }),
  );
});
