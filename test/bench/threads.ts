import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { known } from '../../src/base/assert.ts';
import { createCompartment } from '../../src/embed/create-compartment.ts';
import type { Func } from '../../src/runtime/embed/func.ts';
import type { Instance } from '../../src/runtime/embed/instance.ts';
import type { WorkerContext } from '../../src/runtime/embed/parts.ts';
import { sourceWorkers } from '../support/node-workers.ts';

/**
 * Parallel programs with one worker and with two, in the same run: how many times faster two are. What the machine has to give at the
 * moment is in the first line: the same for a loop of JavaScript's own. On a machine with nothing else to do, two workers that spend no more
 * than one are twice as fast.
 */
interface ParallelProgram {
  readonly name: string;
  /** The calls of `workers` threads that together do all of the work; made anew every time. */
  calls(from: Instance, workers: number): readonly (readonly [Func, readonly number[]])[];
}

const RUNS = 5;
const SUM = 12_000_000;
const COUNTED = 6_000_000;
const LOOP = 1e8;
const [TASKS, STEPS] = [256, 200_000];

const func = (from: Instance, name: string): Func => known(from.func(name), name);

/** The range [0, n) in equal parts. */
function parts(n: number, workers: number): readonly (readonly [number, number])[] {
  const cut = (i: number): number => Math.floor((n * i) / workers);
  return Array.from({ length: workers }, (_, i) => [cut(i), cut(i + 1)] as const);
}

const PROGRAMS: readonly ParallelProgram[] = [
  { name: 'parallel-sum', calls: (from, workers) => parts(SUM, workers).map((part) => [func(from, 'sum'), part]) },
  {
    name: 'parallel-histogram',
    calls: (from, workers) => parts(COUNTED, workers).map((part) => [func(from, 'count'), part]),
  },
  {
    name: 'work-stealing',
    calls(from, workers) {
      const context = from.compartment.createContext();
      // All tasks are thread 0's, so that a second thread has what it steals.
      for (let task = 0; task < TASKS; task++) func(from, 'push').invoke(context, 0, task);
      return Array.from({ length: workers }, (_, d) => [func(from, 'run'), [d, STEPS]] as const);
    },
  },
];

/** The least of several runs: milliseconds from begin to end, and those that processors spent in it. */
interface Times {
  readonly elapsed: number;
  readonly spent: number;
}

async function least(run: () => Promise<void>): Promise<Times> {
  const all: Times[] = [];
  for (let i = 0; i < RUNS; i++) {
    const cpu = process.cpuUsage();
    const start = performance.now();
    await run();
    const elapsed = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    all.push({ elapsed, spent: (user + system) / 1000 });
  }
  return { elapsed: Math.min(...all.map((t) => t.elapsed)), spent: Math.min(...all.map((t) => t.spent)) };
}

async function time(program: ParallelProgram, from: Instance, workers: readonly WorkerContext[]): Promise<Times> {
  return least(async () => {
    const calls = program.calls(from, workers.length);
    const results = await Promise.all(calls.map(([called, args], i) => known(workers[i], 'worker').call(called, args)));
    for (const result of results) if (result.kind !== 'return') throw new Error(JSON.stringify(result));
  });
}

function print(name: string, one: Times, two: Times): void {
  const show = ({ elapsed, spent }: Times): string => `${elapsed.toFixed(0)} ms (${spent.toFixed(0)} of processors)`;
  const ratios = `${(one.elapsed / two.elapsed).toFixed(2)} times as fast, ${(two.spent / one.spent).toFixed(2)} times the processors' work`;
  console.log(`threads: ${name.padEnd(18)} one worker ${show(one)}, two ${show(two)}: ${ratios}`);
}

/** A loop of JavaScript's own, all of it in one worker or half of it in each of two. */
async function timeEngine(): Promise<readonly [one: Times, two: Times]> {
  const program = `require('worker_threads').parentPort.on('message', (n) => {
    let x = 1;
    for (let i = 0; i < n; i++) { x ^= x << 13; x ^= x >>> 17; x ^= x << 5; }
    require('worker_threads').parentPort.postMessage(x);
  })`;
  const workers = [0, 1].map(() => new Worker(program, { eval: true }));
  const run = async (used: readonly Worker[]): Promise<void> => {
    await Promise.all(
      used.map((worker) => {
        const done = new Promise((resolve) => worker.once('message', resolve));
        worker.postMessage(LOOP / used.length, []);
        return done;
      }),
    );
  };
  await run(workers);
  const one = await least(() => run(workers.slice(0, 1)));
  const two = await least(() => run(workers));
  for (const worker of workers) await worker.terminate();
  return [one, two];
}

export async function benchThreads(): Promise<void> {
  const [engineOne, engineTwo] = await timeEngine();
  print('JavaScript itself', engineOne, engineTwo);
  const home = createCompartment({ workers: sourceWorkers() });
  const workers = [home.worker(), home.worker()];
  for (const program of PROGRAMS) {
    const made = home.instantiate(readFileSync(new URL(`programs/${program.name}.wat`, import.meta.url), 'utf8'));
    if (!made.ok) throw new Error(made.error.message);
    // Both have seen the program, and compiled it.
    await time(program, made.value, workers);
    const one = await time(program, made.value, workers.slice(0, 1));
    const two = await time(program, made.value, workers);
    print(program.name, one, two);
  }
  for (const worker of workers) worker.terminate();
}
