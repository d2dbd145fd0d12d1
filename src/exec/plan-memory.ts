import { assert, known } from '../base/assert.ts';
import type { ModuleInst } from '../runtime/instance.ts';
import type { InstructionRow, Meaning } from '../syntax/instructions.ts';
import type { Immediate, PlainInstr } from '../syntax/module.ts';
import type { ValType } from '../syntax/types.ts';
import { wordsOf } from './code.ts';
import type { EventShape } from './events.ts';
import type { MemoryPlace } from './events-memory.ts';
import { memoryOf } from './events-memory.ts';
import type { OpName } from './ops.ts';
import type { Plan, Step } from './plan.ts';
import { atomicOrder, indexOf, secondOf } from './plan.ts';
import { vectorAccess } from './vector-access.ts';

/** Plans of instructions on memories; null for others. */
export function planMemory(module: ModuleInst, instr: PlainInstr, row: InstructionRow): Plan | null {
  const event = memoryEvent(module, instr, row);
  if (event !== null) return { ...signatureOf(module, instr, row), shows: shownBy(instr, row), steps: [{ event }] };
  const { op, imm } = instr;
  const write = { params: 3, result: null, shows: null } as const;
  switch (op) {
    case 'memory.init': {
      const memory = indexOf(imm);
      const data = secondOf(imm);
      const wide = isWide(module, memory);
      const steps: Step[] = [
        { event: { kind: 'segment', of: 'data', index: data, unit: 1 }, of: [1, 2] },
        { event: { kind: 'init', memory, wide, data } },
      ];
      return { ...write, steps };
    }
    case 'memory.copy': {
      const to = indexOf(imm);
      const from = secondOf(imm);
      const copy = { to, from, toWide: isWide(module, to), fromWide: isWide(module, from) };
      const check: Step = { event: { kind: 'copy-check', ...copy } };
      return { ...write, steps: [...(to === from ? [] : [check]), { event: { kind: 'copy', ...copy } }] };
    }
    default:
      return null;
  }
}

function memoryEvent(module: ModuleInst, instr: PlainInstr, row: InstructionRow): EventShape | null {
  const { meaning } = row;
  const { op, imm } = instr;
  switch (meaning.kind) {
    case 'load': {
      const words = wordsOf(meaning.type);
      return { kind: 'load', ...place(module, imm, meaning.bytes, meaning.atomic), words, signed: meaning.signed };
    }
    case 'store':
      return { kind: 'store', ...place(module, imm, meaning.bytes, meaning.atomic) };
    case 'vector-load': {
      const words = wordsOf(known(vectorAccess(instr, row)?.result, 'result'));
      return { kind: 'load', ...place(module, imm, meaning.bytes, false), words, signed: false };
    }
    case 'vector-store':
      return { kind: 'store', ...place(module, imm, meaning.bytes, false) };
    case 'rmw':
      return { kind: 'rmw', ...place(module, imm, meaning.bytes, true), op: meaning.op, words: wordsOf(meaning.type) };
    case 'cmpxchg':
      return { kind: 'cmpxchg', ...place(module, imm, meaning.bytes, true), words: wordsOf(meaning.type) };
    case 'wait':
      return { kind: 'wait', ...place(module, imm, meaning.bytes, true) };
    case 'notify':
      return { kind: 'notify', ...place(module, imm, 4, true) };
    case 'fence':
      return { kind: 'fence', order: atomicOrder(imm.kind === 'order' ? imm.order : 'none') };
    default:
      break;
  }
  switch (op) {
    case 'memory.size':
      return { kind: 'size', memory: indexOf(imm), wide: isWide(module, indexOf(imm)) };
    case 'memory.grow':
      return { kind: 'grow', memory: indexOf(imm), wide: isWide(module, indexOf(imm)) };
    case 'memory.fill':
      return { kind: 'fill', memory: indexOf(imm), wide: isWide(module, indexOf(imm)) };
    default:
      return null;
  }
}

function signatureOf(
  module: ModuleInst,
  instr: PlainInstr,
  row: InstructionRow,
): { readonly params: number; readonly result: ValType | null } {
  const vector = vectorAccess(instr, row);
  if (vector !== null) return vector;
  const { params, results } = known(row.signature, instr.op);
  const [result = null] = results;
  const { imm } = instr;
  if (result !== 'addr') return { params: params.length, result };
  return { params: params.length, result: isWide(module, indexOf(imm)) ? 'i64' : 'i32' };
}

function shownBy({ op }: PlainInstr, { meaning }: InstructionRow): string | null {
  switch (meaning.kind) {
    case 'load':
    case 'rmw':
    case 'cmpxchg':
    case 'wait':
      return shownNumber(meaning);
    case 'vector-load':
      return meaning.bytes === 16 ? 'v128' : `i${meaning.bytes * 8}`;
    default:
      return op === 'memory.size' ? 'i32' : null;
  }
}

function shownNumber({ type, bytes }: Extract<Meaning, { kind: 'load' | 'rmw' | 'cmpxchg' | 'wait' }>): string {
  return type === 'f32' || type === 'f64' ? type : `i${bytes * 8}`;
}

/** The operation that performs the event on memory 0 at once, where the world lets it; null if there is none. */
export function directOp(shape: EventShape): OpName | null {
  if ((shape.kind !== 'load' && shape.kind !== 'store') || shape.atomic || shape.memory !== 0 || shape.wide)
    return null;
  const bits = shape.bytes * 8;
  if (bits === 128 || (shape.kind === 'load' && shape.words === 4)) return null;
  if (shape.kind === 'store') return `store${bits}` as OpName;
  const sign = shape.signed ? 's' : 'u';
  if (shape.words === 2) return bits === 64 ? 'load64' : (`load64_${bits}_${sign}` as OpName);
  return bits === 32 ? 'load32' : (`load${bits}_${sign}` as OpName);
}

export function isWide(module: ModuleInst, memory: number): boolean {
  return memoryOf(module, memory).type.addr === 'i64';
}

function place(module: ModuleInst, imm: Immediate, bytes: MemoryPlace['bytes'], atomic: boolean): MemoryPlace {
  assert('memarg' in imm, 'an access has a memarg');
  const { memory, offset } = imm.memarg;
  const order = atomic ? atomicOrder(imm.kind === 'atomic-memarg' ? imm.order : 'none') : 'unord';
  const wide = isWide(module, memory);
  return { memory, wide, offset: Number(offset), exactOffset: offset, bytes, order, atomic };
}
