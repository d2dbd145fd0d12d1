import { assert, known } from '../base/assert.ts';
import type { Span } from '../base/span.ts';
import type { ValType } from '../syntax/types.ts';
import { isDefaultable } from '../syntax/values.ts';
import { type Context, matches, reject, type Site } from './context.ts';
import { printVal } from './describe.ts';
import type { SharedOwner } from './share.ts';

/**
 * The state of checking one expression: the operand stack, the control stack and which locals are set [core 3.0, Appendix,
 * Validation Algorithm]. After code that never ends normally the stack is polymorphic: it gives `bot`, which matches every type.
 * (Instructions of this fragment never push a type made of a popped one, so the share of `bot` need not be told apart.)
 */

/** A type on the operand stack. */
export type Operand = ValType | 'bot';

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
  readonly results: readonly ValType[];
  /** How many globals it sees: an initialiser only the earlier ones. */
  readonly globals: number;
  readonly operands: Operand[];
  readonly frames: Frame[];
  /** Locals that have a value; `setOrder` lists those that had none at first, in the order of setting. */
  readonly isSet: boolean[];
  readonly setOrder: number[];
}

export interface CodeStart {
  readonly owner: SharedOwner | null;
  readonly strict: SharedOwner | null;
  readonly params: readonly ValType[];
  readonly locals: readonly ValType[];
  readonly results: readonly ValType[];
  readonly globals: number;
}

export function makeCode(C: Context, start: CodeStart): Code {
  const { owner, strict, params, locals, results, globals } = start;
  const isSet = [...params.map(() => true), ...locals.map(isDefaultable)];
  return {
    C,
    owner,
    strict,
    locals: [...params, ...locals],
    results,
    globals,
    operands: [],
    frames: [],
    isSet,
    setOrder: [],
  };
}

function top(code: Code): Frame {
  return known(code.frames.at(-1), 'control frame');
}

export function push(code: Code, ts: readonly Operand[]): void {
  for (const t of ts) code.operands.push(t);
}

/** Pops one operand of any type. */
export function popAny(code: Code, site: Site): Operand {
  const frame = top(code);
  if (code.operands.length === frame.height) {
    if (frame.unreachable) return 'bot';
    return reject(site, `type mismatch: ${site.what} requires a value but stack has []`);
  }
  return known(code.operands.pop(), 'operand');
}

/** Pops operands of the given types, and gives the types that they had. */
export function pop(code: Code, site: Site, ts: readonly ValType[]): Operand[] {
  const frame = top(code);
  const { operands } = code;
  const popped: Operand[] = [...ts];
  for (let i = ts.length - 1, from = operands.length - 1; i >= 0; i--, from--) {
    const t = known(ts[i], 'type');
    if (from < frame.height) {
      if (!frame.unreachable) return mismatch(code, site, ts);
      popped[i] = 'bot';
    } else {
      const actual = known(operands[from], 'operand');
      if (actual !== 'bot' && !matches(code.C, actual, t)) return mismatch(code, site, ts);
      popped[i] = actual;
    }
  }
  operands.length = Math.max(frame.height, operands.length - ts.length);
  return popped;
}

function mismatch(code: Code, site: Site, ts: readonly ValType[]): never {
  const { height } = top(code);
  const stack = code.operands.slice(Math.max(height, code.operands.length - ts.length));
  return rejectOperands(code, site, ts, stack);
}

export function rejectOperands(code: Code, site: Site, ts: readonly ValType[], stack: readonly Operand[]): never {
  const expected = printOperands(code.C, ts);
  const actual = printOperands(code.C, stack);
  return reject(site, `type mismatch: ${site.what} requires ${expected} but stack has ${actual}`, { expected, actual });
}

function printOperands(C: Context, ts: readonly Operand[]): string {
  return `[${ts.map((t) => (t === 'bot' ? 'bot' : printVal(C, t))).join(' ')}]`;
}

/** Enters a block whose parameters have been popped. */
export function enter(
  code: Code,
  label: readonly ValType[],
  params: readonly ValType[],
  results: readonly ValType[],
): void {
  code.frames.push({
    label,
    results,
    height: code.operands.length,
    setLocals: code.setOrder.length,
    unreachable: false,
  });
  push(code, params);
}

/** Leaves a block: exactly its results must be there, and the locals that it set are unset again. */
export function leave(code: Code, site: Site): void {
  const frame = top(code);
  pop(code, site, frame.results);
  if (code.operands.length !== frame.height) {
    const rest = code.operands.slice(frame.height);
    rejectOperands(code, site, frame.results, [...rest, ...frame.results]);
  }
  code.frames.pop();
  for (const x of code.setOrder.splice(frame.setLocals)) code.isSet[x] = false;
}

/** What follows is never reached. */
export function unreachable(code: Code): void {
  const frame = top(code);
  assert(code.operands.length >= frame.height, 'operand stack is below its frame');
  code.operands.length = frame.height;
  frame.unreachable = true;
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
