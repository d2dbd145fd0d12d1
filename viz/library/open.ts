import { mine, name, selection, text, view } from '../state/state.ts';

/** Makes a text the program; what was there before comes back by undoing. */
export function openProgram(called: string, program: string): void {
  name.value = /\.(wast|wat)$/.test(called) ? called : `${called}.wast`;
  selection.value = null;
  view.value = 'outcomes';
  text.value = program;
}

/** Makes a file’s text the program, or, of a `.cat` file, the user’s own model. */
export async function openFile(file: File): Promise<void> {
  const content = await file.text();
  if (file.name.endsWith('.cat')) mine.value = content;
  else openProgram(file.name, content);
}

/** Puts the program among the user’s downloads. */
export function saveProgram(): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text.peek()], { type: 'text/plain' }));
  link.download = name.peek();
  link.click();
  URL.revokeObjectURL(link.href);
}
