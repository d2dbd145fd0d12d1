import { assert, Bug, known } from '../base/assert.ts';
import type { Span } from '../base/span.ts';
import { MAX_OPERANDS } from '../syntax/limits.ts';
import type { Func } from '../syntax/module.ts';
import type { DataType, RefType, ValType } from '../syntax/types.ts';
import { isDefaultable } from '../syntax/values.ts';
import { type Context, reject, type Site } from './context.ts';
import { nameThing } from './describe.ts';
import { mismatchHint } from './mismatch-hints.ts';
import { ANY_REF, type BottomRef, matchesOperand, type Operand, printOperands } from './operands.ts';
import type { SharedOwner } from './share.ts';

/**
 * The state of checking one expression: the operand stack, the control stack and which locals are set [core 3.0, Appendix,
 * Validation Algorithm]. After code that never ends normally the stack is polymorphic: it gives `bot`, which matches every type.
 */

/** A control frame: a block that has not ended. */
export interface Frame {
  /** What a branch to its label takes. */
  readonly label: readonly ValType[];
  readonly results: readonly ValType[];
  /** Height of the operand stack below its parameters. */
  readonly height: number;
  /** How many locals were set when it began. */
  readonly setLocals: number;
  unreachable: boolean;
}

export interface Code {
  readonly C: Context;
  /** Why the code must be valid as shared; null if it need not be. */
  readonly owner: SharedOwner | null;
  /** The same, if its values too must be shared: the reading `body-strictness=strict`. */
  readonly strict: SharedOwner | null;
  /** Parameters first. */
  readonly locals: readonly ValType[];
  /** The function that it is the body of, which knows the names of locals. */
  readonly func: Func | null;
  readonly results: readonly ValType[];
  /** How many globals it sees: an initialiser only the earlier ones. */
  readonly globals: number;
  readonly operands: Operand[];
  readonly frames: Frame[];
  /** The innermost of `frames`. */
  top: Frame;
  /** Locals that have a value; `setOrder` lists those that had none at first, in the order of setting. */
  readonly isSet: boolean[];
  readonly setOrder: number[];
}

export interface CodeStart {
  readonly owner: SharedOwner | null;
  readonly strict: SharedOwner | null;
  readonly func: Func | null;
  readonly params: readonly ValType[];
  readonly locals: readonly ValType[];
  readonly results: readonly ValType[];
  readonly globals: number;
}

/** Stands below the first block, which must be entered before anything else is done. */
const NO_FRAME: Frame = { label: [], results: [], height: 0, setLocals: 0, unreachable: false };

export function makeCode(C: Context, start: CodeStart): Code {
  const { owner, strict, func, params, locals, results, globals } = start;
  const isSet: boolean[] = [];
  for (let x = 0; x < params.length; x++) isSet.push(true);
  for (const t of locals) isSet.push(isDefaultable(t));
  return {
    C,
    owner,
    strict,
    locals: params.concat(locals),
    func,
    results,
    globals,
    operands: [],
    frames: [],
    top: NO_FRAME,
    isSet,
    setOrder: [],
  };
}

export function push(code: Code, t: Operand): void {
  code.operands.push(t);
}

export function pushAll(code: Code, ts: readonly Operand[]): void {
  if (ts.length > 1) {
    const { at } = code.C.module;
    spend(code, at, ts.length);
    if (code.operands.length + ts.length > MAX_OPERANDS) rejectLists(at);
  }
  for (const t of ts) code.operands.push(t);
}

/** Keeps the checking of hostile modules linear in their size. */
function spend({ C }: Code, at: Span, n: number): void {
  C.budget.left -= n;
  if (C.budget.left < 0) rejectLists(at);
}

function rejectLists(at: Span): never {
  return reject({ rule: 'Bound/types', at }, 'too many types: the instructions go through too many in lists');
}

/** Pops one operand of any type. */
export function popAny(code: Code, site: Site): Operand {
  const { operands, top } = code;
  if (operands.length === top.height) {
    if (top.unreachable) return 'bot';
    return reject(site, `type mismatch: ${site.what} requires a value but stack has []`);
  }
  return known(operands.pop(), 'operand');
}

/** Pops one reference of any type; of a polymorphic stack, the reference that is below all others. */
export function popRef(code: Code, site: Site): RefType | BottomRef {
  const t = popAny(code, site);
  if (t === 'bot') return ANY_REF;
  if (typeof t !== 'string') return t;
  const actual = printOperands(code.C, [t]);
  return reject(site, `type mismatch: ${site.what} requires a reference but stack has ${actual}`, { actual });
}

/** Pops an operand of a type, and gives the type that it had. */
export function pop(code: Code, site: Site, t: ValType): Operand {
  const { operands, top } = code;
  if (operands.length === top.height) return top.unreachable ? 'bot' : mismatch(code, site, [t]);
  const actual = known(operands.at(-1), 'operand');
  if (actual !== t && !matchesOperand(code.C, actual, t)) return mismatch(code, site, [t]);
  operands.length -= 1;
  return actual;
}

/** Pops operands of the given types. */
export function popAll(code: Code, site: Site, ts: readonly ValType[]): void {
  demand(code, site, ts);
  const { operands, top } = code;
  operands.length = Math.max(top.height, operands.length - ts.length);
}

/** Operands of the given types must be on top of the stack, where they stay. */
export function demand(code: Code, site: Site, ts: readonly ValType[]): void {
  const { operands, top } = code;
  if (ts.length > 1) spend(code, site.at, ts.length);
  for (let i = ts.length - 1, from = operands.length - 1; i >= 0; i--, from--) {
    if (from < top.height) {
      if (!top.unreachable) mismatch(code, site, ts);
      return;
    }
    const t = ts[i];
    const actual = operands[from];
    if (t === undefined || actual === undefined) throw new Bug('a type is missing');
    if (actual !== t && !matchesOperand(code.C, actual, t)) mismatch(code, site, ts);
  }
}

function mismatch(code: Code, site: Site, ts: readonly ValType[]): never {
  const { operands, top } = code;
  return rejectOperands(code, site, ts, operands.slice(Math.max(top.height, operands.length - ts.length)));
}

export function rejectOperands(code: Code, site: Site, ts: readonly ValType[], stack: readonly Operand[]): never {
  const expected = printOperands(code.C, ts);
  const actual = printOperands(code.C, stack);
  const hint = mismatchHint(code.C, stack, ts);
  const more = hint === undefined ? { expected, actual } : { expected, actual, hint };
  return reject(site, `type mismatch: ${asking(code.C, site)} requires ${expected} but stack has ${actual}`, more);
}

/** `call`, `call of function $f`. */
function asking(C: Context, { what, of }: Site): string {
  return of === undefined ? what : `${what} of ${nameThing(C, of)}`;
}

/** What a rule that is a signature takes and gives, all of them data. */
export interface DataSignature {
  readonly params: readonly DataType[];
  readonly results: readonly DataType[];
}

export function apply(code: Code, site: Site, { params, results }: DataSignature): void {
  popAll(code, site, params);
  pushAll(code, results);
}

/** Enters a block whose parameters have been popped. */
export function enter(
  code: Code,
  label: readonly ValType[],
  params: readonly ValType[],
  results: readonly ValType[],
): void {
  code.top = {
    label,
    results,
    height: code.operands.length,
    setLocals: code.setOrder.length,
    unreachable: false,
  };
  code.frames.push(code.top);
  pushAll(code, params);
}

/** Leaves a block: exactly its results must be there, and the locals that it set are unset again. */
export function leave(code: Code, site: Site): void {
  const { top, operands, frames, setOrder, isSet } = code;
  popAll(code, site, top.results);
  if (operands.length !== top.height) {
    const expected = printOperands(code.C, top.results);
    const actual = printOperands(code.C, [...operands.slice(top.height), ...top.results]);
    const hint = 'drop what is left over';
    reject(site, `type mismatch: ${site.what} requires ${expected} but stack has ${actual}`, {
      expected,
      actual,
      hint,
    });
  }
  frames.pop();
  code.top = frames.at(-1) ?? NO_FRAME;
  while (setOrder.length > top.setLocals) isSet[known(setOrder.pop(), 'local')] = false;
}

/** What follows is never reached. */
export function unreachable(code: Code): void {
  const { top, operands } = code;
  assert(operands.length >= top.height, 'operand stack is below its frame');
  operands.length = top.height;
  top.unreachable = true;
}

/** The types that a branch to label `l` takes; 0 is the innermost. */
export function label(code: Code, site: Site, l: number): readonly ValType[] {
  const frame = code.frames[code.frames.length - 1 - l];
  return frame?.label ?? reject(site, `unknown label ${l}`);
}

export function setLocal(code: Code, x: number): void {
  if (code.isSet[x] === true) return;
  code.isSet[x] = true;
  code.setOrder.push(x);
}

/** Where an expression ends: its last instruction, or where it would stand. */
export function endOf(body: readonly { readonly at: Span }[], otherwise: Span): Span {
  return body.at(-1)?.at ?? otherwise;
}
