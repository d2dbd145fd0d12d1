import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../../../src/base/assert.ts';
import type { Action } from '../../../../src/event/action.ts';
import { isAccess, isReading, isWriting } from '../../../../src/event/action.ts';
import type { Event, Execution } from '../../../../src/event/execution.ts';
import { covers, objectOf, sameRange } from '../../../../src/event/location.ts';
import type { Units } from '../../../../src/event/units.ts';
import { unitAt } from '../../../../src/event/units.ts';
import type { Cell } from '../../../../src/model/cat/wasm-cells.ts';
import { cellsOf } from '../../../../src/model/cat/wasm-cells.ts';
import { wasmView } from '../../../../src/model/cat/wasm-view.ts';
import { hasBit, wordsOf } from '../../../../src/rel/rows.ts';
import { executions, MIXED } from '../arbitrary.ts';
import { candidates, program, R, W, x, x4, y } from '../build.ts';

type Access = Extract<Action, { kind: 'rd' | 'wr' | 'rmw' }>;

/** A cell by its event, its access and one of its units, all of which are alike; null of an event without accesses. */
interface Unit {
  readonly event: Event;
  readonly access: Access | null;
  readonly unit: number;
}

function unitsOf({ events }: Execution, { event, access, start, size }: Cell): Unit[] {
  const of = known(events[event], 'event');
  if (access === null) return [{ event: of, access: null, unit: 0 }];
  return Array.from({ length: size }, (_, k) => ({ event: of, access: access.action, unit: start + k }));
}

function writerOf({ rf }: Execution, { event, access, unit }: Unit): number {
  if (access === null || !isReading(access)) return -1;
  return known(rf[event.id]?.[event.actions.indexOf(access)]?.[unit - access.offset], 'writer');
}

function isSameUnit(a: Unit, b: Unit): boolean {
  return a.access !== null && b.access !== null && a.access.region === b.access.region && a.unit === b.unit;
}

/** What each name means, unit by unit. */
const SETS: Readonly<Record<string, (u: Unit) => boolean>> = {
  E: () => true,
  R: ({ access }) => access !== null && isReading(access),
  W: ({ access }) => access !== null && isWriting(access),
  M: ({ access }) => access !== null,
  RMW: ({ access }) => access?.kind === 'rmw',
  IW: ({ access }) => access?.order === 'init',
  F: ({ event }) => event.fence !== null,
  UN: ({ access, event }) => (access?.order ?? event.fence) === 'unord',
  ACQREL: ({ access, event }) => (access?.order ?? event.fence) === 'acqrel',
  SC: ({ access, event }) => (access?.order ?? event.fence) === 'seqcst',
  TF: ({ access }) => access?.tearFree === true,
};

const RELATIONS: Readonly<Record<string, (a: Unit, b: Unit, execution: Execution) => boolean>> = {
  po: (a, b) => a.event.thread === b.event.thread && a.event.index < b.event.index,
  si: (a, b) => a.event === b.event,
  sa: (a, b) => a.access !== null && a.access === b.access,
  int: (a, b) => a.event.thread === b.event.thread,
  ext: (a, b) => a.event.thread !== b.event.thread,
  'same-range': (a, b) => a.access !== null && b.access !== null && sameRange(a.access, b.access),
  asw: (a, b, { asw }) => asw.some(([from, to]) => from === a.event.id && to === b.event.id),
  iw: (a, b) => {
    const inits = a.event.actions.filter((action) => isAccess(action) && action.order === 'init');
    return (
      a.event !== b.event &&
      inits.some((init) =>
        b.event.actions.some(
          (other) => isAccess(other) && other.order !== 'init' && objectOf(other.region) === objectOf(init.region),
        ),
      )
    );
  },
};

/** The same for relations between units of one place: their cells are of the same units. */
const OF_ONE_PLACE: Readonly<Record<string, (a: Unit, b: Unit, execution: Execution) => boolean>> = {
  loc: isSameUnit,
  rf: (a, b, execution) =>
    isSameUnit(a, b) && a.access !== null && isWriting(a.access) && writerOf(execution, b) === a.event.id,
};

function rowsOf(execution: Execution, name: string): { has(a: number, b: number): boolean; size: number } {
  const frame = wasmView.frame(execution);
  if (!('write' in frame)) throw new Error('no frame');
  const words = wordsOf(frame.size);
  const rows = new Int32Array(frame.size * words);
  frame.write(name, rows);
  return { has: (a, b) => hasBit(rows, words, a, b), size: frame.size };
}

function forAll(property: (execution: Execution, cells: readonly Cell[]) => void): void {
  fc.assert(
    fc.property(executions(MIXED), (execution) => property(execution, cellsOf(execution))),
    { seed: 20261127, numRuns: 150 },
  );
}

describe('cells', () => {
  test('have every unit of every access once, of initial contents those that others touch', () => {
    forAll((execution, cells) => {
      for (const event of execution.events) {
        for (const access of event.actions.filter(isAccess)) {
          const own = cells
            .filter((cell) => cell.access?.action === access)
            .flatMap((cell) => unitsOf(execution, cell));
          const all = Array.from({ length: access.size }, (_, k) => access.offset + k);
          const others = execution.events
            .flatMap((e) => e.actions.filter(isAccess))
            .filter((other) => other.order !== 'init');
          const touched = (unit: number): boolean =>
            others.some((other) => other.region === access.region && covers(other, unit));
          expect(own.map(({ unit }) => unit)).toEqual(access.order === 'init' ? all.filter(touched) : all);
        }
      }
    });
  });

  test('are uniform: reads take each from one write, and other accesses have all of their units or none', () => {
    forAll((execution, cells) => {
      for (const cell of cells) {
        const units = unitsOf(execution, cell);
        expect(new Set(units.map((unit) => writerOf(execution, unit))).size).toBe(1);
        for (const other of cells) {
          const common = units.filter((unit) =>
            unitsOf(execution, other).some((theirs) => isSameUnit(unit, theirs)),
          ).length;
          expect(common === 0 || common === units.length).toBe(true);
        }
      }
    });
  });

  test('are one of each event where nothing is mixed', () => {
    const [execution] = [...candidates(program([W(x, 1), R(y, 0)], [W(y, 1), R(x, 0)]))];
    // Two initial contents, and four accesses.
    expect(cellsOf(known(execution, 'execution')).length).toBe(6);
  });

  test('are as many as the pieces of a read that mixes', () => {
    const [execution] = [...candidates(program([W(x, 1)], [R(x4, 1)]))];
    const cells = cellsOf(known(execution, 'execution'));
    expect(cells.map(({ event, start, size }) => [event, start, size])).toEqual([
      [0, 0, 1],
      [0, 1, 3],
      [1, 0, 1],
      [2, 0, 1],
      [2, 1, 3],
    ]);
  });
});

describe('a name of the view means what it says of units', () => {
  test.each(Object.entries(SETS))('%s', (name, holds) => {
    forAll((execution, cells) => {
      const set = rowsOf(execution, name);
      cells.forEach((cell, i) => {
        for (const unit of unitsOf(execution, cell)) expect(set.has(0, i)).toBe(holds(unit));
      });
    });
  });

  test.each(Object.entries(RELATIONS))('%s', (name, holds) => {
    forAll((execution, cells) => {
      const relation = rowsOf(execution, name);
      cells.forEach((a, i) => {
        cells.forEach((b, j) => {
          const [first, second] = [unitsOf(execution, a)[0] as Unit, unitsOf(execution, b)[0] as Unit];
          expect(relation.has(i, j)).toBe(holds(first, second, execution));
        });
      });
    });
  });

  test.each(Object.entries(OF_ONE_PLACE))('%s', (name, holds) => {
    forAll((execution, cells) => {
      const relation = rowsOf(execution, name);
      cells.forEach((a, i) => {
        cells.forEach((b, j) => {
          const found = unitsOf(execution, a).some((p) => unitsOf(execution, b).some((q) => holds(p, q, execution)));
          expect(relation.has(i, j)).toBe(found);
        });
      });
    });
  });

  test('same-value', () => {
    forAll((execution, cells) => {
      const relation = rowsOf(execution, 'same-value');
      /** What the first of two writes, if it can; what the second reads, if it can. */
      const value = ({ access, unit }: Unit, first: boolean): number => {
        const action = known(access, 'access');
        const written = isWriting(action) && (first || !isReading(action));
        return unitAt(written ? action.written : (action as { read: Units }).read, unit - action.offset);
      };
      cells.forEach((a, i) => {
        cells.forEach((b, j) => {
          const [left, right] = [unitsOf(execution, a), unitsOf(execution, b)];
          const isSame = left.length === right.length && left.every((unit, k) => isSameUnit(unit, right[k] as Unit));
          expect(relation.has(i, j)).toBe(
            isSame && left.every((unit, k) => value(unit, true) === value(right[k] as Unit, false)),
          );
        });
      });
    });
  });

  test('EV: one cell of each event', () => {
    forAll((execution, cells) => {
      const set = rowsOf(execution, 'EV');
      const events = cells.flatMap(({ event }, i) => (set.has(0, i) ? [event] : []));
      expect(events).toEqual(execution.events.map(({ id }) => id));
    });
  });

  test('LEN: lengths', () => {
    forAll((execution, cells) => {
      const set = rowsOf(execution, 'LEN');
      cells.forEach(({ access }, i) => expect(set.has(0, i)).toBe(access !== null && access.action.region % 16 === 0));
    });
  });

  test('every name has a meaning here', () => {
    const names = [
      ...Object.keys(SETS),
      ...Object.keys(RELATIONS),
      ...Object.keys(OF_ONE_PLACE),
      'same-value',
      'EV',
      'LEN',
    ];
    expect(wasmView.bases.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  });
});
