import { describe, expect, test } from 'vitest';
import type { Request, Response } from '../../../src/event/request.ts';
import { callStart } from '../../../src/runtime/call-start.ts';
import type { Expr, Immediate } from '../../../src/syntax/module.ts';
import type { ValType } from '../../../src/syntax/types.ts';
import type { Value } from '../../../src/syntax/values.ts';
import { alone, c32, fn, memarg, memory, op } from './build.ts';
import { f32x4, i16x8, i32x4, i64x2, i8x16, vectorConst } from './vectors.ts';
import { semantics } from './world.ts';

/** What loads and stores of vectors ask, and what they make of the answer. */

const memories = [memory(1, 'shared', 5n), memory(2)];
const [mem, other] = memories;
const FIFTEEN = { kind: 'units', units: Uint8Array.from({ length: 16 }, (_, k) => 0xf0 + k) } as const;
const at = { start: 0, end: 0 };

/** The requests of a function, answered one by one, and its result. */
function ask(result: readonly ValType[], body: Expr, answers: readonly Response[]) {
  const machine = semantics();
  let now = machine.start(callStart(alone(fn([], result), body, { memories }), [], new Map()));
  const requests: Request[] = [now.request];
  for (const answer of answers) {
    now = machine.resume(now.state, answer);
    requests.push(now.request);
  }
  return { requests, results: now.request.kind === 'done' ? machine.completion(now.state).results : null };
}

const onLane = (lane: number, offset = 0n, index = 0): Immediate => ({
  kind: 'memarg-lane',
  memarg: { memory: index, offset, align: 1 },
  lane,
});

const units = (...u: number[]): Response => ({ kind: 'units', units: u });
const OOB: Response = { kind: 'out-of-bounds' };

describe('loads', () => {
  test('Step/vector-load asks for the bytes that it touches, in one event', () => {
    const { requests } = ask(['v128'], [c32(-16), op('v128.load', memarg(4n, 1))], []);
    const ea = 0xffff_fff0 + 4;
    expect(requests).toEqual([
      {
        kind: 'access',
        bounds: { length: other?.length, unit: 65536, end: ea + 16 },
        actions: [{ kind: 'rd', region: other?.data, offset: ea, size: 16, order: 'unord', tearFree: false }],
        site: { at, text: 'v128.load', shows: 'v128' },
      },
    ]);
  });

  test.each<[string, number, boolean, string]>([
    ['v128.load', 16, false, 'v128'],
    ['v128.load8x8_s', 8, false, 'i64'],
    ['v128.load32x2_u', 8, false, 'i64'],
    ['v128.load8_splat', 1, true, 'i8'],
    ['v128.load16_splat', 2, true, 'i16'],
    ['v128.load32_zero', 4, true, 'i32'],
    ['v128.load64_zero', 8, false, 'i64'],
  ])('Step/vector-load: %s reads %i bytes, tear-free: %s, shown as %s', (mnemonic, size, tearFree, shows) => {
    expect(ask(['v128'], [c32(16), op(mnemonic, memarg())], []).requests[0]).toMatchObject({
      actions: [{ offset: 16, size, tearFree }],
      site: { shows },
    });
  });

  test('Step/vector-load may tear where it is not aligned', () => {
    expect(ask(['v128'], [c32(2), op('v128.load32_splat', memarg())], []).requests[0]).toMatchObject({
      actions: [{ tearFree: false }],
    });
  });

  test.each<[string, number, Value]>([
    ['v128.load', 16, i32x4(-0x0c0d0e10, -0x08090a0c, -0x04050608, -0x00010204)],
    ['v128.load8x8_s', 8, i16x8(-16, -15, -14, -13, -12, -11, -10, -9)],
    ['v128.load8x8_u', 8, i16x8(240, 241, 242, 243, 244, 245, 246, 247)],
    ['v128.load16x4_s', 8, i32x4(-0x0e10, -0x0c0e, -0x0a0c, -0x080a)],
    ['v128.load16x4_u', 8, i32x4(0xf1f0, 0xf3f2, 0xf5f4, 0xf7f6)],
    ['v128.load32x2_s', 8, i64x2(-0x0c0d0e10n, -0x08090a0cn)],
    ['v128.load32x2_u', 8, i64x2(0xf3f2f1f0n, 0xf7f6f5f4n)],
    ['v128.load8_splat', 1, i8x16(-16)],
    ['v128.load16_splat', 2, i16x8(-0x0e10)],
    ['v128.load32_splat', 4, i32x4(-0x0c0d0e10)],
    ['v128.load64_splat', 8, i64x2(-0x08090a0b0c0d0e10n)],
    ['v128.load32_zero', 4, i32x4(-0x0c0d0e10, 0, 0, 0)],
    ['v128.load64_zero', 8, i64x2(-0x08090a0b0c0d0e10n, 0n)],
  ])('Step/vector-load: %s makes a vector of %i bytes', (mnemonic, n, expected) => {
    const answer: Response = { kind: 'units', units: FIFTEEN.units.slice(0, n) };
    expect(ask(['v128'], [c32(0), op(mnemonic, memarg())], [answer]).results).toEqual([expected]);
  });

  test('Step/vector-load-lane asks for the bytes of the lane and puts them into the vector', () => {
    const body = [c32(8), vectorConst(f32x4(0.5)), op('v128.load16_lane', onLane(3, 1n))];
    const { requests, results } = ask(['v128'], body, [units(0x34, 0x12)]);
    expect(requests[0]).toEqual({
      kind: 'access',
      bounds: { length: mem?.length, unit: 65536, end: 11 },
      actions: [{ kind: 'rd', region: mem?.data, offset: 9, size: 2, order: 'unord', tearFree: false }],
      site: { at, text: 'v128.load16_lane', shows: 'i16' },
    });
    expect(results).toEqual([i16x8(0, 0x3f00, 0, 0x1234, 0, 0x3f00, 0, 0x3f00)]);
  });

  test.each<[string, Expr, string]>([
    ['Step/vector-load', [c32(0), op('v128.load', memarg())], 'v128'],
    ['Step/vector-load-lane', [c32(0), vectorConst(i8x16(1)), op('v128.load64_lane', onLane(1))], 'i64'],
  ])('%s traps out of bounds', (_, body, shows) => {
    const { requests } = ask(['v128'], body, [OOB]);
    expect(requests[1]).toMatchObject({ kind: 'trap', reason: 'out of bounds memory access', site: { shows } });
  });
});

describe('stores', () => {
  test('Step/vector-store writes all bytes in one event', () => {
    const { requests, results } = ask(
      [],
      [c32(4), vectorConst(i8x16(1, 2, 3, 4)), op('v128.store', memarg(2n, 1))],
      [units()],
    );
    expect(requests[0]).toEqual({
      kind: 'access',
      bounds: { length: other?.length, unit: 65536, end: 22 },
      actions: [
        {
          kind: 'wr',
          region: other?.data,
          offset: 6,
          size: 16,
          order: 'unord',
          tearFree: false,
          written: Uint8Array.from([1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4]),
        },
      ],
      site: { at, text: 'v128.store', shows: null },
    });
    expect(results).toEqual([]);
  });

  test.each<[string, number, number[], boolean]>([
    ['v128.store8_lane', 15, [15], true],
    ['v128.store16_lane', 6, [12, 13], true],
    ['v128.store32_lane', 1, [4, 5, 6, 7], true],
    ['v128.store64_lane', 1, [8, 9, 10, 11, 12, 13, 14, 15], false],
  ])('Step/vector-store-lane: %s of lane %i writes %o', (mnemonic, lane, written, tearFree) => {
    const vector = i8x16(...Array.from({ length: 16 }, (_, k) => k));
    const { requests } = ask([], [c32(16), vectorConst(vector), op(mnemonic, onLane(lane))], []);
    expect(requests[0]).toMatchObject({
      bounds: { end: 16 + written.length },
      actions: [{ kind: 'wr', offset: 16, size: written.length, tearFree, written: Uint8Array.from(written) }],
    });
  });

  test.each<[string, Expr]>([
    ['Step/vector-store', [c32(0), vectorConst(i8x16(1)), op('v128.store', memarg())]],
    ['Step/vector-store-lane', [c32(0), vectorConst(i8x16(1)), op('v128.store8_lane', onLane(0))]],
  ])('%s traps out of bounds', (_, body) => {
    expect(ask([], body, [OOB]).requests[1]).toMatchObject({ kind: 'trap', reason: 'out of bounds memory access' });
  });
});
