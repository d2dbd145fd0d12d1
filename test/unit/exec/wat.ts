import { Source } from '../../../src/base/span.ts';
import { MAIN } from '../../../src/event/location.ts';
import { SharedStore } from '../../../src/exec/store.ts';
import type { ExternVal, FuncInst, ModuleInst } from '../../../src/runtime/instance.ts';
import { placeInstance } from '../../../src/runtime/place-instance.ts';
import { Refs } from '../../../src/runtime/references.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import type { Value } from '../../../src/syntax/values.ts';
import { parseModule } from '../../../src/text/parse-module.ts';
import { checkModule } from '../../../src/valid/check.ts';

/** Modules from text, instantiated in a store. */
export interface Loaded {
  readonly instance: ModuleInst;
  readonly store: SharedStore;
}

/** `count` tells several instances in one store apart; they have one table of references. */
export function load(
  text: string,
  imports: Readonly<Record<string, ExternVal>> = {},
  store: SharedStore = new SharedStore(),
  count = 0,
  refs: Refs = new Refs(),
): Loaded {
  const parsed = parseModule(new Source('test', text));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const valid = checkModule(parsed.value, DEFAULT_READINGS);
  if (!valid.ok) throw new Error(JSON.stringify(valid.error));
  const naming = { thread: MAIN, instances: count, allocations: 100 * count, refs };
  const placed = placeInstance(valid.value, (_, name) => imports[name] ?? null, naming, store);
  if (!placed.ok) throw new Error(JSON.stringify(placed.error));
  return { instance: placed.value.instance, store };
}

export function func({ instance }: Loaded, name: string): FuncInst {
  const found = instance.exports.get(name);
  if (found?.kind !== 'func') throw new Error(`no function ${name}`);
  return found.func;
}

export const i32 = (value: number): Value => ({ type: 'i32', value: value | 0 });
export const i64 = (value: bigint): Value => ({ type: 'i64', value: BigInt.asIntN(64, value) });
