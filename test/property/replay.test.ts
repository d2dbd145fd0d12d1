import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import { makeExec } from '../../src/exec/executor.ts';
import type { ReplayFile } from '../../src/explore/replay/file.ts';
import { isLasso } from '../../src/explore/replay/file.ts';
import { readReplay } from '../../src/explore/replay/read.ts';
import { replay } from '../../src/explore/replay/replay.ts';
import { replayFileOf } from '../../src/explore/replay/write.ts';
import type { ExploreResult } from '../../src/explore/result.ts';
import { findModel } from '../../src/model/catalogue.ts';
import type { Program } from '../../src/runtime/program.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { exploreProgram, program } from '../support/explore-file.ts';
import { FAMILIES, programs } from './generators/programs.ts';

/** Programs of each family; multiplied by WEFT_RUNS. */
const RUNS = 2 * Number(process.env['WEFT_RUNS'] ?? 1);
const executor = makeExec({ readings: DEFAULT_READINGS, fuel: 100_000 });

/** The replay files of all witnesses: of outcomes and of findings. */
function files(p: Program, result: ExploreResult): ReplayFile[] {
  const shown = [
    ...result.outcomes.map(({ witness }, i) => ({ witness, outcome: i })),
    ...result.findings.map(({ witness, outcome }) => ({ witness, outcome })),
  ];
  return shown.flatMap(({ witness, outcome }) => {
    if (witness === null) return [];
    const file = replayFileOf(witness, {
      program: { name: 'test', digest: '' },
      source: p.source,
      model: result.model,
      readings: DEFAULT_READINGS,
      finding: null,
      outcome: outcome === null ? null : known(result.outcomes[outcome], 'outcome'),
    });
    const read = readReplay(JSON.stringify(file));
    if (!read.ok) throw new Error(read.error);
    return isLasso(read.value) ? [] : [read.value];
  });
}

function again(p: Program, file: ReplayFile): unknown {
  return replay(p, executor, known(findModel(file.model), 'model'), DEFAULT_READINGS, file);
}

describe('a replay', () => {
  test.each(Object.entries(FAMILIES))('of every witness of %s programs gives the same outcome', (_, family) => {
    fc.assert(
      fc.property(programs(family), (text) => {
        const p = program(text);
        for (const [model, strategy] of [
          ['wasm', 'axioms'],
          ['sc', 'interleavings'],
          ['sc', 'states'],
        ] as const) {
          const result = exploreProgram(p, model, { strategy });
          for (const file of files(p, result)) expect(again(p, file)).toMatchObject({ kind: 'done', same: true });
        }
      }),
      { numRuns: RUNS, seed: 7 },
    );
  });
});
