import type { Span } from '../base/span.ts';
import type { BlockType } from '../syntax/module.ts';
import { printMemType } from '../syntax/print-types.ts';
import {
  type FuncType,
  type GlobalType,
  type HeapType,
  type Limits,
  type MemType,
  type TableType,
  type ValType,
} from '../syntax/types.ts';
import { isDefaultable } from '../syntax/values.ts';
import { type Asker, type Context, definition, reject, report } from './context.ts';
import { nameThing, printDefined, printVal, printVals, typeName, whyShared } from './describe.ts';
import { requireSharedType, type SharedOwner } from './share.ts';

/**
 * Well-formedness of types [core 3.0, Validation / Types; shared-everything-threads overview]. A judgement about a type has a share: `ok` means
 * well-formed, `ok(shared)` that it may moreover be part of something shared. The rules that only pass on
 * their premise (Valtype_ok, Reftype_ok) cannot fail by themselves and have no function.
 *
 * Metavariables: C context, t value type, ht heap type, ft function type, gt global, mt memory, tt table, x index, lim limits.
 */

/** Pages of 64 KiB that addresses reach, and how the suites say so. */
const MAX_PAGES = {
  i32: { most: 1n << 16n, words: '65536 pages (4GiB)' },
  i64: { most: 1n << 48n, words: '2^48 pages (16EiB)' },
} as const;

/** Slots of a table that indices reach. */
const MAX_SLOTS = {
  i32: { most: (1n << 32n) - 1n, words: '2^32-1' },
  i64: { most: (1n << 64n) - 1n, words: '2^64-1' },
} as const;

/**
 * @rule Heaptype_ok
 *
 *       absht shared if share = shared             x < |C.types|    C.types[x] = share' comptype    share = shared => share' = shared
 *     ----------------------------------     ---------------------------------------------------------------------------------
 *       C |- share' absht : ok(share)                                   C |- x : ok(share)
 *
 * `known` is the number of definitions that may be referred to: a definition sees its own group and earlier ones. Answers whether the
 * type exists. The sharing half is `isSharedType` in `share.ts`.
 * Source: core 3.0, Validation, Heap Types; shared-everything-threads overview, Heap Types.
 */
export function checkHeapType(C: Context, at: Span, ht: HeapType, known = C.types.length): boolean {
  if (ht.kind !== 'index' || ht.type < known) return true;
  report(C, { rule: 'Heaptype_ok', at }, `unknown type ${typeName(C, ht.type)}`);
  return false;
}

export function checkValType(C: Context, at: Span, t: ValType, known = C.types.length): boolean {
  return typeof t === 'string' || checkHeapType(C, at, t.heap, known);
}

/**
 * @rule Limits_ok
 *
 *     n <= k    (n <= m <= k)?
 *     ------------------------
 *       |- [n .. m?] : k
 *
 * Source: core 3.0, Validation, Limits.
 */
function checkLimits(
  C: Context,
  at: Span,
  { min, max }: Limits,
  size: 'memory size' | 'table size',
  { most, words }: { readonly most: bigint; readonly words: string },
): void {
  const site = { rule: 'Limits_ok', at };
  if (min > most || (max !== null && max > most)) report(C, site, `${size} must be at most ${words}`);
  if (max !== null && min > max) {
    report(C, site, `size minimum must not be greater than maximum: ${min} is greater than ${max}`);
  }
}

/**
 * @rule Globaltype_ok
 *
 *          C |- t : ok(share)
 *     -----------------------------
 *     C |- share mut t : ok(share)
 *
 * Source: core 3.0, Validation, Global Types; shared-everything-threads overview, Globals.
 */
export function checkGlobalType(C: Context, at: Span, index: number, gt: GlobalType): void {
  checkValType(C, at, gt.content);
  if (gt.share === 'thread_local') return checkThreadLocalType(C, at, index, gt);
  if (gt.share !== 'shared') return;
  requireSharedType(C, gt.content, {
    premise: 'Globaltype_ok:content',
    rule: 'Globaltype_ok',
    at,
    message: 'shared globals must have a shared value type',
    because: [whyShared(C, { kind: 'global', index })],
    link: 'its content is',
  });
}

/**
 * @rule Globaltype_ok/thread_local
 *
 *     C |- t : ok(shared)    C |- t defaultable
 *     -----------------------------------------
 *       C |- thread_local mut t : ok(shared)
 *
 * Source: shared-everything-threads overview, Thread-local storage.
 */
function checkThreadLocalType(C: Context, at: Span, index: number, gt: GlobalType): void {
  const rule = 'Globaltype_ok/thread_local';
  const because = [whyShared(C, { kind: 'global', index })];
  requireSharedType(C, gt.content, {
    premise: 'Globaltype_ok/thread_local:content',
    rule,
    at,
    message: 'thread-local globals must have a shared value type',
    because,
    link: 'its content is',
  });
  if (C.premises.has('Globaltype_ok/thread_local:defaultable') && !isDefaultable(gt.content)) {
    const t = printVal(C, gt.content);
    report(C, { rule, at }, `thread-local globals must have a defaultable value type: ${t} has no default value`, {
      because: [
        ...because,
        `every thread starts with the default value of ${t}`,
        `${t} has no default value: it is not nullable`,
      ],
      hint: 'use a nullable reference, (ref null …)',
    });
  }
}

/**
 * @rule Memtype_ok
 *
 *     |- lim : 2^16 (of at = i64: 2^48)    share = shared => lim has a maximum
 *     ------------------------------------------------------------------------
 *                         C |- share at lim : ok(share)
 *
 * Source: core 3.0, Validation, Memory Types; threads proposal, Validation, Memory Types.
 */
export function checkMemType(C: Context, at: Span, index: number, mt: MemType): void {
  checkLimits(C, at, mt.limits, 'memory size', MAX_PAGES[mt.addr]);
  if (C.premises.has('Memtype_ok:max') && mt.share === 'shared' && mt.limits.max === null) {
    const thing = { kind: 'memory', index } as const;
    const { min } = mt.limits;
    const limits = { min, max: min > 0n ? min : 1n };
    report(C, { rule: 'Memtype_ok', at }, `shared memory must have maximum: ${nameThing(C, thing)} has none`, {
      because: [whyShared(C, thing), 'its limits have no maximum'],
      hint: `write its limits with a maximum, such as (memory ${printMemType({ ...mt, limits })})`,
    });
  }
}

/**
 * @rule Tabletype_ok
 *
 *     |- lim : 2^32 - 1 (of at = i64: 2^64 - 1)    C |- rt : ok(share)
 *     ----------------------------------------------------------------
 *                    C |- share at lim rt : ok(share)
 *
 * Source: core 3.0, Validation, Table Types; shared-everything-threads overview, Tables.
 */
export function checkTableType(C: Context, at: Span, index: number, tt: TableType): void {
  checkLimits(C, at, tt.limits, 'table size', MAX_SLOTS[tt.addr]);
  checkValType(C, at, tt.elem);
  if (tt.share !== 'shared') return;
  requireSharedType(C, tt.elem, {
    premise: 'Tabletype_ok:elem',
    rule: 'Tabletype_ok',
    at,
    message: 'shared tables must have a shared element type',
    because: [whyShared(C, { kind: 'table', index })],
    link: 'its elements are',
  });
}

/**
 * @rule Blocktype_ok
 *
 *     C.types[x] = share' (func t1* -> t2*)    (C |- t1 : ok(share))*    (C |- t2 : ok(share))*           (C |- t : ok(share))?
 *     -----------------------------------------------------------------------------------------     ---------------------------
 *                             C |- x : t1* -> t2* ok(share)                                         C |- t? : eps -> t? ok(share)
 *
 * `strict` is the shared function that the block is in, if its values must be shared. The type's own share is of no importance.
 * Source: core 3.0, Validation, Block Types; shared-everything-threads overview, Functions.
 */
export function checkBlockType(C: Context, at: Span, bt: BlockType, strict: SharedOwner | null): FuncType {
  const ft = expandBlockType(C, at, bt);
  if (strict === null) return ft;
  const common = {
    rule: 'Blocktype_ok',
    at,
    message: 'shared functions cannot have unshared values',
    because: strict.because,
  };
  for (const t of ft.params) {
    requireSharedType(C, t, {
      ...common,
      premise: 'Blocktype_ok:params',
      link: `${strict.part} has a block with a parameter`,
    });
  }
  for (const t of ft.results) {
    requireSharedType(C, t, {
      ...common,
      premise: 'Blocktype_ok:results',
      link: `${strict.part} has a block with a result`,
    });
  }
  return ft;
}

function expandBlockType(C: Context, at: Span, bt: BlockType): FuncType {
  if (bt.kind === 'type') return functionType(C, { rule: 'Blocktype_ok', at }, bt.type);
  if (bt.result === null) return NO_RESULT;
  checkValType(C, at, bt.result);
  return { kind: 'func', params: [], results: [bt.result] };
}

const NO_RESULT: FuncType = { kind: 'func', params: [], results: [] };

/** The function type that a type index stands for; `site` tells the rule that wants one. */
export function functionType(C: Context, site: Asker, x: number): FuncType {
  const { comp } = definition(C, site, x);
  if (comp.kind === 'func') return comp;
  return reject(site, `type mismatch: type ${typeName(C, x)} is no function type`, {
    expected: '(func …)',
    actual: printDefined(C, x),
  });
}

/**
 * @rule Tagtype_ok
 *
 *     C.types[x] = share (func t* -> eps)
 *     -----------------------------------
 *             C |- tag x : ok(share)
 *
 * Source: core 3.0, Validation, Tag Types; exception handling's tests (no results).
 */
export function checkTagType(C: Context, at: Span, index: number, x: number): void {
  const site = { rule: 'Tagtype_ok', at };
  const ft = functionType(C, site, x);
  if (ft.results.length === 0) return;
  const name = nameThing(C, { kind: 'tag', index });
  report(C, site, `non-empty tag result type: ${name} has ${printVals(C, ft.results)}`, {
    expected: '[]',
    actual: printVals(C, ft.results),
  });
}
