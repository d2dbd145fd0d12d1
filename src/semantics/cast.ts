import { assert, assertNever, known } from '../base/assert.ts';
import type { PlainInstr } from '../syntax/module.ts';
import type { AbsHeapName, HeapType, RefType } from '../syntax/types.ts';
import { isI31, NULL } from '../syntax/values.ts';
import { matchHeapType } from '../valid/match.ts';
import type { DefType } from '../valid/type-ids.ts';
import type { Reference } from '../runtime/references.ts';
import type { State } from './config.ts';
import { frameOf } from './config.ts';
import { branch } from './control.ts';
import { i32, idOf, peek, pop, push } from './operands.ts';
import type { Rule } from './rule.ts';
import { siteOf, trap } from './rule.ts';

/**
 * Casts [core, Reference Instructions]: a reference's own type is matched with the one that is asked for. Objects and functions carry
 * theirs, closed; types are closed before they are compared (`valid/type-ids.ts`).
 */

/**
 * @rule Step/ref.test
 *
 *     v (ref.test rt) ↪ i32.const 1    (if v : rt)
 *     v (ref.test rt) ↪ i32.const 0    (otherwise)
 */
export const stepRefTest: Rule<PlainInstr> = {
  id: 'Step/ref.test',
  source: 'core, Reference Instructions',
  step(z, instr) {
    push(z, i32(hasType(z, idOf(pop(z)), typeIn(instr)) ? 1 : 0));
  },
};

/**
 * @rule Step/ref.cast
 *
 *     v (ref.cast rt) ↪ v       (if v : rt)
 *     v (ref.cast rt) ↪ trap    (otherwise)
 */
export const stepRefCast: Rule<PlainInstr> = {
  id: 'Step/ref.cast',
  source: 'core, Reference Instructions',
  step(z, instr) {
    if (!hasType(z, idOf(peek(z, 0)), typeIn(instr))) trap(z, 'cast failure', siteOf(instr));
  },
};

function typeIn({ imm }: PlainInstr): RefType {
  assert(imm.kind === 'ref-type', 'a cast has a reference type');
  return imm.type;
}

/**
 * @rule Step/br_on_cast
 *
 *     v (br_on_cast l rt1 rt2) ↪ v (br l)    (if v : rt2)
 *     v (br_on_cast l rt1 rt2) ↪ v           (otherwise)
 */
export const stepBrOnCast: Rule<PlainInstr> = {
  id: 'Step/br_on_cast',
  source: 'core, Control Instructions',
  step(z, { imm }) {
    assert(imm.kind === 'cast-branch', 'a branch on a cast');
    if (hasType(z, idOf(peek(z, 0)), imm.to)) branch(z, imm.x);
  },
};

/**
 * @rule Step/br_on_cast_fail
 *
 *     v (br_on_cast_fail l rt1 rt2) ↪ v           (if v : rt2)
 *     v (br_on_cast_fail l rt1 rt2) ↪ v (br l)    (otherwise)
 */
export const stepBrOnCastFail: Rule<PlainInstr> = {
  id: 'Step/br_on_cast_fail',
  source: 'core, Control Instructions',
  step(z, { imm }) {
    assert(imm.kind === 'cast-branch', 'a branch on a cast');
    if (!hasType(z, idOf(peek(z, 0)), imm.to)) branch(z, imm.x);
  },
};

/** v : rt, the type of a reference with a type of the current module [core, Values, References]. */
function hasType(z: State, id: number, { nullable, heap }: RefType): boolean {
  if (id === NULL.id) return nullable;
  const { refs, closed } = frameOf(z).func.it.module;
  const target = closeHeapType(closed, heap);
  // Every reference but null is one of `extern` where such is asked for: the operand is in that hierarchy.
  if (target.kind === 'abstract' && (target.name === 'extern' || target.name === 'noextern'))
    return target.name === 'extern';
  return isI31(id) ? isOf('i31', target) : referenceMatches(refs.get(id), target);
}

function closeHeapType(closed: readonly DefType[], ht: HeapType): HeapType {
  return ht.kind === 'index' ? { kind: 'index', type: known(closed[ht.type], 'type').id } : ht;
}

function referenceMatches(reference: Reference, target: HeapType): boolean {
  switch (reference.kind) {
    case 'func':
      return matchHeapType({ kind: 'index', type: reference.func.closed.id }, target);
    case 'struct':
    case 'array':
      return matchHeapType({ kind: 'index', type: reference.type.id }, target);
    case 'exn':
    case 'waitqueue':
      return isOf(reference.kind, target);
    case 'host':
      return isOf('any', target);
    default:
      return assertNever(reference);
  }
}

/** Validation keeps shares apart, so a reference without a definition of its own has the share that is asked for. */
function isOf(name: AbsHeapName, target: HeapType): boolean {
  const share = target.kind === 'abstract' ? target.share : 'unshared';
  return matchHeapType({ kind: 'abstract', share, name }, target);
}
