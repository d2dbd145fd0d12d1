import { known } from '../../src/base/assert.ts';
import { Source } from '../../src/base/span.ts';
import { makeExec } from '../../src/exec/executor.ts';
import { explore } from '../../src/explore/explore.ts';
import { loadProgram } from '../../src/litmus/load.ts';
import type { Model } from '../../src/model/model.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import type { Answer, SmallProgram } from './herd-program.ts';
import { observed, readsOf } from './herd-program.ts';
import { inWasm } from './herd-text.ts';

/** All outcomes of a small program under a model. Throws if a bound was reached. */
export function outcomesOf(program: SmallProgram, model: Model): Answer {
  const loaded = loadProgram(new Source(`${program.name}.wast`, inWasm(program)), DEFAULT_READINGS);
  if (!loaded.ok) throw new Error(`${program.name}: ${loaded.error.map(({ message }) => message).join('; ')}`);
  const result = explore(loaded.value, makeExec({ readings: DEFAULT_READINGS, fuel: 1_000_000 }), {
    model,
    strategy: 'axioms',
    readings: DEFAULT_READINGS,
    bounds: { executions: 10_000_000, events: 1_000, returns: 5, milliseconds: null },
    shouldStop: () => false,
    onProgress: () => {},
  });
  if (!result.complete) throw new Error(`${program.name}: ${result.bound ?? 'incomplete'}`);
  const outcomes = result.outcomes.map(({ values }) => {
    const value = (name: string): number => Number(known(values.get(name), name).replace('i32 ', ''));
    const reads = program.threads.map((thread, t) =>
      Array.from({ length: readsOf(thread) }, (_, i) => value(`T${t}:0:${i}`)),
    );
    return observed(
      reads,
      Array.from({ length: program.places }, (_, p) => value(`main:0:${p}`)),
    );
  });
  return { outcomes: new Set(outcomes), undefined: result.flags.some((flag) => flag.undefined) };
}
