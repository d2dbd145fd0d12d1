import { describe, expect, test } from 'vitest';
import type { Readings } from '../../src/syntax/readings.ts';
import { matchDefType, matchGlobalType, matchHeapType, matchMemType, matchTableType } from '../../src/valid/match.ts';
import { PREMISES, type Premises, SHARING_PREMISES, type SharingPremise } from '../../src/valid/premises.ts';
import { errorsOf } from '../unit/valid/check-wat.ts';
import { abstract, func, global, memory, ref, table } from '../unit/valid/match-cases.ts';

/**
 * Every sharing premise, dropped, lets a module (or an import) through that all the premises together refuse. So each is there,
 * and the test that bears its name catches the checker that forgets it.
 */

interface Mutant {
  readonly rule: string;
  readonly wat: string;
  readonly readings?: Partial<Readings>;
}

const MEM = '(memory $m 1)';

const MUTANTS: Partial<Record<SharingPremise, Mutant>> = {
  'Heaptype_ok:abstract': { rule: 'Functype_ok', wat: '(type $t (shared (func (param (ref null func)))))' },
  'Heaptype_ok:defined': {
    rule: 'Functype_ok',
    wat: '(type $u (func)) (type $t (shared (func (param (ref null $u)))))',
  },
  'Functype_ok:params': { rule: 'Functype_ok', wat: '(type $t (shared (func (param i32 externref))))' },
  'Functype_ok:results': { rule: 'Functype_ok', wat: '(type $t (shared (func (result externref))))' },
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
  'Import_ok/shared:type': {
    rule: 'Import_ok/shared',
    wat: '(module $M shared (import "env" "log" (func $log (param i32))))',
  },
  'Export_ok/shared:type': { rule: 'Export_ok/shared', wat: '(module $M shared (memory $m (export "mem") 1))' },
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
    rule: 'Instr_ok/atomic.load',
    wat: `${MEM} (func $f (drop (i32.atomic.load (i32.const 0))))`,
    readings: { 'unshared-atomics': 'reject' },
  },
};

/** Matches that only linking makes; no module's text has them. */
const MATCHES: Partial<Record<SharingPremise, (premises: Premises) => boolean>> = {
  'Heaptype_sub:share': (premises) => matchHeapType(abstract('func', 'shared'), abstract('func'), premises),
  'Deftype_sub:share': (premises) => matchDefType(func(['i32']), func(['i32'], 'shared'), premises),
  'Globaltype_sub:share': (premises) =>
    matchGlobalType(global('unshared', true, 'i32'), global('shared', true, 'i32'), premises),
  'Memtype_sub:share': (premises) => matchMemType(memory('unshared'), memory('shared'), premises),
  'Tabletype_sub:share': (premises) => {
    const elem = ref(abstract('func', 'shared'));
    return matchTableType(table('unshared', elem), table('shared', elem), premises);
  },
};

function without(premise: SharingPremise): Premises {
  return new Set([...SHARING_PREMISES].filter((p) => p !== premise));
}

describe('a checker less one sharing premise', () => {
  test.each(Object.entries(MUTANTS) as [SharingPremise, Mutant][])(
    '%s is caught: $wat',
    (premise, { rule, wat, readings }) => {
      expect(errorsOf(wat, readings).map((d) => d.rule)).toEqual([rule]);
      expect(errorsOf(wat, readings, without(premise))).toEqual([]);
    },
  );

  test.each(Object.entries(MATCHES) as [SharingPremise, (premises: Premises) => boolean][])(
    '%s is caught',
    (premise, match) => {
      expect(match(SHARING_PREMISES)).toBe(false);
      expect(match(without(premise))).toBe(true);
    },
  );

  test('a heap type of the wrong share is refused where an operand is wanted, by Heaptype_sub:share alone', () => {
    const wat = '(func (param (ref null (shared func))) (local funcref) (local.set 1 (local.get 0)))';
    expect(errorsOf(wat).map((d) => d.rule)).toEqual(['Instr_ok/local.set']);
    expect(errorsOf(wat, {}, without('Heaptype_sub:share'))).toEqual([]);
  });

  test('covers every premise', () => {
    expect([...Object.keys(MUTANTS), ...Object.keys(MATCHES)].toSorted()).toEqual(Object.keys(PREMISES).toSorted());
  });

  test.each(Object.entries(MUTANTS) as [SharingPremise, Mutant][])(
    '%s is explained by a chain from the shared thing',
    (_, { wat, readings }) => {
      const [error] = errorsOf(wat, readings);
      expect(error?.because?.length).toBeGreaterThanOrEqual(2);
      expect(error?.because?.[0]).toMatch(/shared|thread/);
    },
  );
});
