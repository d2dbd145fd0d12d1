import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Source } from '../../src/base/span.ts';
import { makeExec } from '../../src/exec/executor.ts';
import { SharedStore } from '../../src/exec/store.ts';
import { loadScript } from '../../src/litmus/load.ts';
import type { Executor } from '../../src/runtime/executor.ts';
import type { ScriptReport } from '../../src/runtime/run-script.ts';
import { runScript } from '../../src/runtime/run-script.ts';
import { makeSemantics } from '../../src/semantics/executor.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { CORPORA, hasCorpora } from '../support/corpora.ts';

const OPTIONS = { readings: DEFAULT_READINGS, fuel: 20_000_000 };

function run<S>(folder: string, file: string, executor: Executor<S>): ScriptReport {
  const loaded = loadScript(new Source(file, readFileSync(join(folder, file), 'utf8')), DEFAULT_READINGS);
  if (!loaded.ok) throw new Error(loaded.error.map(({ message }) => message).join('\n'));
  return runScript(loaded.value, executor, new SharedStore(), { accesses: 10_000_000, steps: 10_000_000 });
}

function expectAllPassed({ entries, bound }: ScriptReport, assertions: number): void {
  expect(entries.filter(({ status }) => status !== 'passed')).toEqual([]);
  expect(entries).toHaveLength(assertions);
  expect(bound).toBeNull();
}

/** Script → assertions that are run. */
const THREADS = {
  'LB.wast': 1,
  'LB_atomic.wast': 1,
  'MP.wast': 1,
  'MP_atomic.wast': 1,
  'SB.wast': 1,
  'SB_atomic.wast': 1,
  'atomic.wast': 302,
  'deeply_nested.wast': 0,
  'nested.wast': 0,
  'simple.wast': 1,
  'thread.wast': 3,
  'unlinkable.wast': 2,
  'wait_notify.wast': 3,
} as const;

/** Scripts of the core suite that use nothing but this part of the language → assertions. */
const CORE = {
  'address.wast': 256,
  'address0.wast': 91,
  'address1.wast': 126,
  'align0.wast': 4,
  'comments.wast': 3,
  'const.wast': 376,
  'data1.wast': 14,
  'endianness.wast': 68,
  'fac.wast': 7,
  'float_memory.wast': 60,
  'float_memory0.wast': 20,
  'forward.wast': 4,
  'i64.wast': 415,
  'imports0.wast': 6,
  'imports1.wast': 4,
  'imports2.wast': 14,
  'imports3.wast': 8,
  'imports4.wast': 8,
  'int_exprs.wast': 89,
  'int_literals.wast': 50,
  'linking1.wast': 9,
  'linking2.wast': 8,
  'load0.wast': 2,
  'load1.wast': 15,
  'memory_copy.wast': 4402,
  'memory_copy0.wast': 21,
  'memory_copy1.wast': 8,
  'memory_fill.wast': 84,
  'memory_fill0.wast': 11,
  'memory_grow.wast': 47,
  'memory_redundancy.wast': 4,
  'memory_size.wast': 38,
  'memory_size0.wast': 7,
  'memory_size1.wast': 14,
  'memory_size2.wast': 20,
  'memory_size3.wast': 2,
  'memory_size_import.wast': 4,
  'memory_trap.wast': 180,
  'memory_trap0.wast': 13,
  'memory_trap1.wast': 167,
  'names.wast': 482,
  'obsolete-keywords.wast': 11,
  'ref_null.wast': 32,
  'skip-stack-guard-page.wast': 10,
  'start.wast': 11,
  'start0.wast': 6,
  'store0.wast': 2,
  'store1.wast': 4,
  'store2.wast': 20,
  'switch.wast': 27,
  'traps.wast': 32,
  'traps0.wast': 14,
  'type.wast': 2,
  'unwind.wast': 49,
  'utf8-invalid-encoding.wast': 176,
} as const;

describe.skipIf(!hasCorpora())('official scripts run in one schedule, every assertion passing', () => {
  const threads = join(CORPORA, 'threads/core/threads');

  test('the threads suite is all there', () => {
    expect(
      readdirSync(threads)
        .filter((file) => file.endsWith('.wast'))
        .toSorted(),
    ).toEqual(Object.keys(THREADS).toSorted());
  });

  test.each(Object.entries(THREADS))('threads %s on both executors', (file, assertions) => {
    expectAllPassed(run(threads, file, makeExec(OPTIONS)), assertions);
    expectAllPassed(run(threads, file, makeSemantics(OPTIONS)), assertions);
  });

  test.each(Object.entries(CORE))('core %s on the fast executor', (file, assertions) => {
    expectAllPassed(run(join(CORPORA, 'core'), file, makeExec(OPTIONS)), assertions);
  });

  test('of the other core scripts what can be executed passes, and the rest is skipped for what the executors lack', () => {
    const core = join(CORPORA, 'core');
    const others = readdirSync(core).filter(
      (file) => file.endsWith('.wast') && !/simd|relaxed/.test(file) && !(file in CORE),
    );
    const entries = others.flatMap((file) => run(core, file, makeExec(OPTIONS)).entries);
    expect(entries.filter(({ status }) => status === 'failed')).toEqual([]);
    const reasons = entries.flatMap((entry) => ('reason' in entry ? [entry.reason] : []));
    expect(reasons.filter((reason) => !reason.startsWith('not executable yet: '))).toEqual([]);
    expect({ passed: entries.length - reasons.length, skipped: reasons.length }).toEqual({
      passed: 7789,
      skipped: 22604,
    });
  });
});
