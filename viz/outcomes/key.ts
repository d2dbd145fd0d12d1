/** A key that is equal for equal outcomes, also of different models. */
export function outcomeKeyOf(values: ReadonlyMap<string, string>): string {
  return JSON.stringify([...values].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The outcome of a key. */
export function outcomeOfKey(key: string): Readonly<Record<string, string>> {
  return Object.fromEntries(JSON.parse(key) as [string, string][]);
}
