import type { InstructionRow } from '../syntax/instructions.ts';
import type { GlobalType, HeapType, ValType } from '../syntax/types.ts';
import { type Code, pop, popAny, push, rejectOperands, setLocal } from './code.ts';
import { type Entry, func, reject, report, type Site } from './context.ts';
import { nameThing, printGlobal, printVal } from './describe.ts';
import { requireSharedThing, requireSharedType } from './share.ts';
import { checkHeapType, checkValType } from './type-rules.ts';

/**
 * Typing of numeric, parametric, variable and reference instructions [core 3.0, Validation, Instructions].
 *
 * Metavariables: C context, t value type, ht heap type, x index.
 */

/** Pops and pushes what the instruction table says. */
export function applySignature(code: Code, site: Site, row: InstructionRow): void {
  if (row.signature === null) return;
  pop(code, site, row.signature.params);
  push(code, row.signature.results);
}

/**
 * @rule Instr_ok/const
 *
 *     -------------------------
 *     C |- nt.const c : eps -> nt
 *
 * Source: core 3.0, Validation, Numeric Instructions.
 */
export function checkConst(code: Code, site: Site, row: InstructionRow): void {
  applySignature(code, site, row);
}

/**
 * @rule Instr_ok/numeric
 *
 *     instruction table: op : t1* -> t2*
 *     ----------------------------------
 *            C |- op : t1* -> t2*
 *
 * Stands for the specification's unop, binop, testop, relop and cvtop.
 * Source: core 3.0, Validation, Numeric Instructions.
 */
export function checkNumeric(code: Code, site: Site, row: InstructionRow): void {
  applySignature(code, site, row);
}

export function checkSelect(code: Code, site: Site, types: readonly ValType[] | null): void {
  if (types === null) checkImplicitSelect(code, { ...site, rule: 'Instr_ok/select-impl' });
  else checkExplicitSelect(code, { ...site, rule: 'Instr_ok/select-expl' }, types);
}

/**
 * @rule Instr_ok/select-expl
 *
 *            C |- t : ok(share)
 *     --------------------------------
 *     C |- select t : t t i32 -> t
 *
 * Source: core 3.0, Validation, Parametric Instructions; shared-everything-threads overview, Functions.
 */
function checkExplicitSelect(code: Code, site: Site, types: readonly ValType[]): void {
  const { C, strict } = code;
  const [t] = types;
  if (t === undefined || types.length !== 1) return reject(site, 'invalid result arity: select has one result');
  checkValType(C, site.at, t);
  if (strict !== null) {
    requireSharedType(C, t, {
      ...site,
      premise: 'Instr_ok/select:type',
      message: 'shared functions cannot have unshared values',
      because: strict.because,
      link: `${strict.part} selects values of type`,
    });
  }
  pop(code, site, [t, t, 'i32']);
  push(code, [t]);
}

/**
 * @rule Instr_ok/select-impl
 *
 *         t a number type
 *     -----------------------------
 *     C |- select : t t i32 -> t
 *
 * Source: core 3.0, Validation, Parametric Instructions.
 */
function checkImplicitSelect(code: Code, site: Site): void {
  pop(code, site, ['i32']);
  const t2 = popAny(code, site);
  const t1 = popAny(code, site);
  for (const t of [t1, t2]) {
    if (typeof t !== 'string') {
      const actual = printVal(code.C, t);
      reject(site, `type mismatch: select without a type requires numbers but stack has ${actual}`, {
        actual,
        hint: `write (select (result ${actual}))`,
      });
    }
  }
  if (t1 !== t2 && t1 !== 'bot' && t2 !== 'bot') return rejectOperands(code, site, [t1, t1], [t1, t2]);
  push(code, [t1 === 'bot' ? t2 : t1]);
}

function local(code: Code, site: Site, x: number): ValType {
  return code.locals[x] ?? reject(site, `unknown local ${x}`);
}

/**
 * @rule Instr_ok/local.get
 *
 *     C.locals[x] = set t
 *     ----------------------------
 *     C |- local.get x : eps -> t
 *
 * Source: core 3.0, Validation, Variable Instructions.
 */
export function checkLocalGet(code: Code, site: Site, x: number): void {
  const t = local(code, site, x);
  if (code.isSet[x] !== true)
    report(code.C, site, `uninitialized local ${x}: ${printVal(code.C, t)} has no default value`);
  push(code, [t]);
}

/**
 * @rule Instr_ok/local.set
 *
 *         C.locals[x] = init t
 *     -------------------------------------
 *     C |- local.set x : t -> eps, sets x
 *
 * Source: core 3.0, Validation, Variable Instructions.
 */
export function checkLocalSet(code: Code, site: Site, x: number): void {
  pop(code, site, [local(code, site, x)]);
  setLocal(code, x);
}

/**
 * @rule Instr_ok/local.tee
 *
 *        C.locals[x] = init t
 *     ----------------------------------
 *     C |- local.tee x : t -> t, sets x
 *
 * Source: core 3.0, Validation, Variable Instructions.
 */
export function checkLocalTee(code: Code, site: Site, x: number): void {
  const t = local(code, site, x);
  pop(code, site, [t]);
  setLocal(code, x);
  push(code, [t]);
}

function global(code: Code, site: Site, x: number): Entry<GlobalType> {
  const entry = x < code.globals ? code.C.globals[x] : undefined;
  return entry ?? reject(site, `unknown global ${x}`);
}

/**
 * @rule Instr_ok/global.get
 *
 *     C.globals[x] = globalshare mut t    C shared => globalshare in {shared, thread_local}
 *     -------------------------------------------------------------------------------------
 *                           C |- global.get x : eps -> t
 *
 * Source: core 3.0, Validation, Variable Instructions; shared-everything-threads overview, Globals, Thread-local storage.
 */
export function checkGlobalGet(code: Code, site: Site, x: number): void {
  const { type } = global(code, site, x);
  const demand = { ...site, premise: 'Instr_ok/global.get:global', does: 'reads' } as const;
  requireSharedThing(code.C, code.owner, { kind: 'global', index: x }, demand);
  push(code, [type.content]);
}

/**
 * @rule Instr_ok/global.set
 *
 *     C.globals[x] = globalshare mut t    C shared => globalshare in {shared, thread_local}
 *     -------------------------------------------------------------------------------------
 *                           C |- global.set x : t -> eps
 *
 * Source: core 3.0, Validation, Variable Instructions; shared-everything-threads overview, Globals, Thread-local storage.
 */
export function checkGlobalSet(code: Code, site: Site, x: number): void {
  const { C } = code;
  const { type } = global(code, site, x);
  const thing = { kind: 'global', index: x } as const;
  requireSharedThing(C, code.owner, thing, { ...site, premise: 'Instr_ok/global.set:global', does: 'writes' });
  if (!type.mutable) {
    report(C, site, `immutable global: ${nameThing(C, thing)} is ${printGlobal(C, type)}`, {
      hint: `declare it as ${printGlobal(C, { ...type, mutable: true })}`,
    });
  }
  pop(code, site, [type.content]);
}

/**
 * @rule Instr_ok/ref.null
 *
 *               C |- ht : ok(share)
 *     ----------------------------------------
 *     C |- ref.null ht : eps -> (ref null ht)
 *
 * Source: core 3.0, Validation, Reference Instructions; shared-everything-threads overview, Functions.
 */
export function checkRefNull(code: Code, site: Site, ht: HeapType): void {
  const { C, strict } = code;
  const t: ValType = { kind: 'ref', nullable: true, heap: ht };
  checkHeapType(C, site.at, ht);
  if (strict !== null) {
    requireSharedType(C, t, {
      ...site,
      premise: 'Instr_ok/ref.null:type',
      message: 'shared functions cannot have unshared values',
      because: strict.because,
      link: `${strict.part} has a null reference of type`,
    });
  }
  push(code, [t]);
}

/**
 * @rule Instr_ok/ref.is_null
 *
 *     ----------------------------------------
 *     C |- ref.is_null : (ref null ht) -> i32
 *
 * Source: core 3.0, Validation, Reference Instructions.
 */
export function checkRefIsNull(code: Code, site: Site): void {
  const t = popAny(code, site);
  if (t !== 'bot' && typeof t === 'string') {
    reject(site, `type mismatch: ref.is_null requires a reference but stack has [${t}]`, { actual: t });
  }
  push(code, ['i32']);
}

/**
 * @rule Instr_ok/ref.func
 *
 *     C.funcs[x] = share (type y)    x in C.refs    C shared => share = shared
 *     ------------------------------------------------------------------------
 *                      C |- ref.func x : eps -> (ref y)
 *
 * The reference is shared exactly if the function is.
 * Source: core 3.0, Validation, Reference Instructions; shared-everything-threads overview, Instructions.
 */
export function checkRefFunc(code: Code, site: Site, x: number): void {
  const { C } = code;
  const entry = func(C, site, x);
  const thing = { kind: 'func', index: x } as const;
  requireSharedThing(C, code.owner, thing, { ...site, premise: 'Instr_ok/ref.func:func', does: 'refers to' });
  if (!C.declared.has(x)) {
    report(C, site, `undeclared function reference: ${nameThing(C, thing)} occurs only in function bodies`, {
      hint: 'export the function, or mention it in the initialiser of a global',
    });
  }
  push(code, [{ kind: 'ref', nullable: false, heap: { kind: 'index', type: entry.type } }]);
}
