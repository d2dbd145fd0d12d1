import { isReading, isWriting } from '../../event/action.ts';
import type { Action } from '../../event/action.ts';
import type { Event, Execution } from '../../event/execution.ts';
import { fieldOf, objectOf } from '../../event/location.ts';
import type { Rows } from '../../rel/rows.ts';
import { addBit, wordsOf } from '../../rel/rows.ts';
import type { BaseRow, Frame, View } from './view.ts';
import { writeBase } from './view.ts';
import type { Cell } from './wasm-cells.ts';
import { cellsOf, sameUnits, sameValue } from './wasm-cells.ts';

interface WasmFrame extends Frame {
  readonly execution: Execution;
  readonly cells: readonly Cell[];
  readonly words: number;
}

function set(
  name: string,
  doc: string,
  holds: (cell: Cell, frame: WasmFrame, index: number) => boolean,
): BaseRow<WasmFrame> {
  const write = (frame: WasmFrame, out: Rows): void => {
    const { cells, words } = frame;
    for (let i = 0; i < cells.length; i++) if (holds(cells[i] as Cell, frame, i)) addBit(out, words, 0, i);
  };
  return { name, kind: 'set', doc, write };
}

function relation(
  name: string,
  doc: string,
  holds: (a: Cell, b: Cell, frame: WasmFrame) => boolean,
): BaseRow<WasmFrame> {
  const write = (frame: WasmFrame, out: Rows): void => {
    const { cells, words } = frame;
    for (let i = 0; i < cells.length; i++) {
      const a = cells[i] as Cell;
      for (let j = 0; j < cells.length; j++) if (holds(a, cells[j] as Cell, frame)) addBit(out, words, i, j);
    }
  };
  return { name, kind: 'relation', doc, write };
}

function eventOf({ event }: Cell, { execution }: WasmFrame): Event {
  return execution.events[event] as Event;
}

function action({ access }: Cell): Action | null {
  return access?.action ?? null;
}

function hasOrder(order: 'unord' | 'acqrel' | 'seqcst'): (cell: Cell, frame: WasmFrame) => boolean {
  return (cell, frame) => (cell.access === null ? eventOf(cell, frame).fence : cell.access.action.order) === order;
}

function isInit({ access }: Cell): boolean {
  return access?.action.order === 'init';
}

function reads({ access }: Cell): boolean {
  return access !== null && isReading(access.action);
}

function writes({ access }: Cell): boolean {
  return access !== null && isWriting(access.action);
}

function sameRange(a: Cell, b: Cell): boolean {
  if (a.access === null || b.access === null) return false;
  const [p, q] = [a.access.action, b.access.action];
  return p.region === q.region && p.offset === q.offset && p.size === q.size;
}

const ROWS: readonly BaseRow<WasmFrame>[] = [
  set('E', 'every cell', () => true),
  set('EV', 'one cell of each event', (cell, { cells }, i) => cells[i - 1]?.event !== cell.event),
  set('R', 'what reads', reads),
  set('W', 'what writes', writes),
  set('M', 'what reads or writes', ({ access }) => access !== null),
  set('RMW', 'what reads and writes in one action', (cell) => action(cell)?.kind === 'rmw'),
  set('IW', 'the first contents of objects', isInit),
  set('F', 'fences', (cell, frame) => eventOf(cell, frame).fence !== null),
  set('UN', 'unordered accesses', hasOrder('unord')),
  set('ACQREL', 'acqrel accesses and fences', hasOrder('acqrel')),
  set('SC', 'seqcst accesses and fences', hasOrder('seqcst')),
  set('TF', 'tear-free accesses', ({ access }) => access?.action.tearFree === true),
  set('LEN', 'accesses of lengths', ({ access }) => access !== null && fieldOf(access.action.region) === 'length'),
  relation('po', 'program order', (a, b, frame) => {
    const [e, f] = [eventOf(a, frame), eventOf(b, frame)];
    return e.thread === f.thread && e.index < f.index;
  }),
  relation('si', 'same event', (a, b) => a.event === b.event),
  relation('sa', 'same action', (a, b) => a.access !== null && a.access === b.access),
  relation('loc', 'same units', sameUnits),
  relation('rf', 'a write and a read of its units', (a, b) => b.from === a.event && writes(a) && sameUnits(a, b)),
  relation('same-range', 'actions of equal region and range', sameRange),
  relation(
    'same-value',
    'same units, and the second reads what the first writes',
    (a, b) => sameUnits(a, b) && sameValue(a, b),
  ),
  {
    name: 'asw',
    kind: 'relation',
    doc: 'additional synchronises-with: fork, join, wake-up, the order of a wait queue',
    write: ({ cells, execution, words }, out) => {
      for (const [from, to] of execution.asw) {
        cells.forEach((a, i) => {
          if (a.event === from) cells.forEach((b, j) => b.event === to && addBit(out, words, i, j));
        });
      }
    },
  },
  {
    name: 'iw',
    kind: 'relation',
    doc: 'allocation before every other access to the object',
    write: ({ cells, execution, words }, out) => {
      for (const event of execution.events) {
        const initialised = event.actions.flatMap((a) =>
          a.kind === 'wr' && a.order === 'init' ? [objectOf(a.region)] : [],
        );
        if (initialised.length === 0) continue;
        const after = new Set(
          execution.events.filter(
            (other) =>
              other !== event &&
              other.actions.some((a) => 'order' in a && a.order !== 'init' && initialised.includes(objectOf(a.region))),
          ),
        );
        cells.forEach((a, i) => {
          if (a.event !== event.id) return;
          cells.forEach((b, j) => after.has(execution.events[b.event] as Event) && addBit(out, words, i, j));
        });
      }
    },
  },
  relation('int', 'same thread', (a, b, frame) => eventOf(a, frame).thread === eventOf(b, frame).thread),
  relation('ext', 'different threads', (a, b, frame) => eventOf(a, frame).thread !== eventOf(b, frame).thread),
];

const BY_NAME = new Map(ROWS.map((row) => [row.name, row]));

/**
 * Weft's own executions, exactly: elements are cells (wasm-cells.ts), so that overlaps and reads-from are relations between elements whatever the
 * sizes of accesses. A file for it says itself what synchronises, and lifts to events by `si`.
 */
export const wasmView: View = {
  name: 'Wasm',
  about: 'Elements are cells: pieces of an event’s actions on which reads-from and overlaps are uniform.',
  bases: ROWS.map(({ name, kind, doc }) => ({ name, kind, doc })),
  wholeReads: false,
  frame(execution) {
    const cells = cellsOf(execution);
    const frame: WasmFrame = {
      execution,
      cells,
      words: wordsOf(cells.length),
      size: cells.length,
      eventOf: Int32Array.from(cells, ({ event }) => event),
      write: (base, out) => writeBase(BY_NAME, frame, base, out),
    };
    return frame;
  },
};
