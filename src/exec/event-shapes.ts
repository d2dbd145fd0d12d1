import { Bug, assert, known } from '../base/assert.ts';
import type { Order } from '../event/action.ts';
import type { InstructionRow, Meaning } from '../syntax/instructions.ts';
import type { Immediate, OrderAnnotation, PlainInstr } from '../syntax/module.ts';
import type { ValType } from '../syntax/types.ts';
import { wordsOf } from './code.ts';
import type { EventShape } from './events.ts';
import type { OpName } from './ops.ts';
import { vectorAccess } from './vector-access.ts';

/** From instructions to the events that they perform: nearly always one, two for `memory.copy` between two memories. */
export function eventShapes(instr: PlainInstr, row: InstructionRow): readonly EventShape[] {
  const { meaning } = row;
  const { op, imm } = instr;
  switch (meaning.kind) {
    case 'load': {
      const words = wordsOf(meaning.type);
      return [{ kind: 'load', ...place(imm, meaning.bytes, meaning.atomic), words, signed: meaning.signed }];
    }
    case 'store':
      return [{ kind: 'store', ...place(imm, meaning.bytes, meaning.atomic) }];
    case 'vector-load': {
      const words = wordsOf(known(vectorAccess(instr, row)?.result, 'result'));
      return [{ kind: 'load', ...place(imm, meaning.bytes, false), words, signed: false }];
    }
    case 'vector-store':
      return [{ kind: 'store', ...place(imm, meaning.bytes, false) }];
    case 'rmw':
      return [{ kind: 'rmw', ...place(imm, meaning.bytes, true), op: meaning.op, words: wordsOf(meaning.type) }];
    case 'cmpxchg':
      return [{ kind: 'cmpxchg', ...place(imm, meaning.bytes, true), words: wordsOf(meaning.type) }];
    case 'wait':
      return [{ kind: 'wait', ...place(imm, meaning.bytes, true) }];
    case 'notify':
      return [{ kind: 'notify', ...place(imm, 4, true) }];
    case 'fence':
      return [{ kind: 'fence', order: atomicOrder(imm.kind === 'order' ? imm.order : 'none') }];
    default:
      break;
  }
  switch (op) {
    case 'memory.size':
      return [{ kind: 'size', memory: indexOf(imm) }];
    case 'memory.grow':
      return [{ kind: 'grow', memory: indexOf(imm) }];
    case 'memory.fill':
      return [{ kind: 'fill', memory: indexOf(imm) }];
    case 'memory.copy': {
      assert(imm.kind === 'index-pair', 'memory.copy has two memories');
      const copy = { to: imm.x, from: imm.y };
      return imm.x === imm.y
        ? [{ kind: 'copy', ...copy }]
        : [
            { kind: 'copy-check', ...copy },
            { kind: 'copy', ...copy },
          ];
    }
    case 'global.get':
      return [{ kind: 'global.get', global: indexOf(imm) }];
    case 'global.set':
      return [{ kind: 'global.set', global: indexOf(imm) }];
    case 'ref.func':
      return [{ kind: 'ref.func', func: indexOf(imm) }];
    case 'fork':
      return [{ kind: 'fork', func: indexOf(imm) }];
    default:
      throw new Bug(`${op} is no event`);
  }
}

/** How what the instruction reads is shown in an observation; null if it reads nothing of the world's. */
export function shownBy({ op }: PlainInstr, { meaning }: InstructionRow, result: ValType | null): string | null {
  switch (meaning.kind) {
    case 'load':
    case 'rmw':
    case 'cmpxchg':
    case 'wait':
      return shownNumber(meaning);
    case 'vector-load':
      return meaning.bytes === 16 ? 'v128' : `i${meaning.bytes * 8}`;
    default:
      break;
  }
  if (op === 'memory.size') return 'i32';
  if (op === 'global.get') return typeof result === 'string' ? result : 'ref';
  return null;
}

function shownNumber({ type, bytes }: Extract<Meaning, { kind: 'load' | 'rmw' | 'cmpxchg' | 'wait' }>): string {
  return type === 'f32' || type === 'f64' ? type : `i${bytes * 8}`;
}

/** The operation that performs the event on memory 0 at once, where the world lets it; null if there is none. */
export function directOp(shape: EventShape): OpName | null {
  if ((shape.kind !== 'load' && shape.kind !== 'store') || shape.atomic || shape.memory !== 0) return null;
  const bits = shape.bytes * 8;
  if (bits === 128 || (shape.kind === 'load' && shape.words === 4)) return null;
  if (shape.kind === 'store') return `store${bits}` as OpName;
  const sign = shape.signed ? 's' : 'u';
  if (shape.words === 2) return bits === 64 ? 'load64' : (`load64_${bits}_${sign}` as OpName);
  return bits === 32 ? 'load32' : (`load${bits}_${sign}` as OpName);
}

/** The index that is the instruction's only immediate. */
export function indexOf(imm: Immediate): number {
  return known(imm.kind === 'index' ? imm.x : null, 'index');
}

type Placed = Extract<EventShape, { kind: 'load' }>;

function place(
  imm: Immediate,
  bytes: Placed['bytes'],
  atomic: boolean,
): Pick<Placed, 'memory' | 'offset' | 'bytes' | 'order' | 'atomic'> {
  assert('memarg' in imm, 'an access has a memarg');
  const { memory, offset } = imm.memarg;
  const order = atomic ? atomicOrder(imm.kind === 'atomic-memarg' ? imm.order : 'none') : 'unord';
  return { memory, offset: Number(offset), bytes, order, atomic };
}

function atomicOrder(order: OrderAnnotation): Order {
  return order === 'acqrel' ? 'acqrel' : 'seqcst';
}
