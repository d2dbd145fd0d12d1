import type { InstructionRow } from './instructions.ts';
import { special } from './control-rows.ts';

const constant = { constant: true } as const;

/** Structures, arrays, i31 and casts [core 3.0, Aggregate Instructions, Reference Instructions; Binary Format 0xFB]. */
export const GC_ROWS: readonly InstructionRow[] = [
  special('struct.new', [0xfb, 0], 'type', 'core', constant),
  special('struct.new_default', [0xfb, 1], 'type', 'core', constant),
  special('struct.get', [0xfb, 2], 'type-field'),
  special('struct.get_s', [0xfb, 3], 'type-field'),
  special('struct.get_u', [0xfb, 4], 'type-field'),
  special('struct.set', [0xfb, 5], 'type-field'),
  special('array.new', [0xfb, 6], 'type', 'core', constant),
  special('array.new_default', [0xfb, 7], 'type', 'core', constant),
  special('array.new_fixed', [0xfb, 8], 'type-length', 'core', constant),
  special('array.new_data', [0xfb, 9], 'type-data'),
  special('array.new_elem', [0xfb, 10], 'type-elem'),
  special('array.get', [0xfb, 11], 'type'),
  special('array.get_s', [0xfb, 12], 'type'),
  special('array.get_u', [0xfb, 13], 'type'),
  special('array.set', [0xfb, 14], 'type'),
  special('array.len', [0xfb, 15], 'none'),
  special('array.fill', [0xfb, 16], 'type'),
  special('array.copy', [0xfb, 17], 'type-type'),
  special('array.init_data', [0xfb, 18], 'type-data'),
  special('array.init_elem', [0xfb, 19], 'type-elem'),
  // The second opcode of each is that of the same instruction on nullable types: the codecs choose.
  special('ref.test', [0xfb, 20], 'ref-type', 'core', { otherOpcodes: [[0xfb, 21]] }),
  special('ref.cast', [0xfb, 22], 'ref-type', 'core', { otherOpcodes: [[0xfb, 23]] }),
  special('br_on_cast', [0xfb, 24], 'cast-branch'),
  special('br_on_cast_fail', [0xfb, 25], 'cast-branch'),
  special('any.convert_extern', [0xfb, 26], 'none', 'core', constant),
  special('extern.convert_any', [0xfb, 27], 'none', 'core', constant),
  special('ref.i31', [0xfb, 28], 'none', 'core', constant),
  special('i31.get_s', [0xfb, 29], 'none'),
  special('i31.get_u', [0xfb, 30], 'none'),
  // [shared-everything overview, Instructions; DOMAIN 6: FE 72 in older tools]
  special('ref.i31_shared', [0xfb, 31], 'none', 'shared', { constant: true, otherOpcodes: [[0xfe, 0x72]] }),
];
