import { replayed } from '../state/replayed.ts';
import { instance, name, selection, text, view } from '../state/state.ts';

/** What names of programs end in. */
export const PROGRAM = /\.(wast|wat|bex)$/;

/** Makes a text the program; what was there before comes back by undoing. */
export function openProgram(called: string, program: string): void {
  name.value = PROGRAM.test(called) ? called : `${called}.wast`;
  selection.value = null;
  replayed.value = null;
  instance.value = 0;
  view.value = 'outcomes';
  text.value = program;
}

/** Puts the program among the user’s downloads. */
export function saveProgram(): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text.peek()], { type: 'text/plain' }));
  link.download = name.peek();
  link.click();
  URL.revokeObjectURL(link.href);
}
