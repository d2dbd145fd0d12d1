import { assert, property } from 'fast-check';
import { expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import type { FuncSource } from '../unit/semantics/build.ts';
import { encodeModule } from '../unit/semantics/encode.ts';
import { programs, TYPES } from '../unit/semantics/generate.ts';
import { instantiate } from '../unit/semantics/v8.ts';
import { run } from '../unit/semantics/world.ts';

/** The engine's words for traps. */
const REASONS: Readonly<Record<string, string>> = {
  unreachable: 'unreachable',
  'divide by zero': 'integer divide by zero',
  'remainder by zero': 'integer divide by zero',
  'divide result unrepresentable': 'integer overflow',
  'float unrepresentable': 'conversion',
};

function reasonOf(message: string): string {
  return known(
    Object.entries(REASONS).find(([theirs]) => message.includes(theirs)),
    message,
  )[1];
}

/** The engine has one word for the two ways in which a conversion is undefined. */
function ownReason(reason: string, theirs: number | string): string {
  const conversion = reason === 'invalid conversion to integer' || reason === 'integer overflow';
  return theirs === 'conversion' && conversion ? 'conversion' : reason;
}

function engineOutcome(funcs: readonly FuncSource[], args: readonly number[]): number | string {
  const exported = instantiate(encodeModule(TYPES, funcs)).exports['f1'] as (...args: number[]) => number;
  try {
    return exported(...args);
  } catch (error) {
    return reasonOf((error as Error).message);
  }
}

test('Step/br, Step/loop and all that asks nothing agree with the engine on random functions', () => {
  const seen = { results: 0, traps: 0 };
  assert(
    property(programs, ({ funcs, instance, args }) => {
      const ran = run(known(instance.funcs[1], 'function'), args, { fuel: 1_000_000 });
      const theirs = engineOutcome(
        funcs,
        args.map((arg) => (arg.type === 'i32' ? arg.value : 0)),
      );
      const [result] = ran.results ?? [];
      expect(result?.type === 'i32' ? result.value : ownReason(ran.trap ?? 'none', theirs)).toBe(theirs);
      seen[ran.trap === null ? 'results' : 'traps'] += 1;
    }),
    { seed: 20260101, numRuns: 600 },
  );
  expect(seen.results).toBeGreaterThan(100);
  expect(seen.traps).toBeGreaterThan(10);
});
