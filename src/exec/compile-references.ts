import { assert, known } from '../base/assert.ts';
import { instructionRow } from '../syntax/instructions.ts';
import type { PlainInstr } from '../syntax/module.ts';
import type { RefType } from '../syntax/types.ts';
import { i31Id } from '../syntax/values.ts';
import { closeType } from './casts.ts';
import type { Compilation } from './compilation.ts';
import { compilePure } from './numeric.ts';
import type { SilentShape } from './silent.ts';

/** Compiles instructions on references that are operations on their ids; false for others. */
export function compileReference(z: Compilation, instr: PlainInstr): boolean {
  const { op, imm } = instr;
  switch (op) {
    case 'ref.null':
      z.operands.pushConstant(1, 0);
      return true;
    case 'ref.is_null':
      compileAs(z, 'i32.eqz', instr);
      return true;
    case 'ref.eq':
      compileAs(z, 'i32.eq', instr);
      return true;
    case 'ref.as_non_null':
      checkTop(z, { kind: 'non-null', otherwise: 'null reference' });
      return true;
    case 'ref.cast':
      assert(imm.kind === 'ref-type', 'a cast has a type');
      checkTop(z, { kind: 'ref.cast', type: closeType(z.module, imm.type) });
      return true;
    case 'any.convert_extern':
    case 'extern.convert_any':
      return true;
    case 'ref.i31':
    case 'ref.i31_shared':
      withLiteral(z, 'i32.or#', i31Id(0));
      return true;
    case 'i31.get_u':
      checkTop(z, NULL_I31);
      withLiteral(z, 'i32.and#', 0x7fff_ffff);
      return true;
    case 'i31.get_s':
      checkTop(z, NULL_I31);
      withLiteral(z, 'i32.shl#', 1);
      withLiteral(z, 'i32.shr_s#', 1);
      return true;
    default:
      return false;
  }
}

const NULL_I31: SilentShape = { kind: 'non-null', otherwise: 'null i31 reference' };

/** The reference stays where it is. */
function checkTop({ operands, emitter, silents }: Compilation, shape: SilentShape): void {
  const operand = operands.pop();
  const word = operands.read(operand);
  emitter.emit('silent', -1, silents.push({ ...shape, site: emitter.site }) - 1, word, word, word);
  operands.pushAgain(operand, 1);
}

/** Whether the reference on the top of the stack is of the type: at the word that is given. */
export function testTop({ module, operands, emitter, silents }: Compilation, type: RefType): number {
  const operand = operands.pop();
  const word = operands.read(operand);
  operands.pushAgain(operand, 1);
  const d = operands.pushPlace(1);
  operands.pop();
  const test = { kind: 'ref.test', type: closeType(module, type), site: emitter.site } as const;
  emitter.emit('silent', d, silents.push(test) - 1, word, word, word);
  return d;
}

function withLiteral(
  { operands, emitter }: Compilation,
  op: 'i32.or#' | 'i32.and#' | 'i32.shl#' | 'i32.shr_s#',
  literal: number,
): void {
  const a = operands.read(operands.pop());
  emitter.emit(op, operands.pushPlace(1), a, literal);
}

function compileAs(z: Compilation, op: string, instr: PlainInstr): void {
  compilePure(z, { ...instr, op }, known(instructionRow(op), op));
}
