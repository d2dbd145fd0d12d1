/**
 * The operations of compiled code, numbered by their position. Operands are positions of 32-bit words in the current frame; an i64 or f64 is
 * two words, the low one first. `d` is a destination, `a b c` are sources, `t` a place in the code, `v` a literal. An operation
 * whose name ends in `#` takes the literal `v` in place of `b`.
 */
// biome-ignore format: a table
export const OPS = [
  // Control.
  'unreachable',
  'loop', // where a loop begins
  'br', // t
  'br_unless', // a t
  'br_if', // a t
  'br_table', // a n t0 … tn
  'return', // a n: the results are n words from a
  'return32', // a
  'return64', // a
  'call', // f base: function f; the arguments are where its frame begins, as its results will be
  'event', // d site live a b c: whatever needs the world, see `events.ts`

  // Moves.
  'move32', // d a
  'move64', // d a
  'const32', // d v
  'const64', // d low high
  'select32', // d a b c: a if c, else b
  'select64',

  // Fused comparisons and branches: a b t.
  'br_if i32.eq', 'br_if i32.ne',
  'br_if i32.lt_s', 'br_if i32.lt_u', 'br_if i32.gt_s', 'br_if i32.gt_u',
  'br_if i32.le_s', 'br_if i32.le_u', 'br_if i32.ge_s', 'br_if i32.ge_u',
  'br_if i32.eq#', 'br_if i32.ne#',
  'br_if i32.lt_s#', 'br_if i32.lt_u#', 'br_if i32.gt_s#', 'br_if i32.gt_u#',
  'br_if i32.le_s#', 'br_if i32.le_u#', 'br_if i32.ge_s#', 'br_if i32.ge_u#',

  // Accesses of memory 0 that do not tear words apart for the world: d site live a offset | value site live a b offset.
  'load32', 'load8_s', 'load8_u', 'load16_s', 'load16_u',
  'load64', 'load64_8_s', 'load64_8_u', 'load64_16_s', 'load64_16_u', 'load64_32_s', 'load64_32_u',
  'store8', 'store16', 'store32', 'store64',

  // 32-bit integers: d a | d a b.
  'i32.eqz', 'i32.clz', 'i32.ctz', 'i32.popcnt', 'i32.extend8_s', 'i32.extend16_s',
  'i32.add', 'i32.sub', 'i32.mul', 'i32.div_s', 'i32.div_u', 'i32.rem_s', 'i32.rem_u',
  'i32.and', 'i32.or', 'i32.xor', 'i32.shl', 'i32.shr_s', 'i32.shr_u', 'i32.rotl', 'i32.rotr',
  'i32.eq', 'i32.ne', 'i32.lt_s', 'i32.lt_u', 'i32.gt_s', 'i32.gt_u', 'i32.le_s', 'i32.le_u', 'i32.ge_s', 'i32.ge_u',
  'i32.add#', 'i32.mul#', 'i32.and#', 'i32.or#', 'i32.xor#', 'i32.shl#', 'i32.shr_s#', 'i32.shr_u#',
  'i32.eq#', 'i32.ne#',
  'i32.lt_s#', 'i32.lt_u#', 'i32.gt_s#', 'i32.gt_u#', 'i32.le_s#', 'i32.le_u#', 'i32.ge_s#', 'i32.ge_u#',

  // 64-bit integers.
  'i64.eqz', 'i64.clz', 'i64.ctz', 'i64.popcnt', 'i64.extend8_s', 'i64.extend16_s', 'i64.extend32_s',
  'i64.add', 'i64.sub', 'i64.mul', 'i64.div_s', 'i64.div_u', 'i64.rem_s', 'i64.rem_u',
  'i64.and', 'i64.or', 'i64.xor', 'i64.shl', 'i64.shr_s', 'i64.shr_u', 'i64.rotl', 'i64.rotr',
  'i64.eq', 'i64.ne', 'i64.lt_s', 'i64.lt_u', 'i64.gt_s', 'i64.gt_u', 'i64.le_s', 'i64.le_u', 'i64.ge_s', 'i64.ge_u',
  'i64.extend_i32_s', 'i64.extend_i32_u',

  // Floats to integers: d a.
  'i32.trunc_f32_s', 'i32.trunc_f32_u', 'i32.trunc_f64_s', 'i32.trunc_f64_u',
  'i64.trunc_f32_s', 'i64.trunc_f32_u', 'i64.trunc_f64_s', 'i64.trunc_f64_u',
  'i32.trunc_sat_f32_s', 'i32.trunc_sat_f32_u', 'i32.trunc_sat_f64_s', 'i32.trunc_sat_f64_u',
  'i64.trunc_sat_f32_s', 'i64.trunc_sat_f32_u', 'i64.trunc_sat_f64_s', 'i64.trunc_sat_f64_u',

  // Moves of four words.
  'move128', // d a
  'const128', // d v0 v1 v2 v3
  'select128', // d a b c

  // The commonest operations on floats: d a b | d a.
  'f32.add', 'f32.sub', 'f32.mul', 'f32.div', 'f32.eq', 'f32.ne', 'f32.lt', 'f32.gt', 'f32.le', 'f32.ge',
  'f64.add', 'f64.sub', 'f64.mul', 'f64.div', 'f64.eq', 'f64.ne', 'f64.lt', 'f64.gt', 'f64.le', 'f64.ge',
  'f64.sqrt', 'f64.convert_i32_s', 'f64.convert_i32_u', 'f64.promote_f32', 'f32.demote_f64',

  // All others on numbers and vectors: function f of `pure/table.ts`, which writes at `d`.
  'pure1', // d f a
  'pure2', // d f a b
  'pure3', // d f a b c
  'pure1#', // d f a v
  'pure2#', // d f a b v
  'shuffle', // d a b v0 v1 v2 v3: sixteen lanes, four to a word

  'silent', // d site a b c: what needs only references, see `silent.ts`

  // Control that is not a branch or a call of a function of the module.
  'call_ref', // a base: likewise, the function whose reference is at a
  'return_call', // f base n: the arguments are n words
  'return_call_ref', // a base n
  'throw', // tag a: its arguments are from a on
  'throw_ref', // a
] as const;

export type OpName = (typeof OPS)[number];

/** The number of each operation. */
export const OP = Object.fromEntries(OPS.map((name, i) => [name, i])) as Readonly<Record<OpName, number>>;

export function isOpName(name: string): name is OpName {
  return name in OP;
}
