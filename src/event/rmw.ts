import type { RmwUpdate } from './request.ts';
import type { Units } from './units.ts';
import { equalUnits, unitAt } from './units.ts';

/**
 * What a read-modify-write writes, given the little-endian units that it read; null if it writes nothing (a failing
 * compare-exchange). Arithmetic wraps at the access's own width.
 */
export function applyRmw(update: RmwUpdate, read: Units): Units | null {
  switch (update.op) {
    case 'xchg':
      return update.operand;
    case 'cmpxchg':
      return equalUnits(read, update.expected) ? update.replacement : null;
    case 'and':
    case 'or':
    case 'xor':
      return bytewise(update.op, read, update.operand);
    case 'add':
      return withCarry(read, update.operand, 1);
    case 'sub':
      return withCarry(read, update.operand, -1);
  }
}

function bytewise(op: 'and' | 'or' | 'xor', a: Units, b: Units): Units {
  const out = new Uint8Array(a.length);
  for (let i = 0; i < a.length; i++) {
    const x = unitAt(a, i);
    const y = unitAt(b, i);
    out[i] = op === 'and' ? x & y : op === 'or' ? x | y : x ^ y;
  }
  return out;
}

/** School arithmetic, byte by byte from the least significant; the last carry or borrow is dropped. */
function withCarry(a: Units, b: Units, sign: 1 | -1): Units {
  const out = new Uint8Array(a.length);
  let carry = 0;
  for (let i = 0; i < a.length; i++) {
    const sum = unitAt(a, i) + sign * unitAt(b, i) + carry;
    out[i] = sum & 0xff;
    carry = sum >> 8;
  }
  return out;
}
