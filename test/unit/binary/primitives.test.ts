import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Malformed } from '../../../src/binary/malformed.ts';
import { Reader } from '../../../src/binary/reader.ts';
import { Writer } from '../../../src/binary/writer.ts';
import { hex, toHex } from './bytes.ts';

const SEED = 20_261_126;

function complaint(bytes: string, read: (r: Reader) => unknown): string {
  try {
    read(new Reader(hex(bytes)));
    return 'none';
  } catch (error) {
    if (error instanceof Malformed) return error.message;
    throw error;
  }
}

describe('integers', () => {
  const kinds = [
    ['u32', fc.nat({ max: 2 ** 32 - 1 })],
    ['s32', fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })],
  ] as const;
  for (const [kind, numbers] of kinds)
    test(`${kind} reads what was written`, () => {
      fc.assert(
        fc.property(numbers, (n) => {
          const w = new Writer();
          w[kind](n);
          expect(new Reader(w.bytes)[kind]('n')).toBe(n);
        }),
        { seed: SEED },
      );
    });

  const bigKinds = [
    ['u64', fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })],
    ['s64', fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
  ] as const;
  for (const [kind, numbers] of bigKinds)
    test(`${kind} reads what was written`, () => {
      fc.assert(
        fc.property(numbers, (n) => {
          const w = new Writer();
          w[kind](n);
          expect(new Reader(w.bytes)[kind]('n')).toBe(n);
        }),
        { seed: SEED },
      );
    });

  test('s33 reads every index', () => {
    for (const index of [0, 0x3f, 0x40, 0x7f, 0x80, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]) {
      const w = new Writer();
      w.s33(index);
      expect(new Reader(w.bytes).s33('index')).toBe(index);
    }
  });

  test('longest forms are read', () => {
    expect(new Reader(hex('83 80 80 80 00')).u32('n')).toBe(3);
    expect(new Reader(hex('fd ff ff ff 7f')).s32('n')).toBe(-3);
    expect(new Reader(hex('fd ff ff ff 7f')).s33('n')).toBe(-3);
    expect(new Reader(hex('80 80 80 80 08')).u32('n')).toBe(2 ** 31);
    expect(new Reader(hex('83 80 80 80 80 80 80 80 80 00')).u64('n')).toBe(3n);
    expect(new Reader(hex('fd ff ff ff ff ff ff ff ff 7f')).s64('n')).toBe(-3n);
    expect(new Reader(hex('ff ff ff ff ff ff ff ff ff 01')).u64('n')).toBe(2n ** 64n - 1n);
  });

  test('integers with too many bits or bytes are malformed', () => {
    expect(complaint('80 80 80 80 10', (r) => r.u32('n'))).toBe('integer too large');
    expect(complaint('80 80 80 80 80 00', (r) => r.u32('n'))).toBe('integer representation too long');
    expect(complaint('ff ff ff ff 0f', (r) => r.s32('n'))).toBe('integer too large');
    expect(complaint('ff ff ff ff ff 7f', (r) => r.s32('n'))).toBe('integer representation too long');
    expect(complaint('80 80 80 80 20', (r) => r.s33('n'))).toBe('integer too large');
    expect(complaint('80 80 80 80 80 80 80 80 80 02', (r) => r.u64('n'))).toBe('integer too large');
    expect(complaint('80 80 80 80 80 80 80 80 80 01', (r) => r.s64('n'))).toBe('integer too large');
    expect(complaint('80 80 80 80 80 80 80 80 80 80 00', (r) => r.s64('n'))).toBe('integer representation too long');
  });

  test('an integer that the bytes end in is malformed', () => {
    for (const read of ['u32', 's32', 's33', 'u64', 's64'] as const)
      expect(complaint('80 80', (r) => r[read]('n'))).toBe('unexpected end of section or function');
  });
});

describe('floats', () => {
  test('bits are kept, those of signalling NaNs too', () => {
    const w = new Writer();
    w.f32(0x7fa00001);
    w.f64(0x7ff4000000000001n);
    expect(toHex(w.bytes)).toBe('01 00 a0 7f 01 00 00 00 00 00 f4 7f');
    const r = new Reader(w.bytes);
    expect(r.f32('f')).toBe(0x7fa00001);
    expect(r.f64('f')).toBe(0x7ff4000000000001n);
  });
});

describe('names', () => {
  test('names are UTF-8, a byte order mark included', () => {
    for (const name of ['', 'a', 'λ', '\ufeffa', '\u{1f600}', 'x'.repeat(100), `${'x'.repeat(100)}é`]) {
      const w = new Writer();
      w.name(name);
      expect(new Reader(w.bytes).name('name')).toBe(name);
    }
  });

  test('other bytes are malformed', () => {
    expect(complaint('01 ff', (r) => r.name('name'))).toBe('malformed UTF-8 encoding');
    expect(complaint('03 ed a0 80', (r) => r.name('name'))).toBe('malformed UTF-8 encoding');
    expect(complaint('05 61', (r) => r.name('name'))).toBe('length out of bounds');
  });
});
