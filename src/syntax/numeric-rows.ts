import type { InstructionRow } from './instructions.ts';
import type { NumType } from './types.ts';

function numeric(
  mnemonic: string,
  opcode: readonly number[],
  params: readonly NumType[],
  results: readonly NumType[],
): InstructionRow {
  return {
    mnemonic,
    opcode,
    immediates: 'none',
    signature: { params, results },
    meaning: { kind: 'numeric' },
    source: 'core',
    ...(CONSTANT.has(mnemonic) ? { constant: true } : {}),
  };
}

/** Rows of consecutive opcodes that share a signature. */
function run(
  type: NumType,
  names: readonly string[],
  firstOpcode: number,
  params: readonly NumType[],
  results: readonly NumType[],
): InstructionRow[] {
  return names.map((name, i) => numeric(`${type}.${name}`, [firstOpcode + i], params, results));
}

const COMPARISONS = ['eq', 'ne', 'lt_s', 'lt_u', 'gt_s', 'gt_u', 'le_s', 'le_u', 'ge_s', 'ge_u'];
const UNARY = ['clz', 'ctz', 'popcnt'];
const BINARY = [
  'add',
  'sub',
  'mul',
  'div_s',
  'div_u',
  'rem_s',
  'rem_u',
  'and',
  'or',
  'xor',
  'shl',
  'shr_s',
  'shr_u',
  'rotl',
  'rotr',
];

const FLOAT_COMPARISONS = ['eq', 'ne', 'lt', 'gt', 'le', 'ge'];
const FLOAT_UNARY = ['abs', 'neg', 'ceil', 'floor', 'trunc', 'nearest', 'sqrt'];
const FLOAT_BINARY = ['add', 'sub', 'mul', 'div', 'min', 'max', 'copysign'];

/** May stand in a constant expression [core 3.0, Constant Expressions; extended-const]. */
const CONSTANT = new Set(['i32.add', 'i32.sub', 'i32.mul', 'i64.add', 'i64.sub', 'i64.mul']);

/** Arithmetic on integers and floats, and their conversions [core 3.0, Numeric Instructions]. */
export const NUMERIC_ROWS: readonly InstructionRow[] = [
  numeric('i32.eqz', [0x45], ['i32'], ['i32']),
  ...run('i32', COMPARISONS, 0x46, ['i32', 'i32'], ['i32']),
  numeric('i64.eqz', [0x50], ['i64'], ['i32']),
  ...run('i64', COMPARISONS, 0x51, ['i64', 'i64'], ['i32']),
  ...run('f32', FLOAT_COMPARISONS, 0x5b, ['f32', 'f32'], ['i32']),
  ...run('f64', FLOAT_COMPARISONS, 0x61, ['f64', 'f64'], ['i32']),
  ...run('i32', UNARY, 0x67, ['i32'], ['i32']),
  ...run('i32', BINARY, 0x6a, ['i32', 'i32'], ['i32']),
  ...run('i64', UNARY, 0x79, ['i64'], ['i64']),
  ...run('i64', BINARY, 0x7c, ['i64', 'i64'], ['i64']),
  ...run('f32', FLOAT_UNARY, 0x8b, ['f32'], ['f32']),
  ...run('f32', FLOAT_BINARY, 0x92, ['f32', 'f32'], ['f32']),
  ...run('f64', FLOAT_UNARY, 0x99, ['f64'], ['f64']),
  ...run('f64', FLOAT_BINARY, 0xa0, ['f64', 'f64'], ['f64']),
  numeric('i32.wrap_i64', [0xa7], ['i64'], ['i32']),
  numeric('i32.trunc_f32_s', [0xa8], ['f32'], ['i32']),
  numeric('i32.trunc_f32_u', [0xa9], ['f32'], ['i32']),
  numeric('i32.trunc_f64_s', [0xaa], ['f64'], ['i32']),
  numeric('i32.trunc_f64_u', [0xab], ['f64'], ['i32']),
  numeric('i64.extend_i32_s', [0xac], ['i32'], ['i64']),
  numeric('i64.extend_i32_u', [0xad], ['i32'], ['i64']),
  numeric('i64.trunc_f32_s', [0xae], ['f32'], ['i64']),
  numeric('i64.trunc_f32_u', [0xaf], ['f32'], ['i64']),
  numeric('i64.trunc_f64_s', [0xb0], ['f64'], ['i64']),
  numeric('i64.trunc_f64_u', [0xb1], ['f64'], ['i64']),
  numeric('f32.convert_i32_s', [0xb2], ['i32'], ['f32']),
  numeric('f32.convert_i32_u', [0xb3], ['i32'], ['f32']),
  numeric('f32.convert_i64_s', [0xb4], ['i64'], ['f32']),
  numeric('f32.convert_i64_u', [0xb5], ['i64'], ['f32']),
  numeric('f32.demote_f64', [0xb6], ['f64'], ['f32']),
  numeric('f64.convert_i32_s', [0xb7], ['i32'], ['f64']),
  numeric('f64.convert_i32_u', [0xb8], ['i32'], ['f64']),
  numeric('f64.convert_i64_s', [0xb9], ['i64'], ['f64']),
  numeric('f64.convert_i64_u', [0xba], ['i64'], ['f64']),
  numeric('f64.promote_f32', [0xbb], ['f32'], ['f64']),
  numeric('i32.reinterpret_f32', [0xbc], ['f32'], ['i32']),
  numeric('i64.reinterpret_f64', [0xbd], ['f64'], ['i64']),
  numeric('f32.reinterpret_i32', [0xbe], ['i32'], ['f32']),
  numeric('f64.reinterpret_i64', [0xbf], ['i64'], ['f64']),
  numeric('i32.extend8_s', [0xc0], ['i32'], ['i32']),
  numeric('i32.extend16_s', [0xc1], ['i32'], ['i32']),
  numeric('i64.extend8_s', [0xc2], ['i64'], ['i64']),
  numeric('i64.extend16_s', [0xc3], ['i64'], ['i64']),
  numeric('i64.extend32_s', [0xc4], ['i64'], ['i64']),
  numeric('i32.trunc_sat_f32_s', [0xfc, 0], ['f32'], ['i32']),
  numeric('i32.trunc_sat_f32_u', [0xfc, 1], ['f32'], ['i32']),
  numeric('i32.trunc_sat_f64_s', [0xfc, 2], ['f64'], ['i32']),
  numeric('i32.trunc_sat_f64_u', [0xfc, 3], ['f64'], ['i32']),
  numeric('i64.trunc_sat_f32_s', [0xfc, 4], ['f32'], ['i64']),
  numeric('i64.trunc_sat_f32_u', [0xfc, 5], ['f32'], ['i64']),
  numeric('i64.trunc_sat_f64_s', [0xfc, 6], ['f64'], ['i64']),
  numeric('i64.trunc_sat_f64_u', [0xfc, 7], ['f64'], ['i64']),
];
