import { known } from '../../src/base/assert.ts';
import type { InstructionRow, SignatureType } from '../../src/syntax/instructions.ts';
import { INSTRUCTIONS } from '../../src/syntax/instructions.ts';
import type { DataType } from '../../src/syntax/types.ts';
import type { Value } from '../../src/syntax/values.ts';

/** Every instruction on numbers and vectors that needs nothing of the world, with some of its immediates, and operands for it. */
export interface NumberCase {
  readonly mnemonic: string;
  /** With its immediates; also the name of its function in {@link numbersText}. */
  readonly text: string;
  readonly params: readonly DataType[];
  readonly result: DataType;
}

const SHUFFLES = [
  '0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15',
  '31 0 30 1 29 2 28 3 27 4 26 5 25 6 24 7',
  '16 16 16 16 0 0 0 0 15 15 15 15 31 31 31 31',
];

export const NUMBER_CASES: readonly NumberCase[] = INSTRUCTIONS.flatMap(casesOf);

function casesOf(row: InstructionRow): NumberCase[] {
  const { mnemonic, signature, meaning } = row;
  if ((meaning.kind !== 'numeric' && meaning.kind !== 'vector') || signature === null) return [];
  const params = signature.params.map(dataType);
  const result = dataType(known(signature.results[0], 'result'));
  return immediates(row).map((each) => ({ mnemonic, text: `${mnemonic}${each}`, params, result }));
}

function immediates({ mnemonic, immediates }: InstructionRow): readonly string[] {
  if (immediates === 'lanes') return SHUFFLES.map((lanes) => ` ${lanes}`);
  if (immediates !== 'lane') return [''];
  const lanes = Number(/x(\d+)\./.exec(mnemonic)?.[1]);
  return [...new Set([0, 1, lanes - 1])].map((lane) => ` ${lane}`);
}

function dataType(t: SignatureType): DataType {
  if (t === 'addr') throw new Error('an address');
  return t;
}

/** A module with a function for each case, of its type. */
export function numbersText(cases: readonly NumberCase[]): string {
  const functions = cases.map(({ text, params, result }) => {
    const operands = params.map((_, i) => ` (local.get ${i})`).join('');
    const types = params.map((t) => ` (param ${t})`).join('');
    return `(func (export "${text}")${types} (result ${result}) (${text}${operands}))`;
  });
  return `(module ${functions.join('\n')})`;
}

/** Where a result is bits that the specification lets an implementation choose if they are a NaN: the width of these floats. */
function nanWidth({ mnemonic }: NumberCase): 32 | 64 | null {
  const found =
    /^f(32|64)(x\d)?\.(add|sub|mul|div|sqrt|ceil|floor|trunc|nearest|min|max|relaxed_\w+|demote_\w+|promote_\w+)$/.exec(
      mnemonic,
    );
  if (found === null) return null;
  return found[1] === '32' ? 32 : 64;
}

/** The bits of a result with the canonical NaN for every NaN that is made. */
export function canonicalBits(each: NumberCase, bits: bigint): bigint {
  const width = nanWidth(each);
  if (width === null) return bits;
  const total = bitsOf(each.result);
  let canonical = 0n;
  for (let at = 0; at < total; at += width) {
    const lane = BigInt.asUintN(width, bits >> BigInt(at));
    canonical |= (isNaNBits(width, lane) ? CANONICAL[width] : lane) << BigInt(at);
  }
  return canonical;
}

const CANONICAL = { 32: 0x7fc0_0000n, 64: 0x7ff8_0000_0000_0000n };

function isNaNBits(width: 32 | 64, bits: bigint): boolean {
  return width === 32 ? (bits & 0x7fff_ffffn) > 0x7f80_0000n : (bits & 0x7fff_ffff_ffff_ffffn) > 0x7ff0_0000_0000_0000n;
}

export function bitsOf(t: DataType): number {
  return t === 'v128' ? 128 : Number(t.slice(1));
}

export function valueOfBits(t: DataType, bits: bigint): Value {
  switch (t) {
    case 'i32':
      return { type: t, value: Number(BigInt.asIntN(32, bits)) };
    case 'i64':
      return { type: t, value: BigInt.asIntN(64, bits) };
    case 'f32':
      return { type: t, bits: Number(bits) };
    case 'f64':
    case 'v128':
      return { type: t, bits };
  }
}

export function bitsOfValue(value: Value): bigint {
  switch (value.type) {
    case 'i32':
      return BigInt.asUintN(32, BigInt(value.value));
    case 'i64':
      return BigInt.asUintN(64, value.value);
    case 'f32':
      return BigInt(value.bits);
    case 'f64':
    case 'v128':
      return value.bits;
    case 'ref':
      throw new Error('a number expected');
  }
}
