import { SharedStore } from '../../exec/store.ts';
import { judgeStatic, type StaticKind } from '../../litmus/judge-static.ts';
import { loadScript } from '../../litmus/load.ts';
import { diagnosticText } from '../../report/diagnostics.ts';
import { wastJson } from '../../report/wast-json.ts';
import type { WastEntry } from '../../report/wast-json.ts';
import { wastText } from '../../report/wast-text.ts';
import type { Program } from '../../runtime/program.ts';
import { runScript } from '../../runtime/run-script.ts';
import type { ScriptReport } from '../../runtime/run-script.ts';
import { DEFAULT_READINGS } from '../../syntax/readings.ts';
import type { Readings } from '../../syntax/readings.ts';
import { EXIT, UsageError, worst } from '../exit.ts';
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
  readonly only?: string;
  readonly reading?: Readings;
  readonly semantics: ExecutorName;
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

/** The kinds of commands to judge; null: the whole script. */
interface Chosen {
  readonly settled: ReadonlySet<StaticKind>;
  readonly executed: ReadonlySet<string>;
}

/** Runs scripts in the official format and reports every assertion, or judges the chosen kinds of commands. */
export function wast(paths: readonly string[], options: WastOptions): ExitCode {
  const chosen = options.only === undefined ? null : chosenKinds(options.only);
  const files = expandPaths(paths, ['.wast']);
  const entries: WastEntry[] = [];
  let code: ExitCode = EXIT.holds;
  for (const path of files) {
    const report = judgeFile(path, chosen, options);
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

function chosenKinds(list: string): Chosen {
  const names = list.split(',').map((name) => name.trim());
  for (const name of names) {
    if (!KINDS.includes(name)) throw new UsageError(`--only takes a list of ${KINDS.join(', ')}, not '${name}'`);
  }
  return {
    settled: new Set(STATIC_KINDS.filter((kind) => names.includes(kind))),
    executed: new Set(names.flatMap((name) => (name in EXECUTED_KINDS ? [EXECUTED_KINDS[name as ExecutedKind]] : []))),
  };
}

function judgeFile(path: string, chosen: Chosen | null, options: WastOptions): ScriptReport {
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
  if (chosen === null) return runProgram(program.value, options.semantics, readings);
  const settled = judgeStatic(program.value, chosen.settled);
  if (chosen.executed.size === 0) return { entries: settled, bound: null };
  const { entries, bound } = runProgram(program.value, options.semantics, readings);
  return { entries: [...settled, ...entries.filter(({ kind }) => chosen.executed.has(kind))], bound };
}

function runProgram(program: Program, semantics: ExecutorName, readings: Readings): ScriptReport {
  const store = new SharedStore({ writeBack: readings['cmpxchg-failure'] === 'write-back' });
  return runScript(program, executorOf(semantics, { readings, fuel: FUEL }), store, { requests: REQUESTS });
}
