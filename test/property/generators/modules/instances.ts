import type { InstructionRow, SignatureType } from '../../../../src/syntax/instructions.ts';
import type { Immediate, MemArg, OrderAnnotation } from '../../../../src/syntax/module.ts';
import type { AddrType, MemType, ValType } from '../../../../src/syntax/types.ts';
import { aggregateInstance } from './aggregates.ts';
import type { Body, Inst } from './body.ts';
import { someConst } from './constants.ts';
import { controlInstance } from './control.ts';
import { addData, addMemory } from './definitions.ts';
import { index, minAddr, NO_IMM, pair, where } from './environment.ts';
import { referenceInstance } from './references.ts';
import { sharedInstance } from './shared-accesses.ts';
import { tableInstance } from './tables.ts';
import { variableInstance } from './variables.ts';

/**
 * Instances of the instruction table's rows: immediates chosen so that the instruction is valid where it stands, with its type then. null where
 * the module has nothing that it could name.
 */

/** `want`: a reference type that the result should match, if the instruction makes references. */
export function instance(b: Body, row: InstructionRow, want?: ValType): Inst | null {
  if (row.signature !== null) return signatureInstance(b, row, row.signature);
  const op = row.mnemonic;
  if (op === 'memory.copy') return memoryCopy(b);
  return (
    controlInstance(b, op) ??
    variableInstance(b, op) ??
    referenceInstance(b, op, want) ??
    aggregateInstance(b, op, want) ??
    tableInstance(b, op) ??
    sharedInstance(b, op)
  );
}

/** A memory that code may access, made if there is none. */
export function someMemory(b: Body): number | null {
  const { env } = b;
  const found = env.c.maybe(where(env.memories, (mt) => !b.shared || mt.share === 'shared'));
  if (found !== null) return found;
  if (b.shared) return env.features.threads && env.c.chance(1, 2) ? addMemory(env, 'shared') : null;
  return env.c.chance(1, 2) ? addMemory(env) : null;
}

function signatureInstance(
  b: Body,
  row: InstructionRow,
  signature: NonNullable<InstructionRow['signature']>,
): Inst | null {
  const wantsMemory = /memarg|memory/.test(row.immediates);
  const memory = wantsMemory ? someMemory(b) : null;
  if (wantsMemory && memory === null) return null;
  const mt = memory === null ? null : (b.env.memories[memory] as MemType);
  const imm = immediate(b, row, memory ?? 0, mt?.addr ?? 'i32');
  if (imm === null) return null;
  const type = (t: SignatureType): ValType => (t === 'addr' ? (mt?.addr ?? 'i32') : t);
  return { op: row.mnemonic, imm, params: signature.params.map(type), results: signature.results.map(type) };
}

function immediate(b: Body, row: InstructionRow, memory: number, addr: AddrType): Immediate | null {
  const { c } = b.env;
  switch (row.immediates) {
    case 'none':
      return NO_IMM;
    case 'i32':
    case 'i64':
    case 'f32':
    case 'f64':
    case 'v128':
      return someConst(b.env, row.immediates);
    case 'lane':
      return index(c.below(lanesOf(row.mnemonic)));
    case 'lanes':
      return { kind: 'lanes', lanes: Array.from({ length: 16 }, () => c.below(32)) };
    case 'memory':
      return index(memory);
    case 'memory-data': {
      const data = someData(b);
      return data === null ? null : pair(memory, data);
    }
    case 'data': {
      const data = someData(b);
      return data === null ? null : index(data);
    }
    case 'order':
      // `none` and `seqcst` are one fence.
      return { kind: 'order', order: b.env.features.acqrel ? c.pick(['none', 'acqrel'] as const) : 'none' };
    case 'memarg':
      return { kind: 'memarg', memarg: someMemarg(b, row, memory, addr) };
    case 'atomic-memarg':
    case 'rmw-memarg':
      return { kind: 'atomic-memarg', memarg: someMemarg(b, row, memory, addr), order: someOrder(b) };
    case 'memarg-lane': {
      const memarg = someMemarg(b, row, memory, addr);
      return { kind: 'memarg-lane', memarg, lane: c.below(16 / widthOf(row)) };
    }
    default:
      throw new RangeError(`${row.mnemonic} has a signature and immediates of shape ${row.immediates}`);
  }
}

function someOrder(b: Body): OrderAnnotation {
  return b.env.features.acqrel ? b.env.c.pick(['none', 'seqcst', 'acqrel'] as const) : 'none';
}

/** A data segment that code may use, made if there is none. */
export function someData(b: Body): number | null {
  const { env } = b;
  const left = env.runs && env.c.chance(15, 16);
  const found = env.c.maybe(
    where(
      env.datas,
      ({ share }, y) => (!b.shared || share === 'shared') && (!left || env.made.datas[y]?.mode.kind === 'passive'),
    ),
  );
  if (found !== null) return found;
  if (b.shared && !env.features.sharedSegments) return null;
  return env.c.chance(1, 2) ? addData(env, b.shared ? 'shared' : 'unshared') : null;
}

const LANES: Readonly<Record<string, number>> = { i8x16: 16, i16x8: 8, i32x4: 4, i64x2: 2, f32x4: 4, f64x2: 2 };

function lanesOf(op: string): number {
  return LANES[op.slice(0, op.indexOf('.'))] ?? 1;
}

/** Bytes that a memory access touches. */
export function widthOf({ meaning, mnemonic }: InstructionRow): number {
  if ('bytes' in meaning) return meaning.bytes;
  if (meaning.kind === 'notify') return 4;
  throw new RangeError(`${mnemonic} accesses no bytes`);
}

export function isAtomicAccess({ immediates, meaning }: InstructionRow): boolean {
  return immediates.endsWith('-memarg') || meaning.kind === 'wait' || meaning.kind === 'notify';
}

function someMemarg(b: Body, row: InstructionRow, memory: number, addr: AddrType): MemArg {
  const { c } = b.env;
  if (b.env.runs && !c.chance(1, 32)) return runningMemarg(b, row, memory);
  const offset = c.chance(1, 3) ? c.bits(c.chance(1, 4) ? (addr === 'i64' ? 64 : 32) : 8) : 0n;
  const natural = widthOf(row);
  const align = isAtomicAccess(row) ? natural : natural >> c.below(Math.log2(natural) + 1);
  return { memory, offset, align };
}

/** An offset that keeps what is aligned aligned. */
function runningMemarg({ env: { c } }: Body, row: InstructionRow, memory: number): MemArg {
  const natural = widthOf(row);
  const offset = c.pick([0n, 0n, 16n, BigInt(natural)]);
  return { memory, offset, align: isAtomicAccess(row) ? natural : natural >> c.below(Math.log2(natural) + 1) };
}

function memoryCopy(b: Body): Inst | null {
  const [to, from] = [someMemory(b), someMemory(b)];
  if (to === null || from === null) return null;
  const [at1, at2] = [b.env.memories[to]?.addr ?? 'i32', b.env.memories[from]?.addr ?? 'i32'];
  return { op: 'memory.copy', imm: pair(to, from), params: [at1, at2, minAddr(at1, at2)], results: [] };
}
