import { Bug, known } from '../base/assert.ts';
import { instructionRow } from '../syntax/instructions.ts';
import type { Immediate, PlainInstr } from '../syntax/module.ts';
import type { Value } from '../syntax/values.ts';
import { vectorBits } from '../syntax/values.ts';
import { applyNumeric } from './numeric.ts';
import { pop, popMany, push, signed } from './operands.ts';
import type { Rule } from './rule.ts';
import { siteOf, trap } from './rule.ts';

/**
 * @rule Step/nop
 *
 *     nop ↪ ε
 */
export const stepNop: Rule<PlainInstr> = { id: 'Step/nop', source: 'core, Control Instructions', step() {} };

/**
 * A hint for a processor that spins.
 *
 * @rule Step/pause
 *
 *     pause ↪ ε
 */
export const stepPause: Rule<PlainInstr> = { id: 'Step/pause', source: 'acquire-release proposal', step() {} };

/**
 * @rule Step/unreachable
 *
 *     unreachable ↪ trap
 */
export const stepUnreachable: Rule<PlainInstr> = {
  id: 'Step/unreachable',
  source: 'core, Control Instructions',
  step(z, instr) {
    trap(z, 'unreachable', siteOf(instr));
  },
};

/**
 * @rule Step/drop
 *
 *     v drop ↪ ε
 */
export const stepDrop: Rule<PlainInstr> = {
  id: 'Step/drop',
  source: 'core, Parametric Instructions',
  step(z) {
    pop(z);
  },
};

/**
 * @rule Step/select
 *
 *     v1 v2 (i32.const c) select ↪ v1    (if c ≠ 0)
 *     v1 v2 (i32.const c) select ↪ v2    (if c = 0)
 */
export const stepSelect: Rule<PlainInstr> = {
  id: 'Step/select',
  source: 'core, Parametric Instructions',
  step(z) {
    const c = signed(pop(z));
    const v2 = pop(z);
    const v1 = pop(z);
    push(z, c !== 0 ? v1 : v2);
  },
};

/**
 * @rule Step/const
 *
 *     t.const c  is a value
 */
export const stepConst: Rule<PlainInstr> = {
  id: 'Step/const',
  source: 'core, Numeric Instructions',
  step(z, { imm }) {
    push(z, constantOf(imm));
  },
};

function constantOf(imm: Immediate): Value {
  switch (imm.kind) {
    case 'i32':
      return { type: 'i32', value: imm.value };
    case 'i64':
      return { type: 'i64', value: imm.value };
    case 'f32':
      return { type: 'f32', bits: imm.bits };
    case 'f64':
      return { type: 'f64', bits: imm.bits };
    case 'v128':
      return { type: 'v128', bits: vectorBits(imm.bytes) };
    default:
      throw new Bug('a constant has a number or a vector');
  }
}

/**
 * @rule Step/numeric
 *
 *     (t.const c)^n t.op ↪ t′.const c′    (if c′ = op(c^n))
 *     (t.const c)^n t.op ↪ trap           (if op(c^n) is undefined)
 */
export const stepNumeric: Rule<PlainInstr> = {
  id: 'Step/numeric',
  source: 'core, Numeric Instructions',
  step(z, instr) {
    const arity = known(instructionRow(instr.op)?.signature, `signature of ${instr.op}`).params.length;
    const result = applyNumeric(instr.op, popMany(z, arity));
    if (result.ok) push(z, result.value);
    else trap(z, result.error, siteOf(instr));
  },
};
