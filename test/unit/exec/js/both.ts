import { expect } from 'vitest';
import { callSequential } from '../../../../src/exec/js/call.ts';
import { isEligible } from '../../../../src/exec/js/eligible.ts';
import type { CallOutcome, Ending } from '../../../../src/exec/sequential.ts';
import { runCall } from '../../../../src/exec/sequential.ts';
import type { ThreadLocals } from '../../../../src/runtime/executor.ts';
import type { ExternVal } from '../../../../src/runtime/instance.ts';
import { DEFAULT_READINGS } from '../../../../src/syntax/readings.ts';
import type { Value } from '../../../../src/syntax/values.ts';
import { contentsOf, differingMemories } from '../../../support/store-contents.ts';
import type { Loaded } from '../wat.ts';
import { func, load } from '../wat.ts';

/** A module twice: once for compiled code, once for the machine. */
export interface Both {
  readonly js: Loaded;
  readonly machine: Loaded;
}

export function both(text: string, imports: Readonly<Record<string, ExternVal>> = {}): Both {
  return { js: load(text, imports), machine: load(text, imports) };
}

/** An ending without the place that a trap comes from, which compiled code does not keep. */
export function placeless(ending: Ending): unknown {
  return 'site' in ending ? { ...ending, site: null } : ending;
}

/** Calls an exported function, which is compiled, in both; the outcomes and stores are equal. */
export function callBoth(
  { js, machine }: Both,
  name: string,
  args: readonly Value[] = [],
  { fuel = Infinity, locals = new Map() }: { readonly fuel?: number; readonly locals?: ThreadLocals } = {},
): CallOutcome {
  const found = func(js, name);
  expect(found.kind === 'wasm' && isEligible(found)).toBe(true);
  const options = { readings: DEFAULT_READINGS, fuel };
  const actual = callSequential(options, found, args, js.store, locals);
  const expected = runCall({ ...options, fuel: Math.min(fuel, 1e9) }, func(machine, name), args, machine.store, locals);
  expect([name, args, placeless(actual.ending)]).toEqual([name, args, placeless(expected.ending)]);
  expect(actual.locals).toEqual(expected.locals);
  if (fuel !== Infinity && actual.ending.kind === 'results') expect(actual.fuel).toBe(expected.fuel);
  expect(contentsOf(js.instance, js.store)).toEqual(contentsOf(machine.instance, machine.store));
  expect(differingMemories([js.instance, js.store], [machine.instance, machine.store])).toEqual([]);
  return actual;
}

/** The trap's reason, or the values. */
export function shortly({ ending }: CallOutcome): unknown {
  if (ending.kind === 'trap') return ending.reason;
  return ending.kind === 'results'
    ? ending.values.map((value) => (value.type === 'ref' ? value.id : 'bits' in value ? value.bits : value.value))
    : ending.kind;
}
