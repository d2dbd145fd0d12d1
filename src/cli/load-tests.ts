import type { Diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import { err, ok } from '../base/result.ts';
import type { AnySource } from '../base/span.ts';
import { ByteSource, NOWHERE } from '../base/span.ts';
import type { Show } from '../explore/result.ts';
import { printBindings } from '../litmus/bex/instances.ts';
import { emmeOutcome, loadBex } from '../litmus/bex/load.ts';
import { commandOf, loadCommandBinary } from '../litmus/command-program.ts';
import type { CommandOptions } from '../litmus/command-program.ts';
import { loadProgram } from '../litmus/load.ts';
import type { LoadError, Program } from '../runtime/program.ts';
import type { Readings } from '../syntax/readings.ts';
import { testName } from './input.ts';

/** A program of a file, with the name that it has if it holds no litmus test. */
export interface LoadedTest {
  readonly name: string;
  /** What tells it from the other programs of the file; empty if there are none. */
  readonly about: string;
  readonly program: Program;
  /** Outcomes as the file's language names them. */
  readonly show: Show;
}

/** What commands that explore take from a folder. */
export const TEST_FILES = ['.wast', '.wat', '.bex'] as const;

/** What `weft explore` takes from a folder: binary command programs too. */
export const EXPLORED_FILES = [...TEST_FILES, '.wasm'] as const;

/** The programs of a file: one of a script or of a command program (`invoke` is the entry that was asked for); of a program of EMME (.bex) one for each choice of its parameters, `NAME[1]`, `NAME[2]`, …. */
export function loadTests(
  source: AnySource,
  readings: Readings,
  invoke: string | null = null,
): Result<readonly LoadedTest[], readonly Diagnostic[]> {
  const name = testName(source.name);
  if (source instanceof ByteSource || !source.name.endsWith('.bex')) {
    const program = loadOne(source, { readings, invoke });
    return program.ok ? ok([{ name, about: '', program: program.value, show: (outcome) => outcome }]) : program;
  }
  const instances = loadBex(source, readings);
  if (!instances.ok) return instances;
  return ok(
    instances.value.map((instance, i) => ({
      name: instance.bindings.size === 0 ? name : `${name}[${i + 1}]`,
      about: printBindings(instance.bindings),
      program: instance.program,
      show: (outcome) => emmeOutcome(instance, outcome),
    })),
  );
}

function loadOne(source: AnySource, options: CommandOptions): Result<Program, LoadError> {
  if (source instanceof ByteSource) return loadCommandBinary(source, options);
  const program = loadProgram(source, options.readings);
  if (!program.ok) return program;
  const command = commandOf(program.value, options);
  if (command !== null || options.invoke === null) return command ?? program;
  const message = `a script says itself what it calls, so that --invoke ${options.invoke} has no meaning`;
  return err([{ code: 'usage', rule: 'Command/entry', severity: 'error', message, at: NOWHERE }]);
}
