import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import { makeExec } from '../../src/exec/executor.ts';
import type { Candidate } from '../../src/explore/explain/candidates.ts';
import { enumerateCandidates } from '../../src/explore/explain/candidates.ts';
import { explain } from '../../src/explore/explain/explain.ts';
import type { Explanation } from '../../src/explore/explain/explanation.ts';
import type { Target, Values } from '../../src/explore/explain/target.ts';
import { findModel } from '../../src/model/catalogue.ts';
import type { Model } from '../../src/model/model.ts';
import { NOTHING_ASSUMED } from '../../src/model/model.ts';
import type { Program } from '../../src/runtime/program.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { checkGroup, checkPicture, checkSurprise } from '../support/explain-checks.ts';
import { exploreProgram, program } from '../support/explore-file.ts';
import { FAMILIES, programs } from './generators/programs.ts';

/** Programs of each family; multiplied by WEFT_RUNS. */
const RUNS = 3 * Number(process.env['WEFT_RUNS'] ?? 1);
/** Programs with more candidates than this are passed over, and so are further outcomes of one program. */
const MOST_CANDIDATES = 1_500;
const MOST_OUTCOMES = 12;
const BOUNDS = { executions: 20_000, events: 200, returns: 3, milliseconds: null };

const executor = makeExec({ readings: DEFAULT_READINGS, fuel: 100_000 });

function keyOf(values: Values): string {
  return [...values].map(([key, value]) => `${key}=${value}`).join(';');
}

function targetOf(values: Values): Target {
  return {
    text: keyOf(values),
    matches: (outcome) => keyOf(outcome) === keyOf(values),
    excludes: (some) => [...some].some(([key, value]) => values.get(key) !== value),
    facts: [],
  };
}

/** Every outcome that some candidate execution has; null if there are too many. */
function candidateOutcomes(p: Program): Map<string, Values> | null {
  const outcomes = new Map<string, Values>();
  const bound = enumerateCandidates(p, executor, {
    readings: DEFAULT_READINGS,
    bounds: { ...BOUNDS, executions: MOST_CANDIDATES },
    assumes: { ...NOTHING_ASSUMED, mixes: 'minimal' },
    target: null,
    plausible: () => true,
    take: ({ values }: Candidate) => outcomes.set(keyOf(values), values) !== null,
    shouldStop: () => false,
  });
  return bound === null ? outcomes : null;
}

function explained(p: Program, model: Model, values: Values): Explanation {
  return explain(p, executor, {
    model,
    target: targetOf(values),
    readings: DEFAULT_READINGS,
    bounds: BOUNDS,
    all: true,
    shouldStop: () => false,
    onProgress: () => {},
  });
}

function outcomesUnder(p: Program, model: Model): ReadonlySet<string> {
  return new Set(exploreProgram(p, model, { strategy: 'axioms' }).outcomes.map(({ values }) => keyOf(values)));
}

/** Every outcome of a program's candidates is explained, and the explanations are right. Says how many were forbidden and allowed. */
function checkProgram(text: string, model: Model, tally: { forbidden: number; allowed: number }): void {
  const p = program(text);
  const outcomes = candidateOutcomes(p);
  if (outcomes === null) return;
  const allowed = outcomesUnder(p, model);
  const without = new Map<string, ReadonlySet<string>>();
  const outcomesLess = (axioms: readonly string[]): ReadonlySet<string> => {
    const old = without.get(axioms.join());
    if (old !== undefined) return old;
    const found = outcomesUnder(p, model.less(axioms));
    without.set(axioms.join(), found);
    return found;
  };
  for (const [key, values] of [...outcomes].slice(0, MOST_OUTCOMES)) {
    const found = explained(p, model, values);
    expect([key, found.kind]).toEqual([key, allowed.has(key) ? 'allowed' : 'forbidden']);
    if (found.kind === 'allowed') {
      tally.allowed++;
      expect(keyOf(found.values)).toBe(key);
      expect(model.check(found.witness.execution).consistent).toBe(true);
      checkSurprise(found.surprise, found.witness.execution);
    }
    if (found.kind !== 'forbidden') continue;
    tally.forbidden++;
    checkPicture(p, found);
    expect(found.smallest.length).toBeGreaterThan(0);
    for (const { axioms, executions } of found.smallest) {
      expect(executions).toBeGreaterThan(0);
      expect(outcomesLess(axioms)).toContain(key);
      for (const axiom of axioms) expect(outcomesLess(axioms.filter((other) => other !== axiom))).not.toContain(key);
    }
    for (const group of [...found.groups, ...found.others.groups]) {
      checkGroup(model, group);
      expect(keyOf(group.candidate.values)).toBe(key);
    }
    const grouped = [...found.groups, ...found.others.groups].reduce((sum, { executions }) => sum + executions, 0);
    expect(grouped).toBe(found.candidates);
  }
}

describe('weft explain', () => {
  test.each(Object.entries(FAMILIES))(
    'is right about every outcome of every candidate execution: %s',
    (name, family) => {
      const tally = { forbidden: 0, allowed: 0 };
      const model = fc.constantFrom('wasm', 'wasm', 'wasm-oopsla19-uncorrected', 'js-es2018-scdrf', 'sc');
      fc.assert(
        fc.property(programs(family), model, (text, modelName) => {
          checkProgram(text, known(findModel(modelName), 'model'), tally);
        }),
        { seed: 20261201 + name.length, numRuns: RUNS },
      );
      expect(tally.forbidden + tally.allowed).toBeGreaterThan(0);
    },
  );
});
