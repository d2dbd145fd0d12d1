/** Bounds that several searches have, in words. */

export function tooManyEvents(most: number): string {
  return `more than ${most} events in one thread`;
}

/** A loop that comes back to where it was. */
export function tooManyReturns(most: number): string {
  return `more than ${most} returns of a thread to the same state (a loop that only repeats itself?)`;
}

export function tooManyRounds(most: number): string {
  return `more than ${most} rounds of a loop`;
}

/** The executor's own limit. */
export function tooLong(what: string): string {
  return `more than the allowed ${what} between two events of one thread (an endless loop?)`;
}

export function tooManyMixtures(most: number): string {
  return `more than ${most} ways in which one read may mix writes`;
}

/** Of a search that is deeper than this thread's stack; one with a larger stack may go on. */
export const STACK_BOUND = 'the search is deeper than the stack';

export function tooManyExecutions(most: number): string {
  return `more than ${most} executions`;
}

export function tooManySeconds(milliseconds: number): string {
  return `more than ${milliseconds / 1000} seconds`;
}

export function tooManyMegabytes(most: number): string {
  return `more than ${most} MB of memory`;
}

/** Of a search that tried so much; its strategy alone has no such bound. */
export function givenUp(steps: number, executions: number): string {
  return `given up after ${steps} steps of the search, with ${executions} ${executions === 1 ? 'execution' : 'executions'} found (--strategy axioms goes on)`;
}

export function tooManyStates(most: number): string {
  return `more than ${most} states of sequentially consistent executions`;
}

/** Of a search of sequentially consistent executions that found them all, and a race, under a model that may have others. */
export const RACING = 'sequentially consistent executions alone: they have a data race, so that there may be others';

/** Of the same, where others were looked for until that bound. */
export function othersUntil(bound: string): string {
  return `${bound}; all sequentially consistent executions were found, but not all others`;
}

/** Of a search of sequentially consistent executions that found them all, and no race, under a model that may have others. */
export const JUSTIFIED =
  'sequentially consistent executions alone: they have no data race, but that no others are left in which values justify each other was not shown';
