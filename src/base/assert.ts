/** Something that cannot happen in valid code did: a bug of Weft's own, the only error thrown across rooms. */
export class Bug extends Error {
  constructor(message: string) {
    super(`bug in weft: ${message}`);
    this.name = 'Bug';
  }
}

/** Ends a switch over a union: a case that the types say cannot be reached. */
export function assertNever(value: never): never {
  throw new Bug(`unexpected case ${JSON.stringify(value)}`);
}

/** Throws a {@link Bug} unless `condition` holds. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Bug(message);
}

/** The value, which the caller knows to be present. */
export function known<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Bug(`${what} is missing`);
  return value;
}
