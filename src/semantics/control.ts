import { assert, known } from '../base/assert.ts';
import type { BlockType, Expr, Instr, PlainInstr } from '../syntax/module.ts';
import type { FuncType } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import { Atom } from './atom.ts';
import type { Config, Label, State } from './config.ts';
import { frameOf, labelOf } from './config.ts';
import { leaveFrame } from './frames.ts';
import { deliver } from './call.ts';
import { pop, popMany, push, signed, unsigned } from './operands.ts';
import type { Rule } from './rule.ts';
import { indexOf } from './rule.ts';

type BlockInstr = Extract<Instr, { kind: 'block' | 'loop' }>;
type IfInstr = Extract<Instr, { kind: 'if' }>;

/**
 * @rule Step/block
 *
 *     f; v^m (block bt e*) ↪ f; label_n{ε} v^m e* end    (if bt is t1^m → t2^n)
 */
export const stepBlock: Rule<BlockInstr> = {
  id: 'Step/block',
  source: 'core, Control Instructions',
  step(z, { type, body }) {
    const { params, results } = signatureOf(z, type);
    enter(z, body, 'end', results.length, params.length);
  },
};

/**
 * @rule Step/loop
 *
 *     f; v^m (loop bt e*) ↪ f; label_m{loop bt e*} v^m e* end    (if bt is t1^m → t2^n)
 */
export const stepLoop: Rule<BlockInstr> = {
  id: 'Step/loop',
  source: 'core, Control Instructions',
  step(z, { type, body }) {
    const { params } = signatureOf(z, type);
    enter(z, body, 'start', params.length, params.length);
  },
};

/**
 * @rule Step/if
 *
 *     (i32.const c) (if bt e1* else e2*) ↪ block bt e1*    (if c ≠ 0)
 *     (i32.const c) (if bt e1* else e2*) ↪ block bt e2*    (if c = 0)
 */
export const stepIf: Rule<IfInstr> = {
  id: 'Step/if',
  source: 'core, Control Instructions',
  step(z, instr) {
    const { params, results } = signatureOf(z, instr.type);
    const c = signed(pop(z));
    enter(z, c !== 0 ? instr.then : instr.else, 'end', results.length, params.length);
  },
};

/**
 * @rule Step/label
 *
 *     label_n{e*} v* end ↪ v*
 */
export const stepLabel: Rule<null> = {
  id: 'Step/label',
  source: 'core, Exiting instr* with label L',
  step(z) {
    const values = [...labelOf(z).values];
    frameOf(z).labels.pop();
    push(z, ...values);
  },
};

/**
 * @rule Step/br
 *
 *     label_n{e*} B^l[v^n (br l)] end ↪ v^n e*
 */
export const stepBr: Rule<PlainInstr> = {
  id: 'Step/br',
  source: 'core, Control Instructions',
  step(z, instr) {
    branch(z, indexOf(instr));
  },
};

/**
 * @rule Step/br_if
 *
 *     (i32.const c) (br_if l) ↪ br l    (if c ≠ 0)
 *     (i32.const c) (br_if l) ↪ ε       (if c = 0)
 */
export const stepBrIf: Rule<PlainInstr> = {
  id: 'Step/br_if',
  source: 'core, Control Instructions',
  step(z, instr) {
    if (signed(pop(z)) !== 0) branch(z, indexOf(instr));
  },
};

/**
 * @rule Step/br_table
 *
 *     (i32.const i) (br_table l* l′) ↪ br l*[i]    (if i < |l*|)
 *     (i32.const i) (br_table l* l′) ↪ br l′       (if i ≥ |l*|)
 */
export const stepBrTable: Rule<PlainInstr> = {
  id: 'Step/br_table',
  source: 'core, Control Instructions',
  step(z, { imm }) {
    assert(imm.kind === 'labels', 'br_table has labels');
    const i = unsigned(pop(z));
    branch(z, known(imm.labels[i] ?? imm.labels.at(-1), 'label'));
  },
};

/**
 * @rule Step/return
 *
 *     frame_n{f} B*[v^n return] end ↪ v^n
 */
export const stepReturn: Rule<PlainInstr> = {
  id: 'Step/return',
  source: 'core, Control Instructions',
  step(z) {
    leave(z, popMany(z, frameOf(z).func.it.type.results.length));
  },
};

/**
 * @rule Step/frame
 *
 *     frame_n{f} v^n end ↪ v^n
 */
export const stepFrame: Rule<null> = {
  id: 'Step/frame',
  source: 'core, Returning from a function',
  step(z) {
    leave(z, popMany(z, frameOf(z).func.it.type.results.length));
  },
};

export function signatureOf(z: State, type: BlockType): FuncType {
  if (type.kind === 'value') return { kind: 'func', params: [], results: type.result === null ? [] : [type.result] };
  const { comp } = known(frameOf(z).func.it.module.types[type.type], 'type');
  assert(comp.kind === 'func', 'a block has a function type');
  return comp;
}

/** Enters a block with its parameters; `handler` is what a try_table catches. */
export function enter(
  z: Config,
  body: Expr,
  target: 'start' | 'end',
  arity: number,
  params: number,
  handler: Label['handler'] = null,
): void {
  const values = [...popMany(z, params)];
  frameOf(z).labels.push({ arity, target, handler, code: new Atom(body), next: 0, values });
}

/** Branches to the l-th label, counted from the innermost; the outermost is the function body's. */
export function branch(z: Config, l: number): void {
  const { labels } = frameOf(z);
  const depth = labels.length - 1 - l;
  const label = known(labels[depth], 'target label');
  const values = popMany(z, label.arity);
  if (label.target === 'start') {
    labels.length = depth + 1;
    label.next = 0;
    label.values = [...values];
  } else if (depth === 0) {
    leave(z, values);
  } else {
    labels.length = depth;
    push(z, ...values);
  }
}

/** Leaves the current function. */
export function leave(z: Config, results: readonly Value[]): void {
  leaveFrame(z);
  deliver(z, results);
}
