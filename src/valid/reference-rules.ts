import type { AbsHeapName, HeapType, RefType, Share, ValType } from '../syntax/types.ts';
import { type Code, pop, popRef, push, rejectOperands } from './code.ts';
import { func, heapShare, report, type Site } from './context.ts';
import { nameThing } from './describe.ts';
import { mentionThing, mentionValue, refTo } from './mention.ts';
import { type BottomRef, matchesOperand } from './operands.ts';
import { checkHeapType } from './type-rules.ts';

/**
 * Typing of instructions on references, structures and arrays apart [core 3.0, Validation, Reference Instructions]. Where an
 * instruction is polymorphic in the share of its operand, `share` is free in its rule [shared-everything-threads overview, Instructions].
 *
 * Metavariables: C context, rt reference type, ht heap type, x index.
 */

function nullable(name: AbsHeapName, share: Share): RefType {
  return { kind: 'ref', nullable: true, heap: { kind: 'abstract', share, name } };
}

export function bothShares(name: AbsHeapName): Readonly<Record<Share, RefType>> {
  return { unshared: nullable(name, 'unshared'), shared: nullable(name, 'shared') };
}

const ANY = bothShares('any');
const EXTERN = bothShares('extern');
const EQ = bothShares('eq');
const I31 = bothShares('i31');

/** Pops `(ref null (share ht))` for some share; which ones fit, tells the result. */
export function popOfEitherShare(
  code: Code,
  site: Site,
  expected: Readonly<Record<Share, RefType>>,
): { readonly operand: RefType | BottomRef; readonly unshared: boolean; readonly shared: boolean } {
  const operand = popRef(code, site);
  const unshared = matchesOperand(code.C, operand, expected.unshared);
  const shared = matchesOperand(code.C, operand, expected.shared);
  if (!unshared && !shared) rejectOperands(code, site, [nearest(code, operand, expected)], [operand]);
  return { operand, unshared, shared };
}

/** Of the two types that would do, the one of the operand's share: what the message should say was expected. */
function nearest(code: Code, operand: RefType | BottomRef, expected: Readonly<Record<Share, RefType>>): RefType {
  return operand.kind === 'ref' && heapShare(code.C, operand.heap) === 'shared' ? expected.shared : expected.unshared;
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
  const t: ValType = { kind: 'ref', nullable: true, heap: ht };
  checkHeapType(code.C, site.at, ht);
  mentionValue(code, site, t, 'Instr_ok/ref.null:type', 'has a null reference of type');
  push(code, t);
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
  mentionThing(code, site, 'func', x, 'Instr_ok/ref.func:func', 'refers to');
  if (!C.declared.has(x)) {
    const name = nameThing(C, { kind: 'func', index: x });
    report(C, site, `undeclared function reference: ${name} occurs only in function bodies`, {
      hint: 'export the function, or declare it as in (elem declare func …)',
    });
  }
  push(code, refTo(entry.type, false));
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
  popRef(code, site);
  push(code, 'i32');
}

/**
 * @rule Instr_ok/ref.as_non_null
 *
 *     ----------------------------------------------
 *     C |- ref.as_non_null : (ref null ht) -> (ref ht)
 *
 * Source: core 3.0, Validation, Reference Instructions.
 */
export function checkRefAsNonNull(code: Code, site: Site): void {
  push(code, nonNull(popRef(code, site)));
}

export function nonNull(t: RefType | BottomRef): RefType | BottomRef {
  return t.nullable ? { ...t, nullable: false } : t;
}

/**
 * @rule Instr_ok/ref.eq
 *
 *     -------------------------------------------------------------------------
 *     C |- ref.eq : (ref null (share eq)) (ref null (share eq)) -> i32
 *
 * Source: core 3.0, Validation, Reference Instructions; shared-everything-threads overview, Instructions.
 */
export function checkRefEq(code: Code, site: Site): void {
  const second = popOfEitherShare(code, site, EQ);
  const first = popOfEitherShare(code, site, EQ);
  if (!(first.unshared && second.unshared) && !(first.shared && second.shared)) {
    const share = first.shared ? 'shared' : 'unshared';
    rejectOperands(code, site, [EQ[share], EQ[share]], [first.operand, second.operand]);
  }
  push(code, 'i32');
}

/**
 * @rule Instr_ok/ref.test
 *
 *     C |- rt : ok(share)    C |- rt' : ok(share)    C |- rt <: rt'
 *     --------------------------------------------------------------
 *                     C |- ref.test rt : rt' -> i32
 *
 * Source: core 3.0, Validation, Reference Instructions; shared-everything-threads overview, Functions.
 */
export function checkRefTest(code: Code, site: Site, rt: RefType): void {
  checkHeapType(code.C, site.at, rt.heap);
  mentionValue(code, site, rt, 'Instr_ok/cast:type', 'tests for');
  popAbove(code, site, rt);
  push(code, 'i32');
}

/**
 * @rule Instr_ok/ref.cast
 *
 *     C |- rt : ok(share)    C |- rt' : ok(share)    C |- rt <: rt'
 *     --------------------------------------------------------------
 *                     C |- ref.cast rt : rt' -> rt
 *
 * Source: core 3.0, Validation, Reference Instructions; shared-everything-threads overview, Functions.
 */
export function checkRefCast(code: Code, site: Site, rt: RefType): void {
  checkHeapType(code.C, site.at, rt.heap);
  mentionValue(code, site, rt, 'Instr_ok/cast:type', 'casts to');
  popAbove(code, site, rt);
  push(code, rt);
}

/** The tops of the hierarchies of abstract heap types. */
const TOPS = (['any', 'func', 'extern', 'exn', 'waitqueue'] as const).map(bothShares);

/** Pops an operand that has a supertype in common with `rt`: both are in one hierarchy. */
function popAbove(code: Code, site: Site, rt: RefType): void {
  const operand = popRef(code, site);
  let expected: RefType | null = null;
  for (const pair of TOPS) {
    for (const top of [pair.unshared, pair.shared]) {
      if (!matchesOperand(code.C, rt, top)) continue;
      if (matchesOperand(code.C, operand, top)) return;
      expected ??= top;
    }
  }
  rejectOperands(code, site, [expected ?? rt], [operand]);
}

/**
 * @rule Instr_ok/ref.i31
 *
 *     --------------------------------------------
 *     C |- ref.i31 : i32 -> (ref (share i31))
 *
 * `ref.i31` gives the unshared one, which shared code cannot have; `ref.i31_shared` the other.
 * Source: core 3.0, Validation, Reference Instructions; shared-everything-threads overview, Instructions.
 */
export function checkRefI31(code: Code, site: Site, share: Share): void {
  const t: RefType = { kind: 'ref', nullable: false, heap: { kind: 'abstract', share, name: 'i31' } };
  mentionValue(code, site, t, 'Instr_ok/ref.i31:type', `has a result of ${site.what},`);
  pop(code, site, 'i32');
  push(code, t);
}

/**
 * @rule Instr_ok/i31.get
 *
 *     -------------------------------------------------
 *     C |- i31.get_sx : (ref null (share i31)) -> i32
 *
 * Source: core 3.0, Validation, Reference Instructions; shared-everything-threads overview, Instructions.
 */
export function checkI31Get(code: Code, site: Site): void {
  popOfEitherShare(code, site, I31);
  push(code, 'i32');
}

/** Pops a reference of one hierarchy and pushes one of another, of the same share and nullability. */
function convert(code: Code, site: Site, from: Readonly<Record<Share, RefType>>, to: 'any' | 'extern'): void {
  const { operand, unshared, shared } = popOfEitherShare(code, site, from);
  const { nullable: null_ } = operand;
  if (unshared && shared) push(code, { kind: 'bottom-ref', nullable: null_, name: to });
  else {
    const heap: HeapType = { kind: 'abstract', share: shared ? 'shared' : 'unshared', name: to };
    push(code, { kind: 'ref', nullable: null_, heap });
  }
}

/**
 * @rule Instr_ok/any.convert_extern
 *
 *     ----------------------------------------------------------------------------------
 *     C |- any.convert_extern : (ref null? (share extern)) -> (ref null? (share any))
 *
 * Source: core 3.0, Validation, External Reference Instructions; shared-everything-threads overview, Instructions.
 */
export function checkAnyConvertExtern(code: Code, site: Site): void {
  convert(code, site, EXTERN, 'any');
}

/**
 * @rule Instr_ok/extern.convert_any
 *
 *     ----------------------------------------------------------------------------------
 *     C |- extern.convert_any : (ref null? (share any)) -> (ref null? (share extern))
 *
 * Source: core 3.0, Validation, External Reference Instructions; shared-everything-threads overview, Instructions.
 */
export function checkExternConvertAny(code: Code, site: Site): void {
  convert(code, site, ANY, 'extern');
}
