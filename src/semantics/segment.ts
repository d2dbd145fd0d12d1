import { known } from '../base/assert.ts';
import type { Region } from '../event/location.ts';
import type { AccessRequest, Site } from '../event/request.ts';
import type { PlainInstr } from '../syntax/module.ts';
import type { Extent, Storage } from './access.ts';
import { BEYOND_MEMORY, BEYOND_TABLE, memoryOf, storageOfMemory, storageOfTable, tableOf, within } from './access.ts';
import { later, writeOf } from './bulk.ts';
import type { State } from './config.ts';
import { frameOf } from './config.ts';
import { idOf, lengthAt, peek, popMany, unsigned } from './operands.ts';
import type { Attempt, Rule } from './rule.ts';
import { indexOf, pairOf, siteOf, succeeds } from './rule.ts';

/**
 * Segments [core, Memory Instructions, Table Instructions]. What a segment holds never changes and is its instance's; that it was
 * dropped is in the world, where its length becomes 0. So an instruction that reads a segment is two events: first the segment's
 * length is read, then comes what is done with the piece.
 */

/** A piece of a segment. */
export interface Piece {
  readonly segment: Extent;
  /** How far into the segment it reaches: bytes of a data segment, items of an element segment. */
  readonly end: number;
  /** Only if the segment reaches as far. */
  readonly units: () => readonly number[] | Uint8Array;
}

export function dataPiece(z: State, x: number, s: number, size: number): Piece {
  const { bytes, length } = known(frameOf(z).func.it.module.datas[x], 'data segment');
  const segment = { length: known(length, 'length of a data segment'), unit: 1, beyond: BEYOND_MEMORY };
  return { segment, end: s + size, units: () => bytes.subarray(s, s + size) };
}

export function elemPiece(z: State, x: number, s: number, size: number): Piece {
  const { items, length } = known(frameOf(z).func.it.module.elems[x], 'element segment');
  const segment = { length: known(length, 'length of an element segment'), unit: 1, beyond: BEYOND_TABLE };
  return { segment, end: s + size, units: () => items.slice(s, s + size).map(idOf) };
}

/** The event that reads the segment's length. */
export function checkOf({ segment, end }: Piece, site: Site): Attempt {
  return within(segment, end, [], site);
}

/**
 * @rule Step/memory.init
 *
 *     (at.const d) (i32.const s) (i32.const m) (memory.init x y) ↪(rd y.length k)  trap                                  (if s+m > k)
 *     (at.const d) (i32.const s) (i32.const m) (memory.init x y) ↪(rd y.length k)  init′ f.mem(x) d y.bytes[s : m]       (if s+m ≤ k)
 */
export const stepMemoryInit: Rule<PlainInstr> = {
  id: 'Step/memory.init',
  source: 'core, Memory Instructions; as two events like OOPSLA19 Fig. 8',
  ask(z, instr) {
    return checkOf(memoryPiece(z, instr), siteOf(instr)).request;
  },
  step(z, instr, answer) {
    const to = storageOfMemory(memoryOf(z, pairOf(instr).x));
    const second = initOf(z, to, memoryPiece(z, instr), siteOf(instr));
    popMany(z, 3);
    if (succeeds(z, second.check, answer)) z.admin = later('init', second.write());
  },
};

function memoryPiece(z: State, instr: PlainInstr): Piece {
  return dataPiece(z, pairOf(instr).y, unsigned(peek(z, 1)), unsigned(peek(z, 0)));
}

/**
 * @rule Step/table.init
 *
 *     (at.const d) (i32.const s) (i32.const m) (table.init x y) ↪(rd y.length k)  trap                                   (if s+m > k)
 *     (at.const d) (i32.const s) (i32.const m) (table.init x y) ↪(rd y.length k)  init′ f.table(x) d y.items[s : m]      (if s+m ≤ k)
 */
export const stepTableInit: Rule<PlainInstr> = {
  id: 'Step/table.init',
  source: 'core, Table Instructions; as two events like OOPSLA19 Fig. 8',
  ask(z, instr) {
    return checkOf(tablePiece(z, instr), siteOf(instr)).request;
  },
  step(z, instr, answer) {
    const to = storageOfTable(tableOf(z, pairOf(instr).x));
    const second = initOf(z, to, tablePiece(z, instr), siteOf(instr));
    popMany(z, 3);
    if (succeeds(z, second.check, answer)) z.admin = later('init', second.write());
  },
};

function tablePiece(z: State, instr: PlainInstr): Piece {
  return elemPiece(z, pairOf(instr).y, unsigned(peek(z, 1)), unsigned(peek(z, 0)));
}

/** The two events of an initialisation whose operands are on the stack; the second is there if the first succeeds. */
function initOf(z: State, to: Storage, piece: Piece, site: Site) {
  const d = lengthAt(z, 2);
  return { check: checkOf(piece, site), write: (): Attempt => writeOf(to, d, piece.units(), site) };
}

/**
 * @rule Step/elem.drop
 *
 *     elem.drop x ↪(wr x.length 0) ε
 */
export const stepElemDrop: Rule<PlainInstr> = {
  id: 'Step/elem.drop',
  source: 'core, Table Instructions',
  ask(z, instr) {
    return dropRequest(frameOf(z).func.it.module.elems[indexOf(instr)]?.length, instr);
  },
  step() {},
};

/**
 * @rule Step/data.drop
 *
 *     data.drop x ↪(wr x.length 0) ε
 */
export const stepDataDrop: Rule<PlainInstr> = {
  id: 'Step/data.drop',
  source: 'core, Memory Instructions',
  ask(z, instr) {
    return dropRequest(frameOf(z).func.it.module.datas[indexOf(instr)]?.length, instr);
  },
  step() {},
};

function dropRequest(length: Region | null | undefined, instr: PlainInstr): AccessRequest {
  const access = {
    region: known(length, 'length of a segment'),
    offset: 0,
    size: 1,
    order: 'unord',
    tearFree: true,
  } as const;
  return { kind: 'access', bounds: null, actions: [{ kind: 'wr', ...access, written: [0] }], site: siteOf(instr) };
}
