import { MAX_ALL_LOCALS, MAX_LOCALS } from '../../syntax/limits.ts';
import { isDefaultable } from './encoding.ts';
import { refuse } from './reader.ts';
import { grown, IntList } from './scratch.ts';
import { pool } from './types.ts';

/** The locals of the function being read, parameters first, and which of those without a default value have a value. */
export const locals = { types: new Int32Array(256), count: 0 };

/** How many locals the functions of the module may still declare. */
let left = 0;
/** The first that is no parameter: parameters have values. */
let firstLocal = 0;

/** Locals without a default value that have been set, as a set and in order; few functions have any. */
const given = new Set<number>();
export const setOrder = new IntList();

export function clearLocals(): void {
  left = MAX_ALL_LOCALS;
}

/** Begins with the parameters, which are at a place in the pool. */
export function beginLocals(params: number, n: number): void {
  if (n > locals.types.length) locals.types = grown(locals.types, n);
  const { items } = pool;
  for (let i = 0; i < n; i++) locals.types[i] = items[params + i] as number;
  locals.count = n;
  firstLocal = n;
  if (setOrder.length > 0) {
    given.clear();
    setOrder.clear();
  }
}

export function addLocals(n: number, t: number): void {
  const end = locals.count + n;
  left -= n;
  if (end - firstLocal > MAX_LOCALS || left < 0) refuse();
  if (end > locals.types.length) locals.types = grown(locals.types, end);
  locals.types.fill(t, locals.count, end);
  locals.count = end;
}

export function localType(x: number): number {
  if (x >= locals.count) refuse();
  return locals.types[x] as number;
}

/** Refuses to read a local that has no value yet. */
export function checkSet(x: number, t: number): void {
  if (!isDefaultable(t) && x >= firstLocal && !given.has(x)) refuse();
}

export function setLocal(x: number, t: number): void {
  if (isDefaultable(t) || x < firstLocal || given.has(x)) return;
  given.add(x);
  setOrder.push(x);
}

/** Forgets the locals that were set since there were `n` of them. */
export function unsetSince(n: number): void {
  while (setOrder.length > n) given.delete(setOrder.at(--setOrder.length));
}
