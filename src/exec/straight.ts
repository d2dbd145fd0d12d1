import { Bug, known } from '../base/assert.ts';
import type { Site } from '../event/request.ts';
import type { ModuleInst } from '../runtime/instance.ts';
import type { InstructionRow, SignatureType } from '../syntax/instructions.ts';
import { instructionRow } from '../syntax/instructions.ts';
import type { Immediate, PlainInstr } from '../syntax/module.ts';
import type { FuncType, ValType } from '../syntax/types.ts';
import type { Width } from './code.ts';
import { wordsOf } from './code.ts';
import type { Emitter } from './emitter.ts';
import { directOp, eventShapes, indexOf, shownBy } from './event-shapes.ts';
import type { EventSite } from './events.ts';
import type { Operand, Operands } from './operands.ts';
import type { OpName } from './ops.ts';
import { isOpName } from './ops.ts';

/** A function that is being compiled. */
export interface Compilation {
  /** An instance of its module; types are the same in all of them. */
  readonly module: ModuleInst;
  readonly type: FuncType;
  readonly emitter: Emitter;
  readonly operands: Operands;
  readonly locals: readonly { readonly word: number; readonly size: Width }[];
  readonly events: EventSite[];
}

/** Compiles an instruction after which control always goes on. */
export function compileStraight(z: Compilation, instr: PlainInstr): void {
  const { operands } = z;
  const { op, imm } = instr;
  switch (op) {
    case 'nop':
      return;
    case 'i32.const':
    case 'i64.const':
    case 'f32.const':
    case 'f64.const':
    case 'v128.const':
      return compileConstant(z, imm);
    case 'drop':
      operands.pop();
      return;
    case 'select':
      return compileSelect(z);
    case 'local.get': {
      const { word, size } = localOf(z, imm);
      operands.pushLocal(word, size);
      return;
    }
    case 'local.set':
      setLocal(z, imm);
      return;
    case 'local.tee': {
      const { word, size } = localOf(z, imm);
      const set = setLocal(z, imm);
      if (set.source.kind === 'constant') operands.pushAgain(set, size);
      else operands.pushLocal(word, size);
      return;
    }
    case 'ref.null':
      operands.pushConstant(1, 0);
      return;
    case 'ref.is_null':
      return compileUnary(z, 'i32.eqz', 1);
    case 'call':
      return compileCall(z, indexOf(imm));
    default:
      break;
  }
  const row = known(instructionRow(op), op);
  if (row.meaning.kind === 'numeric') compileNumeric(z, op);
  else compileEvents(z, instr, row);
}

function functionType(module: ModuleInst, f: number): FuncType {
  return known(module.funcs[f], 'function').type;
}

function compileConstant({ operands }: Compilation, imm: Immediate): void {
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
      return operands.pushConstant(4, ...vectorWords(imm.bytes));
    default:
      return;
  }
}

function vectorWords(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [0, 4, 8, 12].map((at) => view.getInt32(at, true));
}

function lowWord(value: bigint): number {
  return Number(BigInt.asIntN(32, value));
}

const SELECT = { 1: 'select32', 2: 'select64', 4: 'select128' } as const;

function compileSelect({ emitter, operands }: Compilation): void {
  const condition = operands.pop();
  const second = operands.pop();
  const first = operands.pop();
  const words = [first, second, condition].map((operand) => operands.read(operand));
  emitter.emit(SELECT[first.size], operands.pushPlace(first.size), ...words);
}

function localOf(z: Compilation, imm: Immediate): { readonly word: number; readonly size: Width } {
  return known(z.locals[indexOf(imm)], 'local');
}

function setLocal(z: Compilation, imm: Immediate): Operand {
  const { operands, emitter } = z;
  const { word } = localOf(z, imm);
  const operand = operands.pop();
  operands.settleLocal(word);
  const computed = operand.source.kind === 'place' && emitter.retarget(operand.word, word);
  if (!computed) operands.move(operand, word);
  return operand;
}

/** The arguments are settled where the callee's frame begins. */
function compileCall({ module, operands, emitter }: Compilation, f: number): void {
  const { params, results } = functionType(module, f);
  operands.settle();
  operands.drop(operands.height - params.length);
  emitter.emit('call', f, operands.top);
  for (const type of results) operands.pushPlace(wordsOf(type));
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

function compileNumeric(z: Compilation, op: string): void {
  const { params, results } = known(instructionRow(op)?.signature, op);
  const size = wordsOf(valueType(known(results[0], 'result')));
  if (REINTERPRETED.has(op)) z.operands.pushAgain(z.operands.pop(), size);
  else if (params.length === 1) compileUnary(z, named(op), size);
  else compileBinary(z, op, size);
}

function compileUnary({ operands, emitter }: Compilation, op: OpName, size: Width): void {
  const a = operands.read(operands.pop());
  emitter.emit(op, operands.pushPlace(size), a);
}

function compileBinary({ operands, emitter }: Compilation, op: string, size: Width): void {
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
  emitter.emit(named(op), operands.pushPlace(size), ...words);
}

/** Memories have 32 bits. */
function valueType(t: SignatureType): ValType {
  return t === 'addr' ? 'i32' : t;
}

function named(op: string): OpName {
  return known(isOpName(op) ? op : null, `operation ${op}`);
}

/**
 * A thread may be suspended at an event, with only what is live in its frame: the operands below are settled, and of its own
 * operands those that are read from their places, without gaps between them.
 */
function compileEvents(z: Compilation, instr: PlainInstr, row: InstructionRow): void {
  const { module, operands, emitter } = z;
  const { params, result } = eventSignature(module, instr, row);
  const own = Array.from({ length: params }, () => operands.pop()).reverse();
  operands.settle();
  const lastPlace = instr.op === 'fork' ? own.length - 1 : own.findLastIndex(({ source }) => source.kind !== 'local');
  const words = own.map((operand, i) => {
    if (i > lastPlace || operand.source.kind === 'place') return operands.read(operand);
    operands.move(operand, operand.word);
    return operand.word;
  });
  const last = own[lastPlace];
  const live = last === undefined ? operands.top : last.word + last.size;
  const site: Site = { ...emitter.site, shows: shownBy(instr, row, result) };
  const d = result === null ? -1 : operands.pushPlace(wordsOf(result));
  for (const shape of eventShapes(instr, row)) {
    const event = z.events.push({ ...shape, site }) - 1;
    const [a = live, b = live, c = live] = words;
    const direct = directOp(shape);
    if (direct === null) emitter.emit('event', d, event, live, a, b, c);
    else emitter.emit(direct, d, event, live, a, b, 'offset' in shape ? shape.offset | 0 : 0);
  }
}

function eventSignature(
  module: ModuleInst,
  { op, imm }: PlainInstr,
  { signature }: InstructionRow,
): { readonly params: number; readonly result: ValType | null } {
  if (signature !== null) {
    const [result = null] = signature.results;
    return { params: signature.params.length, result: result === null ? null : valueType(result) };
  }
  switch (op) {
    case 'memory.copy':
      return { params: 3, result: null };
    case 'global.get':
      return { params: 0, result: known(module.globals[indexOf(imm)], 'global').type.content };
    case 'global.set':
      return { params: 1, result: null };
    case 'fork':
      return { params: functionType(module, indexOf(imm)).params.length, result: null };
    case 'ref.func':
      return {
        params: 0,
        result: { kind: 'ref', nullable: false, heap: { kind: 'abstract', share: 'unshared', name: 'func' } },
      };
    default:
      throw new Bug(`${op} has no signature`);
  }
}
