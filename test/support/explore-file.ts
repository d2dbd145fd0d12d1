import { readFileSync } from 'node:fs';
import { Source } from '../../src/base/span.ts';
import { known } from '../../src/base/assert.ts';
import { makeExec } from '../../src/exec/executor.ts';
import { explore } from '../../src/explore/explore.ts';
import type { Strategy } from '../../src/explore/explore.ts';
import type { FindingRules } from '../../src/explore/finding/rules.ts';
import type { ExploreResult } from '../../src/explore/result.ts';
import { loadProgram } from '../../src/litmus/load.ts';
import { findModel } from '../../src/model/catalogue.ts';
import type { Model } from '../../src/model/model.ts';
import type { Program } from '../../src/runtime/program.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import type { Readings } from '../../src/syntax/readings.ts';

/** The program of a script; fails with the diagnostics' messages. */
export function program(text: string, readings: Readings = DEFAULT_READINGS, name = 'test.wast'): Program {
  const loaded = loadProgram(new Source(name, text), readings);
  if (!loaded.ok) throw new Error(loaded.error.map((d) => `${name}@${d.at.start}: ${d.message}`).join('\n'));
  return loaded.value;
}

export function programOf(path: string, readings: Readings = DEFAULT_READINGS): Program {
  return program(readFileSync(path, 'utf8'), readings, path);
}

/** Explores without bounds that could be reached in a test. */
export function exploreProgram(
  p: Program,
  model: string | Model,
  options: { readonly strategy?: Strategy; readonly readings?: Readings; readonly findings?: FindingRules | null } = {},
): ExploreResult {
  const readings = options.readings ?? DEFAULT_READINGS;
  return explore(p, makeExec({ readings, fuel: 1_000_000 }), {
    model: typeof model === 'string' ? known(findModel(model), model) : model,
    strategy: options.strategy ?? 'auto',
    readings,
    ...(options.findings === undefined ? {} : { findings: options.findings }),
    bounds: { executions: 1_000_000, events: 2_000, returns: 5, milliseconds: null },
    shouldStop: () => false,
    onProgress: () => {},
  });
}

/** The outcomes as sorted tuples of the named observations. */
export function outcomesOf(result: ExploreResult, observations: readonly string[]): string[] {
  const tuples = result.outcomes.map(
    (o) => `(${observations.map((key) => (o.values.get(key) ?? '-').replace(/^i32 /, '')).join(',')})`,
  );
  return [...new Set(tuples)].sort();
}
