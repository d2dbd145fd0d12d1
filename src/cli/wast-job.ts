import { callSequential, runsAlone } from '../exec/js/call.ts';
import type { CallOutcome } from '../exec/sequential.ts';
import { SharedStore } from '../exec/store.ts';
import type { StaticKind } from '../litmus/judge-static.ts';
import { judgeStatic } from '../litmus/judge-static.ts';
import { loadScript } from '../litmus/load.ts';
import { diagnosticText } from '../report/diagnostics.ts';
import type { WastEntry } from '../report/wast-json.ts';
import type { CallStart } from '../runtime/executor.ts';
import type { Program } from '../runtime/program.ts';
import type { ActionBounds, ScriptReport } from '../runtime/run-script.ts';
import { runScript } from '../runtime/run-script.ts';
import type { Readings } from '../syntax/readings.ts';
import type { ExecutorName } from './executors.ts';
import { executorOf } from './executors.ts';
import { readSource } from './input.ts';

/** What to judge in each file, as plain data, so that a worker can be asked to do it. */
export interface WastSpec {
  /** The kinds of commands to judge; null: the whole script. */
  readonly chosen: { readonly settled: readonly StaticKind[]; readonly executed: readonly string[] } | null;
  readonly readings: Readings;
  readonly semantics: ExecutorName;
  readonly bounds: ActionBounds;
}

/** What came of one file. */
export interface WastDone {
  readonly entries: readonly WastEntry[];
  /** Which bound was reached; null if none was. */
  readonly bound: string | null;
  /** What is said beside the report: why a text is no script. */
  readonly notes: readonly string[];
}

export function wastJob(path: string, { chosen, ...spec }: WastSpec): WastDone {
  const source = readSource(path);
  const program = loadScript(source, spec.readings);
  if (!program.ok) {
    const entries = program.error.map(({ at, message }) => ({
      file: path,
      line: source.position(at.start).line,
      kind: 'module' as const,
      status: 'failed' as const,
      message,
    }));
    const notes = program.error.map((diagnostic) => diagnosticText(diagnostic, source, { color: false }));
    return { entries, bound: null, notes };
  }
  if (chosen === null) return { ...runProgram(program.value, spec), notes: [] };
  const settled = judgeStatic(program.value, new Set(chosen.settled));
  if (chosen.executed.length === 0) return { entries: settled, bound: null, notes: [] };
  const { entries, bound } = runProgram(program.value, spec);
  return { entries: [...settled, ...entries.filter(({ kind }) => chosen.executed.includes(kind))], bound, notes: [] };
}

function runProgram(program: Program, { semantics, readings, bounds }: Omit<WastSpec, 'chosen'>): ScriptReport {
  const store = new SharedStore({ writeBack: readings['cmpxchg-failure'] === 'write-back' });
  const options = { readings, fuel: bounds.steps };
  return runScript(program, executorOf(semantics, options), store, bounds, semantics === 'exec' ? direct : undefined);

  /** Code that runs alone is compiled to JavaScript. */
  function direct({ func, args, locals }: CallStart): CallOutcome | null {
    return runsAlone(func) ? callSequential(options, func, args, store, locals) : null;
  }
}
