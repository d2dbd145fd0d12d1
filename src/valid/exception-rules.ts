import { assertNever } from '../base/assert.ts';
import type { Catch } from '../syntax/module.ts';
import type { RefType, Share, ValType } from '../syntax/types.ts';
import { type Code, label, popAll, unreachable } from './code.ts';
import { entryType, matches, reject, type Site, tag } from './context.ts';
import { printVals } from './describe.ts';
import { mentionThing } from './mention.ts';
import { popOfEitherShare } from './reference-rules.ts';

/**
 * Typing of throwing and catching [core 3.0, Validation, Control Instructions]. A shared tag is thrown and caught as a shared
 * exception reference [shared-everything-threads overview, Exception tags].
 *
 * Metavariables: C context, t value type, x tag index, l label.
 */

/** What a tag carries. */
function carried(code: Code, site: Site, x: number): { readonly ts: readonly ValType[]; readonly share: Share } {
  const { comp, share } = entryType(code.C, tag(code.C, site, x));
  mentionThing(code, site, 'tag', x, 'Instr_ok/throw:tag', site.what === 'throw' ? 'throws' : 'catches');
  return { ts: comp.params, share };
}

/**
 * @rule Instr_ok/throw
 *
 *     C.tags[x] = share (func t* -> eps)    C shared => share = shared
 *     ----------------------------------------------------------------
 *                       C |- throw x : t1* t* -> t2*
 *
 * Source: core 3.0, Validation, Control Instructions; shared-everything-threads overview, Exception tags.
 */
export function checkThrow(code: Code, site: Site, x: number): void {
  popAll(code, site, carried(code, site, x).ts);
  unreachable(code);
}

function exnref(share: Share, nullable: boolean): RefType {
  return { kind: 'ref', nullable, heap: { kind: 'abstract', share, name: 'exn' } };
}

const EXNREF = { unshared: exnref('unshared', true), shared: exnref('shared', true) } as const;

/**
 * @rule Instr_ok/throw_ref
 *
 *     -------------------------------------------------------
 *     C |- throw_ref : t1* (ref null (share exn)) -> t2*
 *
 * Source: core 3.0, Validation, Control Instructions; shared-everything-threads overview, Exception tags.
 */
export function checkThrowRef(code: Code, site: Site): void {
  popOfEitherShare(code, site, EXNREF);
  unreachable(code);
}

/** A clause of try_table, checked before the block is entered: its labels are those outside. */
export function checkCatch(code: Code, clause: Catch): void {
  const site = { rule: `Catch_ok/${clause.kind}`, at: clause.at, what: clause.kind };
  switch (clause.kind) {
    case 'catch':
      return checkCatchTag(code, site, clause.tag ?? 0, clause.label);
    case 'catch_ref':
      return checkCatchRef(code, site, clause.tag ?? 0, clause.label);
    case 'catch_all':
      return checkCatchAll(code, site, clause.label);
    case 'catch_all_ref':
      return checkCatchAllRef(code, site, clause.label);
    default:
      return assertNever(clause.kind);
  }
}

/**
 * @rule Catch_ok/catch
 *
 *     C.tags[x] = share (func t* -> eps)    C |- t* <: C.labels[l]    C shared => share = shared
 *     ------------------------------------------------------------------------------------------
 *                                       C |- catch x l : ok
 *
 * Source: core 3.0, Validation, Control Instructions; shared-everything-threads overview, Exception tags.
 */
function checkCatchTag(code: Code, site: Site, x: number, l: number): void {
  matchLabel(code, site, carried(code, site, x).ts, l);
}

/**
 * @rule Catch_ok/catch_ref
 *
 *     C.tags[x] = share (func t* -> eps)    C |- t* (ref (share exn)) <: C.labels[l]    C shared => share = shared
 *     ------------------------------------------------------------------------------------------------------------
 *                                       C |- catch_ref x l : ok
 *
 * Source: core 3.0, Validation, Control Instructions; shared-everything-threads overview, Exception tags.
 */
function checkCatchRef(code: Code, site: Site, x: number, l: number): void {
  const { ts, share } = carried(code, site, x);
  matchLabel(code, site, [...ts, exnref(share, false)], l);
}

/**
 * @rule Catch_ok/catch_all
 *
 *     C |- eps <: C.labels[l]
 *     ------------------------
 *      C |- catch_all l : ok
 *
 * Source: core 3.0, Validation, Control Instructions.
 */
function checkCatchAll(code: Code, site: Site, l: number): void {
  matchLabel(code, site, [], l);
}

/**
 * @rule Catch_ok/catch_all_ref
 *
 *     C |- (ref (share exn)) <: C.labels[l]    share = shared iff C shared
 *     --------------------------------------------------------------------
 *                      C |- catch_all_ref l : ok
 *
 * All that shared code calls throws shared tags alone.
 * Source: core 3.0, Validation, Control Instructions; shared-everything-threads overview, Exception tags (TODO).
 */
function checkCatchAllRef(code: Code, site: Site, l: number): void {
  matchLabel(code, site, [exnref(code.owner === null ? 'unshared' : 'shared', false)], l);
}

/** The label must take what is caught. */
function matchLabel(code: Code, site: Site, ts: readonly ValType[], l: number): void {
  const { C } = code;
  const expected = label(code, site, l);
  if (ts.length === expected.length && ts.every((t, i) => matches(C, t, expected[i] ?? t))) return;
  const more = { expected: printVals(C, expected), actual: printVals(C, ts) };
  reject(site, `type mismatch: ${site.what} gives ${more.actual} but label has ${more.expected}`, more);
}
