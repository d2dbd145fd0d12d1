import type { RuleCase } from './rule-case.ts';

export const TYPE_CASES: readonly RuleCase[] = [
  {
    rule: 'Heaptype_ok',
    accepts: [
      '(type $t (func)) (type (func (param (ref $t) (ref func) (ref null (shared extern)))))',
      '(type $t (func (param (ref null $t))))',
      '(rec (type $a (func (param (ref $b)))) (type $b (struct (field (ref null $a)))))',
      '(type (struct (field anyref eqref i31ref structref arrayref nullref exnref nullexnref (ref null waitqueue))))',
      '(type (shared (array (ref null (shared nowaitqueue)))))',
    ],
    rejects: [
      { wat: '(type (func (param (ref 7))))', says: 'unknown type' },
      { wat: '(type $a (func (param (ref $b)))) (type $b (func))', says: 'unknown type' },
      { wat: '(rec (type $a (func (param (ref $b))))) (rec (type $b (func)))', says: 'unknown type $b' },
      { wat: '(type (struct (field (ref 3))))', says: 'unknown type 3' },
      { wat: '(type (array (mut (ref null 3))))', says: 'unknown type 3' },
      { wat: '(elem (ref 3))', says: 'unknown type 3' },
      { wat: '(table 1 (ref null 3))', says: 'unknown type 3' },
      { wat: '(global (ref null 3) (ref.null none))', says: 'unknown type 3' },
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
    rule: 'Structtype_ok',
    accepts: [
      '(type (struct)) (type (struct (field $x i8) (field $y (mut i16)) (field v128 funcref)))',
      '(type (shared (struct (field i8 (mut i32) (mut (ref null (shared any)))))))',
      '(rec (type $n (shared (struct (field (mut (ref null $n)))))))',
      { wat: '(type (shared (struct (field i31ref))))', readings: { i31: 'common' } },
    ],
    rejects: [
      { wat: '(type (shared (struct (field funcref))))', says: 'shared composite type must contain shared types' },
      {
        wat: '(type (shared (struct (field i32 (mut anyref)))))',
        says: 'shared composite type must contain shared types',
      },
      {
        wat: '(type $u (struct)) (type (shared (struct (field (ref $u)))))',
        says: 'shared composite type must contain shared types',
      },
      { wat: '(type (shared (struct (field i31ref))))', says: 'shared composite type must contain shared types' },
    ],
  },
  {
    rule: 'Arraytype_ok',
    accepts: [
      '(type (array i8)) (type (array (mut (ref null exn))))',
      '(type (shared (array i16))) (type (shared (array (mut (ref null (shared eq))))))',
    ],
    rejects: [
      { wat: '(type (shared (array anyref)))', says: 'shared composite type must contain shared types' },
      {
        wat: '(type (shared (array (mut (ref null waitqueue)))))',
        says: 'shared composite type must contain shared types',
      },
      {
        wat: '(rec (type $u (array i8)) (type (shared (array (ref $u)))))',
        says: 'shared composite type must contain shared types',
      },
    ],
  },
  {
    rule: 'Subtype_ok',
    accepts: [
      '(type $a (sub (struct))) (type $b (sub $a (struct (field i32)))) (type $c (sub final $b (struct (field i32 i64))))',
      '(type $a (sub (array (ref null any)))) (type $b (sub $a (array (ref none))))',
      '(type $a (sub (array (mut i8)))) (type $b (sub $a (array (mut i8))))',
      '(type $a (sub (func (param (ref none)) (result anyref)))) (type $b (sub $a (func (param eqref) (result i31ref))))',
      '(rec (type $a (sub (struct (field (ref null $b))))) (type $b (sub $a (struct (field (ref null $b))))))',
      '(type $a (sub (shared (struct)))) (type $b (sub $a (shared (struct (field (ref (shared any)))))))',
    ],
    rejects: [
      {
        wat: '(type $a (struct)) (type $b (sub $a (struct)))',
        says: 'sub type must match super type: type $a is final',
      },
      { wat: '(type $a (sub final (func))) (type $b (sub $a (func)))', says: 'sub type must match super type' },
      { wat: '(type $a (sub (struct))) (type $b (sub $a (array i8)))', says: 'sub type must match super type' },
      {
        wat: '(type $a (sub (struct (field i32)))) (type $b (sub $a (struct)))',
        says: 'sub type must match super type',
      },
      {
        wat: '(type $a (sub (struct (field i8)))) (type $b (sub $a (struct (field i16))))',
        says: 'sub type must match super type',
      },
      {
        wat: '(type $a (sub (struct (field (mut anyref))))) (type $b (sub $a (struct (field (mut eqref)))))',
        says: 'sub type must match super type: type $b does not match type $a: field 0 is (mut eqref) against (mut anyref)',
      },
      {
        wat: '(type $a (sub (array i32))) (type $b (sub $a (array (mut i32))))',
        says: 'sub type must match super type',
      },
      {
        wat: '(type $a (sub (func (param anyref)))) (type $b (sub $a (func (param eqref))))',
        says: 'sub type must match super type',
      },
      {
        wat: '(type $a (sub (func (result eqref)))) (type $b (sub $a (func (result anyref))))',
        says: 'sub type must match super type',
      },
      { wat: '(type $a (sub (func))) (type $b (sub $a (func (param i32))))', says: 'sub type must match super type' },
      {
        wat: '(type $a (sub (struct))) (type $b (sub $a (shared (struct))))',
        says: 'sub type must match super type: type $b is shared and type $a is not',
      },
      {
        wat: '(type $a (sub (shared (struct)))) (type $b (sub $a (struct)))',
        says: 'sub type must match super type: type $a is shared and type $b is not',
      },
      {
        wat: '(rec (type $b (sub $a (struct))) (type $a (sub (struct))))',
        says: 'sub type must come after its super type',
      },
      { wat: '(type $a (sub 0 (struct)))', says: 'sub type must come after its super type' },
      { wat: '(type $a (sub 7 (struct)))', says: 'unknown type 7' },
      { wat: '(type $b (sub $a (struct))) (type $a (sub (struct)))', says: 'unknown type $a' },
      {
        wat: '(type $a (sub (struct))) (type $b (sub $a $a (struct)))',
        says: 'sub type cannot have more than one super type',
      },
    ],
  },
  {
    rule: 'Limits_ok',
    accepts: [
      '(memory 0 65536)',
      '(memory 3 3)',
      '(table 0 0 funcref)',
      '(table 0 0xffff_ffff funcref)',
      '(memory i64 0 0x1_0000_0000_0000)',
      '(table i64 0 0xffff_ffff_ffff_ffff funcref)',
    ],
    rejects: [
      { wat: '(memory 65537)', says: 'memory size must be at most 65536 pages (4GiB)' },
      { wat: '(memory 0 65537)', says: 'memory size' },
      { wat: '(memory i64 0x1_0000_0000_0001)', says: 'memory size must be at most 2^48 pages' },
      { wat: '(table 0x1_0000_0000 funcref)', says: 'table size must be at most 2^32-1' },
      { wat: '(table 0 0x1_0000_0000 funcref)', says: 'table size must be at most 2^32-1' },
      { wat: '(memory i64 2 1)', says: 'size minimum must not be greater than maximum' },
      { wat: '(memory 2 1)', says: 'size minimum must not be greater than maximum' },
      { wat: '(table 2 1 funcref)', says: 'size minimum must not be greater than maximum' },
      { wat: '(import "m" "m" (memory 2 1))', says: 'size minimum must not be greater than maximum' },
    ],
  },
  {
    rule: 'Tagtype_ok',
    accepts: [
      '(tag) (tag (param i32 externref))',
      '(import "m" "t" (tag (param i64)))',
      '(type $t (shared (func (param i32)))) (tag (type $t))',
    ],
    rejects: [
      { wat: '(tag (result i32))', says: 'non-empty tag result type' },
      { wat: '(import "m" "t" (tag (param i32) (result i32)))', says: 'non-empty tag result type' },
      { wat: '(tag (type 3))', says: 'unknown type' },
      { wat: '(type $s (struct)) (tag (type $s))', says: 'type mismatch: type $s is no function type' },
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
      '(global (thread_local mut v128)) (global (thread_local mut (shared nullref)))',
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
    accepts: ['(memory 1 1 shared)', '(memory 1)', '(memory 1) (memory 2 3 shared)', '(memory i64 1 2 shared)'],
    rejects: [
      { wat: '(memory 1 shared)', says: 'shared memory must have maximum' },
      { wat: '(import "m" "m" (memory 1 shared))', says: 'shared memory must have maximum' },
    ],
  },
  {
    rule: 'Tabletype_ok',
    accepts: [
      '(table shared 1 (ref null (shared func)))',
      '(table 1 funcref)',
      '(table 1 (ref null (shared func)))',
      '(type $t (shared (array i8))) (table shared i64 1 (ref null $t))',
    ],
    rejects: [
      { wat: '(table shared 1 funcref)', says: 'shared tables must have a shared element type' },
      { wat: '(import "m" "t" (table shared 0 externref))', says: 'shared tables must have a shared element type' },
      {
        wat: '(type $t (array i8)) (table shared 1 (ref null $t))',
        says: 'shared tables must have a shared element type',
      },
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
      { wat: '(type $s (struct)) (func (block (type $s)))', says: 'type mismatch: type $s is no function type' },
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
];
