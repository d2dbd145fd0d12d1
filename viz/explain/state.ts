import { signal } from '@preact/signals';
import { addPart, isRecord } from '../state/address.ts';
import { name, selection } from '../state/state.ts';

/** Which way is walked, and how far; from 0. */
export const way = signal(0);
export const step = signal(0);
/** What the user asked about, instead of the selection; null for the selection. */
export const typed = signal<string | null>(null);

/** The condition of a litmus test that the user asked about, instead of the selection: which test’s, from 0, and under which model. */
export interface ConditionAsked {
  readonly test: number;
  readonly model: string;
}
export const condition = signal<ConditionAsked | null>(null);

/** Asks why the condition holds, or does not. */
export function askCondition(asked: ConditionAsked): void {
  forget();
  condition.value = asked;
}

function forget(): void {
  typed.value = null;
  condition.value = null;
  way.value = 0;
  step.value = 0;
}

/** What is selected later is what is asked about; what was asked about another program is not. */
selection.subscribe(forget);
name.subscribe(forget);

addPart({
  key: 'why',
  read: () => ({ way: way.value, step: step.value, typed: typed.value, condition: condition.value }),
  write: (value) => {
    if (!isRecord(value)) return;
    way.value = natural(value['way']);
    step.value = natural(value['step']);
    typed.value = typeof value['typed'] === 'string' ? value['typed'] : null;
    const asked = value['condition'];
    condition.value =
      isRecord(asked) && typeof asked['model'] === 'string'
        ? { test: natural(asked['test']), model: asked['model'] }
        : null;
  },
});

function natural(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : 0;
}
