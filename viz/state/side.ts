import { signal } from '@preact/signals';
import { VIEWS, view } from './state.ts';

/** On a narrow page: whether the program is shown, and not what it may do. */
export const showsProgram = signal(true);

/** The view after this one, or before it. */
export function turnView(by: number): void {
  const next = VIEWS[(VIEWS.indexOf(view.value) + by + VIEWS.length) % VIEWS.length];
  if (next !== undefined) view.value = next;
}
