import { known } from '../base/assert.ts';
import type { InstructionRow } from '../syntax/instructions.ts';
import type { Immediate, PlainInstr } from '../syntax/module.ts';
import type { Width } from './code.ts';
import { wordsOf } from './code.ts';
import type { Compilation } from './compilation.ts';
import type { OpName } from './ops.ts';
import { isOpName } from './ops.ts';
import { pureNumber } from './pure/table.ts';

/** Compiling constants, and instructions on numbers and vectors that need nothing of the world. */

export function compileConstant({ operands }: Compilation, imm: Immediate): void {
  switch (imm.kind) {
    case 'i32':
      return operands.pushConstant(1, imm.value);
    case 'f32':
      return operands.pushConstant(1, imm.bits | 0);
    case 'i64':
      return operands.pushConstant(2, lowWord(imm.value), lowWord(imm.value >> 32n));
    case 'f64':
      return operands.pushConstant(2, lowWord(imm.bits), lowWord(imm.bits >> 32n));
    case 'v128':
      return operands.pushConstant(4, ...wordsOfBytes(imm.bytes));
    default:
      return;
  }
}

function lowWord(value: bigint): number {
  return Number(BigInt.asIntN(32, value));
}

/** Four bytes to a word. */
function wordsOfBytes(bytes: ArrayLike<number>): number[] {
  return [0, 4, 8, 12].map((at) => [3, 2, 1, 0].reduce((word, i) => (word << 8) | known(bytes[at + i], 'byte'), 0));
}

/** Conversions that leave the low words as they are. */
const REINTERPRETED: ReadonlySet<string> = new Set([
  'i32.wrap_i64',
  'i32.reinterpret_f32',
  'i64.reinterpret_f64',
  'f32.reinterpret_i32',
  'f64.reinterpret_i64',
]);

const COMMUTATIVE: ReadonlySet<string> = new Set([
  'i32.add',
  'i32.mul',
  'i32.and',
  'i32.or',
  'i32.xor',
  'i32.eq',
  'i32.ne',
]);

export function compilePure(z: Compilation, { op, imm }: PlainInstr, { signature }: InstructionRow): void {
  const { params, results } = known(signature, op);
  const result = known(results[0], 'result');
  const size = result === 'addr' ? 1 : wordsOf(result);
  if (REINTERPRETED.has(op)) compileLowWords(z, size);
  else if (imm.kind === 'lanes') compileShuffle(z, imm.lanes);
  else if (!isOpName(op)) compileByNumber(z, op, params.length, imm.kind === 'index' ? imm.x : null, size);
  else if (params.length === 1) compileUnary(z, op, size);
  else compileBinary(z, op, size);
}

function compileLowWords({ operands, emitter }: Compilation, size: Width): void {
  const operand = operands.pop();
  // What wrote more words cannot write them to a narrower local.
  if (size < operand.size) emitter.seal();
  operands.pushAgain(operand, size);
}

export function compileUnary({ operands, emitter }: Compilation, op: OpName, size: Width): void {
  const a = operands.read(operands.pop());
  emitter.emit(op, operands.pushPlace(size), a);
}

function compileBinary({ operands, emitter }: Compilation, op: OpName, size: Width): void {
  const second = operands.pop();
  const first = operands.pop();
  const swapped = COMMUTATIVE.has(op) && first.source.kind === 'constant';
  const [a, b] = swapped ? [second, first] : [first, second];
  const literal = b.source.kind === 'constant' ? known(b.source.words[0], 'word') : null;
  const immediate = op === 'i32.sub' ? 'i32.add#' : `${op}#`;
  if (literal !== null && isOpName(immediate)) {
    const word = operands.read(a);
    emitter.emit(immediate, operands.pushPlace(size), word, op === 'i32.sub' ? -literal | 0 : literal);
    return;
  }
  const words = [operands.read(first), operands.read(second)];
  emitter.emit(op, operands.pushPlace(size), ...words);
}

const BY_NUMBER: readonly OpName[] = ['pure1', 'pure2', 'pure3'];
const BY_NUMBER_WITH_LITERAL: readonly OpName[] = ['pure1#', 'pure2#'];

/** An operation of the table of functions, on so many operands and perhaps a lane. */
export function compileByNumber(
  { operands, emitter }: Compilation,
  mnemonic: string,
  params: number,
  lane: number | null,
  size: Width,
): void {
  const own = Array.from({ length: params }, () => operands.pop()).reverse();
  const words = own.map((operand) => operands.read(operand));
  const op = known((lane === null ? BY_NUMBER : BY_NUMBER_WITH_LITERAL)[params - 1], 'operation');
  const number = known(pureNumber(mnemonic), mnemonic);
  emitter.emit(op, operands.pushPlace(size), number, ...words, ...(lane === null ? [] : [lane]));
}

function compileShuffle({ operands, emitter }: Compilation, lanes: readonly number[]): void {
  const second = operands.pop();
  const first = operands.pop();
  const words = [operands.read(first), operands.read(second)];
  emitter.emit('shuffle', operands.pushPlace(4), ...words, ...wordsOfBytes(lanes));
}
