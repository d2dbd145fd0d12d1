import { Bug, known } from '../base/assert.ts';
import type { Site } from '../event/request.ts';
import type { ModuleInst } from '../runtime/instance.ts';
import type { InstructionRow, SignatureType } from '../syntax/instructions.ts';
import { instructionRow } from '../syntax/instructions.ts';
import type { Immediate, PlainInstr } from '../syntax/module.ts';
import type { FuncType, ValType } from '../syntax/types.ts';
import type { Width } from './code.ts';
import { wordsOf } from './code.ts';
import type { Compilation } from './compilation.ts';
import { directOp, eventShapes, indexOf, shownBy } from './event-shapes.ts';
import type { Operand } from './operands.ts';
import { compileConstant, compilePure, compileUnary } from './numeric.ts';
import { afterVectorAccess, beforeVectorAccess, vectorAccess } from './vector-access.ts';

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
  switch (row.meaning.kind) {
    case 'numeric':
    case 'vector':
      return compilePure(z, instr, row);
    case 'vector-load':
    case 'vector-store':
      beforeVectorAccess(z, instr, row);
      compileEvents(z, instr, row);
      return afterVectorAccess(z, instr, row);
    default:
      return compileEvents(z, instr, row);
  }
}

function functionType(module: ModuleInst, f: number): FuncType {
  return known(module.funcs[f], 'function').type;
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

/** Memories have 32 bits. */
function valueType(t: SignatureType): ValType {
  return t === 'addr' ? 'i32' : t;
}

/**
 * A thread may be suspended at an event, with only what is live in its frame: the operands below are settled, and of its own
 * operands those that are read from their places, without gaps between them.
 */
function compileEvents(z: Compilation, instr: PlainInstr, row: InstructionRow): void {
  const { module, operands, emitter } = z;
  const { params, result } = vectorAccess(instr, row) ?? eventSignature(module, instr, row);
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
