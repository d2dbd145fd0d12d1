import { effect } from '@preact/signals';
import { addressOf, readAll } from './address.ts';
import { text } from './state.ts';

/** Keeps the address bar up to date, without an entry of its own in the history for every letter. */
export function followAddress(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    readAll();
    const isEmpty = text.value === '';
    clearTimeout(timer);
    timer = setTimeout(() => history.replaceState(null, '', isEmpty ? location.pathname : addressOf()), 400);
  });
}
