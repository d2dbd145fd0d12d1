/** The litmus library as text, by path; one chunk, fetched when the examples are first shown. */
export const TEXTS: Readonly<Record<string, string>> = import.meta.glob<string>('../../models/litmus/*/*.wast', {
  query: '?raw',
  import: 'default',
  eager: true,
});
