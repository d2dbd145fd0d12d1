import type { FuncType, RefType, Share, ValType } from '../syntax/types.ts';
import { type Code, pop, popAll, pushAll, unreachable } from './code.ts';
import { entryType, func, matches, reject, report, type Site, table } from './context.ts';
import { nameThing, printVal, printVals, typeName, whyShared } from './describe.ts';
import { howToShare } from './sharing-hints.ts';
import { defined, mentionThing, mentionType, refTo } from './mention.ts';

/**
 * Typing of calls, tail calls and Weft's `fork` [core 3.0, Validation, Control Instructions].
 *
 * Metavariables: C context, t value type, at address type, x y indices.
 */

/** The type of a function that is called by its index. */
function callee(code: Code, site: Site, x: number): FuncType {
  const { comp } = entryType(code.C, func(code.C, site, x));
  mentionThing(code, site, 'func', x, 'Instr_ok/call:func', 'calls');
  return comp;
}

/** A mismatch of its operands names the function. */
function naming({ rule, at, what }: Site, index: number): Site {
  return { rule, at, what, of: { kind: 'func', index } };
}

/** The type of a function that is called by reference, which is popped. */
function calleeByRef(code: Code, site: Site, y: number): FuncType {
  const ft = defined(code, site, 'func', y);
  mentionType(code, site, y, 'Instr_ok/call_ref:type', 'calls a reference to');
  pop(code, site, refTo(y, true));
  return ft;
}

const FUNCREF: Readonly<Record<Share, RefType>> = {
  unshared: { kind: 'ref', nullable: true, heap: { kind: 'abstract', share: 'unshared', name: 'func' } },
  shared: { kind: 'ref', nullable: true, heap: { kind: 'abstract', share: 'shared', name: 'func' } },
};

/** The type of a function that is called through a table, whose index is popped. */
function calleeByTable(code: Code, site: Site, x: number, y: number): FuncType {
  const { C } = code;
  const { addr, elem } = table(C, site, x).type;
  mentionThing(code, site, 'table', x, 'Instr_ok/call_indirect:table', 'calls through');
  const ft = defined(code, site, 'func', y);
  const funcref = FUNCREF[C.types[y]?.share ?? 'unshared'];
  if (!matches(C, elem, funcref)) {
    const more = { expected: printVal(C, funcref), actual: printVal(C, elem) };
    const name = nameThing(C, { kind: 'table', index: x });
    const message = `type mismatch: ${site.what} requires a table of ${more.expected} but ${name} has ${more.actual}`;
    const shares = matches(C, elem, FUNCREF.shared) || matches(C, elem, FUNCREF.unshared);
    const hint = `type ${typeName(C, y)} and the elements of ${name} must be both shared or both unshared`;
    reject(site, message, shares ? { ...more, hint } : more);
  }
  pop(code, site, addr);
  return ft;
}

/** A call that comes back. */
function call(code: Code, site: Site, { params, results }: FuncType): void {
  popAll(code, site, params);
  pushAll(code, results);
}

/** A call in place of the caller: it gives what the caller would. */
function tailCall(code: Code, site: Site, { params, results }: FuncType): void {
  const { C } = code;
  if (!matchResults(code, results)) {
    const expected = printVals(C, code.results);
    const actual = printVals(C, results);
    const message = `type mismatch: current function requires result type ${expected} but callee returns ${actual}`;
    reject(site, message, { expected, actual });
  }
  popAll(code, site, params);
  unreachable(code);
}

function matchResults({ C, results }: Code, ts: readonly ValType[]): boolean {
  return ts.length === results.length && ts.every((t, i) => matches(C, t, results[i] ?? t));
}

/**
 * @rule Instr_ok/call
 *
 *     C.funcs[x] = share (func t1* -> t2*)    C shared => share = shared
 *     ------------------------------------------------------------------
 *                      C |- call x : t1* -> t2*
 *
 * Source: core 3.0, Validation, Control Instructions; shared-everything-threads overview, Functions.
 */
export function checkCall(code: Code, site: Site, x: number): void {
  call(code, naming(site, x), callee(code, site, x));
}

/**
 * @rule Instr_ok/call_ref
 *
 *     C.types[y] = share (func t1* -> t2*)    C shared => share = shared
 *     ------------------------------------------------------------------
 *              C |- call_ref y : t1* (ref null y) -> t2*
 *
 * Source: core 3.0, Validation, Control Instructions; shared-everything-threads overview, Functions.
 */
export function checkCallRef(code: Code, site: Site, y: number): void {
  call(code, site, calleeByRef(code, site, y));
}

/**
 * @rule Instr_ok/call_indirect
 *
 *     C.tables[x] = share at lim rt    C |- rt <: (ref null (share' func))    C.types[y] = share' (func t1* -> t2*)
 *     C shared => share = shared
 *     ----------------------------------------------------------------------------------------------------------
 *                                C |- call_indirect x y : t1* at -> t2*
 *
 * The call casts what the table holds to type y, so that both are of one share.
 * Source: core 3.0, Validation, Control Instructions; shared-everything-threads overview, Functions.
 */
export function checkCallIndirect(code: Code, site: Site, x: number, y: number): void {
  call(code, site, calleeByTable(code, site, x, y));
}

/**
 * @rule Instr_ok/return_call
 *
 *     C.funcs[x] = share (func t1* -> t2*)    C |- t2* <: C.return    C shared => share = shared
 *     ------------------------------------------------------------------------------------------
 *                          C |- return_call x : t3* t1* -> t4*
 *
 * Source: core 3.0, Validation, Control Instructions; shared-everything-threads overview, Functions.
 */
export function checkReturnCall(code: Code, site: Site, x: number): void {
  tailCall(code, naming(site, x), callee(code, site, x));
}

/**
 * @rule Instr_ok/return_call_ref
 *
 *     C.types[y] = share (func t1* -> t2*)    C |- t2* <: C.return    C shared => share = shared
 *     ------------------------------------------------------------------------------------------
 *                  C |- return_call_ref y : t3* t1* (ref null y) -> t4*
 *
 * Source: core 3.0, Validation, Control Instructions; shared-everything-threads overview, Functions.
 */
export function checkReturnCallRef(code: Code, site: Site, y: number): void {
  tailCall(code, site, calleeByRef(code, site, y));
}

/**
 * @rule Instr_ok/return_call_indirect
 *
 *     C.tables[x] = share at lim rt    C |- rt <: (ref null (share' func))    C.types[y] = share' (func t1* -> t2*)
 *     C |- t2* <: C.return    C shared => share = shared
 *     ----------------------------------------------------------------------------------------------------------
 *                             C |- return_call_indirect x y : t3* t1* at -> t4*
 *
 * Source: core 3.0, Validation, Control Instructions; shared-everything-threads overview, Functions.
 */
export function checkReturnCallIndirect(code: Code, site: Site, x: number, y: number): void {
  tailCall(code, site, calleeByTable(code, site, x, y));
}

/**
 * @rule Instr_ok/fork @ours
 *
 *     C.funcs[x] = shared (func t* -> eps)
 *     ------------------------------------
 *          C |- fork x : t* -> eps
 *
 * Shared and unshared code may fork; the new thread runs only shared code.
 * Source: OOPSLA19, Fig. 21; written down for Weft's text format in `proofs-notes/deviations.md`.
 */
export function checkFork(code: Code, site: Site, x: number): void {
  const { C } = code;
  const thing = { kind: 'func', index: x } as const;
  const { share, comp } = entryType(C, func(C, site, x));
  const { params, results } = comp;
  if (C.premises.has('Instr_ok/fork:func') && share !== 'shared') {
    const forks = `fork starts a thread at ${nameThing(C, thing)}`;
    const own = code.owner === null ? [] : [...code.owner.because, `${code.owner.part} forks ${nameThing(C, thing)}`];
    report(C, site, `fork requires a shared function: ${nameThing(C, thing)} is not shared`, {
      because: [...own, `${forks}, so it must be shared`, whyShared(C, thing)],
      hint: howToShare(C, thing),
    });
  }
  if (results.length > 0) {
    const actual = printVals(C, results);
    const message = `type mismatch: fork requires a function without results but ${nameThing(C, thing)} has ${actual}`;
    report(C, site, message, { expected: '[]', actual });
  }
  popAll(code, site, params);
}
