import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import { makeExec } from '../../src/exec/executor.ts';
import type { DivisibleStrategy, Progressed } from '../../src/explore/divide.ts';
import { DividedSearch } from '../../src/explore/divide.ts';
import type { ExploreOptions } from '../../src/explore/explore.ts';
import { explore } from '../../src/explore/explore.ts';
import type { ExploreResult, Witness } from '../../src/explore/result.ts';
import { absorb, emptyTally } from '../../src/explore/tally.ts';
import { WHOLE } from '../../src/explore/task.ts';
import type { Task } from '../../src/explore/task.ts';
import { progressedFromText, progressedText } from '../../src/explore/tally-text.ts';
import { findModel } from '../../src/model/catalogue.ts';
import type { Program } from '../../src/runtime/program.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { program } from '../support/explore-file.ts';
import { searchPrograms, tinyPrograms } from './generators/search-programs.ts';

/** Searches in parts say what one search says. `WEFT_RUNS` multiplies the programs, `WEFT_SEED` draws others. */
const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);
const SEED = Number(process.env['WEFT_SEED'] ?? 20_261_127);
/** Programs whose search asks more often whether to stop are left out. */
const POLLS = 1_500;
const executor = makeExec({ readings: DEFAULT_READINGS, fuel: 100_000 });

function optionsOf(model: string, strategy: DivisibleStrategy, shouldStop: () => boolean): ExploreOptions {
  return {
    model: known(findModel(model), model),
    strategy,
    readings: DEFAULT_READINGS,
    bounds: { executions: Infinity, events: 60, returns: 4, milliseconds: null },
    // More than there are branches, and not a whole number of them.
    sample: { seed: 1, runs: 150, depth: 2, only: null },
    shouldStop,
    onProgress: () => {},
  };
}

/** In one go; null if it takes too long. */
function whole(p: Program, model: string, strategy: DivisibleStrategy): ExploreResult | null {
  let polls = 0;
  const result = explore(
    p,
    executor,
    optionsOf(model, strategy, () => ++polls > POLLS),
  );
  return polls > POLLS ? null : result;
}

interface Cuts {
  /** How long each part is. */
  readonly lengths: readonly number[];
  /** Which of the tasks is next. */
  readonly picks: readonly number[];
  /** After how many parts the search is written down, read again and gone on with by another. */
  readonly lives: readonly number[];
}

const cuts: fc.Arbitrary<Cuts> = fc.record({
  lengths: fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 8 }),
  picks: fc.array(fc.nat(1_000), { minLength: 1, maxLength: 8 }),
  lives: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
});

/** In parts, in any order. */
function inParts(
  p: Program,
  model: string,
  strategy: DivisibleStrategy,
  { lengths, picks, lives }: Cuts,
): ExploreResult {
  const options = optionsOf(model, strategy, () => false);
  const begin = () => new DividedSearch(p, executor, options, strategy);
  let search = begin();
  let all: Progressed = { tally: emptyTally(), rest: [WHOLE], names: [] };
  let life = 0;
  for (let step = 0; all.rest.length > 0; step++) {
    expect(all.rest.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThan(1 + 1e-9);
    const rest = [...all.rest];
    const [task] = rest.splice(at(picks, step) % rest.length, 1) as [Task];
    let polls = 0;
    const length = at(lengths, step);
    const part = search.part(task, all.names, () => ++polls > length);
    absorb(all.tally, part.tally);
    all = { tally: all.tally, rest: [...rest, ...part.rest], names: part.names };
    if (step % 7 === 3) all.tally.kept = [...search.needed(all)];
    if (++life < at(lives, step)) continue;
    life = 0;
    all = progressedFromText(progressedText(all));
    search = begin();
  }
  return search.result(all, null);
}

function at(list: readonly number[], i: number): number {
  return known(list[i % list.length], 'number');
}

/** All that a result says, witnesses included: with `show` of each. */
function told({ outcomes, findings, races, ...rest }: ExploreResult, show = shown): unknown {
  return {
    ...rest,
    races,
    outcomes: outcomes.map((outcome) => ({ ...outcome, values: [...outcome.values], witness: show(outcome.witness) })),
    findings: findings.map(({ kind, text, places, events, outcome, executions, witness }) => {
      return { kind, text, places, events, outcome, executions, witness: show(witness) };
    }),
  };
}

function shown(witness: Witness | null): unknown {
  if (witness === null) return null;
  const { execution, tot, races, sequentiallyConsistent } = witness;
  return { execution, tot, races, sequentiallyConsistent };
}

/** Schedules number threads as they meet them. */
function byNames(witness: Witness | null): unknown {
  if (witness === null) return null;
  const { threads, events } = witness.execution;
  const names = new Map(threads.map(({ id, name }) => [id, name]));
  const text = ({ thread, site, kind }: (typeof events)[number]): string => `${names.get(thread)} ${kind} ${site.text}`;
  return { events: events.map(text), tot: witness.tot.length, races: witness.races };
}

describe('a search in parts, in any order, written down and read again', () => {
  const cases = [
    ['wasm', 'axioms', searchPrograms, 12],
    ['sc', 'axioms', searchPrograms, 8],
    ['sc', 'all-interleavings', tinyPrograms, 10],
    ['sc', 'random', searchPrograms, 12],
    ['sc', 'pct', searchPrograms, 12],
  ] as const;
  test.each(cases)('says what one search says: %s by %s', (model, strategy, texts, runs) => {
    let divided = 0;
    fc.assert(
      fc.property(texts, cuts, (text, where) => {
        const p = program(text);
        const one = whole(p, model, strategy);
        if (one === null) return;
        divided++;
        const show = strategy === 'random' || strategy === 'pct' ? byNames : shown;
        expect(told(inParts(p, model, strategy, where), show)).toEqual(told(one, show));
      }),
      { seed: SEED, numRuns: runs * RUNS, endOnFailure: RUNS > 1 },
    );
    expect(divided).toBeGreaterThan(runs / 3);
  });
});
