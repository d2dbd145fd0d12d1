import { describe, expect, test } from 'vitest';
import type { Response } from '../../../src/event/request.ts';
import { makeExec } from '../../../src/exec/executor.ts';
import type { ExecState } from '../../../src/exec/thread.ts';
import { callStart } from '../../../src/runtime/call-start.ts';
import type { Suspended } from '../../../src/runtime/executor.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import { func, i32, load } from './wat.ts';

/** What is in locals that no path reads before it writes them is no part of a thread's state. */

const exec = makeExec({ readings: DEFAULT_READINGS, fuel: 1000 });

const LOOPS = load(`(module (tag $e) (memory (export "mem") 1 1 shared)
  (func $byte (param i32) (result i32) (i32.atomic.load8_u (local.get 0)))
  (func (export "retry") (param $x i32) (result i32) (local $seen i32)
    (loop $again
      (local.set $seen (i32.atomic.load8_u (i32.const 0)))
      (br_if $again (i32.and (local.get $seen) (i32.const 1))))
    (local.get $seen))
  (func (export "last") (result i32) (local $seen i32)
    (loop $again
      (if (i32.atomic.load8_u (i32.const 0)) (then (local.set $seen (i32.atomic.load8_u (i32.const 1))) (br $again))))
    (local.get $seen))
  (func (export "calls") (result i32) (local $seen i32)
    (loop $again
      (local.set $seen (call $byte (i32.const 0)))
      (br_if $again (i32.and (local.get $seen) (i32.const 1))))
    (local.get $seen))
  (func (export "operand") (param $x i32) (result i32)
    (i32.atomic.rmw8.cmpxchg_u (i32.const 0) (local.get $x) (i32.add (local.get $x) (i32.const 1))))
  (func (export "catches") (param $x i32) (result i32)
    (block $caught (try_table (catch_all $caught) (drop (i32.atomic.load8_u (i32.const 0))) (throw $e)))
    (local.get $x))
  (func (export "branches") (param $x i32) (param $y i32) (result i32)
    (block $out
      (br_table $out 0 (i32.atomic.load8_u (i32.const 0))))
    (local.get $x))
  (func (export "after") (param $x i32) (result i32)
    (local.set $x (i32.atomic.load8_u (i32.const 0)))
    (local.get $x)))`);

function start(name: string, ...args: number[]): Suspended<ExecState> {
  return exec.start(callStart(func(LOOPS, name), args.map(i32), new Map()));
}

function resume({ state }: Suspended<ExecState>, ...bytes: number[]): Suspended<ExecState> {
  const [first = 0, ...rest] = bytes;
  const answer: Response = { kind: 'units', units: [first] };
  const next = exec.resume(state, answer);
  return rest.length === 0 ? next : resume(next, ...rest);
}

function same(a: Suspended<ExecState>, b: Suspended<ExecState>): boolean {
  const isSame = exec.sameState(a.state, b.state);
  if (isSame) expect(exec.stateHash(a.state)).toBe(exec.stateHash(b.state));
  return isSame;
}

describe('a local that is written before it is read', () => {
  test('does not tell rounds of a loop apart', () => {
    const first = start('retry', 0);
    expect(same(first, resume(first, 3))).toBe(true);
    expect(exec.completion(resume(first, 3, 5, 6).state).results).toEqual([i32(6)]);
  });

  test('nor in a caller', () => {
    const first = start('calls');
    expect(same(first, resume(first, 3))).toBe(true);
    expect(exec.completion(resume(first, 3, 6).state).results).toEqual([i32(6)]);
  });

  test('nor calls with arguments that are not used any more', () => {
    expect(same(start('after', 1), start('after', 2))).toBe(true);
    expect(same(start('branches', 1, 2), start('branches', 1, 3))).toBe(true);
  });
});

describe('a local that may be read', () => {
  test('tells states apart where the loop may end without writing it', () => {
    const first = start('last');
    expect(same(first, resume(first, 1, 7))).toBe(false);
    expect(exec.completion(resume(first, 1, 7, 0).state).results).toEqual([i32(7)]);
  });

  test('by the instruction that asks', () => {
    expect(same(start('operand', 1), start('operand', 2))).toBe(false);
  });

  test('where an exception goes on, or a branch', () => {
    expect(same(start('catches', 1), start('catches', 2))).toBe(false);
    expect(exec.completion(resume(start('catches', 4), 0).state).results).toEqual([i32(4)]);
    expect(same(start('branches', 1, 2), start('branches', 2, 2))).toBe(false);
    expect(exec.completion(resume(start('branches', 4, 5), 1).state).results).toEqual([i32(4)]);
  });
});
