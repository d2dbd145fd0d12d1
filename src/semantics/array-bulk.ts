import { assert, known } from '../base/assert.ts';
import type { Access } from '../event/action.ts';
import { regionOf } from '../event/location.ts';
import type { AskedAction, Site } from '../event/request.ts';
import type { Units } from '../event/units.ts';
import type { PlainInstr } from '../syntax/module.ts';
import { contentsOf, repeated, toStorage, unitsOfType } from '../runtime/value-units.ts';
import { block } from './access.ts';
import { newArray, TOO_LARGE } from './array.ts';
import { Atom } from './atom.ts';
import { later } from './bulk.ts';
import type { Admin, State } from './config.ts';
import { frameOf } from './config.ts';
import { peek, popMany, push, unsigned } from './operands.ts';
import { arrayAt, arrayType, BEYOND_ARRAY, NULL_ARRAY, type ArrayRef } from './place.ts';
import type { Attempt, Rule } from './rule.ts';
import { expect, indexOf, pairOf, siteOf, succeeds, trap } from './rule.ts';
import type { Piece } from './segment.ts';
import { checkOf, dataPiece, elemPiece } from './segment.ts';

/**
 * Many elements of an array at once [core, Aggregate Instructions]; each is one event where the specification repeats single accesses.
 * Arrays' lengths are not read: they never change. |t| is the number of units of an element.
 */

/**
 * @rule Step/array.fill
 *
 *     (ref.null ht) (i32.const d) v (i32.const n) (array.fill x) ↪                             trap
 *     (ref.array a) (i32.const d) v (i32.const n) (array.fill x) ↪                             trap    (if d+n > |a|)
 *     (ref.array a) (i32.const d) v (i32.const n) (array.fill x) ↪((wr a.elem[d·|t|] bits(v)^n)?) ε    (if d+n ≤ |a|)
 */
export const stepArrayFill: Rule<PlainInstr> = {
  id: 'Step/array.fill',
  source: 'core, Aggregate Instructions; as one event like OOPSLA19 Fig. 8',
  ask: (z, instr) => arrayFill(z, instr).request,
  step(z, instr, answer) {
    const attempt = arrayFill(z, instr);
    popMany(z, 4);
    succeeds(z, attempt, answer);
  },
};

function arrayFill(z: State, instr: PlainInstr): Attempt {
  const { storage } = arrayType(z, indexOf(instr)).field;
  const [d, n] = [unsigned(peek(z, 2)), unsigned(peek(z, 0))];
  const piece = pieceOf(arrayAt(z, peek(z, 3)), d, n, unitsOfType(storage));
  if (typeof piece === 'string') return failure(piece, siteOf(instr));
  return write(piece, () => repeated(toStorage(storage, peek(z, 1)), n), siteOf(instr));
}

/**
 * @rule Step/array.copy
 *
 *     ref_1 (i32.const d) ref_2 (i32.const s) (i32.const n) (array.copy x y)
 *       ↪  trap    (if ref_1 or ref_2 is null, or d+n > |a| or s+n > |a′|, where ref_1 = ref.array a, ref_2 = ref.array a′)
 *       ↪((rd a′.elem[s·|t|] b^(n·|t|)) (wr a.elem[d·|t|] b^(n·|t|)))?  ε    (otherwise)
 */
export const stepArrayCopy: Rule<PlainInstr> = {
  id: 'Step/array.copy',
  source: 'core, Aggregate Instructions; as one event like OOPSLA19 Fig. 8',
  ask: (z, instr) => arrayCopy(z, instr).request,
  step(z, instr, answer) {
    const attempt = arrayCopy(z, instr);
    popMany(z, 5);
    succeeds(z, attempt, answer);
  },
};

function arrayCopy(z: State, instr: PlainInstr): Attempt {
  const site = siteOf(instr);
  const unit = unitsOfType(arrayType(z, pairOf(instr).x).field.storage);
  const [to, from] = [arrayAt(z, peek(z, 4)), arrayAt(z, peek(z, 2))];
  const [d, s, n] = [unsigned(peek(z, 3)), unsigned(peek(z, 1)), unsigned(peek(z, 0))];
  if (to === null || from === null) return failure(NULL_ARRAY, site);
  const [target, source] = [pieceOf(to, d, n, unit), pieceOf(from, s, n, unit)];
  if (typeof target === 'string') return failure(target, site);
  if (typeof source === 'string') return failure(source, site);
  const read: AskedAction = { kind: 'rd', ...source };
  return event([read, { kind: 'wr-copy', ...target, copies: 0 }], n, site);
}

/**
 * @rule Step/array.new_data
 *
 *     (i32.const s) (i32.const n) (array.new_data x y) ↪(rd y.length k)  trap                          (if s+n·|t| > k)
 *     (i32.const s) (i32.const n) (array.new_data x y) ↪(rd y.length k)  new′ x n y.bytes[s : n·|t|]   (if s+n·|t| ≤ k)
 */
export const stepArrayNewData = arrayOfSegment('array.new_data');

/**
 * @rule Step/array.new_elem
 *
 *     (i32.const s) (i32.const n) (array.new_elem x y) ↪(rd y.length k)  trap                    (if s+n > k)
 *     (i32.const s) (i32.const n) (array.new_elem x y) ↪(rd y.length k)  new′ x n y.items[s : n]  (if s+n ≤ k)
 */
export const stepArrayNewElem = arrayOfSegment('array.new_elem');

function arrayOfSegment(op: 'array.new_data' | 'array.new_elem'): Rule<PlainInstr> {
  return {
    id: `Step/${op}`,
    source:
      'core, Aggregate Instructions; allocation as one event, shared-everything-threads, Memory Model Considerations',
    ask: (z, instr) => checkOf(segmentPiece(z, instr), siteOf(instr)).request,
    step(z, instr, answer) {
      const { x } = pairOf(instr);
      const site = siteOf(instr);
      const piece = segmentPiece(z, instr);
      const n = unsigned(peek(z, 0));
      popMany(z, 2);
      if (!succeeds(z, checkOf(piece, site), answer)) return;
      const request = newArray(z, x, n, site, () => contentsOf(piece.units()));
      const type = new Atom(known(frameOf(z).func.it.module.closed[x], 'type'));
      if (request === null) trap(z, TOO_LARGE, site);
      else z.admin = { kind: 'allocate', request, type, length: n };
    },
  };
}

/**
 * @rule Step/array.new-segment
 *
 *     new′ x n b* ↪(new a.elem b*) ref.array a
 */
export const stepAllocate: Rule<Extract<Admin, { kind: 'allocate' }>> = {
  id: 'Step/array.new-segment',
  source: 'core, Aggregate Instructions',
  ask: (_, { request }) => request,
  step(z, { type, length }, answer) {
    push(z, frameOf(z).func.it.module.refs.array(expect(answer, 'new').addr, type.it, length));
  },
};

/**
 * @rule Step/array.init_data
 *
 *     (ref.null ht) (i32.const d) (i32.const s) (i32.const n) (array.init_data x y) ↪                 trap
 *     (ref.array a) (i32.const d) (i32.const s) (i32.const n) (array.init_data x y) ↪                 trap    (if d+n > |a|)
 *     (ref.array a) (i32.const d) (i32.const s) (i32.const n) (array.init_data x y) ↪(rd y.length k)  trap    (if s+n·|t| > k)
 *     (ref.array a) (i32.const d) (i32.const s) (i32.const n) (array.init_data x y)
 *        ↪(rd y.length k)  (init′ a d·|t| y.bytes[s : n·|t|])?    (if s+n·|t| ≤ k)
 */
export const stepArrayInitData = arrayInit('array.init_data');

/**
 * @rule Step/array.init_elem
 *
 *     (ref.null ht) (i32.const d) (i32.const s) (i32.const n) (array.init_elem x y) ↪                 trap
 *     (ref.array a) (i32.const d) (i32.const s) (i32.const n) (array.init_elem x y) ↪                 trap    (if d+n > |a|)
 *     (ref.array a) (i32.const d) (i32.const s) (i32.const n) (array.init_elem x y) ↪(rd y.length k)  trap    (if s+n > k)
 *     (ref.array a) (i32.const d) (i32.const s) (i32.const n) (array.init_elem x y)
 *        ↪(rd y.length k)  (init′ a d y.items[s : n])?    (if s+n ≤ k)
 */
export const stepArrayInitElem = arrayInit('array.init_elem');

function arrayInit(op: 'array.init_data' | 'array.init_elem'): Rule<PlainInstr> {
  return {
    id: `Step/${op}`,
    source: 'core, Aggregate Instructions; as one event like OOPSLA19 Fig. 8',
    ask: (z, instr) => initCheck(z, instr).request,
    step(z, instr, answer) {
      const attempt = initCheck(z, instr);
      const [target, piece] = [initTarget(z, instr), segmentPiece(z, instr)];
      const n = unsigned(peek(z, 0));
      popMany(z, 4);
      if (!succeeds(z, attempt, answer) || n === 0) return;
      assert(typeof target !== 'string', 'the array is there');
      z.admin = later(
        'init',
        write(target, () => piece.units(), siteOf(instr)),
      );
    },
  };
}

function initCheck(z: State, instr: PlainInstr): Attempt {
  const target = initTarget(z, instr);
  return typeof target === 'string' ? failure(target, siteOf(instr)) : checkOf(segmentPiece(z, instr), siteOf(instr));
}

/** What is written of the array. */
function initTarget(z: State, instr: PlainInstr): Elements | string {
  const unit = unitsOfType(arrayType(z, pairOf(instr).x).field.storage);
  return pieceOf(arrayAt(z, peek(z, 3)), unsigned(peek(z, 2)), unsigned(peek(z, 0)), unit);
}

/** The piece of a segment whose offset and number of elements are the topmost operands. */
function segmentPiece(z: State, instr: PlainInstr): Piece {
  const { x, y } = pairOf(instr);
  const unit = unitsOfType(arrayType(z, x).field.storage);
  const [s, n] = [unsigned(peek(z, 1)), unsigned(peek(z, 0))];
  return instr.op.endsWith('_data') ? dataPiece(z, y, s, n * unit) : elemPiece(z, y, s, n);
}

/** Elements, and the units of each. */
type Elements = Access & { readonly each: number };

/** Elements [i, i+n) of an array, or the trap. */
function pieceOf(array: ArrayRef | null, i: number, n: number, unit: number): Elements | string {
  if (array === null) return NULL_ARRAY;
  if (i + n > array.length) return BEYOND_ARRAY;
  return { ...block(regionOf(array.addr, 'elem'), i * unit, n * unit), each: unit };
}

function write(piece: Elements, units: () => Units, site: Site): Attempt {
  if (piece.size === 0) return { request: null, trap: null, site };
  return event([{ kind: 'wr', ...piece, written: units() }], piece.size, site);
}

/** One event without bounds; none if it has no size. */
function event(actions: readonly AskedAction[], size: number, site: Site): Attempt {
  return { request: size === 0 ? null : { kind: 'access', bounds: null, actions, site }, trap: null, site };
}

function failure(reason: string, site: Site): Attempt {
  return { request: null, trap: reason, site };
}
