/** Programs for newcomers, by path; few enough to be there at once. */
export const FIRST_STEPS: Readonly<Record<string, string>> = import.meta.glob<string>('./first-steps/*.wast', {
  query: '?raw',
  import: 'default',
  eager: true,
});
