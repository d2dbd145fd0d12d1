import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cycleTest } from '../../litmus/cycle-test.ts';
import type { AccessOrder } from '../../litmus/cycles.ts';
import { cycles, ORDERS } from '../../litmus/cycles.ts';
import { count } from '../../report/prose.ts';
import { EXIT, UsageError } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { printJson, printNote, printText } from '../output.ts';

interface GenerateOptions {
  readonly threads: number;
  readonly orders: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** More threads give more tests than anybody would wait for: each one multiplies their number by 3 × orders². */
const MOST_THREADS = 5;

/** Litmus tests from critical cycles: to a folder, one file each, or one after the other to stdout. */
export function generate(options: GenerateOptions): ExitCode {
  if (options.threads < 2 || options.threads > MOST_THREADS)
    throw new UsageError(`--threads takes 2 to ${MOST_THREADS}, not ${options.threads}`);
  const tests = cycles(options.threads, options.orders.split(',').map(orderOf)).map((cycle) => ({
    name: cycle.name,
    text: cycleTest(cycle),
  }));
  if (options.out !== undefined) {
    for (const { name, text } of tests) write(options.out, `${name}.wast`, text);
    printNote(`${count(tests.length, 'test')} in ${options.out}`);
  }
  if (options.json === true) printJson({ tests });
  else if (options.out === undefined) printText(tests.map(({ text }) => text).join('\n'));
  return EXIT.holds;
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
