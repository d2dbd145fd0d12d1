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
  readonly model: Model;
  readonly alphabet: Alphabet;
  readonly events: number;
  /** Stop after so many violations. */
  readonly limit?: number;
  /** Asked now and then; true ends the check with what was found. */
  readonly shouldStop?: () => boolean;
}

/** An execution of a program: the program with one reads-from. */
export interface BoundedExecution {
  readonly program: BoundedProgram;
  readonly rf: Int8Array;
  readonly execution: Execution;
}

export interface ScDrfResult {
  readonly programs: number;
  /** Candidate executions up to symmetry. */
  readonly executions: number;
  /** Those of them without a data race. */
  readonly raceFree: number;
  /** Those of them that some interleaving explains. */
  readonly interleavings: number;
  /** The others, as far as the model allows them. */
  readonly violations: readonly BoundedExecution[];
  /** Whether every candidate was looked at. */
  readonly complete: boolean;
}

/**
 * SC-DRF [OOPSLA19 Prop. 6.1] for all executions of exactly so many events over an alphabet without acqrel accesses and fences: those that
 * are consistent and have no data race are sequentially consistent. Smaller executions stand for those with idle accesses (proofs-notes/sc-drf.md).
 */
export function checkScDrf({ model, alphabet, events, limit, shouldStop }: ScDrfOptions): ScDrfResult {
  let [programs, executions, raceFree, interleavings] = [0, 0, 0, 0];
  const needsHb = model.assumes.hbConsistent && model.assumes.synchronises !== null;
  const violations: BoundedExecution[] = [];
  const stopped = forEachProgram({ alphabet, events, withoutIdle: true }, (program) => {
    if ((++programs & 0xff) === 0 && shouldStop?.() === true) return true;
    const slots = readSlotsOf(program, 'local');
    const hb = new HappensBefore(program, slots);
    const runner = new InterleavingFinder(program, slots);
    let make: Executions | null = null;
    return forEachReadsFrom(program, slots, (rf) => {
      executions++;
      hb.close(rf);
      if (hb.races()) return false;
      raceFree++;
      if (runner.explains(rf)) {
        interleavings++;
        return false;
      }
      if (needsHb && !hb.isConsistent(rf)) return false;
      make ??= new Executions(program, slots);
      const execution = make.execution(rf);
      if (!model.check(execution).consistent) return false;
      violations.push({ program: copyProgram(program), rf: rf.slice(), execution });
      return violations.length === limit;
    });
  });
  return { programs, executions, raceFree, interleavings, violations, complete: !stopped };
}
