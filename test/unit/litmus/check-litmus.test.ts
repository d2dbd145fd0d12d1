import { describe, expect, test } from 'vitest';
import { Source } from '../../../src/base/span.ts';
import { unknownModels, unobserved } from '../../../src/litmus/check-litmus.ts';
import { loadProgram } from '../../../src/litmus/load.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import { exploreProgram, program } from '../../support/explore-file.ts';

const SCRIPT = `(module $M shared
    (memory (export "mem") 1 1 shared)
    (global (export "g") (shared mut i64) (i64.const 0))
    (func (export "f") shared (result i32 f32) (i32.load (i32.const 0)) (f32.const 0))
    (func (export "r") shared (result (ref null (shared any))) (ref.null (shared any)))
    (func (export "load") shared (result i32) (i32.load (i32.const 4))))
  (register "M")
  (module $N (memory (export "mem") 1) (func (export "load") (result i32) (i32.load (i32.const 0))))
  (thread $T1 (shared (module $M)) (invoke $M "f") (thread $T2 (shared (module $M)) (invoke $M "r")))
  (wait $T1)
  (assert_return (invoke $M "load") (i32.const 0))
  (get $M "g")
  (invoke $N "load")`;

/** What is said of a litmus test, with the text at the place. */
function complaints(test: string): string[] {
  const source = new Source('t.wast', `${SCRIPT}\n(litmus "t" ${test})`);
  const loaded = loadProgram(source, DEFAULT_READINGS);
  if (loaded.ok) return [];
  return loaded.error.map(({ rule, message, at }) => `${rule} ${message} @${source.text.slice(at.start, at.end)}`);
}

describe('Litmus/observation', () => {
  test.each([
    '(exists (and (= T1:0:0 (i32.const 0)) (= T1:0:1 (f32.const 0)) (trap T1:0) (deadlock T1/T2:0) (exception main:2)))',
    '(exists (and (= T1/T2:0:0 (ref.null)) (= main:0:0 (i32.const 0)) (= main:1:0 (i64.const 0)) (= main:2:0 (i32.const 0))))',
    '(exists (and (= M.mem+4:i32 (i32.const 0)) (= M.g:i64 (i64.const 0)) (= M.mem+0:v128 (v128.const i32x4 0 0 0 0))))',
  ])('accepts %s', (text) => {
    expect(complaints(text)).toEqual([]);
  });

  test.each([
    ['(= T2:0:0 (ref.null))', 'T2:0:0 is never observed: there is no thread T2, only main, T1, T1/T2'],
    ['(= T1:1:0 (i32.const 0))', 'T1:1:0 is never observed: thread T1 has 1 action, counted from 0'],
    ['(= T1:0:2 (i32.const 0))', 'T1:0:2 is never observed: action 0 of thread T1, invoke "f", has 2 results'],
    ['(= T1:0:0 (i64.const 0))', 'T1:0:0 has type i32, and is compared with a value of type i64'],
    ['(= T1/T2:0:0 (i32.const 0))', 'T1/T2:0:0 has type ref, and is compared with a value of type i32'],
    ['(= main:1:0 (i32.const 0))', 'main:1:0 has type i64, and is compared with a value of type i32'],
    ['(= M.g:i64 (i32.const 0))', 'M.g:i64 has type i64, and is compared with a value of type i32'],
    ['(= T1:0 (i32.const 0))', 'T1:0 is how an action ends; its first result is T1:0:0'],
    ['(trap T1:0:0)', 'T1:0:0 is a result, which has a value; how the action ends is observed at T1:0'],
    ['(deadlock M.g:i64)', 'M.g:i64 is shared state, which has a value; how an action ends is observed at T:k'],
    [
      '(= M.mem (i32.const 0))',
      'M.mem is no observation; these are T:k:i (result i of action k of thread T), T:k (how it ended) and OBJECT+OFFSET:TYPE',
    ],
  ])('rejects %s', (fact, message) => {
    expect(complaints(`(forall (not ${fact}))`)).toEqual([`Litmus/observation ${message} @${fact}`]);
    expect(complaints(`(exists (and)) (outcomes "sc" (outcome ${fact}))`)).toHaveLength(1);
  });
});

describe('expectations', () => {
  test('Litmus/verdict rejects a second verdict for one model, Litmus/outcomes a second set', () => {
    expect(
      complaints('(exists (and)) (verdict "sc" allowed) (verdict "wasm" allowed) (verdict "sc" allowed "again")'),
    ).toEqual(['Litmus/verdict a second verdict for model "sc" @(verdict "sc" allowed "again")']);
    expect(complaints('(exists (and)) (outcomes "sc" (outcome)) (outcomes "sc" (outcome (trap T1:0)))')).toEqual([
      'Litmus/outcomes a second set of outcomes for model "sc" @(outcomes "sc" (outcome (trap T1:0)))',
    ]);
  });

  test('Litmus/outcomes rejects an observation twice in an outcome, and an outcome twice in a set', () => {
    expect(
      complaints('(exists (and)) (outcomes "sc" (outcome (= T1:0:0 (i32.const 0)) (= T1:0:0 (i32.const 1))))'),
    ).toEqual(['Litmus/outcomes T1:0:0 stands twice in one outcome @(= T1:0:0 (i32.const 1))']);
    expect(
      complaints(
        '(exists (and)) (outcomes "sc" (outcome (trap T1:0) (deadlock main:0)) (outcome (deadlock main:0) (trap T1:0)))',
      ),
    ).toEqual(['Litmus/outcomes this outcome stands twice in the set @(outcome (deadlock main:0) (trap T1:0))']);
  });

  test('Litmus/model rejects a model that is not known', () => {
    const p = program(
      `${SCRIPT} (litmus "t" (exists (and)) (verdict "sc" allowed) (verdict "cs" allowed) (outcomes "x" (outcome)))`,
    );
    expect(unknownModels(p, ['sc', 'wasm']).map(({ message }) => message)).toEqual([
      'unknown model "cs"; there are: sc, wasm',
      'unknown model "x"; there are: sc, wasm',
    ]);
  });
});

describe('shared state that no execution shows', () => {
  const said = (fact: string): readonly string[] => {
    const p = program(`${SCRIPT} (litmus "t" (exists ${fact}))`);
    return unobserved(p, [exploreProgram(p, 'wasm'), exploreProgram(p, 'sc')]).map(({ message }) => message);
  };

  test.each([
    ['(= M.mem+4:i32 (i32.const 7))', []],
    ['(= M.mem+0:i32 (i32.const 7))', ['M.mem+0:i32 is never observed: what is observed of M.mem is M.mem+4:i32']],
    ['(= M.mem+4:i64 (i64.const 7))', ['M.mem+4:i64 is never observed: what is observed of M.mem is M.mem+4:i32']],
    [
      '(= $N.mem+0:i32 (i32.const 7))',
      [
        '$N.mem+0:i32 is never observed: $N.mem is not shared (only shared state that the main thread reads after its first wait is observed)',
      ],
    ],
    [
      '(= M.men+4:i32 (i32.const 7))',
      [
        'M.men+4:i32 is never observed: the main thread knows no memory, table or global M.men; observed are M.mem+4:i32, M.g:i64',
      ],
    ],
  ])('%s', (fact, messages) => {
    expect(said(fact)).toEqual(messages);
  });

  test('where a bound was reached, nothing is said', () => {
    const p = program(`${SCRIPT} (litmus "t" (exists (= M.men+4:i32 (i32.const 7))))`);
    expect(unobserved(p, [{ ...exploreProgram(p, 'sc'), complete: false }])).toEqual([]);
    expect(unobserved(p, [])).toEqual([]);
  });
});
