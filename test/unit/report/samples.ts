import { NOWHERE } from '../../../src/base/span.ts';
import type { Action, Order } from '../../../src/event/action.ts';
import type { Edge, Event, EventId, EventKind, Execution, ThreadInfo } from '../../../src/event/execution.ts';
import type { Region, ThreadId } from '../../../src/event/location.ts';
import { addrOf, MAIN, regionOf, sameRange } from '../../../src/event/location.ts';
import type { Race, Witness } from '../../../src/explore/result.ts';
import { BitMatrix } from '../../../src/rel/bit-matrix.ts';

/** Executions written by hand, with the relations that a model would derive, to draw and to test drawing with. */

export const MEMORY = addrOf(MAIN, 0);
export const DATA = regionOf(MEMORY, 'data');
export const LENGTH = regionOf(MEMORY, 'length');

export interface SampleEvent {
  readonly thread: string;
  readonly kind?: EventKind;
  readonly actions?: readonly Action[];
  readonly text?: string;
  readonly fence?: Order;
  /** Writers of each reading action: an event's number, or one for each unit. Other reads are from event 0. */
  readonly from?: Readonly<Record<number, number | readonly number[]>>;
}

export interface SampleOptions {
  readonly asw?: readonly (readonly [number, number])[];
  readonly tot?: readonly number[];
  readonly sequential?: boolean;
  readonly races?: readonly (readonly [number, number, string])[];
  readonly objects?: ReadonlyMap<number, string>;
  /** Parent of each thread, where it is not `main`. */
  readonly parents?: Readonly<Record<string, string>>;
}

export function units(value: number | bigint, size: number): number[] {
  return Array.from({ length: size }, (_, i) => Number((BigInt.asUintN(64, BigInt(value)) >> BigInt(8 * i)) & 0xffn));
}

function access(region: Region, offset: number, size: number, order: Order) {
  return { region, offset, size, order, tearFree: order !== 'unord' || size <= 4 };
}

export function R(offset: number, value: number | bigint, order: Order = 'unord', size = 4): Action {
  return { kind: 'rd', ...access(DATA, offset, size, order), read: units(value, size) };
}

export function W(offset: number, value: number | bigint, order: Order = 'unord', size = 4): Action {
  return { kind: 'wr', ...access(DATA, offset, size, order), written: units(value, size) };
}

export function RMW(offset: number, read: number, written: number, order: Order = 'seqcst', size = 4): Action {
  return { kind: 'rmw', ...access(DATA, offset, size, order), read: units(read, size), written: units(written, size) };
}

/** A bounds check. */
export function L(pages: number): Action {
  return { kind: 'rd', ...access(LENGTH, 0, 1, 'unord'), read: [pages] };
}

export const ALLOC: SampleEvent = {
  thread: 'main',
  kind: 'alloc',
  text: 'module',
  actions: [
    { kind: 'wr', ...access(LENGTH, 0, 1, 'init'), written: [1] },
    { kind: 'wr', ...access(DATA, 0, 65536, 'init'), written: { fill: 0, length: 65536 } },
  ],
};

export function sample(events: readonly SampleEvent[], options: SampleOptions = {}): Witness {
  const names = [...new Set(['main', ...events.map((event) => event.thread)])];
  const id = (name: string) => names.indexOf(name) as ThreadId;
  const threads: ThreadInfo[] = names.map((name) => ({
    id: id(name),
    name,
    parent: name === 'main' ? null : id(options.parents?.[name] ?? 'main'),
  }));
  const counts = new Map<string, number>();
  const made = events.map((event, i): Event => {
    const index = counts.get(event.thread) ?? 0;
    counts.set(event.thread, index + 1);
    const text = event.text ?? textOf(event.actions ?? []);
    return {
      id: i as EventId,
      thread: id(event.thread),
      index,
      kind: event.kind ?? 'access',
      actions: event.actions ?? [],
      fence: event.fence ?? null,
      site: { at: NOWHERE, text, shows: null },
    };
  });
  const rf = events.map((event) => {
    const actions = event.actions ?? [];
    if (!actions.some((action) => action.kind === 'rd' || action.kind === 'rmw')) return null;
    return actions.map((action, a) => {
      if (action.kind !== 'rd' && action.kind !== 'rmw') return null;
      const from = event.from?.[a] ?? 0;
      return Array.from(
        { length: action.size },
        (_, k) => (typeof from === 'number' ? from : (from[k] ?? 0)) as EventId,
      );
    });
  });
  const asw = (options.asw ?? []) as readonly Edge[];
  const execution: Execution = { events: made, threads, rf, asw };
  return {
    execution,
    tot: (options.tot ?? made.map((event) => event.id)) as EventId[],
    relations: relationsOf(execution),
    races: (options.races ?? []).map(
      ([first, second, location]): Race => ({
        first: first as EventId,
        second: second as EventId,
        location,
        events: ['', ''],
      }),
    ),
    objects: options.objects ?? new Map([[MEMORY, 'mem.shared']]),
    sequentiallyConsistent: options.sequential ?? false,
  };
}

function textOf(actions: readonly Action[]): string {
  const last = actions.at(-1);
  if (last === undefined || !('order' in last)) return '';
  const atomic = last.order === 'seqcst' || last.order === 'acqrel' ? '.atomic' : '';
  const order = last.order === 'acqrel' ? ' acq_rel' : '';
  return `i32${atomic}.${last.kind === 'rd' ? 'load' : last.kind === 'wr' ? 'store' : 'rmw.add'}${order}`;
}

function relationsOf(execution: Execution): Witness['relations'] {
  const size = execution.events.length;
  const [po, rf, sw, asw] = [new BitMatrix(size), new BitMatrix(size), new BitMatrix(size), new BitMatrix(size)];
  for (const a of execution.events) {
    for (const b of execution.events) if (a.thread === b.thread && a.index < b.index) po.add(a.id, b.id);
    if (a.kind === 'alloc') for (const b of execution.events) if (a.id !== b.id) asw.add(a.id, b.id);
    for (const [i, writers] of (execution.rf[a.id] ?? []).entries()) {
      for (const writer of writers ?? []) {
        rf.add(writer, a.id);
        const read = a.actions[i];
        const atomic = execution.events[writer]?.actions.some(
          (w) =>
            w.kind !== 'rd' &&
            'order' in w &&
            read !== undefined &&
            'order' in read &&
            sameRange(w, read) &&
            synchronising(w.order) &&
            synchronising(read.order),
        );
        if (atomic) sw.add(writer, a.id);
      }
    }
  }
  for (const [a, b] of execution.asw) asw.add(a, b);
  const hb = po.copy();
  for (const relation of [sw, asw]) for (const [a, b] of relation.pairs()) hb.add(a, b);
  return { po, rf, sw, asw, hb: hb.close() };
}

const synchronising = (order: Order) => order === 'seqcst' || order === 'acqrel';

const sc = 'seqcst' as const;

/** Message passing, unordered: the flag arrives before the message. */
export const mpWeak = sample(
  [
    ALLOC,
    { thread: 'T1', actions: [W(0, 42)] },
    { thread: 'T1', actions: [W(4, 1)] },
    { thread: 'T2', actions: [R(4, 1)], from: { 0: 2 } },
    { thread: 'T2', actions: [R(0, 0)] },
  ],
  {
    races: [
      [1, 4, 'mem.shared+0..3'],
      [2, 3, 'mem.shared+4..7'],
    ],
  },
);

/** Message passing, atomic. */
export const mpAtomic = sample(
  [
    ALLOC,
    { thread: 'T1', actions: [W(0, 42)] },
    { thread: 'T1', actions: [W(4, 1, sc)] },
    { thread: 'T2', actions: [R(4, 1, sc)], from: { 0: 2 } },
    { thread: 'T2', actions: [R(0, 42)], from: { 0: 1 } },
  ],
  { sequential: true },
);

/** Store buffering, unordered. */
export const sbWeak = sample(
  [
    ALLOC,
    { thread: 'T1', actions: [W(0, 1)] },
    { thread: 'T1', actions: [R(4, 0)] },
    { thread: 'T2', actions: [W(4, 1)] },
    { thread: 'T2', actions: [R(0, 0)] },
  ],
  {
    races: [
      [1, 4, 'mem.shared+0..3'],
      [2, 3, 'mem.shared+4..7'],
    ],
    tot: [0, 1, 3, 2, 4],
  },
);

/** Load buffering: both reads see the other thread's later write. */
export const lbWeak = sample(
  [
    ALLOC,
    { thread: 'T1', actions: [R(0, 1)], from: { 0: 4 } },
    { thread: 'T1', actions: [W(4, 1)] },
    { thread: 'T2', actions: [R(4, 1)], from: { 0: 2 } },
    { thread: 'T2', actions: [W(0, 1)] },
  ],
  {
    races: [
      [1, 4, 'mem.shared+0..3'],
      [2, 3, 'mem.shared+4..7'],
    ],
  },
);

/** Independent reads of independent writes: two readers disagree on the order of two writes. */
export const iriw = sample(
  [
    ALLOC,
    { thread: 'T1', actions: [W(0, 1)] },
    { thread: 'T2', actions: [R(0, 1)], from: { 0: 1 } },
    { thread: 'T2', actions: [R(4, 0)] },
    { thread: 'T3', actions: [R(4, 1)], from: { 0: 5 } },
    { thread: 'T4', actions: [W(4, 1)] },
    { thread: 'T3', actions: [R(0, 0)] },
  ],
  {
    tot: [0, 1, 2, 3, 5, 4, 6],
    races: [
      [1, 2, 'mem.shared+0..3'],
      [4, 5, 'mem.shared+4..7'],
      [1, 6, 'mem.shared+0..3'],
      [3, 5, 'mem.shared+4..7'],
    ],
  },
);

/** The script MP of the threads suite as it stands: main forks, joins and reads the stored results. */
export const mpScript = sample(
  [
    ALLOC,
    { thread: 'main', kind: 'fork', text: 'thread $T1' },
    { thread: 'main', kind: 'fork', text: 'thread $T2' },
    { thread: 'T1', actions: [L(1), W(0, 42)] },
    { thread: 'T1', actions: [L(1), W(4, 1)] },
    { thread: 'T2', actions: [L(1), R(4, 1)], from: { 1: 4 } },
    { thread: 'T2', actions: [L(1), R(0, 0)] },
    { thread: 'T2', actions: [L(1), W(24, 1)] },
    { thread: 'T2', actions: [L(1), W(32, 0)] },
    { thread: 'main', kind: 'join', text: 'wait $T1' },
    { thread: 'main', kind: 'join', text: 'wait $T2' },
    { thread: 'main', actions: [L(1), R(24, 1)], from: { 1: 7 } },
    { thread: 'main', actions: [L(1), R(32, 0)], from: { 1: 8 } },
  ],
  {
    asw: [
      [1, 3],
      [2, 5],
      [4, 9],
      [8, 10],
    ],
    races: [
      [3, 6, 'mem.shared+0..3'],
      [4, 5, 'mem.shared+4..7'],
    ],
  },
);

/** A forked child sees all that its parent wrote before, and races with it after. */
export const forkJoin = sample(
  [
    ALLOC,
    { thread: 'main', actions: [W(0, 7)] },
    { thread: 'main', kind: 'fork', text: 'fork $child' },
    { thread: 'main+0', actions: [R(0, 7)], from: { 0: 1 } },
    { thread: 'main+0', actions: [W(8, 1)] },
    { thread: 'main', actions: [R(8, 0)] },
    { thread: 'main', kind: 'fence', fence: sc, text: 'atomic.fence' },
    { thread: 'main+0', kind: 'trap', text: 'unreachable' },
  ],
  { asw: [[2, 3]], sequential: true, tot: [0, 1, 2, 5, 3, 4, 6, 7], races: [[4, 5, 'mem.shared+8..11']] },
);

/** Growth seen by a bounds check orders nothing [OOPSLA19 Fig. 12]. */
export const growth = sample(
  [
    ALLOC,
    { thread: 'T1', actions: [L(1), W(16, 54)] },
    {
      thread: 'T1',
      kind: 'grow',
      text: 'memory.grow',
      actions: [
        { kind: 'rmw', ...access(LENGTH, 0, 1, sc), read: [1], written: [2] },
        { kind: 'wr', ...access(DATA, 65536, 65536, 'unord'), written: { fill: 0, length: 65536 } },
      ],
    },
    { thread: 'T2', actions: [L(2), R(65536, 0)], from: { 0: 2, 1: 2 } },
    { thread: 'T2', actions: [L(1), R(16, 0)], from: { 0: 0, 1: 0 } },
  ],
  {
    races: [
      [1, 4, 'mem.shared+16..19'],
      [2, 3, 'mem.shared.length'],
      [2, 4, 'mem.shared.length'],
      [2, 3, 'mem.shared+65536..65539'],
    ],
  },
);

/** An i32 load takes two bytes from one store, one from another and one from the initial memory. */
export const tearing = sample(
  [
    ALLOC,
    { thread: 'T1', actions: [W(0, 0x0101, 'unord', 2)], text: 'i32.store16' },
    { thread: 'T1', actions: [W(2, 0x02, 'unord', 1)], text: 'i32.store8' },
    { thread: 'T2', actions: [R(0, 0x00020101)], from: { 0: [1, 1, 2, 0] } },
    { thread: 'T2', actions: [W(0, -1n, 'unord', 8)], text: 'i64.store' },
  ],
  {
    races: [
      [1, 3, 'mem.shared+0..1'],
      [2, 3, 'mem.shared+2'],
      [1, 4, 'mem.shared+0..1'],
      [2, 4, 'mem.shared+2'],
    ],
    sequential: true,
  },
);

/** A waiter that is woken. */
export const waiting = sample(
  [
    ALLOC,
    {
      thread: 'T1',
      kind: 'wait',
      text: 'memory.atomic.wait32',
      actions: [L(1), R(0, 0, sc), { kind: 'enqueue', region: DATA, offset: 0, count: 0, woke: 0 }],
    },
    { thread: 'T2', actions: [L(1), RMW(0, 0, 1)] },
    {
      thread: 'T2',
      kind: 'notify',
      text: 'memory.atomic.notify',
      actions: [L(1), { kind: 'notify', region: DATA, offset: 0, count: 1, woke: 1 }],
    },
    {
      thread: 'T1',
      kind: 'wake',
      text: 'memory.atomic.wait32',
      actions: [{ kind: 'woken', region: DATA, offset: 0, count: 0, woke: 0 }],
    },
    { thread: 'T1', actions: [L(1), R(0, 1, sc)], from: { 1: 2 } },
  ],
  {
    asw: [
      [1, 3],
      [3, 4],
    ],
    sequential: true,
  },
);

/** Three threads, release and acquire, read-modify-writes: twelve events. */
export const twelve = sample(
  [
    ALLOC,
    { thread: 'T1', actions: [W(0, 10)] },
    { thread: 'T1', actions: [W(4, 20)] },
    { thread: 'T1', actions: [W(8, 1, 'acqrel')] },
    { thread: 'T2', actions: [R(8, 1, 'acqrel')], from: { 0: 3 } },
    { thread: 'T2', actions: [R(0, 10)], from: { 0: 1 } },
    { thread: 'T2', actions: [RMW(12, 0, 1)] },
    { thread: 'T3', actions: [RMW(12, 1, 2)], from: { 0: 6 } },
    { thread: 'T3', actions: [R(4, 20)], from: { 0: 2 } },
    { thread: 'T3', actions: [W(16, -5)] },
    { thread: 'T1', actions: [R(16, 0)] },
    { thread: 'T3', actions: [W(0, 11)] },
    { thread: 'T1', actions: [R(0, 10)], from: { 0: 1 } },
  ],
  {
    races: [
      [9, 10, 'mem.shared+16..19'],
      [11, 12, 'mem.shared+0..3'],
    ],
    sequential: true,
  },
);

const GLOBAL = addrOf(MAIN, 1);
const VAL = regionOf(GLOBAL, 'val');

/** Two objects: a shared global guards the memory; a failed exchange, and an access out of bounds. */
export const guarded = sample(
  [
    ALLOC,
    {
      thread: 'main',
      kind: 'alloc',
      text: 'module',
      actions: [{ kind: 'wr', ...access(VAL, 0, 4, 'init'), written: units(0, 4) }],
    },
    { thread: 'T1', text: 'i32.store', actions: [L(1), W(8, 5)] },
    {
      thread: 'T1',
      text: 'global.atomic.set seq_cst',
      actions: [{ kind: 'wr', ...access(VAL, 0, 4, sc), written: units(1, 4) }],
    },
    {
      thread: 'T2',
      text: 'global.atomic.rmw.cmpxchg seq_cst',
      actions: [{ kind: 'rmw', ...access(VAL, 0, 4, sc), read: units(1, 4), written: units(2, 4) }],
      from: { 0: 3 },
    },
    { thread: 'T2', text: 'i32.load', actions: [L(1), R(8, 5)], from: { 1: 2 } },
    {
      thread: 'T3',
      text: 'global.atomic.rmw.cmpxchg seq_cst',
      actions: [{ kind: 'rd', ...access(VAL, 0, 4, sc), read: units(0, 4) }],
      from: { 0: 1 },
    },
    { thread: 'T3', text: 'i32.load', actions: [L(1)] },
    { thread: 'T3', kind: 'trap', text: 'out of bounds memory access' },
  ],
  {
    sequential: true,
    objects: new Map([
      [MEMORY, 'mem.shared'],
      [GLOBAL, 'm.turn'],
    ]),
  },
);

export const ALL: Readonly<Record<string, Witness>> = {
  mpWeak,
  mpAtomic,
  sbWeak,
  lbWeak,
  iriw,
  mpScript,
  forkJoin,
  growth,
  tearing,
  waiting,
  twelve,
  guarded,
};
