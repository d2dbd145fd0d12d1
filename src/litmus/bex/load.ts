import { Bug } from '../../base/assert.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { err, ok } from '../../base/result.ts';
import { Source } from '../../base/span.ts';
import type { Outcome } from '../../explore/result.ts';
import type { Program } from '../../runtime/program.ts';
import type { Readings } from '../../syntax/readings.ts';
import { loadProgram } from '../load.ts';
import type { Bindings } from './instances.ts';
import { instancesOf } from './instances.ts';
import { parseBex } from './parse.ts';
import type { ShownRead } from './translate.ts';
import { translate } from './translate.ts';

/** A program of EMME with values for its parameters, ready to be explored. */
export interface BexInstance {
  /** Empty for a program without parameters. */
  readonly bindings: Bindings;
  readonly program: Program;
  readonly reads: readonly ShownRead[];
}

/** All instances of a program, the last of its `Params` varying fastest. */
export function loadBex(source: Source, readings: Readings): Result<readonly BexInstance[], readonly Diagnostic[]> {
  const program = parseBex(source);
  if (!program.ok) return program;
  const choices = instancesOf(program.value);
  if (!choices.ok) return choices;
  const instances: BexInstance[] = [];
  for (const bindings of choices.value) {
    const script = translate(program.value, source, bindings);
    if (!('text' in script)) return err(script);
    const loaded = loadProgram(new Source(source.name, script.text), readings);
    if (!loaded.ok) throw new Bug(`the script of ${source.name} is refused: ${loaded.error[0]?.message ?? ''}`);
    instances.push({ bindings, program: loaded.value, reads: script.reads });
  }
  return ok(instances);
}

/** An outcome with EMME's names for what was read (`id4_R_t2`), reads that were not executed left out. */
export function emmeOutcome<O extends Pick<Outcome, 'values'>>({ reads }: BexInstance, outcome: O): O {
  const values = new Map<string, string>();
  for (const { name, thread, result, executed } of reads) {
    const at = (i: number): string | undefined => outcome.values.get(`${thread}:0:${i}`);
    const value = at(result);
    if (value !== undefined && (executed === null || at(executed) === 'i32 1')) values.set(name, value);
  }
  return { ...outcome, values };
}
