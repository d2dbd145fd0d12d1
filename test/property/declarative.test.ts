import { describe, expect, test } from 'vitest';
import type { Module } from '../../src/syntax/module.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { printModule } from '../../src/text/print-module.ts';
import { moduleErrors } from '../../src/valid/check.ts';
import {
  DECLARATIVE_RULES,
  declarativeForms,
  type Derivation,
  wrongSteps,
} from '../../src/valid/declarative/derivation.ts';
import { derivable } from '../../src/valid/declarative/derivable.ts';
import { derive } from '../../src/valid/declarative/prove.ts';
import { SHARING_PREMISES } from '../../src/valid/premises.ts';
import { RULES } from '../../src/valid/rules.ts';
import { accepts, anyReadings, disagreements, type Tally } from '../support/declarative.ts';
import { choicesFromSeed } from './generators/modules/choices.ts';
import { moduleFromSeed } from './generators/modules/module.ts';
import { nearMissFromSeed } from './generators/modules/near-miss.ts';
import { smallDefinitions } from './generators/small-definitions.ts';
import { type SmallOptions, smallModule } from './generators/small-modules.ts';

/**
 * The declarative system and the checking algorithm give the same verdicts [proofs-notes/typing.md]: what the algorithm accepts has a
 * derivation, every step of which is an instance of its rule; what it rejects has none, as far as small by exhaustion.
 * `WEFT_RUNS=10` multiplies the runs.
 */

const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);
const SEED = Number(process.env['WEFT_SEED'] ?? 20_261_126);

describe('rules', () => {
  test('every rule of the algorithm has a declarative form', () => {
    expect(RULES.map(({ id }) => id).filter((id) => declarativeForms(id).length === 0)).toEqual([]);
  });

  test('both have the same rules of instructions', () => {
    const ofInstructions = (ids: readonly string[]): readonly string[] =>
      ids.filter((id) => /^(Instr_ok|Catch_ok)\//.test(id)).sort();
    expect(ofInstructions(Object.keys(DECLARATIVE_RULES))).toEqual(ofInstructions(RULES.map(({ id }) => id)));
  });
});

describe('generated modules', () => {
  /** What the search can exhaust in no time. */
  const isSmall = ({ types }: Module): boolean => types.length <= 10;

  test('well-typed ones have derivations', () => {
    for (let i = 0; i < 25 * RUNS; i++) {
      const module = moduleFromSeed(SEED + i);
      const derivation = derive(module, DEFAULT_READINGS);
      if (derivation === null) throw new Error(`no derivation of seed ${SEED + i}`);
      const wrong = wrongSteps(derivation).map((d) => d.rule);
      expect(wrong, `seed ${SEED + i}`).toEqual([]);
      if (isSmall(module)) expect(derivable(module, DEFAULT_READINGS), `seed ${SEED + i}`).toBe(true);
    }
  });

  test('near misses that the algorithm rejects have none', () => {
    let rejected = 0;
    for (let i = 0; i < 40 * RUNS; i++) {
      const { module } = nearMissFromSeed(moduleFromSeed(SEED + i), SEED + i);
      const verdict = accepts(module);
      const what = `near miss of seed ${SEED + i}`;
      expect(derive(module, DEFAULT_READINGS) !== null, what).toBe(verdict);
      if (isSmall(module)) expect(derivable(module, DEFAULT_READINGS), what).toBe(verdict);
      if (!verdict) rejected++;
    }
    expect(rejected).toBeGreaterThan(30 * RUNS);
  });
});

describe('bodies of any instructions', () => {
  const SMALL: Omit<SmallOptions, 'keep'> = { types: 4, functions: 20, length: 7 };

  function compare(seed: number, steered: boolean, all: boolean, tally: Tally): void {
    const c = choicesFromSeed(seed);
    const readings = all ? anyReadings(c) : DEFAULT_READINGS;
    const keep = (module: Module): boolean => accepts(module, readings);
    const module = smallModule(c, steered ? { ...SMALL, keep } : SMALL);
    const found = disagreements(module, readings, tally);
    if (found.length > 0) throw new Error(`seed ${seed}: ${found.join('; ')}\n${printModule(module)}`);
  }

  test('algorithm, derivation and exhaustive search agree', () => {
    const tally: Tally = { accepted: 0, rejected: 0 };
    for (let i = 0; i < 25 * RUNS; i++) compare(SEED + i, true, false, tally);
    for (let i = 0; i < 25 * RUNS; i++) compare(SEED + i, false, false, tally);
    process.stdout.write(`declarative: ${JSON.stringify(tally)}\n`);
    expect(tally.accepted).toBeGreaterThan(150 * RUNS);
    expect(tally.rejected).toBeGreaterThan(400 * RUNS);
  });

  test('they agree under any readings', () => {
    const tally: Tally = { accepted: 0, rejected: 0 };
    for (let i = 0; i < 25 * RUNS; i++) compare(SEED + 1000 + i, true, true, tally);
    expect(tally.accepted).toBeGreaterThan(100 * RUNS);
  });

  test('an algorithm without one of its sharing premises disagrees', () => {
    for (const premise of ['Instr_ok/global.get:global', 'Heaptype_ok:abstract', 'Heaptype_sub:share'] as const) {
      const premises = new Set([...SHARING_PREMISES].filter((p) => p !== premise));
      const keep = (module: Module): boolean => moduleErrors(module, DEFAULT_READINGS, premises).length === 0;
      const disagrees = (seed: number): boolean => {
        const module = smallModule(choicesFromSeed(seed), { ...SMALL, keep });
        return disagreements(module, DEFAULT_READINGS, undefined, premises).length > 0;
      };
      expect(Array.from({ length: 40 }, (_, i) => SEED + i).some(disagrees), premise).toBe(true);
    }
  });
});

test('definitions of any kind, under any readings: algorithm, derivation and search agree', () => {
  const tally: Tally = { accepted: 0, rejected: 0 };
  for (let i = 0; i < 200 * RUNS; i++) {
    const c = choicesFromSeed(SEED + i);
    const readings = i % 2 === 0 ? DEFAULT_READINGS : anyReadings(c);
    const module = smallDefinitions(c, (m) => i % 8 === 0 || accepts(m, readings));
    const found = disagreements(module, readings);
    if (found.length > 0) throw new Error(`seed ${SEED + i}: ${found.join('; ')}\n${printModule(module)}`);
    tally[accepts(module, readings) ? 'accepted' : 'rejected']++;
  }
  expect(tally.accepted).toBeGreaterThan(100 * RUNS);
  expect(tally.rejected).toBeGreaterThan(20 * RUNS);
});

describe('derivations', () => {
  /** The derivation with its n-th step, counted from the root, changed. */
  function altered(derivation: Derivation, n: number, change: (d: Derivation) => Derivation): Derivation {
    let count = 0;
    const visit = (d: Derivation): Derivation => {
      const here = count++ === n;
      const copy = { ...d, premises: d.premises.map(visit) };
      return here ? change(copy) : copy;
    };
    return visit(derivation);
  }

  function sizeOf(d: Derivation): number {
    return 1 + d.premises.reduce((sum, p) => sum + sizeOf(p), 0);
  }

  test('of which a step is changed are refused', () => {
    let changed = 0;
    for (let i = 0; i < 20; i++) {
      const c = choicesFromSeed(SEED + i);
      const derivation = derive(smallModule(c, { types: 2, functions: 1, length: 5, keep: accepts }), DEFAULT_READINGS);
      if (derivation === null) continue;
      const { conclusion } = derivation;
      const change = (d: Derivation): Derivation =>
        d.premises.length > 0 ? { ...d, premises: d.premises.slice(1) } : { ...d, conclusion };
      const size = sizeOf(derivation);
      for (let k = 0; k < 20; k++, changed++) {
        const n = c.below(size);
        expect(wrongSteps(altered(derivation, n, change)).length, `seed ${SEED + i}, step ${n}`).toBeGreaterThan(0);
      }
    }
    expect(changed).toBeGreaterThan(60);
  });
});
