import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import { Source } from '../../src/base/span.ts';
import { AnswerTrie } from '../../src/exec/answer-trie.ts';
import { makeExec } from '../../src/exec/executor.ts';
import type { Strategy } from '../../src/explore/explore.ts';
import { explore } from '../../src/explore/explore.ts';
import { outcomeKey } from '../../src/explore/outcome.ts';
import type { ExploreResult } from '../../src/explore/result.ts';
import { findModel } from '../../src/model/catalogue.ts';
import type { Executor, ExecutorOptions } from '../../src/runtime/executor.ts';
import type { Program } from '../../src/runtime/program.ts';
import { makeScriptMachine } from '../../src/runtime/script-machine.ts';
import { scriptLog } from '../../src/runtime/script-state.ts';
import { scriptMain } from '../../src/runtime/session.ts';
import { makeSemantics } from '../../src/semantics/executor.ts';
import { equalModules } from '../../src/syntax/equal.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import type { Readings } from '../../src/syntax/readings.ts';
import { parseModule } from '../../src/text/parse-module.ts';
import { parseScript } from '../../src/text/parse-script.ts';
import { printModule } from '../../src/text/print-module.ts';
import { program } from '../support/explore-file.ts';
import type { Family } from './generators/programs.ts';
import { FAMILIES, programs } from './generators/programs.ts';
import type { Pick } from '../support/any-answer.ts';
import { anyAnswer } from '../support/any-answer.ts';
import { comparable } from '../support/paired.ts';

/** Multiplies the runs of every property: `WEFT_RUNS=10` for a long campaign. */
const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);
const SEED = Number(process.env['WEFT_SEED'] ?? 20_261_124);
/** How often a search may ask whether it should stop. Programs that take longer are left out. */
const POLLS = 5_000;
const EXECUTIONS = 5_000;
const OPTIONS: ExecutorOptions = { readings: DEFAULT_READINGS, fuel: 100_000 };

const families = Object.entries(FAMILIES) as [keyof typeof FAMILIES, Family][];

function search<S>(
  p: Program,
  model: string,
  executor: Executor<S>,
  strategy: Strategy = 'auto',
  readings: Readings = DEFAULT_READINGS,
): ExploreResult {
  let polls = 0;
  return explore(p, executor, {
    model: known(findModel(model), model),
    strategy,
    readings,
    bounds: { executions: EXECUTIONS, events: 100, returns: 100, milliseconds: null },
    shouldStop: () => ++polls > POLLS,
    onProgress: () => {},
  });
}

function outcomes({ outcomes }: ExploreResult): string[] {
  return outcomes.map(({ values, deadlock }) => outcomeKey(new Map([...values].sort()), deadlock)).sort();
}

/** How many programs each property looked at, and left out for their size. */
class Tally {
  compared = 0;
  skipped = 0;
  readonly #counts = new Map<string, number>();

  /** The results, or a skipped run if some search did not finish. */
  complete<T extends readonly ExploreResult[]>(...results: T): T {
    const finished = results.every((result) => result.complete);
    if (finished) this.compared++;
    else this.skipped++;
    fc.pre(finished);
    return results;
  }

  count(what: string, happened: boolean): void {
    if (happened) this.#counts.set(what, this.of(what) + 1);
  }

  of(what: string): number {
    return this.#counts.get(what) ?? 0;
  }

  expectFewSkipped(): void {
    expect(this.skipped).toBeLessThanOrEqual(this.compared / 3);
  }
}

function check(family: Family, runs: number, salt: number, property: (text: string, tally: Tally) => void): Tally {
  const tally = new Tally();
  fc.assert(
    fc.property(programs(family), (text) => property(text, tally)),
    { seed: SEED + salt, numRuns: runs * RUNS, maxSkipsPerRun: 1 },
  );
  tally.expectFewSkipped();
  return tally;
}

const isSubset = (few: readonly string[], many: readonly string[]): void => {
  const all = new Set(many);
  expect(few.filter((key) => !all.has(key))).toEqual([]);
};

/** Walks two tries on the same answers, forked threads included; how many requests were compared. */
function walkTogether<A, B>(p: Program, a: Executor<A>, b: Executor<B>, pick: Pick): number {
  const [left, right] = [new AnswerTrie(makeScriptMachine(a, p)), new AnswerTrie(makeScriptMachine(b, p))];
  const roots = [{ x: left.root(scriptMain(p)), y: right.root(scriptMain(p)) }];
  let compared = 0;
  for (let root = roots.pop(); root !== undefined; root = roots.pop()) {
    let { x, y } = root;
    for (; ; compared++) {
      expect(comparable(x.request)).toEqual(comparable(y.request));
      expect(x.spin === null).toBe(y.spin === null);
      if (x.request.kind === 'fork' && y.request.kind === 'fork')
        roots.push({ x: left.root(x.request.start), y: right.root(y.request.start) });
      if (['done', 'trap', 'bound'].includes(x.request.kind)) break;
      const answer = anyAnswer(x.request, pick);
      x = left.child(x, answer);
      y = right.child(y, answer);
    }
    expect(scriptLog(x.state).actions).toEqual(scriptLog(y.state).actions);
  }
  return compared;
}

/** All that a result says but its pictures. */
function withoutWitnesses({ outcomes, findings, ...rest }: ExploreResult): unknown {
  return {
    ...rest,
    findings: findings.map(({ witness: _, ...told }) => told),
    outcomes: outcomes.map(({ values, executions, deadlock }) => ({ values: [...values], executions, deadlock })),
  };
}

describe.each(families)('programs with %s', (_, family) => {
  test('are accepted, and printed as they are parsed', () => {
    fc.assert(
      fc.property(programs(family), (text) => {
        expect(() => program(text)).not.toThrow();
        const script = parseScript(new Source('test.wast', text));
        const command = script.ok ? script.value.commands.find(({ kind }) => kind === 'module') : undefined;
        if (command?.kind !== 'module' || !command.module.parsed.ok) throw new Error('no module');
        const module = command.module.parsed.value;
        const again = parseModule(new Source('again.wat', printModule(module)));
        expect(again.ok && equalModules(again.value, module)).toBe(true);
      }),
      { seed: SEED, numRuns: 40 * RUNS },
    );
  });

  test('ask the same of both executors, on any answers', () => {
    let compared = 0;
    fc.assert(
      fc.property(programs(family), fc.gen(), (text, g) => {
        compared += walkTogether(program(text), makeExec(OPTIONS), makeSemantics(OPTIONS), (below) =>
          g(fc.nat, { max: below - 1 }),
        );
      }),
      { seed: SEED + 1, numRuns: 40 * RUNS },
    );
    expect(compared).toBeGreaterThan(40 * RUNS * 5);
  });

  test('have the same executions with both executors', () => {
    check(family, 15, 2, (text, tally) => {
      const p = program(text);
      const [a, b] = tally.complete(search(p, 'wasm', makeExec(OPTIONS)), search(p, 'wasm', makeSemantics(OPTIONS)));
      expect(withoutWitnesses(a)).toEqual(withoutWitnesses(b));
    });
  });

  test('have the same sequentially consistent outcomes by every search', () => {
    check(family, 50, 3, (text, tally) => {
      const p = program(text);
      const by = (strategy: Strategy): ExploreResult => search(p, 'sc', makeExec(OPTIONS), strategy);
      const [reduced, plain, axioms] = tally.complete(by('interleavings'), by('all-interleavings'), by('axioms'));
      expect(outcomes(reduced)).toEqual(outcomes(plain));
      expect(outcomes(axioms)).toEqual(outcomes(plain));
      expect(reduced.executions).toBe(plain.executions);
      expect([reduced.duplicates, axioms.duplicates]).toEqual([0, 0]);
      expect(new Set(reduced.races.map(raceKey))).toEqual(new Set(plain.races.map(raceKey)));
    });
  });

  test('have their sc outcomes among wasm’s; without races no others; and more under the uncorrected axioms', () => {
    const tally = check(family, 50, 4, (text, tally) => {
      const p = program(text);
      const under = (model: string): ExploreResult => search(p, model, makeExec(OPTIONS));
      const [sc, wasm, corrected, uncorrected] = tally.complete(
        under('sc'),
        under('wasm'),
        under('wasm-oopsla19'),
        under('wasm-oopsla19-uncorrected'),
      );
      isSubset(outcomes(sc), outcomes(wasm));
      isSubset(outcomes(corrected), outcomes(uncorrected));
      expect([sc, wasm, corrected, uncorrected].map(({ duplicates }) => duplicates)).toEqual([0, 0, 0, 0]);
      tally.count('races', wasm.races.length > 0);
      if (wasm.races.length > 0 || text.includes('acq_rel')) return;
      tally.count('race-free', true);
      expect(outcomes(wasm)).toEqual(outcomes(sc));
    });
    expect(Math.min(tally.of('races'), tally.of('race-free'))).toBeGreaterThan(2 * RUNS);
  });
});

describe('the readings of publication', () => {
  const family = FAMILIES['fresh objects'];
  const under = (publication: Readings['publication']): Readings => ({ ...DEFAULT_READINGS, publication });

  test('have the same sequentially consistent outcomes, by every search', () => {
    check(family, 25, 5, (text, tally) => {
      const p = program(text);
      const by = (reading: Readings['publication'], strategy: Strategy): ExploreResult =>
        search(p, 'sc', makeExec(OPTIONS), strategy, under(reading));
      const results = tally.complete(
        by('initialised', 'interleavings'),
        by('synchronising', 'interleavings'),
        by('synchronising', 'axioms'),
        by('racy', 'interleavings'),
        by('racy', 'all-interleavings'),
        by('racy', 'axioms'),
      );
      for (const result of results) expect(outcomes(result)).toEqual(outcomes(results[0]));
    });
  });

  test('allow more and more: synchronising, initialised, racy', () => {
    const tally = check(family, 40, 6, (text, tally) => {
      const p = program(text);
      const by = (reading: Readings['publication']): ExploreResult =>
        search(p, 'wasm', makeExec(OPTIONS), 'axioms', under(reading));
      const [strong, usual, racy] = tally.complete(by('synchronising'), by('initialised'), by('racy'));
      isSubset(outcomes(strong), outcomes(usual));
      isSubset(outcomes(usual), outcomes(racy));
      expect([strong, usual, racy].map(({ duplicates }) => duplicates)).toEqual([0, 0, 0]);
      tally.count('more', usual.outcomes.length < racy.outcomes.length);
    });
    expect(tally.of('more')).toBeGreaterThan(RUNS);
  });
});

function raceKey({ locations, events }: ExploreResult['races'][number]): string {
  return `${[...locations].sort().join(' ')} ${[...events].sort().join(' ~ ')}`;
}

/** A script of threads with these bodies; each returns what it has in `$a`. */
function script(child: string, ...bodies: readonly string[]): string {
  return [
    '(module $M shared (memory (export "mem") 1 1 shared)',
    `  (func $child shared (param $a i32) ${child})`,
    ...bodies.map((body, i) => `  (func (export "t${i}") shared (result i32) (local $a i32) ${body} (local.get $a))`),
    ')',
    ...bodies.map((_, i) => `(thread (shared (module $M)) (invoke $M "t${i}"))`),
  ].join('\n');
}

describe('programs that the properties found', () => {
  test.each([
    ['a thread that has ended is not cut off as well', script('unreachable', '(fork $child (i32.const 0))')],
    [
      'a read that takes one offer needs no other',
      script(
        '',
        '(local.set $a (i32.atomic.rmw8.cmpxchg_u (i32.const 0) (i32.const 1) (i32.const 2)))',
        '(local.set $a (i32.atomic.load8_u (i32.const 0)))',
        '(i32.atomic.store8 (i32.const 0) (i32.const 1))',
      ),
    ],
    [
      'updates do not mix with initial bytes, so that counting down below zero ends',
      script(
        '',
        '(local.set $a (i32.atomic.rmw.sub (i32.const 0) (i32.const 1)))',
        '(local.set $a (i32.atomic.rmw.sub (i32.const 0) (i32.const 1)))',
      ),
    ],
    [
      'executions with a cycle of reads differ in the values on it',
      script(
        '(drop (i32.atomic.rmw8.xor_u acq_rel (i32.const 0) (i32.const 1)))',
        '(fork $child (i32.const 1))',
        '(fork $child (i32.const 1))',
      ),
    ],
  ])('%s', (_, text) => {
    const p = program(text);
    for (const model of ['wasm', 'wasm-oopsla19', 'wasm-oopsla19-uncorrected', 'sc']) {
      const { complete, duplicates } = search(p, model, makeExec(OPTIONS), 'axioms');
      expect({ complete, duplicates }).toEqual({ complete: true, duplicates: 0 });
    }
    const by = (strategy: Strategy): string[] => outcomes(search(p, 'sc', makeExec(OPTIONS), strategy));
    expect(by('axioms')).toEqual(by('all-interleavings'));
  });
});
