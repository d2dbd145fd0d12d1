import { describe, expect, test } from 'vitest';
import type { Program } from '../../../src/runtime/program.ts';
import { observableOf } from '../../../src/litmus/observable.ts';
import { conditionReport } from '../../../src/report/condition-report.ts';
import { herdText } from '../../../src/report/herd-text.ts';
import { exploreProgram, program } from '../../support/explore-file.ts';

const SB = `(module $M shared
    (memory (export "mem") 1 1 shared)
    (func (export "t1") shared (result i32) (i32.store8 (i32.const 0) (i32.const 255)) (i32.load (i32.const 4)))
    (func (export "t2") shared (result i32) (i32.store (i32.const 4) (i32.const 1)) (i32.load8_s (i32.const 0)))
    (func (export "load") shared (result i32) (i32.load (i32.const 4))))
  (register "M")
  (thread $T1 (shared (module $M)) (invoke $M "t1"))
  (thread $T2 (shared (module $M)) (invoke $M "t2"))
  (wait $T1) (wait $T2)
  (invoke $M "load")`;

function answer(text: string, model = 'wasm', change: Partial<ReturnType<typeof exploreProgram>> = {}): string {
  const p: Program = program(text);
  const result = { ...exploreProgram(p, model), ...change };
  const [litmus] = p.litmus;
  const condition = litmus === undefined ? null : conditionReport(litmus, result);
  const facts = { seconds: 0.123, hash: 'abc', threads: [...observableOf(p).threads.keys()] };
  return herdText({ name: litmus?.name ?? 'test', source: p.source, result, condition }, facts);
}

/** The lines of an answer that begin with one of the words. */
function lines(text: string, ...words: string[]): string[] {
  return text.split('\n').filter((line) => words.some((word) => line.startsWith(word)));
}

describe('herdText', () => {
  test('an existential condition', () => {
    expect(answer(`${SB} (litmus "SB" (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0)))))`)).toBe(
      `Test SB Allowed
States 4
1:r0.0=0; 2:r0.0=-1;
1:r0.0=0; 2:r0.0=0;
1:r0.0=1; 2:r0.0=-1;
1:r0.0=1; 2:r0.0=0;
Ok
Witnesses
Positive: 1 Negative: 3
Condition exists (1:r0.0=0 /\\ 2:r0.0=0)
Observation SB Sometimes 1 3
Time SB 0.12
Hash=abc
`,
    );
  });

  test('a denied one counts witnesses for the whole condition, observations of the proposition', () => {
    const text = answer(`${SB} (litmus "S B" (not exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0)))))`);
    expect(lines(text, 'Test', 'Ok', 'No', 'Pos', 'Cond', 'Obs')).toEqual([
      'Test S_B Forbidden',
      'No',
      'Positive: 3 Negative: 1',
      'Condition ~exists (1:r0.0=0 /\\ 2:r0.0=0)',
      'Observation S_B Sometimes 1 3',
    ]);
  });

  test('a universal one, with shared state, negation and alternatives', () => {
    const condition =
      '(or (= M.mem+4:i32 (i32.const 1)) (not (and (= T1:0:0 (i32.const 7)) (= T2:0:0 (i32.const 0)))))';
    const text = answer(`${SB} (litmus "SB" (forall ${condition}))`, 'sc');
    expect(lines(text, 'Test', 'States', 'M', 'Ok', 'Pos', 'Cond', 'Obs')).toEqual([
      'Test SB Required',
      'States 3',
      'M.mem.i32[4]=1; 1:r0.0=0; 2:r0.0=-1;',
      'M.mem.i32[4]=1; 1:r0.0=1; 2:r0.0=-1;',
      'M.mem.i32[4]=1; 1:r0.0=1; 2:r0.0=0;',
      'Ok',
      'Positive: 3 Negative: 0',
      'Condition forall (M.mem.i32[4]=1 \\/ not (1:r0.0=7 /\\ 2:r0.0=0))',
      'Observation SB Always 3 0',
    ]);
  });

  test('without a condition all is shown, and nothing asked', () => {
    const text = answer(SB, 'sc');
    expect(text).toContain('0:r0.0=1; 1:r0.0=0; 2:r0.0=-1; M.mem.i32[4]=1;');
    expect(lines(text, 'Test', 'Cond')).toEqual(['Test test Required', 'Condition forall (true)']);
  });

  test('every state shows the same places: an action that did not return shows how it ended', () => {
    const script = `(module $M shared (memory (export "m") 1 1 shared)
        (func (export "w") shared (i32.store (i32.const 0) (i32.const 1)))
        (func (export "t") shared (result i32) (if (i32.load (i32.const 0)) (then (unreachable))) (i32.const 5)))
      (thread $A (shared (module $M)) (invoke $M "w"))
      (thread $B (shared (module $M)) (invoke $M "t"))`;
    expect(lines(answer(`${script} (litmus "t" (exists (trap B:0)))`), '2', 'Cond')).toEqual([
      '2:r0=trap.unreachable;',
      '2:r0=done;',
      'Condition exists (2:r0=trap.unreachable)',
    ]);
    expect(
      lines(answer(`${script} (litmus "t" (exists (and (= B:0:0 (i32.const 5)) (deadlock A:0))))`), '2', 'Cond'),
    ).toEqual([
      '2:r0.0=trap.unreachable; 1:r0=done;',
      '2:r0.0=5; 1:r0=done;',
      'Condition exists (2:r0.0=5 /\\ 1:r0=deadlock)',
    ]);
  });

  test('values that are no integers are names', () => {
    const values = answer(
      `(module $M shared (tag $e (param i32)) (func (export "f") (result i64 f32 f64 v128 (ref null (shared any)))
        (i64.const -5) (f32.const -1.5) (f64.const 0x1p-3) (v128.const i32x4 1 2 3 4) (ref.i31_shared (i32.const 3)))
        (func (export "n") shared (result (ref null (shared any))) (ref.null (shared any))))
      (invoke $M "f") (invoke $M "n")`.replace(' shared (tag $e (param i32))', ''),
    );
    expect(lines(values, '0')).toEqual([
      '0:r0.0=-5; 0:r0.1=f32.m0x1.8p0; 0:r0.2=f64.0x1pm3; 0:r0.3={0x00000001,0x00000002,0x00000003,0x00000004}; 0:r0.4=i31.3; 0:r1.0=null;',
    ]);
  });

  test('a bound is a cut-off loop, undefined behaviour a flag', () => {
    const test1 = `${SB} (litmus "SB" (exists (= T1:0:0 (i32.const 7))))`;
    expect(lines(answer(test1, 'wasm', { complete: false }), 'Loop')).toEqual(['Loop No']);
    const flags = [{ name: 'data-race', undefined: true }];
    expect(lines(answer(test1, 'wasm', { flags }), 'Undef', 'Flag')).toEqual(['Undef', 'Flag data-race']);
  });
});
