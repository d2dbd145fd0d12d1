import { assert, Bug, known } from '../base/assert.ts';
import type { Expr, PlainInstr } from '../syntax/module.ts';
import { NULL } from '../syntax/values.ts';
import type { Value } from '../syntax/values.ts';
import type { FuncInst, GlobalInst } from './instance.ts';
import { funcRef } from './references.ts';

/** What a constant expression may mention. */
export interface ConstantScope {
  readonly globals: readonly GlobalInst[];
  readonly funcs: readonly FuncInst[];
}

/** The value of a valid constant expression [core 3.0, Validation, Constant Expressions]: pure, since it reads no mutable global. */
export function evaluateConstant(scope: ConstantScope, expr: Expr): Value {
  const stack: Value[] = [];
  for (const instr of expr) {
    assert(instr.kind === 'plain', 'constant expressions have no blocks');
    stack.push(evaluate(scope, instr, stack));
  }
  return known(stack.pop(), 'value of a constant expression');
}

function evaluate({ globals, funcs }: ConstantScope, { op, imm }: PlainInstr, stack: Value[]): Value {
  switch (imm.kind) {
    case 'i32':
      return { type: 'i32', value: imm.value };
    case 'i64':
      return { type: 'i64', value: imm.value };
    case 'f32':
      return { type: 'f32', bits: imm.bits };
    case 'f64':
      return { type: 'f64', bits: imm.bits };
    case 'heap-type':
      return NULL;
    case 'index':
      return op === 'ref.func' ? funcRef(known(funcs[imm.x], 'function')) : constantOf(known(globals[imm.x], 'global'));
    default:
      return arithmetic(op, stack);
  }
}

function constantOf(global: GlobalInst): Value {
  if (global.kind === 'mutable') throw new Bug('a mutable global in a constant expression');
  return global.kind === 'constant' ? global.value : global.initial;
}

function arithmetic(op: string, stack: Value[]): Value {
  const b = known(stack.pop(), 'operand');
  const a = known(stack.pop(), 'operand');
  if (a.type === 'i32' && b.type === 'i32') return { type: 'i32', value: i32(op, a.value, b.value) };
  if (a.type === 'i64' && b.type === 'i64') return { type: 'i64', value: i64(op, a.value, b.value) };
  throw new Bug(`${op} in a constant expression`);
}

function i32(op: string, a: number, b: number): number {
  switch (op) {
    case 'i32.add':
      return (a + b) | 0;
    case 'i32.sub':
      return (a - b) | 0;
    case 'i32.mul':
      return Math.imul(a, b);
    default:
      throw new Bug(`${op} in a constant expression`);
  }
}

function i64(op: string, a: bigint, b: bigint): bigint {
  switch (op) {
    case 'i64.add':
      return BigInt.asIntN(64, a + b);
    case 'i64.sub':
      return BigInt.asIntN(64, a - b);
    case 'i64.mul':
      return BigInt.asIntN(64, a * b);
    default:
      throw new Bug(`${op} in a constant expression`);
  }
}
