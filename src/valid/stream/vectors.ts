import { V128 } from './encoding.ts';
import { apply, memarg } from './memory.ts';
import { LANE, LANES, MEMARG, MEMARG_LANE, PLAIN, VECTOR } from './opcodes.ts';
import { push } from './operands.ts';
import { byte, refuse, skip } from './reader.ts';

/** The instructions after 0xFD [core 3.0, Validation, Vector Instructions]. */
export function checkVector(opcode: number): void {
  if (opcode >= 512) refuse();
  const signature = VECTOR.signature[opcode] as number;
  switch (VECTOR.shape[opcode]) {
    case PLAIN:
      return apply(signature, 0);
    case MEMARG:
      return apply(signature, memarg(VECTOR.align[opcode] as number));
    case MEMARG_LANE: {
      const flags = memarg(VECTOR.align[opcode] as number);
      if (byte() >= (VECTOR.lanes[opcode] as number)) refuse();
      return apply(signature, flags);
    }
    case LANE:
      if (byte() >= (VECTOR.lanes[opcode] as number)) refuse();
      return apply(signature, 0);
    case LANES:
      for (let i = 0; i < 16; i++) if (byte() >= 32) refuse();
      return apply(signature, 0);
    default:
      if (opcode !== 0x0c) refuse();
      skip(16);
      return push(V128);
  }
}
