import type { ImmediateShape, InstructionRow } from './instructions.ts';
import type { NumType } from './types.ts';

function special(
  mnemonic: string,
  opcode: readonly number[] | null,
  immediates: ImmediateShape,
  source: InstructionRow['source'] = 'core',
): InstructionRow {
  return { mnemonic, opcode, immediates, signature: null, meaning: { kind: 'special' }, source };
}

function constant(type: NumType, opcode: number): InstructionRow {
  return {
    mnemonic: `${type}.const`,
    opcode: [opcode],
    immediates: type,
    signature: { params: [], results: [type] },
    meaning: { kind: 'const', type },
    source: 'core',
  };
}

/** Control, parametric, variable and reference instructions, and constants. */
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
  special('br', [0x0c], 'label'),
  special('br_if', [0x0d], 'label'),
  special('br_table', [0x0e], 'labels'),
  special('return', [0x0f], 'none'),
  special('call', [0x10], 'func'),
  special('fork', null, 'func', 'weft'),
  special('drop', [0x1a], 'none'),
  special('select', [0x1b], 'result-types'),
  special('local.get', [0x20], 'local'),
  special('local.set', [0x21], 'local'),
  special('local.tee', [0x22], 'local'),
  special('global.get', [0x23], 'global'),
  special('global.set', [0x24], 'global'),
  special('ref.null', [0xd0], 'heap-type'),
  special('ref.is_null', [0xd1], 'none'),
  special('ref.func', [0xd2], 'func'),
  constant('i32', 0x41),
  constant('i64', 0x42),
  constant('f32', 0x43),
  constant('f64', 0x44),
];
