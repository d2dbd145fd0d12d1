import { known } from '../base/assert.ts';
import { type Code, label, pop, popAny, push, rejectOperands, unreachable } from './code.ts';
import { func, funcDefType, report, type Site } from './context.ts';
import { howToShare, nameThing, printVals, whyShared } from './describe.ts';
import { requireSharedThing } from './share.ts';

/**
 * Typing of plain control instructions [core 3.0, Validation, Control Instructions].
 *
 * Metavariables: C context, t value type, l label, x index.
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
  pop(code, site, label(code, site, l));
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
  pop(code, site, [...ts, 'i32']);
  push(code, ts);
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
  pop(code, site, ['i32']);
  const fallback = label(code, site, known(labels.at(-1), 'default label'));
  for (const l of labels.slice(0, -1)) {
    const ts = label(code, site, l);
    if (ts.length !== fallback.length) rejectOperands(code, site, fallback, ts);
    push(code, pop(code, site, ts));
  }
  pop(code, site, fallback);
  unreachable(code);
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
  pop(code, site, code.results);
  unreachable(code);
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
  const { C, owner } = code;
  const dt = funcDefType(C, func(C, site, x));
  requireSharedThing(C, owner, { kind: 'func', index: x }, { ...site, premise: 'Instr_ok/call:func', does: 'calls' });
  pop(code, site, dt.comp.params);
  push(code, dt.comp.results);
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
  const dt = funcDefType(C, func(C, site, x));
  if (C.premises.has('Instr_ok/fork:func') && dt.share !== 'shared') {
    const forks = `fork starts a thread at ${nameThing(C, thing)}`;
    const own = code.owner === null ? [] : [...code.owner.because, `${code.owner.part} forks ${nameThing(C, thing)}`];
    report(C, site, `fork requires a shared function: ${nameThing(C, thing)} is not shared`, {
      because: [...own, `${forks}, so it must be shared`, whyShared(C, thing)],
      hint: howToShare(C, thing),
    });
  }
  const { results } = dt.comp;
  if (results.length > 0) {
    report(
      C,
      site,
      `type mismatch: fork requires a function without results but ${nameThing(C, thing)} has ${printVals(C, results)}`,
      {
        expected: '[]',
        actual: printVals(C, results),
      },
    );
  }
  pop(code, site, dt.comp.params);
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
