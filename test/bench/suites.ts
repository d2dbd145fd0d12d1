import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { Source } from '../../src/base/span.ts';
import { callSequential, runsAlone } from '../../src/exec/js/call.ts';
import { SharedStore } from '../../src/exec/store.ts';
import { executorOf } from '../../src/cli/executors.ts';
import { loadScript } from '../../src/litmus/load.ts';
import { runScript } from '../../src/runtime/run-script.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { CORPORA, scriptsIn } from '../support/corpora.ts';

/**
 * The official core suite: the whole command as a process on all cores, beside the official interpreter's time in BASELINES; and how long
 * reading and executing take on one core, in this process after a first round.
 */
const OFFICIAL_SECONDS = 12.4;
const root = new URL('../..', import.meta.url).pathname;
const FUEL = 1_000_000_000;

export function benchSuites(): void {
  const core = `${CORPORA}/core`;
  if (!existsSync(core)) {
    console.log(`suites: skipped, the official suites are not at ${CORPORA} (set WEFT_CORPORA)`);
    return;
  }
  console.log(
    `suites: weft wast core ${wholeCommand([core]).toFixed(1)} s as a process; the official interpreter took ${OFFICIAL_SECONDS} s`,
  );
  const [load, run] = [inProcess(core), inProcess(core)][1] ?? [Number.NaN, Number.NaN];
  console.log(
    `suites: one core, warm: reading and checking ${load.toFixed(1)} s, executing ${run.toFixed(1)} s (at most ${OFFICIAL_SECONDS / 2})`,
  );
}

function wholeCommand(args: readonly string[]): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, ['dist/weft.cjs', 'wast', '--json', ...args], { cwd: root });
  if (status !== 0) console.log(`suites: weft wast ended with ${status}`);
  return (performance.now() - start) / 1000;
}

/** Seconds of reading and checking all scripts, and of executing them. */
function inProcess(folder: string): readonly [number, number] {
  let [load, run] = [0, 0];
  for (const path of scriptsIn(folder.slice(CORPORA.length + 1))) {
    const source = new Source(path, readFileSync(path, 'utf8'));
    const start = performance.now();
    const program = loadScript(source, DEFAULT_READINGS);
    const loaded = performance.now();
    load += loaded - start;
    if (!program.ok) continue;
    const options = { readings: DEFAULT_READINGS, fuel: FUEL };
    const store = new SharedStore();
    runScript(program.value, executorOf('exec', options), store, { steps: FUEL, accesses: FUEL }, (call) =>
      runsAlone(call.func) ? callSequential(options, call.func, call.args, store, call.locals) : null,
    );
    run += performance.now() - loaded;
  }
  return [load / 1000, run / 1000];
}
