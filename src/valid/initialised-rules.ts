import type { Data, Elem, Expr, Global, Table } from '../syntax/module.ts';
import type { ValType } from '../syntax/types.ts';
import { isDefaultable } from '../syntax/values.ts';
import { endOf } from './code.ts';
import { allocates, checkConstant, isDefaultConstant } from './constant.ts';
import { type Context, heapShare, matches, memory, report, table, type Thing } from './context.ts';
import { nameThing, printVal, whyShared } from './describe.ts';
import { requireSharedType, type SharedOwner } from './share.ts';
import { checkGlobalType, checkTableType, checkValType } from './type-rules.ts';

/**
 * Validity of definitions with constant expressions: globals, tables and segments [core 3.0, Validation, Modules].
 *
 * Metavariables: C context, t value type, rt reference type, gt global, tt table, x index.
 */

/** The code of something shared that initialises it: it uses shared things only, and no thread's own. */
function initialiser(C: Context, thing: Thing, name: string, refusal: string, part: string): SharedOwner {
  return {
    refusal: `invalid type: ${refusal} cannot access`,
    name,
    because: [whyShared(C, thing)],
    part,
    threadLocals: false,
  };
}

/** A global that the module defines; `index` counts the imported ones too. */
export function checkGlobal(C: Context, g: Global, index: number): void {
  checkGlobalType(C, g.at, index, g.type);
  if (g.type.share === 'thread_local') checkThreadLocalInit(C, g, index);
  else checkGlobalInit(C, g, index);
}

/**
 * @rule Global_ok
 *
 *     C |- gt : ok(share)    gt = share mut t    C, share |- expr : t const
 *     ---------------------------------------------------------------------
 *                        C |- global gt expr : gt
 *
 * C holds the imported and the earlier globals. The initialiser of a shared global uses shared globals only.
 * Source: core 3.0, Validation, Globals; shared-everything-threads, test shared-globals.wast.
 */
function checkGlobalInit(C: Context, g: Global, index: number): void {
  const thing: Thing = { kind: 'global', index };
  const what = `the initialiser of ${nameThing(C, thing)}`;
  const shared = g.type.share === 'shared' && C.premises.has('Global_ok:init');
  const owner = shared ? initialiser(C, thing, what, 'initialisers of shared globals', 'its initialiser') : null;
  checkConstant(C, {
    rule: 'Global_ok',
    at: g.at,
    what,
    expr: g.init ?? [],
    type: g.type.content,
    owner,
    globals: index,
  });
}

/**
 * @rule Global_ok/thread_local
 *
 *     C |- thread_local mut t : ok(shared)    (expr = t's default constant)?
 *     ----------------------------------------------------------------------
 *          C |- global (thread_local mut t) expr? : thread_local mut t
 *
 * That is the reading `thread-local-init=default`. `constant` asks (C, shared |- expr : t const)? instead, `non-allocating` moreover that expr
 * has no instruction that allocates.
 * Source: shared-everything-threads overview, Thread-local storage.
 */
function checkThreadLocalInit(C: Context, g: Global, index: number): void {
  if (g.init === null || g.init.length === 0) return;
  const rule = 'Global_ok/thread_local';
  const thing: Thing = { kind: 'global', index };
  const what = `the initialiser of ${nameThing(C, thing)}`;
  const reading = C.readings['thread-local-init'];
  const shared = reading !== 'default' && C.premises.has('Global_ok/thread_local:things');
  const owner = shared ? initialiser(C, thing, what, 'initialisers of thread-local globals', 'its initialiser') : null;
  checkConstant(C, { rule, at: g.at, what, expr: g.init, type: g.type.content, owner, globals: index });
  const site = { rule, at: endOf(g.init, g.at) };
  if (reading === 'non-allocating' && C.premises.has('Global_ok/thread_local:allocation')) {
    const allocating = allocates(g.init);
    if (allocating === null) return;
    report(
      C,
      { rule, at: allocating.at },
      `thread-local globals must be initialised without allocation: ${what} has ${allocating.op}`,
      {
        because: [
          whyShared(C, thing),
          'its initialiser would allocate for each thread (thread-local-init=non-allocating)',
        ],
        hint: 'leave the initialiser out, and set the global in each thread, or choose --reading thread-local-init=constant',
      },
    );
  }
  if (reading !== 'default' || !C.premises.has('Global_ok/thread_local:init') || isDefaultConstant(g.init)) return;
  const t = printVal(C, g.type.content);
  report(C, site, `thread-local globals must be initialised to their default value: ${what} is not that of ${t}`, {
    because: [
      whyShared(C, thing),
      `every thread starts with the default value of ${t}`,
      'its initialiser is another value',
    ],
    hint: 'leave the initialiser out, and set the global in each thread',
  });
}

/**
 * @rule Table_ok
 *
 *     C |- tt : ok(share)    tt = share at lim rt    C, share |- expr : rt const    or    C |- rt defaultable
 *     ----------------------------------------------------------------------------------------------------
 *                                          C |- table tt expr? : tt
 *
 * C holds the imported globals only. Without an initialiser the slots start with null. That of a shared table uses shared globals only.
 * Source: core 3.0, Validation, Tables; shared-everything-threads overview, Tables.
 */
export function checkTable(C: Context, t: Table, index: number): void {
  checkTableType(C, t.at, index, t.type);
  const thing: Thing = { kind: 'table', index };
  const site = { rule: 'Table_ok', at: t.at };
  if (t.init === null) {
    if (isDefaultable(t.type.elem)) return;
    const elem = printVal(C, t.type.elem);
    report(
      C,
      site,
      `type mismatch: elements of ${nameThing(C, thing)} need an initialiser: ${elem} has no default value`,
      {
        actual: elem,
        hint: `make the elements nullable, ${printVal(C, { ...t.type.elem, nullable: true })}, or write what they start with after the type`,
      },
    );
    return;
  }
  const what = `the initialiser of ${nameThing(C, thing)}`;
  const shared = t.type.share === 'shared' && C.premises.has('Table_ok:init');
  const owner = shared ? initialiser(C, thing, what, 'initialisers of shared tables', 'its initialiser') : null;
  checkConstant(C, { ...site, what, expr: t.init, type: t.type.elem, owner, globals: importedGlobals(C) });
}

function importedGlobals(C: Context): number {
  return C.globals.length - C.module.globals.length;
}

/**
 * @rule Elem_ok
 *
 *     C |- rt : ok(share)    (C, share' |- expr : rt const)*    C |- elemmode : rt
 *     ----------------------------------------------------------------------------
 *                   C |- elem share rt expr* elemmode : share rt
 *
 * share' is shared if the segment is, or if rt is ok(shared): what shared references are made from is shared too.
 * Source: core 3.0, Validation, Element Segments; shared-everything-threads overview, Element Segments, and its test shared-tables.wast.
 */
export function checkElem(C: Context, e: Elem, index: number): void {
  const thing: Thing = { kind: 'elem', index };
  const name = nameThing(C, thing);
  const rule = 'Elem_ok';
  checkValType(C, e.at, e.type);
  if (C.elems[index]?.share === 'shared') {
    requireSharedType(C, e.type, {
      rule,
      at: e.at,
      premise: 'Elem_ok:type',
      message: 'shared elem segments must have a shared element type',
      because: [whyShared(C, thing)],
      link: 'its elements are',
    });
  }
  const owner = ownerOfElements(C, e, thing);
  e.items.forEach((expr, i) => {
    const what = `element ${i} of ${name}`;
    checkConstant(C, { rule, at: e.at, what, expr, type: e.type, owner, globals: C.globals.length });
  });
  checkElemMode(C, e, name);
}

function ownerOfElements(C: Context, e: Elem, thing: Thing): SharedOwner | null {
  const refersToShared = heapShare(C, e.type.heap) === 'shared';
  const shared = C.elems[thing.index]?.share === 'shared' || refersToShared;
  if (!shared || !C.premises.has('Elem_ok:items')) return null;
  const name = nameThing(C, thing);
  const owner = initialiser(C, thing, name, 'elements of shared types', 'one of its elements');
  return refersToShared
    ? { ...owner, because: [`the elements of ${name} are shared: they are ${printVal(C, e.type)}`] }
    : owner;
}

/**
 * @rule Elemmode_ok/active
 *
 *     C.tables[x] = share at lim rt'    |- rt <: rt'    C |- expr : at const
 *     ----------------------------------------------------------------------
 *                     C |- active x expr : rt
 *
 * Passive and declarative segments need nothing more.
 * Source: core 3.0, Validation, Element Segments.
 */
function checkElemMode(C: Context, e: Elem, name: string): void {
  if (e.mode.kind !== 'active') return;
  const site = { rule: 'Elemmode_ok/active', at: e.at };
  const { type } = table(C, site, e.mode.table);
  if (!matches(C, e.type, type.elem)) {
    const [actual, expected] = [printVal(C, e.type), printVal(C, type.elem)];
    const into = nameThing(C, { kind: 'table', index: e.mode.table });
    report(C, site, `type mismatch: ${name} has ${actual} but ${into} has ${expected}`, { actual, expected });
  }
  checkOffset(C, site.rule, e, name, e.mode.offset, type.addr);
}

function checkOffset(C: Context, rule: string, { at }: Elem | Data, name: string, expr: Expr, type: ValType): void {
  checkConstant(C, { rule, at, what: `the offset of ${name}`, expr, type, owner: null, globals: C.globals.length });
}

/**
 * @rule Datamode_ok/active
 *
 *     C.mems[x] = share at lim    C |- expr : at const
 *     ------------------------------------------------
 *                 C |- active x expr : ok
 *
 * Passive segments need nothing.
 * Source: core 3.0, Validation, Data Segments.
 */
export function checkData(C: Context, d: Data, index: number): void {
  if (d.mode.kind === 'passive') return;
  const rule = 'Datamode_ok/active';
  const { type } = memory(C, { rule, at: d.at }, d.mode.memory);
  checkOffset(C, rule, d, nameThing(C, { kind: 'data', index }), d.mode.offset, type.addr);
}
