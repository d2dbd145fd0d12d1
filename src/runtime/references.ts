import type { FuncInst } from './instance.ts';
import type { RefValue } from '../syntax/values.ts';

/**
 * References to functions as values. Function keys are numbered as they are first referred to, from 1 (0 is null), so
 * equal keys have equal ids in all executions that a process explores.
 */
const idOfKey = new Map<string, number>();

export function funcRef(func: FuncInst): RefValue {
  let id = idOfKey.get(func.key);
  if (id === undefined) {
    id = idOfKey.size + 1;
    idOfKey.set(func.key, id);
  }
  return { type: 'ref', id };
}
