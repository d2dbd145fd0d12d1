import { describe, expect, test } from 'vitest';
import {
  matchesPattern,
  matchesPatterns,
  printPatterns,
  printValues,
  sameMessage,
} from '../../../src/runtime/patterns.ts';
import { Refs } from '../../../src/runtime/references.ts';
import type { ResultPattern } from '../../../src/syntax/script.ts';
import type { Value } from '../../../src/syntax/values.ts';
import { i32, i64 } from './support.ts';

const REFS = new Refs();
const value = (v: Value): ResultPattern => ({ kind: 'value', value: v });
const f32 = (bits: number): Value => ({ type: 'f32', bits });
const f64 = (bits: bigint): Value => ({ type: 'f64', bits });
const nan = (type: 'f32' | 'f64', kind: 'canonical' | 'arithmetic'): ResultPattern => ({
  kind: 'nan',
  type,
  nan: kind,
});

describe('results match patterns', () => {
  test('values bit by bit and type by type', () => {
    expect(matchesPattern(value(i32(1)), i32(1), REFS)).toBe(true);
    expect(matchesPattern(value(i32(1)), i64(1n), REFS)).toBe(false);
    expect(matchesPattern(value(f32(0)), f32(0x80000000), REFS)).toBe(false);
    expect(matchesPattern(value({ type: 'ref', id: 0 }), { type: 'ref', id: 0 }, REFS)).toBe(true);
    expect(matchesPattern(value({ type: 'ref', id: 0 }), { type: 'ref', id: 3 }, REFS)).toBe(false);
  });

  test.each([
    ['f32 canonical', nan('f32', 'canonical'), f32(0x7fc00000), true],
    ['f32 canonical, negative', nan('f32', 'canonical'), f32(0xffc00000), true],
    ['f32 canonical, other payload', nan('f32', 'canonical'), f32(0x7fc00001), false],
    ['f32 arithmetic, other payload', nan('f32', 'arithmetic'), f32(0x7fc00001), true],
    ['f32 arithmetic, signalling', nan('f32', 'arithmetic'), f32(0x7fa00000), false],
    ['f32 infinity', nan('f32', 'arithmetic'), f32(0x7f800000), false],
    ['f64 canonical', nan('f64', 'canonical'), f64(0x7ff8000000000000n), true],
    ['f64 arithmetic', nan('f64', 'arithmetic'), f64(0xfff8000000000123n), true],
    ['f64 canonical, other payload', nan('f64', 'canonical'), f64(0x7ff8000000000123n), false],
    ['an f64 where an f32 is wanted', nan('f32', 'canonical'), f64(0x7ff8000000000000n), false],
  ])('nan: %s', (_, pattern, v, matches) => {
    expect(matchesPattern(pattern, v, REFS)).toBe(matches);
  });

  test('vectors lane by lane', () => {
    const lanes: ResultPattern = {
      kind: 'vector',
      shape: 'f32x4',
      lanes: [
        { kind: 'bits', bits: 1n },
        { kind: 'nan', nan: 'canonical' },
        { kind: 'bits', bits: 0n },
        { kind: 'nan', nan: 'arithmetic' },
      ],
    };
    const vector = (bits: bigint): Value => ({ type: 'v128', bits });
    expect(matchesPattern(lanes, vector(0x7fc00001_00000000_7fc00000_00000001n), REFS)).toBe(true);
    expect(matchesPattern(lanes, vector(0x7fc00001_00000000_7fc00001_00000001n), REFS)).toBe(false);
    expect(matchesPattern(lanes, vector(0x7fc00001_00000000_7fc00000_00000002n), REFS)).toBe(false);
  });

  test('references by what they are to', () => {
    const host = REFS.host(4);
    const i31: Value = { type: 'ref', id: -5 };
    const ref = (heap: 'any' | 'eq' | 'i31' | 'struct' | 'func' | 'extern'): ResultPattern => ({
      kind: 'ref',
      heap,
      share: 'unshared',
    });
    const number = (n: number): ResultPattern => ({ kind: 'host-ref', of: 'extern', host: n });
    expect([number(4), number(5), ref('extern'), ref('eq')].map((p) => matchesPattern(p, host, REFS))).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(
      [ref('i31'), ref('eq'), ref('struct'), ref('func'), { kind: 'null' } as const].map((p) =>
        matchesPattern(p, i31, REFS),
      ),
    ).toEqual([true, true, false, false, false]);
  });

  test('either', () => {
    const either: ResultPattern = { kind: 'either', choices: [value(i32(0)), value(i32(42))] };
    expect([0, 1, 42].map((n) => matchesPattern(either, i32(n), REFS))).toEqual([true, false, true]);
    expect(printPatterns([either, nan('f32', 'canonical')])).toBe('(either i32 0, i32 42), f32 nan:canonical');
  });

  test('lists of the same length only', () => {
    expect(matchesPatterns([value(i32(1))], [], REFS)).toBe(false);
    expect(matchesPatterns([], [i32(1)], REFS)).toBe(false);
    expect(matchesPatterns([], [], REFS)).toBe(true);
    expect(printValues([])).toBe('nothing');
  });

  test('messages match if one begins with the other', () => {
    expect(sameMessage('out of bounds memory access', 'out of bounds')).toBe(true);
    expect(sameMessage('unreachable', 'unreachable executed')).toBe(true);
    expect(sameMessage('unreachable', 'integer overflow')).toBe(false);
  });
});
