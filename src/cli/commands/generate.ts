import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Bug } from '../../base/assert.ts';
import { Source } from '../../base/span.ts';
import { makeExec } from '../../exec/executor.ts';
import { explore } from '../../explore/explore.ts';
import { observationsOf, satisfies } from '../../litmus/condition.ts';
import { cycleTest } from '../../litmus/cycle-test.ts';
import type { CycleAnswer } from '../../litmus/cycle-test.ts';
import type { AccessOrder } from '../../litmus/cycles.ts';
import { cycles, ORDERS } from '../../litmus/cycles.ts';
import { loadProgram } from '../../litmus/load.ts';
import type { Model } from '../../model/model.ts';
import { count } from '../../report/prose.ts';
import { DEFAULT_READINGS } from '../../syntax/readings.ts';
import { EXIT, UsageError } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { modelNamed } from '../models.ts';
import { printJson, printNote, printText } from '../output.ts';
import { showProgress } from '../progress.ts';

interface GenerateOptions {
  readonly threads: number;
  readonly orders: string;
  readonly models?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** More threads give more tests than anybody would wait for: each one multiplies their number by 3 × orders². */
const MOST_THREADS = 5;
/** Instructions between two events of a generated thread: far fewer. */
const FUEL = 1_000;

/**
 * Litmus tests from critical cycles, with what models say of them: to a folder, one file each, or one after the other to
 * stdout.
 */
export function generate(options: GenerateOptions): ExitCode {
  if (options.threads < 2 || options.threads > MOST_THREADS)
    throw new UsageError(`--threads takes 2 to ${MOST_THREADS}, not ${options.threads}`);
  const models = options.models?.split(',').map((name) => modelNamed(name.trim())) ?? [];
  const orders = options.orders.split(',').map(orderOf);
  const progress = showProgress('tests');
  const tests = cycles(options.threads, orders).map((cycle, i) => {
    progress.update(i);
    const answers = models.map((model) => answerOf(cycleTest(cycle), model));
    return { name: cycle.name, text: cycleTest(cycle, answers, 'computed by weft generate') };
  });
  progress.stop();
  if (options.out !== undefined) {
    for (const { name, text } of tests) write(options.out, `${name}.wast`, text);
    printNote(`${count(tests.length, 'test')} in ${options.out}`);
  }
  if (options.json === true) printJson({ tests });
  else if (options.out === undefined) printText(tests.map(({ text }) => text).join('\n'));
  return EXIT.holds;
}

/** What a model says of a generated test, all of whose outcomes are few. */
function answerOf(text: string, model: Model): CycleAnswer {
  const program = loadProgram(new Source('generated', text), DEFAULT_READINGS);
  const test = program.ok ? program.value.litmus[0] : undefined;
  if (!program.ok || test === undefined) throw new Bug('a generated test does not load');
  const { outcomes } = explore(program.value, makeExec({ readings: DEFAULT_READINGS, fuel: FUEL }), {
    model,
    strategy: 'auto',
    readings: DEFAULT_READINGS,
    bounds: { executions: Number.POSITIVE_INFINITY, events: 1_000, returns: 1, milliseconds: null },
    shouldStop: () => false,
    onProgress: () => {},
  });
  const verdict = outcomes.some(({ values }) => satisfies(test.condition, values)) ? 'allowed' : 'forbidden';
  const observations = observationsOf(test.condition);
  const shown = outcomes.map(({ values }) => new Map([...values].filter(([key]) => observations.has(key))));
  return { model: model.name, verdict, outcomes: shown };
}

function orderOf(text: string): AccessOrder {
  const order = ORDERS.find((known) => known === text.trim());
  if (order === undefined) throw new UsageError(`unknown order '${text}'; there are: ${ORDERS.join(', ')}`);
  return order;
}

function write(folder: string, name: string, text: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), text);
  } catch (error) {
    throw new UsageError(`cannot write to ${folder}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
