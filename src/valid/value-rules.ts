import type { GlobalType, ValType } from '../syntax/types.ts';
import { apply, type Code, type DataSignature, pop, popAny, push, rejectOperands, setLocal } from './code.ts';
import { type Entry, reject, report, type Site } from './context.ts';
import { nameThing, printGlobal, printId, printVal } from './describe.ts';
import { mentionThing, mentionValue } from './mention.ts';
import { printOperand } from './operands.ts';
import { checkValType } from './type-rules.ts';

/**
 * Typing of numeric, parametric and variable instructions [core 3.0, Validation, Instructions].
 *
 * Metavariables: C context, t value type, x index.
 */

/**
 * @rule Instr_ok/const
 *
 *     -------------------------
 *     C |- nt.const c : eps -> nt
 *
 * Source: core 3.0, Validation, Numeric Instructions.
 */
export function checkConst(code: Code, site: Site, signature: DataSignature): void {
  apply(code, site, signature);
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
export function checkNumeric(code: Code, site: Site, signature: DataSignature): void {
  apply(code, site, signature);
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
  const [t] = types;
  if (t === undefined || types.length !== 1) return reject(site, 'invalid result arity: select has one result');
  checkValType(code.C, site.at, t);
  mentionValue(code, site, t, 'Instr_ok/select:type', 'selects values of type');
  pop(code, site, 'i32');
  pop(code, site, t);
  pop(code, site, t);
  push(code, t);
}

/**
 * @rule Instr_ok/select-impl
 *
 *      t a number or vector type
 *     ----------------------------
 *      C |- select : t t i32 -> t
 *
 * Source: core 3.0, Validation, Parametric Instructions.
 */
function checkImplicitSelect(code: Code, site: Site): void {
  pop(code, site, 'i32');
  const t2 = popAny(code, site);
  const t1 = popAny(code, site);
  for (const t of [t1, t2]) {
    if (typeof t !== 'string') {
      const actual = printOperand(code.C, t);
      reject(site, `type mismatch: select without a type requires numbers or vectors but stack has ${actual}`, {
        actual,
        hint: `write (select (result ${actual}))`,
      });
    }
  }
  const t = t1 === 'bot' ? t2 : t1;
  if (t2 !== 'bot' && typeof t === 'string' && t !== 'bot' && t !== t2)
    return rejectOperands(code, site, [t, t], [t, t2]);
  push(code, t);
}

function local(code: Code, site: Site, x: number): ValType {
  const t = code.locals[x] ?? reject(site, `unknown local ${x}`);
  // Where they are not allowed, they have been reported where they are declared.
  if (code.C.readings['unshared-locals'] === 'allow') {
    mentionValue(code, site, t, 'Instr_ok/local:type', 'uses a local of type');
  }
  return t;
}

function localName({ func }: Code, x: number): string {
  const params = func?.params.length ?? 0;
  const id = (x < params ? func?.params[x] : func?.locals[x - params]?.id) ?? null;
  return id === null ? String(x) : printId(id);
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
  if (code.isSet[x] !== true) {
    report(code.C, site, `uninitialized local ${localName(code, x)}: ${printVal(code.C, t)} has no default value`, {
      hint: 'set it before, in this block or one around it, or make its type nullable: (ref null …)',
    });
  }
  push(code, t);
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
  pop(code, site, local(code, site, x));
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
  pop(code, site, t);
  setLocal(code, x);
  push(code, t);
}

export function global(code: Code, site: Site, x: number): Entry<GlobalType> {
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
  mentionThing(code, site, 'global', x, 'Instr_ok/global.get:global', 'reads');
  push(code, type.content);
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
  mentionThing(code, site, 'global', x, 'Instr_ok/global.set:global', 'writes');
  if (!type.mutable) {
    report(C, site, `immutable global: ${nameThing(C, thing)} is ${printGlobal(C, type)}`, {
      hint: `declare it as ${printGlobal(C, { ...type, mutable: true })}`,
    });
  }
  pop(code, site, type.content);
}
