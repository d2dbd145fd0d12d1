import type { Span } from '../base/span.ts';
import type { BlockType } from '../syntax/module.ts';
import type { FuncType, GlobalType, HeapType, Limits, MemType, TableType, ValType } from '../syntax/types.ts';
import { isDefaultable } from '../syntax/values.ts';
import { type Context, reject, report } from './context.ts';
import { nameThing, printDefined, printVal, typeName, whyShared } from './describe.ts';
import { requireSharedType, type SharedOwner } from './share.ts';

/**
 * Well-formedness of types [core 3.0, Validation / Types; shared-everything-threads overview]. A judgement about a type has a share: `ok` means
 * well-formed, `ok(shared)` that it may moreover be part of something shared. The rules that only pass on
 * their premise (Valtype_ok, Reftype_ok) cannot fail by themselves and have no function.
 *
 * Metavariables: C context, t value type, ht heap type, ft function type, gt global, mt memory, tt table, x index, lim limits.
 */

/** Pages of 64 KiB that 32-bit addresses reach. */
const MAX_PAGES = 65_536;

/** Slots of a table with 32-bit indices. */
const MAX_SLOTS = 0xffff_ffff;

/**
 * @rule Heaptype_ok
 *
 *       absht shared if share = shared             x < |C.types|    C.types[x] = share' comptype    share = shared => share' = shared
 *     ----------------------------------     ---------------------------------------------------------------------------------
 *       C |- share' absht : ok(share)                                   C |- x : ok(share)
 *
 * `known` is the number of definitions that may be referred to: a definition sees itself and earlier ones. The sharing
 * half is `isSharedType` in `share.ts`.
 * Source: core 3.0, Validation, Heap Types; shared-everything-threads overview, Heap Types.
 */
export function checkHeapType(C: Context, at: Span, ht: HeapType, known = C.types.length): void {
  if (ht.kind === 'index' && ht.type >= known)
    report(C, { rule: 'Heaptype_ok', at }, `unknown type ${typeName(C, ht.type)}`);
}

export function checkValType(C: Context, at: Span, t: ValType, known = C.types.length): void {
  if (typeof t !== 'string') checkHeapType(C, at, t.heap, known);
}

/**
 * @rule Functype_ok
 *
 *     (C |- t1 : ok(share))*    (C |- t2 : ok(share))*
 *     ------------------------------------------------
 *          C |- share (func t1* -> t2*) : ok(share)
 *
 * Source: core 3.0, Validation, Composite Types; shared-everything-threads overview, Heap Types; OOPSLA19, Fig. 21.
 */
export function checkFuncType(C: Context, at: Span, x: number, ft: FuncType): void {
  for (const t of [...ft.params, ...ft.results]) checkValType(C, at, t, x + 1);
  if (C.types[x]?.share !== 'shared') return;
  const common = {
    rule: 'Functype_ok',
    at,
    message: 'shared composite type must contain shared types',
    because: [`type ${typeName(C, x)} is shared: it is ${printDefined(C, x)}`],
  };
  ft.params.forEach((t, i) => {
    requireSharedType(C, t, { ...common, premise: 'Functype_ok:params', link: `its parameter ${i} is` });
  });
  ft.results.forEach((t, i) => {
    requireSharedType(C, t, { ...common, premise: 'Functype_ok:results', link: `its result ${i} is` });
  });
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
export function checkLimits(C: Context, at: Span, limits: Limits, most: number, tooBig: string): void {
  const site = { rule: 'Limits_ok', at };
  if (limits.min > most || (limits.max !== null && limits.max > most)) report(C, site, tooBig);
  if (limits.max !== null && limits.min > limits.max) report(C, site, 'size minimum must not be greater than maximum');
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
 *     |- lim : 2^16    share = shared => lim has a maximum
 *     ----------------------------------------------------
 *                C |- share lim : ok(share)
 *
 * Source: threads proposal, Validation, Memory Types.
 */
export function checkMemType(C: Context, at: Span, index: number, mt: MemType): void {
  checkLimits(C, at, mt.limits, MAX_PAGES, 'memory size must be at most 65536 pages (4GiB)');
  if (C.premises.has('Memtype_ok:max') && mt.share === 'shared' && mt.limits.max === null) {
    const thing = { kind: 'memory', index } as const;
    report(C, { rule: 'Memtype_ok', at }, `shared memory must have maximum: ${nameThing(C, thing)} has none`, {
      because: [whyShared(C, thing), 'its limits have no maximum'],
      hint: `write its limits with a maximum, such as ${mt.limits.min} ${Math.max(mt.limits.min, 1)} shared`,
    });
  }
}

/**
 * @rule Tabletype_ok
 *
 *     |- lim : 2^32 - 1    C |- rt : ok(share)
 *     ----------------------------------------
 *          C |- share lim rt : ok(share)
 *
 * Source: core 3.0, Validation, Table Types; shared-everything-threads overview, Tables.
 */
export function checkTableType(C: Context, at: Span, index: number, tt: TableType): void {
  checkLimits(C, at, tt.limits, MAX_SLOTS, 'table size must be at most 2^32-1');
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
  if (bt.kind === 'type')
    return C.types[bt.type]?.comp ?? reject({ rule: 'Blocktype_ok', at }, `unknown type ${bt.type}`);
  if (bt.result !== null) checkValType(C, at, bt.result);
  return { kind: 'func', params: [], results: bt.result === null ? [] : [bt.result] };
}
