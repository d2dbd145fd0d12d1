import type { Executor, ExecutorOptions } from '../../src/runtime/executor.ts';
import type { State } from '../../src/semantics/config.ts';
import { makeSemantics } from '../../src/semantics/executor.ts';
import type { Reduction } from '../../src/semantics/rules.ts';
import { reductions } from '../../src/semantics/rules.ts';

/** Rules that have been applied, and instructions (rows of the table, `block`, `try_table`, …) that were executed without a trap. */
export interface Applied {
  readonly rules: Set<string>;
  readonly instructions: Set<string>;
}

export function nothingApplied(): Applied {
  return { rules: new Set(), instructions: new Set() };
}

/** What becomes of a reduction. */
export type Amend = (reduction: Reduction) => Reduction;

/** The semantics with each of its reductions amended. */
export function amendedSemantics(options: ExecutorOptions, amend: Amend): Executor<State> {
  const reduce = reductions(options.readings);
  return makeSemantics(options, (z) => {
    const reduction = reduce(z);
    return reduction === null ? null : amend(reduction);
  });
}

/** The semantics, recording what it applies. `unreachable` does what it is to do when it traps. */
export function watchedSemantics(options: ExecutorOptions, applied: Applied): Executor<State> {
  return amendedSemantics(options, (reduction) => ({
    ...reduction,
    step(z, answer) {
      const { id, instr } = reduction;
      reduction.step(z, answer);
      applied.rules.add(id);
      if (instr === null) return;
      const name = instr.kind === 'plain' ? instr.op : instr.kind;
      if (name === 'unreachable' || z.admin?.kind !== 'trap') applied.instructions.add(name);
    },
  }));
}
