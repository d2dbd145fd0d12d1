import { known } from '../../src/base/assert.ts';
import { makeExec } from '../../src/exec/executor.ts';
import { attempt } from '../../src/explore/attempt.ts';
import type { DrfConditions } from '../../src/explore/drf/explore.ts';
import { exploreDrf } from '../../src/explore/drf/explore.ts';
import type { ExploreOptions } from '../../src/explore/explore.ts';
import { outcomeKey } from '../../src/explore/outcome.ts';
import type { ExploreResult } from '../../src/explore/result.ts';
import { findModel } from '../../src/model/catalogue.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { program } from './explore-file.ts';

const drfOptions: ExploreOptions = {
  model: known(findModel('wasm'), 'wasm'),
  strategy: 'drf',
  readings: DEFAULT_READINGS,
  bounds: { executions: 10_000, events: 100, returns: 5, milliseconds: null },
  shouldStop: () => false,
  onProgress: () => {},
};

/** The outcomes that SC-DRF finds under conditions; null if they do not hold. */
export function byDrf(text: string, conditions: DrfConditions): string[] | null {
  const executor = makeExec({ readings: DEFAULT_READINGS, fuel: 100_000 });
  const trial = { strategy: 'drf', budget: null } as const;
  const { end, result } = attempt(
    program(text),
    executor,
    drfOptions,
    { ...trial, search: (exploration) => exploreDrf(exploration, conditions) },
    0,
  );
  return end === 'answered' ? outcomesOf(result()) : null;
}

/** Equal for equal sets of outcomes. */
export function outcomesOf({ outcomes }: ExploreResult): string[] {
  return outcomes.map(({ values, deadlock }) => outcomeKey(new Map([...values].sort()), deadlock)).sort();
}
