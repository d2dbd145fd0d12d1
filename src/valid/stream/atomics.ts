import {
  abstract,
  ANY,
  EQ,
  heapOf,
  I16,
  I32,
  I64,
  I8,
  isRef,
  reference,
  SHARED_EQREF,
  SHARED_WAITQUEUE,
} from './encoding.ts';
import { useArray, useField, lastRef, checkGc } from './gc.ts';
import { addressType, apply, atomicMemarg, NO_ORDER, ONE_ORDER, order, rmwOrders, TWO_ORDERS } from './memory.ts';
import { ATOMIC, ATOMIC_MEMARG, FENCE, PLAIN, RMW_MEMARG, WAIT_MEMARG } from './opcodes.ts';
import { pop, popList, push } from './operands.ts';
import { refuse, u32 } from './reader.ts';
import { globalTypes, MUTABLE, tableTypes, useFunc, useGlobal, useMemory, useTable } from './spaces.ts';
import { matches, pool, shareAt, shareOf } from './types.ts';

/**
 * The instructions after 0xFE: atomic accesses to memories [threads proposal], to globals, tables, structures and arrays, wait queues
 * [shared-everything-threads overview], and Weft's fork.
 */

export function checkAtomic(opcode: number): void {
  if (opcode >= 512) refuse();
  const signature = ATOMIC.signature[opcode] as number;
  const natural = ATOMIC.align[opcode] as number;
  switch (ATOMIC.shape[opcode]) {
    case ATOMIC_MEMARG:
      return apply(signature, atomicMemarg(natural, ONE_ORDER));
    case RMW_MEMARG:
      return apply(signature, atomicMemarg(natural, TWO_ORDERS));
    case WAIT_MEMARG:
      return apply(signature, atomicMemarg(natural, NO_ORDER));
    case FENCE:
      return order();
    case PLAIN:
      return apply(signature, 0);
    default:
      return checkSpecial(opcode);
  }
}

/** The kinds of accessors, in the order of the opcodes of every kind of place. */
const GET = 0;
const GET_PACKED = 1;
const SET = 2;
const ARITHMETIC = 3;
const EXCHANGE = 4;
const COMPARE = 5;

/** Of structures and arrays: get, get_s, get_u, set, five of arithmetic, xchg, cmpxchg. */
const FIELD_ACCESSES = [GET, GET_PACKED, GET_PACKED, SET, ...Array<number>(5).fill(ARITHMETIC), EXCHANGE, COMPARE];
const GLOBAL_ACCESSES = [GET, SET, ...Array<number>(5).fill(ARITHMETIC), EXCHANGE, COMPARE];
const TABLE_ACCESSES = [GET, SET, EXCHANGE, COMPARE];

function checkSpecial(opcode: number): void {
  if (opcode >= 0x4f && opcode < 0x58) return globalAccess(GLOBAL_ACCESSES[opcode - 0x4f] as number);
  if (opcode >= 0x58 && opcode < 0x5c) return tableAccess(TABLE_ACCESSES[opcode - 0x58] as number);
  if (opcode >= 0x5c && opcode < 0x67) return fieldAccess(FIELD_ACCESSES[opcode - 0x5c] as number, false);
  if (opcode >= 0x67 && opcode < 0x72) return fieldAccess(FIELD_ACCESSES[opcode - 0x67] as number, true);
  switch (opcode) {
    case 0x05: // struct.wait
      {
        const field = useField();
        popExpected(pool.items[field] as number);
        popQueue();
        return finishWait(lastRef());
      }
    case 0x06: // waitqueue.notify
      pop(I32);
      popQueue();
      return push(I32);
    case 0x07: // waitqueue.new
      return push(SHARED_WAITQUEUE);
    case 0x72: // ref.i31_shared
      return checkGc(31);
    case 0x100: // fork
      return fork();
    case 0x101: // array.wait
      {
        const field = useArray();
        popExpected(pool.items[field] as number);
        pop(I32);
        popQueue();
        return finishWait(lastRef());
      }
    case 0x102: // global.wait
      {
        const x = u32();
        useGlobal(x);
        popExpected(globalTypes.at(x));
        popQueue();
        return push(I32);
      }
    case 0x103: // table.wait
      {
        const x = u32();
        const flags = useTable(x);
        popExpected(tableTypes.at(x));
        pop(addressType(flags));
        popQueue();
        return push(I32);
      }
    case 0x104: // memory.wait32
    case 0x105: // memory.wait64
      {
        const flags = useMemory(u32());
        popExpected(opcode === 0x104 ? I32 : I64);
        pop(addressType(flags));
        popQueue();
        return push(I32);
      }
    default:
      return refuse();
  }
}

/** Pops the timeout, and before it a value that the control word of this type is compared with. */
function popExpected(storage: number): void {
  pop(I64);
  if (storage === I32 || storage === I64) return pop(storage);
  if (!isRef(storage) || !matches(storage, SHARED_EQREF)) refuse();
  pop(SHARED_EQREF);
}

function popQueue(): void {
  pop(SHARED_WAITQUEUE | 1);
}

function finishWait(object: number): void {
  pop(object);
  push(I32);
}

function fork(): void {
  const x = u32();
  const place = useFunc(x);
  if (shareAt(place) === 0 || pool.items[place + 3] !== 0) refuse();
  popList(place + 4, pool.items[place + 2] as number);
}

function readOrders(access: number): void {
  if (access >= ARITHMETIC) rmwOrders();
  else order();
}

function globalAccess(access: number): void {
  readOrders(access);
  const x = u32();
  const flags = useGlobal(x);
  if (access !== GET && (flags & MUTABLE) === 0) refuse();
  popValues(access, globalTypes.at(x));
  pushValue(access, globalTypes.at(x));
}

function tableAccess(access: number): void {
  readOrders(access);
  const x = u32();
  const flags = useTable(x);
  popValues(access, tableTypes.at(x));
  pop(addressType(flags));
  pushValue(access, tableTypes.at(x));
}

function fieldAccess(access: number, isArray: boolean): void {
  readOrders(access);
  const field = isArray ? useArray() : useField();
  const storage = pool.items[field] as number;
  if (access >= SET && pool.items[field + 1] === 0) refuse();
  popValues(access, storage);
  if (isArray) pop(I32);
  pop(lastRef());
  pushValue(access, storage);
}

/** Refuses an access of this kind to this type, or pops what it takes beside the place. */
function popValues(access: number, storage: number): void {
  const packed = storage === I8 || storage === I16;
  if (access === GET_PACKED) {
    if (!packed) refuse();
    return;
  }
  if (access === SET && packed) return pop(I32);
  const isInteger = storage === I32 || storage === I64;
  const least = access === COMPARE ? EQ : ANY;
  if (!isInteger && (access === ARITHMETIC || !isRef(storage) || !matches(storage, topRef(least, storage)))) refuse();
  if (access !== GET) pop(storage);
  if (access === COMPARE) pop(isInteger ? storage : topRef(EQ, storage));
}

/** The nullable abstract reference of the same share. */
function topRef(name: number, storage: number): number {
  return reference(abstract(name, shareOf(heapOf(storage))), 1);
}

function pushValue(access: number, storage: number): void {
  if (access === GET_PACKED) push(I32);
  else if (access !== SET) push(storage);
}
