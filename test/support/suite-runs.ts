import { readFileSync } from 'node:fs';
import { Source } from '../../src/base/span.ts';
import { makeExec } from '../../src/exec/executor.ts';
import { callSequential, runsAlone } from '../../src/exec/js/call.ts';
import { SharedStore } from '../../src/exec/store.ts';
import { loadScript } from '../../src/litmus/load.ts';
import type { Executor } from '../../src/runtime/executor.ts';
import type { ActionBounds, ScriptReport } from '../../src/runtime/run-script.ts';
import { runScript } from '../../src/runtime/run-script.ts';
import type { DirectOutcome, ScriptMachineOptions } from '../../src/runtime/script-machine.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';

/** The official suites, executed: what passes in every way of executing them. */

export const FUEL = 100_000_000;
export const AMPLE: ActionBounds = { steps: FUEL, accesses: FUEL };
/** Set by `npm run test:conformance`. */
export const IS_FULL = process.env['WEFT_CONFORMANCE'] === 'full';
/** How far the definitional semantics is followed in one action; `npm run test:conformance` follows it further. */
export const SMALL_STEPS: ActionBounds = IS_FULL ? AMPLE : { steps: 200_000, accesses: 15_000 };

/** Suite → assertions of each kind that pass; the rest is passed over for the reasons in {@link SKIPS}. */
export const SUITES = {
  core: {
    assert_return: 52_850,
    assert_trap: 5_030,
    assert_exhaustion: 15,
    assert_exception: 18,
    assert_invalid: 2_803,
    assert_malformed: 1_961,
    assert_unlinkable: 259,
    assert_malformed_custom: 19,
    assert_invalid_custom: 1,
  },
  threads: { assert_return: 165, assert_trap: 55, assert_invalid: 93, assert_unlinkable: 4 },
  'shared-everything': { assert_return: 136, assert_trap: 2, assert_invalid: 158, assert_malformed: 4 },
  'acquire-release': { assert_malformed: 1 },
} as const satisfies Record<string, Readonly<Record<string, number>>>;
export type Suite = keyof typeof SUITES;

/** Assertions that take more than {@link SMALL_STEPS}: loops over whole memories, and tail calls by the million. */
export const MOST_GIVEN_UP: Readonly<Record<Suite, number>> = {
  core: IS_FULL ? 0 : 400,
  threads: 0,
  'shared-everything': 0,
  'acquire-release': 0,
};

/** Why commands are passed over. */
const SKIPS = [
  /^uses legacy exception instructions \(\w+\), which are no part of Wasm 3\.0$/,
  /^superseded: /,
  /^component-model text, which is no core Wasm$/,
  /^no host can provide "spectest" "\w+": its type has no values$/,
];

type Direct = NonNullable<ScriptMachineOptions['direct']>;

export function run<S>(
  path: string,
  executor: Executor<S>,
  bounds: ActionBounds,
  direct?: (store: SharedStore) => Direct,
): ScriptReport {
  const loaded = loadScript(new Source(path, readFileSync(path, 'utf8')), DEFAULT_READINGS);
  if (!loaded.ok) throw new Error(loaded.error.map(({ message }) => message).join('\n'));
  const store = new SharedStore();
  return runScript(loaded.value, executor, store, bounds, direct?.(store));
}

export function exec(): ReturnType<typeof makeExec> {
  return makeExec({ readings: DEFAULT_READINGS, fuel: FUEL });
}

/** Calls as `weft wast` makes them: compiled to JavaScript. */
export function compiled(store: SharedStore): Direct {
  return ({ func, args, locals }): DirectOutcome | null =>
    runsAlone(func) ? callSequential({ readings: DEFAULT_READINGS, fuel: FUEL }, func, args, store, locals) : null;
}

/** What happened to a suite's assertions. Given up: the bound of one action was reached. */
export function tally(reports: readonly ScriptReport[]) {
  const entries = reports.flatMap((report) => report.entries);
  const passed: Record<string, number> = {};
  for (const { kind, status } of entries) if (status === 'passed') passed[kind] = (passed[kind] ?? 0) + 1;
  const reasons = entries.flatMap((entry) => (entry.status === 'skipped' ? [entry.reason] : []));
  const givenUp = reasons.filter((reason) => reason.startsWith('the bound was reached'));
  const unexplained = reasons.filter((reason) => !givenUp.includes(reason) && !SKIPS.some((skip) => skip.test(reason)));
  const failed = entries.filter(({ status }) => status === 'failed');
  return { passed, givenUp: givenUp.length, unexplained, failed };
}
