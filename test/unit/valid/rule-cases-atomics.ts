import { MISMATCH, type RuleCase } from './rule-case.ts';

export const ATOMIC_CASES: readonly RuleCase[] = [
  {
    rule: 'Order_ok',
    accepts: [
      '(memory 1) (func (drop (i32.atomic.rmw.add acq_rel (i32.const 0) (i32.const 1))))',
      {
        wat: '(memory 1) (func (drop (i32.atomic.rmw.add acq_rel seq_cst (i32.const 0) (i32.const 1))))',
        readings: { 'rmw-orders': 'pair' },
      },
      {
        wat: '(global $g (shared mut i32) (i32.const 0)) (func (drop (global.atomic.rmw.xchg seq_cst acq_rel $g (i32.const 1))))',
        readings: { 'rmw-orders': 'pair' },
      },
    ],
    rejects: [
      {
        wat: '(memory 1) (func (drop (i32.atomic.rmw.add acq_rel seq_cst (i32.const 0) (i32.const 1))))',
        says: 'memory orderings must match',
      },
      {
        wat: '(global $g (shared mut i32) (i32.const 0)) (func (drop (global.atomic.rmw.xchg seq_cst acq_rel $g (i32.const 1))))',
        says: 'memory orderings must match',
      },
    ],
  },
  {
    rule: 'Object_ok/atomic',
    accepts: [
      '(memory 1) (func (drop (i32.atomic.load (i32.const 0))))',
      {
        wat: '(memory 1 1 shared) (global $g (shared mut i32) (i32.const 0)) (func (drop (i32.atomic.load (i32.const 0))) (drop (global.atomic.get seq_cst $g)))',
        readings: { 'unshared-atomics': 'reject' },
      },
    ],
    rejects: [
      {
        wat: '(memory 1) (func (drop (i32.atomic.load (i32.const 0))))',
        says: 'atomic accesses require shared',
        readings: { 'unshared-atomics': 'reject' },
      },
      {
        wat: '(global $g (mut i32) (i32.const 0)) (func (drop (global.atomic.get seq_cst $g)))',
        says: 'atomic accesses require shared',
        readings: { 'unshared-atomics': 'reject' },
      },
      {
        wat: '(global $g (thread_local mut i64)) (func (drop (global.atomic.get seq_cst $g)))',
        says: 'atomic accesses require shared',
        readings: { 'unshared-atomics': 'reject' },
      },
      {
        wat: '(type $s (struct (field (mut i32)))) (func (param $p (ref null $s)) (drop (struct.atomic.get seq_cst $s 0 (local.get 0))))',
        says: 'atomic accesses require shared',
        readings: { 'unshared-atomics': 'reject' },
      },
      {
        wat: '(type $a (array (mut i32))) (func (param $p (ref null $a)) (drop (array.atomic.get seq_cst $a (local.get 0) (i32.const 0))))',
        says: 'atomic accesses require shared',
        readings: { 'unshared-atomics': 'reject' },
      },
      {
        wat: '(table $t 1 anyref) (func (drop (table.atomic.get seq_cst $t (i32.const 0))))',
        says: 'atomic accesses require shared',
        readings: { 'unshared-atomics': 'reject' },
      },
      {
        wat: '(global $g (mut i32) (i32.const 0)) (func (param $q (ref null (shared waitqueue))) (drop (global.wait $g (local.get 0) (i32.const 0) (i64.const 0))))',
        says: 'atomic accesses require shared',
        readings: { 'unshared-atomics': 'reject' },
      },
    ],
  },
  {
    rule: 'Memarg_ok/atomic',
    accepts: [
      '(memory 1) (func (result i64) (i64.atomic.load16_u align=2 (i32.const 0)))',
      '(memory i64 1) (func (result i64) (i64.atomic.load offset=0x1_0000_0000 (i64.const 0)))',
    ],
    rejects: [
      {
        wat: '(memory 1) (func (drop (i32.atomic.load align=2 (i32.const 0))))',
        says: 'atomic alignment must be natural',
      },
      {
        wat: '(memory 1) (func (drop (i32.atomic.load align=8 (i32.const 0))))',
        says: 'atomic alignment must be natural',
      },
      {
        wat: '(memory 1) (func (i64.atomic.store align=4 (i32.const 0) (i64.const 1)))',
        says: 'atomic alignment must be natural',
      },
      {
        wat: '(memory 1) (func (drop (i64.atomic.rmw.xchg align=1 (i32.const 0) (i64.const 1))))',
        says: 'atomic alignment must be natural',
      },
      {
        wat: '(memory 1) (func (drop (memory.atomic.notify align=8 (i32.const 0) (i32.const 1))))',
        says: 'atomic alignment must be natural',
      },
      {
        wat: '(memory 1) (func (drop (i32.atomic.load offset=0x1_0000_0000 (i32.const 0))))',
        says: 'offset out of range',
      },
    ],
  },
  {
    rule: 'Instr_ok/atomic.load',
    accepts: [
      '(memory 1) (func (result i64) (i64.atomic.load16_u (i32.const 0)))',
      '(memory i64 1) (func (result i32) (i32.atomic.load seq_cst (i64.const 0)))',
      '(memory 1 1 shared) (func shared (result i32) (i32.atomic.load acq_rel (i32.const 0)))',
    ],
    rejects: [
      { wat: '(func (drop (i32.atomic.load (i32.const 0))))', says: 'unknown memory 0' },
      { wat: '(memory 1) (func (drop (i32.atomic.load (i64.const 0))))', says: MISMATCH },
      {
        wat: '(memory 1) (func shared (drop (i32.atomic.load (i32.const 0))))',
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/atomic.store',
    accepts: ['(memory 1) (func (i32.atomic.store8 (i32.const 0) (i32.const 1)))'],
    rejects: [
      { wat: '(func (i32.atomic.store (i32.const 0) (i32.const 1)))', says: 'unknown memory 0' },
      { wat: '(memory 1) (func (i32.atomic.store (i32.const 0) (i64.const 1)))', says: MISMATCH },
      {
        wat: '(memory 1) (func shared (i32.atomic.store (i32.const 0) (i32.const 1)))',
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/atomic.rmw',
    accepts: ['(memory 1) (func (result i32) (i32.atomic.rmw16.add_u (i32.const 0) (i32.const 1)))'],
    rejects: [
      { wat: '(func (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1))))', says: 'unknown memory 0' },
      { wat: '(memory 1) (func (drop (i64.atomic.rmw.xchg (i32.const 0) (i32.const 1))))', says: MISMATCH },
      {
        wat: '(memory 1) (func shared (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1))))',
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/atomic.cmpxchg',
    accepts: ['(memory 1) (func (result i64) (i64.atomic.rmw8.cmpxchg_u (i32.const 0) (i64.const 1) (i64.const 2)))'],
    rejects: [
      {
        wat: '(func (drop (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 1) (i32.const 1))))',
        says: 'unknown memory 0',
      },
      {
        wat: '(memory 1) (func (drop (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 1) (i64.const 1))))',
        says: MISMATCH,
      },
      {
        wat: '(memory 1) (func shared (drop (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 1) (i32.const 1))))',
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/atomic.wait',
    accepts: [
      '(memory 1) (func (result i32) (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i64.const -1)))',
      '(memory 1 1 shared) (func shared (result i32) (memory.atomic.wait64 (i32.const 0) (i64.const 1) (i64.const -1)))',
    ],
    rejects: [
      {
        wat: '(func (drop (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i64.const -1))))',
        says: 'unknown memory 0',
      },
      {
        wat: '(memory 1) (func (drop (memory.atomic.wait64 (i32.const 0) (i32.const 1) (i64.const -1))))',
        says: MISMATCH,
      },
      {
        wat: '(memory 1) (func shared (drop (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i64.const -1))))',
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/atomic.notify',
    accepts: ['(memory 1) (func (result i32) (memory.atomic.notify (i32.const 0) (i32.const 1)))'],
    rejects: [
      { wat: '(func (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))', says: 'unknown memory 0' },
      { wat: '(memory 1) (func (drop (memory.atomic.notify (i32.const 0) (i64.const 1))))', says: MISMATCH },
      {
        wat: '(memory 1) (func shared (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))',
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/atomic.fence',
    accepts: ['(func (atomic.fence) (atomic.fence acq_rel))', '(func shared (atomic.fence))'],
    rejects: [],
  },
  { rule: 'Instr_ok/pause', accepts: ['(func (pause))', '(func shared (pause))'], rejects: [] },
];
