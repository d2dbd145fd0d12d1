import type { Contestant } from './exec-contestants.ts';
import { MACHINE, METERED, SEQUENTIAL, V8, wabtInterpreter } from './exec-contestants.ts';
import type { BenchProgram } from './exec-programs.ts';
import { benchPrograms } from './exec-programs.ts';
import { processorTime } from './exec-time.ts';
import { measureWaist } from './exec-waist.ts';

/**
 * The executors against the engine underneath and wabt's interpreter, in one run: `npm run bench -- exec`. Contestants take turns; of each
 * the best time counts, and the first is shown. Times are of this process's processor, compiling and collecting in the
 * background included, so that a busy machine does not count; only wabt's is by the clock. Results must be equal.
 */
const ROUNDS = 15;

interface Times {
  readonly first: number;
  readonly best: number;
}

function race(
  contestants: readonly Contestant[],
  program: BenchProgram,
  work: number,
  rounds: number,
): readonly Times[] {
  const calls = contestants.map((contestant) => contestant.make(program.module));
  const times = contestants.map((): number[] => []);
  const results = new Set<number>();
  for (let round = 0; round < rounds; round++) {
    for (const [i, call] of calls.entries()) {
      const started = processorTime();
      results.add(call(work));
      times[i]?.push(processorTime() - started);
    }
  }
  if (results.size !== 1) throw new Error(`${program.name}: ${[...results].join(', ')}`);
  return times.map((all) => ({ first: all[0] ?? Number.NaN, best: Math.min(...all) }));
}

function show(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 2 : 1)} ms`.padStart(10);
}

function geometricMean(ratios: readonly number[]): number {
  return Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
}

const programs = benchPrograms();

console.log(`Compiled code: processor time, best of ${ROUNDS} calls (and the first, which compiles)`);
const contestants = [SEQUENTIAL, METERED, V8];
const ratios: number[] = [];
const metered: number[] = [];
for (const program of programs) {
  const [weft, counted, engine] = race(contestants, program, program.work, ROUNDS) as [Times, Times, Times];
  ratios.push(weft.best / engine.best);
  metered.push(counted.best / engine.best);
  console.log(
    `${program.name.padEnd(16)} weft ${show(weft.best)} (${show(weft.first)})   with fuel ${show(counted.best)}   V8 ${show(engine.best)} (${show(engine.first)})   ratio ${(weft.best / engine.best).toFixed(2)}`,
  );
}
console.log(
  `geometric mean of the ratios to V8: ${geometricMean(ratios).toFixed(2)}; with fuel ${geometricMean(metered).toFixed(2)}`,
);

const wabt = wabtInterpreter();
console.log('\nInterpreters, less work');
if (wabt === null) console.log("(wabt's wasm-interp is not on the path)");
const machineRatios: number[] = [];
const sequentialRatios: number[] = [];
for (const program of programs) {
  const [machine, weft] = race([MACHINE, SEQUENTIAL], program, program.less, 4) as [Times, Times];
  let line = `${program.name.padEnd(16)} resumable ${show(machine.best)}   sequential ${show(weft.best)} (${show(weft.first)})`;
  if (wabt !== null) {
    const runs = Array.from({ length: 3 }, () => wabt(program.module, program.less));
    const best = Math.min(...runs.map(({ milliseconds }) => milliseconds));
    machineRatios.push(machine.best / best);
    sequentialRatios.push(weft.best / best);
    line += `   wabt ${show(best)}`;
  }
  console.log(line);
}
if (wabt !== null) {
  const [a, b] = [geometricMean(machineRatios), geometricMean(sequentialRatios)];
  console.log(`geometric mean of the ratios to wabt: resumable ${a.toFixed(2)}, sequential ${b.toFixed(3)}`);
}

const { inPlace, asValues, copyNanoseconds } = measureWaist();
console.log(
  `\nThe waist: ${inPlace.toFixed(2)} M requests/s in place, ${asValues.toFixed(2)} M/s with states as values; a state is copied in ${copyNanoseconds.toFixed(0)} ns`,
);
