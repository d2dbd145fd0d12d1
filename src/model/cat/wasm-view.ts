import { isReading, isWriting } from '../../event/action.ts';
import type { Event, Execution } from '../../event/execution.ts';
import { fieldOf, objectOf } from '../../event/location.ts';
import type { Rows } from '../../rel/rows.ts';
import { addBit, wordsOf } from '../../rel/rows.ts';
import { SmallCells } from './quick/wasm-small.ts';
import type { BaseRow, Frame, View } from './view.ts';
import { writeBase } from './view.ts';
import type { Cell } from './wasm-cells.ts';
import { cellsOf, sameValue } from './wasm-cells.ts';

/** What a cell is, as bits of {@link WasmFrame.kinds}. */
const KIND = {
  R: 1,
  W: 2,
  RMW: 4,
  IW: 8,
  F: 16,
  UN: 32,
  ACQREL: 64,
  SC: 128,
  TF: 256,
  LEN: 512,
  EV: 1024,
  E: 2048,
} as const;

/** The cells of an execution and, by cell, what their relations are made of: -1 where a cell has no such thing. */
interface WasmFrame extends Frame {
  readonly execution: Execution;
  readonly cells: readonly Cell[];
  readonly words: number;
  readonly kinds: readonly number[];
  readonly thread: readonly number[];
  /** The event's place in its thread. */
  readonly index: readonly number[];
  /** Equal for cells of the same units, of the same access, of accesses of equal range. */
  readonly units: readonly number[];
  readonly access: readonly number[];
  readonly range: readonly number[];
}

function set(name: keyof typeof KIND | 'M', doc: string): BaseRow<WasmFrame> {
  const mask = name === 'M' ? KIND.R | KIND.W : KIND[name];
  const write = ({ kinds, size, words }: WasmFrame, out: Rows): void => {
    for (let i = 0; i < size; i++) if (((kinds[i] as number) & mask) !== 0) addBit(out, words, 0, i);
  };
  return { name, kind: 'set', doc, write };
}

function relation(name: string, doc: string, write: (frame: WasmFrame, out: Rows) => void): BaseRow<WasmFrame> {
  return { name, kind: 'relation', doc, write };
}

/** Relates cells of which something is the same. */
function sameBy(name: string, doc: string, keysOf: (frame: WasmFrame) => ArrayLike<number>): BaseRow<WasmFrame> {
  return relation(name, doc, (frame, out) => {
    const { size, words } = frame;
    const keys = keysOf(frame);
    for (let i = 0; i < size; i++) {
      const key = keys[i] as number;
      if (key < 0) continue;
      for (let j = 0; j < size; j++) if (keys[j] === key) addBit(out, words, i, j);
    }
  });
}

/** Relates the cells of events. */
function addEvents({ eventOf, size, words }: WasmFrame, out: Rows, from: number, to: number): void {
  for (let i = 0; i < size; i++) {
    if (eventOf[i] !== from) continue;
    for (let j = 0; j < size; j++) if (eventOf[j] === to) addBit(out, words, i, j);
  }
}

const ROWS: readonly BaseRow<WasmFrame>[] = [
  set('E', 'every cell'),
  set('EV', 'one cell of each event'),
  set('R', 'what reads'),
  set('W', 'what writes'),
  set('M', 'what reads or writes'),
  set('RMW', 'what reads and writes in one action'),
  set('IW', 'the first contents of objects'),
  set('F', 'fences'),
  set('UN', 'unordered accesses'),
  set('ACQREL', 'acqrel accesses and fences'),
  set('SC', 'seqcst accesses and fences'),
  set('TF', 'tear-free accesses'),
  set('LEN', 'accesses of lengths'),
  relation('po', 'program order', ({ thread, index, size, words }, out) => {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        if (thread[i] === thread[j] && (index[i] as number) < (index[j] as number)) addBit(out, words, i, j);
      }
    }
  }),
  sameBy('si', 'same event', ({ eventOf }) => eventOf),
  sameBy('sa', 'same action', ({ access }) => access),
  sameBy('loc', 'same units', ({ units }) => units),
  sameBy('same-range', 'actions of equal region and range', ({ range }) => range),
  sameBy('int', 'same thread', ({ thread }) => thread),
  relation('ext', 'different threads', ({ thread, size, words }, out) => {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) if (thread[i] !== thread[j]) addBit(out, words, i, j);
    }
  }),
  relation('rf', 'a write and a read of its units', ({ cells, eventOf, units, kinds, size, words }, out) => {
    for (let j = 0; j < size; j++) {
      const { from } = cells[j] as Cell;
      if (from < 0) continue;
      for (let i = 0; i < size; i++) {
        if (eventOf[i] === from && units[i] === units[j] && ((kinds[i] as number) & KIND.W) !== 0)
          addBit(out, words, i, j);
      }
    }
  }),
  relation(
    'same-value',
    'same units, and the second reads what the first writes',
    ({ cells, units, size, words }, out) => {
      for (let i = 0; i < size; i++) {
        if ((units[i] as number) < 0) continue;
        for (let j = 0; j < size; j++) {
          if (units[i] === units[j] && sameValue(cells[i] as Cell, cells[j] as Cell)) addBit(out, words, i, j);
        }
      }
    },
  ),
  relation('asw', 'additional synchronises-with: fork, join, wake-up, the order of a wait queue', (frame, out) => {
    for (const [from, to] of frame.execution.asw) addEvents(frame, out, from, to);
  }),
  relation('iw', 'allocation before every other access to the object', (frame, out) => {
    const { events } = frame.execution;
    for (const event of events) {
      const objects = initialisedBy(event);
      if (objects.length === 0) continue;
      for (const other of events)
        if (other !== event && accesses(other, objects)) addEvents(frame, out, event.id, other.id);
    }
  }),
];

function initialisedBy({ actions }: Event): readonly number[] {
  const objects: number[] = [];
  for (const action of actions)
    if (action.kind === 'wr' && action.order === 'init') objects.push(objectOf(action.region));
  return objects;
}

function accesses({ actions }: Event, objects: readonly number[]): boolean {
  for (const action of actions)
    if ('order' in action && action.order !== 'init' && objects.includes(objectOf(action.region))) return true;
  return false;
}

function kindOf({ access }: Cell, { fence }: Event): number {
  const order = access === null ? fence : access.action.order;
  let kind: number = KIND.E;
  if (order === 'unord') kind |= KIND.UN;
  else if (order === 'acqrel') kind |= KIND.ACQREL;
  else if (order === 'seqcst') kind |= KIND.SC;
  if (fence !== null) kind |= KIND.F;
  if (access === null) return kind;
  const { action } = access;
  if (isReading(action)) kind |= KIND.R;
  if (isWriting(action)) kind |= KIND.W;
  if (action.kind === 'rmw') kind |= KIND.RMW;
  if (order === 'init') kind |= KIND.IW;
  if (action.tearFree) kind |= KIND.TF;
  if (fieldOf(action.region) === 'length') kind |= KIND.LEN;
  return kind;
}

/** Numbers what is equal by the first cell of which it is true; cells without units are like none. */
function likenesses(cells: readonly Cell[]): Pick<WasmFrame, 'units' | 'access' | 'range'> {
  const units: number[] = [];
  const access: number[] = [];
  const range: number[] = [];
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] as Cell;
    const own = cell.access === null ? -1 : i;
    let sameUnits = own;
    let sameAccess = own;
    let sameRange = own;
    for (let j = 0; cell.access !== null && j < i; j++) {
      const other = cells[j] as Cell;
      if (other.access === null || other.access.action.region !== cell.access.action.region) continue;
      const { offset, size } = other.access.action;
      if (other.start === cell.start && sameUnits === i) sameUnits = j;
      if (other.access === cell.access && sameAccess === i) sameAccess = j;
      if (offset === cell.access.action.offset && size === cell.access.action.size && sameRange === i) sameRange = j;
    }
    units.push(sameUnits);
    access.push(sameAccess);
    range.push(sameRange);
  }
  return { units, access, range };
}

const BY_NAME = new Map(ROWS.map((row) => [row.name, row]));

function frameOf(execution: Execution): WasmFrame {
  const cells = cellsOf(execution);
  const size = cells.length;
  const eventOf = new Int32Array(size);
  const kinds: number[] = [];
  const thread: number[] = [];
  const index: number[] = [];
  for (let i = 0; i < size; i++) {
    const cell = cells[i] as Cell;
    const event = execution.events[cell.event] as Event;
    const isFirst = cells[i - 1]?.event !== cell.event;
    eventOf[i] = cell.event;
    kinds.push(kindOf(cell, event) | (isFirst ? KIND.EV : 0));
    thread.push(event.thread);
    index.push(event.index);
  }
  const frame: WasmFrame = {
    execution,
    cells,
    size,
    words: wordsOf(size),
    eventOf,
    kinds,
    thread,
    index,
    ...likenesses(cells),
    write: (base, out) => writeBase(BY_NAME, frame, base, out),
  };
  return frame;
}

const SMALL = new SmallCells();

/**
 * Weft's own executions, exactly: elements are cells (wasm-cells.ts), so that overlaps and reads-from are relations between elements whatever the
 * sizes of accesses. A file for it says itself what synchronises, and lifts to events by `si`.
 */
export const wasmView: View = {
  name: 'Wasm',
  about: 'Elements are cells: pieces of an event’s actions on which reads-from and overlaps are uniform.',
  bases: ROWS.map(({ name, kind, doc }) => ({ name, kind, doc })),
  wholeReads: false,
  frame: frameOf,
  small: (execution) => (SMALL.take(execution) ? SMALL : null),
};
