import { known } from '../../base/assert.ts';
import type { Model } from '../model.ts';
import type { Alphabet } from './alphabet.ts';
import { Executions } from './execution.ts';
import { HardwareChecker } from './hardware/checker.ts';
import type { Machine } from './hardware/machine.ts';
import { InterleavingFinder } from './interleavings.ts';
import { forEachProgram } from './programs.ts';
import type { BoundedProgram } from './programs.ts';
import { ALLOCATION, forEachReadsFrom, readSlotsOf } from './reads-from.ts';
import type { ReadSlots } from './reads-from.ts';
import { ViolationList } from './sc-drf.ts';
import type { Violations } from './sc-drf.ts';

export interface CompilationOptions {
  readonly machines: readonly Machine[];
  /** Models of the OOPSLA19 family: all of them allow the interleavings, which are therefore not judged. */
  readonly models: readonly Model[];
  readonly alphabet: Alphabet;
  readonly events: number;
  /** Leaves out executions that read what was there at the start. */
  readonly withoutInitialReads?: boolean;
  /** Keep at most so many violations of each scheme; further ones are counted only. */
  readonly keep?: number;
  /** Asked now and then; true ends the check with what was found. */
  readonly shouldStop?: () => boolean;
}

/** What a machine shows of one model's programs, where it should not. */
export interface SchemeResult extends Violations {
  readonly machine: Machine;
  readonly model: Model;
  /** Executions that are no interleavings and that the machine allows. The violations are those of them that the model forbids. */
  readonly weak: number;
}

export interface CompilationResult {
  readonly programs: number;
  /** Candidate executions up to symmetry. */
  readonly executions: number;
  readonly schemes: readonly SchemeResult[];
  /** Whether every candidate was looked at. */
  readonly complete: boolean;
}

/**
 * Whether compilation schemes are right for all executions of exactly so many events: what a machine allows of the compiled program, a
 * model allows (proofs-notes/compilation.md).
 */
export function checkCompilation(options: CompilationOptions): CompilationResult {
  const { machines, models, alphabet, events, keep, shouldStop } = options;
  let [programs, executions] = [0, 0];
  const weak = machines.map(() => 0);
  const found = machines.map(() => models.map(() => new ViolationList(keep)));
  const stopped = forEachProgram({ alphabet, events, withoutIdle: true }, (program) => {
    if ((++programs & 0xff) === 0 && shouldStop?.() === true) return true;
    const slots = slotsOf(program, options.withoutInitialReads === true);
    const runner = new InterleavingFinder(program, slots);
    const make = lazily(() => new Executions(program, slots));
    const checkers = machines.map((machine) => lazily(() => new HardwareChecker(machine, program, slots)));
    forEachReadsFrom(program, slots, (rf) => {
      executions++;
      if (runner.explains(rf)) return;
      let forbidding: readonly number[] | null = null;
      const execution = lazily(() => make().execution(rf));
      checkers.forEach((checker, i) => {
        if (!checker().allows(rf)) return;
        weak[i] = (weak[i] as number) + 1;
        forbidding ??= [...models.keys()].filter((m) => !known(models[m], 'model').check(execution()).consistent);
        for (const m of forbidding) known(found[i]?.[m], 'scheme').add(program, rf, execution());
      });
    });
    return false;
  });
  const schemes = machines.flatMap((machine, i) =>
    models.map((model, m): SchemeResult => {
      const { violations, violated } = known(found[i]?.[m], 'scheme');
      return { machine, model, weak: weak[i] as number, violations, violated };
    }),
  );
  return { programs, executions, schemes, complete: !stopped };
}

function lazily<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}

function slotsOf(program: BoundedProgram, withoutInitialReads: boolean): ReadSlots {
  const slots = readSlotsOf(program, 'local');
  if (!withoutInitialReads) return slots;
  return { ...slots, writers: slots.writers.map((list) => list.filter((writer) => writer !== ALLOCATION)) };
}
