import { assertNever } from '../base/assert.ts';
import type { Span } from '../base/span.ts';
import type { TypeDef } from '../syntax/module.ts';
import {
  type ArrayType,
  type CompType,
  type FuncType,
  isPacked,
  type StorageType,
  type StructType,
} from '../syntax/types.ts';
import { type Context, report } from './context.ts';
import { printDefined, printField, printId, typeName } from './describe.ts';
import { matchCompType, matchFieldType } from './match-definitions.ts';
import type { SharingPremise } from './premises.ts';
import { isSharedType, requireSharedType } from './share.ts';
import { checkValType } from './type-rules.ts';

/**
 * Well-formedness of type definitions [core 3.0, Validation / Types, Recursive Types; shared-everything-threads overview, Heap Types].
 *
 * Metavariables: C context, t value type, ft function or field type, x index.
 */

/** Where the definitions that a definition may mention end: with its own recursive group. */
export function groupEnds(recs: readonly number[]): readonly number[] {
  const ends: number[] = [];
  for (const size of recs) {
    const end = ends.length + size;
    for (let i = 0; i < size; i++) ends.push(end);
  }
  return ends;
}

/**
 * A type definition, numbered `x`; `end` is where its group ends.
 *
 * @rule Subtype_ok
 *
 *     |x'*| <= 1    (x' < x)*    (C.types[x'] = sub x''* share' comptype')*
 *     C |- comptype : ok(share)    (|- comptype <: comptype')*    (share = share')*
 *     -----------------------------------------------------------------------------
 *               C |- sub final? x'* share comptype : ok(x)
 *
 * Source: core 3.0, Validation, Recursive Types; shared-everything-threads overview, Heap Types.
 */
export function checkSubType(C: Context, { at, type }: TypeDef, x: number, end: number): void {
  const known = checkCompType(C, at, x, type.comp, end);
  const site = { rule: 'Subtype_ok', at };
  const [above] = type.supers;
  if (above === undefined) return;
  if (type.supers.length > 1) {
    report(C, site, `sub type cannot have more than one super type: ${name(C, x)} has ${type.supers.length}`);
    return;
  }
  if (above >= end) {
    report(C, site, `unknown type ${typeName(C, above)}`);
    return;
  }
  if (above >= x) {
    report(C, site, `sub type must come after its super type: ${name(C, above)} is not before ${name(C, x)}`, {
      hint: `define ${name(C, above)} before ${name(C, x)}, in the same group or an earlier one`,
    });
    return;
  }
  checkSuperType(C, at, x, above, known);
}

/** `known`: whether all that the definition mentions exists, so that it can be compared. */
function checkSuperType(C: Context, at: Span, x: number, above: number, known: boolean): void {
  const site = { rule: 'Subtype_ok', at };
  const [sub, sup] = [C.types[x], C.types[above]];
  if (sub === undefined || sup === undefined) return;
  const because = (): readonly string[] => [
    `${name(C, x)} is ${printDefined(C, x)}`,
    `its super ${name(C, above)} is ${printDefined(C, above)}`,
  ];
  if (sup.final) {
    report(C, site, `sub type must match super type: ${name(C, above)} is final`, {
      because: because(),
      hint: `define ${name(C, above)} as ${printDefined(C, above, { final: false })}: a definition without sub is final`,
    });
    return;
  }
  if (sub.share !== sup.share && C.premises.has('Subtype_ok:share')) {
    const [shared, not] = sub.share === 'shared' ? [x, above] : [above, x];
    report(C, site, `sub type must match super type: ${name(C, shared)} is shared and ${name(C, not)} is not`, {
      because: because(),
      hint: `define ${name(C, not)} as ${printDefined(C, not, { share: 'shared' })}`,
    });
    return;
  }
  if (known && !matchCompType(sub.comp, sup.comp, C)) {
    report(C, site, `sub type must match super type: ${mismatch(C, x, above)}`, { because: because() });
  }
}

/** The first part in which a definition differs from its supertype. */
function mismatch(C: Context, x: number, above: number): string {
  const [sub, sup] = [C.types[x]?.comp, C.types[above]?.comp];
  const names = `${name(C, x)} does not match ${name(C, above)}`;
  if (sub?.kind !== sup?.kind || sub === undefined || sup === undefined)
    return `${names}: one is ${article(sub)}, the other ${article(sup)}`;
  if (sub.kind === 'array' && sup.kind === 'array')
    return `${names}: elements ${printField(C, sub.field)} against ${printField(C, sup.field)}`;
  if (sub.kind === 'struct' && sup.kind === 'struct') {
    const i = sup.fields.findIndex((ft, k) => {
      const own = sub.fields[k];
      return own === undefined || !matchFieldType(own, ft, C);
    });
    const [own, its] = [sub.fields[i], sup.fields[i]];
    if (own === undefined || its === undefined) return `${names}: it has fewer fields`;
    const aside = own.mutable && its.mutable ? ' (mutable fields must be equal)' : '';
    return `${names}: field ${fieldName(C, above, i)} is ${printField(C, own)} against ${printField(C, its)}${aside}`;
  }
  return `${names}: parameters match the other way round, results this way`;
}

function article(ct: CompType | undefined): string {
  if (ct === undefined) return 'unknown';
  return { func: 'a function', struct: 'a struct', array: 'an array' }[ct.kind];
}

function name(C: Context, x: number): string {
  return `type ${typeName(C, x)}`;
}

/** `$f`, or the number of a field without an identifier. */
function fieldName(C: Context, x: number, i: number): string {
  const id = C.module.types[x]?.fields[i] ?? null;
  return id === null ? String(i) : printId(id);
}

/** Answers whether all that the type mentions exists. */
function checkCompType(C: Context, at: Span, x: number, ct: CompType, end: number): boolean {
  switch (ct.kind) {
    case 'func':
      return checkFuncType(C, at, x, ct, end);
    case 'struct':
      return checkStructType(C, at, x, ct, end);
    case 'array':
      return checkArrayType(C, at, x, ct, end);
    default:
      return assertNever(ct);
  }
}

/** A part of a definition: its type must exist, and be shared if the definition is. Answers whether it exists. */
function checkPart(
  C: Context,
  { rule, at, x, end }: Whole,
  st: StorageType,
  premise: SharingPremise,
  link: () => string,
): boolean {
  if (isPacked(st)) return true;
  if (C.types[x]?.share === 'shared' && !isSharedType(C, st)) {
    const because = [`${name(C, x)} is shared: it is ${printDefined(C, x)}`];
    const message = 'shared composite type must contain shared types';
    requireSharedType(C, st, { premise, rule, at, message, because, link: link() });
  }
  return checkValType(C, at, st, end);
}

/** The definition that a part is of, and the rule that asks about it. */
interface Whole {
  readonly rule: string;
  readonly at: Span;
  readonly x: number;
  readonly end: number;
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
function checkFuncType(C: Context, at: Span, x: number, ft: FuncType, end: number): boolean {
  const whole = { rule: 'Functype_ok', at, x, end };
  let known = true;
  for (const [i, t] of ft.params.entries()) {
    known = checkPart(C, whole, t, 'Functype_ok:params', () => `its parameter ${i} is`) && known;
  }
  for (const [i, t] of ft.results.entries()) {
    known = checkPart(C, whole, t, 'Functype_ok:results', () => `its result ${i} is`) && known;
  }
  return known;
}

/**
 * @rule Structtype_ok
 *
 *           (C |- ft : ok(share))*
 *     ----------------------------------
 *     C |- share (struct ft*) : ok(share)
 *
 * Source: core 3.0, Validation, Composite Types; shared-everything-threads overview, Heap Types.
 */
function checkStructType(C: Context, at: Span, x: number, st: StructType, end: number): boolean {
  const whole = { rule: 'Structtype_ok', at, x, end };
  let known = true;
  for (const [i, { storage }] of st.fields.entries()) {
    known = checkPart(C, whole, storage, 'Structtype_ok:fields', () => `its field ${fieldName(C, x, i)} is`) && known;
  }
  return known;
}

/**
 * @rule Arraytype_ok
 *
 *            C |- ft : ok(share)
 *     --------------------------------
 *     C |- share (array ft) : ok(share)
 *
 * Source: core 3.0, Validation, Composite Types; shared-everything-threads overview, Heap Types.
 */
function checkArrayType(C: Context, at: Span, x: number, { field }: ArrayType, end: number): boolean {
  const whole = { rule: 'Arraytype_ok', at, x, end };
  return checkPart(C, whole, field.storage, 'Arraytype_ok:elements', () => 'its elements are');
}
