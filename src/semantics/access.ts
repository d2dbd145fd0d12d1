import { assert, known } from '../base/assert.ts';
import type { Access, Order } from '../event/action.ts';
import type { Addr, Region } from '../event/location.ts';
import type { AccessRequest, AskedAction, BoundsCheck, Response, Site } from '../event/request.ts';
import type { Immediate, MemArg, OrderAnnotation, PlainInstr } from '../syntax/module.ts';
import type { Meaning } from '../syntax/instructions.ts';
import { instructionRow } from '../syntax/instructions.ts';
import type { MemType, TableType } from '../syntax/types.ts';
import { PAGE_SIZE } from '../syntax/types.ts';
import type { MemInst, TableInst } from '../runtime/instance.ts';
import { naturalOf, peek } from './operands.ts';
import type { Config, State } from './config.ts';
import { frameOf } from './config.ts';
import type { Attempt } from './rule.ts';
import { trap } from './rule.ts';

/**
 * What the rules for memory accesses share. In their statements a = f.mem(x) is the memory that the instruction names,
 * `len` is the action (rd a.length n) of its bounds check, and n is counted in bytes.
 */

type MeaningOf<K extends Meaning['kind']> = Extract<Meaning, { kind: K }>;

/** The meaning of an instruction that the table says to be of this kind. */
export function meaningOf<K extends Meaning['kind']>(instr: PlainInstr, kind: K): MeaningOf<K> {
  const meaning = known(instructionRow(instr.op), instr.op).meaning;
  assert(meaning.kind === kind, `${instr.op} is a ${kind}`);
  return meaning as MeaningOf<K>;
}

export function memoryOf(z: State, index: number): MemInst {
  return known(frameOf(z).func.it.module.memories[index], 'memory');
}

export function tableOf(z: State, index: number): TableInst {
  return known(frameOf(z).func.it.module.tables[index], 'table');
}

function memArgOf(imm: Immediate): MemArg {
  assert('memarg' in imm, 'a memory access has a memarg');
  return imm.memarg;
}

/** Without an order it is sequentially consistent; of two different ones the weaker is the event's. */
export function orderOf(annotation: OrderAnnotation): Order {
  return annotation === 'none' || annotation === 'seqcst' ? 'seqcst' : 'acqrel';
}

/** An atomic access's order; unordered for all others. */
export function accessOrder(instr: PlainInstr): Order {
  return instr.imm.kind === 'atomic-memarg' ? orderOf(instr.imm.order) : 'unord';
}

/**
 * The memory and the effective address of an access whose address operand is `depth` places below the top. An address above 2^53 is
 * rounded: it is out of bounds in any case.
 */
export function addressed(
  z: State,
  instr: PlainInstr,
  depth: number,
): { readonly memory: MemInst; readonly ea: number } {
  const { memory, offset } = memArgOf(instr.imm);
  return { memory: memoryOf(z, memory), ea: Number(naturalOf(peek(z, depth)) + offset) };
}

export function boundsOf(memory: MemInst, end: number): BoundsCheck {
  return { length: memory.length, unit: PAGE_SIZE, end };
}

/** One bounds-checked event on a memory. */
export function accessOf(memory: MemInst, end: number, actions: readonly AskedAction[], site: Site): AccessRequest {
  return { kind: 'access', bounds: boundsOf(memory, end), actions, site };
}

/** Whether the access was in bounds; traps if not. */
export function inBounds(z: Config, answer: Response | null, site: Site): boolean {
  if (answer?.kind !== 'out-of-bounds') return true;
  trap(z, BEYOND_MEMORY, site);
  return false;
}

export const BEYOND_MEMORY = 'out of bounds memory access';
export const BEYOND_TABLE = 'out of bounds table access';

/** The store units of a memory, table or segment, as far as its length allows. */
export interface Extent {
  readonly length: Region;
  /** How many units a step of the length is. */
  readonly unit: number;
  /** The trap beyond it. */
  readonly beyond: string;
}

/** A memory or table, as bulk instructions see it. */
export interface Storage extends Extent {
  readonly addr: Addr;
  readonly content: Region;
}

export function storageOfMemory({ addr, length, data }: MemInst): Storage {
  return { addr, content: data, length, unit: PAGE_SIZE, beyond: BEYOND_MEMORY };
}

export function storageOfTable({ addr, length, elem }: TableInst): Storage {
  return { addr, content: elem, length, unit: 1, beyond: BEYOND_TABLE };
}

/** One event within an extent that must reach up to unit `end`; it traps beyond. */
export function within(
  { length, unit, beyond }: Extent,
  end: number,
  actions: readonly AskedAction[],
  site: Site,
): Attempt {
  return { request: { kind: 'access', bounds: { length, unit, end }, actions, site }, trap: beyond, site };
}

/** Where a bulk instruction reads or writes: unordered, and torn. */
export function block(region: Region, offset: number, size: number): Access {
  return { region, offset, size, order: 'unord', tearFree: false };
}

/** The read of a length, sequentially consistent as growth is. */
export function lengthRequest(length: Region, site: Site): AccessRequest {
  return {
    kind: 'access',
    bounds: null,
    actions: [{ kind: 'rd', region: length, offset: 0, size: 1, order: 'seqcst', tearFree: true }],
    site,
  };
}

/** The most that a memory or table may grow to, where its type does not say less [core, Memory Types, Table Types]. */
export function greatest({ limits, addr }: MemType | TableType, sort: 'memory' | 'table'): number {
  if (limits.max !== null) return Number(limits.max);
  if (sort === 'memory') return addr === 'i32' ? 2 ** 16 : 2 ** 48;
  return addr === 'i32' ? 2 ** 32 - 1 : Number(2n ** 64n - 1n);
}
