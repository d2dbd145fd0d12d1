import { MISMATCH, type RuleCase } from './rule-case.ts';

const MEM = '(memory 1)';

export const MODULE_CASES: readonly RuleCase[] = [
  {
    rule: 'Expr_const',
    accepts: [
      '(global i64 (i64.add (i64.const 1) (i64.mul (i64.const 2) (i64.const 3))))',
      '(import "m" "g" (global $g i32)) (global i32 (i32.sub (global.get $g) (i32.const 1)))',
      '(global $a i32 (i32.const 1)) (global i32 (global.get $a))',
      '(global v128 (v128.const i64x2 1 2))',
      '(type $s (struct (field i32 anyref))) (global (ref $s) (struct.new $s (i32.const 1) (ref.i31 (i32.const 2))))',
      '(type $s (struct (field i32))) (global (ref $s) (struct.new_default $s))',
      '(type $a (array i8)) (global (ref $a) (array.new $a (i32.const 1) (i32.const 2)))',
      '(type $a (array i8)) (global (ref $a) (array.new_default $a (i32.const 2)))',
      '(type $a (array i8)) (global (ref $a) (array.new_fixed $a 2 (i32.const 1) (i32.const 2)))',
      '(global externref (extern.convert_any (ref.i31 (i32.const 1)))) (global anyref (any.convert_extern (ref.null extern)))',
      '(global (shared (ref (shared i31))) (ref.i31_shared (i32.const 1)))',
      '(global (shared (ref (shared waitqueue))) (waitqueue.new))',
    ],
    rejects: [
      { wat: '(global i32 (i32.clz (i32.const 0)))', says: 'constant expression required' },
      { wat: '(global i32 (local.get 0))', says: 'constant expression required' },
      {
        wat: '(type $a (array i8)) (data $d "x") (global (ref $a) (array.new_data $a $d (i32.const 0) (i32.const 1)))',
        says: 'constant expression required',
      },
      { wat: '(global i32 (i31.get_u (ref.i31 (i32.const 1))))', says: 'constant expression required' },
      { wat: '(global $m (mut i32) (i32.const 1)) (global i32 (global.get $m))', says: 'constant expression required' },
      {
        wat: '(func $f (result funcref) (ref.null func)) (table 1 funcref) (elem (i32.const 0) funcref (item (call $f)))',
        says: 'constant expression required',
      },
      {
        wat: '(import "m" "g" (global $g (mut i32))) (global i32 (global.get $g))',
        says: 'constant expression required',
      },
      { wat: `${MEM} (data (block (result i32) (i32.const 0)))`, says: 'constant expression required' },
    ],
  },
  {
    rule: 'Func_ok',
    accepts: [
      '(func (param i32) (result i32) (local i32) (local.get 0))',
      '(func shared (param i32) (local (ref null (shared func))))',
      '(func (local (ref func)))',
      { wat: '(func shared (local funcref))', readings: { 'unshared-locals': 'allow' } },
    ],
    rejects: [
      { wat: '(func (result i32))', says: 'type mismatch: function 0 requires [i32] but stack has []' },
      { wat: '(func $f (i32.const 1))', says: 'type mismatch: function $f requires [] but stack has [i32]' },
      { wat: '(func (type 5))', says: 'unknown type' },
      { wat: '(type $s (struct)) (func (type $s))', says: 'type mismatch: type $s is no function type' },
      { wat: '(func shared (local funcref))', says: 'shared functions cannot have unshared locals' },
      {
        wat: '(func shared (local funcref))',
        says: 'shared functions cannot have unshared locals',
        readings: { 'body-strictness': 'relaxed' },
      },
    ],
  },
  {
    rule: 'Global_ok',
    accepts: [
      '(global i32 (i32.const 1))',
      '(global (mut funcref) (ref.null nofunc))',
      '(global $a (shared i32) (i32.const 0)) (global (shared i32) (global.get $a))',
      '(global $a (thread_local i32)) (global i32 (global.get $a))',
    ],
    rejects: [
      { wat: '(global (ref (shared func)))', says: MISMATCH },
      { wat: '(global i32 (i64.const 1))', says: MISMATCH },
      { wat: '(global i32)', says: MISMATCH },
      { wat: '(global i32 (i32.const 1) (i32.const 2))', says: MISMATCH },
      { wat: '(global (ref func) (ref.null func))', says: MISMATCH },
    ],
  },
  {
    rule: 'Global_ok/thread_local',
    accepts: [
      '(global (thread_local mut i64) (i64.const 0))',
      '(global (thread_local mut (ref null (shared func))) (ref.null (shared func)))',
      '(global (thread_local mut i32))',
      '(global (thread_local mut v128) (v128.const i32x4 0 0 0 0))',
      { wat: '(global (thread_local mut i32) (i32.const 1))', readings: { 'thread-local-init': 'non-allocating' } },
      {
        wat: '(global (thread_local mut (shared i31ref)) (ref.i31_shared (i32.const 1)))',
        readings: { 'thread-local-init': 'non-allocating' },
      },
      {
        wat: '(type $s (shared (struct))) (global (thread_local mut (ref null $s)) (struct.new $s))',
        readings: { 'thread-local-init': 'constant' },
      },
    ],
    rejects: [
      {
        wat: '(type $s (shared (struct))) (global (thread_local mut (ref null $s)) (struct.new $s))',
        says: 'thread-local globals must be initialised without allocation',
        readings: { 'thread-local-init': 'non-allocating' },
      },
      {
        wat: '(global (thread_local mut (ref null (shared waitqueue))) (waitqueue.new))',
        says: 'thread-local globals must be initialised without allocation',
        readings: { 'thread-local-init': 'non-allocating' },
      },
      {
        wat: '(global (thread_local mut i32) (i32.const 1))',
        says: 'thread-local globals must be initialised to their default value',
      },
      { wat: '(global (thread_local mut i32) (i64.const 0))', says: MISMATCH },
      {
        wat: '(global (thread_local mut f32) (f32.const -0))',
        says: 'thread-local globals must be initialised to their default value',
      },
    ],
  },
  {
    rule: 'Table_ok',
    accepts: [
      '(table 1 funcref)',
      '(import "m" "t" (table 1 (ref func)))',
      '(func $f) (table 1 (ref func) (ref.func $f))',
      '(import "m" "g" (global $g (ref extern))) (table 1 (ref extern) (global.get $g))',
      '(table shared 1 (ref (shared i31)) (ref.i31_shared (i32.const 7)))',
    ],
    rejects: [
      { wat: '(table 1 (ref func))', says: MISMATCH },
      { wat: '(table 1 (ref func) (ref.null func))', says: MISMATCH },
      { wat: '(table 1 funcref (i32.const 0))', says: MISMATCH },
    ],
  },
  {
    rule: 'Elem_ok',
    accepts: [
      '(func $f) (elem func $f) (elem declare func $f) (elem externref (ref.null extern))',
      '(func $f) (table 2 funcref) (elem (i32.const 0) $f $f)',
      '(type $s (struct)) (elem (ref $s) (struct.new $s))',
      '(elem (shared (ref null (shared func))) (ref.null (shared func)))',
      '(elem (ref null (shared func)) (ref.null (shared func)))',
      { wat: '(elem (ref null (shared func)))', readings: { 'segment-shares': 'implied' } },
      { wat: '(elem (shared funcref))', readings: { 'segment-shares': 'implied' } },
    ],
    rejects: [
      { wat: '(elem funcref (ref.null extern))', says: MISMATCH },
      { wat: '(elem funcref (i32.const 0))', says: MISMATCH },
      { wat: '(elem (ref func) (ref.null func))', says: MISMATCH },
      { wat: '(elem (shared funcref))', says: 'shared elem segments must have a shared element type' },
      {
        wat: '(type $t (func)) (elem (shared (ref null $t)))',
        says: 'shared elem segments must have a shared element type',
      },
    ],
  },
  {
    rule: 'Elemmode_ok/active',
    accepts: [
      '(func $f) (table 1 funcref) (elem (i32.const 0) func $f)',
      '(table $a 1 funcref) (table $b i64 1 (ref null (shared any))) (elem (table $b) (i64.const 0) (ref (shared i31)) (ref.i31_shared (i32.const 0)))',
      '(import "m" "g" (global i32)) (table 1 funcref) (elem (global.get 0) func)',
    ],
    rejects: [
      { wat: '(elem (i32.const 0) func)', says: 'unknown table 0' },
      { wat: '(table 1 funcref) (elem (i64.const 0) func)', says: MISMATCH },
      { wat: '(table i64 1 funcref) (elem (i32.const 0) func)', says: MISMATCH },
      { wat: '(table 1 externref) (elem (i32.const 0) func)', says: MISMATCH },
      { wat: '(table 1 (ref func) (ref.func 0)) (func) (elem (i32.const 0) funcref (ref.func 0))', says: MISMATCH },
      { wat: '(table 1 (ref null (shared func))) (elem (i32.const 0) funcref)', says: MISMATCH },
      { wat: '(table 1 funcref) (elem (offset (i32.const 0) (i32.const 0)) func)', says: MISMATCH },
    ],
  },
  {
    rule: 'Datamode_ok/active',
    accepts: [
      `${MEM} (data (i32.const 0) "a")`,
      '(data "passive")',
      '(import "m" "g" (global i32)) (memory 1) (data (global.get 0) "a")',
      '(memory $a 1) (memory $b i64 1) (data (memory $b) (i64.const 0) "a") (data shared "b")',
    ],
    rejects: [
      { wat: '(data (i32.const 0) "a")', says: 'unknown memory 0' },
      { wat: `${MEM} (data (i64.const 0) "a")`, says: MISMATCH },
      { wat: '(memory i64 1) (data (i32.const 0) "a")', says: MISMATCH },
      { wat: `${MEM} (data (offset) "a")`, says: MISMATCH },
    ],
  },
  {
    rule: 'Start_ok',
    accepts: ['(func $f) (start $f)', '(func $f shared) (start $f)'],
    rejects: [
      { wat: '(start 1)', says: 'unknown function 1' },
      { wat: '(func $f (param i32)) (start $f)', says: 'start function' },
      { wat: '(func $f (result i32) (i32.const 0)) (start $f)', says: 'start function' },
    ],
  },
  {
    rule: 'Import_ok',
    accepts: [
      '(import "m" "f" (func (param i32)))',
      '(import "m" "m" (memory 1)) (import "m" "g" (global i32)) (import "m" "t" (table 1 funcref))',
      '(type $t (shared (func))) (import "m" "t" (tag (type $t))) (import "m" "u" (memory i64 1))',
    ],
    rejects: [
      { wat: '(import "m" "f" (func (type 3)))', says: 'unknown type' },
      {
        wat: '(type $s (struct)) (import "m" "f" (func (type $s)))',
        says: 'type mismatch: type $s is no function type',
      },
    ],
  },
  {
    rule: 'Import_ok/shared',
    accepts: [
      '(module $M shared (import "m" "m" (memory 1 1 shared)) (import "m" "f" (func shared)) (import "m" "g" (global (thread_local mut i32))))',
      '(import "m" "m" (memory 1))',
    ],
    rejects: [
      { wat: '(module $M shared (import "m" "f" (func)))', says: 'shared modules cannot import unshared functions' },
      { wat: '(module shared (import "m" "m" (memory 1)))', says: 'shared modules cannot import unshared memories' },
      {
        wat: '(module shared (import "m" "t" (table 1 funcref)))',
        says: 'shared modules cannot import unshared tables',
      },
      { wat: '(module shared (import "m" "g" (global i32)))', says: 'shared modules cannot import unshared globals' },
      { wat: '(module shared (import "m" "t" (tag)))', says: 'shared modules cannot import unshared tags' },
    ],
  },
  {
    rule: 'Export_ok',
    accepts: [
      '(func $f) (export "a" (func $f)) (export "b" (func $f))',
      '(memory 1) (global i32 (i32.const 0)) (table 1 funcref) (export "m" (memory 0)) (export "g" (global 0)) (export "t" (table 0))',
      '(tag) (export "t" (tag 0))',
    ],
    rejects: [
      { wat: '(export "a" (func 0))', says: 'unknown function 0' },
      { wat: '(export "a" (global 0))', says: 'unknown global 0' },
      { wat: '(export "a" (memory 0))', says: 'unknown memory 0' },
      { wat: '(export "a" (table 0))', says: 'unknown table 0' },
      { wat: '(export "a" (tag 0))', says: 'unknown tag 0' },
    ],
  },
  {
    rule: 'Export_ok/shared',
    accepts: [
      '(module shared (func $f) (func (export "f") shared) (global (export "g") (thread_local mut i32)))',
      '(module shared (type $t (shared (func))) (tag (export "t") (type $t)) (tag))',
    ],
    rejects: [
      { wat: '(module shared (tag (export "t")))', says: 'shared modules cannot export unshared tags' },
      { wat: '(module shared (func (export "f")))', says: 'shared modules cannot export unshared functions' },
      {
        wat: '(module shared (global (export "g") i32 (i32.const 0)))',
        says: 'shared modules cannot export unshared globals',
      },
    ],
  },
  {
    rule: 'Module_ok',
    accepts: ['', '(func (export "a")) (func (export "b"))'],
    rejects: [{ wat: '(func (export "a")) (memory (export "a") 1)', says: 'duplicate export name' }],
  },
];
