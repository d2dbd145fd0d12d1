import { describe, expect, test } from 'vitest';
import { signatureOf } from '../../support/executed.ts';
import { INSTRUCTIONS } from '../../../src/syntax/instructions.ts';
import type { NumType } from '../../../src/syntax/types.ts';
import { alone, atomic, fn, memarg, memory, op } from './build.ts';
import { nativeResult, random, samples, toNative, valueFromBits } from './samples.ts';
import { native } from './v8.ts';
import { run, World } from './world.ts';

const ROWS = INSTRUCTIONS.filter(({ meaning }) => ['load', 'store', 'rmw', 'cmpxchg'].includes(meaning.kind));
const engine = native(ROWS.map((row) => row.mnemonic));
const mem = memory(1);
const PAGE_END = 65536;

/** Results and the bytes that are in memory afterwards, or that it trapped. */
type Outcome = { readonly results: readonly unknown[]; readonly bytes: readonly number[] } | 'trap';

const WINDOW = 40;

/** Where the bytes start that a test sets and looks at: those around the address, or the page's last. */
function windowOf(address: number): number {
  return Math.min(Math.max(0, address - 16), PAGE_END - WINDOW);
}

/** The engine's outcome on a memory that holds `before` around the address. */
function nativeOutcome(
  mnemonic: string,
  types: readonly NumType[],
  bits: readonly bigint[],
  before: readonly number[],
): Outcome {
  const from = windowOf(Number(bits[0]));
  engine.memory.set(before, from);
  try {
    const result = engine.call(
      mnemonic,
      types.map((t, i) => toNative(t, bits[i] ?? 0n)),
    );
    return {
      results: result === undefined ? [] : [result],
      bytes: Array.from(engine.memory.slice(from, from + WINDOW)),
    };
  } catch {
    return 'trap';
  }
}

function ourOutcome(
  mnemonic: string,
  types: readonly NumType[],
  bits: readonly bigint[],
  before: readonly number[],
): Outcome {
  const from = windowOf(Number(bits[0]));
  const world = new World();
  world.write(mem.length, 0, [1]);
  world.write(mem.data, from, before);
  const row = ROWS.find((r) => r.mnemonic === mnemonic);
  const imm = row?.immediates === 'memarg' ? memarg() : atomic();
  const body = [...types.map((_, i) => op('local.get', i)), op(mnemonic, imm)];
  const func = alone(fn(types, signatureOf(row)?.results ?? []), body, { memories: [mem] });
  const ran = run(
    func,
    types.map((t, i) => valueFromBits(t, bits[i] ?? 0n)),
    { world },
  );
  if (ran.results === null) return 'trap';
  return {
    results: ran.results.map(nativeResult),
    bytes: [...world.read({ region: mem.data, offset: from, size: WINDOW })],
  };
}

describe('memory accesses agree with the engine, in results, bytes and traps', () => {
  const next = random(0x1234_5678_9abc_def1n);
  const addresses = [
    0n,
    3n,
    4n,
    8n,
    16n,
    1024n,
    65527n,
    65528n,
    65532n,
    65534n,
    65535n,
    65536n,
    0xffff_fff8n,
    0xffff_ffffn,
  ];
  test.each(ROWS.map((row) => row.mnemonic))('%s', (mnemonic) => {
    const row = ROWS.find((r) => r.mnemonic === mnemonic);
    const types = signatureOf(row)?.params ?? [];
    const bytes = row !== undefined && 'bytes' in row.meaning ? row.meaning.bytes : 0;
    const cases = addresses.flatMap((address) => {
      const before = Array.from({ length: WINDOW }, () => Number(next() >> 56n));
      const operands = types.slice(1).map((t) => samples(t, 3, next).at(-1) ?? 0n);
      const at = Number(address) - windowOf(Number(address));
      const here = before.slice(at, at + bytes).reduceRight((sum, b) => sum * 256n + BigInt(b), 0n);
      /** A compare-exchange that succeeds, with rubbish above its width. */
      const matching =
        operands.length === 2
          ? [[address, here + (bytes < 8 ? (1n << BigInt(bytes * 8)) * 5n : 0n), operands[1] ?? 0n]]
          : [];
      return [[address, ...operands], ...matching].map((bits) => ({ bits, before }));
    });
    for (const { bits, before } of cases) {
      const wrapped = bits.map((b, i) => BigInt.asUintN(types[i] === 'i32' || types[i] === 'f32' ? 32 : 64, b));
      expect({ bits, outcome: ourOutcome(mnemonic, types, wrapped, before) }).toEqual({
        bits,
        outcome: nativeOutcome(mnemonic, types, wrapped, before),
      });
    }
    expect(cases.length).toBeGreaterThanOrEqual(addresses.length);
  });
});
