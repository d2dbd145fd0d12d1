import { type FieldType, isPacked, unpacked } from '../syntax/types.ts';
import { isDefaultable } from '../syntax/values.ts';
import { type Code, pop, popAll, push } from './code.ts';
import { reject, report, type Site } from './context.ts';
import { printId, printStorage, printVal, typeName } from './describe.ts';
import { defined, mentionType, refTo } from './mention.ts';

/**
 * Typing of structure instructions [core 3.0, Validation, Aggregate Reference Instructions; shared-everything-threads overview, Functions].
 * References to a shared structure are shared, and shared code has no others: under `body-strictness=strict` it uses no
 * unshared structure type.
 *
 * Metavariables: C context, t value type, st storage type, x y indices.
 */

/** The fields of a structure type that an instruction names. */
function structFields(code: Code, site: Site, x: number, does: string): readonly FieldType[] {
  const { fields } = defined(code, site, 'struct', x);
  mentionType(code, site, x, 'Instr_ok/struct:type', does);
  return fields;
}

/** A field of a structure type, both named by the instruction. */
export function structField(code: Code, site: Site, x: number, y: number, does: string): FieldType {
  return structFields(code, site, x, does)[y] ?? reject(site, `unknown field ${y} of type ${typeName(code.C, x)}`);
}

/** The name of a field as its author wrote it. */
export function fieldName(code: Code, x: number, y: number): string {
  const id = code.C.module.types[x]?.fields[y] ?? null;
  return `field ${id === null ? y : printId(id)} of type ${typeName(code.C, x)}`;
}

/**
 * @rule Instr_ok/struct.new
 *
 *     C.types[x] = share (struct (mut? st)*)    C shared => share = shared
 *     --------------------------------------------------------------------
 *               C |- struct.new x : unpack(st)* -> (ref x)
 *
 * Source: core 3.0, Validation, Aggregate Reference Instructions; shared-everything-threads overview, Functions.
 */
export function checkStructNew(code: Code, site: Site, x: number): void {
  const fields = structFields(code, site, x, 'makes a structure of');
  const types = fields.map((ft) => unpacked(ft.storage));
  popAll(code, site, types);
  push(code, refTo(x, false));
}

/**
 * @rule Instr_ok/struct.new_default
 *
 *     C.types[x] = share (struct (mut? st)*)    (unpack(st) defaultable)*    C shared => share = shared
 *     -------------------------------------------------------------------------------------------------
 *                        C |- struct.new_default x : eps -> (ref x)
 *
 * Source: core 3.0, Validation, Aggregate Reference Instructions; shared-everything-threads overview, Functions.
 */
export function checkStructNewDefault(code: Code, site: Site, x: number): void {
  const { C } = code;
  const fields = structFields(code, site, x, 'makes a structure of');
  for (const [y, { storage }] of fields.entries()) {
    const t = unpacked(storage);
    if (isDefaultable(t)) continue;
    report(C, site, `field type is not defaultable: ${fieldName(code, x, y)} has type ${printVal(C, t)}`, {
      hint: 'use struct.new, which takes a value for every field',
    });
  }
  push(code, refTo(x, false));
}

/**
 * @rule Instr_ok/struct.get
 *
 *     C.types[x] = share (struct ft*)    ft*[y] = mut? st    sx? = eps iff st unpacked    C shared => share = shared
 *     --------------------------------------------------------------------------------------------------------------
 *                         C |- struct.get_sx? x y : (ref null x) -> unpack(st)
 *
 * Source: core 3.0, Validation, Aggregate Reference Instructions; shared-everything-threads overview, Functions.
 */
export function checkStructGet(code: Code, site: Site, x: number, y: number, extending: boolean): void {
  const { storage } = structField(code, site, x, y, 'reads a field of');
  if (isPacked(storage) !== extending) {
    const hint = extending ? 'use struct.get' : 'use struct.get_s or struct.get_u';
    report(code.C, site, `field is ${extending ? 'unpacked' : 'packed'}: ${fieldName(code, x, y)}`, { hint });
  }
  pop(code, site, refTo(x, true));
  push(code, unpacked(storage));
}

/**
 * @rule Instr_ok/struct.set
 *
 *     C.types[x] = share (struct ft*)    ft*[y] = mut st    C shared => share = shared
 *     --------------------------------------------------------------------------------
 *                C |- struct.set x y : (ref null x) unpack(st) -> eps
 *
 * Source: core 3.0, Validation, Aggregate Reference Instructions; shared-everything-threads overview, Functions.
 */
export function checkStructSet(code: Code, site: Site, x: number, y: number): void {
  const { storage, mutable } = structField(code, site, x, y, 'writes a field of');
  if (!mutable) {
    const hint = `declare it as (field (mut ${printStorage(code.C, storage)}))`;
    report(code.C, site, `immutable field: ${fieldName(code, x, y)} is not mut`, { hint });
  }
  popAll(code, site, [refTo(x, true), unpacked(storage)]);
}
