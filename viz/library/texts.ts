/** The litmus library as text, by path; one chunk, fetched when the examples are first shown. */
export const TEXTS: Readonly<Record<string, string>> = import.meta.glob<string>('../../models/litmus/*/*.wast', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Programs for newcomers. */
export const FIRST_STEPS: Readonly<Record<string, string>> = import.meta.glob<string>('./first-steps/*.wast', {
  query: '?raw',
  import: 'default',
  eager: true,
});
