import type { InstructionRow } from './instructions.ts';
import { special } from './control-rows.ts';

/** Tables and element segments [core 3.0, Table Instructions]. */
export const TABLE_ROWS: readonly InstructionRow[] = [
  special('table.get', [0x25], 'table'),
  special('table.set', [0x26], 'table'),
  special('table.init', [0xfc, 12], 'table-elem'),
  special('elem.drop', [0xfc, 13], 'elem'),
  special('table.copy', [0xfc, 14], 'table-table'),
  special('table.grow', [0xfc, 15], 'table'),
  special('table.size', [0xfc, 16], 'table'),
  special('table.fill', [0xfc, 17], 'table'),
];
