/** What was asked cannot be done, for a reason that the user is told. */
export class Refused extends Error {}

/** The worker was ended before it answered. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted');
  }
}
