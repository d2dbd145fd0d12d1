import { INSTRUCTIONS, type InstructionRow, type SignatureType } from '../../syntax/instructions.ts';
import { F32, F64, I32, I64, V128 } from './encoding.ts';

/**
 * The instruction table compiled to flat arrays, one entry an opcode: of instructions that the table gives a signature. The others
 * have a case of their own where code is read.
 *
 * A signature is `params | count << 12 | result << 16`: up to three operand types of four bits, the last operand in the lowest, and the
 * result type or 0. `ADDR` stands for the address type of the memory that the immediates name.
 */

export const ADDR = 8;

/** How the immediates of an instruction with a signature are written; 0: there is no instruction. */
export const SPECIAL = 1;
export const PLAIN = 2;
export const MEMARG = 3;
export const ATOMIC_MEMARG = 4;
export const RMW_MEMARG = 5;
export const MEMARG_LANE = 6;
export const LANE = 7;
export const LANES = 8;
export const FENCE = 9;
/** An atomic access without an order: wait and notify. */
export const WAIT_MEMARG = 10;

export interface OpcodeTable {
  /** One of the constants above. */
  readonly shape: Uint8Array;
  readonly signature: Int32Array;
  /** Logarithm of the bytes accessed; for LANE and MEMARG_LANE, lanes are below `lanes`. */
  readonly align: Uint8Array;
  readonly lanes: Uint8Array;
}

const CODE: Readonly<Record<SignatureType, number>> = {
  i32: I32,
  i64: I64,
  f32: F32,
  f64: F64,
  v128: V128,
  addr: ADDR,
};

function packed({ params, results }: NonNullable<InstructionRow['signature']>): number {
  let types = 0;
  for (const t of params) types = (types << 4) | CODE[t];
  const [result] = results;
  return types | (params.length << 12) | ((result === undefined ? 0 : CODE[result]) << 16);
}

function shapeOf(row: InstructionRow): number {
  if (row.signature === null) return SPECIAL;
  switch (row.immediates) {
    case 'none':
      return PLAIN;
    case 'memarg':
      return row.opcode[0] === 0xfe ? WAIT_MEMARG : MEMARG;
    case 'atomic-memarg':
      return ATOMIC_MEMARG;
    case 'rmw-memarg':
      return RMW_MEMARG;
    case 'memarg-lane':
      return MEMARG_LANE;
    case 'lane':
      return LANE;
    case 'lanes':
      return LANES;
    case 'order':
      return FENCE;
    default:
      return SPECIAL;
  }
}

function bytesAccessed({ meaning, mnemonic }: InstructionRow): number {
  if ('bytes' in meaning) return meaning.bytes;
  return mnemonic === 'memory.atomic.notify' ? 4 : 1;
}

function lanesOf({ mnemonic, meaning }: InstructionRow): number {
  if ('bytes' in meaning) return 16 / meaning.bytes;
  const shape = /^[if]\d+x(\d+)\./.exec(mnemonic);
  return shape === null ? 0 : Number(shape[1]);
}

function compile(prefix: number | null): OpcodeTable {
  const rows = INSTRUCTIONS.filter(({ opcode }) => (prefix === null ? opcode.length === 1 : opcode[0] === prefix));
  const table: OpcodeTable = {
    shape: new Uint8Array(512),
    signature: new Int32Array(512),
    align: new Uint8Array(512),
    lanes: new Uint8Array(512),
  };
  for (const row of rows) {
    const code = row.opcode.at(-1) as number;
    table.shape[code] = shapeOf(row);
    if (row.signature !== null) table.signature[code] = packed(row.signature);
    table.align[code] = Math.log2(bytesAccessed(row));
    table.lanes[code] = lanesOf(row);
  }
  return table;
}

export const SINGLE: OpcodeTable = compile(null);
/** Prefix 0xFC, 0xFD, 0xFE; what has 0xFB has no signature. */
export const MISC: OpcodeTable = compile(0xfc);
export const VECTOR: OpcodeTable = compile(0xfd);
export const ATOMIC: OpcodeTable = compile(0xfe);
