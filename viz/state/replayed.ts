import { signal } from '@preact/signals';
import { addPart, isRecord } from './address.ts';

/** A replay file that was opened. */
export interface Opened {
  /** The file’s name. */
  readonly name: string;
  /** The execution, without the program’s source. */
  readonly text: string;
  readonly model: string;
  /** What it is a witness of, in words; empty if of nothing else than its outcome. */
  readonly finding: string;
}

/** The replay file whose program is on the page; null if none is. */
export const replayed = signal<Opened | null>(null);

addPart({
  key: 'replay',
  read: () => replayed.value,
  write: (value) => {
    replayed.value = null;
    if (!isRecord(value)) return;
    const { name, text, model, finding } = value;
    if ([name, text, model, finding].every((it) => typeof it === 'string')) replayed.value = value as unknown as Opened;
  },
});
