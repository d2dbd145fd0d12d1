import type { Diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import { ok } from '../base/result.ts';
import type { Source } from '../base/span.ts';
import type { ExploreResult } from '../explore/result.ts';
import { printBindings } from '../litmus/bex/instances.ts';
import { emmeOutcome, loadBex } from '../litmus/bex/load.ts';
import { loadProgram } from '../litmus/load.ts';
import type { Program } from '../runtime/program.ts';
import type { Readings } from '../syntax/readings.ts';
import { testName } from './input.ts';

/** A program of a file, with the name that it has if it holds no litmus test. */
export interface LoadedTest {
  readonly name: string;
  /** What tells it from the other programs of the file; empty if there are none. */
  readonly about: string;
  readonly program: Program;
  /** Outcomes as the file's language names them. */
  readonly show: (result: ExploreResult) => ExploreResult;
}

/** What commands that explore take from a folder. */
export const TEST_FILES = ['.wast', '.wat', '.bex'] as const;

/** The programs of a file: one of a script; of a program of EMME (.bex) one for each choice of its parameters, `NAME[1]`, `NAME[2]`, …. */
export function loadTests(source: Source, readings: Readings): Result<readonly LoadedTest[], readonly Diagnostic[]> {
  const name = testName(source.name);
  if (!source.name.endsWith('.bex')) {
    const program = loadProgram(source, readings);
    return program.ok ? ok([{ name, about: '', program: program.value, show: (result) => result }]) : program;
  }
  const instances = loadBex(source, readings);
  if (!instances.ok) return instances;
  return ok(
    instances.value.map((instance, i) => ({
      name: instance.bindings.size === 0 ? name : `${name}[${i + 1}]`,
      about: printBindings(instance.bindings),
      program: instance.program,
      show: (result) => ({ ...result, outcomes: result.outcomes.map((outcome) => emmeOutcome(instance, outcome)) }),
    })),
  );
}
