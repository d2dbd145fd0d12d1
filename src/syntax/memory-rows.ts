import type { InstructionRow, RmwOp } from './instructions.ts';
import type { NumType } from './types.ts';

type Bytes = 1 | 2 | 4 | 8;

function load(
  mnemonic: string,
  opcode: readonly number[],
  type: NumType,
  bytes: Bytes,
  signed: boolean,
  atomic = false,
): InstructionRow {
  return {
    mnemonic,
    opcode,
    immediates: atomic ? 'atomic-memarg' : 'memarg',
    signature: { params: ['addr'], results: [type] },
    meaning: { kind: 'load', type, bytes, signed, atomic },
    source: atomic ? 'threads' : 'core',
  };
}

function store(
  mnemonic: string,
  opcode: readonly number[],
  type: NumType,
  bytes: Bytes,
  atomic = false,
): InstructionRow {
  return {
    mnemonic,
    opcode,
    immediates: atomic ? 'atomic-memarg' : 'memarg',
    signature: { params: ['addr', type], results: [] },
    meaning: { kind: 'store', type, bytes, atomic },
    source: atomic ? 'threads' : 'core',
  };
}

/** The seven widths of an atomic read-modify-write, in opcode order. */
const RMW_WIDTHS: readonly (readonly ['i32' | 'i64', Bytes])[] = [
  ['i32', 4],
  ['i64', 8],
  ['i32', 1],
  ['i32', 2],
  ['i64', 1],
  ['i64', 2],
  ['i64', 4],
];

function rmwMnemonic(type: 'i32' | 'i64', bytes: Bytes, op: string): string {
  const full = bytes === (type === 'i32' ? 4 : 8);
  return full ? `${type}.atomic.rmw.${op}` : `${type}.atomic.rmw${bytes * 8}.${op}_u`;
}

function rmwRows(op: RmwOp, firstOpcode: number): InstructionRow[] {
  return RMW_WIDTHS.map(([type, bytes], i) => ({
    mnemonic: rmwMnemonic(type, bytes, op),
    opcode: [0xfe, firstOpcode + i],
    immediates: 'rmw-memarg',
    signature: { params: ['addr', type], results: [type] },
    meaning: { kind: 'rmw', type, bytes, op },
    source: 'threads',
  }));
}

function cmpxchgRows(firstOpcode: number): InstructionRow[] {
  return RMW_WIDTHS.map(([type, bytes], i) => ({
    mnemonic: rmwMnemonic(type, bytes, 'cmpxchg'),
    opcode: [0xfe, firstOpcode + i],
    immediates: 'rmw-memarg',
    signature: { params: ['addr', type, type], results: [type] },
    meaning: { kind: 'cmpxchg', type, bytes },
    source: 'threads',
  }));
}

/** Everything that reaches a memory [core, Memory Instructions; threads overview, Atomic Memory Accesses]. */
export const MEMORY_ROWS: readonly InstructionRow[] = [
  load('i32.load', [0x28], 'i32', 4, false),
  load('i64.load', [0x29], 'i64', 8, false),
  load('f32.load', [0x2a], 'f32', 4, false),
  load('f64.load', [0x2b], 'f64', 8, false),
  load('i32.load8_s', [0x2c], 'i32', 1, true),
  load('i32.load8_u', [0x2d], 'i32', 1, false),
  load('i32.load16_s', [0x2e], 'i32', 2, true),
  load('i32.load16_u', [0x2f], 'i32', 2, false),
  load('i64.load8_s', [0x30], 'i64', 1, true),
  load('i64.load8_u', [0x31], 'i64', 1, false),
  load('i64.load16_s', [0x32], 'i64', 2, true),
  load('i64.load16_u', [0x33], 'i64', 2, false),
  load('i64.load32_s', [0x34], 'i64', 4, true),
  load('i64.load32_u', [0x35], 'i64', 4, false),
  store('i32.store', [0x36], 'i32', 4),
  store('i64.store', [0x37], 'i64', 8),
  store('f32.store', [0x38], 'f32', 4),
  store('f64.store', [0x39], 'f64', 8),
  store('i32.store8', [0x3a], 'i32', 1),
  store('i32.store16', [0x3b], 'i32', 2),
  store('i64.store8', [0x3c], 'i64', 1),
  store('i64.store16', [0x3d], 'i64', 2),
  store('i64.store32', [0x3e], 'i64', 4),
  {
    mnemonic: 'memory.size',
    opcode: [0x3f],
    immediates: 'memory',
    signature: { params: [], results: ['addr'] },
    meaning: { kind: 'special' },
    source: 'core',
  },
  {
    mnemonic: 'memory.grow',
    opcode: [0x40],
    immediates: 'memory',
    signature: { params: ['addr'], results: ['addr'] },
    meaning: { kind: 'special' },
    source: 'core',
  },
  {
    mnemonic: 'memory.init',
    opcode: [0xfc, 8],
    immediates: 'memory-data',
    signature: { params: ['addr', 'i32', 'i32'], results: [] },
    meaning: { kind: 'special' },
    source: 'core',
  },
  {
    mnemonic: 'data.drop',
    opcode: [0xfc, 9],
    immediates: 'data',
    signature: { params: [], results: [] },
    meaning: { kind: 'special' },
    source: 'core',
  },
  {
    mnemonic: 'memory.copy',
    opcode: [0xfc, 10],
    immediates: 'memory-memory',
    // Two memories, two address types: its rule says which.
    signature: null,
    meaning: { kind: 'special' },
    source: 'core',
  },
  {
    mnemonic: 'memory.fill',
    opcode: [0xfc, 11],
    immediates: 'memory',
    signature: { params: ['addr', 'i32', 'addr'], results: [] },
    meaning: { kind: 'special' },
    source: 'core',
  },
  {
    mnemonic: 'memory.atomic.notify',
    opcode: [0xfe, 0x00],
    immediates: 'memarg',
    signature: { params: ['addr', 'i32'], results: ['i32'] },
    meaning: { kind: 'notify' },
    source: 'threads',
  },
  {
    mnemonic: 'memory.atomic.wait32',
    opcode: [0xfe, 0x01],
    immediates: 'memarg',
    signature: { params: ['addr', 'i32', 'i64'], results: ['i32'] },
    meaning: { kind: 'wait', type: 'i32', bytes: 4 },
    source: 'threads',
  },
  {
    mnemonic: 'memory.atomic.wait64',
    opcode: [0xfe, 0x02],
    immediates: 'memarg',
    signature: { params: ['addr', 'i64', 'i64'], results: ['i32'] },
    meaning: { kind: 'wait', type: 'i64', bytes: 8 },
    source: 'threads',
  },
  {
    mnemonic: 'atomic.fence',
    opcode: [0xfe, 0x03],
    immediates: 'order',
    signature: { params: [], results: [] },
    meaning: { kind: 'fence' },
    source: 'threads',
  },
  load('i32.atomic.load', [0xfe, 0x10], 'i32', 4, false, true),
  load('i64.atomic.load', [0xfe, 0x11], 'i64', 8, false, true),
  load('i32.atomic.load8_u', [0xfe, 0x12], 'i32', 1, false, true),
  load('i32.atomic.load16_u', [0xfe, 0x13], 'i32', 2, false, true),
  load('i64.atomic.load8_u', [0xfe, 0x14], 'i64', 1, false, true),
  load('i64.atomic.load16_u', [0xfe, 0x15], 'i64', 2, false, true),
  load('i64.atomic.load32_u', [0xfe, 0x16], 'i64', 4, false, true),
  store('i32.atomic.store', [0xfe, 0x17], 'i32', 4, true),
  store('i64.atomic.store', [0xfe, 0x18], 'i64', 8, true),
  store('i32.atomic.store8', [0xfe, 0x19], 'i32', 1, true),
  store('i32.atomic.store16', [0xfe, 0x1a], 'i32', 2, true),
  store('i64.atomic.store8', [0xfe, 0x1b], 'i64', 1, true),
  store('i64.atomic.store16', [0xfe, 0x1c], 'i64', 2, true),
  store('i64.atomic.store32', [0xfe, 0x1d], 'i64', 4, true),
  ...rmwRows('add', 0x1e),
  ...rmwRows('sub', 0x25),
  ...rmwRows('and', 0x2c),
  ...rmwRows('or', 0x33),
  ...rmwRows('xor', 0x3a),
  ...rmwRows('xchg', 0x41),
  ...cmpxchgRows(0x48),
];
