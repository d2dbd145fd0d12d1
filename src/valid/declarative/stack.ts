import type { ResultTerm, ValTerm } from './terms.ts';

/** A stack of types as a list, so that the stacks between the instructions of a sequence share what is common to them. */
export interface Stack {
  readonly type: ValTerm;
  readonly below: Stack | null;
  readonly height: number;
}

export function heightOf(stack: Stack | null): number {
  return stack?.height ?? 0;
}

export function pushAll(below: Stack | null, ts: ResultTerm): Stack | null {
  let stack = below;
  for (const type of ts) stack = { type, below: stack, height: heightOf(stack) + 1 };
  return stack;
}

/** The stack up to a height. */
export function cut(stack: Stack | null, height: number): Stack | null {
  let at = stack;
  while (heightOf(at) > height) at = at?.below ?? null;
  return at;
}

/** The types between two heights. */
export function slice(stack: Stack | null, from: number, to = heightOf(stack)): ResultTerm {
  const ts: ValTerm[] = [];
  for (let at = cut(stack, to); at !== null && at.height > from; at = at.below) ts.push(at.type);
  return ts.reverse();
}
