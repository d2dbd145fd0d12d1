import { SharedStore } from '../../exec/store.ts';
import { loadScript } from '../../litmus/load.ts';
import { diagnosticText } from '../../report/diagnostics.ts';
import { wastJson } from '../../report/wast-json.ts';
import type { WastEntry } from '../../report/wast-json.ts';
import { wastText } from '../../report/wast-text.ts';
import { runScript } from '../../runtime/run-script.ts';
import type { ScriptReport } from '../../runtime/run-script.ts';
import { DEFAULT_READINGS } from '../../syntax/readings.ts';
import type { Readings } from '../../syntax/readings.ts';
import { EXIT, worst } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import type { ExecutorName } from '../executors.ts';
import { executorOf } from '../executors.ts';
import { expandPaths, readSource } from '../input.ts';
import { printJson, printNote, printText, textOptions } from '../output.ts';

/** Accesses that a script may make, and instructions between two of them. */
const REQUESTS = 100_000_000;
const FUEL = 1_000_000_000;

interface WastOptions {
  readonly json?: boolean;
  readonly reading?: Readings;
  readonly semantics: ExecutorName;
}

/** Runs scripts in the official format and reports every assertion. */
export function wast(paths: readonly string[], options: WastOptions): ExitCode {
  const files = expandPaths(paths, ['.wast']);
  const entries: WastEntry[] = [];
  let code: ExitCode = EXIT.holds;
  for (const path of files) {
    const report = runFile(path, options);
    entries.push(...report.entries);
    if (report.bound !== null) {
      printNote(`${path}: incomplete: ${report.bound}`);
      code = worst(code, EXIT.bound);
    }
    if (report.entries.some((entry) => entry.status === 'failed')) code = worst(code, EXIT.refuted);
  }
  const document = wastJson(files.length, entries);
  if (options.json === true) printJson(document);
  else printText(wastText(document, textOptions()));
  return code;
}

function runFile(path: string, options: WastOptions): ScriptReport {
  const readings = options.reading ?? DEFAULT_READINGS;
  const source = readSource(path);
  const program = loadScript(source, readings);
  if (!program.ok) {
    for (const diagnostic of program.error) printNote(diagnosticText(diagnostic, source, { color: false }));
    const failures = program.error.map(({ at, message }) => ({
      file: path,
      line: source.position(at.start).line,
      kind: 'module' as const,
      status: 'failed' as const,
      message,
    }));
    return { entries: failures, bound: null };
  }
  const store = new SharedStore({ writeBack: readings['cmpxchg-failure'] === 'write-back' });
  const executor = executorOf(options.semantics, { readings, fuel: FUEL });
  return runScript(program.value, executor, store, { requests: REQUESTS });
}
