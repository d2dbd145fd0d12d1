import { MISMATCH, type RuleCase } from './rule-case.ts';

export const CONTROL_CASES: readonly RuleCase[] = [
  {
    rule: 'Instr_ok/unreachable',
    accepts: ['(func (result i32) (unreachable))', '(func (i32.add (unreachable)) (drop))'],
    rejects: [],
  },
  { rule: 'Instr_ok/nop', accepts: ['(func (nop))'], rejects: [] },
  {
    rule: 'Instr_ok/block',
    accepts: [
      '(func (result i32) (block (result i32) (i32.const 1)))',
      '(func (result i64) (block $l (result i64) (br $l (i64.const 1))))',
      '(func (block (unreachable)))',
      '(func (result anyref) (block (result eqref) (ref.i31 (i32.const 1))))',
    ],
    rejects: [
      { wat: '(func (drop (block (result i32))))', says: MISMATCH },
      { wat: '(func (drop (block (result i32) (i64.const 1))))', says: MISMATCH },
      { wat: '(func (block (i32.const 1)))', says: MISMATCH },
      { wat: '(func (i32.const 1) (block (param i64) (drop)))', says: MISMATCH },
      { wat: '(func (block (unreachable) (i32.const 1)))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/loop',
    accepts: [
      '(func (param i32) (local.get 0) (loop $l (param i32) (br $l)))',
      '(func (result i32) (loop (result i32) (i32.const 1)))',
    ],
    rejects: [
      { wat: '(func (drop (loop (result i32))))', says: MISMATCH },
      { wat: '(func (loop (i32.const 1)))', says: MISMATCH },
      { wat: '(func (loop (param i32) (drop)))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/if',
    accepts: [
      '(func (result i32) (if (result i32) (i32.const 1) (then (i32.const 2)) (else (i32.const 3))))',
      '(func (if (i32.const 1) (then)))',
      '(func (result i32) (i32.const 1) (if (param i32) (result i32) (i32.const 2) (then (drop) (i32.const 3))))',
    ],
    rejects: [
      { wat: '(func (drop (if (result i32) (i32.const 1) (then (i32.const 2)))))', says: MISMATCH },
      { wat: '(func (if (i64.const 1) (then)))', says: MISMATCH },
      { wat: '(func (if (i32.const 1) (then) (else (i32.const 2))))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/try_table',
    accepts: [
      '(func (try_table))',
      '(tag $e (param i32)) (func (result i32) (block $h (result i32) (try_table (result i32) (catch $e $h) (throw $e (i32.const 1)))))',
      '(func (param i64) (result i64) (local.get 0) (try_table (param i64) (result i64) (drop) (unreachable)) )',
    ],
    rejects: [
      { wat: '(func (drop (try_table (result i32))))', says: MISMATCH },
      { wat: '(func (try_table (i32.const 1)))', says: MISMATCH },
      { wat: '(func (try_table (param i32) (drop)))', says: MISMATCH },
    ],
  },
  {
    rule: 'Catch_ok/catch',
    accepts: [
      '(tag $e (param i32 i64)) (func (result i32 i64) (try_table (catch $e 0)) (unreachable))',
      '(tag $e (type $t)) (type $t (shared (func (param i32)))) (func shared (result i32) (try_table (catch $e 0)) (i32.const 0))',
      '(tag $e (param (ref i31))) (func (result anyref) (try_table (catch $e 0)) (unreachable))',
    ],
    rejects: [
      { wat: '(func (try_table (catch 3 0)))', says: 'unknown tag 3' },
      { wat: '(tag $e) (func (try_table (catch $e 7)))', says: 'unknown label 7' },
      { wat: '(tag $e (param i32)) (func (try_table (catch $e 0)))', says: MISMATCH },
      { wat: '(tag $e (param i32)) (func (result i64) (try_table (catch $e 0)) (unreachable))', says: MISMATCH },
      { wat: '(tag $e) (func shared (try_table (catch $e 0)))', says: 'shared functions cannot access unshared tags' },
    ],
  },
  {
    rule: 'Catch_ok/catch_ref',
    accepts: [
      '(tag $e (param i32)) (func (result i32 (ref exn)) (try_table (catch_ref $e 0)) (unreachable))',
      '(tag $e) (func (result exnref) (try_table (catch_ref $e 0)) (unreachable))',
      '(type $t (shared (func))) (tag $e (type $t)) (func (result (ref (shared exn))) (try_table (catch_ref $e 0)) (unreachable))',
      '(type $t (shared (func))) (tag $e (type $t)) (func shared (result (ref null (shared exn))) (try_table (catch_ref $e 0)) (unreachable))',
      {
        wat: '(type $t (shared (func))) (tag $e (type $t)) (func (result exnref) (try_table (catch_ref $e 0)) (unreachable))',
        readings: { exnref: 'subtype' },
      },
    ],
    rejects: [
      { wat: '(func (try_table (catch_ref 3 0)))', says: 'unknown tag 3' },
      { wat: '(tag $e) (func (try_table (catch_ref $e 0)))', says: MISMATCH },
      {
        wat: '(type $t (shared (func))) (tag $e (type $t)) (func (result exnref) (try_table (catch_ref $e 0)) (unreachable))',
        says: MISMATCH,
      },
      {
        wat: '(tag $e) (func (result (ref null (shared exn))) (try_table (catch_ref $e 0)) (unreachable))',
        says: MISMATCH,
      },
      { wat: '(func (result (ref exn)) (try_table (catch_ref 0 3)) (unreachable)) (tag)', says: 'unknown label 3' },
    ],
  },
  {
    rule: 'Catch_ok/catch_all',
    accepts: ['(func (try_table (catch_all 0)))', '(func (block $l (try_table (catch_all $l) (unreachable))))'],
    rejects: [
      { wat: '(func (try_table (catch_all 2)))', says: 'unknown label 2' },
      { wat: '(func (result i32) (try_table (catch_all 0)) (i32.const 1))', says: MISMATCH },
    ],
  },
  {
    rule: 'Catch_ok/catch_all_ref',
    accepts: [
      '(func (result exnref) (try_table (catch_all_ref 0)) (unreachable))',
      '(func shared (result (ref (shared exn))) (try_table (catch_all_ref 0)) (unreachable))',
    ],
    rejects: [
      { wat: '(func (try_table (catch_all_ref 0)))', says: MISMATCH },
      { wat: '(func (result (ref (shared exn))) (try_table (catch_all_ref 0)) (unreachable))', says: MISMATCH },
      { wat: '(func (result anyref) (try_table (catch_all_ref 0)) (unreachable))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/br',
    accepts: [
      '(func (block (br 0)))',
      '(func (result i32) (br 0 (i32.const 1)))',
      '(func (drop (block (result f32) (i64.const 0) (br 0 (f32.const 1)))))',
    ],
    rejects: [
      { wat: '(func (br 1))', says: 'unknown label' },
      { wat: '(func (result i32) (br 0))', says: MISMATCH },
      { wat: '(func (result i32) (br 0 (i64.const 1)))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/br_if',
    accepts: ['(func (result i32) (br_if 0 (i32.const 1) (i32.const 2)))'],
    rejects: [
      { wat: '(func (br_if 2 (i32.const 1)))', says: 'unknown label' },
      { wat: '(func (br_if 0 (i64.const 1)))', says: MISMATCH },
      { wat: '(func (block (result i32) (br_if 0 (i32.const 1)) (i32.const 2)) (drop))', says: MISMATCH },
      {
        wat: '(func (param (ref eq)) (result (ref i31)) (block $l (result (ref eq)) (br_if $l (local.get 0))) (unreachable))',
        says: MISMATCH,
      },
    ],
  },
  {
    rule: 'Instr_ok/br_table',
    accepts: [
      '(func (block (block (br_table 0 1 0 (i32.const 1)))))',
      '(func (result i32) (br_table 0 0 (i32.const 1) (i32.const 2)))',
      '(func (block $a (result anyref) (block $b (result eqref) (br_table $a $b (ref.i31 (i32.const 1)) (i32.const 0)))) (drop))',
      '(func (block (result f32) (block (result i32) (unreachable) (br_table 0 1 1)) (drop) (f32.const 1)) (drop))',
    ],
    rejects: [
      { wat: '(func (br_table 0 5 (i32.const 1)))', says: 'unknown label' },
      { wat: '(func (br_table 0 (i64.const 1)))', says: MISMATCH },
      { wat: '(func (block (result i32) (br_table 0 1 (i32.const 1) (i32.const 2))) (drop))', says: MISMATCH },
      {
        wat: '(func (block $a (result anyref) (block $b (result externref) (br_table $a $b (ref.i31 (i32.const 1)) (i32.const 0))) (drop) (ref.null any)) (drop))',
        says: MISMATCH,
      },
    ],
  },
  {
    rule: 'Instr_ok/br_on_null',
    accepts: [
      '(func (param funcref) (result (ref func)) (block $l (return (br_on_null $l (local.get 0)))) (unreachable))',
      '(func (param anyref) (result i32) (i32.const 1) (local.get 0) (br_on_null 0) (drop))',
      '(func (block (unreachable) (br_on_null 0) (ref.as_non_null) (drop)))',
    ],
    rejects: [
      { wat: '(func (br_on_null 3 (ref.null func)) (drop))', says: 'unknown label' },
      { wat: '(func (br_on_null 0 (i32.const 1)) (drop))', says: MISMATCH },
      { wat: '(func (param anyref) (result i32) (br_on_null 0 (local.get 0)) (drop) (i32.const 1))', says: MISMATCH },
      { wat: '(func (br_on_null 0) (drop))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/br_on_non_null',
    accepts: [
      '(func (param funcref) (result (ref func)) (br_on_non_null 0 (local.get 0)) (unreachable))',
      '(type $t (func)) (func (param (ref null $t)) (result funcref) (br_on_non_null 0 (local.get 0)) (unreachable))',
    ],
    rejects: [
      { wat: '(func (br_on_non_null 3 (ref.null func)))', says: 'unknown label' },
      { wat: '(func (br_on_non_null 0 (ref.null func)))', says: MISMATCH },
      { wat: '(func (result i32) (br_on_non_null 0 (ref.null func)) (i32.const 1))', says: MISMATCH },
      { wat: '(func (result (ref func)) (br_on_non_null 0 (ref.null extern)) (unreachable))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/br_on_cast',
    accepts: [
      '(func (param anyref) (result i31ref) (br_on_cast 0 anyref i31ref (local.get 0)) (unreachable))',
      '(func (param anyref) (result eqref) (drop (block $l (result anyref) (return (ref.cast (ref eq) (br_on_cast $l anyref (ref null i31) (local.get 0)))))) (ref.null eq))',
      '(func shared (param (ref null (shared any))) (result (ref (shared i31))) (br_on_cast 0 (ref null (shared any)) (ref (shared i31)) (local.get 0)) (unreachable))',
    ],
    rejects: [
      { wat: '(func (br_on_cast 4 anyref i31ref (ref.null any)) (drop))', says: 'unknown label' },
      {
        wat: '(func (param anyref) (result i31ref) (br_on_cast 0 i31ref anyref (local.get 0)) (unreachable))',
        says: 'type mismatch on cast',
      },
      { wat: '(func (br_on_cast 0 anyref i31ref (ref.null any)) (drop))', says: MISMATCH },
      { wat: '(func (result structref) (br_on_cast 0 anyref i31ref (ref.null any)) (unreachable))', says: MISMATCH },
      { wat: '(func (result i31ref) (br_on_cast 0 anyref i31ref (ref.null extern)) (unreachable))', says: MISMATCH },
      {
        wat: '(func (result i31ref) (br_on_cast 0 anyref (ref null (shared i31)) (ref.null any)) (unreachable))',
        says: 'type mismatch on cast',
      },
      { wat: '(func (block $l (unreachable) (br_on_cast $l (ref any) (ref any))))', says: MISMATCH },
      {
        wat: '(func (result i31ref) (br_on_cast 0 (ref null (shared any)) i31ref (ref.null any)) (unreachable))',
        says: 'type mismatch on cast',
      },
    ],
  },
  {
    rule: 'Instr_ok/br_on_cast_fail',
    accepts: [
      '(func (param anyref) (result anyref) (br_on_cast_fail 0 anyref i31ref (local.get 0)))',
      '(func (param anyref) (result (ref any)) (block $l (result (ref any)) (br_on_cast_fail $l anyref i31ref (local.get 0)) (drop) (unreachable)))',
    ],
    rejects: [
      { wat: '(func (br_on_cast_fail 4 anyref i31ref (ref.null any)) (drop))', says: 'unknown label' },
      {
        wat: '(func (param anyref) (result i31ref) (br_on_cast_fail 0 i31ref anyref (local.get 0)) (unreachable))',
        says: 'type mismatch on cast',
      },
      {
        wat: '(func (param anyref) (result (ref any)) (br_on_cast_fail 0 anyref (ref i31) (local.get 0)))',
        says: MISMATCH,
      },
      { wat: '(func (br_on_cast_fail 0 anyref i31ref (ref.null any)) (drop))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/return',
    accepts: ['(func (result i32) (return (i32.const 1)))', '(func (block (return)))'],
    rejects: [
      { wat: '(func (result i32) (return))', says: MISMATCH },
      { wat: '(func (result i32) (return (i64.const 1)))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/call',
    accepts: [
      '(func $g (param i32) (result i64) (i64.const 0)) (func (drop (call $g (i32.const 1))))',
      '(func $g shared) (func shared (call $g)) (func (call $g))',
    ],
    rejects: [
      { wat: '(func (call 4))', says: 'unknown function 4' },
      { wat: '(func $g (param i32)) (func (call $g (i64.const 1)))', says: MISMATCH },
      { wat: '(func $g) (func $f shared (call $g))', says: 'shared functions cannot access unshared functions' },
    ],
  },
  {
    rule: 'Instr_ok/call_ref',
    accepts: [
      '(type $t (func (param i32) (result i64))) (func (param (ref null $t)) (result i64) (call_ref $t (i32.const 1) (local.get 0)))',
      '(type $t (shared (func))) (func shared (param (ref $t)) (call_ref $t (local.get 0)))',
      '(type $t (func)) (func (unreachable) (call_ref $t))',
      '(type $t (shared (func))) (func (param (ref $t)) (call_ref $t (local.get 0)))',
    ],
    rejects: [
      { wat: '(func (call_ref 7 (unreachable)))', says: 'unknown type 7' },
      { wat: '(type $s (struct)) (func (call_ref $s (unreachable)))', says: 'non-function type' },
      { wat: '(type $t (func)) (func (param funcref) (call_ref $t (local.get 0)))', says: MISMATCH },
      { wat: '(type $t (func (param i32))) (func (param (ref $t)) (call_ref $t (local.get 0)))', says: MISMATCH },
      {
        wat: '(type $t (func)) (func shared (unreachable) (call_ref $t))',
        says: 'shared functions cannot access unshared function',
      },
      {
        wat: '(type $t (func)) (type $s (shared (func))) (func (param (ref $s)) (call_ref $t (local.get 0)))',
        says: MISMATCH,
      },
    ],
  },
  {
    rule: 'Instr_ok/call_indirect',
    accepts: [
      '(type $t (func (param i32) (result i64))) (table 1 funcref) (func (result i64) (call_indirect (type $t) (i32.const 1) (i32.const 0)))',
      '(type $t (func)) (table $u 1 funcref) (table $v i64 1 funcref) (func (call_indirect $v (type $t) (i64.const 0)))',
      '(type $t (shared (func))) (table $s shared 1 (ref null (shared func))) (func shared (call_indirect $s (type $t) (i32.const 0)))',
      '(type $t (shared (func))) (table $s 1 (ref null $t)) (func (call_indirect $s (type $t) (i32.const 0)))',
    ],
    rejects: [
      { wat: '(func (call_indirect (i32.const 0)))', says: 'unknown table 0' },
      { wat: '(table 1 funcref) (func (call_indirect (type 8) (i32.const 0)))', says: 'unknown type 8' },
      { wat: '(table 1 externref) (func (call_indirect (i32.const 0)))', says: MISMATCH },
      { wat: '(table 1 funcref) (func (call_indirect (i64.const 0)))', says: MISMATCH },
      {
        wat: '(type $t (func (param i32))) (table 1 funcref) (func (call_indirect (type $t) (i32.const 0)))',
        says: MISMATCH,
      },
      {
        wat: '(type $u (func)) (table 1 (ref null (shared func))) (func (call_indirect (type $u) (i32.const 0)))',
        says: MISMATCH,
      },
      {
        wat: '(type $t (shared (func))) (table 1 funcref) (func (call_indirect (type $t) (i32.const 0)))',
        says: MISMATCH,
      },
      {
        wat: '(type $t (shared (func))) (table $s 1 (ref null (shared func))) (func shared (call_indirect $s (type $t) (i32.const 0)))',
        says: 'shared functions cannot access unshared tables',
      },
    ],
  },
  {
    rule: 'Instr_ok/return_call',
    accepts: [
      '(func $g (result i32) (i32.const 1)) (func (result i32) (return_call $g))',
      '(func $g (result (ref i31)) (ref.i31 (i32.const 1))) (func (result anyref) (return_call $g))',
      '(func $g shared) (func shared (return_call $g))',
    ],
    rejects: [
      { wat: '(func (return_call 9))', says: 'unknown function 9' },
      { wat: '(func $g (result i64) (i64.const 1)) (func (result i32) (return_call $g))', says: MISMATCH },
      { wat: '(func $g (param i32)) (func (return_call $g))', says: MISMATCH },
      { wat: '(func $g) (func shared (return_call $g))', says: 'shared functions cannot access unshared functions' },
    ],
  },
  {
    rule: 'Instr_ok/return_call_ref',
    accepts: [
      '(type $t (func (result i32))) (func (param (ref $t)) (result i32) (return_call_ref $t (local.get 0)))',
      '(type $t (shared (func))) (func shared (param (ref $t)) (return_call_ref $t (local.get 0)))',
    ],
    rejects: [
      { wat: '(func (return_call_ref 7 (unreachable)))', says: 'unknown type 7' },
      {
        wat: '(type $t (func (result i64))) (func (param (ref $t)) (result i32) (return_call_ref $t (local.get 0)))',
        says: MISMATCH,
      },
      { wat: '(type $t (func)) (func (return_call_ref $t (i32.const 1)))', says: MISMATCH },
      {
        wat: '(type $t (func)) (func shared (unreachable) (return_call_ref $t))',
        says: 'shared functions cannot access unshared function',
      },
    ],
  },
  {
    rule: 'Instr_ok/return_call_indirect',
    accepts: [
      '(type $t (func (result i32))) (table 1 funcref) (func (result i32) (return_call_indirect (type $t) (i32.const 0)))',
      '(type $t (shared (func))) (table shared 1 (ref null $t)) (func shared (return_call_indirect (type $t) (i32.const 0)))',
    ],
    rejects: [
      { wat: '(type $t (func)) (func (return_call_indirect (type $t) (i32.const 0)))', says: 'unknown table 0' },
      {
        wat: '(type $t (func (result i64))) (table 1 funcref) (func (result i32) (return_call_indirect (type $t) (i32.const 0)))',
        says: MISMATCH,
      },
      { wat: '(table 1 externref) (func (return_call_indirect (i32.const 0)))', says: MISMATCH },
      {
        wat: '(type $t (shared (func))) (table 1 (ref null $t)) (func shared (return_call_indirect (type $t) (i32.const 0)))',
        says: 'shared functions cannot access unshared tables',
      },
    ],
  },
  {
    rule: 'Instr_ok/throw',
    accepts: [
      '(tag $e (param i32)) (func (throw $e (i32.const 1)))',
      '(tag $e) (func (result i32) (throw $e))',
      '(type $t (shared (func (param i32)))) (tag $e (type $t)) (func shared (throw $e (i32.const 1))) (func (throw $e (i32.const 1)))',
      '(type $t (shared (func))) (tag $e (import "m" "e") (type $t)) (func shared (throw $e))',
    ],
    rejects: [
      { wat: '(func (throw 0))', says: 'unknown tag 0' },
      { wat: '(tag $e (param i32)) (func (throw $e))', says: MISMATCH },
      { wat: '(tag $e (param i32)) (func (throw $e (i64.const 1)))', says: MISMATCH },
      { wat: '(tag $e) (func shared (throw $e))', says: 'shared functions cannot access unshared tags' },
    ],
  },
  {
    rule: 'Instr_ok/throw_ref',
    accepts: [
      '(func (param exnref) (result i32) (throw_ref (local.get 0)))',
      '(func shared (param (ref (shared exn))) (throw_ref (local.get 0)))',
      '(func (throw_ref (unreachable)))',
    ],
    rejects: [
      { wat: '(func (throw_ref))', says: MISMATCH },
      { wat: '(func (throw_ref (i32.const 1)))', says: MISMATCH },
      { wat: '(func (throw_ref (ref.null any)))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/fork',
    accepts: ['(func $g shared (param i32)) (func (fork $g (i32.const 1))) (func shared (fork $g (i32.const 2)))'],
    rejects: [
      { wat: '(func (fork 4))', says: 'unknown function 4' },
      { wat: '(func $g) (func (fork $g))', says: 'fork requires a shared function' },
      { wat: '(func $g) (func shared (fork $g))', says: 'fork requires a shared function' },
      { wat: '(func $g shared (result i32) (i32.const 0)) (func (fork $g))', says: MISMATCH },
      { wat: '(func $g shared (param i32)) (func (fork $g))', says: MISMATCH },
    ],
  },
];
