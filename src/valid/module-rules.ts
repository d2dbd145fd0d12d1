import { assertNever } from '../base/assert.ts';
import type { Export, Func, Import, Module } from '../syntax/module.ts';
import { endOf, enter, leave, makeCode } from './code.ts';
import { type Context, entryType, func, reject, report, type Thing } from './context.ts';
import { isShared, nameThing, plural, printDefined, printId, whyShared } from './describe.ts';
import { checkInstrs } from './instrs.ts';
import type { SharingPremise } from './premises.ts';
import { requireSharedType, type SharedOwner } from './share.ts';
import { howToShare } from './sharing-hints.ts';
import {
  checkGlobalType,
  checkMemType,
  checkTableType,
  checkTagType,
  checkValType,
  functionType,
} from './type-rules.ts';

/**
 * Validity of functions, imports and exports [core 3.0, Validation, Modules].
 *
 * Metavariables: C context, t value type, ft function type, gt global, tt table, x index.
 */

/**
 * @rule Func_ok
 *
 *     C.types[x] = share (func t1* -> t2*)    (C |- t : ok(share))*
 *     C, locals t1* t*, labels t2*, return t2*, share |- instr* : t2*
 *     ---------------------------------------------------------------
 *                 C |- func x (local t)* instr* : x
 *
 * The share of the type is the function's, and what the body may mention depends on it. The reading `unshared-locals=allow` drops what
 * is asked of locals, `body-strictness=relaxed` what is asked of values, not of indices.
 * Source: core 3.0, Validation, Functions; shared-everything-threads overview, Functions.
 */
export function checkFunc(C: Context, f: Func, index: number): void {
  const thing: Thing = { kind: 'func', index };
  const { params, results } = functionType(C, { rule: 'Func_ok', at: f.at }, f.type);
  const owner = C.types[f.type]?.share === 'shared' ? sharedFunction(C, thing) : null;
  checkLocals(C, f, params.length, C.readings['unshared-locals'] === 'reject' ? owner : null);
  const inForce = C.premises.has('Func_ok:body') ? owner : null;
  const strict = C.readings['body-strictness'] === 'strict' ? inForce : null;
  const locals = f.locals.map((l) => l.type);
  const code = makeCode(C, { owner: inForce, strict, func: f, params, locals, results, globals: C.globals.length });
  enter(code, results, [], results);
  const { body } = f;
  checkInstrs(code, body);
  leave(code, { rule: 'Func_ok', at: endOf(body, f.at), what: nameThing(C, thing) });
}

/** `owner`: the shared function, if its locals must be shared. */
function checkLocals(C: Context, f: Func, params: number, owner: SharedOwner | null): void {
  f.locals.forEach(({ id, type }, i) => {
    checkValType(C, f.at, type);
    if (owner === null) return;
    requireSharedType(C, type, {
      premise: 'Func_ok:locals',
      rule: 'Func_ok',
      at: f.at,
      message: 'shared functions cannot have unshared locals',
      because: owner.because,
      link: `its local ${id === null ? params + i : printId(id)} is`,
      hint: 'choose --reading unshared-locals=allow',
    });
  });
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
  const site = { rule: 'Start_ok', at: start.at };
  const entry = func(C, site, start.func);
  const st = entryType(C, entry);
  if (st.comp.params.length === 0 && st.comp.results.length === 0) return;
  const name = nameThing(C, { kind: 'func', index: start.func });
  report(C, site, `start function: ${name} has parameters or results`, {
    expected: '(func)',
    actual: printDefined(C, entry.type),
  });
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
      functionType(C, { rule: 'Import_ok', at: i.at }, i.desc.type);
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
    case 'tag':
      checkTagType(C, i.at, thing.index, i.desc.type);
      break;
    default:
      assertNever(i.desc);
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
  const spaces = { func: C.funcs, global: C.globals, table: C.tables, memory: C.memories, tag: C.tags } as const;
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
  const name = C.module.id === null ? 'the module' : `module ${printId(C.module.id)}`;
  report(
    C,
    { rule, at },
    `shared modules cannot ${verb} unshared ${plural(C, thing)}: ${nameThing(C, thing)} is not shared`,
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

/** No two exports have the same name: a premise of Module_ok, see `check.ts`. */
export function checkExportNames(C: Context, exports: readonly Export[]): void {
  const seen = new Set<string>();
  for (const e of exports) {
    if (seen.has(e.name)) report(C, { rule: 'Module_ok', at: e.at }, `duplicate export name ${JSON.stringify(e.name)}`);
    seen.add(e.name);
  }
}
