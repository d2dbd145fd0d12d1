import { assert, known } from '../base/assert.ts';
import { unitAt } from '../event/units.ts';
import type { Response, Site } from '../event/request.ts';
import type { PlainInstr } from '../syntax/module.ts';
import type { Value } from '../syntax/values.ts';
import { NULL } from '../syntax/values.ts';
import { matchDefType } from '../valid/match.ts';
import { MAX_CALL_DEPTH } from '../runtime/executor.ts';
import type { FuncInst } from '../runtime/instance.ts';
import { tableOf } from './access.ts';
import { Atom } from './atom.ts';
import { defaultOf } from './bytes.ts';
import type { Admin, Config, State } from './config.ts';
import { frameOf } from './config.ts';
import { depthOf, enterFrame, leaveFrame } from './frames.ts';
import { idOf, lengthAt, pop, popMany, push } from './operands.ts';
import { readOf, slotPlace } from './place.ts';
import type { Attempt, Rule } from './rule.ts';
import { expect, indexOf, pairOf, siteOf, succeeds, trap } from './rule.ts';

type Invoke = Extract<Admin, { kind: 'invoke' }>;

/**
 * Calls. One whose name begins with `return_` first leaves its function: the callee takes the frame's place, and what its caller's
 * blocks would catch is caught by them no more.
 */

/**
 * @rule Step/call
 *
 *     f; v^n (call x) ↪ v^n (call′ a)    (if a = f.func(x) : t1^n → t2*)
 */
export const stepCall: Rule<PlainInstr> = {
  id: 'Step/call',
  source: 'OOPSLA19 Fig. 7',
  step(z, instr) {
    call(z, funcOf(z, indexOf(instr)), siteOf(instr));
  },
};

/**
 * @rule Step/return_call
 *
 *     frame{m, local v*} B*[v^n (return_call x)] end ↪ v^n (call′ a)    (if a = m.func(x) : t1^n → t2*)
 */
export const stepReturnCall: Rule<PlainInstr> = {
  id: 'Step/return_call',
  source: 'core, Control Instructions',
  step(z, instr) {
    returnCall(z, funcOf(z, indexOf(instr)), siteOf(instr));
  },
};

/**
 * @rule Step/call_ref
 *
 *     (ref.null ht) (call_ref x)   ↪ trap
 *     v^n (ref.func a) (call_ref x) ↪ v^n (call′ a)
 */
export const stepCallRef: Rule<PlainInstr> = {
  id: 'Step/call_ref',
  source: 'core, Control Instructions',
  step(z, instr) {
    const func = calledByRef(z, pop(z));
    if (func === null) trap(z, NULL_FUNCTION, siteOf(instr));
    else call(z, func, siteOf(instr));
  },
};

/**
 * @rule Step/return_call_ref
 *
 *     (ref.null ht) (return_call_ref x) ↪ trap
 *     frame{m, local v*} B*[v^n (ref.func a) (return_call_ref x)] end ↪ v^n (call′ a)
 */
export const stepReturnCallRef: Rule<PlainInstr> = {
  id: 'Step/return_call_ref',
  source: 'core, Control Instructions',
  step(z, instr) {
    const func = calledByRef(z, pop(z));
    if (func === null) trap(z, NULL_FUNCTION, siteOf(instr));
    else returnCall(z, func, siteOf(instr));
  },
};

const NULL_FUNCTION = 'null function reference';

/**
 * @rule Step/call_indirect
 *
 *     (at.const i) (call_indirect x y) ↪(len)                           trap             (if i ≥ n)
 *     (at.const i) (call_indirect x y) ↪(len) (rd x.elem[i] ref.null)   trap             (if i < n)
 *     (at.const i) (call_indirect x y) ↪(len) (rd x.elem[i] ref.func a) trap             (if i < n, not type(s(a)) <: m.type(y))
 *     v^n (at.const i) (call_indirect x y) ↪(len) (rd x.elem[i] ref.func a) v^n (call′ a) (if i < n, type(s(a)) <: m.type(y))
 */
export const stepCallIndirect: Rule<PlainInstr> = {
  id: 'Step/call_indirect',
  source: 'core, Control Instructions; OOPSLA19 Fig. 7',
  ask: (z, instr) => slotRead(z, instr).request,
  step(z, instr, answer) {
    const func = calledByIndex(z, instr, answer);
    if (func !== null) call(z, func, siteOf(instr, 'ref'));
  },
};

/**
 * @rule Step/return_call_indirect
 *
 *     (at.const i) (return_call_indirect x y) ↪(len) (rd x.elem[i] r)? trap    (as call_indirect)
 *     frame{m, local v*} B*[v^n (at.const i) (return_call_indirect x y)] end ↪(len) (rd x.elem[i] ref.func a) v^n (call′ a)
 *                                                                     (if i < n, type(s(a)) <: m.type(y))
 */
export const stepReturnCallIndirect: Rule<PlainInstr> = {
  id: 'Step/return_call_indirect',
  source: 'core, Control Instructions; OOPSLA19 Fig. 7',
  ask: (z, instr) => slotRead(z, instr).request,
  step(z, instr, answer) {
    const func = calledByIndex(z, instr, answer);
    if (func !== null) returnCall(z, func, siteOf(instr, 'ref'));
  },
};

/**
 * @rule Step/invoke
 *
 *     v^n (call′ a) ↪ frame{m, local v^n default_t*} label_k{ε} e* end end
 *                              (if s(a) = func m (t1^n → t2^k) local t* e*)
 *     v^n (call′ a) ↪ trap     (if MAX_CALL_DEPTH frames are there)
 */
export const stepInvoke: Rule<Invoke> = {
  id: 'Step/invoke',
  source: 'OOPSLA19 Fig. 7; core, Invocation of function address a',
  step(z, { func, args, site }) {
    const { it } = func;
    assert(it.kind === 'wasm', 'a Wasm function');
    if (depthOf(z) >= MAX_CALL_DEPTH) {
      trap(z, 'call stack exhausted', site);
      return;
    }
    const body = { arity: it.type.results.length, target: 'end', handler: null, code: new Atom(it.code.body) } as const;
    enterFrame(z, {
      func: new Atom(it, it.key),
      locals: [...args, ...it.code.locals.map((local) => defaultOf(local.type))],
      labels: [{ ...body, next: 0, values: [] }],
    });
  },
};

/** Gives a function's results to its caller; without a caller, the thread is done. */
export function deliver(z: Config, results: readonly Value[]): void {
  if (z.frame === null) z.admin = { kind: 'done', results, code: null };
  else push(z, ...results);
}

/** A function as an atom; functions with the same key are the same. */
export function atomOf(func: FuncInst): Atom<FuncInst> {
  return new Atom(func, func.key);
}

function call(z: Config, func: FuncInst, site: Site): void {
  const { module } = frameOf(z).func.it;
  const args = popMany(z, func.type.params.length);
  z.admin = { kind: 'invoke', func: atomOf(func), args, caller: new Atom(module, module.key), site };
}

function returnCall(z: Config, func: FuncInst, site: Site): void {
  call(z, func, site);
  leaveFrame(z);
}

export function funcOf(z: State, x: number): FuncInst {
  return known(frameOf(z).func.it.module.funcs[x], 'function');
}

/** The function that a reference is to; null for a null one. */
function calledByRef(z: State, value: Value): FuncInst | null {
  const id = idOf(value);
  if (id === NULL.id) return null;
  const reference = frameOf(z).func.it.module.refs.get(id);
  assert(reference.kind === 'func', 'a function is called');
  return reference.func;
}

function slotRead(z: State, instr: PlainInstr): Attempt {
  const slot = slotPlace(tableOf(z, pairOf(instr).x), lengthAt(z, 0));
  return { ...readOf(slot, 'unord', siteOf(instr, 'ref')), trap: 'undefined element' };
}

/** The function that was found in the slot, if it may be called as the instruction says; traps if not. */
function calledByIndex(z: Config, instr: PlainInstr, answer: Response | null): FuncInst | null {
  const { closed } = frameOf(z).func.it.module;
  const attempt = slotRead(z, instr);
  pop(z);
  if (!succeeds(z, attempt, answer)) return null;
  const func = calledByRef(z, { type: 'ref', id: unitAt(expect(answer, 'units').units, 0) });
  if (func === null) trap(z, 'uninitialized element', attempt.site);
  else if (matchDefType(func.closed, known(closed[pairOf(instr).y], 'type'))) return func;
  else trap(z, 'indirect call type mismatch', attempt.site);
  return null;
}
