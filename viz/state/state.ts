import { computed, signal } from '@preact/signals';
import type { ExploreAnswer, Limits, ModelAnswer } from '../outcomes/calls.ts';

/** The page's whole state, as signals. What the address holds is in `address.ts`. */

export const START = '';

/** The program in the editor. */
export const text = signal(START);
/** The name of the file, or of the example that it began as. */
export const name = signal('program.wast');
/** Of a program with parameters, which choice of theirs is explored; from 0. */
export const instance = signal(0);
export const models = signal<readonly string[]>(['wasm']);
/** The user’s own model, selectable by the name of {@link MINE}: the text of a .cat file; null if there is none. */
export const mine = signal<string | null>(null);
export const MINE = 'mine';
/** Switch → reading, where it is not the default. */
export const readings = signal<Readonly<Record<string, string>>>({});
export const limits = signal<Limits>({ executions: 100_000, events: 400, milliseconds: 20_000 });

export type Exploring =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly model: string; readonly executions: number; readonly since: number };
export const exploring = signal<Exploring>({ kind: 'idle' });
/** What came of the latest exploration, and the text that it was of. */
export const explored = signal<{ readonly answer: ExploreAnswer; readonly of: string } | null>(null);
/** What kept it from an answer, for people. */
export const failure = signal<string | null>(null);

/** What the lower half of the page shows. */
export const VIEWS = ['outcomes', 'execution', 'time', 'why'] as const;
export type View = (typeof VIEWS)[number];
export const view = signal<View>('outcomes');

/** The execution that is looked at: of which model, outcome and finding. `number` counts the executions of the outcome from 0. */
export interface Selection {
  readonly model: string;
  readonly outcome: string;
  readonly number: number;
  /** The finding whose witness it is, counted from 0; absent of an outcome's. */
  readonly finding?: number;
  /** It is that of the replay file that was opened; absent of those that were found. */
  readonly file?: true;
}
export const selection = signal<Selection | null>(null);

/** The place in the text that something on the page speaks of, from 1; null for none. The editor shows it. */
export interface Pointed {
  readonly line: number;
  readonly column: number;
}
export const pointed = signal<Pointed | null>(null);
/** The line of the text, from 1, that the user’s cursor is in; null before it was anywhere. */
export const cursor = signal<number | null>(null);

export const answers = computed<readonly ModelAnswer[]>(() => {
  const it = explored.value?.answer;
  return it?.kind === 'explored' ? it.answers : [];
});
/** The number of the exploration in the worker's memory. */
export const run = computed(() => {
  const it = explored.value?.answer;
  return it?.kind === 'explored' ? it.run : null;
});
