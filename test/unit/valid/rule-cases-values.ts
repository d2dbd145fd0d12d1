import { MISMATCH, type RuleCase } from './rule-case.ts';

export const VALUE_CASES: readonly RuleCase[] = [
  {
    rule: 'Instr_ok/drop',
    accepts: ['(func (drop (f64.const 1)))', '(func (unreachable) (drop))', '(func (drop (ref.null (shared any))))'],
    rejects: [{ wat: '(func (drop))', says: MISMATCH }],
  },
  {
    rule: 'Instr_ok/select-expl',
    accepts: [
      '(func (drop (select (result funcref) (ref.null func) (ref.null func) (i32.const 1))))',
      '(func (param i32) (result i32) (select (result i32) (local.get 0) (local.get 0) (local.get 0)))',
      '(func shared (param (ref (shared any))) (result (ref null (shared any))) (select (result (ref null (shared any))) (local.get 0) (ref.null (shared none)) (i32.const 1)))',
      {
        wat: '(func shared (drop (select (result funcref) (unreachable))))',
        readings: { 'body-strictness': 'relaxed' },
      },
    ],
    rejects: [
      { wat: '(func (select (result) (i32.const 1)))', says: 'invalid result arity' },
      { wat: '(func (drop (select (result i32) (i32.const 1) (i64.const 1) (i32.const 1))))', says: MISMATCH },
      {
        wat: '(func shared (drop (select (result funcref) (unreachable))))',
        says: 'shared functions cannot have unshared values',
      },
    ],
  },
  {
    rule: 'Instr_ok/select-impl',
    accepts: [
      '(func (drop (select (i64.const 1) (i64.const 2) (i32.const 1))))',
      '(func (result i32) (select (unreachable)))',
      '(func (drop (select (unreachable) (i64.const 2) (i32.const 1))))',
      '(func (param v128) (result v128) (select (local.get 0) (local.get 0) (i32.const 1)))',
    ],
    rejects: [
      { wat: '(func (drop (select (i64.const 1) (i32.const 2) (i32.const 1))))', says: MISMATCH },
      { wat: '(func (drop (select (ref.null func) (ref.null func) (i32.const 1))))', says: MISMATCH },
      { wat: '(func (drop (select (i32.const 1) (i32.const 2) (i64.const 1))))', says: MISMATCH },
      { wat: '(func (drop (select (i32.const 1) (i32.const 2))))', says: MISMATCH },
      { wat: '(func (unreachable) (ref.as_non_null) (i32.const 0) (select) (drop))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/local.get',
    accepts: [
      '(func (param i32) (local i64) (drop (local.get 0)) (drop (local.get 1)))',
      '(func (param (ref func)) (drop (local.get 0)))',
      '(func (param (ref func)) (local (ref func)) (local.set 1 (local.get 0)) (drop (local.get 1)))',
      {
        wat: '(func shared (local funcref) (drop (local.get 0)))',
        readings: { 'body-strictness': 'relaxed', 'unshared-locals': 'allow' },
      },
    ],
    rejects: [
      { wat: '(func (drop (local.get 0)))', says: 'unknown local 0' },
      { wat: '(func (local (ref func)) (drop (local.get 0)))', says: 'uninitialized local 0' },
      {
        wat: '(func (param (ref func)) (local (ref func)) (block (local.set 1 (local.get 0))) (drop (local.get 1)))',
        says: 'uninitialized local 1',
      },
      {
        wat: '(func shared (local funcref) (drop (local.get 0)))',
        says: 'shared functions cannot have unshared values',
        readings: { 'unshared-locals': 'allow' },
      },
    ],
  },
  {
    rule: 'Instr_ok/local.set',
    accepts: [
      '(func (local i32) (local.set 0 (i32.const 1)))',
      '(func (local (ref null func)) (local.set 0 (ref.null nofunc)))',
    ],
    rejects: [
      { wat: '(func (local.set 3 (i32.const 1)))', says: 'unknown local 3' },
      { wat: '(func (local i32) (local.set 0 (i64.const 1)))', says: MISMATCH },
      { wat: '(func (local (ref null (shared func))) (local.set 0 (ref.null func)))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/local.tee',
    accepts: [
      '(func (local i32) (drop (local.tee 0 (i32.const 1))))',
      '(func (param (ref func)) (local (ref func)) (drop (local.tee 1 (local.get 0))) (drop (local.get 1)))',
    ],
    rejects: [
      { wat: '(func (drop (local.tee 3 (i32.const 1))))', says: 'unknown local 3' },
      { wat: '(func (local i32) (drop (local.tee 0 (f32.const 1))))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/global.get',
    accepts: [
      '(global $g i32 (i32.const 1)) (func (result i32) (global.get $g))',
      '(global $g (shared mut i32) (i32.const 1)) (func shared (result i32) (global.get $g))',
      '(global $g (thread_local mut i32)) (func shared (result i32) (global.get $g))',
      '(global $g (import "m" "g") (thread_local i32)) (func shared (result i32) (global.get $g))',
      '(global $a (shared i32) (i32.const 1)) (global $b (shared i32) (global.get $a))',
    ],
    rejects: [
      { wat: '(func (drop (global.get 2)))', says: 'unknown global 2' },
      { wat: '(global i32 (global.get 0))', says: 'unknown global 0' },
      {
        wat: '(global $g i32 (i32.const 1)) (func shared (drop (global.get $g)))',
        says: 'shared functions cannot access unshared globals',
      },
      { wat: '(global $a i32 (i32.const 0)) (global $b (shared i32) (global.get $a))', says: 'invalid type' },
      { wat: '(global $a (thread_local i32)) (global $b (shared i32) (global.get $a))', says: 'invalid type' },
    ],
  },
  {
    rule: 'Instr_ok/global.set',
    accepts: [
      '(global $g (mut i32) (i32.const 1)) (func (global.set $g (i32.const 2)))',
      '(global $g (thread_local mut i32)) (func shared (global.set $g (i32.const 2)))',
    ],
    rejects: [
      { wat: '(func (global.set 2 (i32.const 0)))', says: 'unknown global 2' },
      { wat: '(global $g i32 (i32.const 1)) (func (global.set $g (i32.const 2)))', says: 'immutable global' },
      { wat: '(global $g (thread_local i32)) (func (global.set $g (i32.const 2)))', says: 'immutable global' },
      { wat: '(global $g (mut i32) (i32.const 1)) (func (global.set $g (i64.const 2)))', says: MISMATCH },
      {
        wat: '(global $g (mut i32) (i32.const 1)) (func shared (global.set $g (i32.const 2)))',
        says: 'shared functions cannot access unshared globals',
      },
    ],
  },
  {
    rule: 'Instr_ok/const',
    accepts: ['(func (result f32) (f32.const 0x1p-3))', '(func (result v128) (v128.const i64x2 1 2))'],
    rejects: [],
  },
  {
    rule: 'Instr_ok/numeric',
    accepts: [
      '(func (param i32) (result i64) (i64.extend_i32_s (i32.clz (local.get 0))))',
      '(func (result i32) (i64.eqz (i64.const 0)))',
    ],
    rejects: [
      {
        wat: '(func (drop (i32.add (i32.const 1) (i64.const 1))))',
        says: 'type mismatch: i32.add requires [i32 i32] but stack has [i32 i64]',
      },
      {
        wat: '(func (drop (i32.add (i32.const 1))))',
        says: 'type mismatch: i32.add requires [i32 i32] but stack has [i32]',
      },
      { wat: '(func (drop (i64.popcnt (ref.null func))))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/vector',
    accepts: [
      '(func (param v128) (result i32) (i8x16.bitmask (i32x4.add (local.get 0) (i32x4.splat (i32.const 1)))))',
      '(func (param v128 v128 v128) (result v128) (f32x4.relaxed_madd (local.get 0) (local.get 1) (local.get 2)))',
    ],
    rejects: [
      { wat: '(func (drop (i32x4.splat (i64.const 1))))', says: MISMATCH },
      { wat: '(func (param v128) (drop (i64x2.add (local.get 0))))', says: MISMATCH },
      { wat: '(func (param v128) (drop (i64x2.shl (local.get 0) (i64.const 1))))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/vshuffle',
    accepts: [
      '(func (param v128) (result v128) (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31 (local.get 0) (local.get 0)))',
    ],
    rejects: [
      {
        wat: '(func (param v128) (drop (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 32 (local.get 0) (local.get 0))))',
        says: 'invalid lane index',
      },
      {
        wat: '(func (param v128) (drop (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 (local.get 0))))',
        says: MISMATCH,
      },
    ],
  },
  {
    rule: 'Instr_ok/vextract_lane',
    accepts: [
      '(func (param v128) (result f64) (f64x2.extract_lane 1 (local.get 0)))',
      '(func (param v128) (result i32) (i8x16.extract_lane_u 15 (local.get 0)))',
    ],
    rejects: [
      { wat: '(func (param v128) (drop (f64x2.extract_lane 2 (local.get 0))))', says: 'invalid lane index' },
      { wat: '(func (param v128) (drop (i8x16.extract_lane_s 16 (local.get 0))))', says: 'invalid lane index' },
      { wat: '(func (drop (i32x4.extract_lane 0 (i32.const 1))))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/vreplace_lane',
    accepts: ['(func (param v128) (result v128) (i16x8.replace_lane 7 (local.get 0) (i32.const 1)))'],
    rejects: [
      {
        wat: '(func (param v128) (drop (i16x8.replace_lane 8 (local.get 0) (i32.const 1))))',
        says: 'invalid lane index',
      },
      { wat: '(func (param v128) (drop (i64x2.replace_lane 0 (local.get 0) (i32.const 1))))', says: MISMATCH },
    ],
  },
];
