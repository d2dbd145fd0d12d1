import type { Data, Export, Func, Global, Import, Module, Table, TypeDef } from '../syntax/module.ts';
import { isDefaultable } from '../syntax/values.ts';
import { endOf, enter, leave, makeCode } from './code.ts';
import { checkConstant, isDefaultConstant } from './constant.ts';
import { type Context, func, funcDefType, memory, reject, report, type Thing } from './context.ts';
import { howToShare, isShared, nameThing, plural, printDef, printVal, whyShared } from './describe.ts';
import { checkInstrs } from './instrs.ts';
import type { SharingPremise } from './premises.ts';
import { requireSharedType, type SharedOwner } from './share.ts';
import { checkFuncType, checkGlobalType, checkMemType, checkTableType, checkValType } from './type-rules.ts';

/**
 * Validity of a module's definitions [core 3.0, Validation, Modules].
 *
 * Metavariables: C context, t value type, ft function type, gt global, tt table, x index.
 */

/** A type definition, numbered `x`. */
export function checkTypeDef(C: Context, td: TypeDef, x: number): void {
  checkFuncType(C, td.at, x, td.type.comp);
}

/**
 * @rule Func_ok
 *
 *     C.types[x] = share (func t1* -> t2*)    (C |- t : ok(share))*
 *     C, locals t1* t*, labels t2*, return t2*, share |- instr* : t2*
 *     ---------------------------------------------------------------
 *                 C |- func x (local t)* instr* : x
 *
 * The share of the type is the function's, and what the body may mention depends on it. The reading `body-strictness=relaxed`
 * drops what is asked of locals and values, not of indices.
 * Source: core 3.0, Validation, Functions; shared-everything-threads overview, Functions.
 */
export function checkFunc(C: Context, f: Func, index: number): void {
  const thing: Thing = { kind: 'func', index };
  const dt = C.types[f.type] ?? reject({ rule: 'Func_ok', at: f.at }, `unknown type ${f.type}`);
  const owner = dt.share === 'shared' ? sharedFunction(C, thing) : null;
  const strict = C.readings['body-strictness'] === 'strict' ? owner : null;
  for (const [i, { id, type }] of f.locals.entries()) {
    checkValType(C, f.at, type);
    if (strict === null) continue;
    requireSharedType(C, type, {
      premise: 'Func_ok:locals',
      rule: 'Func_ok',
      at: f.at,
      message: 'shared functions cannot have unshared locals',
      because: strict.because,
      link: `its local ${id === null ? dt.comp.params.length + i : `$${id}`} is`,
      hint: 'choose --reading body-strictness=relaxed',
    });
  }
  const inForce = C.premises.has('Func_ok:body');
  const { params, results } = dt.comp;
  const locals = f.locals.map((l) => l.type);
  const code = makeCode(C, {
    owner: inForce ? owner : null,
    strict: inForce ? strict : null,
    params,
    locals,
    results,
    globals: C.globals.length,
  });
  enter(code, results, [], results);
  checkInstrs(code, f.body);
  leave(code, { rule: 'Func_ok', at: endOf(f.body, f.at), what: nameThing(C, thing) });
}

function sharedFunction(C: Context, thing: Thing): SharedOwner {
  return {
    refusal: 'shared functions cannot access',
    name: nameThing(C, thing),
    because: [whyShared(C, thing)],
    part: 'its body',
    threadLocals: true,
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
  const shared = g.type.share === 'shared' && C.premises.has('Global_ok:init');
  const what = `the initialiser of ${nameThing(C, thing)}`;
  const owner: SharedOwner = {
    refusal: 'invalid type: initialisers of shared globals cannot access',
    name: what,
    because: [whyShared(C, thing)],
    part: 'its initialiser',
    threadLocals: false,
  };
  const expr = g.init ?? [];
  const site = { rule: 'Global_ok', at: g.at, what };
  checkConstant(C, { ...site, expr, type: g.type.content, owner: shared ? owner : null, globals: index });
}

/**
 * @rule Global_ok/thread_local
 *
 *     C |- thread_local mut t : ok(shared)    (expr = t's default constant)?
 *     ----------------------------------------------------------------------
 *          C |- global (thread_local mut t) expr? : thread_local mut t
 *
 * Source: shared-everything-threads overview, Thread-local storage.
 */
function checkThreadLocalInit(C: Context, g: Global, index: number): void {
  if (g.init === null || g.init.length === 0) return;
  const rule = 'Global_ok/thread_local';
  const thing: Thing = { kind: 'global', index };
  const what = `the initialiser of ${nameThing(C, thing)}`;
  checkConstant(C, { rule, at: g.at, what, expr: g.init, type: g.type.content, owner: null, globals: index });
  if (!C.premises.has('Global_ok/thread_local:init') || isDefaultConstant(g.init)) return;
  report(
    C,
    { rule, at: endOf(g.init, g.at) },
    `thread-local globals must be initialised to their default value: ${what} is not that of ${printVal(C, g.type.content)}`,
    {
      because: [
        whyShared(C, thing),
        `every thread starts with the default value of ${printVal(C, g.type.content)}`,
        'its initialiser is another value',
      ],
      hint: 'leave the initialiser out, and set the global in each thread',
    },
  );
}

/**
 * @rule Table_ok
 *
 *     C |- tt : ok(share)    tt = share lim rt    C |- rt defaultable
 *     ---------------------------------------------------------------
 *                       C |- table tt : tt
 *
 * Source: core 3.0, Validation, Tables.
 */
export function checkTable(C: Context, t: Table, index: number): void {
  checkTableType(C, t.at, index, t.type);
  if (isDefaultable(t.type.elem)) return;
  const elem = printVal(C, t.type.elem);
  report(
    C,
    { rule: 'Table_ok', at: t.at },
    `type mismatch: elements of ${nameThing(C, { kind: 'table', index })} need a default value but ${elem} has none`,
    {
      actual: elem,
    },
  );
}

/**
 * @rule Data_ok
 *
 *     C.mems[x] = mt    C |- expr : i32 const                 (passive)
 *     ---------------------------------------    -------------------------
 *      C |- data b* (active x expr) : ok          C |- data b* passive : ok
 *
 * Source: core 3.0, Validation, Data Segments.
 */
export function checkData(C: Context, d: Data, index: number): void {
  if (d.mode.kind === 'passive') return;
  const what = `the offset of data segment ${d.id === null ? index : `$${d.id}`}`;
  const site = { rule: 'Data_ok', at: d.at, what };
  memory(C, site, d.mode.memory);
  checkConstant(C, { ...site, expr: d.mode.offset, type: 'i32', owner: null, globals: C.globals.length });
}

/**
 * @rule Start_ok
 *
 *     C.funcs[x] = share (func eps -> eps)
 *     ------------------------------------
 *             C |- start x : ok
 *
 * Source: core 3.0, Validation, Start Function.
 */
export function checkStart(C: Context, start: NonNullable<Module['start']>): void {
  const site = { rule: 'Start_ok', at: start.at, what: 'start' };
  const dt = funcDefType(C, func(C, site, start.func));
  if (dt.comp.params.length === 0 && dt.comp.results.length === 0) return;
  const name = nameThing(C, { kind: 'func', index: start.func });
  reject(site, `start function: ${name} has parameters or results`, { expected: '(func)', actual: printDef(C, dt) });
}

/**
 * @rule Import_ok
 *
 *         C |- xt : ok
 *     --------------------
 *     C |- import xt : xt
 *
 * Source: core 3.0, Validation, Imports.
 */
export function checkImport(C: Context, i: Import, thing: Thing): void {
  switch (i.desc.kind) {
    case 'func':
      if (C.types[i.desc.type] === undefined) reject({ rule: 'Import_ok', at: i.at }, `unknown type ${i.desc.type}`);
      break;
    case 'table':
      checkTableType(C, i.at, thing.index, i.desc.type);
      break;
    case 'memory':
      checkMemType(C, i.at, thing.index, i.desc.type);
      break;
    case 'global':
      checkGlobalType(C, i.at, thing.index, i.desc.type);
      break;
  }
  if (C.module.shared) checkSharedImport(C, i, thing);
}

/**
 * @rule Import_ok/shared @ours
 *
 *     C |- import xt : xt    xt is shared or thread_local
 *     ---------------------------------------------------
 *         C |- import xt : xt in a shared module
 *
 * Source: Weft's module-level flag, `proofs-notes/deviations.md`; after the wasm-c-api issue on sharing instances.
 */
function checkSharedImport(C: Context, i: Import, thing: Thing): void {
  const name = `"${i.module}" "${i.name}"`;
  requireSharedExtern(
    C,
    i,
    thing,
    'Import_ok/shared',
    'Import_ok/shared:type',
    'import',
    `it imports ${nameThing(C, thing)} as ${name}`,
  );
}

/**
 * @rule Export_ok
 *
 *      C.kinds[x] = xt
 *     -------------------
 *     C |- export x : xt
 *
 * Source: core 3.0, Validation, Exports.
 */
export function checkExport(C: Context, e: Export): void {
  const spaces = { func: C.funcs, global: C.globals, table: C.tables, memory: C.memories } as const;
  const site = { rule: 'Export_ok', at: e.at };
  if (e.index >= spaces[e.kind].length) reject(site, `unknown ${e.kind === 'func' ? 'function' : e.kind} ${e.index}`);
  if (C.module.shared) checkSharedExport(C, e);
}

/**
 * @rule Export_ok/shared @ours
 *
 *     C |- export x : xt    xt is shared or thread_local
 *     --------------------------------------------------
 *         C |- export x : xt in a shared module
 *
 * Source: Weft's module-level flag, `proofs-notes/deviations.md`; after the wasm-c-api issue on sharing instances.
 */
function checkSharedExport(C: Context, e: Export): void {
  const thing: Thing = { kind: e.kind, index: e.index };
  requireSharedExtern(
    C,
    e,
    thing,
    'Export_ok/shared',
    'Export_ok/shared:type',
    'export',
    `it exports ${nameThing(C, thing)} as "${e.name}"`,
  );
}

function requireSharedExtern(
  C: Context,
  { at }: Pick<Export, 'at'>,
  thing: Thing,
  rule: string,
  premise: SharingPremise,
  verb: 'import' | 'export',
  link: string,
): void {
  if (!C.premises.has(premise) || isShared(C, thing)) return;
  const name = C.module.id === null ? 'the module' : `module $${C.module.id}`;
  report(
    C,
    { rule, at },
    `shared modules cannot ${verb} unshared ${plural(thing.kind)}: ${nameThing(C, thing)} is not shared`,
    {
      because: [
        `${name} is shared: all that it imports and exports must be shared or thread_local`,
        link,
        whyShared(C, thing),
      ],
      hint: howToShare(C, thing),
    },
  );
}

/** @rule Module_ok: see `check.ts`. */
export function checkExportNames(C: Context, exports: readonly Export[]): void {
  const seen = new Set<string>();
  for (const e of exports) {
    if (seen.has(e.name)) report(C, { rule: 'Module_ok', at: e.at }, `duplicate export name "${e.name}"`);
    seen.add(e.name);
  }
}
