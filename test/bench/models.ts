import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Execution } from '../../src/event/execution.ts';
import { cycleTest } from '../../src/litmus/cycle-test.ts';
import { cycles } from '../../src/litmus/cycles.ts';
import type { Model } from '../../src/model/model.ts';
import { known } from '../../src/base/assert.ts';
import { findModel } from '../../src/model/catalogue.ts';
import { modelNamed } from '../../src/cli/models.ts';
import { cycleInC } from '../support/herd-text.ts';
import { ATOMIC, executions, MIXED } from '../unit/model/arbitrary.ts';
import { median } from './front-measure.ts';

/**
 * Whole runs over all critical cycles of two and three threads, beside herd7 on the same cycles in C under rc11 where it is on
 * the machine (WEFT_HERD or PATH); then how fast single executions are judged, natively and by the cat file.
 */
const root = new URL('../..', import.meta.url).pathname;
const RUNS = 5;
const HERD = process.env['WEFT_HERD'] ?? 'herd7';
/** Command lines are limited; herd7 reads names of tests from a file. */
const LIST = '@all';

function wholeRun(command: string, args: readonly string[], cwd: string): number {
  const start = performance.now();
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'ignore'] });
  if (error !== undefined || status !== 0) return Number.NaN;
  return performance.now() - start;
}

function benchCycles(folder: string, threads: number): void {
  const tests = cycles(threads, ['un', 'sc']);
  const [ours, theirs] = [join(folder, `wasm${threads}`), join(folder, `c${threads}`)];
  for (const path of [ours, theirs]) mkdirSync(path);
  for (const cycle of tests) {
    writeFileSync(join(ours, `${cycle.name}.wast`), cycleTest(cycle));
    writeFileSync(join(theirs, `${cycle.name}.litmus`), cycleInC(cycle));
  }
  writeFileSync(join(theirs, LIST), tests.map(({ name }) => `${name}.litmus\n`).join(''));
  const weft: number[] = [];
  const herd: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    weft.push(wholeRun(process.execPath, [join(root, 'dist/weft.cjs'), 'litmus', ours, '--models', 'wasm'], root));
    herd.push(wholeRun(HERD, ['-model', 'rc11.cat', LIST], theirs));
  }
  const [us, them] = [median(weft), median(herd)];
  const row = `${String(tests.length).padStart(4)} cycles of ${threads} threads: weft litmus ${us.toFixed(0)} ms`;
  if (Number.isNaN(them)) console.log(`${row}; herd7 is not on this machine`);
  else console.log(`${row}, herd7 ${them.toFixed(0)} ms: ${(us / them).toFixed(2)} ×`);
}

/** Executions judged one after the other, and how often: a search judges what it has just made, so that it is in the processor's cache. */
const BATCH = 100;
const REPEATS = 10;

/** Executions judged a second, the best of some rounds. */
function rate(model: Model, samples: readonly Execution[]): number {
  let best = 0;
  for (let round = 0; round < 12; round++) {
    const start = performance.now();
    for (let from = 0; from < samples.length; from += BATCH) {
      const batch = samples.slice(from, from + BATCH);
      for (let repeat = 0; repeat < REPEATS; repeat++) for (const execution of batch) model.check(execution);
    }
    best = Math.max(best, (REPEATS * samples.length) / ((performance.now() - start) / 1000));
  }
  return best;
}

function benchChecks(): void {
  const native = known(findModel('wasm'), 'wasm');
  const cat = modelNamed(join(root, 'models/wasm.cat'));
  for (const [name, shape] of [
    ['atomics', ATOMIC],
    ['mixed sizes', MIXED],
  ] as const) {
    const samples = fc.sample(executions({ ...shape, events: [8, 8], noise: 0 }), { seed: 20261127, numRuns: 2000 });
    const [fast, byFile] = [rate(native, samples), rate(cat, samples)];
    const consistent = samples.filter((execution) => native.check(execution).consistent).length;
    console.log(
      `${name}: 8 events and the allocation, ${consistent} of ${samples.length} consistent: native ${fast.toFixed(0)} executions/s, models/wasm.cat ${byFile.toFixed(0)}: ${(fast / byFile).toFixed(2)} × slower`,
    );
  }
}

export function benchModels(): void {
  const folder = mkdtempSync(join(tmpdir(), 'weft-cycles-'));
  try {
    for (const threads of [2, 3]) benchCycles(folder, threads);
  } finally {
    rmSync(folder, { recursive: true });
  }
  benchChecks();
}
