import { NOWHERE } from '../../../../src/base/span.ts';
import type { BlockType, Catch, Immediate, Instr } from '../../../../src/syntax/module.ts';
import type { ValType } from '../../../../src/syntax/types.ts';
import { isDefaultable } from '../../../../src/syntax/values.ts';
import { type Env, funcTypeIndex, index, plain, where } from './environment.ts';
import { matchOp, matchOps, type Op } from './matching.ts';
import { produce } from './operands.ts';
import { repeated, supplyRunning } from './running.ts';

/**
 * A function body in the making: the instructions so far, the operand types above the innermost block's floor, and the labels. An instruction is
 * added by supplying its operands (what lies on the stack is used where it fits, the rest is produced) and pushing its results, so that every body
 * is well typed; its shape is not that of a tree.
 */
export interface Body {
  readonly env: Env;
  /** Its function's index. */
  readonly self: number;
  /** Must everything in it be shared? */
  readonly shared: boolean;
  readonly results: readonly ValType[];
  readonly locals: readonly ValType[];
  isSet: boolean[];
  /** What branches take, innermost last. */
  labels: (readonly ValType[])[];
  /** Whether a branch to a label goes back, likewise. */
  backward: boolean[];
  out: Instr[];
  ops: Op[];
  /** How many of `ops`, from the bottom, are wanted as they are by what is being added. */
  kept: number;
  /** After code that never ends: the stack below `ops` has whatever is asked for. */
  poly: boolean;
  /** Instructions that may still be added freely. */
  fuel: number;
}

/** An instruction ready to be added: its immediate, and the type that it has with it. */
export interface Inst {
  readonly op: string;
  readonly imm: Immediate;
  readonly params: readonly ValType[];
  readonly results: readonly Op[];
  /** It never goes on. */
  readonly never?: true;
  /** The local that it sets. */
  readonly sets?: number;
  /** It branches to label 0, a block around it with these results. */
  readonly around?: readonly ValType[];
}

export function startBody(
  env: Env,
  self: number,
  shared: boolean,
  params: readonly ValType[],
  locals: readonly ValType[],
  results: readonly ValType[],
  fuel: number,
): Body {
  return {
    env,
    self,
    shared,
    results,
    locals: [...params, ...locals],
    isSet: [...params.map(() => true), ...locals.map(isDefaultable)],
    labels: [results],
    backward: [false],
    out: [],
    ops: [],
    kept: 0,
    poly: false,
    fuel,
  };
}

/** How many of the first of `params` the top of the stack already holds. */
function overlap(b: Body, params: readonly ValType[]): number {
  for (let k = Math.min(b.ops.length - b.kept, params.length); k > 0; k--) {
    if (matchOps(b.env, b.ops.slice(b.ops.length - k), params.slice(0, k))) return k;
  }
  return 0;
}

/** Sees to it that operands of these types are on top of the stack, as far as a polymorphic stack does not do it. */
export function supply(b: Body, params: readonly ValType[], depth: number): void {
  let have = overlap(b, params);
  if (b.poly && b.kept === 0 && have === b.ops.length) {
    // All that is there is used, so that what is below may stand for any number of operands.
    const missing = b.env.c.below(params.length - have + 1);
    if (matchOps(b.env, b.ops, params.slice(missing, missing + b.ops.length))) have = missing + b.ops.length;
  }
  produceAll(b, params.slice(have), depth);
}

/** Puts operands on top of those that are there, which are left alone. */
export function produceAll(b: Body, ts: readonly ValType[], depth: number): void {
  const { kept } = b;
  for (const t of ts) {
    b.kept = b.ops.length;
    produce(b, t, depth);
  }
  b.kept = kept;
}

function drop(b: Body, count: number): void {
  b.ops.length = Math.max(0, b.ops.length - count);
}

export function add(b: Body, inst: Inst, depth: number): void {
  if (inst.around !== undefined) return addAround(b, inst, inst.around, depth);
  if (!b.env.runs || !supplyRunning(b, inst, depth)) supply(b, inst.params, depth);
  addSupplied(b, inst);
}

function addSupplied(b: Body, inst: Inst): void {
  b.out.push(plain(inst.op, inst.imm));
  b.fuel--;
  drop(b, inst.params.length);
  b.ops.push(...inst.results);
  if (inst.sets !== undefined) b.isSet[inst.sets] = true;
  if (inst.never === true) die(b);
}

function die(b: Body): void {
  b.ops = [];
  b.poly = true;
}

/** A block around an instruction that branches out of it. */
function addAround(b: Body, { around: _, ...inst }: Inst, results: readonly ValType[], depth: number): void {
  addBlock(b, 'block', [], results, () => add(b, inst, depth), depth);
}

/** A block's type: the short form where it says the same, or an index. */
export function blockType(b: Body, params: readonly ValType[], results: readonly ValType[]): BlockType {
  const { env } = b;
  if (params.length === 0 && results.length <= 1 && !env.c.chance(1, 4))
    return { kind: 'value', result: results[0] ?? null };
  return { kind: 'type', type: funcTypeIndex(env, params, results, b.shared ? 'shared' : 'unshared') };
}

/** Makes a nested sequence of type `params -> results`, its label taking `label`. */
function nested(
  b: Body,
  label: readonly ValType[],
  backward: boolean,
  params: readonly ValType[],
  results: readonly ValType[],
  fill: () => void,
  depth: number,
): Instr[] {
  const outer = { out: b.out, ops: b.ops, kept: b.kept, poly: b.poly, isSet: b.isSet };
  b.out = [];
  b.ops = [...params];
  b.kept = 0;
  b.poly = false;
  b.isSet = [...outer.isSet];
  b.labels.push(label);
  b.backward.push(backward);
  fill();
  finish(b, results, depth);
  const body = b.out;
  b.labels.pop();
  b.backward.pop();
  Object.assign(b, outer);
  return body;
}

export function addBlock(
  b: Body,
  kind: 'block' | 'loop' | 'if',
  params: readonly ValType[],
  results: readonly ValType[],
  fill: () => void,
  depth: number,
): void {
  const type = blockType(b, params, results);
  supply(b, kind === 'if' ? [...params, 'i32'] : params, depth);
  const isLoop = kind === 'loop';
  const label = isLoop ? params : results;
  const inside = isLoop && b.env.runs && params.length === 0 ? (): void => repeated(b, fill) : fill;
  const sequence = (): Instr[] => nested(b, label, isLoop, params, results, inside, depth - 1);
  const common = { label: null, type, at: NOWHERE };
  if (kind === 'if') {
    const then = sequence();
    // Without an else, a block of equal parameters and results leaves them as they are.
    const none = matchOps(b.env, params, results) && b.env.c.chance(1, 2);
    b.out.push({ kind, ...common, then, else: none ? [] : sequence() });
  } else b.out.push({ kind, ...common, body: sequence() });
  drop(b, params.length + (kind === 'if' ? 1 : 0));
  b.ops.push(...results);
}

/** `catches` have labels counted from outside. */
export function addTry(
  b: Body,
  catches: readonly Catch[],
  params: readonly ValType[],
  results: readonly ValType[],
  fill: () => void,
  depth: number,
): void {
  const type = blockType(b, params, results);
  supply(b, params, depth);
  const body = nested(b, results, false, params, results, fill, depth - 1);
  b.out.push({ kind: 'try_table', label: null, type, catches, body, at: NOWHERE });
  drop(b, params.length);
  b.ops.push(...results);
}

/** Leaves exactly `results` on the stack. */
export function finish(b: Body, results: readonly ValType[], depth: number): void {
  const { c } = b.env;
  if (!b.poly && b.ops.length > 0 && c.chance(1, b.env.runs ? 400 : 16)) {
    b.out.push(plain('unreachable'));
    die(b);
  }
  if (b.poly) {
    // Any number of the results may be left to the polymorphic stack: the first ones, if what is there is not all of them.
    while (!(b.ops.length <= results.length && matchOps(b.env, b.ops, results.slice(results.length - b.ops.length))))
      discard(b);
    if (b.ops.length === 0) produceAll(b, results.slice(c.below(results.length + 1)), depth);
    return;
  }
  while (!(b.ops.length <= results.length && matchOps(b.env, b.ops, results.slice(0, b.ops.length)))) discard(b);
  produceAll(b, results.slice(b.ops.length), depth);
}

/** Gets rid of the top of the stack. */
function discard(b: Body): void {
  const { c } = b.env;
  const top = b.ops.pop();
  if (top !== undefined && c.chance(1, 3)) {
    const local = c.maybe(where(b.locals, (t) => matchOp(b.env, top, t)));
    if (local !== null) {
      b.out.push(plain('local.set', index(local)));
      b.isSet[local] = true;
      return;
    }
  }
  b.out.push(plain('drop'));
}
