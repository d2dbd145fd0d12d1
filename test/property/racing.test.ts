import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import { makeExec } from '../../src/exec/executor.ts';
import { RACING } from '../../src/explore/bounds.ts';
import { explore } from '../../src/explore/explore.ts';
import type { ExploreOptions } from '../../src/explore/explore.ts';
import { readReplay } from '../../src/explore/replay/read.ts';
import { replay } from '../../src/explore/replay/replay.ts';
import { replayFileOf } from '../../src/explore/replay/write.ts';
import type { ExploreResult, Witness } from '../../src/explore/result.ts';
import { WHOLE } from '../../src/explore/task.ts';
import { findModel } from '../../src/model/catalogue.ts';
import type { Program } from '../../src/runtime/program.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { outcomesOf } from '../support/by-drf.ts';
import { exploreProgram, program } from '../support/explore-file.ts';
import { FAMILIES, programs } from './generators/programs.ts';

/** Programs with a race whose weak executions are too many: told is what their interleavings show, and what was found of the others. */

/** Programs of each family; multiplied by WEFT_RUNS. */
const RUNS = 2 * Number(process.env['WEFT_RUNS'] ?? 1);
const executor = makeExec({ readings: DEFAULT_READINGS, fuel: 100_000 });
const wasm = known(findModel('wasm'), 'wasm');
const SO_FAR = 'so far';

/** The search for weak executions in parts: it is stopped when it was asked so often. */
function untilAsked(most: number): NonNullable<ExploreOptions['divide']> {
  return (search) => {
    let asked = 0;
    const { tally, rest, names } = search.part(WHOLE, [], () => ++asked > most);
    return search.result({ tally, rest, names }, rest.length === 0 ? null : { bound: SO_FAR });
  };
}

const nothing: NonNullable<ExploreOptions['divide']> = (search) =>
  search.result({ ...search.part(WHOLE, [], () => true), rest: [WHOLE] }, { bound: SO_FAR });

function explored(p: Program, options: Partial<ExploreOptions>): ExploreResult {
  return explore(p, executor, {
    model: wasm,
    strategy: 'drf',
    readings: DEFAULT_READINGS,
    bounds: { executions: 1_000_000, events: 2_000, returns: 5, milliseconds: null },
    shouldStop: () => false,
    onProgress: () => {},
    ...options,
  });
}

function isRepeated(p: Program, witness: Witness): boolean {
  const header = { program: { name: 'test', digest: '' }, source: p.source, model: 'wasm', readings: DEFAULT_READINGS };
  const file = readReplay(JSON.stringify(replayFileOf(witness, { ...header, finding: null, outcome: null })));
  if (!file.ok || !('events' in file.value)) return false;
  const again = replay(p, executor, wasm, DEFAULT_READINGS, file.value);
  return again.kind === 'done';
}

const BUFFERS = `(module $M shared (memory (export "mem") 1 1 shared)
  (func (export "t0") shared (result i32) (i32.store (i32.const 0) (i32.const 1)) (i32.load (i32.const 4)))
  (func (export "t1") shared (result i32) (i32.store (i32.const 4) (i32.const 1)) (i32.load (i32.const 0))))
(register "M")
(thread $T0 (shared (module $M)) (assert_return (invoke $M "t0") (i32.const 1)))
(thread $T1 (shared (module $M)) (invoke $M "t1"))
(wait $T0) (wait $T1)`;

describe('a program with a race', () => {
  test('its interleavings are told, and the race, where the search for others found nothing until its bound', () => {
    const p = program(BUFFERS);
    const result = explored(p, { divide: nothing });
    const sc = exploreProgram(p, 'sc', { strategy: 'states' });
    expect(result.bound).toBe(`${SO_FAR}; all sequentially consistent executions were found, but not all others`);
    expect(result).toMatchObject({ complete: false, executions: 3, method: { strategy: 'axioms', drf: false } });
    expect(outcomesOf(result)).toEqual(outcomesOf(sc));
    expect(result.races.length).toBe(2);
    expect(result.findings.map(({ kind, key }) => [kind, key])).toEqual(
      sc.findings.map(({ kind, key }) => [kind, key]),
    );
    expect(result.assertions.map(({ holds }) => holds)).toEqual(['sometimes']);
  });

  test('what it found of others is told as well, each finding with its outcome', () => {
    const p = program(BUFFERS);
    const all = exploreProgram(p, 'wasm', { strategy: 'axioms' });
    for (let asked = 0; ; asked++) {
      const result = explored(p, { divide: untilAsked(asked) });
      expect(outcomesOf(all)).toEqual(expect.arrayContaining(outcomesOf(result)));
      for (const { kind, outcome } of result.findings) {
        if (kind !== 'assertion') continue;
        expect(result.outcomes[known(outcome, 'outcome')]?.values.get('T0:0:0')).toBe('i32 0');
      }
      if (!result.complete) continue;
      expect(result).toMatchObject({ executions: 4, bound: null, method: { states: null } });
      break;
    }
  });

  test('it is so as well where the parts were explored before', () => {
    const p = program(BUFFERS);
    const once = explored(p, { divide: nothing });
    const again = explored(p, { divide: nothing, divided: 'axioms', strategy: 'auto', shouldStop: () => true });
    expect(again).toMatchObject({ bound: once.bound, executions: once.executions, races: once.races });
    expect(outcomesOf(again)).toEqual(outcomesOf(once));
  });

  test('what was not looked at is said where its interleavings alone are told', () => {
    const result = explored(program(BUFFERS), { bounds: { executions: 3, events: 9, returns: 5, milliseconds: null } });
    expect(result.complete).toBe(false);
    expect(result.bound).toContain('more than 3 executions');
    expect(RACING).toContain('data race');
  });

  test.each(Object.entries(FAMILIES))('%s: all that is told is of the model, and can be repeated', (_, family) => {
    fc.assert(
      fc.property(programs(family), fc.integer({ min: 0, max: 40 }), (text, asked) => {
        const p = program(text);
        const result = explored(p, { divide: untilAsked(asked) });
        const all = exploreProgram(p, 'wasm', { strategy: 'axioms' });
        if (!all.complete) return;
        const outcomes = outcomesOf(result);
        expect(outcomesOf(all)).toEqual(expect.arrayContaining(outcomes));
        if (result.complete) expect(outcomes).toEqual(outcomesOf(all));
        else
          expect(outcomes).toEqual(expect.arrayContaining(outcomesOf(exploreProgram(p, 'sc', { strategy: 'states' }))));
        const kinds = new Set(all.findings.map(({ kind }) => kind));
        for (const { kind, witness, outcome, key } of result.findings) {
          expect(kinds.has(kind), key).toBe(true);
          expect(outcome === null || outcome < result.outcomes.length).toBe(true);
          if (witness !== null) expect(isRepeated(p, witness)).toBe(true);
        }
      }),
      { numRuns: RUNS, seed: 11 },
    );
  });
});
