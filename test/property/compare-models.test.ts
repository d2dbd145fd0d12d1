import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import { evaluate } from '../../src/litmus/condition.ts';
import type { Alphabet } from '../../src/model/bounded/alphabet.ts';
import { bytesAndPair, lettersOf, singleBytes } from '../../src/model/bounded/alphabet.ts';
import type { Comparison } from '../../src/model/bounded/compare.ts';
import { compareModels } from '../../src/model/bounded/compare.ts';
import { findModel } from '../../src/model/catalogue.ts';
import { nativeModel } from '../../src/model/native.ts';
import { wasm } from '../../src/model/definitions.ts';
import type { Model } from '../../src/model/model.ts';
import { compareJson, compareText, differenceTest } from '../../src/report/compare-text.ts';
import { exploreProgram, program } from '../support/explore-file.ts';

const named = (name: string): Model => known(findModel(name), name);

function oneSize(events: number): Alphabet {
  return { places: singleBytes(events), letters: lettersOf(['unord', 'acqrel', 'seqcst'], ['acqrel', 'seqcst']) };
}

/** Unordered accesses alone: enough to tell weak models from sc, and few. */
function unordered(events: number): Alphabet {
  return { places: singleBytes(events), letters: lettersOf(['unord']) };
}

function compare(a: Model, b: Model, events: number, alphabet: (events: number) => Alphabet = oneSize): Comparison {
  return compareModels({
    models: [a, b],
    alphabet,
    events,
    withoutIdle: true,
    limit: 4,
    shouldStop: () => false,
  });
}

/** Explores each difference's litmus test from its text under both models. */
function expectReproduced({ sides }: Comparison): number {
  let seen = 0;
  for (const side of sides) {
    for (const [i, difference] of side.differences.entries()) {
      const script = program(differenceTest(side, difference, i + 1, new Map()));
      const litmus = known(script.litmus[0], 'litmus');
      const verdict = (model: Model): string => evaluate(litmus, exploreProgram(script, model).outcomes).verdict;
      expect([verdict(side.allows), verdict(side.forbids)], script.litmus[0]?.name).toEqual(['allowed', 'forbidden']);
      seen++;
    }
  }
  return seen;
}

describe('weft compare', () => {
  test.each([
    ['js-es2018', 'wasm-oopsla19', 3],
    ['wasm', 'wasm-oopsla19', 3],
    ['wasm-oopsla19-uncorrected', 'wasm-oopsla19', 2],
  ] as const)('%s and %s: every difference shown is one when its test is explored', (a, b, events) => {
    expect(expectReproduced(compare(named(a), named(b), events))).toBeGreaterThan(0);
  });

  test('wasm and sc: every difference shown is one when its test is explored', () => {
    expect(expectReproduced(compare(named('wasm'), named('sc'), 4, unordered))).toBeGreaterThan(0);
  });

  test('with pairs of bytes too', () => {
    const mixed = (): Alphabet => ({ places: bytesAndPair(0), letters: lettersOf(['unord', 'seqcst']) });
    expect(expectReproduced(compare(named('wasm'), named('sc'), 3, mixed))).toBeGreaterThan(0);
  });

  test('finds what one axiom is for', () => {
    const less = nativeModel({ base: wasm, without: 'hb-consistent-3' });
    const comparison = compare(less, named('wasm'), 3);
    expect(comparison.sides[0].differences.map(({ axiom }) => axiom)).toContain('hb-consistent-3');
    expect(comparison.sides[1].found).toBe(0);
    expectReproduced(comparison);
  });

  test('says that models are the same up to a number of events', () => {
    const comparison = compare(named('wasm-oopsla19'), named('wasm-oopsla19'), 3);
    expect(comparison).toMatchObject({ complete: true, events: 3 });
    expect(compareText(comparison, new Map())).toContain('are the same on all executions of up to 3 events');
    expect(comparison.executions).toBeGreaterThan(1000);
  });

  test('a model is stronger if only the other allows more', () => {
    const { sides } = compare(named('sc'), named('wasm'), 4, unordered);
    expect(sides.map(({ found }) => found > 0)).toEqual([false, true]);
    expect(sides[1].differences[0]?.events).toBe(3);
  });

  test('JSON has the programs in columns and as scripts', () => {
    const json = compareJson(compare(named('js-es2018'), named('wasm-oopsla19'), 3), new Map()) as {
      readonly sides: readonly {
        readonly differences: readonly { readonly program: string; readonly wast: string }[];
      }[];
    };
    const [first] = json.sides[1]?.differences ?? [];
    expect(first?.program).toBe(['T1        ‖ T2', 'W x := 1  ‖ RMWsc x: 0 → 2', 'Rsc x = 2 ‖'].join('\n'));
    expect(first?.wast).toContain('(i32.store8 (i32.const 0) (i32.const 1))');
  });

  test('a search that is given up says so', () => {
    const { complete, events } = compareModels({
      models: [named('wasm'), named('wasm')],
      alphabet: oneSize,
      events: 4,
      withoutIdle: true,
      limit: 1,
      shouldStop: () => true,
    });
    expect(complete).toBe(false);
    expect(events).toBeLessThan(4);
  });
});
