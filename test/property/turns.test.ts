import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import { isAccess, isWriting } from '../../src/event/action.ts';
import type { Event, EventId, Execution } from '../../src/event/execution.ts';
import { overlaps } from '../../src/event/location.ts';
import type { ThreadChains } from '../../src/explore/finding/chains.ts';
import { chainsOf } from '../../src/explore/finding/chains.ts';
import type { Chains } from '../../src/explore/finding/turns.ts';
import { fewestTurns, turnsWithin } from '../../src/explore/finding/turns.ts';
import { exploreProgram, program } from '../support/explore-file.ts';
import { FAMILIES, programs } from './generators/programs.ts';

const RUNS = 200 * Number(process.env['WEFT_RUNS'] ?? 1);

/** Chains of events whose order some interleaving keeps: event `order[i]` may need some of those before it. */
const chains = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.infiniteStream(fc.nat(11)), fc.array(fc.nat(3), { maxLength: 8 }))
  .map(([size, chances, schedule]): Chains => {
    const lists: number[][] = Array.from({ length: size }, () => []);
    const owner = schedule.map((n) => n % size);
    owner.forEach((c, event) => lists[c]?.push(event));
    const needs = new Int32Array(schedule.length * size);
    for (const [event, c] of owner.entries()) {
      for (let other = 0; other < size; other++) {
        const before = owner.slice(0, event).filter((o) => o === other).length;
        const chance = chances.next().value ?? 0;
        if (other !== c && chance < 4) needs[event * size + other] = Math.min(before, 1 + (chance % 3));
      }
    }
    return { chains: lists, needs };
  });

/** Whose turn it is, over all orders: those that take the fewest turns. */
function best({ chains: lists, needs }: Chains): Set<string> {
  let fewest = Infinity;
  let found = new Set<string>();
  const done = lists.map(() => 0);
  const turns: number[] = [];
  const go = (): void => {
    if (done.every((n, c) => n === lists[c]?.length)) {
      if (turns.length < fewest) [fewest, found] = [turns.length, new Set()];
      if (turns.length === fewest) found.add(turns.join());
      return;
    }
    for (const [c, list] of lists.entries()) {
      const event = list[done[c] as number];
      if (event === undefined || done.some((n, o) => n < (needs[event * lists.length + o] as number))) continue;
      const isTurn = turns.at(-1) !== c;
      if (isTurn) turns.push(c);
      (done[c] as number)++;
      go();
      (done[c] as number)--;
      if (isTurn) turns.pop();
    }
  };
  go();
  return found;
}

describe('fewestTurns', () => {
  test('takes as few turns as any order of the events, and comes first of those in which threads go on as far as they can', () => {
    fc.assert(
      fc.property(chains, (some) => {
        const turns = fewestTurns(some);
        const all = best(some);
        expect(all).toContain(turns.join());
        // Of the orders with the fewest turns none that goes on as far as it can comes first.
        for (const other of all) if (asFarAsItCan(some, other)) expect(turns.join() <= other).toBe(true);
      }),
      { numRuns: RUNS, seed: 11 },
    );
  });

  test('is found within a bound if it is no longer than that, and not if it is', () => {
    fc.assert(
      fc.property(chains, fc.nat(9), (some, most) => {
        const turns = fewestTurns(some);
        expect(turnsWithin(some, most)).toEqual(turns.length <= most ? turns : null);
      }),
      { numRuns: RUNS, seed: 14 },
    );
  });

  test('a beam of one is still an order of all events, if a longer one', () => {
    fc.assert(
      fc.property(chains, (some) => {
        const turns = fewestTurns(some, 1).map(String);
        expect(asFarAsItCan(some, turns.join())).toBe(true);
        expect(turns.length).toBeGreaterThanOrEqual(fewestTurns(some).length);
      }),
      { numRuns: RUNS, seed: 12 },
    );
  });
});

describe('chainsOf', () => {
  test.each(Object.entries(FAMILIES))(
    'of %s: leaves no more and no other orders than one that keeps the order of every two events that conflict',
    (_, family) => {
      fc.assert(
        fc.property(programs(family), (text) => {
          const { outcomes, findings } = exploreProgram(program(text), 'sc', { strategy: 'interleavings' });
          for (const { witness } of [...outcomes, ...findings]) {
            const { execution, tot } = known(witness, 'witness');
            const some = chainsOf(execution, tot);
            expect(fewestTurns(some)).toEqual(fewestTurns({ ...some, needs: allNeeds(execution, tot, some) }));
          }
        }),
        { numRuns: Math.ceil(RUNS / 100), seed: 13 },
      );
    },
  );
});

/** What every event needs of other threads: whatever it conflicts with, or is put after. */
function allNeeds(x: Execution, order: readonly EventId[], { threads }: ThreadChains): Int32Array {
  const needs = new Int32Array(x.events.length * threads.length);
  const need = (a: Event, b: Event): void => {
    const at = b.id * threads.length + threads.indexOf(a.thread);
    if (threads.includes(a.thread) && a.thread !== b.thread) needs[at] = Math.max(needs[at] ?? 0, a.index + 1);
  };
  const event = (id: EventId | undefined): Event => known(id === undefined ? undefined : x.events[id], 'event');
  for (const [a, b] of x.asw) need(event(a), event(b));
  for (const [j, b] of order.entries())
    for (const a of order.slice(0, j)) if (conflict(event(a), event(b))) need(event(a), event(b));
  return needs;
}

function conflict(a: Event, b: Event): boolean {
  return a.actions.some((x) =>
    b.actions.some((y) => {
      if (x.region !== y.region || isAccess(x) !== isAccess(y)) return false;
      if (isAccess(x) && isAccess(y)) return (isWriting(x) || isWriting(y)) && overlaps(x, y);
      return x.offset === y.offset;
    }),
  );
}

/** Whether all is done if each turn goes on as far as it can. */
function asFarAsItCan({ chains: lists, needs }: Chains, turns: string): boolean {
  const done = lists.map(() => 0);
  for (const turn of turns === '' ? [] : turns.split(',').map(Number)) {
    const list = lists[turn] ?? [];
    for (let k = done[turn] as number; k < list.length; k++) {
      const event = list[k] as number;
      if (done.some((n, o) => n < (needs[event * lists.length + o] as number))) break;
      done[turn] = k + 1;
    }
  }
  return done.every((n, c) => n === lists[c]?.length);
}
