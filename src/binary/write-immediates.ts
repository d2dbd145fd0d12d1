import { Bug, assertNever } from '../base/assert.ts';
import type { ImmediateShape, InstructionRow } from '../syntax/instructions.ts';
import type { Immediate, MemArg, OrderAnnotation } from '../syntax/module.ts';
import * as code from './codes.ts';
import { writeHeapType, writeValType } from './write-types.ts';
import type { Writer } from './writer.ts';

/** Opcodes, and immediates by their kind; the shape of the row says in which order two indices stand. */

/** Shapes whose indices the binary format has in the other order than the text. */
const SWAPPED: ReadonlySet<ImmediateShape> = new Set(['memory-data', 'table-elem', 'table-type']);
const RMW: ReadonlySet<ImmediateShape> = new Set([
  'rmw-memarg',
  'rmw-global',
  'rmw-table',
  'rmw-type',
  'rmw-type-field',
]);

export function writeInstruction(w: Writer, row: InstructionRow, imm: Immediate): void {
  writeOpcode(w, (usesOther(w, row, imm) ? row.otherOpcodes?.[0] : undefined) ?? row.opcode);
  writeImmediate(w, row.immediates, imm);
}

/** Whether the other opcode is to be written: for select with types, casts to nullable types, and where forms differ. */
function usesOther(w: Writer, row: InstructionRow, imm: Immediate): boolean {
  if (imm.kind === 'none') return w.forms === 'wasm-tools' && row.otherOpcodes !== undefined;
  return (imm.kind === 'result-types' && imm.types !== null) || (imm.kind === 'ref-type' && imm.type.nullable);
}

function writeOpcode(w: Writer, [first, second]: readonly number[]): void {
  if (first === undefined) throw new Bug('an instruction has no opcode');
  w.byte(first);
  if (second !== undefined) w.u32(second);
}

function writeImmediate(w: Writer, shape: ImmediateShape, imm: Immediate): void {
  switch (imm.kind) {
    case 'none':
      return;
    case 'index':
      if (shape === 'lane') w.byte(imm.x);
      else w.u32(imm.x);
      return;
    case 'index-pair':
      w.u32(SWAPPED.has(shape) ? imm.y : imm.x);
      w.u32(SWAPPED.has(shape) ? imm.x : imm.y);
      return;
    case 'memarg':
      writeMemarg(w, imm.memarg, null);
      return;
    case 'atomic-memarg':
      writeMemarg(w, atomicMemarg(imm.memarg), imm.order === 'none' ? null : orderByte(imm.order, RMW.has(shape)));
      return;
    case 'memarg-lane':
      writeMemarg(w, imm.memarg, null);
      w.byte(imm.lane);
      return;
    case 'order':
      w.byte(orderByte(imm.order, false));
      return;
    case 'order-index':
      w.byte(orderByte(imm.order, isPair(w, shape)));
      w.u32(imm.x);
      return;
    case 'order-index-pair':
      w.byte(orderByte(imm.order, isPair(w, shape)));
      w.u32(imm.x);
      w.u32(imm.y);
      return;
    case 'labels':
      w.u32(imm.labels.length - 1);
      for (const label of imm.labels) w.u32(label);
      return;
    case 'result-types':
      if (imm.types !== null) w.list(imm.types, (t) => writeValType(w, t));
      return;
    case 'heap-type':
      writeHeapType(w, imm.heap);
      return;
    case 'ref-type':
      writeHeapType(w, imm.type.heap);
      return;
    case 'cast-branch':
      w.byte((imm.from.nullable ? 1 : 0) | (imm.to.nullable ? 2 : 0));
      w.u32(imm.x);
      writeHeapType(w, imm.from.heap);
      writeHeapType(w, imm.to.heap);
      return;
    case 'lanes':
      w.raw(imm.lanes);
      return;
    case 'v128':
      w.raw(imm.bytes);
      return;
    case 'i32':
      w.s32(imm.value);
      return;
    case 'i64':
      w.s64(imm.value);
      return;
    case 'f32':
      w.f32(imm.bits);
      return;
    case 'f64':
      w.f64(imm.bits);
      return;
    default:
      assertNever(imm);
  }
}

/** Whether the order's byte has a half for the read and one for the write; wasm-tools has one order only, where there is no memory. */
function isPair(w: Writer, shape: ImmediateShape): boolean {
  return RMW.has(shape) && w.forms === 'proposals';
}

/** The order comes before the offset. */
function writeMemarg(w: Writer, { memory, offset, align }: MemArg, order: number | null): void {
  const memoryBit = memory === 0 ? 0 : code.MEMARG.memory;
  w.u32(Math.log2(align) | memoryBit | (order === null ? 0 : code.MEMARG.order));
  if (memory !== 0) w.u32(memory);
  if (order !== null) w.byte(order);
  w.u64(offset);
}

/** The largest alignment below those whose exponents have the order's bit, which an atomic access cannot say: as invalid as they are. */
const MAX_ATOMIC_ALIGN = 2 ** 15;

function atomicMemarg(memarg: MemArg): MemArg {
  return memarg.align <= MAX_ATOMIC_ALIGN ? memarg : { ...memarg, align: MAX_ATOMIC_ALIGN };
}

/** A read-modify-write has its write's order in the high half. */
function orderByte(order: OrderAnnotation, isRmw: boolean): number {
  switch (order) {
    case 'none':
    case 'seqcst':
      return 0x00;
    case 'acqrel':
      return isRmw ? 0x11 : 0x01;
    case 'seqcst-acqrel':
      return 0x10;
    case 'acqrel-seqcst':
      return 0x01;
    default:
      return assertNever(order);
  }
}
