import { MISMATCH, type RuleCase } from './rule-case.ts';

export const VARIABLE_ATOMIC_CASES: readonly RuleCase[] = [
  {
    rule: 'Instr_ok/global.atomic.get',
    accepts: [
      '(global $g (shared mut i32) (i32.const 0)) (func shared (result i32) (global.atomic.get acq_rel $g))',
      '(global $g (thread_local mut i64)) (func shared (result i64) (global.atomic.get seq_cst $g))',
      '(global $g i32 (i32.const 0)) (func (result i32) (global.atomic.get seq_cst $g))',
      '(global $g (mut anyref) (ref.null any)) (func (result anyref) (global.atomic.get seq_cst $g))',
      {
        wat: '(global $g (mut funcref) (ref.null func)) (func (result funcref) (global.atomic.get seq_cst $g))',
        readings: { 'atomic-references': 'all' },
      },
    ],
    rejects: [
      { wat: '(func (drop (global.atomic.get seq_cst 5)))', says: 'unknown global 5' },
      {
        wat: '(global $g (mut f32) (f32.const 0)) (func (drop (global.atomic.get seq_cst $g)))',
        says: 'invalid type: `global.atomic.get` only allows `i32`, `i64` and subtypes of `anyref`',
      },
      {
        wat: '(global $g (mut funcref) (ref.null func)) (func (drop (global.atomic.get seq_cst $g)))',
        says: 'invalid type',
      },
      {
        wat: '(global $g (mut i32) (i32.const 0)) (func shared (drop (global.atomic.get seq_cst $g)))',
        says: 'shared functions cannot access unshared globals',
      },
    ],
  },
  {
    rule: 'Instr_ok/global.atomic.set',
    accepts: [
      '(global $g (shared mut i32) (i32.const 0)) (func shared (global.atomic.set acq_rel $g (i32.const 1)))',
      '(global $g (shared mut (ref null (shared eq))) (ref.null (shared eq))) (func (param (ref (shared i31))) (global.atomic.set seq_cst $g (local.get 0)))',
    ],
    rejects: [
      {
        wat: '(global $g i32 (i32.const 0)) (func (global.atomic.set seq_cst $g (i32.const 1)))',
        says: 'global is immutable',
      },
      {
        wat: '(global $g (mut f32) (f32.const 0)) (func (global.atomic.set seq_cst $g (f32.const 1)))',
        says: 'invalid type',
      },
      {
        wat: '(global $g (shared mut i32) (i32.const 0)) (func (global.atomic.set seq_cst $g (i64.const 1)))',
        says: MISMATCH,
      },
      {
        wat: '(global $g (mut i32) (i32.const 0)) (func shared (global.atomic.set seq_cst $g (i32.const 1)))',
        says: 'shared functions cannot access unshared globals',
      },
    ],
  },
  {
    rule: 'Instr_ok/global.atomic.rmw',
    accepts: [
      '(global $g (shared mut i32) (i32.const 0)) (func shared (result i32) (global.atomic.rmw.add acq_rel $g (i32.const 1)))',
      '(global $g (thread_local mut i64)) (func (result i64) (global.atomic.rmw.xor seq_cst $g (i64.const 1)))',
    ],
    rejects: [
      {
        wat: '(global $g i32 (i32.const 0)) (func (drop (global.atomic.rmw.or seq_cst $g (i32.const 1))))',
        says: 'global is immutable',
      },
      {
        wat: '(global $g (mut funcref) (ref.null func)) (func (drop (global.atomic.rmw.xor seq_cst $g (ref.null func))))',
        says: 'invalid type: `global.atomic.rmw.*` only allows `i32` and `i64`',
      },
      {
        wat: '(global $g (shared mut i32) (i32.const 0)) (func (drop (global.atomic.rmw.sub seq_cst $g (i64.const 1))))',
        says: MISMATCH,
      },
      {
        wat: '(global $g (mut i32) (i32.const 0)) (func shared (drop (global.atomic.rmw.and seq_cst $g (i32.const 1))))',
        says: 'shared functions cannot access unshared globals',
      },
    ],
  },
  {
    rule: 'Instr_ok/global.atomic.rmw.xchg',
    accepts: [
      '(global $g (shared mut i32) (i32.const 0)) (func shared (result i32) (global.atomic.rmw.xchg acq_rel $g (i32.const 1)))',
      '(global $g (shared mut (ref null (shared eq))) (ref.null (shared eq))) (func (result (ref null (shared eq))) (global.atomic.rmw.xchg seq_cst $g (ref.null (shared none))))',
      {
        wat: '(global $g (mut funcref) (ref.null func)) (func (result funcref) (global.atomic.rmw.xchg seq_cst $g (ref.null func)))',
        readings: { 'atomic-references': 'all' },
      },
    ],
    rejects: [
      {
        wat: '(global $g (mut funcref) (ref.null func)) (func (drop (global.atomic.rmw.xchg seq_cst $g (ref.null func))))',
        says: 'invalid type: `global.atomic.rmw.xchg` only allows `i32`, `i64` and subtypes of `anyref`',
      },
      {
        wat: '(global $g i32 (i32.const 0)) (func (drop (global.atomic.rmw.xchg seq_cst $g (i32.const 1))))',
        says: 'global is immutable',
      },
      {
        wat: '(global $g (shared mut i32) (i32.const 0)) (func (drop (global.atomic.rmw.xchg seq_cst $g)))',
        says: MISMATCH,
      },
      {
        wat: '(global $g (mut i32) (i32.const 0)) (func shared (drop (global.atomic.rmw.xchg seq_cst $g (i32.const 1))))',
        says: 'shared functions cannot access unshared globals',
      },
    ],
  },
  {
    rule: 'Instr_ok/global.atomic.rmw.cmpxchg',
    accepts: [
      '(global $g (shared mut i32) (i32.const 0)) (func shared (result i32) (global.atomic.rmw.cmpxchg acq_rel $g (i32.const 1) (i32.const 2)))',
      '(global $g (mut i31ref) (ref.null i31)) (func (param eqref i31ref) (result i31ref) (global.atomic.rmw.cmpxchg seq_cst $g (local.get 0) (local.get 1)))',
    ],
    rejects: [
      {
        wat: '(global $g (mut anyref) (ref.null any)) (func (drop (global.atomic.rmw.cmpxchg seq_cst $g (ref.null any) (ref.null any))))',
        says: 'invalid type: `global.atomic.rmw.cmpxchg` only allows `i32`, `i64` and subtypes of `eqref`',
      },
      {
        wat: '(global $g i32 (i32.const 0)) (func (drop (global.atomic.rmw.cmpxchg seq_cst $g (i32.const 1) (i32.const 1))))',
        says: 'global is immutable',
      },
      {
        wat: '(global $g (shared mut (ref null (shared eq))) (ref.null (shared eq))) (func (param eqref (ref null (shared eq))) (drop (global.atomic.rmw.cmpxchg seq_cst $g (local.get 0) (local.get 1))))',
        says: MISMATCH,
      },
      {
        wat: '(global $g (mut i32) (i32.const 0)) (func shared (drop (global.atomic.rmw.cmpxchg seq_cst $g (i32.const 1) (i32.const 1))))',
        says: 'shared functions cannot access unshared globals',
      },
      {
        wat: '(global $g (mut funcref) (ref.null func)) (func (drop (global.atomic.rmw.cmpxchg seq_cst $g (ref.null func) (ref.null func))))',
        says: 'invalid type',
        readings: { 'atomic-references': 'all' },
      },
    ],
  },
  {
    rule: 'Instr_ok/table.atomic.get',
    accepts: [
      '(table $t 1 anyref) (func (result anyref) (table.atomic.get seq_cst $t (i32.const 0)))',
      '(table $t shared 1 (ref null (shared eq))) (func shared (result (ref null (shared eq))) (table.atomic.get acq_rel $t (i32.const 0)))',
      '(table $t i64 1 eqref) (func (result eqref) (table.atomic.get seq_cst $t (i64.const 0)))',
      {
        wat: '(table $t 1 funcref) (func (result funcref) (table.atomic.get seq_cst $t (i32.const 0)))',
        readings: { 'atomic-references': 'all' },
      },
    ],
    rejects: [
      { wat: '(func (drop (table.atomic.get seq_cst 3 (i32.const 0))))', says: 'unknown table 3' },
      {
        wat: '(table $t 1 funcref) (func (drop (table.atomic.get seq_cst $t (i32.const 0))))',
        says: 'invalid type: `table.atomic.get` only allows subtypes of `anyref`',
      },
      { wat: '(table $t 1 anyref) (func (drop (table.atomic.get seq_cst $t (i64.const 0))))', says: MISMATCH },
      {
        wat: '(table $t 1 (ref null (shared eq))) (func shared (drop (table.atomic.get seq_cst $t (i32.const 0))))',
        says: 'shared functions cannot access unshared tables',
      },
    ],
  },
  {
    rule: 'Instr_ok/table.atomic.set',
    accepts: ['(table $t 1 anyref) (func (table.atomic.set seq_cst $t (i32.const 0) (ref.null none)))'],
    rejects: [
      {
        wat: '(table $t 1 funcref) (func (table.atomic.set seq_cst $t (i32.const 0) (ref.null func)))',
        says: 'invalid type: `table.atomic.set` only allows subtypes of `anyref`',
      },
      {
        wat: '(table $t 1 anyref) (func (table.atomic.set seq_cst $t (i32.const 0) (ref.null extern)))',
        says: MISMATCH,
      },
      {
        wat: '(table $t 1 (ref null (shared eq))) (func shared (table.atomic.set seq_cst $t (i32.const 0) (ref.null (shared eq))))',
        says: 'shared functions cannot access unshared tables',
      },
    ],
  },
  {
    rule: 'Instr_ok/table.atomic.rmw.xchg',
    accepts: [
      '(table $t shared 1 (ref null (shared eq))) (func shared (result (ref null (shared eq))) (table.atomic.rmw.xchg acq_rel $t (i32.const 0) (ref.null (shared i31))))',
    ],
    rejects: [
      {
        wat: '(table $t 1 funcref) (func (drop (table.atomic.rmw.xchg seq_cst $t (i32.const 0) (ref.null func))))',
        says: 'invalid type: `table.atomic.rmw.xchg` only allows subtypes of `anyref`',
      },
      {
        wat: '(table $t 1 anyref) (func (drop (table.atomic.rmw.xchg seq_cst $t (i32.const 0) (ref.null func))))',
        says: MISMATCH,
      },
      {
        wat: '(table $t 1 (ref null (shared eq))) (func shared (drop (table.atomic.rmw.xchg seq_cst $t (i32.const 0) (ref.null (shared eq)))))',
        says: 'shared functions cannot access unshared tables',
      },
    ],
  },
  {
    rule: 'Instr_ok/table.atomic.rmw.cmpxchg',
    accepts: [
      '(table $t 1 i31ref) (func (param eqref) (result i31ref) (table.atomic.rmw.cmpxchg seq_cst $t (i32.const 0) (local.get 0) (ref.null i31)))',
    ],
    rejects: [
      {
        wat: '(table $t 1 anyref) (func (drop (table.atomic.rmw.cmpxchg seq_cst $t (i32.const 0) (ref.null any) (ref.null any))))',
        says: 'invalid type',
      },
      {
        wat: '(table $t shared 1 (ref null (shared eq))) (func (drop (table.atomic.rmw.cmpxchg seq_cst $t (i32.const 0) (ref.null eq) (ref.null (shared eq)))))',
        says: MISMATCH,
      },
      {
        wat: '(table $t 1 (ref null (shared eq))) (func shared (drop (table.atomic.rmw.cmpxchg seq_cst $t (i32.const 0) (ref.null (shared eq)) (ref.null (shared eq)))))',
        says: 'shared functions cannot access unshared tables',
      },
    ],
  },
];
