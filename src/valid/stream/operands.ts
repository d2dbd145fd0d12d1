import { MAX_BLOCKS, MAX_OPERANDS } from '../../syntax/limits.ts';
import { BOT, BOT_SHARE, FIRST_REF, heapOf, isRef } from './encoding.ts';
import { input, refuse } from './reader.ts';
import { grown } from './scratch.ts';
import { matches, matchesList, pool, shareOf } from './types.ts';

/**
 * The operand stack and the control stack [core 3.0, Appendix, Validation Algorithm]. A stack that code after a branch left is polymorphic
 * (`dead`): below its height it gives `bot`, which matches every type.
 */

export const stack = {
  types: new Int32Array(1024),
  /** How many operands there are, in all blocks. */
  size: 0,
  /** Where the innermost block's operands begin. */
  height: 0,
  /** 1: the innermost block's stack is polymorphic. */
  dead: 0,
  /** How many types instructions may still go through in lists: so many that only hostile modules reach it. */
  budget: 0,
};

/** Refuses where the lists of types that a few bytes name would take for ever. */
export function spend(n: number): void {
  if ((stack.budget -= n) < 0) refuse();
}

/** Control frames, `FRAME` integers each; a label's types are the parameters of a loop, the results of other blocks. */
const FRAME = 8;
const OPCODE = 0;
const HEIGHT = 1;
const DEAD = 2;
const PARAMS = 3;
const PARAM_COUNT = 4;
const RESULTS = 5;
const RESULT_COUNT = 6;
/** How many locals were set when the block began. */
const SET_COUNT = 7;

const frames = new Int32Array((MAX_BLOCKS + 1) * FRAME);
export const control = { depth: 0 };

/** The opcode that stands for a function's or an initialiser's own frame. */
export const BODY = 0;
const LOOP = 0x03;

/** Makes room for `n` operands more, and for one for each byte that is left. */
function reserve(n: number): void {
  if (stack.size + n > MAX_OPERANDS) refuse();
  const least = stack.size + n + (input.end - input.pos) + 16;
  if (least > stack.types.length) stack.types = grown(stack.types, least);
}

/** Begins code that leaves the types at a place in the pool. */
export function beginBody(results: number, resultCount: number): void {
  if (stack.types.length > 1 << 22) stack.types = new Int32Array(1024);
  stack.size = 0;
  reserve(0);
  control.depth = -1;
  pushFrame(BODY, 0, 0, results, resultCount, 0);
}

export function pushFrame(
  opcode: number,
  params: number,
  paramCount: number,
  results: number,
  resultCount: number,
  setCount: number,
): void {
  if (control.depth === MAX_BLOCKS) refuse();
  if (control.depth >= 0) frames[control.depth * FRAME + DEAD] = stack.dead;
  const f = ++control.depth * FRAME;
  frames[f + OPCODE] = opcode;
  frames[f + HEIGHT] = stack.size;
  frames[f + PARAMS] = params;
  frames[f + PARAM_COUNT] = paramCount;
  frames[f + RESULTS] = results;
  frames[f + RESULT_COUNT] = resultCount;
  frames[f + SET_COUNT] = setCount;
  stack.height = stack.size;
  stack.dead = 0;
  pushList(params, paramCount);
}

/** Ends the innermost block: exactly its results must be there. They are pushed again, outside. */
export function popFrame(): void {
  const f = control.depth * FRAME;
  const count = frames[f + RESULT_COUNT] as number;
  popList(frames[f + RESULTS] as number, count);
  if (stack.size !== stack.height) refuse();
  if (--control.depth < 0) return;
  const outer = f - FRAME;
  stack.height = frames[outer + HEIGHT] as number;
  stack.dead = frames[outer + DEAD] as number;
  pushList(frames[f + RESULTS] as number, count);
}

/** Ends the first branch of an `if` and begins its second. */
export function elseFrame(): void {
  const f = control.depth * FRAME;
  popList(frames[f + RESULTS] as number, frames[f + RESULT_COUNT] as number);
  if (stack.size !== stack.height) refuse();
  frames[f + OPCODE] = BODY;
  stack.dead = 0;
  pushList(frames[f + PARAMS] as number, frames[f + PARAM_COUNT] as number);
}

/** An `if` without `else` takes its parameters as its results. */
export function checkNoElse(): void {
  const f = control.depth * FRAME;
  const count = frames[f + PARAM_COUNT] as number;
  if (count !== frames[f + RESULT_COUNT]) refuse();
  if (!matchesList(frames[f + PARAMS] as number, frames[f + RESULTS] as number, count)) refuse();
}

export function innermostOpcode(): number {
  return frames[control.depth * FRAME + OPCODE] as number;
}

export function innermostSetCount(): number {
  return frames[control.depth * FRAME + SET_COUNT] as number;
}

function frameOf(label: number): number {
  if (label > control.depth) refuse();
  return (control.depth - label) * FRAME;
}

/** Where the types of a label are in the pool. */
export function labelTypes(label: number): number {
  const f = frameOf(label);
  return frames[f + (frames[f + OPCODE] === LOOP ? PARAMS : RESULTS)] as number;
}

export function labelCount(label: number): number {
  const f = frameOf(label);
  return frames[f + (frames[f + OPCODE] === LOOP ? PARAM_COUNT : RESULT_COUNT)] as number;
}

/** What follows is never reached. */
export function die(): void {
  stack.size = stack.height;
  stack.dead = 1;
}

/** Pushes one operand; there is always room for one a byte read. */
export function push(t: number): void {
  stack.types[stack.size++] = t;
}

export function popAny(): number {
  if (stack.size > stack.height) return stack.types[--stack.size] as number;
  if (stack.dead === 0) refuse();
  return BOT;
}

export function pop(t: number): void {
  const { size } = stack;
  if (size > stack.height) {
    const actual = stack.types[size - 1] as number;
    stack.size = size - 1;
    if (actual !== t && !matches(actual, t)) refuse();
  } else if (stack.dead === 0) {
    refuse();
  }
}

export function pushList(types: number, n: number): void {
  if (n === 0) return;
  if (n > 1) {
    spend(n);
    reserve(n);
  }
  const { items } = pool;
  for (let i = 0; i < n; i++) stack.types[stack.size++] = items[types + i] as number;
}

export function popList(types: number, n: number): void {
  if (n > 1) spend(n);
  const { items } = pool;
  for (let i = n - 1; i >= 0; i--) pop(items[types + i] as number);
}

/** Pops `n` operands of one type, however many are claimed. */
export function popRepeated(t: number, n: number): void {
  let left = n;
  while (left > 0 && stack.size > stack.height) {
    pop(t);
    left--;
  }
  if (left > 0) pop(t);
}

/** Whether the operands on top match the types of a list; they stay. */
export function checkTop(types: number, n: number): void {
  if (n > 1) spend(n);
  const { items } = pool;
  const there = stack.size - stack.height;
  if (there < n && stack.dead === 0) refuse();
  for (let i = 1; i <= n && i <= there; i++) {
    const actual = stack.types[stack.size - i] as number;
    const t = items[types + n - i] as number;
    if (actual !== t && !matches(actual, t)) refuse();
  }
}

/** Pops a reference of any type, or `bot`. */
export function popRef(): number {
  const t = popAny();
  if (t !== BOT && t < FIRST_REF) refuse();
  return t;
}

/** Pops a reference to an abstract heap type of any share, and gives the share; `bot-share` where it is not known. */
export function popShared(name: number): { readonly share: number; readonly nullable: number } {
  const t = popAny();
  if (t === BOT) {
    popped.share = BOT_SHARE;
    popped.nullable = 0;
    return popped;
  }
  if (!isRef(t)) refuse();
  const share = shareOf(heapOf(t));
  if (!matches(t, FIRST_REF + ((((name << 2) | share) << 1) | 1))) refuse();
  popped.share = share;
  popped.nullable = t & 1;
  return popped;
}

const popped = { share: 0, nullable: 0 };
