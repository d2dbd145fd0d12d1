import type { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'preact/hooks';
import { text } from '../state/state.ts';
import './plain.css';

/** Where the user was typing before the editor had come. */
let left: { readonly from: number; readonly to: number } | null = null;

/** The program before the editor has come: it can be read and typed at once, and stands where it will stand. */
export function Plain() {
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const it = box.current;
    return () => {
      if (it !== null && document.activeElement === it) left = { from: it.selectionStart, to: it.selectionEnd };
    };
  }, []);
  return (
    <textarea
      ref={box}
      class="plain-text"
      aria-label="Program"
      spellcheck={false}
      value={text.value}
      onInput={({ currentTarget }) => {
        text.value = currentTarget.value;
      }}
    />
  );
}

/** Goes on where the user was typing. */
export function takeFocus(view: EditorView): void {
  if (left === null) return;
  const { length } = view.state.doc;
  view.focus();
  view.dispatch({ selection: { anchor: Math.min(left.from, length), head: Math.min(left.to, length) } });
  left = null;
}
