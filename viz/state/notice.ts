import { signal } from '@preact/signals';

/** Why something that was asked for was not done; it stays until it is put away. */
export const notice = signal<string | null>(null);
