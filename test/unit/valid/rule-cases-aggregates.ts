import { MISMATCH, type RuleCase } from './rule-case.ts';

export const AGGREGATE_CASES: readonly RuleCase[] = [
  {
    rule: 'Instr_ok/struct.new',
    accepts: [
      '(type $s (struct (field (mut i32)) (field i8) (field (mut (ref null func))))) (func (result (ref $s)) (struct.new $s (i32.const 1) (i32.const 2) (ref.null func)))',
      '(type $s (shared (struct (field (mut i32)) (field i8)))) (func shared (result (ref $s)) (struct.new $s (i32.const 1) (i32.const 2)))',
      {
        wat: '(type $s (struct (field (mut i32)) (field i8) (field (mut (ref null func))))) (func shared (drop (struct.new $s (i32.const 1) (i32.const 2) (ref.null func))))',
        readings: { 'body-strictness': 'relaxed' },
      },
    ],
    rejects: [
      { wat: '(func (drop (struct.new 4)))', says: 'unknown type 4' },
      { wat: '(type $a (array (mut i32))) (func (drop (struct.new $a)))', says: 'non-structure type' },
      {
        wat: '(type $s (struct (field (mut i32)) (field i8) (field (mut (ref null func))))) (func (drop (struct.new $s (i32.const 1) (i32.const 2))))',
        says: MISMATCH,
      },
      {
        wat: '(type $s (shared (struct (field (mut i32)) (field i8)))) (func (drop (struct.new $s (i32.const 1) (i64.const 2))))',
        says: MISMATCH,
      },
      {
        wat: '(type $u (struct)) (func shared (drop (struct.new $u)))',
        says: 'shared functions cannot access unshared structs',
      },
    ],
  },
  {
    rule: 'Instr_ok/struct.new_default',
    accepts: [
      '(type $s (struct (field (mut i32)) (field i8) (field (mut (ref null func))))) (func (result (ref $s)) (struct.new_default $s))',
      '(type $s (shared (struct (field (mut i32)) (field i8)))) (func shared (result (ref $s)) (struct.new_default $s))',
    ],
    rejects: [
      { wat: '(func (drop (struct.new_default 4)))', says: 'unknown type 4' },
      {
        wat: '(type $n (struct (field (ref func)))) (func (drop (struct.new_default $n)))',
        says: 'field type is not defaultable',
      },
      {
        wat: '(type $u (struct)) (func shared (drop (struct.new_default $u)))',
        says: 'shared functions cannot access unshared structs',
      },
    ],
  },
  {
    rule: 'Instr_ok/struct.get',
    accepts: [
      '(type $s (struct (field (mut i32)) (field i8) (field (mut (ref null func))))) (func (param (ref null $s)) (result i32) (struct.get $s 0 (local.get 0)))',
      '(type $s (struct (field (mut i32)) (field i8) (field (mut (ref null func))))) (func (param (ref $s)) (result i32) (struct.get_s $s 1 (local.get 0)))',
      '(type $s (struct (field (mut i32)) (field i8) (field (mut (ref null func))))) (func (unreachable) (struct.get $s 2) (drop))',
      '(type $s (shared (struct (field (mut i32)) (field i8)))) (func shared (param (ref $s)) (result i32) (struct.get_u $s 1 (local.get 0)))',
    ],
    rejects: [
      { wat: '(func (drop (struct.get 4 0 (unreachable))))', says: 'unknown type 4' },
      {
        wat: '(type $s (struct (field (mut i32)) (field i8) (field (mut (ref null func))))) (func (param (ref $s)) (drop (struct.get $s 3 (local.get 0))))',
        says: 'unknown field 3',
      },
      {
        wat: '(type $s (struct (field (mut i32)) (field i8) (field (mut (ref null func))))) (func (param (ref $s)) (drop (struct.get $s 1 (local.get 0))))',
        says: 'field is packed',
      },
      {
        wat: '(type $s (struct (field (mut i32)) (field i8) (field (mut (ref null func))))) (func (param (ref $s)) (drop (struct.get_u $s 0 (local.get 0))))',
        says: 'field is unpacked',
      },
      {
        wat: '(type $s (struct (field (mut i32)) (field i8) (field (mut (ref null func))))) (func (param structref) (drop (struct.get $s 0 (local.get 0))))',
        says: MISMATCH,
      },
      {
        wat: '(type $s (struct (field (mut i32)) (field i8) (field (mut (ref null func))))) (func shared (unreachable) (struct.get $s 0) (drop))',
        says: 'shared functions cannot access unshared structs',
      },
    ],
  },
  {
    rule: 'Instr_ok/struct.set',
    accepts: [
      '(type $s (struct (field (mut i32)) (field i8) (field (mut (ref null func))))) (func (param (ref null $s)) (struct.set $s 0 (local.get 0) (i32.const 1)))',
      '(type $p (struct (field (mut i16)))) (func (param (ref $p)) (struct.set $p 0 (local.get 0) (i32.const 1)))',
      '(type $s (shared (struct (field (mut i32)) (field i8)))) (func shared (param (ref $s)) (struct.set $s 0 (local.get 0) (i32.const 1)))',
    ],
    rejects: [
      {
        wat: '(type $s (struct (field (mut i32)) (field i8) (field (mut (ref null func))))) (func (param (ref $s)) (struct.set $s 9 (local.get 0) (i32.const 1)))',
        says: 'unknown field 9',
      },
      {
        wat: '(type $s (struct (field (mut i32)) (field i8) (field (mut (ref null func))))) (func (param (ref $s)) (struct.set $s 1 (local.get 0) (i32.const 1)))',
        says: 'immutable field',
      },
      {
        wat: '(type $s (struct (field (mut i32)) (field i8) (field (mut (ref null func))))) (func (param (ref $s)) (struct.set $s 0 (local.get 0) (i64.const 1)))',
        says: MISMATCH,
      },
      {
        wat: '(type $s (struct (field (mut i32)) (field i8) (field (mut (ref null func))))) (func shared (unreachable) (struct.set $s 0))',
        says: 'shared functions cannot access unshared structs',
      },
    ],
  },
  {
    rule: 'Instr_ok/array.new',
    accepts: [
      '(type $a (array (mut i32))) (func (result (ref $a)) (array.new $a (i32.const 1) (i32.const 2)))',
      '(type $b (array (mut i8))) (func (result (ref $b)) (array.new $b (i32.const 1) (i32.const 2)))',
      '(type $a (shared (array (mut i32)))) (func shared (result (ref $a)) (array.new $a (i32.const 1) (i32.const 2)))',
    ],
    rejects: [
      { wat: '(func (drop (array.new 4)))', says: 'unknown type 4' },
      {
        wat: '(type $s (struct (field (mut i32)) (field i8) (field (mut (ref null func))))) (func (drop (array.new $s)))',
        says: 'non-array type',
      },
      { wat: '(type $a (array (mut i32))) (func (drop (array.new $a (i64.const 1) (i32.const 2))))', says: MISMATCH },
      {
        wat: '(type $a (array (mut i32))) (func shared (drop (array.new $a (i32.const 1) (i32.const 2))))',
        says: 'shared functions cannot access unshared arrays',
      },
    ],
  },
  {
    rule: 'Instr_ok/array.new_default',
    accepts: [
      '(type $a (array (mut i32))) (func (result (ref $a)) (array.new_default $a (i32.const 2)))',
      '(type $a (shared (array (mut i32)))) (func shared (result (ref $a)) (array.new_default $a (i32.const 2)))',
    ],
    rejects: [
      {
        wat: '(type $n (array (ref func))) (func (drop (array.new_default $n (i32.const 1))))',
        says: 'array type is not defaultable',
      },
      { wat: '(type $a (array (mut i32))) (func (drop (array.new_default $a (i64.const 1))))', says: MISMATCH },
      {
        wat: '(type $a (array (mut i32))) (func shared (drop (array.new_default $a (i32.const 2))))',
        says: 'shared functions cannot access unshared arrays',
      },
    ],
  },
  {
    rule: 'Instr_ok/array.new_fixed',
    accepts: [
      '(type $a (array (mut i32))) (func (result (ref $a)) (array.new_fixed $a 2 (i32.const 1) (i32.const 2)))',
      '(type $a (array (mut i32))) (func (result (ref $a)) (array.new_fixed $a 0))',
      '(type $a (array (mut i32))) (func (result (ref $a)) (unreachable) (array.new_fixed $a 4294967295))',
      '(type $a (shared (array (mut i32)))) (func shared (result (ref $a)) (array.new_fixed $a 1 (i32.const 2)))',
    ],
    rejects: [
      { wat: '(type $a (array (mut i32))) (func (drop (array.new_fixed $a 2 (i32.const 1))))', says: MISMATCH },
      { wat: '(type $a (array (mut i32))) (func (drop (array.new_fixed $a 1 (i64.const 1))))', says: MISMATCH },
      {
        wat: '(type $a (array (mut i32))) (func shared (drop (array.new_fixed $a 0)))',
        says: 'shared functions cannot access unshared arrays',
      },
    ],
  },
  {
    rule: 'Instr_ok/array.new_elem',
    accepts: [
      '(type $f (array (mut funcref))) (elem $e funcref) (func (result (ref $f)) (array.new_elem $f $e (i32.const 0) (i32.const 0)))',
      '(type $t (shared (array (ref null (shared func))))) (elem $e (shared (ref null (shared func)))) (func shared (result (ref $t)) (array.new_elem $t $e (i32.const 0) (i32.const 0)))',
    ],
    rejects: [
      {
        wat: '(type $f (array (mut funcref))) (func (drop (array.new_elem $f 3 (i32.const 0) (i32.const 0))))',
        says: 'unknown elem segment 3',
      },
      {
        wat: '(type $f (array (mut funcref))) (elem $e externref) (func (drop (array.new_elem $f $e (i32.const 0) (i32.const 0))))',
        says: MISMATCH,
      },
      {
        wat: '(type $a (array (mut i32))) (elem $e funcref) (func (drop (array.new_elem $a $e (i32.const 0) (i32.const 0))))',
        says: MISMATCH,
      },
      {
        wat: '(type $f (array (mut funcref))) (elem $e funcref) (func (drop (array.new_elem $f $e (i32.const 0) (i64.const 0))))',
        says: MISMATCH,
      },
      {
        wat: '(type $t (shared (array (ref null (shared func))))) (elem $e (ref null (shared func))) (func shared (drop (array.new_elem $t $e (i32.const 0) (i32.const 0))))',
        says: 'shared functions cannot access unshared elem segments',
      },
    ],
  },
  {
    rule: 'Instr_ok/array.new_data',
    accepts: [
      '(type $b (array (mut i8))) (data $d "x") (func (result (ref $b)) (array.new_data $b $d (i32.const 0) (i32.const 0)))',
      '(type $a (shared (array (mut i32)))) (data $d shared "x") (func shared (result (ref $a)) (array.new_data $a $d (i32.const 0) (i32.const 0)))',
      {
        wat: '(type $a (shared (array (mut i32)))) (data $d "x") (func shared (result (ref $a)) (array.new_data $a $d (i32.const 0) (i32.const 0)))',
        readings: { 'segment-shares': 'implied' },
      },
    ],
    rejects: [
      {
        wat: '(type $b (array (mut i8))) (func (drop (array.new_data $b 3 (i32.const 0) (i32.const 0))))',
        says: 'unknown data segment 3',
      },
      {
        wat: '(type $f (array (mut funcref))) (data $d "x") (func (drop (array.new_data $f $d (i32.const 0) (i32.const 0))))',
        says: 'array type is not numeric or vector',
      },
      {
        wat: '(type $b (array (mut i8))) (data $d "x") (func (drop (array.new_data $b $d (i64.const 0) (i32.const 0))))',
        says: MISMATCH,
      },
      {
        wat: '(type $a (shared (array (mut i32)))) (data $d "x") (func shared (drop (array.new_data $a $d (i32.const 0) (i32.const 0))))',
        says: 'shared functions cannot access unshared data segments',
      },
    ],
  },
  {
    rule: 'Instr_ok/array.get',
    accepts: [
      '(type $a (array (mut i32))) (func (param (ref null $a)) (result i32) (array.get $a (local.get 0) (i32.const 0)))',
      '(type $b (array (mut i8))) (func (param (ref $b)) (result i32) (array.get_s $b (local.get 0) (i32.const 0)))',
      '(type $a (shared (array (mut i32)))) (func shared (param (ref $a)) (result i32) (array.get $a (local.get 0) (i32.const 0)))',
    ],
    rejects: [
      {
        wat: '(type $b (array (mut i8))) (func (param (ref $b)) (drop (array.get $b (local.get 0) (i32.const 0))))',
        says: 'array is packed',
      },
      {
        wat: '(type $a (array (mut i32))) (func (param (ref $a)) (drop (array.get_u $a (local.get 0) (i32.const 0))))',
        says: 'array is unpacked',
      },
      {
        wat: '(type $a (array (mut i32))) (func (param arrayref) (drop (array.get $a (local.get 0) (i32.const 0))))',
        says: MISMATCH,
      },
      {
        wat: '(type $a (array (mut i32))) (func (param (ref $a)) (drop (array.get $a (local.get 0) (i64.const 0))))',
        says: MISMATCH,
      },
      {
        wat: '(type $a (array (mut i32))) (func shared (unreachable) (array.get $a) (drop))',
        says: 'shared functions cannot access unshared arrays',
      },
    ],
  },
  {
    rule: 'Instr_ok/array.set',
    accepts: [
      '(type $a (array (mut i32))) (func (param (ref null $a)) (array.set $a (local.get 0) (i32.const 0) (i32.const 1)))',
      '(type $a (shared (array (mut i32)))) (func shared (param (ref null $a)) (array.set $a (local.get 0) (i32.const 0) (i32.const 1)))',
    ],
    rejects: [
      {
        wat: '(type $c (array i64)) (func (param (ref $c)) (array.set $c (local.get 0) (i32.const 0) (i64.const 1)))',
        says: 'immutable array',
      },
      {
        wat: '(type $a (array (mut i32))) (func (param (ref $a)) (array.set $a (local.get 0) (i32.const 0) (i64.const 1)))',
        says: MISMATCH,
      },
      {
        wat: '(type $a (array (mut i32))) (func shared (unreachable) (array.set $a))',
        says: 'shared functions cannot access unshared arrays',
      },
    ],
  },
  {
    rule: 'Instr_ok/array.len',
    accepts: [
      '(func (param arrayref) (result i32) (array.len (local.get 0)))',
      '(type $a (shared (array (mut i32)))) (func shared (param (ref $a)) (result i32) (array.len (local.get 0)))',
      '(func (result i32) (array.len (unreachable)))',
    ],
    rejects: [
      { wat: '(func (param structref) (drop (array.len (local.get 0))))', says: MISMATCH },
      { wat: '(func (drop (array.len (i32.const 0))))', says: MISMATCH },
      { wat: '(func (unreachable) (any.convert_extern) (array.len) (drop))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/array.fill',
    accepts: [
      '(type $a (array (mut i32))) (func (param (ref null $a)) (array.fill $a (local.get 0) (i32.const 0) (i32.const 1) (i32.const 2)))',
    ],
    rejects: [
      {
        wat: '(type $c (array i64)) (func (param (ref $c)) (array.fill $c (local.get 0) (i32.const 0) (i64.const 1) (i32.const 2)))',
        says: 'immutable array',
      },
      {
        wat: '(type $a (array (mut i32))) (func (param (ref $a)) (array.fill $a (local.get 0) (i32.const 0) (i64.const 1) (i32.const 2)))',
        says: MISMATCH,
      },
      {
        wat: '(type $a (array (mut i32))) (func shared (unreachable) (array.fill $a))',
        says: 'shared functions cannot access unshared arrays',
      },
    ],
  },
  {
    rule: 'Instr_ok/array.copy',
    accepts: [
      '(type $a (array (mut i32))) (func (param (ref $a)) (array.copy $a $a (local.get 0) (i32.const 0) (local.get 0) (i32.const 0) (i32.const 0)))',
      '(type $x (array (mut funcref))) (type $y (array (ref func))) (func (param (ref $x) (ref $y)) (array.copy $x $y (local.get 0) (i32.const 0) (local.get 1) (i32.const 0) (i32.const 0)))',
      '(type $a (shared (array (mut i32)))) (type $u (array i32)) (func (param (ref $a) (ref $u)) (array.copy $a $u (local.get 0) (i32.const 0) (local.get 1) (i32.const 0) (i32.const 0)))',
    ],
    rejects: [
      {
        wat: '(type $c (array i64)) (func (param (ref $c)) (array.copy $c $c (local.get 0) (i32.const 0) (local.get 0) (i32.const 0) (i32.const 0)))',
        says: 'immutable array',
      },
      {
        wat: '(type $a (array (mut i32))) (type $b (array (mut i8))) (func (param (ref $a) (ref $b)) (array.copy $a $b (local.get 0) (i32.const 0) (local.get 1) (i32.const 0) (i32.const 0)))',
        says: 'array types do not match',
      },
      {
        wat: '(type $a (array (mut i32))) (func (param (ref $a)) (array.copy $a $a (local.get 0) (i32.const 0) (local.get 0) (i32.const 0) (i64.const 0)))',
        says: MISMATCH,
      },
      {
        wat: '(type $a (shared (array (mut i32)))) (type $u (array i32)) (func shared (unreachable) (array.copy $a $u))',
        says: 'shared functions cannot access unshared arrays',
      },
    ],
  },
  {
    rule: 'Instr_ok/array.init_elem',
    accepts: [
      '(type $f (array (mut funcref))) (elem $e funcref) (func (param (ref $f)) (array.init_elem $f $e (local.get 0) (i32.const 0) (i32.const 0) (i32.const 0)))',
    ],
    rejects: [
      {
        wat: '(type $f (array funcref)) (elem $e funcref) (func (param (ref $f)) (array.init_elem $f $e (local.get 0) (i32.const 0) (i32.const 0) (i32.const 0)))',
        says: 'immutable array',
      },
      {
        wat: '(type $f (array (mut funcref))) (func (param (ref $f)) (array.init_elem $f 2 (local.get 0) (i32.const 0) (i32.const 0) (i32.const 0)))',
        says: 'unknown elem segment 2',
      },
      {
        wat: '(type $f (array (mut funcref))) (elem $e externref) (func (param (ref $f)) (array.init_elem $f $e (local.get 0) (i32.const 0) (i32.const 0) (i32.const 0)))',
        says: MISMATCH,
      },
      {
        wat: '(type $f (array (mut funcref))) (elem $e funcref) (func (param (ref $f)) (array.init_elem $f $e (local.get 0) (i32.const 0) (i32.const 0)))',
        says: MISMATCH,
      },
      {
        wat: '(type $t (shared (array (mut (ref null (shared func)))))) (elem $e (ref null (shared func))) (func shared (param (ref $t)) (array.init_elem $t $e (local.get 0) (i32.const 0) (i32.const 0) (i32.const 0)))',
        says: 'shared functions cannot access unshared elem segments',
      },
    ],
  },
  {
    rule: 'Instr_ok/array.init_data',
    accepts: [
      '(type $b (array (mut i8))) (data $d "x") (func (param (ref $b)) (array.init_data $b $d (local.get 0) (i32.const 0) (i32.const 0) (i32.const 0)))',
    ],
    rejects: [
      {
        wat: '(type $f (array i8)) (data $d "x") (func (param (ref $f)) (array.init_data $f $d (local.get 0) (i32.const 0) (i32.const 0) (i32.const 0)))',
        says: 'immutable array',
      },
      {
        wat: '(type $f (array (mut funcref))) (data $d "x") (func (param (ref $f)) (array.init_data $f $d (local.get 0) (i32.const 0) (i32.const 0) (i32.const 0)))',
        says: 'array type is not numeric or vector',
      },
      {
        wat: '(type $b (array (mut i8))) (func (param (ref $b)) (array.init_data $b 1 (local.get 0) (i32.const 0) (i32.const 0) (i32.const 0)))',
        says: 'unknown data segment 1',
      },
      {
        wat: '(type $b (array (mut i8))) (data $d "x") (func (param (ref $b)) (array.init_data $b $d (local.get 0) (i32.const 0) (i32.const 0) (f32.const 0)))',
        says: MISMATCH,
      },
      {
        wat: '(type $a (shared (array (mut i32)))) (data $d "x") (func shared (param (ref $a)) (array.init_data $a $d (local.get 0) (i32.const 0) (i32.const 0) (i32.const 0)))',
        says: 'shared functions cannot access unshared data segments',
      },
    ],
  },
];
