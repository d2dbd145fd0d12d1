import { known } from '../base/assert.ts';
import type { NewRequest, Response, Site } from '../event/request.ts';
import type { Units } from '../event/units.ts';
import type { PlainInstr } from '../syntax/module.ts';
import { unpacked } from '../syntax/types.ts';
import { contentsOf, MAX_ARRAY_UNITS, repeated, toStorage, unitsOfType } from '../runtime/value-units.ts';
import { defaultOf, fromStorage, listed, shownStorage } from './bytes.ts';
import type { Config, State } from './config.ts';
import { frameOf } from './config.ts';
import { i32, peek, peekMany, pop, popMany, push, unsigned } from './operands.ts';
import { accessTo, arrayAt, arrayType, elementPlace, NULL_ARRAY, readOf } from './place.ts';
import type { Attempt, Rule } from './rule.ts';
import { expect, indexOf, pairOf, siteOf, succeeds, trap } from './rule.ts';

/**
 * Arrays, element by element [core, Aggregate Instructions]. One is an address with a type and a length: its elements' units lie one
 * after the other in the world, in a.elem. One that is too large cannot be made: the specification lets allocation fail.
 */

/**
 * @rule Step/array.new
 *
 *     v (i32.const n) (array.new x) ↪(new a.elem bits(v)^n) ref.array a    (if n·|t| ≤ MAX_ARRAY_UNITS, f.type(x) = array t)
 *     v (i32.const n) (array.new x) ↪                       trap           (if n·|t| > MAX_ARRAY_UNITS)
 */
export const stepArrayNew: Rule<PlainInstr> = {
  id: 'Step/array.new',
  source:
    'core, Aggregate Instructions; allocation as one event, shared-everything-threads, Memory Model Considerations',
  ask(z, instr) {
    const { storage } = arrayType(z, indexOf(instr)).field;
    return newArray(z, indexOf(instr), unsigned(peek(z, 0)), siteOf(instr), (n) =>
      repeated(toStorage(storage, peek(z, 1)), n),
    );
  },
  step(z, instr, answer) {
    const n = unsigned(pop(z));
    pop(z);
    pushArray(z, indexOf(instr), n, siteOf(instr), answer);
  },
};

/**
 * @rule Step/array.new_default
 *
 *     (i32.const n) (array.new_default x) ↪ default_t (i32.const n) (array.new x)    (if f.type(x) = array t)
 */
export const stepArrayNewDefault: Rule<PlainInstr> = {
  id: 'Step/array.new_default',
  source: 'core, Aggregate Instructions',
  ask(z, instr) {
    const { storage } = arrayType(z, indexOf(instr)).field;
    return newArray(z, indexOf(instr), unsigned(peek(z, 0)), siteOf(instr), (n) =>
      repeated(toStorage(storage, defaultOf(unpacked(storage))), n),
    );
  },
  step(z, instr, answer) {
    const n = unsigned(pop(z));
    pushArray(z, indexOf(instr), n, siteOf(instr), answer);
  },
};

/**
 * @rule Step/array.new_fixed
 *
 *     v^n (array.new_fixed x n) ↪(new a.elem bits(v)^n) ref.array a
 */
export const stepArrayNewFixed: Rule<PlainInstr> = {
  id: 'Step/array.new_fixed',
  source: 'core, Aggregate Instructions',
  ask(z, instr) {
    const { x, y } = pairOf(instr);
    const { storage } = arrayType(z, x).field;
    return newArray(z, x, y, siteOf(instr), (n) =>
      contentsOf(listed(peekMany(z, n).map((value) => toStorage(storage, value)))),
    );
  },
  step(z, instr, answer) {
    const { x, y } = pairOf(instr);
    popMany(z, y);
    pushArray(z, x, y, siteOf(instr), answer);
  },
};

/** The allocation of n elements of array type x; null if they are too many. */
export function newArray(
  z: State,
  x: number,
  n: number,
  site: Site,
  contents: (n: number) => Units,
): NewRequest | null {
  const each = unitsOfType(arrayType(z, x).field.storage);
  return n * each > MAX_ARRAY_UNITS
    ? null
    : { kind: 'new', field: 'elem', contents: contents(n), layout: [each], site };
}

export const TOO_LARGE = 'allocation size too large';

function pushArray(z: Config, x: number, n: number, site: Site, answer: Response | null): void {
  const { closed, refs } = frameOf(z).func.it.module;
  if (answer === null) trap(z, TOO_LARGE, site);
  else push(z, refs.array(expect(answer, 'new').addr, known(closed[x], 'type'), n));
}

/**
 * @rule Step/array.get
 *
 *     (ref.null ht) (i32.const i) (array.get_sx? x)  ↪               trap
 *     (ref.array a) (i32.const i) (array.get_sx? x)  ↪               trap          (if i ≥ |a|)
 *     (ref.array a) (i32.const i) (array.get_sx? x)  ↪(rd l bits(v)) ext_sx?(v)    (if l is element i of a)
 */
export const stepArrayGet: Rule<PlainInstr> = {
  id: 'Step/array.get',
  source: 'core, Aggregate Instructions',
  ask: (z, instr) => elementRead(z, instr).request,
  step(z, instr, answer) {
    const attempt = elementRead(z, instr);
    popMany(z, 2);
    if (!succeeds(z, attempt, answer)) return;
    const { storage } = arrayType(z, indexOf(instr)).field;
    push(z, fromStorage(storage, expect(answer, 'units').units, instr.op === 'array.get_s'));
  },
};

function elementRead(z: State, instr: PlainInstr): Attempt {
  const x = indexOf(instr);
  const site = siteOf(instr, shownStorage(arrayType(z, x).field.storage));
  return readOf(elementPlace(z, peek(z, 1), x, unsigned(peek(z, 0))), 'unord', site);
}

/**
 * @rule Step/array.set
 *
 *     (ref.null ht) (i32.const i) v (array.set x) ↪               trap
 *     (ref.array a) (i32.const i) v (array.set x) ↪               trap    (if i ≥ |a|)
 *     (ref.array a) (i32.const i) v (array.set x) ↪(wr l bits(v)) ε       (if l is element i of a)
 */
export const stepArraySet: Rule<PlainInstr> = {
  id: 'Step/array.set',
  source: 'core, Aggregate Instructions',
  ask: (z, instr) => elementWrite(z, instr).request,
  step(z, instr, answer) {
    const attempt = elementWrite(z, instr);
    popMany(z, 3);
    succeeds(z, attempt, answer);
  },
};

function elementWrite(z: State, instr: PlainInstr): Attempt {
  const x = indexOf(instr);
  const written = toStorage(arrayType(z, x).field.storage, peek(z, 0));
  const place = elementPlace(z, peek(z, 2), x, unsigned(peek(z, 1)));
  return accessTo(place, 'unord', siteOf(instr), (access) => ({ kind: 'wr', ...access, written }));
}

/**
 * A length never changes, so nothing is asked.
 *
 * @rule Step/array.len
 *
 *     (ref.null ht) array.len ↪ trap
 *     (ref.array a) array.len ↪ i32.const |a|
 */
export const stepArrayLen: Rule<PlainInstr> = {
  id: 'Step/array.len',
  source: 'core, Aggregate Instructions',
  step(z, instr) {
    const found = arrayAt(z, pop(z));
    if (found === null) trap(z, NULL_ARRAY, siteOf(instr));
    else push(z, i32(found.length));
  },
};
