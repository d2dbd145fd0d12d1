import { known } from '../base/assert.ts';
import type { ValType } from '../syntax/types.ts';
import { type Code, demand, label, pop, popAll, popAny, pushAll, unreachable } from './code.ts';
import { reject, type Site } from './context.ts';
import { printVals } from './describe.ts';

/**
 * Typing of branches and the like [core 3.0, Validation, Control Instructions].
 *
 * Metavariables: C context, t value type, l label.
 */

/**
 * @rule Instr_ok/unreachable
 *
 *     -----------------------------
 *     C |- unreachable : t1* -> t2*
 *
 * Source: core 3.0, Validation, Control Instructions.
 */
export function checkUnreachable(code: Code): void {
  unreachable(code);
}

/**
 * @rule Instr_ok/nop
 *
 *     ---------------------
 *     C |- nop : eps -> eps
 *
 * Source: core 3.0, Validation, Control Instructions.
 */
export function checkNop(): void {}

/**
 * @rule Instr_ok/br
 *
 *         C.labels[l] = t*
 *     -------------------------
 *     C |- br l : t1* t* -> t2*
 *
 * Source: core 3.0, Validation, Control Instructions.
 */
export function checkBr(code: Code, site: Site, l: number): void {
  popAll(code, site, label(code, site, l));
  unreachable(code);
}

/**
 * @rule Instr_ok/br_if
 *
 *         C.labels[l] = t*
 *     --------------------------
 *     C |- br_if l : t* i32 -> t*
 *
 * Source: core 3.0, Validation, Control Instructions.
 */
export function checkBrIf(code: Code, site: Site, l: number): void {
  const ts = label(code, site, l);
  pop(code, site, 'i32');
  popAll(code, site, ts);
  pushAll(code, ts);
}

/**
 * @rule Instr_ok/br_table
 *
 *     (C |- t* <: C.labels[l])*    C |- t* <: C.labels[l']
 *     ----------------------------------------------------
 *          C |- br_table l* l' : t1* t* i32 -> t2*
 *
 * Source: core 3.0, Validation, Control Instructions.
 */
export function checkBrTable(code: Code, site: Site, labels: readonly number[]): void {
  pop(code, site, 'i32');
  const fallback = label(code, site, known(labels.at(-1), 'default label'));
  for (const l of labels) {
    const ts = label(code, site, l);
    if (ts.length !== fallback.length) rejectLabels(code, site, fallback, ts);
    demand(code, site, ts);
  }
  unreachable(code);
}

function rejectLabels(code: Code, site: Site, fallback: readonly ValType[], ts: readonly ValType[]): never {
  const expected = printVals(code.C, fallback);
  const actual = printVals(code.C, ts);
  const message = `type mismatch: the default label of br_table takes ${expected} but another takes ${actual}`;
  return reject(site, message, { expected, actual });
}

/**
 * @rule Instr_ok/return
 *
 *            C.return = t*
 *     ---------------------------
 *     C |- return : t1* t* -> t2*
 *
 * Source: core 3.0, Validation, Control Instructions.
 */
export function checkReturn(code: Code, site: Site): void {
  popAll(code, site, code.results);
  unreachable(code);
}

/**
 * @rule Instr_ok/drop
 *
 *     --------------------
 *     C |- drop : t -> eps
 *
 * Source: core 3.0, Validation, Parametric Instructions.
 */
export function checkDrop(code: Code, site: Site): void {
  popAny(code, site);
}
