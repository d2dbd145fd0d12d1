import { known } from '../base/assert.ts';
import type { InstructionRow } from '../syntax/instructions.ts';
import type { PlainInstr } from '../syntax/module.ts';
import type { ValType } from '../syntax/types.ts';
import { wordsOf } from './code.ts';
import type { Compilation } from './compilation.ts';
import { compileByNumber } from './numeric.ts';

/**
 * Vector loads and stores, compiled to accesses of as many bytes as they touch, with other operations before or after: a load of a lane is a
 * load of a number that then replaces the lane, a splat one that is then spread, and a store of a lane is one of the number extracted from it.
 */

/** What the access itself takes and gives, where the instruction is such an access. */
export function vectorAccess(
  { op }: PlainInstr,
  { meaning }: InstructionRow,
): { readonly params: number; readonly result: ValType | null } | null {
  if (meaning.kind === 'vector-store') return { params: 2, result: null };
  if (meaning.kind !== 'vector-load') return null;
  // The rest of the vector is zero, as the rest of a word is for other loads.
  if (op === 'v128.load' || op.endsWith('_zero')) return { params: 1, result: 'v128' };
  return { params: 1, result: numberOf(meaning.bytes) };
}

/** Puts the operands on the stack that the access takes. */
export function beforeVectorAccess(z: Compilation, { imm }: PlainInstr, { meaning }: InstructionRow): void {
  if (imm.kind !== 'memarg-lane') return;
  const vector = swapTopTwo(z);
  if (meaning.kind !== 'vector-store') return;
  z.operands.pushLocal(vector, 4);
  const extract = meaning.bytes < 4 ? 'extract_lane_u' : 'extract_lane';
  compileByNumber(z, `${shapeOf(meaning.bytes)}.${extract}`, 1, imm.lane, wordsOf(numberOf(meaning.bytes)));
}

/** Makes the instruction's result of the number that was loaded, and leaves the vector whose lane was stored. */
export function afterVectorAccess(z: Compilation, { op, imm }: PlainInstr, { meaning }: InstructionRow): void {
  if (meaning.kind === 'vector-store' && imm.kind === 'memarg-lane') z.operands.pop();
  if (meaning.kind !== 'vector-load') return;
  const shape = shapeOf(meaning.bytes);
  const [, from, sign] = /load(8x8|16x4|32x2)_([su])$/.exec(op) ?? [];
  if (imm.kind === 'memarg-lane') compileByNumber(z, `${shape}.replace_lane`, 2, imm.lane, 4);
  else if (op.endsWith('_splat')) compileByNumber(z, `${shape}.splat`, 1, null, 4);
  else if (from !== undefined) compileByNumber(z, `${known(EXTENDED[from], from)}_${sign}`, 1, null, 4);
}

const EXTENDED: Readonly<Record<string, string>> = {
  '8x8': 'i16x8.extend_low_i8x16',
  '16x4': 'i32x4.extend_low_i16x8',
  '32x2': 'i64x2.extend_low_i32x4',
};

/**
 * An address and a vector become the vector and the address, for the vector to be kept while the address is used: a state holds all operands
 * of what it asks. Where the vector is now.
 */
function swapTopTwo({ operands, emitter }: Compilation): number {
  const vector = operands.pop();
  const address = operands.pop();
  const { word, size, source } = address;
  // Where neither of them is, before or after.
  const aside = word + 8;
  if (source.kind === 'place') operands.move(address, aside);
  operands.move(vector, word);
  operands.pushPlace(4);
  if (source.kind !== 'place') operands.pushAgain(address, size);
  else emitter.emit(size === 1 ? 'move32' : 'move64', operands.pushPlace(size), aside);
  operands.reserve(aside + size);
  return word;
}

function numberOf(bytes: number): 'i32' | 'i64' {
  return bytes === 8 ? 'i64' : 'i32';
}

function shapeOf(bytes: number): string {
  return `i${bytes * 8}x${16 / bytes}`;
}
