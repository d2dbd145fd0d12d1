/** What was asked cannot be done, for a reason that the user is told. */
export class Refused extends Error {
  /** Where in the user’s own text the reason is, if it is there. */
  readonly place: { readonly line: number; readonly column: number } | null;

  constructor(message: string, place: Refused['place'] = null) {
    super(message);
    this.place = place;
  }
}

/** The worker was ended before it answered. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted');
  }
}
