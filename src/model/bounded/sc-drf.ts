import { known } from '../../base/assert.ts';
import type { Execution } from '../../event/execution.ts';
import type { Model } from '../model.ts';
import type { Alphabet } from './alphabet.ts';
import { Executions } from './execution.ts';
import { HappensBefore } from './happens-before.ts';
import { InterleavingFinder } from './interleavings.ts';
import type { BoundedProgram } from './programs.ts';
import { copyProgram, forEachProgram } from './programs.ts';
import { forEachReadsFrom, readSlotsOf } from './reads-from.ts';

export interface ScDrfOptions {
  readonly models: readonly Model[];
  readonly alphabet: Alphabet;
  readonly events: number;
  /** Keep at most so many violations of each model; further ones are counted only. */
  readonly keep?: number;
  /** Asked now and then; true ends the check with what was found. */
  readonly shouldStop?: () => boolean;
}

/** An execution of a program: the program with one reads-from. */
export interface BoundedExecution {
  readonly program: BoundedProgram;
  readonly rf: Int8Array;
  readonly execution: Execution;
}

export interface Violations {
  readonly violations: readonly BoundedExecution[];
  /** How many there are. */
  readonly violated: number;
}

export interface ScDrfResult {
  readonly programs: number;
  /** Candidate executions up to symmetry. */
  readonly executions: number;
  /** Those of them without a data race. */
  readonly raceFree: number;
  /** Those of them that some interleaving explains. */
  readonly interleavings: number;
  /** Of each model: the others, as far as it allows them. */
  readonly verdicts: readonly (Violations & { readonly model: Model })[];
  /** Whether every candidate was looked at. */
  readonly complete: boolean;
}

/** Collects violations, up to a limit. */
export class ViolationList implements Violations {
  readonly violations: BoundedExecution[] = [];
  violated = 0;
  readonly #keep: number;

  constructor(keep = 10) {
    this.#keep = keep;
  }

  add(program: BoundedProgram, rf: Int8Array, execution: Execution): void {
    this.violated++;
    if (this.violations.length < this.#keep) {
      this.violations.push({ program: copyProgram(program), rf: rf.slice(), execution });
    }
  }
}

/**
 * SC-DRF [OOPSLA19 Prop. 6.1] for all executions of exactly so many events over an alphabet without acqrel accesses and fences: those that
 * are consistent and have no data race are sequentially consistent. Smaller executions stand for those with idle accesses (proofs-notes/sc-drf.md).
 */
export function checkScDrf({ models, alphabet, events, keep, shouldStop }: ScDrfOptions): ScDrfResult {
  const needsHb = models.every(({ assumes }) => assumes.hbConsistent && assumes.synchronises !== null);
  let [programs, executions, raceFree, interleavings] = [0, 0, 0, 0];
  const found = models.map(() => new ViolationList(keep));
  const stopped = forEachProgram({ alphabet, events, withoutIdle: true }, (program) => {
    if ((++programs & 0xff) === 0 && shouldStop?.() === true) return true;
    const slots = readSlotsOf(program, 'local');
    const hb = new HappensBefore(program, slots);
    const runner = new InterleavingFinder(program, slots);
    let make: Executions | null = null;
    forEachReadsFrom(program, slots, (rf) => {
      executions++;
      hb.close(rf);
      if (hb.races()) return;
      raceFree++;
      if (runner.explains(rf)) {
        interleavings++;
        return;
      }
      if (needsHb && !hb.isConsistent(rf)) return;
      make ??= new Executions(program, slots);
      const execution = make.execution(rf);
      models.forEach((model, m) => {
        if (model.check(execution).consistent) known(found[m], 'model').add(program, rf, execution);
      });
    });
    return false;
  });
  const verdicts = models.map((model, m) => {
    const { violations, violated } = known(found[m], 'model');
    return { model, violations, violated };
  });
  return { programs, executions, raceFree, interleavings, verdicts, complete: !stopped };
}
