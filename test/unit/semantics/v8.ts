import { instructionRow } from '../../../src/syntax/instructions.ts';
import type { NumType } from '../../../src/syntax/types.ts';
import { signatureOf } from '../../support/executed.ts';

/**
 * Single instructions run by the engine underneath, as an oracle: a Wasm binary with one function per instruction. Floats
 * cross the border as their bits, since JavaScript may change a NaN.
 */
export const CODE: Readonly<Record<NumType, number>> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c };
const AS_INT: Readonly<Record<NumType, 'i32' | 'i64'>> = { i32: 'i32', i64: 'i64', f32: 'i32', f64: 'i64' };
const FROM_INT: Readonly<Partial<Record<NumType, number>>> = { f32: 0xbe, f64: 0xbf };
const TO_INT: Readonly<Partial<Record<NumType, number>>> = { f32: 0xbc, f64: 0xbd };

/** What is used of the global `WebAssembly`, which the ES library does not declare. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Readonly<Record<string, unknown>> };
}
const api = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;

export function instantiate(bytes: Uint8Array): { readonly exports: Readonly<Record<string, unknown>> } {
  return new api.Instance(new api.Module(bytes));
}

export interface Native {
  readonly call: (mnemonic: string, args: readonly (number | bigint)[]) => number | bigint | undefined;
  readonly memory: Uint8Array;
}

/** The numeric instruction or memory access of each mnemonic, on one shared memory of one page. */
export function native(mnemonics: readonly string[]): Native {
  const rows = mnemonics.map((mnemonic) => {
    const row = instructionRow(mnemonic);
    const signature = signatureOf(row);
    if (row === undefined || signature === null) throw new Error(mnemonic);
    return { mnemonic, signature, opcode: row.opcode, alignment: alignment(row.meaning) };
  });
  const types = rows.map(({ signature }) => [
    0x60,
    ...vector(signature.params.map((t) => [CODE[AS_INT[t]]])),
    ...vector(signature.results.map((t) => [CODE[AS_INT[t]]])),
  ]);
  const bodies = rows.map(({ signature, opcode, alignment }) => {
    const operands = signature.params.flatMap((t, i) => [0x20, i, ...optional(FROM_INT[t])]);
    const results = signature.results.flatMap((t) => optional(TO_INT[t]));
    const body = [
      0,
      ...operands,
      ...opcode.slice(0, 1),
      ...opcode.slice(1).flatMap(leb),
      ...(alignment === null ? [] : [alignment, 0]),
      ...results,
      0x0b,
    ];
    return [...leb(body.length), ...body];
  });
  const exports = rows.map(({ mnemonic }, i) => [...name(mnemonic), 0x00, ...leb(i)]);
  const bytes = Uint8Array.from([
    0x00,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    ...section(1, vector(types)),
    ...section(3, vector(rows.map((_, i) => leb(i)))),
    ...section(5, vector([[0x03, 1, 1]])),
    ...section(7, vector([...exports, [...name('memory'), 0x02, 0]])),
    ...section(10, vector(bodies)),
  ]);
  const instance = instantiate(bytes);
  const functions = instance.exports as Record<string, (...args: (number | bigint)[]) => number | bigint | undefined>;
  const memory = new Uint8Array((instance.exports['memory'] as { readonly buffer: SharedArrayBuffer }).buffer);
  return { call: (mnemonic, args) => functions[mnemonic]?.(...args), memory };
}

/** Natural alignment's logarithm, for accesses. */
function alignment(meaning: NonNullable<ReturnType<typeof instructionRow>>['meaning']): number | null {
  return 'bytes' in meaning ? Math.log2(meaning.bytes) : null;
}

function optional(byte: number | undefined): number[] {
  return byte === undefined ? [] : [byte];
}

export function section(id: number, content: number[]): number[] {
  return [id, ...leb(content.length), ...content];
}

export function vector(items: readonly (readonly number[])[]): number[] {
  return [...leb(items.length), ...items.flat()];
}

export function name(text: string): number[] {
  const bytes = [...new TextEncoder().encode(text)];
  return [...leb(bytes.length), ...bytes];
}

export function leb(n: number): number[] {
  return n < 0x80 ? [n] : [(n & 0x7f) | 0x80, ...leb(n >>> 7)];
}
