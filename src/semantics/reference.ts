import { known } from '../base/assert.ts';
import type { PlainInstr } from '../syntax/module.ts';
import type { Value } from '../syntax/values.ts';
import { i31Id, i31Of, NULL } from '../syntax/values.ts';
import { frameOf } from './config.ts';
import { branch } from './control.ts';
import { i32, idOf, pop, push, signed } from './operands.ts';
import type { Rule } from './rule.ts';
import { indexOf, siteOf, trap } from './rule.ts';

/** References, which are ids: those of equal references are equal, and nothing else can be told of them here. */

function isNull(v: Value): boolean {
  return idOf(v) === NULL.id;
}

/**
 * @rule Step/ref.null
 *
 *     ref.null ht  is a value
 */
export const stepRefNull: Rule<PlainInstr> = {
  id: 'Step/ref.null',
  source: 'core, Reference Instructions',
  step(z) {
    push(z, NULL);
  },
};

/**
 * @rule Step/ref.func
 *
 *     f; ref.func x ↪ ref f.func(x)
 */
export const stepRefFunc: Rule<PlainInstr> = {
  id: 'Step/ref.func',
  source: 'OOPSLA19 Fig. 7',
  step(z, instr) {
    const { funcs, refs } = frameOf(z).func.it.module;
    push(z, refs.func(known(funcs[indexOf(instr)], 'function')));
  },
};

/**
 * @rule Step/ref.is_null
 *
 *     v ref.is_null ↪ i32.const 1    (if v = ref.null)
 *     v ref.is_null ↪ i32.const 0    (otherwise)
 */
export const stepRefIsNull: Rule<PlainInstr> = {
  id: 'Step/ref.is_null',
  source: 'core, Reference Instructions',
  step(z) {
    push(z, i32(isNull(pop(z)) ? 1 : 0));
  },
};

/**
 * @rule Step/ref.as_non_null
 *
 *     v ref.as_non_null ↪ trap    (if v = ref.null)
 *     v ref.as_non_null ↪ v       (otherwise)
 */
export const stepRefAsNonNull: Rule<PlainInstr> = {
  id: 'Step/ref.as_non_null',
  source: 'core, Reference Instructions',
  step(z, instr) {
    const v = pop(z);
    if (isNull(v)) trap(z, 'null reference', siteOf(instr));
    else push(z, v);
  },
};

/**
 * @rule Step/ref.eq
 *
 *     v1 v2 ref.eq ↪ i32.const 1    (if v1 = v2)
 *     v1 v2 ref.eq ↪ i32.const 0    (otherwise)
 */
export const stepRefEq: Rule<PlainInstr> = {
  id: 'Step/ref.eq',
  source: 'core, Reference Instructions',
  step(z) {
    push(z, i32(idOf(pop(z)) === idOf(pop(z)) ? 1 : 0));
  },
};

/**
 * @rule Step/br_on_null
 *
 *     v (br_on_null l) ↪ br l    (if v = ref.null)
 *     v (br_on_null l) ↪ v       (otherwise)
 */
export const stepBrOnNull: Rule<PlainInstr> = {
  id: 'Step/br_on_null',
  source: 'core, Control Instructions',
  step(z, instr) {
    const v = pop(z);
    if (isNull(v)) branch(z, indexOf(instr));
    else push(z, v);
  },
};

/**
 * @rule Step/br_on_non_null
 *
 *     v (br_on_non_null l) ↪ ε         (if v = ref.null)
 *     v (br_on_non_null l) ↪ v (br l)  (otherwise)
 */
export const stepBrOnNonNull: Rule<PlainInstr> = {
  id: 'Step/br_on_non_null',
  source: 'core, Control Instructions',
  step(z, instr) {
    const v = pop(z);
    if (isNull(v)) return;
    push(z, v);
    branch(z, indexOf(instr));
  },
};

/**
 * Shared ones are the same: `ref.i31_shared`.
 *
 * @rule Step/ref.i31
 *
 *     (i32.const c) ref.i31 ↪ ref.i31 (c mod 2^31)
 */
export const stepRefI31: Rule<PlainInstr> = {
  id: 'Step/ref.i31',
  source: 'core, Reference Instructions; shared-everything-threads overview, Instructions',
  step(z) {
    push(z, { type: 'ref', id: i31Id(signed(pop(z))) });
  },
};

/**
 * @rule Step/i31.get
 *
 *     (ref.null ht) i31.get_sx ↪ trap
 *     (ref.i31 c) i31.get_sx   ↪ i32.const ext_sx(c)
 */
export const stepI31Get: Rule<PlainInstr> = {
  id: 'Step/i31.get',
  source: 'core, Scalar Reference Instructions',
  step(z, instr) {
    const v = pop(z);
    if (isNull(v)) trap(z, 'null i31 reference', siteOf(instr));
    else push(z, i32(instr.op === 'i31.get_s' ? (i31Of(idOf(v)) << 1) >> 1 : i31Of(idOf(v))));
  },
};

/**
 * A reference is the same in both hierarchies: what tells `ref.extern r` from r is the type alone.
 *
 * @rule Step/convert
 *
 *     v any.convert_extern ↪ v
 *     v extern.convert_any ↪ v
 */
export const stepConvert: Rule<PlainInstr> = {
  id: 'Step/convert',
  source: 'core, External Reference Instructions',
  step() {},
};
