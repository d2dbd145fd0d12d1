import type { ImmediateShape, InstructionRow } from './instructions.ts';
import type { NumType } from './types.ts';

/** A row whose typing rule is its own. */
export function special(
  mnemonic: string,
  opcode: readonly number[],
  immediates: ImmediateShape,
  source: InstructionRow['source'] = 'core',
  more: Pick<InstructionRow, 'aliases' | 'otherOpcodes' | 'constant'> = {},
): InstructionRow {
  return { mnemonic, opcode, immediates, signature: null, meaning: { kind: 'special' }, source, ...more };
}

function constant(type: NumType, opcode: number): InstructionRow {
  return {
    mnemonic: `${type}.const`,
    opcode: [opcode],
    immediates: type,
    signature: { params: [], results: [type] },
    meaning: { kind: 'const', type },
    source: 'core',
    constant: true,
  };
}

/** Control, parametric, variable and reference instructions, and constants [core 3.0, Instructions]. */
export const CONTROL_ROWS: readonly InstructionRow[] = [
  special('unreachable', [0x00], 'none'),
  {
    mnemonic: 'nop',
    opcode: [0x01],
    immediates: 'none',
    signature: { params: [], results: [] },
    meaning: { kind: 'special' },
    source: 'core',
  },
  special('throw', [0x08], 'tag'),
  special('throw_ref', [0x0a], 'none'),
  special('br', [0x0c], 'label'),
  special('br_if', [0x0d], 'label'),
  special('br_table', [0x0e], 'labels'),
  special('return', [0x0f], 'none'),
  special('call', [0x10], 'func'),
  special('call_indirect', [0x11], 'table-type'),
  special('return_call', [0x12], 'func'),
  special('return_call_indirect', [0x13], 'table-type'),
  special('call_ref', [0x14], 'type'),
  special('return_call_ref', [0x15], 'type'),
  special('drop', [0x1a], 'none'),
  // Without types it is 0x1b, with them 0x1c: the codecs choose.
  special('select', [0x1b], 'result-types', 'core', { otherOpcodes: [[0x1c]] }),
  special('local.get', [0x20], 'local'),
  special('local.set', [0x21], 'local'),
  special('local.tee', [0x22], 'local'),
  special('global.get', [0x23], 'global'),
  special('global.set', [0x24], 'global'),
  special('ref.null', [0xd0], 'heap-type', 'core', { constant: true }),
  special('ref.is_null', [0xd1], 'none'),
  special('ref.func', [0xd2], 'func', 'core', { constant: true }),
  special('ref.eq', [0xd3], 'none'),
  special('ref.as_non_null', [0xd4], 'none'),
  special('br_on_null', [0xd5], 'label'),
  special('br_on_non_null', [0xd6], 'label'),
  constant('i32', 0x41),
  constant('i64', 0x42),
  constant('f32', 0x43),
  constant('f64', 0x44),
];
