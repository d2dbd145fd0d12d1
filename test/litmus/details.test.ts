import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/litmus/condition.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { exploreProgram, outcomesOf, program, programOf } from '../support/explore-file.ts';

const library = new URL('../../models/litmus', import.meta.url).pathname;

describe('readings', () => {
  const inherit = { ...DEFAULT_READINGS, 'thread-local': 'inherit' } as const;

  test.each(['wasm', 'sc'])('thread-local=inherit: a forked thread has its parent’s value, under %s', (model) => {
    const p = programOf(join(library, 'thread-local/inherit.wast'), inherit);
    expect(outcomesOf(exploreProgram(p, model, { readings: inherit }), ['main:1:0'])).toEqual(['(5)']);
    expect(outcomesOf(exploreProgram(p, model), ['main:1:0'])).toEqual(['(0)']);
  });

  test('thread-local=inherit: the copies part after the fork', () => {
    const p = programOf(join(library, 'thread-local/own-copy.wast'), inherit);
    expect(outcomesOf(exploreProgram(p, 'wasm', { readings: inherit }), ['main:1:0', 'main:2:0'])).toEqual(['(5,5)']);
  });

  test('grow-failure=any: growth may fail below the maximum', () => {
    const p = program(
      '(module (memory 1 2) (func (export "g") (result i32) (memory.grow (i32.const 1)))) (invoke "g")',
    );
    const any = { ...DEFAULT_READINGS, 'grow-failure': 'any' } as const;
    for (const model of ['wasm', 'sc']) {
      expect(outcomesOf(exploreProgram(p, model), ['main:0:0'])).toEqual(['(1)']);
      expect(outcomesOf(exploreProgram(p, model, { readings: any }), ['main:0:0'])).toEqual(['(-1)', '(1)']);
    }
  });

  test('cmpxchg-failure=write-back: a failing compare-exchange hides the write that it read from', () => {
    const text = `(module $M shared
        (memory (export "mem") 1 1 shared)
        (func (export "cas") shared (result i32)
          (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 5) (i32.const 6)))
        (func (export "load") shared (result i32) (i32.load (i32.const 0))))
      (register "M")
      (thread $T1 (shared (module $M)) (invoke $M "cas"))
      (wait $T1)
      (invoke $M "load")`;
    const writeBack = { ...DEFAULT_READINGS, 'cmpxchg-failure': 'write-back' } as const;
    const writes = (readings: typeof DEFAULT_READINGS): number => {
      const [outcome] = exploreProgram(program(text, readings), 'wasm', { readings }).outcomes;
      return outcome?.witness?.execution.events.filter((e) => e.actions.some((a) => a.kind === 'rmw')).length ?? -1;
    };
    expect(writes(DEFAULT_READINGS)).toBe(0);
    expect(writes(writeBack)).toBe(1);
  });
});

describe('races', () => {
  test.each(['wasm', 'sc'])(
    'a parent’s plain store after the fork races with its child’s plain load, under %s',
    (model) => {
      const after = exploreProgram(programOf(join(library, 'fork/fork-races-after.wast')), model);
      expect(after.races.map((r) => r.locations)).toEqual([['$M.mem+0..3']]);
      expect(after.races[0]?.events.join(' ')).toMatch(/main.* i32\.store \(line 12\)/);
      expect(exploreProgram(programOf(join(library, 'fork/fork-sees-before.wast')), model).races).toEqual([]);
    },
  );

  test('a growth races with an access that its bounds check may or may not see', () => {
    const result = exploreProgram(programOf(join(library, 'oopsla19/Fig12.wast')), 'wasm');
    expect(result.races.flatMap((r) => r.locations)).toContain('M.mem.length');
  });

  test('sequentially consistent accesses of one range do not race, of overlapping ranges they do', () => {
    expect(exploreProgram(programOf(join(library, 'classic/SB+sc.wast')), 'wasm').races).toEqual([]);
    expect(exploreProgram(programOf(join(library, 'mixed-size/halves.wast')), 'wasm').races).not.toEqual([]);
  });
});

describe('deadlocks', () => {
  test.each(['wasm', 'sc'])('a lost wake-up is an outcome and is counted, under %s', (model) => {
    const p = programOf(join(library, 'wait-notify/lost-wake-up.wast'));
    const result = exploreProgram(p, model);
    expect(result.deadlocks).toBe(1);
    expect(outcomesOf(result, ['T1:0', 'T1:0:0', 'T2:0:0'])).toEqual(['(-,0,1)', '(deadlock,-,0)']);
  });

  test('an assertion that a deadlock keeps from being reached does not hold always', () => {
    const p = program(`(module $M (memory (export "m") 1 1 shared)
        (func (export "w") (result i32) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))
      (assert_return (invoke $M "w") (i32.const 0))`);
    const result = exploreProgram(p, 'wasm');
    expect(result.deadlocks).toBe(1);
    expect(result.assertions.map((a) => a.holds)).toEqual(['never']);
  });

  test.each(['wasm', 'sc'])('a spin that nothing can end is a deadlock, under %s', (model) => {
    const p = program(`(module $M shared (memory (export "m") 1 1 shared)
        (func (export "spin") shared (loop (br_if 0 (i32.eqz (i32.atomic.load (i32.const 0)))))))
      (invoke $M "spin")`);
    const result = exploreProgram(p, model);
    expect(result.deadlocks).toBe(1);
    expect(outcomesOf(result, ['main:0'])).toEqual(['(deadlock)']);
  });

  test.each(['wasm', 'sc'])(
    'a spin that another thread ends is none, one that it may have missed is, under %s',
    (model) => {
      const script = (then: string) => `(module $M shared (memory (export "m") 1 1 shared)
        (func (export "spin") shared (loop (br_if 0 (i32.eqz (i32.atomic.load (i32.const 0))))))
        (func (export "set") shared (i32.atomic.store (i32.const 0) (i32.const 1)) ${then}))
      (thread $T1 (shared (module $M)) (invoke $M "spin"))
      (thread $T2 (shared (module $M)) (invoke $M "set"))`;
      expect(exploreProgram(program(script('')), model).deadlocks).toBe(0);
      const missed = exploreProgram(program(script('(i32.atomic.store (i32.const 0) (i32.const 0))')), model);
      expect(missed.deadlocks).toBeGreaterThan(0);
      expect(outcomesOf(missed, ['T1:0'])).toEqual(['(-)', '(deadlock)']);
    },
  );
});

describe('traps', () => {
  test.each(['wasm', 'sc'])('a trap in a forked thread ends its parent at any point, under %s', (model) => {
    const result = exploreProgram(programOf(join(library, 'fork/trap-ends-all.wast')), model);
    expect(outcomesOf(result, ['main:0', 'main:0:0'])).toEqual(['(-,7)', '(trap: unreachable,-)']);
  });

  test('a trap in a script thread that never forked ends its action only', () => {
    const p = program(`(module $M shared (memory (export "m") 1 1 shared)
        (func (export "t") shared (unreachable)) (func (export "r") shared (result i32) (i32.const 1)))
      (thread $T1 (shared (module $M)) (invoke $M "t") (invoke $M "r"))
      (wait $T1)`);
    expect(outcomesOf(exploreProgram(p, 'wasm'), ['T1:0', 'T1:1:0'])).toEqual(['(trap: unreachable,1)']);
  });
});

describe('commands that fail', () => {
  test.each(['wasm', 'sc'])(
    'a module that cannot be linked is reported like a failing assertion, under %s',
    (model) => {
      const result = exploreProgram(program('(module (import "a" "b" (func)))'), model);
      expect(result.assertions).toMatchObject([{ holds: 'never', failure: expect.stringContaining('unknown import') }]);
    },
  );
});

describe('values', () => {
  test('shared state is shown as the main thread reads it: numbers of every type, vectors, references, lengths', () => {
    const p = program(`(module $M shared
        (memory (export "mem") 1 1 shared)
        (table (export "tab") shared 2 (ref null (shared any)))
        (global (export "g") (shared mut f64) (f64.const 0.5))
        (func (export "w") shared (i64.store (i32.const 0) (i64.const -2)) (i64.store (i32.const 8) (i64.const 0x3f80000000000001)))
        (func (export "r") shared (result i32 i32 i64 f32 v128 (ref null (shared any)) i32 i32 f64)
          (i32.load8_u (i32.const 0)) (i32.load16_s (i32.const 2)) (i64.load (i32.const 0)) (f32.load (i32.const 12))
          (v128.load (i32.const 0)) (table.get (i32.const 1)) (memory.size) (table.size) (global.get 0)))
      (register "M")
      (thread $T (shared (module $M)) (invoke $M "w"))
      (wait $T)
      (invoke $M "r")`);
    const shown = [...(exploreProgram(p, 'sc').outcomes[0]?.values ?? [])].filter(([key]) => key.startsWith('M.'));
    expect(shown.map(([key, value]) => `${key} = ${value}`)).toEqual([
      'M.mem+0:i8 = i32 254',
      'M.mem+2:i16 = i32 65535',
      'M.mem+0:i64 = i64 -2',
      'M.mem+12:f32 = f32 0x1p+0',
      'M.mem+0:v128 = v128 0xfffffffe 0xffffffff 0x00000001 0x3f800000',
      'M.tab+1:ref = ref.null',
      'M.mem.length:i32 = i32 1',
      'M.tab.length:i32 = i32 2',
      'M.g:f64 = f64 0x1p-1',
    ]);
  });

  test('load buffering with a copied value gives only 0', () => {
    const p = programOf(join(library, 'classic/LB+copy.wast'));
    const result = exploreProgram(p, 'wasm');
    expect(outcomesOf(result, ['T1:0:0', 'T2:0:0'])).toEqual(['(0,0)']);
    expect(p.litmus[0] && evaluate(p.litmus[0], result.outcomes).holds).toBe(true);
  });
});
