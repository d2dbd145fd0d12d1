import { MISMATCH, type RuleCase } from './rule-case.ts';

export const WAITQUEUE_CASES: readonly RuleCase[] = [
  {
    rule: 'Instr_ok/waitqueue.new',
    accepts: [
      '(func (result (ref (shared waitqueue))) (waitqueue.new))',
      '(global $q (shared (ref (shared waitqueue))) (waitqueue.new)) (func shared (result (ref null (shared waitqueue))) (global.get $q))',
    ],
    rejects: [],
  },
  {
    rule: 'Instr_ok/waitqueue.notify',
    accepts: [
      '(func shared (param $q (ref null (shared waitqueue))) (result i32) (waitqueue.notify (local.get 0) (i32.const 1)))',
    ],
    rejects: [
      {
        wat: '(func (param $q (ref null (shared waitqueue))) (drop (waitqueue.notify (local.get 0) (i64.const 1))))',
        says: MISMATCH,
      },
      {
        wat: '(func (param (ref null waitqueue)) (drop (waitqueue.notify (local.get 0) (i32.const 1))))',
        says: MISMATCH,
      },
    ],
  },
  {
    rule: 'Wait_expected',
    accepts: [
      '(type $s (shared (struct (field (ref null (shared i31)))))) (func (param $p (ref $s)) (param $q (ref null (shared waitqueue))) (param $e (ref null (shared eq))) (result i32) (struct.wait $s 0 (local.get $p) (local.get $q) (local.get $e) (i64.const -1)))',
      '(global $g (shared mut i32) (i32.const 0)) (func shared (param $q (ref null (shared waitqueue))) (result i32) (global.wait $g (local.get 0) (i32.const 0) (i64.const 0)))',
    ],
    rejects: [
      {
        wat: '(global $g (mut f32) (f32.const 0)) (func (param $q (ref null (shared waitqueue))) (drop (global.wait $g (local.get 0) (f32.const 0) (i64.const 0))))',
        says: 'invalid type',
      },
      {
        wat: '(global $g (mut eqref) (ref.null eq)) (func (param $q (ref null (shared waitqueue))) (drop (global.wait $g (local.get 0) (ref.null eq) (i64.const 0))))',
        says: 'invalid type',
      },
      {
        wat: '(type $s (struct (field i8))) (func (param $p (ref $s)) (param $q (ref null (shared waitqueue))) (drop (struct.wait $s 0 (local.get $p) (local.get $q) (i32.const 0) (i64.const -1))))',
        says: 'invalid type',
      },
      {
        wat: '(table $t 1 anyref) (func (param $q (ref null (shared waitqueue))) (drop (table.wait $t (local.get 0) (i32.const 0) (ref.null any) (i64.const 0))))',
        says: 'invalid type',
      },
    ],
  },
  {
    rule: 'Instr_ok/struct.wait',
    accepts: [
      '(type $s (struct (field (mut i32)))) (func (param $p (ref null $s)) (param $q (ref null (shared waitqueue))) (result i32) (struct.wait $s 0 (local.get 0) (local.get 1) (i32.const 0) (i64.const -1)))',
      '(type $s (shared (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null (shared any)))) (field (mut (ref null (shared eq)))) (field (mut f64)) (field i64)))) (func shared (param $p (ref null $s)) (param $q (ref null (shared waitqueue))) (result i32) (struct.wait $s 5 (local.get 0) (local.get 1) (i64.const 0) (i64.const -1)))',
    ],
    rejects: [
      {
        wat: '(type $s (struct (field (mut i32)))) (func (param $p (ref null $s)) (param $q (ref null (shared waitqueue))) (drop (struct.wait $s 3 (local.get 0) (local.get 1) (i32.const 0) (i64.const -1))))',
        says: 'unknown field 3',
      },
      {
        wat: '(type $s (struct (field (mut i32)))) (func (param $p (ref null $s)) (param $q (ref null (shared waitqueue))) (drop (struct.wait $s 0 (local.get 0) (local.get 1) (i64.const 0) (i64.const -1))))',
        says: MISMATCH,
      },
      {
        wat: '(type $s (struct (field (mut i32)))) (func shared (unreachable) (struct.wait $s 0) (drop))',
        says: 'shared functions cannot access unshared structs',
      },
    ],
  },
  {
    rule: 'Instr_ok/array.wait',
    accepts: [
      '(type $a (shared (array (mut i32)))) (func shared (param $p (ref null $a)) (param $q (ref null (shared waitqueue))) (result i32) (array.wait $a (local.get 0) (local.get 1) (i32.const 0) (i32.const 7) (i64.const -1)))',
    ],
    rejects: [
      { wat: '(type $s (struct)) (func (drop (array.wait $s (unreachable))))', says: 'non-array type' },
      {
        wat: '(type $a (shared (array (mut i32)))) (func (param $p (ref null $a)) (param $q (ref null (shared waitqueue))) (drop (array.wait $a (local.get 0) (local.get 1) (i32.const 0) (i64.const 7) (i64.const -1))))',
        says: MISMATCH,
      },
      {
        wat: '(type $a (array (mut i32))) (func shared (unreachable) (array.wait $a) (drop))',
        says: 'shared functions cannot access unshared arrays',
      },
    ],
  },
  {
    rule: 'Instr_ok/global.wait',
    accepts: [
      '(global $g (mut i32) (i32.const 0)) (func (param $q (ref null (shared waitqueue))) (result i32) (global.wait $g (local.get 0) (i32.const 0) (i64.const 0)))',
      '(global $g (shared mut (ref null (shared eq))) (ref.null (shared eq))) (func shared (param $q (ref null (shared waitqueue))) (result i32) (global.wait $g (local.get 0) (ref.null (shared eq)) (i64.const 0)))',
    ],
    rejects: [
      { wat: '(func (drop (global.wait 2 (unreachable))))', says: 'unknown global 2' },
      {
        wat: '(global $g (shared mut i32) (i32.const 0)) (func (param $q (ref null (shared waitqueue))) (drop (global.wait $g (local.get 0) (i32.const 0) (i32.const 0))))',
        says: MISMATCH,
      },
      {
        wat: '(global $g (mut i32) (i32.const 0)) (func shared (param $q (ref null (shared waitqueue))) (drop (global.wait $g (local.get 0) (i32.const 0) (i64.const 0))))',
        says: 'shared functions cannot access unshared globals',
      },
    ],
  },
  {
    rule: 'Instr_ok/table.wait',
    accepts: [
      '(table $t shared 1 (ref null (shared eq))) (func shared (param $q (ref null (shared waitqueue))) (result i32) (table.wait $t (local.get 0) (i32.const 0) (ref.null (shared eq)) (i64.const 0)))',
      '(table $t i64 1 (ref null (shared eq))) (func (param $q (ref null (shared waitqueue))) (result i32) (table.wait $t (local.get 0) (i64.const 0) (ref.null (shared eq)) (i64.const 0)))',
    ],
    rejects: [
      { wat: '(func (drop (table.wait 2 (unreachable))))', says: 'unknown table 2' },
      {
        wat: '(table $t shared 1 (ref null (shared eq))) (func (param $q (ref null (shared waitqueue))) (drop (table.wait $t (local.get 0) (i64.const 0) (ref.null (shared eq)) (i64.const 0))))',
        says: MISMATCH,
      },
      {
        wat: '(table $t 1 (ref null (shared eq))) (func shared (param $q (ref null (shared waitqueue))) (drop (table.wait $t (local.get 0) (i32.const 0) (ref.null (shared eq)) (i64.const 0))))',
        says: 'shared functions cannot access unshared tables',
      },
    ],
  },
  {
    rule: 'Instr_ok/memory.wait',
    accepts: [
      '(memory 1) (func (param $q (ref null (shared waitqueue))) (result i32) (memory.wait32 (local.get 0) (i32.const 0) (i32.const 1) (i64.const 0)))',
      '(memory 1 1 shared) (func shared (param $q (ref null (shared waitqueue))) (result i32) (memory.wait64 (local.get 0) (i32.const 0) (i64.const 1) (i64.const 0)))',
      '(memory i64 1) (func (param $q (ref null (shared waitqueue))) (result i32) (memory.wait32 (local.get 0) (i64.const 0) (i32.const 1) (i64.const 0)))',
    ],
    rejects: [
      { wat: '(func (drop (memory.wait32 (unreachable))))', says: 'unknown memory 0' },
      {
        wat: '(memory 1) (func (param $q (ref null (shared waitqueue))) (drop (memory.wait64 (local.get 0) (i32.const 0) (i32.const 1) (i64.const 0))))',
        says: MISMATCH,
      },
      {
        wat: '(memory 1) (func shared (param $q (ref null (shared waitqueue))) (drop (memory.wait32 (local.get 0) (i32.const 0) (i32.const 1) (i64.const 0))))',
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
];
