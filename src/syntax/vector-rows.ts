import type { ImmediateShape, InstructionRow, SignatureType } from './instructions.ts';

/** Vector instructions, relaxed ones included [core 3.0, Vector Instructions; Binary Format 0xFD]. */

type Signature = NonNullable<InstructionRow['signature']>;

function vector(
  mnemonic: string,
  opcode: number,
  params: readonly SignatureType[],
  results: readonly SignatureType[],
  immediates: ImmediateShape = 'none',
): InstructionRow {
  const signature: Signature = { params, results };
  return {
    mnemonic,
    opcode: [0xfd, opcode],
    immediates,
    signature,
    meaning: { kind: 'vector' },
    source: 'core',
  };
}

type Bytes = 1 | 2 | 4 | 8 | 16;

function load(mnemonic: string, opcode: number, bytes: Bytes): InstructionRow {
  return {
    ...vector(mnemonic, opcode, ['addr'], ['v128'], 'memarg'),
    meaning: { kind: 'vector-load', bytes },
  };
}

function store(mnemonic: string, opcode: number, bytes: Bytes): InstructionRow {
  return { ...vector(mnemonic, opcode, ['addr', 'v128'], [], 'memarg'), meaning: { kind: 'vector-store', bytes } };
}

function loadLane(bytes: Bytes, opcode: number): InstructionRow {
  const row = vector(`v128.load${bytes * 8}_lane`, opcode, ['addr', 'v128'], ['v128'], 'memarg-lane');
  return { ...row, meaning: { kind: 'vector-load', bytes } };
}

function storeLane(bytes: Bytes, opcode: number): InstructionRow {
  const row = vector(`v128.store${bytes * 8}_lane`, opcode, ['addr', 'v128'], [], 'memarg-lane');
  return { ...row, meaning: { kind: 'vector-store', bytes } };
}

const unary = (mnemonic: string, opcode: number): InstructionRow => vector(mnemonic, opcode, ['v128'], ['v128']);
const binary = (mnemonic: string, opcode: number): InstructionRow =>
  vector(mnemonic, opcode, ['v128', 'v128'], ['v128']);
const ternary = (mnemonic: string, opcode: number): InstructionRow =>
  vector(mnemonic, opcode, ['v128', 'v128', 'v128'], ['v128']);
const test = (mnemonic: string, opcode: number): InstructionRow => vector(mnemonic, opcode, ['v128'], ['i32']);
const shift = (mnemonic: string, opcode: number): InstructionRow => vector(mnemonic, opcode, ['v128', 'i32'], ['v128']);

/** Rows of one shape with the given opcodes. */
function named(
  shape: string,
  make: (mnemonic: string, opcode: number) => InstructionRow,
  opcodes: Readonly<Record<string, number>>,
): InstructionRow[] {
  return Object.entries(opcodes).map(([name, opcode]) => make(`${shape}.${name}`, opcode));
}

/** Names with consecutive opcodes. */
function from(firstOpcode: number, names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name, i) => [name, firstOpcode + i]));
}

const INTEGER_COMPARISONS = ['eq', 'ne', 'lt_s', 'lt_u', 'gt_s', 'gt_u', 'le_s', 'le_u', 'ge_s', 'ge_u'];
const FLOAT_COMPARISONS = ['eq', 'ne', 'lt', 'gt', 'le', 'ge'];
const EXTENDING_PRODUCTS = ['extmul_low', 'extmul_high'];

function extended(narrow: string, operations: readonly string[]): string[] {
  return ['s', 'u'].flatMap((sign) => operations.map((operation) => `${operation}_${narrow}_${sign}`));
}

function lanes(shape: string, type: SignatureType, firstOpcode: number, signs: readonly string[]): InstructionRow[] {
  return [
    ...signs.map((sign, i) => vector(`${shape}.extract_lane${sign}`, firstOpcode + i, ['v128'], [type], 'lane')),
    vector(`${shape}.replace_lane`, firstOpcode + signs.length, ['v128', type], ['v128'], 'lane'),
  ];
}

export const VECTOR_ROWS: readonly InstructionRow[] = [
  load('v128.load', 0x00, 16),
  ...['8x8_s', '8x8_u', '16x4_s', '16x4_u', '32x2_s', '32x2_u'].map((s, i) => load(`v128.load${s}`, 0x01 + i, 8)),
  load('v128.load8_splat', 0x07, 1),
  load('v128.load16_splat', 0x08, 2),
  load('v128.load32_splat', 0x09, 4),
  load('v128.load64_splat', 0x0a, 8),
  store('v128.store', 0x0b, 16),
  {
    ...vector('v128.const', 0x0c, [], ['v128'], 'v128'),
    meaning: { kind: 'const', type: 'v128' },
    constant: true,
  },
  vector('i8x16.shuffle', 0x0d, ['v128', 'v128'], ['v128'], 'lanes'),
  binary('i8x16.swizzle', 0x0e),
  vector('i8x16.splat', 0x0f, ['i32'], ['v128']),
  vector('i16x8.splat', 0x10, ['i32'], ['v128']),
  vector('i32x4.splat', 0x11, ['i32'], ['v128']),
  vector('i64x2.splat', 0x12, ['i64'], ['v128']),
  vector('f32x4.splat', 0x13, ['f32'], ['v128']),
  vector('f64x2.splat', 0x14, ['f64'], ['v128']),
  ...lanes('i8x16', 'i32', 0x15, ['_s', '_u']),
  ...lanes('i16x8', 'i32', 0x18, ['_s', '_u']),
  ...lanes('i32x4', 'i32', 0x1b, ['']),
  ...lanes('i64x2', 'i64', 0x1d, ['']),
  ...lanes('f32x4', 'f32', 0x1f, ['']),
  ...lanes('f64x2', 'f64', 0x21, ['']),
  ...named('i8x16', binary, from(0x23, INTEGER_COMPARISONS)),
  ...named('i16x8', binary, from(0x2d, INTEGER_COMPARISONS)),
  ...named('i32x4', binary, from(0x37, INTEGER_COMPARISONS)),
  ...named('i64x2', binary, from(0xd6, ['eq', 'ne', 'lt_s', 'gt_s', 'le_s', 'ge_s'])),
  ...named('f32x4', binary, from(0x41, FLOAT_COMPARISONS)),
  ...named('f64x2', binary, from(0x47, FLOAT_COMPARISONS)),
  unary('v128.not', 0x4d),
  ...named('v128', binary, from(0x4e, ['and', 'andnot', 'or', 'xor'])),
  ternary('v128.bitselect', 0x52),
  test('v128.any_true', 0x53),
  ...([1, 2, 4, 8] as const).map((bytes, i) => loadLane(bytes, 0x54 + i)),
  ...([1, 2, 4, 8] as const).map((bytes, i) => storeLane(bytes, 0x58 + i)),
  load('v128.load32_zero', 0x5c, 4),
  load('v128.load64_zero', 0x5d, 8),
  unary('f32x4.demote_f64x2_zero', 0x5e),
  unary('f64x2.promote_low_f32x4', 0x5f),

  ...named('i8x16', unary, { abs: 0x60, neg: 0x61, popcnt: 0x62 }),
  ...named('i8x16', test, { all_true: 0x63, bitmask: 0x64 }),
  ...named('i8x16', binary, { narrow_i16x8_s: 0x65, narrow_i16x8_u: 0x66 }),
  ...named('i8x16', shift, from(0x6b, ['shl', 'shr_s', 'shr_u'])),
  ...named('i8x16', binary, from(0x6e, ['add', 'add_sat_s', 'add_sat_u', 'sub', 'sub_sat_s', 'sub_sat_u'])),
  ...named('i8x16', binary, { ...from(0x76, ['min_s', 'min_u', 'max_s', 'max_u']), avgr_u: 0x7b }),

  ...named('i16x8', unary, from(0x7c, ['extadd_pairwise_i8x16_s', 'extadd_pairwise_i8x16_u'])),
  ...named('i32x4', unary, from(0x7e, ['extadd_pairwise_i16x8_s', 'extadd_pairwise_i16x8_u'])),
  ...named('i16x8', unary, { abs: 0x80, neg: 0x81 }),
  ...named('i16x8', test, { all_true: 0x83, bitmask: 0x84 }),
  ...named('i16x8', binary, { q15mulr_sat_s: 0x82, narrow_i32x4_s: 0x85, narrow_i32x4_u: 0x86 }),
  ...named('i16x8', unary, from(0x87, extended('i8x16', ['extend_low', 'extend_high']))),
  ...named('i16x8', shift, from(0x8b, ['shl', 'shr_s', 'shr_u'])),
  ...named('i16x8', binary, from(0x8e, ['add', 'add_sat_s', 'add_sat_u', 'sub', 'sub_sat_s', 'sub_sat_u'])),
  ...named('i16x8', binary, { mul: 0x95, ...from(0x96, ['min_s', 'min_u', 'max_s', 'max_u']), avgr_u: 0x9b }),
  ...named('i16x8', binary, from(0x9c, extended('i8x16', EXTENDING_PRODUCTS))),

  ...named('i32x4', unary, { abs: 0xa0, neg: 0xa1 }),
  ...named('i32x4', test, { all_true: 0xa3, bitmask: 0xa4 }),
  ...named('i32x4', unary, from(0xa7, extended('i16x8', ['extend_low', 'extend_high']))),
  ...named('i32x4', shift, from(0xab, ['shl', 'shr_s', 'shr_u'])),
  ...named('i32x4', binary, { add: 0xae, sub: 0xb1, mul: 0xb5 }),
  ...named('i32x4', binary, { ...from(0xb6, ['min_s', 'min_u', 'max_s', 'max_u']), dot_i16x8_s: 0xba }),
  ...named('i32x4', binary, from(0xbc, extended('i16x8', EXTENDING_PRODUCTS))),

  ...named('i64x2', unary, { abs: 0xc0, neg: 0xc1 }),
  ...named('i64x2', test, { all_true: 0xc3, bitmask: 0xc4 }),
  ...named('i64x2', unary, from(0xc7, extended('i32x4', ['extend_low', 'extend_high']))),
  ...named('i64x2', shift, from(0xcb, ['shl', 'shr_s', 'shr_u'])),
  ...named('i64x2', binary, { add: 0xce, sub: 0xd1, mul: 0xd5 }),
  ...named('i64x2', binary, from(0xdc, extended('i32x4', EXTENDING_PRODUCTS))),

  ...named('f32x4', unary, { ...from(0x67, ['ceil', 'floor', 'trunc', 'nearest']), abs: 0xe0, neg: 0xe1, sqrt: 0xe3 }),
  ...named('f32x4', binary, from(0xe4, ['add', 'sub', 'mul', 'div', 'min', 'max', 'pmin', 'pmax'])),
  ...named('f64x2', unary, { ceil: 0x74, floor: 0x75, trunc: 0x7a, nearest: 0x94, abs: 0xec, neg: 0xed, sqrt: 0xef }),
  ...named('f64x2', binary, from(0xf0, ['add', 'sub', 'mul', 'div', 'min', 'max', 'pmin', 'pmax'])),
  ...named('i32x4', unary, from(0xf8, ['trunc_sat_f32x4_s', 'trunc_sat_f32x4_u'])),
  ...named('f32x4', unary, from(0xfa, ['convert_i32x4_s', 'convert_i32x4_u'])),
  ...named('i32x4', unary, from(0xfc, ['trunc_sat_f64x2_s_zero', 'trunc_sat_f64x2_u_zero'])),
  ...named('f64x2', unary, from(0xfe, ['convert_low_i32x4_s', 'convert_low_i32x4_u'])),

  binary('i8x16.relaxed_swizzle', 0x100),
  ...named('i32x4', unary, from(0x101, ['relaxed_trunc_f32x4_s', 'relaxed_trunc_f32x4_u'])),
  ...named('i32x4', unary, from(0x103, ['relaxed_trunc_f64x2_s_zero', 'relaxed_trunc_f64x2_u_zero'])),
  ...named('f32x4', ternary, from(0x105, ['relaxed_madd', 'relaxed_nmadd'])),
  ...named('f64x2', ternary, from(0x107, ['relaxed_madd', 'relaxed_nmadd'])),
  ...['i8x16', 'i16x8', 'i32x4', 'i64x2'].map((shape, i) => ternary(`${shape}.relaxed_laneselect`, 0x109 + i)),
  ...named('f32x4', binary, from(0x10d, ['relaxed_min', 'relaxed_max'])),
  ...named('f64x2', binary, from(0x10f, ['relaxed_min', 'relaxed_max'])),
  binary('i16x8.relaxed_q15mulr_s', 0x111),
  binary('i16x8.relaxed_dot_i8x16_i7x16_s', 0x112),
  ternary('i32x4.relaxed_dot_i8x16_i7x16_add_s', 0x113),
];
