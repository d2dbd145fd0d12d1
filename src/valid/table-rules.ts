import type { TableType } from '../syntax/types.ts';
import { apply, type Code, pop, popAll, push } from './code.ts';
import { elem, type ElemEntry, matches, reject, type Site, table } from './context.ts';
import { nameThing, printVal } from './describe.ts';
import { smaller } from './memory-rules.ts';
import { mentionThing } from './mention.ts';

/**
 * Typing of table instructions [core 3.0, Validation, Table Instructions]. Every rule has the premise that a table or segment named by
 * shared code is shared.
 *
 * Metavariables: C context, at address type, rt reference type, x y indices.
 */

/** The table that an instruction names, which shared code must be allowed to name. */
export function usedTable(code: Code, site: Site, x: number, does: string): TableType {
  const { type } = table(code.C, site, x);
  mentionThing(code, site, 'table', x, 'Instr_ok/table:table', does);
  return type;
}

/** The same for element segments. */
export function usedElem(code: Code, site: Site, x: number, does: string): ElemEntry {
  const entry = elem(code.C, site, x);
  mentionThing(code, site, 'elem', x, 'Instr_ok/elem:elem', does);
  return entry;
}

/**
 * @rule Instr_ok/table.get
 *
 *     C.tables[x] = share at lim rt    C shared => share = shared
 *     -----------------------------------------------------------
 *                  C |- table.get x : at -> rt
 *
 * Source: core 3.0, Validation, Table Instructions; shared-everything-threads overview, Functions.
 */
export function checkTableGet(code: Code, site: Site, x: number): void {
  const { addr, elem: rt } = usedTable(code, site, x, 'reads');
  pop(code, site, addr);
  push(code, rt);
}

/**
 * @rule Instr_ok/table.set
 *
 *     C.tables[x] = share at lim rt    C shared => share = shared
 *     -----------------------------------------------------------
 *                 C |- table.set x : at rt -> eps
 *
 * Source: core 3.0, Validation, Table Instructions; shared-everything-threads overview, Functions.
 */
export function checkTableSet(code: Code, site: Site, x: number): void {
  const { addr, elem: rt } = usedTable(code, site, x, 'writes');
  popAll(code, site, [addr, rt]);
}

/**
 * @rule Instr_ok/table.size
 *
 *     C.tables[x] = share at lim rt    C shared => share = shared
 *     -----------------------------------------------------------
 *                 C |- table.size x : eps -> at
 *
 * Source: core 3.0, Validation, Table Instructions; shared-everything-threads overview, Functions.
 */
export function checkTableSize(code: Code, site: Site, x: number): void {
  push(code, usedTable(code, site, x, 'reads the size of').addr);
}

/**
 * @rule Instr_ok/table.grow
 *
 *     C.tables[x] = share at lim rt    C shared => share = shared
 *     -----------------------------------------------------------
 *                C |- table.grow x : rt at -> at
 *
 * Source: core 3.0, Validation, Table Instructions; shared-everything-threads overview, Functions.
 */
export function checkTableGrow(code: Code, site: Site, x: number): void {
  const { addr, elem: rt } = usedTable(code, site, x, 'grows');
  popAll(code, site, [rt, addr]);
  push(code, addr);
}

/**
 * @rule Instr_ok/table.fill
 *
 *     C.tables[x] = share at lim rt    C shared => share = shared
 *     -----------------------------------------------------------
 *               C |- table.fill x : at rt at -> eps
 *
 * Source: core 3.0, Validation, Table Instructions; shared-everything-threads overview, Functions.
 */
export function checkTableFill(code: Code, site: Site, x: number): void {
  const { addr, elem: rt } = usedTable(code, site, x, 'fills');
  popAll(code, site, [addr, rt, addr]);
}

/**
 * @rule Instr_ok/table.copy
 *
 *     C.tables[x] = share1 at1 lim1 rt1    C.tables[y] = share2 at2 lim2 rt2    C |- rt2 <: rt1
 *     C shared => share1 = share2 = shared
 *     -----------------------------------------------------------------------------------------
 *                     C |- table.copy x y : at1 at2 min(at1, at2) -> eps
 *
 * Source: core 3.0, Validation, Table Instructions; shared-everything-threads overview, Functions.
 */
export function checkTableCopy(code: Code, site: Site, x: number, y: number): void {
  const { C } = code;
  const to = usedTable(code, site, x, 'copies to');
  const from = usedTable(code, site, y, 'copies from');
  if (!matches(C, from.elem, to.elem)) {
    const more = { expected: printVal(C, to.elem), actual: printVal(C, from.elem) };
    const message = `type mismatch: source element type ${more.actual} does not match destination element type ${more.expected}`;
    reject(site, message, more);
  }
  apply(code, site, { params: [to.addr, from.addr, smaller(to.addr, from.addr)], results: [] });
}

/**
 * @rule Instr_ok/table.init
 *
 *     C.tables[x] = share1 at lim rt1    C.elems[y] = share2 rt2    C |- rt2 <: rt1    C shared => share1 = share2 = shared
 *     ---------------------------------------------------------------------------------------------------------------------
 *                                      C |- table.init x y : at i32 i32 -> eps
 *
 * Source: core 3.0, Validation, Table Instructions; shared-everything-threads overview, Element Segments.
 */
export function checkTableInit(code: Code, site: Site, x: number, y: number): void {
  const { C } = code;
  const { addr, elem: expected } = usedTable(code, site, x, 'copies to');
  const { type: actual } = usedElem(code, site, y, 'copies from');
  if (!matches(C, actual, expected)) {
    const more = { expected: printVal(C, expected), actual: printVal(C, actual) };
    const segment = nameThing(C, { kind: 'elem', index: y });
    reject(site, `type mismatch: ${segment} has ${more.actual} but the table has ${more.expected}`, more);
  }
  apply(code, site, { params: [addr, 'i32', 'i32'], results: [] });
}

/**
 * @rule Instr_ok/elem.drop
 *
 *     C.elems[x] = share rt    C shared => share = shared
 *     ---------------------------------------------------
 *               C |- elem.drop x : eps -> eps
 *
 * Source: core 3.0, Validation, Table Instructions; shared-everything-threads overview, Element Segments.
 */
export function checkElemDrop(code: Code, site: Site, x: number): void {
  usedElem(code, site, x, 'drops');
}
