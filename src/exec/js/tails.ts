import type { Cell, Code } from './linking.ts';
import { useFuel } from './fuel.ts';

/**
 * Tail calls of other functions: a function with any returns to a trampoline, having said what is to be called in its stead, so that
 * JavaScript's stack does not grow.
 */
let pending: Cell | null = null;
let args: readonly number[] = [];

/** Says what is to be called; what it returns means nothing. */
export function tail(cell: Cell, ...parts: readonly number[]): number {
  pending = cell;
  args = parts;
  return 0;
}

/** A function with tail calls, as others call it. */
export function trampoline(cell: Cell, metered: boolean): Code {
  return (place, ...parts) => {
    let result = cell.inner(place, ...parts);
    while (pending !== null) {
      const next = pending;
      pending = null;
      // Other functions count their calls themselves.
      if (metered && next.func.kind === 'host') useFuel();
      result = next.inner(place, ...args);
    }
    return result;
  };
}
