import type { Compartment } from './compartment.ts';

/**
 * The compartment whose code runs at this moment: host functions that start threads act on it, so that those that a clone has from its
 * original act on the clone. Null between calls, so that nothing is kept alive.
 */
let current: Compartment | null = null;

export function runningCompartment(): Compartment | null {
  return current;
}

export function runIn<T>(home: Compartment, run: () => T): T {
  const before = current;
  current = home;
  try {
    return run();
  } finally {
    current = before;
  }
}
