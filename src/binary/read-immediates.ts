import { assertNever } from '../base/assert.ts';
import type { ImmediateShape } from '../syntax/instructions.ts';
import type { Immediate, MemArg, OrderAnnotation } from '../syntax/module.ts';
import type { HeapType, RefType, ValType } from '../syntax/types.ts';
import * as code from './codes.ts';
import { readHeapType, readValTypes } from './read-types.ts';
import type { Reader } from './reader.ts';

/** One reader for every shape of immediates [core 3.0, Binary Format, Instructions]. Small immediates are one object each, to save memory. */

/** How the bytes of a read-modify-write's orders are read. */
export interface OrderReading {
  /** Whether 0x01 is an acquiring read and a sequentially consistent write, rather than the short form of 0x11. */
  readonly pairs: boolean;
}

export type ImmediateReader = (r: Reader, orders: OrderReading) => Immediate;

const NONE: Immediate = { kind: 'none' };
const NO_TYPES: Immediate = { kind: 'result-types', types: null };

const KEPT_INDICES = 2048;
const indices: Immediate[] = [];

function index(x: number): Immediate {
  if (x >= KEPT_INDICES) return { kind: 'index', x };
  return (indices[x] ??= { kind: 'index', x });
}

const KEPT_FROM = -256;
const KEPT_TO = 1024;
const i32s: Immediate[] = [];
const i64s: Immediate[] = [];
for (let value = KEPT_FROM; value < KEPT_TO; value++) {
  i32s.push({ kind: 'i32', value });
  i64s.push({ kind: 'i64', value: BigInt(value) });
}

function i32(value: number): Immediate {
  return i32s[value - KEPT_FROM] ?? { kind: 'i32', value };
}

function readI64(r: Reader): Immediate {
  const short = r.short();
  const value = short < 0 ? r.s64('i64 constant') : short;
  const kept = value >= KEPT_FROM && value < KEPT_TO ? i64s[Number(value) - KEPT_FROM] : undefined;
  return kept ?? { kind: 'i64', value: BigInt(value) };
}

/** Arguments for memory 0 with offsets of a short byte, by the alignment's exponent and the offset. */
const SHORT_OFFSETS = 0x40;
const KEPT_EXPONENTS = 5;
const memargs: Immediate[] = [];
for (let exponent = 0; exponent < KEPT_EXPONENTS; exponent++)
  for (let offset = 0; offset < SHORT_OFFSETS; offset++)
    memargs.push({ kind: 'memarg', memarg: { memory: 0, offset: BigInt(offset), align: 2 ** exponent } });

function readFlags(r: Reader): number {
  const start = r.pos;
  const flags = r.u32('memory argument flags');
  if (flags >= 0x80) r.fail('Binary/memarg', 'malformed memop flags', 'memory argument flags', start, r.pos);
  return flags;
}

function readMemory(r: Reader, flags: number): number {
  return (flags & code.MEMARG.memory) === 0 ? 0 : r.u32('memory index');
}

function readMemarg(r: Reader): Immediate {
  const flags = readFlags(r);
  if (flags < KEPT_EXPONENTS) {
    const offset = r.short();
    const kept = offset < 0 ? undefined : memargs[flags * SHORT_OFFSETS + offset];
    if (kept !== undefined) return kept;
  }
  const memory = readMemory(r, flags);
  return { kind: 'memarg', memarg: { memory, offset: r.u64('offset'), align: 2 ** (flags & ~code.MEMARG.memory) } };
}

/** The order comes before the offset. */
function readAtomicMemarg(r: Reader, order: (r: Reader) => OrderAnnotation): Immediate {
  const flags = readFlags(r);
  const memory = readMemory(r, flags);
  const written = (flags & code.MEMARG.order) === 0 ? 'none' : order(r);
  const align = 2 ** (flags & ~(code.MEMARG.memory | code.MEMARG.order));
  return { kind: 'atomic-memarg', memarg: { memory, offset: r.u64('offset'), align }, order: written };
}

function readMemargLane(r: Reader): Immediate {
  const flags = readFlags(r);
  const memory = readMemory(r, flags);
  const argument: MemArg = { memory, offset: r.u64('offset'), align: 2 ** (flags & ~code.MEMARG.memory) };
  return { kind: 'memarg-lane', memarg: argument, lane: r.byte('lane') };
}

const ORDERS: readonly OrderAnnotation[] = ['seqcst', 'acqrel'];

function readOrder(r: Reader): OrderAnnotation {
  return ORDERS[r.byte('order')] ?? r.fail('Binary/order', 'malformed memory order', 'order', r.pos - 1);
}

/** The low half of the byte is the read's order, the high half the write's. */
function readRmwOrder(r: Reader, pairs: boolean): OrderAnnotation {
  switch (r.byte('orders')) {
    case 0x00:
      return 'seqcst';
    case 0x11:
      return 'acqrel';
    case 0x01:
      return pairs ? 'acqrel-seqcst' : 'acqrel';
    case 0x10:
      return 'seqcst-acqrel';
    default:
      return r.fail('Binary/order', 'malformed memory order', 'orders', r.pos - 1);
  }
}

/** A fence has always a byte; that of a fence without an order is the default's. */
function readFence(r: Reader): Immediate {
  const order = readOrder(r);
  return { kind: 'order', order: order === 'seqcst' ? 'none' : order };
}

/** `what` is what the index is of. */
function indexReader(what: string): ImmediateReader {
  return (r) => index(r.u32(what));
}

function pairReader(first: string, second: string): ImmediateReader {
  return (r) => {
    const x = r.u32(first);
    return { kind: 'index-pair', x, y: r.u32(second) };
  };
}

/** The text has `first` first, the binary format `second`. */
function swappedReader(first: string, second: string): ImmediateReader {
  return (r) => {
    const y = r.u32(second);
    return { kind: 'index-pair', x: r.u32(first), y };
  };
}

function orderIndexReader(what: string, isRmw: boolean): ImmediateReader {
  return (r, orders) => {
    const order = isRmw ? readRmwOrder(r, orders.pairs) : readOrder(r);
    return { kind: 'order-index', order, x: r.u32(what) };
  };
}

function orderFieldReader(isRmw: boolean): ImmediateReader {
  return (r, orders) => {
    const order = isRmw ? readRmwOrder(r, orders.pairs) : readOrder(r);
    const x = r.u32('type index');
    return { kind: 'order-index-pair', order, x, y: r.u32('field index') };
  };
}

function readLabels(r: Reader): Immediate {
  const count = r.count('labels');
  const labels: number[] = [];
  for (let i = 0; i <= count; i++) labels.push(r.u32('label'));
  return { kind: 'labels', labels };
}

function refType(nullable: boolean, heap: HeapType): RefType {
  return { kind: 'ref', nullable, heap };
}

function readCastBranch(r: Reader): Immediate {
  const flags = r.byte('cast flags');
  if (flags > 3) r.fail('Binary/cast', 'malformed br_on_cast flags', 'cast flags', r.pos - 1);
  const x = r.u32('label');
  const from = refType((flags & 1) !== 0, readHeapType(r));
  return { kind: 'cast-branch', x, from, to: refType((flags & 2) !== 0, readHeapType(r)) };
}

function readResultTypes(r: Reader): Immediate {
  const types: readonly ValType[] = readValTypes(r, 'result types');
  return { kind: 'result-types', types };
}

/** `other`: the instruction has the other opcode of its row, which for some shapes says something [core 3.0, Binary Format]. */
export function immediateReader(shape: ImmediateShape, other: boolean): ImmediateReader {
  switch (shape) {
    case 'none':
      return () => NONE;
    case 'local':
    case 'global':
    case 'func':
    case 'table':
    case 'memory':
    case 'tag':
    case 'elem':
    case 'data':
    case 'type':
      return indexReader(`${shape} index`);
    case 'label':
      return indexReader('label');
    case 'lane':
      return (r) => index(r.byte('lane'));
    case 'memarg':
      return readMemarg;
    case 'atomic-memarg':
      return (r) => readAtomicMemarg(r, readOrder);
    case 'rmw-memarg':
      return (r, orders) => readAtomicMemarg(r, (reader) => readRmwOrder(reader, orders.pairs));
    case 'memarg-lane':
      return readMemargLane;
    case 'order':
      return readFence;
    case 'memory-memory':
      return pairReader('memory index', 'memory index');
    case 'memory-data':
      return swappedReader('memory index', 'data index');
    case 'table-table':
      return pairReader('table index', 'table index');
    case 'table-elem':
      return swappedReader('table index', 'elem index');
    case 'table-type':
      return swappedReader('table index', 'type index');
    case 'type-type':
      return pairReader('type index', 'type index');
    case 'type-field':
      return pairReader('type index', 'field index');
    case 'type-length':
      return pairReader('type index', 'number of elements');
    case 'type-data':
      return pairReader('type index', 'data index');
    case 'type-elem':
      return pairReader('type index', 'elem index');
    case 'order-global':
    case 'rmw-global':
      return orderIndexReader('global index', shape === 'rmw-global');
    case 'order-table':
    case 'rmw-table':
      return orderIndexReader('table index', shape === 'rmw-table');
    case 'order-type':
    case 'rmw-type':
      return orderIndexReader('type index', shape === 'rmw-type');
    case 'order-type-field':
    case 'rmw-type-field':
      return orderFieldReader(shape === 'rmw-type-field');
    case 'labels':
      return readLabels;
    case 'cast-branch':
      return readCastBranch;
    case 'result-types':
      return other ? readResultTypes : () => NO_TYPES;
    case 'heap-type':
      return (r) => ({ kind: 'heap-type', heap: readHeapType(r) });
    case 'ref-type':
      return (r) => ({ kind: 'ref-type', type: refType(other, readHeapType(r)) });
    case 'lanes':
      return (r) => ({ kind: 'lanes', lanes: [...r.take(16, 'lanes')] });
    case 'v128':
      return (r) => ({ kind: 'v128', bytes: r.take(16, 'vector') });
    case 'i32':
      return (r) => i32(r.s32('i32 constant'));
    case 'i64':
      return readI64;
    case 'f32':
      return (r) => ({ kind: 'f32', bits: r.f32('f32 constant') });
    case 'f64':
      return (r) => ({ kind: 'f64', bits: r.f64('f64 constant') });
    default:
      return assertNever(shape);
  }
}
