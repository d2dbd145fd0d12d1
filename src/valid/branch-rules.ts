import type { RefType, ValType } from '../syntax/types.ts';
import { type Code, label, pop, popAll, popRef, push, pushAll } from './code.ts';
import { matches, reject, type Site } from './context.ts';
import { printVal, printVals } from './describe.ts';
import { mentionValue } from './mention.ts';
import { nonNull } from './reference-rules.ts';
import { checkHeapType } from './type-rules.ts';

/**
 * Typing of branches that depend on a reference [core 3.0, Validation, Control Instructions]. The label takes the reference last,
 * except where it was null.
 *
 * Metavariables: C context, t value type, rt reference type, ht heap type, l label.
 */

/**
 * @rule Instr_ok/br_on_null
 *
 *                     C.labels[l] = t*
 *     -------------------------------------------------
 *     C |- br_on_null l : t* (ref null ht) -> t* (ref ht)
 *
 * Source: core 3.0, Validation, Control Instructions.
 */
export function checkBrOnNull(code: Code, site: Site, l: number): void {
  const ts = label(code, site, l);
  const t = popRef(code, site);
  popAll(code, site, ts);
  pushAll(code, ts);
  push(code, nonNull(t));
}

/**
 * @rule Instr_ok/br_on_non_null
 *
 *            C.labels[l] = t* (ref null? ht)
 *     --------------------------------------------
 *     C |- br_on_non_null l : t* (ref null ht) -> t*
 *
 * Source: core 3.0, Validation, Control Instructions.
 */
export function checkBrOnNonNull(code: Code, site: Site, l: number): void {
  const ts = label(code, site, l);
  const last = ts.at(-1);
  if (last === undefined || typeof last === 'string') return rejectLabel(code, site, ts, 'a reference');
  pop(code, site, { ...last, nullable: true });
  const rest = ts.slice(0, -1);
  popAll(code, site, rest);
  pushAll(code, rest);
}

/**
 * @rule Instr_ok/br_on_cast
 *
 *     C |- rt1 : ok(share)    C |- rt2 : ok(share)    C |- rt2 <: rt1    C.labels[l] = t* rt    C |- rt2 <: rt
 *     --------------------------------------------------------------------------------------------------------
 *                           C |- br_on_cast l rt1 rt2 : t* rt1 -> t* (rt1 \ rt2)
 *
 * Source: core 3.0, Validation, Control Instructions; shared-everything-threads overview, Functions.
 */
export function checkBrOnCast(code: Code, site: Site, l: number, from: RefType, to: RefType): void {
  checkCast(code, site, from, to);
  branch(code, site, l, from, to, difference(from, to));
}

/**
 * @rule Instr_ok/br_on_cast_fail
 *
 *     C |- rt1 : ok(share)    C |- rt2 : ok(share)    C |- rt2 <: rt1    C.labels[l] = t* rt    C |- rt1 \ rt2 <: rt
 *     --------------------------------------------------------------------------------------------------------------
 *                               C |- br_on_cast_fail l rt1 rt2 : t* rt1 -> t* rt2
 *
 * Source: core 3.0, Validation, Control Instructions; shared-everything-threads overview, Functions.
 */
export function checkBrOnCastFail(code: Code, site: Site, l: number, from: RefType, to: RefType): void {
  checkCast(code, site, from, to);
  branch(code, site, l, from, difference(from, to), to);
}

function checkCast(code: Code, site: Site, from: RefType, to: RefType): void {
  const { C } = code;
  for (const rt of [from, to]) {
    checkHeapType(C, site.at, rt.heap);
    mentionValue(code, site, rt, 'Instr_ok/cast:type', 'casts from or to');
  }
  if (matches(C, to, from)) return;
  const expected = printVal(C, from);
  const actual = printVal(C, to);
  reject(site, `type mismatch on cast: type ${actual} does not match ${expected}`, { expected, actual });
}

/** What is left of `rt1` where a cast to `rt2` failed: not null if `rt2` has null. */
function difference(rt1: RefType, rt2: RefType): RefType {
  return rt1.nullable && rt2.nullable ? { ...rt1, nullable: false } : rt1;
}

/** `taken` goes to the label, `left` stays. */
function branch(code: Code, site: Site, l: number, from: RefType, taken: RefType, left: RefType): void {
  const { C } = code;
  const ts = label(code, site, l);
  const last = ts.at(-1);
  if (last === undefined || !matches(C, taken, last)) return rejectLabel(code, site, ts, printVal(C, taken));
  pop(code, site, from);
  const rest = ts.slice(0, -1);
  popAll(code, site, rest);
  pushAll(code, rest);
  push(code, left);
}

function rejectLabel(code: Code, site: Site, ts: readonly ValType[], expected: string): never {
  const actual = printVals(code.C, ts);
  const message = `type mismatch: ${site.what} requires type ${expected} but label has ${actual}`;
  return reject(site, message, { expected, actual });
}
