import { printValue } from '../../../src/syntax/print-values.ts';
import type { Value } from '../../../src/syntax/values.ts';
import type { ShownValue } from '../calls.ts';

/** A value with its type apart. */
export function shownValue(value: Value, name: string | null, isNew: boolean): ShownValue {
  const text = printValue(value);
  if (value.type === 'ref') return { name, type: 'ref', value: text.replace(/^ref\.?\s?/, '') || text, isNew };
  return { name, type: value.type, value: text.slice(value.type.length + 1), isNew };
}

export function sameValue(a: Value | undefined, b: Value): boolean {
  return a !== undefined && printValue(a) === printValue(b);
}
