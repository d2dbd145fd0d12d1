/** What the page asks of a worker about this. */
export interface TimeCalls {}
