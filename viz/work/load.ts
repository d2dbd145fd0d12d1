import type { Diagnostic } from '../../src/base/diagnostic.ts';
import type { Result } from '../../src/base/result.ts';
import { err, ok } from '../../src/base/result.ts';
import { NOWHERE, Source } from '../../src/base/span.ts';
import type { Show } from '../../src/explore/result.ts';
import { printBindings } from '../../src/litmus/bex/instances.ts';
import { emmeOutcome, loadBex } from '../../src/litmus/bex/load.ts';
import { commandOf } from '../../src/litmus/command-program.ts';
import { loadProgram } from '../../src/litmus/load.ts';
import type { Program } from '../../src/runtime/program.ts';
import type { Readings } from '../../src/syntax/readings.ts';
import { isBex } from './bex.ts';

/** What the page has as its program. */
export interface Written {
  readonly name: string;
  readonly text: string;
  /** Of a program with parameters, which choice of theirs; from 0. */
  readonly instance: number;
}

export interface Loaded {
  /** As the command line calls it: `MP`, and `MP[2]` with the second choice of its parameters. */
  readonly name: string;
  readonly program: Program;
  /** All choices of its parameters, in words; one without words if it has none. */
  readonly instances: readonly string[];
  /** Which of them it is. */
  readonly instance: number;
  /** An outcome under the names that its author gave. */
  readonly show: Show;
}

/** What the page has as a program, as the command line reads it: a script, a module that is a command, or a program of EMME’s. */
export function loadWritten(
  { name, text, instance }: Written,
  readings: Readings,
): Result<Loaded, readonly Diagnostic[]> {
  const source = new Source(name, text);
  if (!isBex(name)) {
    const script = loadProgram(source, readings);
    const program = script.ok ? (commandOf(script.value, { readings, invoke: null }) ?? script) : script;
    return program.ok
      ? ok({ name: testName(name), program: program.value, instances: [''], instance: 0, show: (outcome) => outcome })
      : program;
  }
  const all = loadBex(source, readings);
  if (!all.ok) return all;
  const chosen = Math.min(instance, all.value.length - 1);
  const it = all.value[chosen];
  if (it === undefined) return err([NO_VALUES]);
  const base = testName(name);
  return ok({
    name: it.bindings.size === 0 ? base : `${base}[${chosen + 1}]`,
    program: it.program,
    instances: all.value.map(({ bindings }) => printBindings(bindings)),
    instance: chosen,
    show: (outcome) => emmeOutcome(it, outcome),
  });
}

const NO_VALUES: Diagnostic = {
  code: 'invalid',
  rule: 'Bex/params',
  severity: 'error',
  message: 'a parameter has no values',
  at: NOWHERE,
};

function testName(file: string): string {
  return file.replace(/\.(wast|wat|bex)$/, '') || 'program';
}
