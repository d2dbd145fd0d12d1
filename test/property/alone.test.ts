import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import { makeExec } from '../../src/exec/executor.ts';
import { AnswerTrie } from '../../src/exec/answer-trie.ts';
import type { AloneOptions } from '../../src/explore/drf/alone.ts';
import { ThreadsAlone } from '../../src/explore/drf/alone.ts';
import { explored } from '../../src/explore/publication.ts';
import { mergedContinuations } from '../../src/explore/states/continuations.ts';
import { ThreadNames } from '../../src/explore/thread-names.ts';
import { landscape } from '../../src/explore/weak/landscape.ts';
import type { Shape, ShapeTable } from '../../src/explore/weak/shapes.ts';
import { findModel } from '../../src/model/catalogue.ts';
import { makeScriptMachine } from '../../src/runtime/script-machine.ts';
import { scriptMain } from '../../src/runtime/session.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { program } from '../support/explore-file.ts';
import { searchPrograms, tinyPrograms } from './generators/search-programs.ts';

/** What threads can write alone, by situations, has every write of the landscape of single histories; `WEFT_RUNS` multiplies the programs. */
const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);
const SEED = Number(process.env['WEFT_SEED'] ?? 20_261_127);
const executor = makeExec({ readings: DEFAULT_READINGS, fuel: 100_000 });
const COMMON = { readings: DEFAULT_READINGS, mixtures: 2_000 };

interface Writes {
  readonly bound: string | null;
  readonly shapes: ShapeTable;
}

function written({ shapes }: Writes): Set<string> {
  const key = ({ thread, region, content, order, forked, joined }: Shape): string =>
    [thread, region, content, order, [...forked].join('.'), [...joined].join('.')].join('|');
  return new Set(Array.from({ length: shapes.count }, (_, id) => key(shapes.get(id))));
}

/** The writes of a program by both; null if one of them reaches a bound. */
function both(text: string, modelName: string, more: Partial<AloneOptions> = {}): [Set<string>, Set<string>] | null {
  const { assumes } = known(findModel(modelName), modelName);
  const p = program(text);
  const machine = makeScriptMachine(explored(executor, DEFAULT_READINGS), p);
  const names = new ThreadNames();
  let polls = 0;
  const fine = landscape(new AnswerTrie(machine), scriptMain(p), names, {
    ...COMMON,
    assumes,
    nodes: 5_000,
    events: 60,
    returns: 4,
    shouldStop: () => ++polls > 2_000,
  });
  const options = { ...COMMON, assumes, effort: 60_000, rounds: 100, shouldStop: () => false, ...more };
  const coarse = new ThreadsAlone(mergedContinuations(machine), scriptMain(p), names, options);
  return fine.bound !== null || coarse.bound !== null ? null : [written(fine), written(coarse)];
}

describe('what threads can write alone', () => {
  test.each([
    ['search programs', 'wasm', searchPrograms, 150],
    ['search programs', 'js-repaired', searchPrograms, 40],
    ['tiny programs', 'wasm', tinyPrograms, 100],
  ] as const)('of %s under %s: at least what the landscape says', (_, model, programs, runs) => {
    let compared = 0;
    fc.assert(
      fc.property(programs, (text) => {
        const sets = both(text, model);
        if (sets === null) return;
        compared++;
        const [fine, coarse] = sets;
        expect([...fine].filter((write) => !coarse.has(write))).toEqual([]);
      }),
      { seed: SEED, numRuns: runs * RUNS, endOnFailure: RUNS > 1 },
    );
    if (RUNS > 1) process.stderr.write(`${model}: ${compared} of ${runs * RUNS} compared\n`);
    expect(compared).toBeGreaterThan((runs * RUNS) / 3);
  });

  test('mutant: where no values are passed on, writes are missing', () => {
    const text = `(module $M shared (memory (export "mem") 1 1 shared)
      (func (export "t0") shared (i32.store8 (i32.const 0) (i32.const 1)))
      (func (export "t1") shared (i32.store8 (i32.const 1) (i32.load8_u (i32.const 0))))
      (func (export "t2") shared (i32.store8 (i32.const 2) (i32.load8_u (i32.const 1)))))
      (register "M")
      (thread $T0 (shared (module $M)) (invoke $M "t0"))
      (thread $T1 (shared (module $M)) (invoke $M "t1"))
      (thread $T2 (shared (module $M)) (invoke $M "t2"))`;
    const missing = (rounds: number): number => {
      const [fine, coarse] = known(both(text, 'wasm', { rounds }) ?? undefined, 'writes');
      return [...fine].filter((write) => !coarse.has(write)).length;
    };
    expect(missing(1)).toBeGreaterThan(0);
    expect(missing(100)).toBe(0);
  });
});
