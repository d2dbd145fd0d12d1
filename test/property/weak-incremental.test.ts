import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import { AnswerTrie } from '../../src/exec/answer-trie.ts';
import { makeExec } from '../../src/exec/executor.ts';
import { DEFINITIONS, jsEs2018, sc, wasm } from '../../src/model/definitions.ts';
import type { IncrementalCheck, Model } from '../../src/model/model.ts';
import { NOTHING_ASSUMED } from '../../src/model/model.ts';
import { nativeModel } from '../../src/model/native.ts';
import { makeScriptMachine } from '../../src/runtime/script-machine.ts';
import { scriptMain } from '../../src/runtime/session.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import type { Compared } from '../support/checked-search.ts';
import { compareAlong } from '../support/checked-search.ts';
import { exploreProgram, program } from '../support/explore-file.ts';
import type { TinyProgram, TinyStart, TinyState, TinyStep } from '../support/tiny-machine.ts';
import { tinyMachine, tinyStart } from '../support/tiny-machine.ts';
import type { Family } from './generators/programs.ts';
import { FAMILIES, programs } from './generators/programs.ts';

/** Multiplies the runs of every property: `WEFT_RUNS=10` for a long campaign. */
const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);
const SEED = Number(process.env['WEFT_SEED'] ?? 20_261_127);

/** Accesses of one and two bytes that overlap, updates, fences, waits and notifies; `dense`: of two bytes, hardly ever plain. */
function tinySteps(to: string, most: number, dense: boolean): fc.Arbitrary<readonly TinyStep[]> {
  const place = dense
    ? fc.constantFrom({ at: 0, size: 1 }, { at: 1, size: 1 })
    : fc.constantFrom({ at: 0, size: 1 }, { at: 1, size: 1 }, { at: 0, size: 2 });
  const order = fc.constantFrom(...(['seqcst', 'seqcst', 'acqrel', dense ? 'seqcst' : 'unord'] as const));
  const strong = fc.constantFrom('acqrel' as const, 'seqcst' as const);
  const value = fc.constantFrom(1, 2, 257);
  const access = fc.tuple(
    place,
    order,
    strong,
    value,
    fc.constantFrom('read', 'read', 'read', 'write', 'write', 'write', 'copy', 'add', 'xchg', 'cas'),
  );
  const step: fc.Arbitrary<TinyStep> = fc.oneof(
    {
      weight: 8,
      arbitrary: access.map(([at, weak, strong, value, kind]): TinyStep => {
        switch (kind) {
          case 'read':
            return { kind, ...at, order: weak, to };
          case 'write':
            return { kind, ...at, order: weak, value };
          case 'copy':
            return { kind: 'write', ...at, order: weak, value: 0, from: to };
          case 'cas':
            return { kind, ...at, order: strong, expected: value === 1 ? 0 : 1, value, to };
          default:
            return { kind: 'rmw', op: kind as 'add' | 'xchg', ...at, order: strong, value, to };
        }
      }),
    },
    { weight: 1, arbitrary: strong.map((order): TinyStep => ({ kind: 'fence', order })) },
    {
      weight: dense ? 0 : 1,
      arbitrary: fc.constantFrom<TinyStep>(
        { kind: 'wait', at: 0, expected: 0, timeout: -1n, to },
        { kind: 'wait', at: 0, expected: 0, timeout: 5n, to },
        { kind: 'notify', at: 0, count: 1, to },
        { kind: 'notify', at: 0, count: 2, to },
      ),
    },
  );
  return fc.array(step, { minLength: dense ? 2 : 1, maxLength: most });
}

function threads(count: number, most: number, dense: boolean): fc.Arbitrary<TinyProgram> {
  const names = ['p', 'q', 'r', 's'].slice(0, count);
  return fc.tuple(...names.map((name) => tinySteps(name, most, dense))).map((bodies) => ({
    main: names.map(fork),
    ...Object.fromEntries(bodies.map((body, i) => [names[i], body])),
  }));
}

function fork(thread: string): TinyStep {
  return { kind: 'fork', thread };
}

function incremental(model: Model): IncrementalCheck {
  return known(model.incremental, 'incremental check')();
}

/** What was compared over all programs. */
class Tally {
  points = 0;
  inconsistent = 0;
  unnoticed = 0;
  leaves = 0;
  incomplete = 0;

  add({ points, inconsistent, unnoticed, leaves, complete }: Compared): void {
    this.points += points;
    this.inconsistent += inconsistent;
    this.unnoticed += unnoticed;
    this.leaves += leaves;
    if (!complete) this.incomplete++;
  }
}

function tiny(programs: fc.Arbitrary<TinyProgram>, models: readonly Model[], runs: number, salt: number): Tally {
  const tally = new Tally();
  fc.assert(
    fc.property(programs, fc.constantFrom(...models), (p, model) => {
      const trie = new AnswerTrie<TinyState, TinyStart>(tinyMachine(p));
      tally.add(compareAlong(trie, tinyStart('main'), model, incremental(model), 1_500));
    }),
    { seed: SEED + salt, numRuns: runs * RUNS },
  );
  return tally;
}

describe('the incremental check says what the model says, wherever the search asks', () => {
  test.each(DEFINITIONS)('of two threads under $name', (definition) => {
    const model = nativeModel({ base: definition });
    expect(tiny(threads(2, 3, false), [model], 20, 0).leaves).toBeGreaterThan(50);
    expect(tiny(threads(2, 3, true), [model], 10, 1).leaves).toBeGreaterThan(20);
  });

  test('of three threads', () => {
    const models = DEFINITIONS.map((base) => nativeModel({ base }));
    expect(tiny(threads(3, 2, true), models, 50, 2).inconsistent).toBeGreaterThan(10);
  });

  test('of a model less any of its axioms', () => {
    const models = [wasm, jsEs2018, sc].flatMap((base) => base.axioms.map((without) => nativeModel({ base, without })));
    expect(tiny(threads(2, 3, true), models, 80, 3).inconsistent).toBeGreaterThan(10);
  });

  test('where the search takes nothing for granted', () => {
    const models = DEFINITIONS.map((base): Model => ({ ...nativeModel({ base }), assumes: NOTHING_ASSUMED }));
    expect(tiny(threads(2, 3, false), models, 20, 4).inconsistent).toBeGreaterThan(200);
  });

  test.each(Object.entries(FAMILIES) as [string, Family][])('of generated programs: %s', (_, family) => {
    const tally = new Tally();
    const models = [wasm, jsEs2018].map((base) => nativeModel({ base }));
    fc.assert(
      fc.property(programs(family), fc.constantFrom(...models), (text, model) => {
        const p = program(text);
        const trie = new AnswerTrie(makeScriptMachine(makeExec({ readings: DEFAULT_READINGS, fuel: 100_000 }), p));
        tally.add(compareAlong(trie, scriptMain(p), model, incremental(model), 400));
      }),
      { seed: SEED + 4, numRuns: 6 * RUNS },
    );
    expect(tally.points + tally.leaves).toBeGreaterThan(0);
  });
});

describe('a search by the incremental check', () => {
  test('has the executions and outcomes of one by the model alone', () => {
    const { name, title, source, about, axioms, assumes, check, less } = nativeModel({ base: wasm });
    const alone: Model = { name, title, source, about, axioms, assumes, check, less };
    let compared = 0;
    fc.assert(
      fc.property(programs(FAMILIES.bytes), (text) => {
        const [one, other] = [exploreProgram(program(text), 'wasm'), exploreProgram(program(text), alone)];
        fc.pre(one.executions < 2_000);
        compared++;
        expect(one.outcomes.map(({ values }) => [...values])).toEqual(other.outcomes.map(({ values }) => [...values]));
        expect([one.executions, one.duplicates, one.races]).toEqual([other.executions, 0, other.races]);
      }),
      { seed: SEED + 5, numRuns: 6 * RUNS },
    );
    expect(compared).toBeGreaterThan(2);
  });
});
