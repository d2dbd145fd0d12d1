import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import type { ExploreOptions } from '../../src/explore/explore.ts';
import type { ExploreResult, Witness } from '../../src/explore/result.ts';
import type { FindingKind } from '../../src/explore/finding/finding.ts';
import { Size } from '../../src/explore/finding/size.ts';
import { exploreStates } from '../../src/explore/states/explore.ts';
import { everyThread } from '../../src/explore/states/persistent.ts';
import { emptyTally } from '../../src/explore/tally.ts';
import { WHOLE } from '../../src/explore/task.ts';
import { explored, exploredBy, outcomesOf, programOf } from '../support/c-programs.ts';

/** Whether all bugs are tried in every way, which takes a while. */
const MANY = process.env['WEFT_RUNS'] !== undefined;

/** A mutex, a condition variable, a barrier and a semaphore in the manner of musl's (test/c/lib/), and what their clients return. */
const RIGHT: Readonly<Record<string, number>> = {
  mutex: 3,
  cond: 0,
  'cond-two': 0,
  barrier: 0,
  'barrier-three': 0,
  semaphore: 2,
  'semaphore-three': 3,
};

interface Planted {
  readonly bug: number;
  readonly what: string;
  readonly kinds: readonly FindingKind[];
  /** What its gravest finding says: where it shows, and why. */
  readonly says: RegExp;
}

const PLANTED: readonly Planted[] = [
  {
    bug: 1,
    what: 'mutex: a missing re-check after the wait',
    kinds: ['trap', 'deadlock', 'race'],
    says: /unreachable \(\$__original_main\+0x.*i32\.load .* read i32 2 .* from main\+\d i32\.store \(\$add/,
  },
  {
    bug: 2,
    what: 'mutex: a wrong value says that nobody else waits',
    kinds: ['deadlock'],
    says: /sleeps for ever at memory\.atomic\.wait32 \(\$mutex_lock.*memory\.atomic\.notify \(\$mutex_unlock.* woke main\+\d, and no notify is left, though main\+\d i32\.atomic\.rmw\.xchg \(\$mutex_unlock.* wrote i32 0 there/,
  },
  {
    bug: 3,
    what: 'mutex: a weakened order, plain accesses in place of an exchange',
    kinds: ['deadlock', 'race'],
    says: /sleeps for ever at memory\.atomic\.wait32 \(\$mutex_lock.*: nobody notifies it, though main\+\d i32\.store \(\$mutex_unlock.* wrote i32 0 there after it fell asleep/,
  },
  {
    bug: 4,
    // The smallest execution has no notify at all: whether anybody waits is asked before that one does.
    what: 'mutex: the notify before the store',
    kinds: ['deadlock'],
    says: /sleeps for ever at memory\.atomic\.wait32 \(\$mutex_lock.*: nobody notifies it, though main\+\d i32\.atomic\.store \(\$mutex_unlock.* wrote i32 0 there after it fell asleep/,
  },
  {
    bug: 5,
    what: 'condition variable: the sequence number is read too late',
    kinds: ['lost wake-up'],
    says: /\(\$cond_wait.*: the notify came too early; .*\(\$cond_signal.*the wait should expect the value from before it/,
  },
  {
    bug: 6,
    what: 'condition variable: a signal does not change the sequence number',
    kinds: ['lost wake-up'],
    says: /\(\$cond_wait.*\(\$cond_signal.*stores nothing there before it notifies, so that the wait cannot notice/,
  },
  {
    bug: 7,
    what: 'condition variable: a client’s missing re-check',
    kinds: ['trap'],
    says: /unreachable \(\$take.* traps: unreachable, .*; before that i32\.load \(\$take.* read i32 0 .* i32\.store \(\$take/,
  },
  {
    bug: 8,
    what: 'barrier: the generation is read too late',
    kinds: ['lost wake-up'],
    says: /\(\$barrier_wait.*the wait should expect the value from before it/,
  },
  {
    bug: 9,
    what: 'barrier: the count is reset too late',
    kinds: ['lost wake-up'],
    says: /memory\.atomic\.wait32 \(\$barrier_wait.*memory\.atomic\.notify \(\$barrier_wait/,
  },
  {
    bug: 10,
    what: 'barrier: one is woken where all wait',
    kinds: ['deadlock'],
    says: /sleeps for ever at memory\.atomic\.wait32 \(\$barrier_wait.*memory\.atomic\.notify \(\$barrier_wait.* woke main(\+\d)?, and no notify is left/,
  },
  {
    bug: 11,
    what: 'semaphore: a store in place of a compare-and-swap',
    kinds: ['trap', 'race'],
    says: /unreachable \(\$__original_main.* read i32 1 .* from main\+\d i32\.store \(\$add/,
  },
  {
    bug: 12,
    what: 'semaphore: a wrong expected value',
    kinds: ['deadlock'],
    says: /sleeps for ever at memory\.atomic\.wait32 \(\$semaphore_wait.*it found i32 1, as it expected, from main\+\d i32\.atomic\.rmw\.add \(\$semaphore_post/,
  },
  {
    bug: 13,
    what: 'semaphore: whether somebody waits is asked too early',
    kinds: ['deadlock'],
    says: /sleeps for ever at memory\.atomic\.wait32 \(\$semaphore_wait.*: nobody notifies it, though main\+\d i32\.atomic\.rmw\.add \(\$semaphore_post.* wrote i32 1 there/,
  },
];

describe('a synchronisation library in C', () => {
  test.each(Object.entries(RIGHT))('%s is right in every execution', (name, value) => {
    const result = explored(programOf(name), 'states');
    expect(result.complete).toBe(true);
    expect(outcomesOf(result)).toEqual([`main:0:0 = i32 ${value}`]);
    expect(result.findings).toEqual([]);
  });

  test.each(['mutex', 'cond', 'barrier-three'])(
    '%s is right under wasm too: no execution has a race, and values cannot justify each other',
    (name) => {
      const result = explored(programOf(name), 'drf', 'wasm');
      expect(result).toMatchObject({ complete: true, races: [], findings: [], method: { drf: true } });
      expect(outcomesOf(result)).toEqual([`main:0:0 = i32 ${RIGHT[name]}`]);
    },
  );

  test.each(MANY ? [2, 4, 5, 6, 7, 8, 9, 10, 12, 13] : [2, 4, 5, 6, 10])(
    'bug %i is found under wasm, where the library has no race',
    (bug) => {
      const [wasm, sc] = (['wasm', 'sc'] as const).map((model) =>
        explored(programOf(`bug${bug}`), model === 'sc' ? 'states' : 'drf', model),
      ) as [ExploreResult, ExploreResult];
      expect(wasm).toMatchObject({ complete: true, method: { drf: true } });
      expect(wasm.findings.map(({ kind }) => kind)).toEqual(sc.findings.map(({ kind }) => kind));
      expect(outcomesOf(wasm)).toEqual(outcomesOf(sc));
    },
  );

  test.each([1, 3, 11])(
    'bug %i is found under wasm, where the library has a race and its weak executions are too many: as among the interleavings, with their witnesses',
    (bug) => {
      const unseen: ExploreOptions['divide'] = (search) =>
        search.result(
          { tally: emptyTally(), rest: [WHOLE], names: [] },
          { bound: 'weak executions are not looked for' },
        );
      const wasm = explored(programOf(`bug${bug}`), 'drf', 'wasm', unseen);
      const sc = explored(programOf(`bug${bug}`), 'states');
      const shown = ({ findings }: ExploreResult): unknown =>
        findings.map(({ key, witness, places }) => [key, witness?.execution.events.length, places]);
      expect(wasm.complete).toBe(false);
      expect(wasm.bound).toMatch(
        /^weak executions are not looked for; all sequentially consistent executions were found/,
      );
      expect(outcomesOf(wasm)).toEqual(outcomesOf(sc));
      expect(shown(wasm)).toEqual(shown(sc));
      expect(wasm.races).toEqual(sc.races);
      expect(wasm.races.length).toBeGreaterThan(0);
    },
  );

  test.each(PLANTED)('bug $bug is found, and said in words: $what', ({ bug, kinds, says }) => {
    const { complete, findings } = explored(programOf(`bug${bug}`), 'states');
    expect(complete).toBe(true);
    expect([...new Set(findings.map(({ kind }) => kind))]).toEqual(kinds);
    expect(findings[0]?.text).toMatch(says);
    for (const { places } of findings) expect(places.length).toBeGreaterThan(0);
  });

  test.each(PLANTED)('bug $bug: the witnesses have the fewest events of all executions', ({ bug }) => {
    const result = explored(programOf(`bug${bug}`));
    const all = { choose: everyThread, eager: false, symmetric: false };
    const unreduced = exploredBy(programOf(`bug${bug}`), (exploration) => exploreStates(exploration, 'state', all));
    expect(unreduced.complete).toBe(true);
    expect(unreduced.method.states).toBeGreaterThan(result.method.states ?? 0);
    expect(eventsOf(result)).toEqual(eventsOf(unreduced));
  });

  test.each([6, 13])('bug %i: they have the fewest turns, too, of all that interleavings show', (bug) => {
    const [states, all] = (['states', 'interleavings'] as const).map((s) => explored(programOf(`bug${bug}`), s));
    const [first, least] = [states, all].map((result) => known(result?.findings[0]?.witness, 'witness'));
    expect(all?.complete).toBe(true);
    expect(turnsOf(first)).toBe(turnsOf(least));
  });
});

/** Of each finding but races, which states tell of beginnings, the events of its witness. */
function eventsOf({ findings }: ExploreResult): readonly unknown[] {
  const rest = findings.filter(({ kind }) => kind !== 'race');
  return rest.map(({ key, witness }) => [key, witness?.execution.events.length]).sort();
}

function turnsOf(witness: Witness | undefined): number {
  const { execution, tot } = known(witness, 'witness');
  return new Size(execution, tot).schedule.turns.length;
}
