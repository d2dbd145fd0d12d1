/**
 * For every typing rule, modules that it accepts and modules that it rejects, `wat` being a module's fields. `says` is the
 * beginning of the message. Matching rules have theirs in `match.test.ts`.
 */
export interface RuleCase {
  readonly rule: string;
  readonly accepts: readonly string[];
  readonly rejects: readonly { readonly wat: string; readonly says: string }[];
}

const MEM = '(memory 1)';
const MISMATCH = 'type mismatch';

export const RULE_CASES: readonly RuleCase[] = [
  {
    rule: 'Heaptype_ok',
    accepts: [
      '(type $t (func)) (type (func (param (ref $t) (ref func) (ref null (shared extern)))))',
      '(type $t (func (param (ref null $t))))',
    ],
    rejects: [
      { wat: '(type (func (param (ref 7))))', says: 'unknown type' },
      { wat: '(type $a (func (param (ref $b)))) (type $b (func))', says: 'unknown type' },
      { wat: '(func (local (ref null 9)))', says: 'unknown type' },
      { wat: '(func (drop (ref.null 9)))', says: 'unknown type' },
    ],
  },
  {
    rule: 'Functype_ok',
    accepts: [
      '(type (shared (func (param i32 (ref null (shared func))) (result (shared externref)))))',
      '(type $t (shared (func (param (ref null $t)))))',
      '(type (func (param funcref) (result (ref null (shared any)))))',
    ],
    rejects: [
      { wat: '(type (shared (func (param funcref))))', says: 'shared composite type must contain shared types' },
      { wat: '(type (shared (func (result externref))))', says: 'shared composite type must contain shared types' },
      {
        wat: '(type $u (func)) (type (shared (func (param (ref $u)))))',
        says: 'shared composite type must contain shared types',
      },
    ],
  },
  {
    rule: 'Limits_ok',
    accepts: ['(memory 0 65536)', '(memory 3 3)', '(table 0 0 funcref)'],
    rejects: [
      { wat: '(memory 65537)', says: 'memory size must be at most 65536 pages (4GiB)' },
      { wat: '(memory 0 65537)', says: 'memory size' },
      { wat: '(memory 2 1)', says: 'size minimum must not be greater than maximum' },
      { wat: '(table 2 1 funcref)', says: 'size minimum must not be greater than maximum' },
      { wat: '(import "m" "m" (memory 2 1))', says: 'size minimum must not be greater than maximum' },
    ],
  },
  {
    rule: 'Globaltype_ok',
    accepts: [
      '(global (shared mut i64) (i64.const 5))',
      '(global (shared (ref null (shared func))) (ref.null (shared func)))',
      '(global funcref (ref.null func))',
      '(import "m" "g" (global (shared mut f64)))',
    ],
    rejects: [
      { wat: '(import "m" "g" (global (shared funcref)))', says: 'shared globals must have a shared value type' },
      { wat: '(global (shared funcref) (ref.null func))', says: 'shared globals must have a shared value type' },
    ],
  },
  {
    rule: 'Globaltype_ok/thread_local',
    accepts: [
      '(global (thread_local mut i32))',
      '(global (thread_local mut (ref null (shared func))))',
      '(import "m" "g" (global (thread_local i32)))',
    ],
    rejects: [
      { wat: '(global (thread_local mut funcref))', says: 'thread-local globals must have a shared value type' },
      {
        wat: '(import "m" "g" (global (thread_local mut externref)))',
        says: 'thread-local globals must have a shared value type',
      },
      {
        wat: '(global (thread_local mut (ref (shared func))))',
        says: 'thread-local globals must have a defaultable value type',
      },
    ],
  },
  {
    rule: 'Memtype_ok',
    accepts: ['(memory 1 1 shared)', '(memory 1)', '(memory 1) (memory 2 3 shared)'],
    rejects: [
      { wat: '(memory 1 shared)', says: 'shared memory must have maximum' },
      { wat: '(import "m" "m" (memory 1 shared))', says: 'shared memory must have maximum' },
    ],
  },
  {
    rule: 'Tabletype_ok',
    accepts: ['(table shared 1 (ref null (shared func)))', '(table 1 funcref)', '(table 1 (ref null (shared func)))'],
    rejects: [
      { wat: '(table shared 1 funcref)', says: 'shared tables must have a shared element type' },
      { wat: '(import "m" "t" (table shared 0 externref))', says: 'shared tables must have a shared element type' },
    ],
  },
  {
    rule: 'Blocktype_ok',
    accepts: [
      '(func (block))',
      '(type $t (func (param i32) (result i32))) (func $f shared (drop (i32.const 0) (block (type $t))))',
      '(func (drop (block (result funcref) (ref.null func))))',
    ],
    rejects: [
      { wat: '(func (block (type 9)))', says: 'unknown type' },
      {
        wat: '(func $f shared (drop (block (result funcref) (unreachable))))',
        says: 'shared functions cannot have unshared values',
      },
      {
        wat: '(func $f shared (unreachable) (loop (param externref) (drop)))',
        says: 'shared functions cannot have unshared values',
      },
    ],
  },

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
    ],
    rejects: [
      { wat: '(func (drop (if (result i32) (i32.const 1) (then (i32.const 2)))))', says: MISMATCH },
      { wat: '(func (if (i64.const 1) (then)))', says: MISMATCH },
      { wat: '(func (if (i32.const 1) (then) (else (i32.const 2))))', says: MISMATCH },
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
    ],
  },
  {
    rule: 'Instr_ok/br_table',
    accepts: [
      '(func (block (block (br_table 0 1 0 (i32.const 1)))))',
      '(func (result i32) (br_table 0 0 (i32.const 1) (i32.const 2)))',
    ],
    rejects: [
      { wat: '(func (br_table 0 5 (i32.const 1)))', says: 'unknown label' },
      { wat: '(func (br_table 0 (i64.const 1)))', says: MISMATCH },
      { wat: '(func (block (result i32) (br_table 0 1 (i32.const 1) (i32.const 2))) (drop))', says: MISMATCH },
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
  {
    rule: 'Instr_ok/drop',
    accepts: ['(func (drop (f64.const 1)))', '(func (unreachable) (drop))'],
    rejects: [{ wat: '(func (drop))', says: MISMATCH }],
  },
  {
    rule: 'Instr_ok/select-expl',
    accepts: [
      '(func (drop (select (result funcref) (ref.null func) (ref.null func) (i32.const 1))))',
      '(func (param i32) (result i32) (select (result i32) (local.get 0) (local.get 0) (local.get 0)))',
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
    ],
    rejects: [
      { wat: '(func (drop (select (i64.const 1) (i32.const 2) (i32.const 1))))', says: MISMATCH },
      { wat: '(func (drop (select (ref.null func) (ref.null func) (i32.const 1))))', says: MISMATCH },
      { wat: '(func (drop (select (i32.const 1) (i32.const 2) (i64.const 1))))', says: MISMATCH },
      { wat: '(func (drop (select (i32.const 1) (i32.const 2))))', says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/local.get',
    accepts: [
      '(func (param i32) (local i64) (drop (local.get 0)) (drop (local.get 1)))',
      '(func (param (ref func)) (drop (local.get 0)))',
      '(func (param (ref func)) (local (ref func)) (local.set 1 (local.get 0)) (drop (local.get 1)))',
    ],
    rejects: [
      { wat: '(func (drop (local.get 0)))', says: 'unknown local 0' },
      { wat: '(func (local (ref func)) (drop (local.get 0)))', says: 'uninitialized local 0' },
      {
        wat: '(func (param (ref func)) (local (ref func)) (block (local.set 1 (local.get 0))) (drop (local.get 1)))',
        says: 'uninitialized local 1',
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
      { wat: '(global $g (mut i32) (i32.const 1)) (func (global.set $g (i64.const 2)))', says: MISMATCH },
      {
        wat: '(global $g (mut i32) (i32.const 1)) (func shared (global.set $g (i32.const 2)))',
        says: 'shared functions cannot access unshared globals',
      },
    ],
  },
  {
    rule: 'Instr_ok/ref.null',
    accepts: [
      '(func (result funcref) (ref.null func))',
      '(func shared (result (ref null (shared func))) (ref.null (shared func)))',
    ],
    rejects: [
      { wat: '(func shared (drop (ref.null func)))', says: 'shared functions cannot have unshared values' },
      {
        wat: '(type $u (func)) (func shared (drop (ref.null $u)))',
        says: 'shared functions cannot have unshared values',
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
    rule: 'Instr_ok/ref.func',
    accepts: [
      '(type $t (func)) (func $f (export "f") (type $t)) (func (result (ref $t)) (ref.func $f))',
      '(func $f) (global funcref (ref.func $f))',
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
  { rule: 'Instr_ok/const', accepts: ['(func (result f32) (f32.const 0x1p-3))'], rejects: [] },
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
    rule: 'Instr_ok/load',
    accepts: [
      `${MEM} (func (result i32) (i32.load align=4 (i32.const 0)))`,
      `${MEM} (func (result i64) (i64.load8_s offset=0xffffffff (i32.const 0)))`,
      '(memory 1 1 shared) (func shared (result i32) (i32.load (i32.const 0)))',
    ],
    rejects: [
      { wat: '(func (drop (i32.load (i32.const 0))))', says: 'unknown memory 0' },
      {
        wat: `${MEM} (func (drop (i32.load align=8 (i32.const 0))))`,
        says: 'alignment must not be larger than natural',
      },
      { wat: `${MEM} (func (drop (i32.load offset=0x1_0000_0000 (i32.const 0))))`, says: 'offset out of range' },
      { wat: `${MEM} (func (drop (i32.load (i64.const 0))))`, says: MISMATCH },
      {
        wat: `${MEM} (func shared (drop (i32.load (i32.const 0))))`,
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/store',
    accepts: [
      `${MEM} (func (i64.store32 align=4 (i32.const 0) (i64.const 1)))`,
      '(memory 1 1 shared) (func shared (f32.store (i32.const 0) (f32.const 1)))',
    ],
    rejects: [
      { wat: '(func (i32.store (i32.const 0) (i32.const 0)))', says: 'unknown memory 0' },
      {
        wat: `${MEM} (func (i32.store8 align=2 (i32.const 0) (i32.const 0)))`,
        says: 'alignment must not be larger than natural',
      },
      { wat: `${MEM} (func (i32.store (i32.const 0) (i64.const 0)))`, says: MISMATCH },
      {
        wat: `${MEM} (func shared (i32.store (i32.const 0) (i32.const 0)))`,
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/memory.size',
    accepts: [
      `${MEM} (func (result i32) (memory.size))`,
      '(memory 1 1 shared) (func shared (result i32) (memory.size))',
    ],
    rejects: [
      { wat: '(func (drop (memory.size)))', says: 'unknown memory 0' },
      { wat: `${MEM} (func shared (drop (memory.size)))`, says: 'shared functions cannot access unshared memories' },
    ],
  },
  {
    rule: 'Instr_ok/memory.grow',
    accepts: [`${MEM} (func (result i32) (memory.grow (i32.const 1)))`],
    rejects: [
      { wat: '(func (drop (memory.grow (i32.const 1))))', says: 'unknown memory 0' },
      { wat: `${MEM} (func (drop (memory.grow (i64.const 1))))`, says: MISMATCH },
      {
        wat: `${MEM} (func shared (drop (memory.grow (i32.const 1))))`,
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/memory.fill',
    accepts: [`${MEM} (func (memory.fill (i32.const 1) (i32.const 2) (i32.const 3)))`],
    rejects: [
      { wat: '(func (memory.fill (i32.const 1) (i32.const 2) (i32.const 3)))', says: 'unknown memory 0' },
      { wat: `${MEM} (func (memory.fill (i32.const 1) (i32.const 2)))`, says: MISMATCH },
      {
        wat: `${MEM} (func shared (memory.fill (i32.const 1) (i32.const 2) (i32.const 3)))`,
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/memory.copy',
    accepts: [`${MEM} (memory $n 2) (func (memory.copy $n 0 (i32.const 1) (i32.const 2) (i32.const 3)))`],
    rejects: [
      { wat: '(func (memory.copy (i32.const 1) (i32.const 2) (i32.const 3)))', says: 'unknown memory 0' },
      { wat: `${MEM} (func (memory.copy 0 1 (i32.const 1) (i32.const 2) (i32.const 3)))`, says: 'unknown memory 1' },
      { wat: `${MEM} (func (memory.copy (i32.const 1) (i64.const 2) (i32.const 3)))`, says: MISMATCH },
      {
        wat: `${MEM} (memory $s 1 1 shared) (func shared (memory.copy $s 0 (i32.const 1) (i32.const 2) (i32.const 3)))`,
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/atomic.load',
    accepts: [
      `${MEM} (func (result i64) (i64.atomic.load16_u align=2 (i32.const 0)))`,
      '(memory 1 1 shared) (func shared (result i32) (i32.atomic.load acq_rel (i32.const 0)))',
    ],
    rejects: [
      { wat: '(func (drop (i32.atomic.load (i32.const 0))))', says: 'unknown memory 0' },
      { wat: `${MEM} (func (drop (i32.atomic.load align=2 (i32.const 0))))`, says: 'atomic alignment must be natural' },
      { wat: `${MEM} (func (drop (i32.atomic.load align=8 (i32.const 0))))`, says: 'atomic alignment must be natural' },
      { wat: `${MEM} (func (drop (i32.atomic.load (i64.const 0))))`, says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/atomic.store',
    accepts: [`${MEM} (func (i32.atomic.store8 (i32.const 0) (i32.const 1)))`],
    rejects: [
      { wat: '(func (i32.atomic.store (i32.const 0) (i32.const 1)))', says: 'unknown memory 0' },
      {
        wat: `${MEM} (func (i64.atomic.store align=4 (i32.const 0) (i64.const 1)))`,
        says: 'atomic alignment must be natural',
      },
    ],
  },
  {
    rule: 'Instr_ok/atomic.rmw',
    accepts: [`${MEM} (func (result i32) (i32.atomic.rmw16.add_u (i32.const 0) (i32.const 1)))`],
    rejects: [
      { wat: '(func (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1))))', says: 'unknown memory 0' },
      {
        wat: `${MEM} (func (drop (i64.atomic.rmw.xchg align=1 (i32.const 0) (i64.const 1))))`,
        says: 'atomic alignment must be natural',
      },
      { wat: `${MEM} (func (drop (i64.atomic.rmw.xchg (i32.const 0) (i32.const 1))))`, says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/atomic.cmpxchg',
    accepts: [`${MEM} (func (result i64) (i64.atomic.rmw8.cmpxchg_u (i32.const 0) (i64.const 1) (i64.const 2)))`],
    rejects: [
      {
        wat: '(func (drop (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 1) (i32.const 1))))',
        says: 'unknown memory 0',
      },
      {
        wat: `${MEM} (func (drop (i32.atomic.rmw.cmpxchg align=2 (i32.const 0) (i32.const 1) (i32.const 1))))`,
        says: 'atomic alignment must be natural',
      },
      { wat: `${MEM} (func (drop (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 1))))`, says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/atomic.wait',
    accepts: [`${MEM} (func (result i32) (memory.atomic.wait64 (i32.const 0) (i64.const 1) (i64.const -1)))`],
    rejects: [
      {
        wat: '(func (drop (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i64.const 0))))',
        says: 'unknown memory 0',
      },
      {
        wat: `${MEM} (func (drop (memory.atomic.wait32 align=8 (i32.const 0) (i32.const 1) (i64.const 0))))`,
        says: 'atomic alignment must be natural',
      },
      { wat: `${MEM} (func (drop (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i32.const 0))))`, says: MISMATCH },
    ],
  },
  {
    rule: 'Instr_ok/atomic.notify',
    accepts: [`${MEM} (func (result i32) (memory.atomic.notify (i32.const 0) (i32.const 1)))`],
    rejects: [
      { wat: '(func (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))', says: 'unknown memory 0' },
      {
        wat: `${MEM} (func (drop (memory.atomic.notify align=2 (i32.const 0) (i32.const 1))))`,
        says: 'atomic alignment must be natural',
      },
      { wat: `${MEM} (func (drop (memory.atomic.notify (i32.const 0) (i64.const 1))))`, says: MISMATCH },
    ],
  },
  { rule: 'Instr_ok/atomic.fence', accepts: ['(func (atomic.fence))', '(func shared (atomic.fence))'], rejects: [] },

  {
    rule: 'Expr_const',
    accepts: [
      '(global i64 (i64.add (i64.const 1) (i64.mul (i64.const 2) (i64.const 3))))',
      '(import "m" "g" (global $g i32)) (global i32 (i32.sub (global.get $g) (i32.const 1)))',
    ],
    rejects: [
      { wat: '(global i32 (i32.clz (i32.const 0)))', says: 'constant expression required' },
      { wat: '(global i32 (local.get 0))', says: 'constant expression required' },
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
    ],
    rejects: [
      { wat: '(func (result i32))', says: 'type mismatch: function 0 requires [i32] but stack has []' },
      { wat: '(func $f (i32.const 1))', says: 'type mismatch: function $f requires [] but stack has [i32]' },
      { wat: '(func (type 5))', says: 'unknown type' },
      { wat: '(func shared (local funcref))', says: 'shared functions cannot have unshared locals' },
    ],
  },
  {
    rule: 'Global_ok',
    accepts: ['(global i32 (i32.const 1))', '(global (mut funcref) (ref.null nofunc))'],
    rejects: [
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
    ],
    rejects: [
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
    accepts: ['(table 1 funcref)', '(import "m" "t" (table 1 (ref func)))'],
    rejects: [{ wat: '(table 1 (ref func))', says: MISMATCH }],
  },
  {
    rule: 'Data_ok',
    accepts: [
      `${MEM} (data (i32.const 0) "a")`,
      '(data "passive")',
      '(import "m" "g" (global i32)) (memory 1) (data (global.get 0) "a")',
    ],
    rejects: [
      { wat: '(data (i32.const 0) "a")', says: 'unknown memory 0' },
      { wat: `${MEM} (data (i64.const 0) "a")`, says: MISMATCH },
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
    ],
    rejects: [{ wat: '(import "m" "f" (func (type 3)))', says: 'unknown type' }],
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
    ],
  },
  {
    rule: 'Export_ok',
    accepts: [
      '(func $f) (export "a" (func $f)) (export "b" (func $f))',
      '(memory 1) (global i32 (i32.const 0)) (table 1 funcref) (export "m" (memory 0)) (export "g" (global 0)) (export "t" (table 0))',
    ],
    rejects: [
      { wat: '(export "a" (func 0))', says: 'unknown function 0' },
      { wat: '(export "a" (global 0))', says: 'unknown global 0' },
      { wat: '(export "a" (memory 0))', says: 'unknown memory 0' },
      { wat: '(export "a" (table 0))', says: 'unknown table 0' },
    ],
  },
  {
    rule: 'Export_ok/shared',
    accepts: ['(module shared (func $f) (func (export "f") shared) (global (export "g") (thread_local mut i32)))'],
    rejects: [
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
