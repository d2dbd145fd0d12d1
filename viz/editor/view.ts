import type { EditorView } from '@codemirror/view';
import { signal } from '@preact/signals';

/** The editor, once it is on the page. */
export const current = signal<EditorView | null>(null);
