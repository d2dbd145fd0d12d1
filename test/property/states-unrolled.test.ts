import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import { makeExec } from '../../src/exec/executor.ts';
import type { Strategy } from '../../src/explore/explore.ts';
import { explore } from '../../src/explore/explore.ts';
import { outcomeKey } from '../../src/explore/outcome.ts';
import type { ExploreResult } from '../../src/explore/result.ts';
import { findModel } from '../../src/model/catalogue.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { program } from '../support/explore-file.ts';

/** Programs with loops of which so many rounds are explored. */

const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);
const SEED = Number(process.env['WEFT_SEED'] ?? 20_261_129);

/** A body of a loop, and whether the loop ends by its count or when a cell has a value. */
const access = fc.constantFrom(
  '(i32.atomic.store (i32.const 0) (i32.const 1))',
  '(i32.atomic.store (i32.const 4) (local.get $i))',
  '(local.set $s (i32.atomic.load (i32.const 0)))',
  '(local.set $s (i32.atomic.load (i32.const 4)))',
  '(drop (i32.atomic.rmw.add (i32.const 4) (i32.const 1)))',
  '(drop (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 2)))',
  '(call $twice)',
);
const counted = fc.tuple(fc.array(access, { minLength: 1, maxLength: 2 }), fc.constantFrom(1, 2, 3)).map(
  ([body, most]) => `(local.set $i (i32.const 0)) (loop $l ${body.join(' ')}
    (local.set $i (i32.add (local.get $i) (i32.const 1))) (br_if $l (i32.lt_u (local.get $i) (i32.const ${most}))))`,
);
const awaiting = fc
  .tuple(fc.constantFrom(0, 4), fc.constantFrom(0, 1), fc.option(access, { nil: '', freq: 3 }))
  .map(
    ([at, value, body]) =>
      `(loop $l ${body} (br_if $l (i32.ne (i32.atomic.load (i32.const ${at})) (i32.const ${value}))))`,
  );
const piece = fc.oneof(
  { weight: 2, arbitrary: access },
  { weight: 2, arbitrary: counted },
  { weight: 1, arbitrary: awaiting },
);
const thread = fc.array(piece, { minLength: 1, maxLength: 2 }).map((pieces) => pieces.join('\n'));

const scripts = fc.array(thread, { minLength: 2, maxLength: 2 }).map(
  (threads) => `(module $M shared (memory (export "mem") 1 1 shared)
  (func $twice shared (local $i i32)
    (loop $l (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
      (local.set $i (i32.add (local.get $i) (i32.const 1))) (br_if $l (i32.lt_u (local.get $i) (i32.const 2)))))
  ${threads.map((text, i) => `(func (export "t${i}") shared (result i32) (local $i i32) (local $s i32) ${text} (local.get $s))`).join('\n')})
(register "M")
${threads.map((_, i) => `(thread $T${i} (shared (module $M)) (invoke $M "t${i}"))`).join('\n')}
${threads.map((_, i) => `(wait $T${i})`).join('\n')}`,
);

/** How often a search may ask whether it should stop. Programs that take longer are left out. */
const POLLS = 3_000;

function search(
  text: string,
  strategy: Strategy,
  rounds: number | null,
): ExploreResult & { readonly stopped: boolean } {
  let polls = 0;
  const result = explore(program(text), makeExec({ readings: DEFAULT_READINGS, fuel: 100_000 }), {
    model: known(findModel('sc'), 'sc'),
    strategy,
    readings: DEFAULT_READINGS,
    bounds: { executions: 5_000, events: 100, returns: 100, rounds, milliseconds: null },
    shouldStop: () => ++polls > POLLS,
    onProgress: () => {},
  });
  return { ...result, stopped: polls > POLLS };
}

/** Where two threads go on for too long, which of them is told depends on which comes to it first. */
function told({ outcomes, bound, loops }: ExploreResult): unknown {
  return {
    outcomes: outcomes.map(({ values, deadlock }) => outcomeKey(new Map([...values].sort()), deadlock)).sort(),
    bound,
    isCut: loops.length > 0,
    rounds: new Set(loops.map((loop) => loop.rounds)),
  };
}

describe('with a bound on rounds of loops', () => {
  test.each(['states', 'reads-from', 'interleavings'] as const)(
    '%s finds what all interleavings find, and cuts some loop where they do',
    (strategy) => {
      let [cut, whole] = [0, 0];
      fc.assert(
        fc.property(scripts, fc.constantFrom(1, 2, 3), (text, rounds) => {
          const all = search(text, 'all-interleavings', rounds);
          if (all.stopped) return;
          const some = search(text, strategy, rounds);
          expect(told(some)).toEqual(told(all));
          if (all.complete) whole++;
          else cut++;
        }),
        { seed: SEED, numRuns: 8 * RUNS },
      );
      expect(Math.min(cut, whole)).toBeGreaterThan(0);
    },
  );

  test('that none exceeds nothing is other than without', () => {
    fc.assert(
      fc.property(scripts, (text) => {
        const bounded = search(text, 'states', 6);
        if (!bounded.complete) return;
        expect(told(bounded)).toEqual(told(search(text, 'states', null)));
      }),
      { seed: SEED, numRuns: 4 * RUNS },
    );
  });
});
