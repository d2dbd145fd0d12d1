import { I32, I64 } from './encoding.ts';
import { ADDR, MISC, PLAIN } from './opcodes.ts';
import { pop, push } from './operands.ts';
import { byte, refuse, u32, u64 } from './reader.ts';
import { IS_64, tableTypes, useData, useElem, useMemory, useTable } from './spaces.ts';
import { matches } from './types.ts';

/** Memories and tables [core 3.0, Validation, Memory and Table Instructions], and instructions with a signature of their table's. */

const MEMORY_BIT = 0x40;
const ORDER_BIT = 0x10;

export function addressType(flags: number): number {
  return (flags & IS_64) === 0 ? I32 : I64;
}

/** Applies a signature of the instruction table, where `flags` are those of the memory named. */
export function apply(signature: number, flags: number): void {
  let types = signature & 0xfff;
  for (let n = (signature >> 12) & 15; n > 0; n--) {
    const t = types & 15;
    pop(t === ADDR ? addressType(flags) : t);
    types >>= 4;
  }
  const result = signature >> 16;
  if (result !== 0) push(result === ADDR ? addressType(flags) : result);
}

/** Reads the argument of an access of `2 ** natural` bytes, and gives its memory's flags. */
export function memarg(natural: number): number {
  let exponent = u32();
  let memory = 0;
  if (exponent >= MEMORY_BIT) {
    exponent -= MEMORY_BIT;
    memory = u32();
  }
  if (exponent > natural) refuse();
  return offset(useMemory(memory));
}

function offset(flags: number): number {
  if (u64() > 0xffff_ffff && (flags & IS_64) === 0) refuse();
  return flags;
}

/** Whether an access may name a memory order, and how. */
export const NO_ORDER = 0;
export const ONE_ORDER = 1;
export const TWO_ORDERS = 2;

/** The same for atomic accesses, whose alignment is the natural one. */
export function atomicMemarg(natural: number, orders: number): number {
  let exponent = u32();
  let memory = 0;
  if (exponent >= MEMORY_BIT) {
    exponent -= MEMORY_BIT;
    memory = u32();
  }
  if (orders !== NO_ORDER && (exponent & ORDER_BIT) !== 0) {
    exponent -= ORDER_BIT;
    if (orders === ONE_ORDER) order();
    else rmwOrders();
  }
  if (exponent !== natural) refuse();
  return offset(useMemory(memory));
}

/** seq_cst or acq_rel. */
export function order(): void {
  if (byte() > 1) refuse();
}

/** Two equal orders; 0x01 is read as acq_rel too. */
export function rmwOrders(): void {
  const orders = byte();
  if (orders > 1 && orders !== 0x11) refuse();
}

/** memory.size and memory.grow. */
export function memorySize(signature: number): void {
  apply(signature, useMemory(u32()));
}

export function tableGet(x: number): void {
  pop(addressType(useTable(x)));
  push(tableTypes.at(x));
}

export function tableSet(x: number): void {
  const flags = useTable(x);
  pop(tableTypes.at(x));
  pop(addressType(flags));
}

/** The instructions after 0xFC. */
export function checkMisc(opcode: number): void {
  switch (opcode) {
    case 8: // memory.init
      {
        useData(u32());
        return apply(MISC.signature[opcode] as number, useMemory(u32()));
      }
    case 9: // data.drop
      return useData(u32());
    case 10: // memory.copy
      {
        const to = useMemory(u32());
        return popCopy(to, useMemory(u32()));
      }
    case 11: // memory.fill
      return apply(MISC.signature[opcode] as number, useMemory(u32()));
    case 12: // table.init
      {
        const t = useElem(u32());
        const x = u32();
        const flags = useTable(x);
        if (!matches(t, tableTypes.at(x))) refuse();
        pop(I32);
        pop(I32);
        return pop(addressType(flags));
      }
    case 13: // elem.drop
      useElem(u32());
      return;
    case 14: // table.copy
      {
        const x = u32();
        const to = useTable(x);
        const y = u32();
        const from = useTable(y);
        if (!matches(tableTypes.at(y), tableTypes.at(x))) refuse();
        return popCopy(to, from);
      }
    case 15: // table.grow
      {
        const x = u32();
        const at = addressType(useTable(x));
        pop(at);
        pop(tableTypes.at(x));
        return push(at);
      }
    case 16: // table.size
      return push(addressType(useTable(u32())));
    case 17: // table.fill
      {
        const x = u32();
        const at = addressType(useTable(x));
        pop(at);
        pop(tableTypes.at(x));
        return pop(at);
      }
    default:
      if (opcode >= 512 || MISC.shape[opcode] !== PLAIN) refuse();
      apply(MISC.signature[opcode] as number, 0);
  }
}

/** Destination, source, and a length that both can address. */
function popCopy(to: number, from: number): void {
  pop(addressType(to & from));
  pop(addressType(from));
  pop(addressType(to));
}
