import type { Result } from '../../base/result.ts';
import { err, ok } from '../../base/result.ts';
import type { ValType } from '../../syntax/types.ts';
import type { Value } from '../../syntax/values.ts';
import type { Compartment } from './compartment.ts';
import { printType, toValue } from './js-values.ts';

/** Arguments or results as values of their types; else `[i32 i64], and argument 1 is not …`. */
export function valuesOf(
  home: Compartment,
  types: readonly ValType[],
  given: readonly unknown[],
): Result<readonly Value[], string> {
  const wanted = `[${types.map(printType).join(' ')}]`;
  if (given.length !== types.length)
    return err(`${wanted}, not ${given.length} ${given.length === 1 ? 'value' : 'values'}`);
  const values: Value[] = [];
  for (const [i, t] of types.entries()) {
    const value = toValue(home, t, given[i]);
    if (!value.ok) return err(`${wanted}: ${value.error}`);
    values.push(value.value);
  }
  return ok(values);
}
