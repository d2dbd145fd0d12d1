import { effect } from '@preact/signals';
import { addressOf } from './address.ts';
import { limits, mine, models, name, readings, selection, text, view } from './state.ts';

/** Keeps the address bar up to date, without an entry of its own in the history for every letter. */
export function followAddress(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const isEmpty = text.value === '';
    void [name.value, models.value, mine.value, readings.value, limits.value, view.value, selection.value];
    clearTimeout(timer);
    timer = setTimeout(() => history.replaceState(null, '', isEmpty ? location.pathname : addressOf()), 400);
  });
}
