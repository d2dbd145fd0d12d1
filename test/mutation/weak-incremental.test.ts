import { describe, expect, test } from 'vitest';
import type { EventId, Execution } from '../../src/event/execution.ts';
import { wasm } from '../../src/model/definitions.ts';
import type { IncrementalMutant } from '../../src/model/incremental/incremental.ts';
import { NativeIncremental } from '../../src/model/incremental/incremental.ts';
import { nativeModel } from '../../src/model/native.ts';
import type { Program } from '../unit/model/build.ts';
import { eventsOf, everyReadsFrom, Fsc, program, Racq, Rsc, U, Wrel, Wsc, x, y } from '../unit/model/build.ts';

const storeBuffering = program([Wsc(x, 1), Rsc(y, 0)], [Wsc(y, 1), Rsc(x, 0)]);
const updates = program([U(x, 0, 1)], [U(x, 0, 2)], [Wsc(x, 3), Rsc(x, 0)]);
const fences = program([Wrel(x, 1), Fsc, Racq(y, 0)], [Wrel(y, 1), Fsc, Racq(x, 0)]);

interface Verdicts {
  readonly plausible: boolean;
  readonly consistent: boolean;
}

/** All executions of the program, one check being led from each to the next: the events stay, the reads come and go. */
function judge(of: Program, mutant: IncrementalMutant): Verdicts[] {
  const check = new NativeIncremental(wasm, mutant);
  for (const event of eventsOf(of)) check.event(event);
  return [...everyReadsFrom(of)].map((execution) => {
    const mark = check.mark();
    tellReads(check, execution);
    const verdicts = { plausible: check.isPlausible(), consistent: check.isConsistent() };
    check.undoTo(mark);
    return verdicts;
  });
}

function tellReads(check: NativeIncremental, { events, rf }: Execution): void {
  for (const event of events) {
    event.actions.forEach((_, action) => {
      const from: readonly EventId[] | null | undefined = rf[event.id]?.[action];
      if (from) check.read(event, action, from);
    });
  }
}

function judgeAnew(of: Program): boolean[] {
  return [...everyReadsFrom(of)].map((execution) => nativeModel({ base: wasm }).check(execution).consistent);
}

const PROGRAMS = { storeBuffering, updates, fences };

describe('a check that is led from execution to execution', () => {
  test.each(Object.entries(PROGRAMS))('agrees with one of each by itself: %s', (_, of) => {
    expect(judge(of, null).map(({ consistent }) => consistent)).toEqual(judgeAnew(of));
  });

  test('is wrong if the order that an execution forced is not undone with it', () => {
    const wrong = Object.values(PROGRAMS).map((of) =>
      judge(of, 'forgets-undo').some(({ consistent }, i) => consistent !== judgeAnew(of)[i]),
    );
    expect(wrong).toContain(true);
  });

  test('notices less if a clause is not looked at again after an edge was forced', () => {
    const unnoticed = (mutant: IncrementalMutant): number =>
      Object.values(PROGRAMS).flatMap((of) => judge(of, mutant).filter((v) => v.plausible && !v.consistent)).length;
    expect(unnoticed(null)).toBe(0);
    expect(unnoticed('looks-once')).toBeGreaterThan(0);
  });
});
