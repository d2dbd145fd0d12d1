import { MISMATCH, type RuleCase } from './rule-case.ts';

export const REFERENCE_CASES: readonly RuleCase[] = [
  {
    rule: 'Instr_ok/ref.null',
    accepts: [
      '(func (result funcref) (ref.null func))',
      '(func shared (result (ref null (shared func))) (ref.null (shared func)))',
      '(type $t (shared (struct))) (func shared (result (ref null $t)) (ref.null $t))',
      { wat: '(func shared (drop (ref.null func)))', readings: { 'body-strictness': 'relaxed' } },
      { wat: '(func shared (drop (ref.null i31)))', readings: { i31: 'common' } },
    ],
    rejects: [
      { wat: '(func shared (drop (ref.null func)))', says: 'shared functions cannot have unshared values' },
      { wat: '(func shared (drop (ref.null i31)))', says: 'shared functions cannot have unshared values' },
      {
        wat: '(type $u (func)) (func shared (drop (ref.null $u)))',
        says: 'shared functions cannot have unshared values',
      },
    ],
  },
  {
    rule: 'Instr_ok/ref.func',
    accepts: [
      '(type $t (func)) (func $f (export "f") (type $t)) (func (result (ref $t)) (ref.func $f))',
      '(func $f) (global funcref (ref.func $f))',
      '(func $f) (elem declare func $f) (func (result funcref) (ref.func $f))',
      '(func $f shared) (global (shared (ref (shared func))) (ref.func $f)) (func shared (drop (ref.func $f)))',
    ],
    rejects: [
      { wat: '(func (drop (ref.func 7)))', says: 'unknown function 7' },
      { wat: '(func $f) (func (drop (ref.func $f)))', says: 'undeclared function reference' },
      {
        wat: '(func $g (export "g")) (func shared (drop (ref.func $g)))',
        says: 'shared functions cannot access unshared functions',
      },
    ],
  },
  {
    rule: 'Instr_ok/ref.is_null',
    accepts: [
      '(func (result i32) (ref.is_null (ref.null extern)))',
      '(func (result i32) (ref.is_null (unreachable)))',
      '(func shared (result i32) (ref.is_null (ref.null (shared func))))',
    ],
    rejects: [
      { wat: '(func (drop (ref.is_null (i32.const 0))))', says: MISMATCH },
      { wat: '(func (drop (ref.is_null)))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/ref.as_non_null',
    accepts: [
      '(func (param funcref) (result (ref func)) (ref.as_non_null (local.get 0)))',
      '(func (result (ref (shared any))) (ref.as_non_null (unreachable)))',
    ],
    rejects: [
      { wat: '(func (drop (ref.as_non_null (i32.const 0))))', says: MISMATCH },
      { wat: '(func (drop (ref.as_non_null)))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/ref.eq',
    accepts: [
      '(func (param eqref) (result i32) (ref.eq (local.get 0) (ref.null none)))',
      '(func shared (param (ref null (shared i31))) (result i32) (ref.eq (local.get 0) (local.get 0)))',
      '(func (unreachable) (ref.eq) (drop))',
      '(func (param (ref null (shared eq))) (unreachable) (local.get 0) (ref.eq) (drop))',
      {
        wat: '(func (param i31ref (ref null (shared eq))) (drop (ref.eq (local.get 0) (local.get 1))))',
        readings: { i31: 'common' },
      },
    ],
    rejects: [
      { wat: '(func (param anyref) (drop (ref.eq (local.get 0) (local.get 0))))', says: MISMATCH },
      {
        wat: '(func (param eqref (ref null (shared eq))) (drop (ref.eq (local.get 0) (local.get 1))))',
        says: MISMATCH,
      },
      {
        wat: '(func (param i31ref (ref null (shared eq))) (drop (ref.eq (local.get 0) (local.get 1))))',
        says: MISMATCH,
      },
      { wat: '(func (drop (ref.eq (i32.const 1) (i32.const 1))))', says: MISMATCH },
      { wat: '(func (unreachable) (any.convert_extern) (ref.null eq) (ref.eq) (drop))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/ref.test',
    accepts: [
      '(func (param anyref) (result i32) (ref.test (ref i31) (local.get 0)))',
      '(type $t (sub (func))) (func (param funcref) (result i32) (ref.test (ref $t) (local.get 0)))',
      '(func shared (param (ref null (shared any))) (result i32) (ref.test (ref (shared i31)) (local.get 0)))',
    ],
    rejects: [
      { wat: '(func (param externref) (drop (ref.test (ref i31) (local.get 0))))', says: MISMATCH },
      { wat: '(func (param (ref null (shared any))) (drop (ref.test (ref i31) (local.get 0))))', says: MISMATCH },
      { wat: '(func (drop (ref.test anyref (i32.const 0))))', says: MISMATCH },
      {
        wat: '(func shared (unreachable) (ref.test (ref i31)) (drop))',
        says: 'shared functions cannot have unshared values',
      },
    ],
  },
  {
    rule: 'Instr_ok/ref.cast',
    accepts: [
      '(func (param anyref) (result (ref i31)) (ref.cast (ref i31) (local.get 0)))',
      '(func (param i31ref) (result structref) (ref.cast structref (local.get 0)))',
      '(func (unreachable) (any.convert_extern) (ref.cast (ref (shared i31))) (drop))',
      '(func shared (param (ref null (shared any))) (result (ref (shared struct))) (ref.cast (ref (shared struct)) (local.get 0)))',
    ],
    rejects: [
      { wat: '(func (param externref) (drop (ref.cast (ref i31) (local.get 0))))', says: MISMATCH },
      { wat: '(func (param anyref) (drop (ref.cast (ref (shared i31)) (local.get 0))))', says: MISMATCH },
      { wat: '(func (unreachable) (extern.convert_any) (ref.cast (ref (shared i31))) (drop))', says: MISMATCH },
      {
        wat: '(func shared (unreachable) (ref.cast (ref i31)) (drop))',
        says: 'shared functions cannot have unshared values',
      },
    ],
  },
  {
    rule: 'Instr_ok/ref.i31',
    accepts: [
      '(func (result (ref i31)) (ref.i31 (i32.const 1)))',
      '(func shared (result (ref (shared i31))) (ref.i31_shared (i32.const 1)))',
      { wat: '(func shared (drop (ref.i31 (i32.const 1))))', readings: { i31: 'common' } },
      { wat: '(func (result (ref (shared any))) (ref.i31 (i32.const 1)))', readings: { i31: 'common' } },
    ],
    rejects: [
      { wat: '(func (drop (ref.i31 (i64.const 1))))', says: MISMATCH },
      { wat: '(func shared (drop (ref.i31 (i32.const 1))))', says: 'shared functions cannot have unshared values' },
    ],
  },
  {
    rule: 'Instr_ok/i31.get',
    accepts: [
      '(func (param i31ref) (result i32) (i31.get_s (local.get 0)))',
      '(func shared (param (ref null (shared i31))) (result i32) (i31.get_u (local.get 0)))',
      '(func (result i32) (i31.get_u (unreachable)))',
    ],
    rejects: [
      { wat: '(func (param eqref) (drop (i31.get_s (local.get 0))))', says: MISMATCH },
      { wat: '(func (drop (i31.get_u (i32.const 0))))', says: MISMATCH },
      { wat: '(func (param (ref null (shared eq))) (drop (i31.get_s (local.get 0))))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/any.convert_extern',
    accepts: [
      '(func (param externref) (result anyref) (any.convert_extern (local.get 0)))',
      '(func shared (param (ref (shared extern))) (result (ref (shared any))) (any.convert_extern (local.get 0)))',
      '(func (result (ref (shared any))) (any.convert_extern (unreachable)))',
    ],
    rejects: [
      { wat: '(func (param anyref) (drop (any.convert_extern (local.get 0))))', says: MISMATCH },
      { wat: '(func (drop (any.convert_extern (i32.const 0))))', says: MISMATCH },
      { wat: '(func (param (ref null (shared any))) (drop (any.convert_extern (local.get 0))))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/extern.convert_any',
    accepts: [
      '(func (param anyref) (result externref) (extern.convert_any (local.get 0)))',
      '(func (param (ref i31)) (result (ref extern)) (extern.convert_any (local.get 0)))',
      '(func shared (param (ref (shared eq))) (result (ref (shared extern))) (extern.convert_any (local.get 0)))',
    ],
    rejects: [
      { wat: '(func (param externref) (drop (extern.convert_any (local.get 0))))', says: MISMATCH },
      { wat: '(func (param funcref) (drop (extern.convert_any (local.get 0))))', says: MISMATCH },
    ],
  },
];
