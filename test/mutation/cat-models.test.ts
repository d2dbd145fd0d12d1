import { describe, expect, test } from 'vitest';
import { catModel, modelNames } from '../../src/cli/models.ts';
import { findModel } from '../../src/model/catalogue.ts';
import type { Program, Thread } from '../unit/model/build.ts';
import { allows, Fsc, program, R, Racq, Rsc, U, Uar, W, Wrel, Wsc, x, y, z } from '../unit/model/build.ts';

/** The threads, and then one that all others have ended before, which reads the last values. */
function joined(threads: readonly Thread[], last: Thread): Program {
  const observer = 1 + threads.reduce((n, thread) => n + thread.length, 0);
  let end = 0;
  const asw = threads.map((thread) => [(end += thread.length), observer] as const);
  return { threads: [...threads, last], asw };
}

const twoUpdates = program([U(x, 0, 1)], [U(x, 0, 2)]);
const updateOfLater = joined([[Uar(x, 1, 2)], [W(x, 1)]], [R(x, 1)]);

/** For each check a program that the model forbids, and allows without that check. The models of the OOPSLA19 family are in axioms.test.ts. */
const WITNESSES: Readonly<Record<string, Readonly<Record<string, Program>>>> = {
  'x86-tso': {
    'sc-per-location': program([W(x, 1), R(x, 0)]),
    atomicity: twoUpdates,
    tso: program([W(x, 1), W(y, 1)], [R(y, 1), R(x, 0)]),
  },
  armv8: {
    internal: program([W(x, 1), W(x, 2)], [R(x, 2), R(x, 1)]),
    atomic: twoUpdates,
    external: program([W(x, 1), Wrel(y, 1)], [Racq(y, 1), R(x, 0)]),
  },
  rc11: {
    coherence: program([Wrel(x, 1), Wrel(x, 2)], [Racq(x, 2), Racq(x, 1)]),
    atomicity: updateOfLater,
    'seq-cst': program([Wsc(x, 1), Rsc(y, 0)], [Wsc(y, 1), Rsc(x, 0)]),
    'no-thin-air': program([R(x, 1), W(y, 1)], [R(y, 1), W(x, 1)]),
  },
  c11: {
    coherence: program([Wrel(x, 1), Wrel(x, 2)], [Racq(x, 2), Racq(x, 1)]),
    'reads-from': program([Racq(x, 1), Wrel(x, 1)]),
    'non-atomic-reads': program([W(x, 1), W(x, 2), R(x, 1)]),
    updates: program([Uar(x, 0, 1)], [Uar(x, 0, 2)]),
    S1: program([Wsc(x, 1), Rsc(y, 0)], [Wsc(y, 1), Rsc(x, 0)]),
    S2: joined(
      [
        [Wsc(x, 1), Wsc(y, 2)],
        [Wsc(y, 1), Wsc(x, 2)],
      ],
      [R(x, 1), R(y, 1)],
    ),
    S3: program([Wsc(x, 1), Rsc(y, 0)], [Wsc(y, 1), Wsc(x, 2), Rsc(z, 0)], [Wsc(z, 1), Rsc(x, 1)]),
    S4: program([Wsc(x, 1), Rsc(y, 0)], [Wsc(y, 1), Rsc(x, 0)]),
    S5: program([Wsc(x, 1), Rsc(y, 0)], [Wsc(y, 1), Fsc, Racq(x, 0)]),
    S6: program([Wrel(x, 1), Fsc, Rsc(y, 0)], [Wsc(y, 1), Rsc(x, 0)]),
    S7: program([Wrel(x, 1), Fsc, Racq(y, 0)], [Wrel(y, 1), Fsc, Racq(x, 0)]),
  },
};

const CHECKS = Object.entries(WITNESSES).flatMap(([model, checks]) =>
  Object.entries(checks).map(([check, outcome]) => ({ model, check, outcome })),
);

describe('each check of a model’s file forbids what the others allow', () => {
  test.each(CHECKS)('$check of $model', ({ model, check, outcome }) => {
    expect(allows(catModel(model), outcome)).toBe(false);
    expect(allows(catModel(model).less([check]), outcome)).toBe(true);
  });

  test.each(modelNames().filter((name) => findModel(name) === null))('all checks of %s have a witness', (name) => {
    const checks = catModel(name).axioms.filter(({ statement }) => !statement.startsWith('with '));
    expect(checks.map((axiom) => axiom.name).toSorted()).toEqual(Object.keys(WITNESSES[name] ?? {}).toSorted());
  });
});
