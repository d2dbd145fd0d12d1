import { MISMATCH, type RuleCase } from './rule-case.ts';

export const MEMORY_CASES: readonly RuleCase[] = [
  {
    rule: 'Memarg_ok',
    accepts: [
      '(memory 1) (func (drop (i32.load align=4 (i32.const 0))))',
      '(memory 1) (func (drop (i64.load8_s offset=0xffffffff (i32.const 0))))',
      '(memory i64 1) (func (drop (i64.load offset=0xffff_ffff_ffff (i64.const 0))))',
      '(memory 1) (func (drop (v128.load align=16 (i32.const 0))))',
    ],
    rejects: [
      {
        wat: '(memory 1) (func (drop (i32.load align=8 (i32.const 0))))',
        says: 'alignment must not be larger than natural',
      },
      {
        wat: '(memory 1) (func (i32.store8 align=2 (i32.const 0) (i32.const 0)))',
        says: 'alignment must not be larger than natural',
      },
      {
        wat: '(memory 1) (func (drop (v128.load32_splat align=8 (i32.const 0))))',
        says: 'alignment must not be larger than natural',
      },
      { wat: '(memory 1) (func (drop (i32.load offset=0x1_0000_0000 (i32.const 0))))', says: 'offset out of range' },
    ],
  },
  {
    rule: 'Instr_ok/load',
    accepts: [
      '(memory 1) (func (result i32) (i32.load (i32.const 0)))',
      '(memory i64 1) (func (result f64) (f64.load (i64.const 0)))',
      '(memory 1) (memory $n i64 1) (func (result i64) (i64.load32_u $n (i64.const 0)))',
      '(memory 1 1 shared) (func shared (result i32) (i32.load (i32.const 0)))',
    ],
    rejects: [
      { wat: '(func (drop (i32.load (i32.const 0))))', says: 'unknown memory 0' },
      { wat: '(memory 1) (func (drop (i32.load 3 (i32.const 0))))', says: 'unknown memory 3' },
      { wat: '(memory 1) (func (drop (i32.load (i64.const 0))))', says: MISMATCH },
      { wat: '(memory i64 1) (func (drop (i32.load (i32.const 0))))', says: MISMATCH },
      {
        wat: '(memory 1) (func shared (drop (i32.load (i32.const 0))))',
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/store',
    accepts: [
      '(memory 1) (func (i64.store32 align=4 (i32.const 0) (i64.const 1)))',
      '(memory i64 1) (func (i64.store (i64.const 0) (i64.const 1)))',
      '(memory 1 1 shared) (func shared (f32.store (i32.const 0) (f32.const 1)))',
    ],
    rejects: [
      { wat: '(func (i32.store (i32.const 0) (i32.const 0)))', says: 'unknown memory 0' },
      { wat: '(memory 1) (func (i32.store (i32.const 0) (i64.const 0)))', says: MISMATCH },
      { wat: '(memory i64 1) (func (i32.store (i32.const 0) (i32.const 0)))', says: MISMATCH },
      {
        wat: '(memory 1) (func shared (i32.store (i32.const 0) (i32.const 0)))',
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/vload',
    accepts: [
      '(memory 1) (func (result v128) (v128.load8x8_s (i32.const 0)))',
      '(memory i64 1) (func (result v128) (v128.load64_zero (i64.const 0)))',
      '(memory 1 1 shared) (func shared (result v128) (v128.load (i32.const 0)))',
    ],
    rejects: [
      { wat: '(func (drop (v128.load (i32.const 0))))', says: 'unknown memory 0' },
      { wat: '(memory 1) (func (drop (v128.load (f32.const 0))))', says: MISMATCH },
      {
        wat: '(memory 1) (func shared (drop (v128.load (i32.const 0))))',
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/vstore',
    accepts: ['(memory 1) (func (param v128) (v128.store (i32.const 0) (local.get 0)))'],
    rejects: [
      { wat: '(func (param v128) (v128.store (i32.const 0) (local.get 0)))', says: 'unknown memory 0' },
      { wat: '(memory 1) (func (v128.store (i32.const 0) (i32.const 0)))', says: MISMATCH },
      {
        wat: '(memory 1) (func shared (param v128) (v128.store (i32.const 0) (local.get 0)))',
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/vload_lane',
    accepts: [
      '(memory 1) (func (param v128) (result v128) (v128.load8_lane 15 (i32.const 0) (local.get 0)))',
      '(memory i64 1) (func (param v128) (result v128) (v128.load64_lane 1 (i64.const 0) (local.get 0)))',
    ],
    rejects: [
      {
        wat: '(memory 1) (func (param v128) (drop (v128.load64_lane 2 (i32.const 0) (local.get 0))))',
        says: 'invalid lane index',
      },
      { wat: '(memory 1) (func (drop (v128.load8_lane 0 (i32.const 0) (i32.const 0))))', says: MISMATCH },
      {
        wat: '(memory 1) (func shared (param v128) (drop (v128.load8_lane 0 (i32.const 0) (local.get 0))))',
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/vstore_lane',
    accepts: ['(memory 1) (func (param v128) (v128.store16_lane 7 (i32.const 0) (local.get 0)))'],
    rejects: [
      {
        wat: '(memory 1) (func (param v128) (v128.store16_lane 8 (i32.const 0) (local.get 0)))',
        says: 'invalid lane index',
      },
      { wat: '(memory 1) (func (v128.store32_lane 0 (i32.const 0) (f64.const 0)))', says: MISMATCH },
      {
        wat: '(memory 1) (func shared (param v128) (v128.store16_lane 7 (i32.const 0) (local.get 0)))',
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/memory.size',
    accepts: [
      '(memory 1) (func (result i32) (memory.size))',
      '(memory i64 1) (func (result i64) (memory.size))',
      '(memory 1 1 shared) (func shared (result i32) (memory.size))',
    ],
    rejects: [
      { wat: '(func (drop (memory.size)))', says: 'unknown memory 0' },
      {
        wat: '(memory 1) (func shared (drop (memory.size)))',
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/memory.grow',
    accepts: [
      '(memory 1) (func (result i32) (memory.grow (i32.const 1)))',
      '(memory i64 1) (func (result i64) (memory.grow (i64.const 1)))',
    ],
    rejects: [
      { wat: '(func (drop (memory.grow (i32.const 1))))', says: 'unknown memory 0' },
      { wat: '(memory 1) (func (drop (memory.grow (i64.const 1))))', says: MISMATCH },
      {
        wat: '(memory 1) (func shared (drop (memory.grow (i32.const 1))))',
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/memory.fill',
    accepts: [
      '(memory 1) (func (memory.fill (i32.const 1) (i32.const 2) (i32.const 3)))',
      '(memory i64 1) (func (memory.fill (i64.const 1) (i32.const 2) (i64.const 3)))',
    ],
    rejects: [
      { wat: '(func (memory.fill (i32.const 1) (i32.const 2) (i32.const 3)))', says: 'unknown memory 0' },
      { wat: '(memory 1) (func (memory.fill (i32.const 1) (i32.const 2)))', says: MISMATCH },
      { wat: '(memory i64 1) (func (memory.fill (i64.const 1) (i64.const 2) (i64.const 3)))', says: MISMATCH },
      {
        wat: '(memory 1) (func shared (memory.fill (i32.const 1) (i32.const 2) (i32.const 3)))',
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/memory.copy',
    accepts: [
      '(memory 1) (memory $n 2) (func (memory.copy $n 0 (i32.const 1) (i32.const 2) (i32.const 3)))',
      '(memory 1) (memory $n i64 2) (func (memory.copy $n 0 (i64.const 1) (i32.const 2) (i32.const 3)) (memory.copy 0 $n (i32.const 1) (i64.const 2) (i32.const 3)))',
      '(memory i64 1) (func (memory.copy (i64.const 1) (i64.const 2) (i64.const 3)))',
    ],
    rejects: [
      { wat: '(func (memory.copy (i32.const 1) (i32.const 2) (i32.const 3)))', says: 'unknown memory 0' },
      {
        wat: '(memory 1) (func (memory.copy 0 1 (i32.const 1) (i32.const 2) (i32.const 3)))',
        says: 'unknown memory 1',
      },
      { wat: '(memory 1) (func (memory.copy (i32.const 1) (i64.const 2) (i32.const 3)))', says: MISMATCH },
      {
        wat: '(memory 1) (memory $n i64 2) (func (memory.copy $n 0 (i64.const 1) (i32.const 2) (i64.const 3)))',
        says: MISMATCH,
      },
      {
        wat: '(memory 1) (memory $s 1 1 shared) (func shared (memory.copy $s 0 (i32.const 1) (i32.const 2) (i32.const 3)))',
        says: 'shared functions cannot access unshared memories',
      },
      {
        wat: '(memory 1) (memory $s 1 1 shared) (func shared (memory.copy 0 $s (i32.const 1) (i32.const 2) (i32.const 3)))',
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/memory.init',
    accepts: [
      '(memory 1) (data $d "x") (func (memory.init $d (i32.const 1) (i32.const 2) (i32.const 3)))',
      '(memory i64 1) (data $d "x") (func (memory.init $d (i64.const 1) (i32.const 2) (i32.const 3)))',
      '(memory 1 1 shared) (data $d shared "x") (func shared (memory.init $d (i32.const 1) (i32.const 2) (i32.const 3)))',
      {
        wat: '(memory 1 1 shared) (data $d "x") (func shared (memory.init $d (i32.const 1) (i32.const 2) (i32.const 3)))',
        readings: { 'segment-shares': 'implied' },
      },
    ],
    rejects: [
      {
        wat: '(memory 1) (func (memory.init 1 (i32.const 1) (i32.const 2) (i32.const 3)))',
        says: 'unknown data segment 1',
      },
      {
        wat: '(data $d "x") (func (memory.init $d (i32.const 1) (i32.const 2) (i32.const 3)))',
        says: 'unknown memory 0',
      },
      {
        wat: '(memory 1) (data $d "x") (func (memory.init $d (i32.const 1) (i32.const 2) (i64.const 3)))',
        says: MISMATCH,
      },
      {
        wat: '(memory 1 1 shared) (data $d "x") (func shared (memory.init $d (i32.const 1) (i32.const 2) (i32.const 3)))',
        says: 'shared functions cannot access unshared data segments',
      },
      {
        wat: '(memory 1) (data $d shared "x") (func shared (memory.init $d (i32.const 1) (i32.const 2) (i32.const 3)))',
        says: 'shared functions cannot access unshared memories',
      },
    ],
  },
  {
    rule: 'Instr_ok/data.drop',
    accepts: ['(data $d "x") (func (data.drop $d))', '(data $d shared "x") (func shared (data.drop $d))'],
    rejects: [
      { wat: '(func (data.drop 4))', says: 'unknown data segment 4' },
      {
        wat: '(data $d "x") (func shared (data.drop $d))',
        says: 'shared functions cannot access unshared data segments',
      },
    ],
  },
  {
    rule: 'Instr_ok/table.get',
    accepts: [
      '(table 1 funcref) (func (result funcref) (table.get 0 (i32.const 0)))',
      '(table i64 1 externref) (func (result externref) (table.get 0 (i64.const 0)))',
      '(table shared 1 (ref null (shared func))) (func shared (result (ref null (shared func))) (table.get 0 (i32.const 0)))',
    ],
    rejects: [
      { wat: '(func (drop (table.get 0 (i32.const 0))))', says: 'unknown table 0' },
      { wat: '(table 1 funcref) (func (drop (table.get 0 (i64.const 0))))', says: MISMATCH },
      {
        wat: '(table 1 (ref null (shared func))) (func shared (drop (table.get 0 (i32.const 0))))',
        says: 'shared functions cannot access unshared tables',
      },
    ],
  },
  {
    rule: 'Instr_ok/table.set',
    accepts: [
      '(table 1 funcref) (func (table.set 0 (i32.const 0) (ref.null func)))',
      '(table i64 1 externref) (func (table.set 0 (i64.const 0) (ref.null extern)))',
    ],
    rejects: [
      { wat: '(func (table.set 0 (i32.const 0) (ref.null func)))', says: 'unknown table 0' },
      { wat: '(table 1 funcref) (func (table.set 0 (i32.const 0) (ref.null extern)))', says: MISMATCH },
      { wat: '(table 1 (ref null (shared func))) (func (table.set 0 (i32.const 0) (ref.null func)))', says: MISMATCH },
      {
        wat: '(table 1 (ref null (shared func))) (func shared (table.set 0 (i32.const 0) (ref.null (shared func))))',
        says: 'shared functions cannot access unshared tables',
      },
    ],
  },
  {
    rule: 'Instr_ok/table.size',
    accepts: [
      '(table 1 funcref) (func (result i32) (table.size))',
      '(table i64 1 funcref) (func (result i64) (table.size))',
    ],
    rejects: [
      { wat: '(func (drop (table.size)))', says: 'unknown table 0' },
      {
        wat: '(table 1 (ref null (shared func))) (func shared (drop (table.size)))',
        says: 'shared functions cannot access unshared tables',
      },
    ],
  },
  {
    rule: 'Instr_ok/table.grow',
    accepts: [
      '(table 1 funcref) (func (result i32) (table.grow 0 (ref.null func) (i32.const 1)))',
      '(table i64 1 funcref) (func (result i64) (table.grow 0 (ref.null func) (i64.const 1)))',
    ],
    rejects: [
      { wat: '(func (drop (table.grow 0 (ref.null func) (i32.const 1))))', says: 'unknown table 0' },
      { wat: '(table 1 funcref) (func (drop (table.grow 0 (ref.null extern) (i32.const 1))))', says: MISMATCH },
      {
        wat: '(table 1 (ref null (shared func))) (func shared (drop (table.grow 0 (ref.null (shared func)) (i32.const 1))))',
        says: 'shared functions cannot access unshared tables',
      },
    ],
  },
  {
    rule: 'Instr_ok/table.fill',
    accepts: [
      '(table 1 funcref) (func (table.fill 0 (i32.const 0) (ref.null func) (i32.const 1)))',
      '(table i64 1 funcref) (func (table.fill 0 (i64.const 0) (ref.null func) (i64.const 1)))',
    ],
    rejects: [
      { wat: '(func (table.fill 0 (i32.const 0) (ref.null func) (i32.const 1)))', says: 'unknown table 0' },
      { wat: '(table 1 funcref) (func (table.fill 0 (i32.const 0) (ref.null func) (i64.const 1)))', says: MISMATCH },
      {
        wat: '(table 1 (ref null (shared func))) (func shared (table.fill 0 (i32.const 0) (ref.null (shared func)) (i32.const 1)))',
        says: 'shared functions cannot access unshared tables',
      },
    ],
  },
  {
    rule: 'Instr_ok/table.copy',
    accepts: [
      '(table 1 funcref) (table $n 1 (ref null nofunc)) (func (table.copy 0 $n (i32.const 1) (i32.const 2) (i32.const 3)))',
      '(table 1 funcref) (table $n i64 1 funcref) (func (table.copy 0 $n (i32.const 1) (i64.const 2) (i32.const 3)))',
      '(table shared 1 (ref null (shared func))) (func shared (table.copy (i32.const 1) (i32.const 2) (i32.const 3)))',
    ],
    rejects: [
      {
        wat: '(table 1 funcref) (func (table.copy 0 1 (i32.const 1) (i32.const 2) (i32.const 3)))',
        says: 'unknown table 1',
      },
      {
        wat: '(table 1 funcref) (table $n 1 externref) (func (table.copy 0 $n (i32.const 1) (i32.const 2) (i32.const 3)))',
        says: MISMATCH,
      },
      {
        wat: '(table shared 1 (ref null (shared func))) (table $n 1 funcref) (func (table.copy $n 0 (i32.const 1) (i32.const 2) (i32.const 3)))',
        says: MISMATCH,
      },
      {
        wat: '(table 1 funcref) (table $n i64 1 funcref) (func (table.copy 0 $n (i32.const 1) (i64.const 2) (i64.const 3)))',
        says: MISMATCH,
      },
      {
        wat: '(table shared 1 (ref null (shared func))) (table $n 1 (ref null (shared func))) (func shared (table.copy 0 $n (i32.const 1) (i32.const 2) (i32.const 3)))',
        says: 'shared functions cannot access unshared tables',
      },
    ],
  },
  {
    rule: 'Instr_ok/table.init',
    accepts: [
      '(table 1 funcref) (elem $e funcref) (func (table.init $e (i32.const 1) (i32.const 2) (i32.const 3)))',
      '(table i64 1 funcref) (elem $e funcref) (func (table.init $e (i64.const 1) (i32.const 2) (i32.const 3)))',
      '(table shared 1 (ref null (shared func))) (elem $e (shared (ref null (shared func)))) (func shared (table.init $e (i32.const 1) (i32.const 2) (i32.const 3)))',
      {
        wat: '(table shared 1 (ref null (shared func))) (elem $e (ref null (shared func))) (func shared (table.init $e (i32.const 1) (i32.const 2) (i32.const 3)))',
        readings: { 'segment-shares': 'implied' },
      },
    ],
    rejects: [
      {
        wat: '(table 1 funcref) (func (table.init 4 (i32.const 1) (i32.const 2) (i32.const 3)))',
        says: 'unknown elem segment 4',
      },
      {
        wat: '(elem $e funcref) (func (table.init $e (i32.const 1) (i32.const 2) (i32.const 3)))',
        says: 'unknown table 0',
      },
      {
        wat: '(table 1 funcref) (elem $e externref) (func (table.init $e (i32.const 1) (i32.const 2) (i32.const 3)))',
        says: MISMATCH,
      },
      {
        wat: '(table 1 funcref) (elem $e funcref) (func (table.init $e (i32.const 1) (i64.const 2) (i32.const 3)))',
        says: MISMATCH,
      },
      {
        wat: '(table shared 1 (ref null (shared func))) (elem $e (ref null (shared func))) (func shared (table.init $e (i32.const 1) (i32.const 2) (i32.const 3)))',
        says: 'shared functions cannot access unshared elem segments',
      },
    ],
  },
  {
    rule: 'Instr_ok/elem.drop',
    accepts: [
      '(elem $e funcref) (func (elem.drop $e))',
      '(elem $e (shared (ref null (shared func)))) (func shared (elem.drop $e))',
    ],
    rejects: [
      { wat: '(func (elem.drop 4))', says: 'unknown elem segment 4' },
      {
        wat: '(elem $e funcref) (func shared (elem.drop $e))',
        says: 'shared functions cannot access unshared elem segments',
      },
      {
        wat: '(elem $e (ref null (shared func))) (func shared (elem.drop $e))',
        says: 'shared functions cannot access unshared elem segments',
      },
    ],
  },
];
