import type { ImmediateShape, InstructionRow } from './instructions.ts';
import { special } from './control-rows.ts';

/**
 * Atomic accesses to globals, tables, structures and arrays, and wait queues [shared-everything overview, Instructions, Managed
 * Waiter Queues], `pause` [acquire-release proposal], and Weft's `fork`. Opcodes from 0xFE 0x100 on are Weft's own: no source has given
 * these instructions one (proofs-notes/deviations.md).
 */

type Place = 'global' | 'table' | 'type' | 'type-field';

function atomic(mnemonic: string, opcode: number, place: Place): InstructionRow {
  const shape: ImmediateShape = `${mnemonic.includes('.rmw.') ? 'rmw' : 'order'}-${place}`;
  return special(mnemonic, [0xfe, opcode], shape, 'shared');
}

/** Accessors of one kind of place, in opcode order. */
function accessors(prefix: string, names: readonly string[], firstOpcode: number, place: Place): InstructionRow[] {
  return names.map((name, i) => atomic(`${prefix}.atomic.${name}`, firstOpcode + i, place));
}

const ARITHMETIC = ['rmw.add', 'rmw.sub', 'rmw.and', 'rmw.or', 'rmw.xor'];
const EXCHANGE = ['rmw.xchg', 'rmw.cmpxchg'];

export const SHARED_ROWS: readonly InstructionRow[] = [
  {
    mnemonic: 'pause',
    opcode: [0xfe, 0x04],
    immediates: 'none',
    signature: { params: [], results: [] },
    meaning: { kind: 'special' },
    source: 'acqrel',
  },
  special('struct.wait', [0xfe, 0x05], 'type-field', 'shared'),
  special('waitqueue.notify', [0xfe, 0x06], 'none', 'shared'),
  special('waitqueue.new', [0xfe, 0x07], 'none', 'shared', { constant: true }),
  ...accessors('global', ['get', 'set', ...ARITHMETIC, ...EXCHANGE], 0x4f, 'global'),
  ...accessors('table', ['get', 'set', ...EXCHANGE], 0x58, 'table'),
  ...accessors('struct', ['get', 'get_s', 'get_u', 'set', ...ARITHMETIC, ...EXCHANGE], 0x5c, 'type-field'),
  ...accessors('array', ['get', 'get_s', 'get_u', 'set', ...ARITHMETIC, ...EXCHANGE], 0x67, 'type'),
  special('fork', [0xfe, 0x100], 'func', 'weft'),
  special('array.wait', [0xfe, 0x101], 'type', 'shared'),
  special('global.wait', [0xfe, 0x102], 'global', 'shared'),
  special('table.wait', [0xfe, 0x103], 'table', 'shared'),
  special('memory.wait32', [0xfe, 0x104], 'memory', 'shared'),
  special('memory.wait64', [0xfe, 0x105], 'memory', 'shared'),
];
