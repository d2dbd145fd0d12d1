import { MISMATCH, type RuleCase } from './rule-case.ts';

export const AGGREGATE_ATOMIC_CASES: readonly RuleCase[] = [
  {
    rule: 'Instr_ok/struct.atomic.get',
    accepts: [
      '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func shared (param $p (ref null $s)) (result i32) (struct.atomic.get acq_rel $s 1 (local.get 0)))',
      '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (result i32) (struct.atomic.get_s seq_cst $s 0 (local.get 0)))',
      '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (result i64) (struct.atomic.get seq_cst $s 5 (local.get 0)))',
      '(type $s (struct (field (mut i32)))) (func (param $p (ref null $s)) (result i32) (struct.atomic.get seq_cst $s 0 (local.get 0)))',
    ],
    rejects: [
      {
        wat: '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (drop (struct.atomic.get seq_cst $s 9 (local.get 0))))',
        says: 'unknown field 9',
      },
      {
        wat: '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (drop (struct.atomic.get seq_cst $s 0 (local.get 0))))',
        says: 'can only use struct `get` with non-packed storage types',
      },
      {
        wat: '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (drop (struct.atomic.get_u seq_cst $s 1 (local.get 0))))',
        says: 'cannot use struct.get_u with non-packed storage types',
      },
      {
        wat: '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (drop (struct.atomic.get seq_cst $s 4 (local.get 0))))',
        says: 'invalid type: `struct.atomic.get` only allows `i32`, `i64` and subtypes of `anyref`',
      },
      {
        wat: '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (drop (struct.atomic.get seq_cst $s 1 (i32.const 0))))',
        says: MISMATCH,
      },
      {
        wat: '(type $s (struct (field (mut i32)))) (func shared (unreachable) (struct.atomic.get seq_cst $s 0) (drop))',
        says: 'shared functions cannot access unshared structs',
      },
    ],
  },
  {
    rule: 'Instr_ok/struct.atomic.set',
    accepts: [
      '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func shared (param $p (ref null $s)) (struct.atomic.set acq_rel $s 0 (local.get 0) (i32.const 1)) (struct.atomic.set seq_cst $s 2 (local.get 0) (ref.null (shared any))))',
    ],
    rejects: [
      {
        wat: '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (struct.atomic.set seq_cst $s 5 (local.get 0) (i64.const 1)))',
        says: 'field is immutable',
      },
      {
        wat: '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (struct.atomic.set seq_cst $s 4 (local.get 0) (f64.const 1)))',
        says: 'invalid type: `struct.atomic.set` only allows `i8`, `i16`, `i32`, `i64` and subtypes of `anyref`',
      },
      {
        wat: '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (struct.atomic.set seq_cst $s 1 (local.get 0) (i64.const 1)))',
        says: MISMATCH,
      },
      {
        wat: '(type $s (struct (field (mut i32)))) (func shared (unreachable) (struct.atomic.set seq_cst $s 0))',
        says: 'shared functions cannot access unshared structs',
      },
    ],
  },
  {
    rule: 'Instr_ok/struct.atomic.rmw',
    accepts: [
      '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func shared (param $p (ref null $s)) (result i32) (struct.atomic.rmw.add acq_rel $s 1 (local.get 0) (i32.const 1)))',
      {
        wat: '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (result i32) (struct.atomic.rmw.xor seq_cst $s 0 (local.get 0) (i32.const 1)))',
        readings: { 'packed-atomic-arithmetic': 'allow' },
      },
    ],
    rejects: [
      {
        wat: '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (drop (struct.atomic.rmw.sub seq_cst $s 0 (local.get 0) (i32.const 1))))',
        says: 'invalid type',
      },
      {
        wat: '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (drop (struct.atomic.rmw.or seq_cst $s 3 (local.get 0) (ref.null (shared eq)))))',
        says: 'invalid type',
      },
      {
        wat: '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (drop (struct.atomic.rmw.and seq_cst $s 5 (local.get 0) (i64.const 1))))',
        says: 'field is immutable',
      },
      {
        wat: '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (drop (struct.atomic.rmw.and seq_cst $s 1 (local.get 0) (i64.const 1))))',
        says: MISMATCH,
      },
      {
        wat: '(type $s (struct (field (mut i32)))) (func shared (unreachable) (struct.atomic.rmw.add seq_cst $s 0) (drop))',
        says: 'shared functions cannot access unshared structs',
      },
    ],
  },
  {
    rule: 'Instr_ok/struct.atomic.rmw.xchg',
    accepts: [
      '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func shared (param $p (ref null $s)) (result (ref null (shared any))) (struct.atomic.rmw.xchg acq_rel $s 2 (local.get 0) (ref.null (shared i31))))',
      {
        wat: '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (result i32) (struct.atomic.rmw.xchg seq_cst $s 0 (local.get 0) (i32.const 1)))',
        readings: { 'packed-atomic-arithmetic': 'allow' },
      },
    ],
    rejects: [
      {
        wat: '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (drop (struct.atomic.rmw.xchg seq_cst $s 0 (local.get 0) (i32.const 1))))',
        says: 'invalid type',
      },
      {
        wat: '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (drop (struct.atomic.rmw.xchg seq_cst $s 5 (local.get 0) (i64.const 1))))',
        says: 'field is immutable',
      },
      {
        wat: '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (drop (struct.atomic.rmw.xchg seq_cst $s 2 (local.get 0) (ref.null any))))',
        says: MISMATCH,
      },
      {
        wat: '(type $s (struct (field (mut i32)))) (func shared (unreachable) (struct.atomic.rmw.xchg seq_cst $s 0) (drop))',
        says: 'shared functions cannot access unshared structs',
      },
    ],
  },
  {
    rule: 'Instr_ok/struct.atomic.rmw.cmpxchg',
    accepts: [
      '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func shared (param $p (ref null $s)) (result (ref null (shared eq))) (struct.atomic.rmw.cmpxchg acq_rel $s 3 (local.get 0) (ref.null (shared eq)) (ref.null (shared i31))))',
      {
        wat: '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (result i32) (struct.atomic.rmw.cmpxchg seq_cst $s 0 (local.get 0) (i32.const 1) (i32.const 2)))',
        readings: { 'packed-atomic-arithmetic': 'allow' },
      },
    ],
    rejects: [
      {
        wat: '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (drop (struct.atomic.rmw.cmpxchg seq_cst $s 2 (local.get 0) (ref.null (shared eq)) (ref.null (shared eq)))))',
        says: 'invalid type',
      },
      {
        wat: '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (drop (struct.atomic.rmw.cmpxchg seq_cst $s 5 (local.get 0) (i64.const 1) (i64.const 1))))',
        says: 'field is immutable',
      },
      {
        wat: '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func (param $p (ref null $s)) (drop (struct.atomic.rmw.cmpxchg seq_cst $s 3 (local.get 0) (ref.null eq) (ref.null (shared eq)))))',
        says: MISMATCH,
      },
      {
        wat: '(type $s (struct (field (mut i32)))) (func shared (unreachable) (struct.atomic.rmw.cmpxchg seq_cst $s 0) (drop))',
        says: 'shared functions cannot access unshared structs',
      },
    ],
  },
  {
    rule: 'Instr_ok/array.atomic.get',
    accepts: [
      '(type $a (shared (array (mut i32)))) (func shared (param $p (ref null $a)) (result i32) (array.atomic.get acq_rel $a (local.get 0) (i32.const 0)))',
      '(type $a (shared (array (mut i16)))) (func (param $p (ref null $a)) (result i32) (array.atomic.get_u seq_cst $a (local.get 0) (i32.const 0)))',
    ],
    rejects: [
      {
        wat: '(type $a (shared (array (mut i8)))) (func (param $p (ref null $a)) (drop (array.atomic.get seq_cst $a (local.get 0) (i32.const 0))))',
        says: 'cannot use array.get with packed storage types',
      },
      {
        wat: '(type $a (shared (array (mut i32)))) (func (param $p (ref null $a)) (drop (array.atomic.get_s seq_cst $a (local.get 0) (i32.const 0))))',
        says: 'cannot use array.get_s with non-packed storage types',
      },
      {
        wat: '(type $a (shared (array (mut f32)))) (func (param $p (ref null $a)) (drop (array.atomic.get seq_cst $a (local.get 0) (i32.const 0))))',
        says: 'invalid type: `array.atomic.get` only allows `i32`, `i64` and subtypes of `anyref`',
      },
      {
        wat: '(type $a (shared (array (mut i32)))) (func (param $p (ref null $a)) (drop (array.atomic.get seq_cst $a (local.get 0) (i64.const 0))))',
        says: MISMATCH,
      },
      {
        wat: '(type $a (array (mut i32))) (func shared (unreachable) (array.atomic.get seq_cst $a) (drop))',
        says: 'shared functions cannot access unshared arrays',
      },
    ],
  },
  {
    rule: 'Instr_ok/array.atomic.set',
    accepts: [
      '(type $a (shared (array (mut i8)))) (func shared (param $p (ref null $a)) (array.atomic.set acq_rel $a (local.get 0) (i32.const 0) (i32.const 1)))',
    ],
    rejects: [
      {
        wat: '(type $a (array i32)) (func (param $p (ref null $a)) (array.atomic.set seq_cst $a (local.get 0) (i32.const 0) (i32.const 1)))',
        says: 'array is immutable',
      },
      {
        wat: '(type $a (shared (array (mut (ref null (shared extern)))))) (func (unreachable) (array.atomic.set seq_cst $a))',
        says: 'invalid type: `array.atomic.set` only allows `i8`, `i16`, `i32`, `i64` and subtypes of `anyref`',
      },
      {
        wat: '(type $a (shared (array (mut i64)))) (func (param $p (ref null $a)) (array.atomic.set seq_cst $a (local.get 0) (i32.const 0) (i32.const 1)))',
        says: MISMATCH,
      },
      {
        wat: '(type $a (array (mut i32))) (func shared (unreachable) (array.atomic.set seq_cst $a))',
        says: 'shared functions cannot access unshared arrays',
      },
    ],
  },
  {
    rule: 'Instr_ok/array.atomic.rmw',
    accepts: [
      '(type $a (shared (array (mut i64)))) (func shared (param $p (ref null $a)) (result i64) (array.atomic.rmw.add acq_rel $a (local.get 0) (i32.const 0) (i64.const 1)))',
      {
        wat: '(type $a (shared (array (mut i8)))) (func (param $p (ref null $a)) (result i32) (array.atomic.rmw.or seq_cst $a (local.get 0) (i32.const 0) (i32.const 1)))',
        readings: { 'packed-atomic-arithmetic': 'allow' },
      },
    ],
    rejects: [
      {
        wat: '(type $a (shared (array (mut i8)))) (func (param $p (ref null $a)) (drop (array.atomic.rmw.sub seq_cst $a (local.get 0) (i32.const 0) (i32.const 1))))',
        says: 'invalid type',
      },
      {
        wat: '(type $a (array i32)) (func (param $p (ref null $a)) (drop (array.atomic.rmw.sub seq_cst $a (local.get 0) (i32.const 0) (i32.const 1))))',
        says: 'array is immutable',
      },
      {
        wat: '(type $a (shared (array (mut i32)))) (func (param $p (ref null $a)) (drop (array.atomic.rmw.sub seq_cst $a (local.get 0) (i32.const 1))))',
        says: MISMATCH,
      },
      {
        wat: '(type $a (array (mut i32))) (func shared (unreachable) (array.atomic.rmw.add seq_cst $a) (drop))',
        says: 'shared functions cannot access unshared arrays',
      },
    ],
  },
  {
    rule: 'Instr_ok/array.atomic.rmw.xchg',
    accepts: [
      '(type $a (shared (array (mut (ref null (shared any)))))) (func shared (param $p (ref null $a)) (result (ref null (shared any))) (array.atomic.rmw.xchg acq_rel $a (local.get 0) (i32.const 0) (ref.null (shared any))))',
    ],
    rejects: [
      {
        wat: '(type $a (shared (array (mut f32)))) (func (param $p (ref null $a)) (drop (array.atomic.rmw.xchg seq_cst $a (local.get 0) (i32.const 0) (f32.const 1))))',
        says: 'invalid type',
      },
      {
        wat: '(type $a (array i32)) (func (param $p (ref null $a)) (drop (array.atomic.rmw.xchg seq_cst $a (local.get 0) (i32.const 0) (i32.const 1))))',
        says: 'array is immutable',
      },
      {
        wat: '(type $a (shared (array (mut i32)))) (func (param $p (ref null $a)) (drop (array.atomic.rmw.xchg seq_cst $a (local.get 0) (i32.const 0) (i64.const 1))))',
        says: MISMATCH,
      },
      {
        wat: '(type $a (array (mut i32))) (func shared (unreachable) (array.atomic.rmw.xchg seq_cst $a) (drop))',
        says: 'shared functions cannot access unshared arrays',
      },
    ],
  },
  {
    rule: 'Instr_ok/array.atomic.rmw.cmpxchg',
    accepts: [
      '(type $a (shared (array (mut (ref null (shared i31)))))) (func shared (param $p (ref null $a)) (param $e (ref null (shared eq))) (result (ref null (shared i31))) (array.atomic.rmw.cmpxchg acq_rel $a (local.get 0) (i32.const 0) (local.get $e) (ref.null (shared i31))))',
    ],
    rejects: [
      {
        wat: '(type $a (shared (array (mut (ref null (shared any)))))) (func (unreachable) (array.atomic.rmw.cmpxchg seq_cst $a) (drop))',
        says: 'invalid type',
      },
      {
        wat: '(type $a (array i32)) (func (param $p (ref null $a)) (drop (array.atomic.rmw.cmpxchg seq_cst $a (local.get 0) (i32.const 0) (i32.const 1) (i32.const 1))))',
        says: 'array is immutable',
      },
      {
        wat: '(type $a (shared (array (mut i32)))) (func (param $p (ref null $a)) (drop (array.atomic.rmw.cmpxchg seq_cst $a (local.get 0) (i32.const 0) (i32.const 1))))',
        says: MISMATCH,
      },
      {
        wat: '(type $a (array (mut i32))) (func shared (unreachable) (array.atomic.rmw.cmpxchg seq_cst $a) (drop))',
        says: 'shared functions cannot access unshared arrays',
      },
    ],
  },
];
