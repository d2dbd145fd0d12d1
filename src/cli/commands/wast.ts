import type { StaticKind } from '../../litmus/judge-static.ts';
import { wastJson } from '../../report/wast-json.ts';
import type { WastEntry } from '../../report/wast-json.ts';
import { wastText } from '../../report/wast-text.ts';
import { DEFAULT_READINGS } from '../../syntax/readings.ts';
import type { Readings } from '../../syntax/readings.ts';
import { EXIT, UsageError, worst } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import type { ExecutorName } from '../executors.ts';
import { untilInterrupted } from '../file-pool.ts';
import { expandPaths } from '../input.ts';
import { printJson, printNote, printText, textOptions } from '../output.ts';
import type { WastSpec } from '../wast-job.ts';
import { judgeFiles } from '../wast-pool.ts';

/** Without `--max-steps`: what one action may take, by executor. A step of the definitional semantics takes some microseconds. */
const MAX_STEPS: Readonly<Record<ExecutorName, number>> = { exec: 1_000_000_000, 'small-step': 10_000_000 };
/** Accesses that one action may make, and the script as a whole. */
const MAX_ACCESSES = 100_000_000;

interface WastOptions {
  readonly json?: boolean;
  readonly only?: string;
  readonly reading?: Readings;
  readonly semantics: ExecutorName;
  readonly maxSteps?: number;
}

const STATIC_KINDS: readonly StaticKind[] = ['modules', 'malformed', 'invalid', 'unlinkable'];
/** Assertions that are settled by executing the script. */
const EXECUTED_KINDS = {
  return: 'assert_return',
  trap: 'assert_trap',
  exhaustion: 'assert_exhaustion',
  exception: 'assert_exception',
} as const;
type ExecutedKind = keyof typeof EXECUTED_KINDS;

/** What `--only` takes. */
const KINDS: readonly string[] = [...STATIC_KINDS, ...Object.keys(EXECUTED_KINDS)];

/** Runs scripts in the official format and reports every assertion, or judges the chosen kinds of commands. */
export async function wast(paths: readonly string[], options: WastOptions): Promise<ExitCode> {
  const spec: WastSpec = {
    chosen: options.only === undefined ? null : chosenKinds(options.only),
    readings: options.reading ?? DEFAULT_READINGS,
    semantics: options.semantics,
    bounds: { steps: options.maxSteps ?? MAX_STEPS[options.semantics], accesses: MAX_ACCESSES },
  };
  const files = expandPaths(paths, ['.wast']);
  const done = await untilInterrupted((signal) => judgeFiles(files, spec, signal));
  const entries: WastEntry[] = [];
  let code: ExitCode = done.size < files.length ? EXIT.bound : EXIT.holds;
  for (const [path, report] of done) {
    for (const note of report.notes) printNote(note);
    entries.push(...report.entries);
    if (report.bound !== null) {
      printNote(`${path}: incomplete: ${report.bound}`);
      code = worst(code, EXIT.bound);
    }
    if (report.entries.some((entry) => entry.status === 'failed')) code = worst(code, EXIT.refuted);
  }
  const document = wastJson(done.size, entries);
  if (options.json === true) printJson(document);
  else printText(wastText(document, textOptions()));
  return code;
}

function chosenKinds(list: string): NonNullable<WastSpec['chosen']> {
  const names = list.split(',').map((name) => name.trim());
  for (const name of names) {
    if (!KINDS.includes(name)) throw new UsageError(`--only takes a list of ${KINDS.join(', ')}, not '${name}'`);
  }
  return {
    settled: STATIC_KINDS.filter((kind) => names.includes(kind)),
    executed: names.flatMap((name) => (name in EXECUTED_KINDS ? [EXECUTED_KINDS[name as ExecutedKind]] : [])),
  };
}
