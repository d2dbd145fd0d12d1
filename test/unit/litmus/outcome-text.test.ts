import { describe, expect, test } from 'vitest';
import { printCondition } from '../../../src/litmus/condition.ts';
import { impossibleFacts, parseOutcome } from '../../../src/litmus/outcome-text.ts';
import { exploreProgram, program } from '../../support/explore-file.ts';

const p = program(`(module $M shared
    (memory (export "mem") 1 1 shared)
    (tag $e (export "e") shared)
    (func (export "f") shared (result i32 i64 f32 f64)
      (i32.load (i32.const 0)) (i64.const 5) (f32.const 1.5) (f64.const -0.25))
    (func (export "v") shared (result v128 i32) (v128.const i32x4 1 2 3 -1) (i32.const 0))
    (func (export "r") shared (result (ref null (shared i31))) (ref.i31_shared (i32.const 3)))
    (func (export "w") shared (i32.store (i32.const 0) (i32.const 1)) unreachable)
    (func (export "load") shared (result i32) (i32.load (i32.const 0))))
  (register "M")
  (thread $T1 (shared (module $M)) (invoke $M "f") (invoke $M "v") (invoke $M "r"))
  (thread $T2 (shared (module $M)) (invoke $M "w"))
  (wait $T1)
  (invoke $M "load")`);

function parsed(text: string): string {
  const result = parseOutcome(text, p);
  return result.ok ? printCondition(result.value) : result.error;
}

describe('parseOutcome', () => {
  test.each([
    ['T1:0:0=0', '(= T1:0:0 (i32.const 0))'],
    ['T1:0:0 = i32 0x10; T1:0:1 = 7', '(and (= T1:0:0 (i32.const 16)) (= T1:0:1 (i64.const 7)))'],
    ['T1:0:2=1.5,T1:0:3=f64 -0x1p-2', '(and (= T1:0:2 (f32.const 0x1.8p+0)) (= T1:0:3 (f64.const -0x1p-2)))'],
    ['T1:1:0 = v128 0x1 0x2 0x3 -1', '(= T1:1:0 (v128.const i32x4 0x00000001 0x00000002 0x00000003 0xffffffff))'],
    ['T1:2:0 = ref.i31 3', '(= T1:2:0 (ref.i31 3))'],
    ['T1:2:0=ref.null', '(= T1:2:0 (ref.null))'],
    ['T2:0 = trap: unreachable', '(trap T2:0 "unreachable")'],
    ['T2:0=trap, T1:0=deadlock', '(and (trap T2:0) (deadlock T1:0))'],
    [
      'T2:0 = exception (i32 1, i64 2); T2:0=exception',
      '(and (exception T2:0 (i32.const 1) (i64.const 2)) (exception T2:0))',
    ],
    ['M.mem+0:i32=1', '(= M.mem+0:i32 (i32.const 1))'],
    [' (or (= T1:0:0 (i32.const 0)) (not (trap T2:0)))', '(or (= T1:0:0 (i32.const 0)) (not (trap T2:0)))'],
  ])('%s', (text, condition) => {
    expect(parsed(text)).toBe(condition);
  });

  test.each([
    ['T3:0:0=0', 'T3:0:0 is never observed: there is no thread T3, only main, T1, T2'],
    ['T1:3:0=0', 'T1:3:0 is never observed: thread T1 has 3 actions, counted from 0'],
    ['T1:0:4=0', 'T1:0:4 is never observed: action 0 of thread T1, invoke "f", has 4 results'],
    ['T2:0:0=0', 'T2:0:0 is never observed: action 0 of thread T2, invoke "w", has no results'],
    ['T1:0:0=i64 0', 'T1:0:0 has type i32, and is compared with a value of type i64'],
    ['T1:0:0=one', 'T1:0:0=one: "one" is no value of type i32'],
    ['T1:0:0=4294967296', 'T1:0:0=4294967296: "4294967296" is no value of type i32'],
    ['T1:2:0=3', 'T1:2:0=3: "3" is no value of type ref'],
    ['T1:0=0', 'T1:0 is how an action ends: trap, exception or deadlock; its first result is T1:0:0'],
    ['T1:0:0=trap', 'T1:0:0 is a result, which has a value; how the action ends is observed at T1:0'],
    ['M.mem+0:i64=trap', 'M.mem+0:i64 is shared state, which has a value; how an action ends is observed at T:k'],
    [
      'M.mem=1',
      'M.mem is no observation; these are T:k:i (result i of action k of thread T), T:k (how it ended) and OBJECT+OFFSET:TYPE',
    ],
    ['T1:0:0', 'T1:0:0 is no fact; one is OBSERVATION=VALUE'],
    ['', 'the outcome has no fact; one is OBSERVATION=VALUE'],
    ['(= T1:0:0 0)', '"(= T1:0:0 0)" is no condition: unexpected token 0'],
  ])('%s: %s', (text, error) => {
    expect(parsed(text)).toBe(error);
  });
});

describe('impossibleFacts', () => {
  const { outcomes } = exploreProgram(p, 'wasm');
  const impossible = (text: string): readonly string[] => {
    const condition = parseOutcome(text, p);
    if (!condition.ok) throw new Error(condition.error);
    return impossibleFacts(condition.value, outcomes, p);
  };

  test('are none of those that some outcome shows', () => {
    expect(impossible('T1:0:0=0, T1:0:0=1, T2:0=trap, M.mem+0:i32=1, T1:2:0=ref.i31 3')).toEqual([]);
  });

  test('say what is shown instead', () => {
    expect(impossible('T1:0:0=2; T1:1=deadlock')).toEqual([
      'no execution has T1:0:0 = i32 2: it is i32 0 or i32 1',
      'no execution has T1:1 = deadlock: it is never observed',
    ]);
    expect(impossible('M.mem+4:i32=0')).toEqual([
      'M.mem+4:i32 is never observed: what is observed of M.mem is M.mem+0:i32',
    ]);
    expect(impossible('N.mem+4:i32=0')).toEqual([
      'N.mem+4:i32 is never observed: the main thread knows no memory, table or global N.mem; observed are M.mem+0:i32',
    ]);
  });
});
