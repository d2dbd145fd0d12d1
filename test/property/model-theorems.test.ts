import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import type { Action, Order } from '../../src/event/action.ts';
import { isAccess } from '../../src/event/action.ts';
import type { Edge, Event, EventId, Execution } from '../../src/event/execution.ts';
import { findModel } from '../../src/model/catalogue.ts';
import type { Model } from '../../src/model/model.ts';
import { dataRaces } from '../../src/model/races.ts';
import { isSequentiallyConsistent } from '../../src/model/sc-order.ts';
import { ATOMIC, CYCLES, executions, MIXED, SEQCST } from '../unit/model/arbitrary.ts';
import type { Thread } from '../unit/model/build.ts';
import { everyReadsFrom, R, U, W, x, y } from '../unit/model/build.ts';

function model(name: string): Model {
  return known(findModel(name), name);
}

/** Consistent, without a data race, and yet no interleaving. */
function violatesScDrf(judge: Model, execution: Execution): boolean {
  const verdict = judge.check(execution);
  if (!verdict.consistent || dataRaces(execution, verdict.relations.hb).length > 0) return false;
  return !isSequentiallyConsistent(execution);
}

/** All executions of two threads with that many events on two bytes, the values written being distinct. */
function* smallExecutions(events: number): Generator<Execution> {
  const letters: readonly ((value: number) => Action)[] = [x, y].flatMap((place) => [
    () => R(place, 0),
    () => R(place, 0, 'seqcst' as Order),
    (value: number) => W(place, value),
    (value: number) => W(place, value, 'seqcst' as Order),
    (value: number) => U(place, 0, value),
  ]);
  for (let code = 0; code < letters.length ** events; code++) {
    const word = Array.from({ length: events }, (_, i) => {
      const letter = known(letters[Math.floor(code / letters.length ** i) % letters.length], 'letter');
      return letter(i + 1);
    });
    for (let first = Math.ceil(events / 2); first < events; first++) {
      const threads: Thread[] = [word.slice(0, first), word.slice(first)];
      yield* everyReadsFrom({ threads });
    }
  }
}

describe('SC-DRF [OOPSLA19 Prop. 6.1]', () => {
  test('holds of wasm, all executions of two threads and up to four events on two bytes', () => {
    let count = 0;
    for (const events of [2, 3, 4]) {
      for (const execution of smallExecutions(events)) {
        count++;
        if (violatesScDrf(model('wasm'), execution)) expect.fail(JSON.stringify(execution));
      }
    }
    expect(count).toBeGreaterThan(50_000);
  });

  test.each(['wasm', 'wasm-oopsla19', 'js-es2018-scdrf'])('holds of %s on random executions', (name) => {
    const judge = model(name);
    const orders: readonly Order[] = ['unord', 'seqcst', 'seqcst', 'seqcst'];
    for (const shape of [
      { ...ATOMIC, orders },
      { ...MIXED, orders },
    ]) {
      fc.assert(
        fc.property(executions(shape), (execution) => {
          expect(violatesScDrf(judge, execution)).toBe(false);
        }),
        { seed: 20261124, numRuns: 3000 },
      );
    }
  });

  test.each([
    ['wasm-oopsla19-uncorrected', 2, 2, 'two seqcst updates of the initial value'],
    ['js-es2018', 4, 4, 'DOMAIN section 5, the least violation, for either byte and order of threads'],
  ] as const)('fails of %s, first with %i events, %i times: %s', (name, least, times, _what) => {
    const violations = (events: number): number => {
      let count = 0;
      for (const execution of smallExecutions(events)) if (violatesScDrf(model(name), execution)) count++;
      return count;
    };
    for (let fewer = 2; fewer < least; fewer++) expect(violations(fewer)).toBe(0);
    expect(violations(least)).toBe(times);
  });

  test('fails of wasm where acqrel accesses do not race: store buffering', () => {
    const threads: Thread[] = [
      [W(x, 1, 'acqrel'), R(y, 0, 'acqrel')],
      [W(y, 1, 'acqrel'), R(x, 0, 'acqrel')],
    ];
    expect([...everyReadsFrom({ threads })].some((execution) => violatesScDrf(model('wasm'), execution))).toBe(true);
  });
});

const STRONGER: Partial<Record<Order, Order>> = { unord: 'acqrel', acqrel: 'seqcst' };

/** The execution with the n-th access (modulo their number) one order stronger; null if that one cannot be. */
function strengthen(execution: Execution, n: number): Execution | null {
  const accesses = execution.events.flatMap((e) => e.actions.flatMap((a, i) => (isAccess(a) ? [{ e, i, a }] : [])));
  const { e, i, a } = known(accesses[n % accesses.length], 'access');
  const order = STRONGER[a.order];
  if (order === undefined) return null;
  const actions = e.actions.with(i, { ...a, order, tearFree: true });
  return { ...execution, events: execution.events.with(e.id, { ...e, actions }) };
}

describe('stronger orders', () => {
  test.each([ATOMIC, MIXED, CYCLES])('make no inconsistent execution consistent under wasm (%#)', (shape) => {
    let compared = 0;
    fc.assert(
      fc.property(executions(shape), fc.nat(), (execution, n) => {
        const stronger = strengthen(execution, n);
        if (stronger === null || model('wasm').check(execution).consistent) return;
        compared++;
        expect(model('wasm').check(stronger).consistent).toBe(false);
      }),
      { seed: 20261124, numRuns: 4000 },
    );
    expect(compared).toBeGreaterThan(100);
  });
});

/** The execution with a seqcst fence more, before its n-th event (modulo their number) other than the allocation. */
function fenced(execution: Execution, n: number): Execution {
  const { events } = execution;
  const before = known(events[1 + (n % (events.length - 1))], 'event');
  const id = (old: EventId): EventId => (old < before.id ? old : ((old + 1) as EventId));
  const moved = events.map((e) => ({
    ...e,
    id: id(e.id),
    index: e.thread === before.thread && e.index >= before.index ? e.index + 1 : e.index,
  }));
  const fence: Event = { ...before, kind: 'fence', actions: [], fence: 'seqcst' };
  const rf = execution.rf.map((reads) => reads?.map((from) => from?.map(id) ?? null) ?? null);
  return {
    ...execution,
    events: [...moved.slice(0, before.id), fence, ...moved.slice(before.id)],
    rf: [...rf.slice(0, before.id), null, ...rf.slice(before.id)],
    asw: execution.asw.map(([a, b]): Edge => [id(a), id(b)]),
  };
}

describe('a fence more', () => {
  test.each([ATOMIC, MIXED, CYCLES])('makes no inconsistent execution consistent under wasm (%#)', (shape) => {
    let [compared, told] = [0, 0];
    fc.assert(
      fc.property(executions(shape), fc.nat(), (execution, n) => {
        const before = model('wasm').check(execution).consistent;
        const after = model('wasm').check(fenced(execution, n)).consistent;
        compared++;
        if (before && !after) told++;
        if (!before) expect(after).toBe(false);
      }),
      { seed: 20261124, numRuns: 4000 },
    );
    expect(compared).toBe(4000);
    if (shape === CYCLES) expect(told).toBeGreaterThan(0);
  });
});

describe('without acqrel accesses and fences wasm is wasm-oopsla19', () => {
  const orders: readonly Order[] = ['unord', 'seqcst', 'seqcst'];
  test.each([ATOMIC, MIXED, SEQCST])('(%#)', (shape) => {
    fc.assert(
      fc.property(executions({ ...shape, orders, fences: [] }), (execution) => {
        expect(model('wasm').check(execution).consistent).toBe(model('wasm-oopsla19').check(execution).consistent);
      }),
      { seed: 20261124, numRuns: 3000 },
    );
  });
});

describe('js-repaired', () => {
  test.each([ATOMIC, MIXED, SEQCST])(
    'allows what wasm-oopsla19 allows, † being its rule on initial writes (%#)',
    (shape) => {
      fc.assert(
        fc.property(executions(shape), (execution) => {
          const { consistent } = model('wasm-oopsla19').check(execution);
          expect(model('js-repaired').check(execution).consistent).toBe(consistent);
        }),
        { seed: 20261124, numRuns: 2000 },
      );
    },
  );
});

describe('inclusions', () => {
  const INCLUSIONS = [
    ['sc', 'wasm'],
    ['wasm', 'wasm-oopsla19'],
    ['wasm-oopsla19', 'wasm-oopsla19-uncorrected'],
    ['js-es2018-scdrf', 'js-es2018'],
    ['js-es2018-scdrf', 'js-repaired'],
    ['js-es2018', 'wasm-oopsla19-uncorrected'],
  ] as const;

  test.each(INCLUSIONS)('what %s allows, %s allows', (stronger, weaker) => {
    for (const shape of [ATOMIC, MIXED, CYCLES]) {
      fc.assert(
        fc.property(executions(shape), (execution) => {
          if (model(stronger).check(execution).consistent) expect(model(weaker).check(execution).consistent).toBe(true);
        }),
        { seed: 20261124, numRuns: 3000 },
      );
    }
  });
});
