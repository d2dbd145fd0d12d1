import type { Operand } from './body.ts';
import { compose } from './body.ts';

/** Forms of expressions. */

/** An unsigned int's expression as a number. */
export function unsigned(part: string): string {
  return /^\d+$/.test(part) ? part : `(${part}>>>0)`;
}

export function literal(value: number): string {
  return value < 0 ? `(${value})` : `${value}`;
}

export function comparison(test: string, operands: readonly Operand[]): Operand {
  return compose('int', [`(${test}?1:0)`], operands, { test });
}
