import type { Exploration } from '../explore.ts';
import { findNonTermination } from './non-termination.ts';

/** States that are looked at for loops that may go on for ever: beside a search that has its own bounds, this should not take long. */
const STATES = 50_000;

/**
 * Says how the program may run for ever, if a search saw a thread that may not end. One that cut no loop, and in whose executions nobody spins on what nobody
 * will change, has shown that each fair execution ends: it ran all of them to their ends.
 */
export function lookForNonTermination<S>({ trie, main, findings, options, isOver }: Exploration<S>): void {
  if (!findings.mayNotEnd) return;
  const found = findNonTermination(trie.machine, main, {
    readings: options.readings,
    states: STATES,
    shouldStop: isOver,
  });
  if (found !== null) findings.tellNonTermination(found);
}
