import { assert, known } from '../base/assert.ts';
import type { Order } from '../event/action.ts';
import type { AccessRequest, AskedAction, BoundsCheck, Response, Site } from '../event/request.ts';
import type { Immediate, MemArg, OrderAnnotation, PlainInstr } from '../syntax/module.ts';
import type { Meaning } from '../syntax/instructions.ts';
import { instructionRow } from '../syntax/instructions.ts';
import { PAGE_SIZE } from '../syntax/types.ts';
import type { MemInst } from '../runtime/instance.ts';
import { peek, unsigned } from './operands.ts';
import type { Config, State } from './config.ts';
import { frameOf } from './config.ts';
import { trap } from './rule.ts';

/**
 * What the rules for memory accesses share. In their statements a = f.mem(x) is the memory that the instruction names,
 * `len` is the action (rd a.length n) of its bounds check, and n is counted in bytes.
 */

/** How many pages a memory may have at most [core, Memory Types]. */
export const MAX_PAGES = 65536;

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

function memArgOf(imm: Immediate): MemArg {
  assert('memarg' in imm, 'a memory access has a memarg');
  return imm.memarg;
}

export function orderOf(annotation: OrderAnnotation): Order {
  return annotation === 'acqrel' ? 'acqrel' : 'seqcst';
}

/** An atomic access's order; unordered for all others. */
export function accessOrder(instr: PlainInstr): Order {
  return instr.imm.kind === 'atomic-memarg' ? orderOf(instr.imm.order) : 'unord';
}

/** The memory and the effective address of an access whose address operand is `depth` places below the top. */
export function addressed(
  z: State,
  instr: PlainInstr,
  depth: number,
): { readonly memory: MemInst; readonly ea: number } {
  const { memory, offset } = memArgOf(instr.imm);
  return { memory: memoryOf(z, memory), ea: unsigned(peek(z, depth)) + Number(offset) };
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
  trap(z, 'out of bounds memory access', site);
  return false;
}
