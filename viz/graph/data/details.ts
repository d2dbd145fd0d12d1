import type { Access } from '../../../src/event/action.ts';
import { isAccess, isReading, isWriting } from '../../../src/event/action.ts';
import type { Event, EventId } from '../../../src/event/execution.ts';
import { fieldOf } from '../../../src/event/location.ts';
import type { Units } from '../../../src/event/units.ts';
import { unitAt } from '../../../src/event/units.ts';
import type { Figure, FigureNode } from '../../../src/report/draw/figure.ts';
import { bytesText } from '../../../src/report/draw/edges.ts';
import type { ActionDetail, Detail } from '../calls.ts';
import type { Telling } from './telling.ts';

/** More bytes than these are not listed. */
const MAX_BYTES = 16;

const MARKS = {
  stale: 'It misses the latest write: what it reads was overwritten before.',
  early: 'It reads a write that comes later.',
} as const;

const REPEATED = 'It comes again and again: this is one round of what goes on for ever.';

const ORDERS = {
  init: 'initial',
  unord: 'unordered',
  acqrel: 'acquire or release',
  seqcst: 'sequentially consistent',
} as const;

/** What is told of each event that is drawn, in the order of time; `order` is the total order. */
export function detailsOf(
  figure: Figure,
  tell: Telling,
  order: readonly EventId[],
  repeated: ReadonlySet<EventId>,
): Detail[] {
  const nodes = [...figure.initial, ...figure.nodes];
  const drawn = new Set(figure.nodes.map(({ event }) => event.id));
  const positions = new Map(order.filter((id) => drawn.has(id)).map((id, i) => [id, i + 1]));
  return nodes.map((node): Detail => {
    const { event } = node;
    const place = tell.place(event.id);
    return {
      event: event.id,
      name:
        event.kind === 'alloc'
          ? `Allocation${tell.thread(event.thread) === 'main' ? '' : ` by ${tell.thread(event.thread)}`}`
          : tell.deed(event.id),
      step: tell.step(event.id),
      line: place?.line ?? null,
      column: place?.column ?? null,
      actions: actionsOf(event, tell),
      remarks: [...remarksOf(node), ...(repeated.has(event.id) ? [REPEATED] : [])],
      repeats: repeated.has(event.id),
      position: positions.get(event.id) ?? null,
    };
  });
}

function remarksOf({ mark, event }: FigureNode): string[] {
  return [
    ...(mark === null ? [] : [MARKS[mark]]),
    ...(event.kind === 'fence' && event.fence !== null ? [`A fence, ${ORDERS[event.fence]}.`] : []),
  ];
}

function actionsOf(event: Event, tell: Telling): ActionDetail[] {
  const { visible } = tell.context;
  return event.actions.flatMap((action, a): ActionDetail[] => {
    if (!visible.action(event.id, a)) return [];
    if (!isAccess(action)) {
      const place = `${tell.context.nameOf(action.region)}+${action.offset}`;
      return [
        {
          what: QUEUE[action.kind],
          place,
          order: '',
          value: action.kind === 'notify' ? `woke ${action.woke}` : '',
          bytes: '',
          from: [],
        },
      ];
    }
    const access: Access = action;
    const value = (units: Units): string => tell.value(event.id, access, units);
    const read = isReading(action) ? action.read : null;
    const written = isWriting(action) ? action.written : null;
    return [
      {
        what: read === null ? 'writes' : written === null ? 'reads' : 'updates',
        place: tell.location(access),
        order: ORDERS[access.order],
        value: [read, written].flatMap((units) => (units === null ? [] : [value(units)])).join(' → '),
        bytes: [read, written].flatMap((units) => (units === null ? [] : [bytes(access, units)])).join(' → '),
        from: read === null ? [] : sourcesOf(event.id, a, access, tell),
      },
    ];
  });
}

const QUEUE = {
  enqueue: 'sleeps in the queue of',
  woken: 'is woken at',
  timeout: 'times out at',
  spurious: 'wakes by itself at',
  notify: 'notifies',
} as const;

function bytes(access: Access, units: Units): string {
  if (fieldOf(access.region) !== 'data' || units.length > MAX_BYTES) return '';
  return Array.from({ length: units.length }, (_, k) => unitAt(units, k).toString(16).padStart(2, '0')).join(' ');
}

/** Who wrote what is read, with the units where they are several. */
function sourcesOf(id: EventId, a: number, access: Access, tell: Telling): string[] {
  const units = new Map<EventId, number[]>();
  for (const [k, writer] of (tell.execution.rf[id]?.[a] ?? []).entries())
    units.set(writer, [...(units.get(writer) ?? []), access.offset + k]);
  return [...units].map(([writer, own]) =>
    units.size === 1 ? tell.deed(writer) : `${bytesText(own)}: ${tell.deed(writer)}`,
  );
}
