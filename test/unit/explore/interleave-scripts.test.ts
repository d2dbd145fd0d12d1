import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CORPORA, hasCorpora, scriptsIn } from '../../support/corpora.ts';
import { exploreProgram, outcomesOf, program, programOf } from '../../support/explore-file.ts';

const FOLDER = join(CORPORA, 'threads/core/threads');
const WORDS = ['mem.shared+24:i32', 'mem.shared+32:i32'];

describe.runIf(hasCorpora())('the threads suite under sc', () => {
  const scripts = scriptsIn('threads/core/threads').map((path) => basename(path));

  test('has its 13 scripts', () => {
    expect(scripts.length).toBe(13);
  });

  test.each(scripts)('%s: every assertion holds in every execution', (name) => {
    const result = exploreProgram(programOf(join(FOLDER, name)), 'sc', { strategy: 'interleavings' });
    expect(result.complete).toBe(true);
    expect(result.executions).toBeGreaterThan(0);
    expect(result.duplicates).toBe(0);
    expect(result.deadlocks).toBe(0);
    expect(result.assertions.filter(({ holds }) => holds !== 'always')).toEqual([]);
  });

  test.each([
    ['MP', ['0,0', '0,42', '1,42']],
    ['MP_atomic', ['0,0', '0,42', '1,42']],
    ['SB', ['0,1', '1,0', '1,1']],
    ['SB_atomic', ['0,1', '1,0', '1,1']],
    ['LB', ['0,0', '0,1', '1,0']],
    ['LB_atomic', ['0,0', '0,1', '1,0']],
  ])('%s has exactly its outcomes', (name, expected) => {
    const p = programOf(join(FOLDER, `${name}.wast`));
    for (const strategy of ['interleavings', 'all-interleavings'] as const) {
      const result = exploreProgram(p, 'sc', { strategy });
      const pairs = result.outcomes.map(({ values }) =>
        WORDS.map((word) => values.get(word)?.replace('i32 ', '')).join(),
      );
      expect(pairs.sort()).toEqual(expected);
      expect(outcomesOf(result, WORDS).length).toBe(expected.length);
    }
  });

  test.each(['MP.wast', 'wait_notify.wast', 'thread.wast', 'nested.wast'])(
    '%s: the plain search finds the same executions, many times',
    (name) => {
      const p = programOf(join(FOLDER, name));
      const reduced = exploreProgram(p, 'sc', { strategy: 'interleavings' });
      const plain = exploreProgram(p, 'sc', { strategy: 'all-interleavings' });
      expect(plain.outcomes.map(({ values, executions }) => [[...values], executions])).toEqual(
        reduced.outcomes.map(({ values, executions }) => [[...values], executions]),
      );
      expect(plain.executions).toBe(reduced.executions);
      expect(plain.duplicates).toBeGreaterThan(0);
      expect(plain.races.map(({ events }) => [...events].sort().join(' ~ ')).sort()).toEqual(
        reduced.races.map(({ events }) => [...events].sort().join(' ~ ')).sort(),
      );
    },
  );
});

describe('scripts under sc', () => {
  const spinner = (writes: string): string => `
    (module $M (memory (export "shared") 1 1 shared)) (register "mem")
    (thread $T1 (shared (module $M)) (register "mem" $M)
      (module (memory (import "mem" "shared") 1 1 shared)
        (func (export "run") (loop (br_if 0 (i32.eqz (i32.atomic.load (i32.const 0)))))))
      (invoke "run"))
    (thread $T2 (shared (module $M)) (register "mem" $M)
      (module (memory (import "mem" "shared") 1 1 shared) (func (export "run") ${writes}))
      (invoke "run"))
    (wait $T1) (wait $T2)`;

  test('a loop that waits for a write ends', () => {
    const result = exploreProgram(program(spinner('(i32.atomic.store (i32.const 0) (i32.const 1))')), 'sc');
    expect(result).toMatchObject({ complete: true, executions: 1, deadlocks: 0 });
    expect(result.blocked).toBeGreaterThan(0);
  });

  test('a loop that waits for a write that never comes is a deadlock', () => {
    const result = exploreProgram(program(spinner('(nop)')), 'sc');
    expect(result).toMatchObject({ complete: true, executions: 1, deadlocks: 1 });
    expect(result.outcomes[0]?.values.get('T1:0')).toBe('deadlock');
  });
});
