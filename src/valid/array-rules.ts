import { type FieldType, isPacked, type RefType, type StorageType, unpacked, type ValType } from '../syntax/types.ts';
import { isDefaultable } from '../syntax/values.ts';
import { type Code, pop, popAll, push } from './code.ts';
import { matches, reject, report, type Site } from './context.ts';
import { nameThing, printStorage, printVal, typeName } from './describe.ts';
import { mentionData } from './memory-rules.ts';
import { defined, mentionType, refTo } from './mention.ts';
import { bothShares, popOfEitherShare } from './reference-rules.ts';
import { usedElem } from './table-rules.ts';

/**
 * Typing of array instructions [core 3.0, Validation, Aggregate Reference Instructions; shared-everything-threads overview, Functions]. Under
 * `body-strictness=strict` shared code uses no unshared array type.
 *
 * Metavariables: C context, t value type, st storage type, rt reference type, x y indices.
 */

/** The elements of an array type that an instruction names. */
export function arrayField(code: Code, site: Site, x: number, does: string): FieldType {
  const { field } = defined(code, site, 'array', x);
  mentionType(code, site, x, 'Instr_ok/array:type', does);
  return field;
}

/** The elements of an array type that an instruction writes. */
function writtenField(code: Code, site: Site, x: number): StorageType {
  const { storage, mutable } = arrayField(code, site, x, 'writes an element of');
  if (!mutable) {
    const hint = `declare it as (array (mut ${printStorage(code.C, storage)}))`;
    report(code.C, site, `immutable array: type ${typeName(code.C, x)} has elements that are not mut`, { hint });
  }
  return storage;
}

/**
 * @rule Instr_ok/array.new
 *
 *     C.types[x] = share (array (mut? st))    C shared => share = shared
 *     ------------------------------------------------------------------
 *              C |- array.new x : unpack(st) i32 -> (ref x)
 *
 * Source: core 3.0, Validation, Aggregate Reference Instructions; shared-everything-threads overview, Functions.
 */
export function checkArrayNew(code: Code, site: Site, x: number): void {
  const { storage } = arrayField(code, site, x, 'makes an array of');
  popAll(code, site, [unpacked(storage), 'i32']);
  push(code, refTo(x, false));
}

/**
 * @rule Instr_ok/array.new_default
 *
 *     C.types[x] = share (array (mut? st))    unpack(st) defaultable    C shared => share = shared
 *     --------------------------------------------------------------------------------------------
 *                          C |- array.new_default x : i32 -> (ref x)
 *
 * Source: core 3.0, Validation, Aggregate Reference Instructions; shared-everything-threads overview, Functions.
 */
export function checkArrayNewDefault(code: Code, site: Site, x: number): void {
  const { C } = code;
  const t = unpacked(arrayField(code, site, x, 'makes an array of').storage);
  if (!isDefaultable(t)) {
    const message = `array type is not defaultable: the elements of type ${typeName(C, x)} have type ${printVal(C, t)}`;
    report(C, site, message, { hint: 'use array.new, which takes a value for the elements' });
  }
  pop(code, site, 'i32');
  push(code, refTo(x, false));
}

/**
 * @rule Instr_ok/array.new_fixed
 *
 *     C.types[x] = share (array (mut? st))    C shared => share = shared
 *     ------------------------------------------------------------------
 *           C |- array.new_fixed x n : unpack(st)^n -> (ref x)
 *
 * Source: core 3.0, Validation, Aggregate Reference Instructions; shared-everything-threads overview, Functions.
 */
export function checkArrayNewFixed(code: Code, site: Site, x: number, n: number): void {
  const t = unpacked(arrayField(code, site, x, 'makes an array of').storage);
  for (let i = 0; i < n; i++) {
    // A polymorphic stack has as many as are wanted, which the length alone must not make slow.
    if (pop(code, site, t) === 'bot' && code.operands.length === code.top.height) break;
  }
  push(code, refTo(x, false));
}

/**
 * @rule Instr_ok/array.new_elem
 *
 *     C.types[x] = share1 (array (mut? rt1))    C.elems[y] = share2 rt2    C |- rt2 <: rt1    C shared => share1 = share2 = shared
 *     ----------------------------------------------------------------------------------------------------------------------------
 *                                       C |- array.new_elem x y : i32 i32 -> (ref x)
 *
 * Source: core 3.0, Validation, Aggregate Reference Instructions; shared-everything-threads overview, Element Segments.
 */
export function checkArrayNewElem(code: Code, site: Site, x: number, y: number): void {
  const { storage } = arrayField(code, site, x, 'makes an array of');
  matchElem(code, site, y, storage);
  popAll(code, site, ['i32', 'i32']);
  push(code, refTo(x, false));
}

/** The segment's references are elements of the array. */
function matchElem(code: Code, site: Site, y: number, storage: StorageType): void {
  const { C } = code;
  const { type } = usedElem(code, site, y, 'copies from');
  if (matches(C, type, unpacked(storage))) return;
  const more = { expected: printStorage(C, storage), actual: printVal(C, type) };
  const segment = nameThing(C, { kind: 'elem', index: y });
  reject(site, `type mismatch: ${segment} has ${more.actual} but the array has ${more.expected}`, more);
}

/**
 * @rule Instr_ok/array.new_data
 *
 *     C.types[x] = share1 (array (mut? st))    unpack(st) a number or vector type    C.datas[y] = share2 ok
 *     C shared => share1 = share2 = shared
 *     -----------------------------------------------------------------------------------------------------
 *                             C |- array.new_data x y : i32 i32 -> (ref x)
 *
 * Source: core 3.0, Validation, Aggregate Reference Instructions; shared-everything-threads overview, Data Segments.
 */
export function checkArrayNewData(code: Code, site: Site, x: number, y: number): void {
  const { storage } = arrayField(code, site, x, 'makes an array of');
  requireData(code, site, x, storage);
  mentionData(code, site, y, 'copies from');
  popAll(code, site, ['i32', 'i32']);
  push(code, refTo(x, false));
}

function requireData(code: Code, site: Site, x: number, storage: StorageType): void {
  if (typeof storage === 'string') return;
  const { C } = code;
  report(C, site, `array type is not numeric or vector: the elements of type ${typeName(C, x)} are references`, {
    actual: printVal(C, storage),
  });
}

/**
 * @rule Instr_ok/array.get
 *
 *     C.types[x] = share (array (mut? st))    sx? = eps iff st unpacked    C shared => share = shared
 *     -----------------------------------------------------------------------------------------------
 *                      C |- array.get_sx? x : (ref null x) i32 -> unpack(st)
 *
 * Source: core 3.0, Validation, Aggregate Reference Instructions; shared-everything-threads overview, Functions.
 */
export function checkArrayGet(code: Code, site: Site, x: number, extending: boolean): void {
  const { storage } = arrayField(code, site, x, 'reads an element of');
  if (isPacked(storage) !== extending) {
    const message = `array is ${extending ? 'unpacked' : 'packed'}: the elements of type ${typeName(code.C, x)} are ${printStorage(code.C, storage)}`;
    report(code.C, site, message, { hint: extending ? 'use array.get' : 'use array.get_s or array.get_u' });
  }
  popAll(code, site, [refTo(x, true), 'i32']);
  push(code, unpacked(storage));
}

/**
 * @rule Instr_ok/array.set
 *
 *     C.types[x] = share (array (mut st))    C shared => share = shared
 *     -----------------------------------------------------------------
 *          C |- array.set x : (ref null x) i32 unpack(st) -> eps
 *
 * Source: core 3.0, Validation, Aggregate Reference Instructions; shared-everything-threads overview, Functions.
 */
export function checkArraySet(code: Code, site: Site, x: number): void {
  const storage = writtenField(code, site, x);
  popAll(code, site, [refTo(x, true), 'i32', unpacked(storage)]);
}

const ARRAY: Readonly<Record<'shared' | 'unshared', RefType>> = bothShares('array');

/**
 * @rule Instr_ok/array.len
 *
 *     -----------------------------------------------
 *     C |- array.len : (ref null (share array)) -> i32
 *
 * Source: core 3.0, Validation, Aggregate Reference Instructions; shared-everything-threads overview, Instructions.
 */
export function checkArrayLen(code: Code, site: Site): void {
  popOfEitherShare(code, site, ARRAY);
  push(code, 'i32');
}

/**
 * @rule Instr_ok/array.fill
 *
 *     C.types[x] = share (array (mut st))    C shared => share = shared
 *     -----------------------------------------------------------------
 *        C |- array.fill x : (ref null x) i32 unpack(st) i32 -> eps
 *
 * Source: core 3.0, Validation, Aggregate Reference Instructions; shared-everything-threads overview, Functions.
 */
export function checkArrayFill(code: Code, site: Site, x: number): void {
  const storage = writtenField(code, site, x);
  popAll(code, site, [refTo(x, true), 'i32', unpacked(storage), 'i32']);
}

/**
 * @rule Instr_ok/array.copy
 *
 *     C.types[x] = share1 (array (mut st1))    C.types[y] = share2 (array (mut? st2))    C |- st2 <: st1
 *     C shared => share1 = share2 = shared
 *     --------------------------------------------------------------------------------------------------
 *                  C |- array.copy x y : (ref null x) i32 (ref null y) i32 i32 -> eps
 *
 * Source: core 3.0, Validation, Aggregate Reference Instructions; shared-everything-threads overview, Functions.
 */
export function checkArrayCopy(code: Code, site: Site, x: number, y: number): void {
  const { C } = code;
  const to = writtenField(code, site, x);
  const { storage: from } = arrayField(code, site, y, 'reads an element of');
  if (!matchesStorage(code, from, to)) {
    const more = { expected: printStorage(C, to), actual: printStorage(C, from) };
    report(C, site, `array types do not match: ${more.actual} cannot be copied to ${more.expected}`, more);
  }
  popAll(code, site, [refTo(x, true), 'i32', refTo(y, true), 'i32', 'i32']);
}

function matchesStorage(code: Code, st1: StorageType, st2: StorageType): boolean {
  if (typeof st1 === 'string' || typeof st2 === 'string') return st1 === st2;
  return matches(code.C, st1, st2);
}

/** What array.init_data and array.init_elem take besides the segment: array and index, where in the segment, how many. */
function initOperands(x: number): readonly ValType[] {
  return [refTo(x, true), 'i32', 'i32', 'i32'];
}

/**
 * @rule Instr_ok/array.init_elem
 *
 *     C.types[x] = share1 (array (mut rt1))    C.elems[y] = share2 rt2    C |- rt2 <: rt1    C shared => share1 = share2 = shared
 *     ---------------------------------------------------------------------------------------------------------------------------
 *                              C |- array.init_elem x y : (ref null x) i32 i32 i32 -> eps
 *
 * Source: core 3.0, Validation, Aggregate Reference Instructions; shared-everything-threads overview, Element Segments.
 */
export function checkArrayInitElem(code: Code, site: Site, x: number, y: number): void {
  matchElem(code, site, y, writtenField(code, site, x));
  popAll(code, site, initOperands(x));
}

/**
 * @rule Instr_ok/array.init_data
 *
 *     C.types[x] = share1 (array (mut st))    unpack(st) a number or vector type    C.datas[y] = share2 ok
 *     C shared => share1 = share2 = shared
 *     ----------------------------------------------------------------------------------------------------
 *                   C |- array.init_data x y : (ref null x) i32 i32 i32 -> eps
 *
 * Source: core 3.0, Validation, Aggregate Reference Instructions; shared-everything-threads overview, Data Segments.
 */
export function checkArrayInitData(code: Code, site: Site, x: number, y: number): void {
  requireData(code, site, x, writtenField(code, site, x));
  mentionData(code, site, y, 'copies from');
  popAll(code, site, initOperands(x));
}
