import { assert, bigInt, integer, oneof, property } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import { fromUnits, toUnits, unitsOfType } from '../../../src/runtime/value-units.ts';
import type { Value } from '../../../src/syntax/values.ts';
import { i32, i64 } from './support.ts';

const values: Arbitrary<Value> = oneof(
  integer().map(i32),
  bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(i64),
  integer({ min: 0, max: 2 ** 32 - 1 }).map((bits): Value => ({ type: 'f32', bits })),
  bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((bits): Value => ({ type: 'f64', bits })),
);

test('a value is what its units are, whatever holds them', () => {
  assert(
    property(values, (value) => {
      if (value.type === 'ref') return;
      const units = toUnits(value);
      expect(units.length).toBe(unitsOfType(value.type));
      expect(fromUnits(value.type, units)).toEqual(value);
      expect(fromUnits(value.type, Uint8Array.from(units as readonly number[]))).toEqual(value);
    }),
    { seed: 7, numRuns: 300 },
  );
});

test('bytes are little-endian, a reference is one unit', () => {
  expect(toUnits(i32(-2))).toEqual([254, 255, 255, 255]);
  expect(fromUnits('i64', { fill: 0, length: 8 })).toEqual(i64(0n));
  expect(toUnits({ type: 'ref', id: 300 })).toEqual([300]);
  const funcref = { kind: 'ref', nullable: true, heap: { kind: 'abstract', share: 'unshared', name: 'func' } } as const;
  expect(fromUnits(funcref, [300])).toEqual({ type: 'ref', id: 300 });
});
