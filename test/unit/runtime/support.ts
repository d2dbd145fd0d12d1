import { Source } from '../../../src/base/span.ts';
import { makeExec } from '../../../src/exec/executor.ts';
import { SharedStore } from '../../../src/exec/store.ts';
import { loadScript } from '../../../src/litmus/load.ts';
import type { Program } from '../../../src/runtime/program.ts';
import type { ScriptReport } from '../../../src/runtime/run-script.ts';
import { runScript } from '../../../src/runtime/run-script.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import type { Readings } from '../../../src/syntax/readings.ts';
import type { Value } from '../../../src/syntax/values.ts';
import { parseModule } from '../../../src/text/parse-module.ts';
import { checkModule } from '../../../src/valid/check.ts';
import type { ValidModule } from '../../../src/valid/valid-module.ts';

export const i32 = (value: number): Value => ({ type: 'i32', value });
export const i64 = (value: bigint): Value => ({ type: 'i64', value });

export function validModule(text: string): ValidModule {
  const parsed = parseModule(new Source('test.wat', text));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const valid = checkModule(parsed.value, DEFAULT_READINGS);
  if (!valid.ok) throw new Error(JSON.stringify(valid.error));
  return valid.value;
}

export function script(text: string, readings: Readings = DEFAULT_READINGS): Program {
  const loaded = loadScript(new Source('test.wast', text), readings);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value;
}

export function exec(readings: Readings = DEFAULT_READINGS, fuel = 1_000_000): ReturnType<typeof makeExec> {
  return makeExec({ readings, fuel });
}

/** Runs a script with the fast executor. */
export function runText(text: string, requests = 10_000): ScriptReport {
  return runScript(script(text), exec(), new SharedStore(), { accesses: requests, steps: requests });
}

/** `line kind: message` of every entry that did not pass. */
export function problems({ entries }: ScriptReport): string[] {
  return entries.flatMap((entry) => {
    if (entry.status === 'passed') return [];
    return [`${entry.line} ${entry.kind} ${entry.status}: ${entry.status === 'failed' ? entry.message : entry.reason}`];
  });
}
