import type { Mutants } from './mutant.ts';

const MEM = '(memory $m 1)';

/** For the premises of instructions. */
export const INSTRUCTION_MUTANTS: Mutants = {
  'Instr_ok/call:func': { rule: 'Instr_ok/call', wat: '(func $g) (func $f shared (call $g))' },
  'Instr_ok/fork:func': { rule: 'Instr_ok/fork', wat: '(func $child) (func $main (fork $child))' },
  'Instr_ok/ref.func:func': {
    rule: 'Instr_ok/ref.func',
    wat: '(func $g (export "g")) (func $f shared (drop (ref.func $g)))',
  },
  'Instr_ok/ref.null:type': { rule: 'Instr_ok/ref.null', wat: '(func $f shared (drop (ref.null extern)))' },
  'Instr_ok/select:type': {
    rule: 'Instr_ok/select-expl',
    wat: '(func $f shared (unreachable) (select (result funcref)) (drop))',
  },
  'Instr_ok/global.get:global': {
    rule: 'Instr_ok/global.get',
    wat: '(global $g i32 (i32.const 0)) (func $f shared (drop (global.get $g)))',
  },
  'Instr_ok/global.set:global': {
    rule: 'Instr_ok/global.set',
    wat: '(global $g (mut i32) (i32.const 0)) (func $f shared (global.set $g (i32.const 1)))',
  },
  'Instr_ok/load:memory': { rule: 'Instr_ok/load', wat: `${MEM} (func $f shared (drop (i32.load (i32.const 0))))` },
  'Instr_ok/store:memory': {
    rule: 'Instr_ok/store',
    wat: `${MEM} (func $f shared (i32.store (i32.const 0) (i32.const 1)))`,
  },
  'Instr_ok/memory.size:memory': { rule: 'Instr_ok/memory.size', wat: `${MEM} (func $f shared (drop (memory.size)))` },
  'Instr_ok/memory.grow:memory': {
    rule: 'Instr_ok/memory.grow',
    wat: `${MEM} (func $f shared (drop (memory.grow (i32.const 1))))`,
  },
  'Instr_ok/memory.fill:memory': {
    rule: 'Instr_ok/memory.fill',
    wat: `${MEM} (func $f shared (memory.fill (i32.const 0) (i32.const 0) (i32.const 0)))`,
  },
  'Instr_ok/memory.copy:destination': {
    rule: 'Instr_ok/memory.copy',
    wat: `${MEM} (memory $s 1 1 shared) (func $f shared (memory.copy $m $s (i32.const 0) (i32.const 0) (i32.const 0)))`,
  },
  'Instr_ok/memory.copy:source': {
    rule: 'Instr_ok/memory.copy',
    wat: `${MEM} (memory $s 1 1 shared) (func $f shared (memory.copy $s $m (i32.const 0) (i32.const 0) (i32.const 0)))`,
  },
  'Instr_ok/atomic.load:memory': {
    rule: 'Instr_ok/atomic.load',
    wat: `${MEM} (func $f shared (drop (i32.atomic.load (i32.const 0))))`,
  },
  'Instr_ok/atomic.store:memory': {
    rule: 'Instr_ok/atomic.store',
    wat: `${MEM} (func $f shared (i32.atomic.store (i32.const 0) (i32.const 1)))`,
  },
  'Instr_ok/atomic.rmw:memory': {
    rule: 'Instr_ok/atomic.rmw',
    wat: `${MEM} (func $f shared (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1))))`,
  },
  'Instr_ok/atomic.cmpxchg:memory': {
    rule: 'Instr_ok/atomic.cmpxchg',
    wat: `${MEM} (func $f shared (drop (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 1) (i32.const 2))))`,
  },
  'Instr_ok/atomic.wait:memory': {
    rule: 'Instr_ok/atomic.wait',
    wat: `${MEM} (func $f shared (drop (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i64.const 2))))`,
  },
  'Instr_ok/atomic.notify:memory': {
    rule: 'Instr_ok/atomic.notify',
    wat: `${MEM} (func $f shared (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))`,
  },
  'Instr_ok/atomic:object': {
    rule: 'Object_ok/atomic',
    wat: `${MEM} (func $f (drop (i32.atomic.load (i32.const 0))))`,
    readings: { 'unshared-atomics': 'reject' },
  },
  'Instr_ok/memory.init:memory': {
    rule: 'Instr_ok/memory.init',
    wat: `${MEM} (data $d shared "x") (func $f shared (memory.init $m $d (i32.const 0) (i32.const 0) (i32.const 0)))`,
  },
  'Instr_ok/memory.wait:memory': {
    rule: 'Instr_ok/memory.wait',
    wat: `${MEM} (func $f shared (param $q (ref (shared waitqueue))) (drop (memory.wait32 (local.get $q) (i32.const 0) (i32.const 0) (i64.const 0))))`,
  },
  'Instr_ok/data:data': { rule: 'Instr_ok/data.drop', wat: '(data $d "x") (func $f shared (data.drop $d))' },
  'Instr_ok/table:table': {
    rule: 'Instr_ok/table.size',
    wat: '(table $t 1 (ref null (shared func))) (func $f shared (drop (table.size $t)))',
  },
  'Instr_ok/elem:elem': {
    rule: 'Instr_ok/elem.drop',
    wat: '(elem $e (ref null (shared func))) (func $f shared (elem.drop $e))',
  },
  'Instr_ok/call_indirect:table': {
    rule: 'Instr_ok/call_indirect',
    wat: '(type $t (shared (func))) (table $s 1 (ref null $t)) (func $f shared (call_indirect $s (type $t) (i32.const 0)))',
  },
  'Instr_ok/call_ref:type': {
    rule: 'Instr_ok/call_ref',
    wat: '(type $t (func)) (func $f shared (unreachable) (call_ref $t))',
  },
  'Instr_ok/throw:tag': { rule: 'Instr_ok/throw', wat: '(tag $e) (func $f shared (throw $e))' },
  'Instr_ok/local:type': {
    rule: 'Instr_ok/local.get',
    wat: '(func $f shared (local $x funcref) (drop (local.get $x)))',
    readings: { 'unshared-locals': 'allow' },
  },
  'Instr_ok/struct:type': {
    rule: 'Instr_ok/struct.new',
    wat: '(type $s (struct)) (func $f shared (drop (struct.new $s)))',
  },
  'Instr_ok/array:type': {
    rule: 'Instr_ok/array.new_fixed',
    wat: '(type $a (array i32)) (func $f shared (drop (array.new_fixed $a 0)))',
  },
  'Instr_ok/cast:type': {
    rule: 'Instr_ok/ref.cast',
    wat: '(func $f shared (unreachable) (ref.cast (ref i31)) (drop))',
  },
  'Instr_ok/ref.i31:type': { rule: 'Instr_ok/ref.i31', wat: '(func $f shared (drop (ref.i31 (i32.const 1))))' },
  'Instr_ok/global.atomic:global': {
    rule: 'Instr_ok/global.atomic.get',
    wat: '(global $g i32 (i32.const 0)) (func $f shared (drop (global.atomic.get seq_cst $g)))',
  },
  'Instr_ok/global.wait:global': {
    rule: 'Instr_ok/global.wait',
    wat: '(global $g i32 (i32.const 0)) (func $f shared (param $q (ref (shared waitqueue))) (drop (global.wait $g (local.get $q) (i32.const 0) (i64.const 0))))',
  },
};
