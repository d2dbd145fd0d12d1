import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Source } from '../../src/base/span.ts';
import { makeExec } from '../../src/exec/executor.ts';
import { SharedStore } from '../../src/exec/store.ts';
import { loadScript } from '../../src/litmus/load.ts';
import type { Executor } from '../../src/runtime/executor.ts';
import type { ScriptEntry, ScriptReport } from '../../src/runtime/run-script.ts';
import { runScript } from '../../src/runtime/run-script.ts';
import { makeSemantics } from '../../src/semantics/executor.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { hasCorpora, scriptsIn } from '../support/corpora.ts';
import { paired } from '../support/paired.ts';

/** The official suites, executed: every assertion of every script. */

const READINGS = DEFAULT_READINGS;
const EXEC_FUEL = 100_000_000;
/** Steps between two requests, and requests of one action, beyond which the definitional semantics is not followed. */
const SMALL_STEPS = { steps: 2_000_000, accesses: 70_000 };

function run<S>(path: string, executor: Executor<S>, bounds: { steps: number; accesses: number }): ScriptReport {
  const loaded = loadScript(new Source(path, readFileSync(path, 'utf8')), READINGS);
  if (!loaded.ok) throw new Error(loaded.error.map(({ message }) => message).join('\n'));
  return runScript(loaded.value, executor, new SharedStore(), bounds);
}

/** Assertions by kind that passed, and commands that were skipped by reason. */
interface Tally {
  readonly passed: Readonly<Record<string, number>>;
  readonly skipped: Readonly<Record<string, number>>;
}

function tally(entries: readonly ScriptEntry[]): Tally {
  const passed: Record<string, number> = {};
  const skipped: Record<string, number> = {};
  for (const entry of entries) {
    if (entry.status === 'passed') passed[entry.kind] = (passed[entry.kind] ?? 0) + 1;
    if (entry.status === 'skipped') skipped[entry.reason] = (skipped[entry.reason] ?? 0) + 1;
  }
  return { passed, skipped };
}

describe.skipIf(!hasCorpora())('the official suites, every assertion executed', () => {
  test.each(['core', 'threads', 'shared-everything', 'acquire-release'])('%s on the fast executor', (suite) => {
    const reports = scriptsIn(suite).map((path) =>
      run(path, makeExec({ readings: READINGS, fuel: EXEC_FUEL }), { steps: EXEC_FUEL, accesses: EXEC_FUEL }),
    );
    const entries = reports.flatMap((report) => report.entries);
    expect(entries.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(reports.flatMap(({ bound }) => (bound === null ? [] : [bound]))).toEqual([]);
    expect(tally(entries)).toMatchSnapshot();
  });

  test.each(['core', 'threads', 'shared-everything', 'acquire-release'])(
    '%s on both executors at once, which ask the same and end alike',
    (suite) => {
      const reports = scriptsIn(suite).map((path) => {
        const executor = paired(
          makeExec({ readings: READINGS, fuel: EXEC_FUEL }),
          makeSemantics({ readings: READINGS, fuel: SMALL_STEPS.steps }),
        );
        return run(path, executor, SMALL_STEPS);
      });
      const entries = reports.flatMap((report) => report.entries);
      expect(entries.filter(({ status }) => status === 'failed')).toEqual([]);
      expect(tally(entries)).toMatchSnapshot();
    },
    600_000,
  );
});
