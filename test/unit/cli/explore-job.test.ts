import { describe, expect, test } from 'vitest';
import { exploreJob } from '../../../src/cli/explore-job.ts';
import type { ExploreSpec } from '../../../src/cli/explore-job.ts';
import { EXIT } from '../../../src/cli/exit.ts';
import { emptyTally } from '../../../src/explore/tally.ts';
import { WHOLE } from '../../../src/explore/task.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';

const RACE = `(module $M shared (memory (export "mem") 1 1 shared)
  (func (export "t") shared (result i32) (i32.store (i32.const 0) (i32.const 1)) (i32.load (i32.const 0))))
(register "M")
(thread $T1 (shared (module $M)) (invoke $M "t"))
(thread $T2 (shared (module $M)) (invoke $M "t"))`;

const SPEC: ExploreSpec = {
  name: 'race',
  path: 'race.wast',
  text: RACE,
  bytes: null,
  model: 'wasm',
  readings: DEFAULT_READINGS,
  maxExecutions: 1_000,
  maxEvents: 100,
  maxReturns: 5,
  maxSteps: 10_000,
  milliseconds: null,
  megabytes: 500,
  color: false,
  strategy: 'auto',
  invoke: null,
  draw: { svg: false, dot: false, unicode: false, outcome: null },
  herd: false,
  parts: [],
};

describe('a job of weft explore', () => {
  test.each(['interrupted', { bound: 'more than 1 seconds' }] as const)(
    'tells the race where its weak executions were looked for in parts, and none was found: %j',
    (ended) => {
      const progressed = { tally: emptyTally(), rest: [WHOLE], names: [] };
      const control = { shouldStop: () => ended === 'interrupted', onProgress: () => {}, memory: null };
      const done = exploreJob({ ...SPEC, parts: [{ test: 0, strategy: 'axioms', progressed, ended }] }, control);
      expect(done.code).toBe(EXIT.bound);
      expect(done.text).toMatch(/^Races 3$/m);
      expect(done.text).toContain(
        `${ended === 'interrupted' ? ended : ended.bound}; all sequentially consistent executions`,
      );
      expect(done.tests[0]?.findings.every(({ kind }) => kind === 'race')).toBe(true);
    },
  );
});
