import { signal } from '@preact/signals';
import { addPart, isRecord } from '../state/address.ts';
import { name, selection } from '../state/state.ts';

/** Which way is walked, and how far; from 0. */
export const way = signal(0);
export const step = signal(0);
/** What the user asked about, instead of the selection; null for the selection. */
export const typed = signal<string | null>(null);

function forget(): void {
  typed.value = null;
  way.value = 0;
  step.value = 0;
}

/** What is selected later is what is asked about; what was asked about another program is not. */
selection.subscribe(forget);
name.subscribe(forget);

addPart({
  key: 'why',
  read: () => ({ way: way.value, step: step.value, typed: typed.value }),
  write: (value) => {
    if (!isRecord(value)) return;
    way.value = natural(value['way']);
    step.value = natural(value['step']);
    typed.value = typeof value['typed'] === 'string' ? value['typed'] : null;
  },
});

function natural(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : 0;
}
