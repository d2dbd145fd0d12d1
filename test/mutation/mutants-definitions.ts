import type { Mutants } from './mutant.ts';

/** For the premises of types and definitions. */
export const DEFINITION_MUTANTS: Mutants = {
  'Heaptype_ok:abstract': { rule: 'Functype_ok', wat: '(type $t (shared (func (param (ref null func)))))' },
  'Heaptype_ok:defined': {
    rule: 'Functype_ok',
    wat: '(type $u (func)) (type $t (shared (func (param (ref null $u)))))',
  },
  'Functype_ok:params': { rule: 'Functype_ok', wat: '(type $t (shared (func (param i32 externref))))' },
  'Functype_ok:results': { rule: 'Functype_ok', wat: '(type $t (shared (func (result externref))))' },
  'Structtype_ok:fields': { rule: 'Structtype_ok', wat: '(type $t (shared (struct (field i32 (mut anyref)))))' },
  'Arraytype_ok:elements': { rule: 'Arraytype_ok', wat: '(type $t (shared (array (ref null exn))))' },
  'Subtype_ok:share': {
    rule: 'Subtype_ok',
    wat: '(type $a (sub (struct))) (type $b (sub $a (shared (struct))))',
  },
  'Globaltype_ok:content': { rule: 'Globaltype_ok', wat: '(import "m" "g" (global $g (shared mut funcref)))' },
  'Globaltype_ok/thread_local:content': {
    rule: 'Globaltype_ok/thread_local',
    wat: '(global $g (thread_local mut funcref))',
  },
  'Globaltype_ok/thread_local:defaultable': {
    rule: 'Globaltype_ok/thread_local',
    wat: '(global $g (thread_local mut (ref (shared func))))',
  },
  'Tabletype_ok:elem': { rule: 'Tabletype_ok', wat: '(table $t shared 1 funcref)' },
  'Memtype_ok:max': { rule: 'Memtype_ok', wat: '(memory $m 1 shared)' },
  'Blocktype_ok:params': { rule: 'Blocktype_ok', wat: '(func $f shared (unreachable) (block (param funcref) (drop)))' },
  'Blocktype_ok:results': {
    rule: 'Blocktype_ok',
    wat: '(func $f shared (drop (block (result funcref) (unreachable))))',
  },
  'Func_ok:body': { rule: 'Instr_ok/ref.null', wat: '(func $f shared (drop (ref.null func)))' },
  'Func_ok:locals': { rule: 'Func_ok', wat: '(func $f shared (local $x funcref))' },
  'Global_ok:init': {
    rule: 'Instr_ok/global.get',
    wat: '(global $a i32 (i32.const 0)) (global $b (shared i32) (global.get $a))',
  },
  'Global_ok:thread-local': {
    rule: 'Instr_ok/global.get',
    wat: '(global $a (thread_local i32)) (global $b (shared i32) (global.get $a))',
  },
  'Global_ok/thread_local:init': {
    rule: 'Global_ok/thread_local',
    wat: '(global $g (thread_local mut i32) (i32.const 7))',
  },
  'Global_ok/thread_local:things': {
    rule: 'Instr_ok/global.get',
    wat: '(global $a i32 (i32.const 0)) (global $b (thread_local i32) (global.get $a))',
    readings: { 'thread-local-init': 'constant' },
  },
  'Global_ok/thread_local:allocation': {
    rule: 'Global_ok/thread_local',
    wat: '(type $s (shared (struct))) (global $b (thread_local mut (ref null $s)) (struct.new $s))',
    readings: { 'thread-local-init': 'non-allocating' },
  },
  'Table_ok:init': {
    rule: 'Instr_ok/global.get',
    wat: '(import "m" "g" (global $g (ref (shared func)))) (table $t shared 1 (ref (shared func)) (global.get $g))',
  },
  'Elem_ok:type': { rule: 'Elem_ok', wat: '(elem $e (shared funcref))' },
  'Elem_ok:items': {
    rule: 'Instr_ok/global.get',
    wat: '(import "m" "g" (global $g (ref (shared func)))) (elem $e (shared (ref (shared func))) (global.get $g))',
  },
  'Import_ok/shared:type': {
    rule: 'Import_ok/shared',
    wat: '(module $M shared (import "env" "log" (func $log (param i32))))',
  },
  'Export_ok/shared:type': { rule: 'Export_ok/shared', wat: '(module $M shared (memory $m (export "mem") 1))' },
};
