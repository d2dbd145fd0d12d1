import { known } from '../base/assert.ts';
import { instructionRow } from '../syntax/instructions.ts';
import type { Immediate, PlainInstr } from '../syntax/module.ts';
import type { Width } from './code.ts';
import type { Compilation } from './compilation.ts';
import { compileCall } from './compile-calls.ts';
import { compileEvents } from './compile-events.ts';
import { compileReference } from './compile-references.ts';
import { compileConstant, compilePure } from './numeric.ts';
import type { Operand } from './operands.ts';
import { indexOf } from './plan.ts';
import { afterVectorAccess, beforeVectorAccess } from './vector-access.ts';

/** Compiles an instruction after which control always goes on. */
export function compileStraight(z: Compilation, instr: PlainInstr): void {
  const { operands } = z;
  const { op, imm } = instr;
  switch (op) {
    case 'nop':
    case 'pause':
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
    case 'call':
    case 'call_indirect':
    case 'call_ref':
      return compileCall(z, instr);
    default:
      break;
  }
  if (compileReference(z, instr)) return;
  const row = known(instructionRow(op), op);
  switch (row.meaning.kind) {
    case 'numeric':
    case 'vector':
      return compilePure(z, instr, row);
    case 'vector-load':
    case 'vector-store':
      beforeVectorAccess(z, instr, row);
      compileEvents(z, instr);
      return afterVectorAccess(z, instr, row);
    default:
      return compileEvents(z, instr);
  }
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
