import { assertNever } from '../../base/assert.ts';
import type { Access, Order, QueueAction, ReadAction, RmwAction, WriteAction } from '../../event/action.ts';
import { isAccess } from '../../event/action.ts';
import type { Event } from '../../event/execution.ts';
import type { Range, Region } from '../../event/location.ts';
import { fieldOf, overlaps, sameRange } from '../../event/location.ts';
import type { Units } from '../../event/units.ts';
import type { Witness } from '../../explore/result.ts';
import { listAt } from './lists.ts';
import { objectNames } from './object-names.ts';
import { numberType, valueText } from './values.ts';
import type { Visible } from './visible.ts';

/** A line of a label: pieces, some of which are subscripts. */
export type LabelLine = readonly LabelPart[];

export interface LabelPart {
  readonly text: string;
  readonly sub: boolean;
}

type AccessAction = ReadAction | WriteAction | RmwAction;

/** What labels of an execution's events depend on. */
export interface LabelContext {
  readonly witness: Witness;
  readonly visible: Visible;
  nameOf(region: Region): string;
  /** Whether accesses of another range overlap this one, so that its range and its bytes must be spelled out. */
  isMixed(access: Access): boolean;
}

export function labelContext(witness: Witness, visible: Visible): LabelContext {
  const ranges = accessedRanges(witness, visible);
  const mixed = new Map<Access, boolean>();
  return {
    witness,
    visible,
    nameOf: objectNames(witness),
    isMixed: (access) => {
      const known = mixed.get(access);
      if (known !== undefined) return known;
      const found =
        ranges.get(access.region)?.some((other) => overlaps(access, other) && !sameRange(access, other)) ?? false;
      mixed.set(access, found);
      return found;
    },
  };
}

/** The ranges that are accessed, by region, each once. */
function accessedRanges({ execution }: Witness, visible: Visible): ReadonlyMap<Region, readonly Range[]> {
  const ranges = new Map<Region, Range[]>();
  for (const { id, kind, actions } of execution.events) {
    if (kind !== 'access' && kind !== 'wait') continue;
    for (const [a, action] of actions.entries()) {
      if (!isAccess(action) || !visible.action(id, a)) continue;
      const own = listAt(ranges, action.region);
      if (!own.some((other) => sameRange(action, other))) own.push(action);
    }
  }
  return ranges;
}

const plain = (text: string): LabelPart => ({ text, sub: false });
const sub = (text: string): LabelPart => ({ text, sub: true });

export function plainText(line: LabelLine): string {
  return line.map((part) => part.text).join('');
}

export function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

const MAX_HOST = 40;

/** An event's label in the notation of the field: `Wsc mem+0 := 42`, the order as a subscript. */
export function labelLines(context: LabelContext, event: Event): LabelLine[] {
  switch (event.kind) {
    case 'alloc':
      return allocLines(context, event);
    case 'grow':
      return [[plain(growText(context, event))]];
    case 'wait':
      return [[plain(waitText(event))], ...actionLines(context, event)];
    case 'access':
    case 'notify':
    case 'wake':
    case 'timeout':
    case 'spurious': {
      const lines = actionLines(context, event);
      return lines.length > 0 ? lines : [[plain(event.kind)]];
    }
    case 'fence':
      return [[plain('F'), ...subscript(event.fence)]];
    case 'fork':
    case 'join':
      return [[plain(`${event.kind} ${peerName(context.witness, event) ?? ''}`.trim())]];
    case 'host':
      return [[plain(clip(event.site.text, MAX_HOST))]];
    case 'trap':
      return [[plain('trap')]];
    default:
      return assertNever(event.kind);
  }
}

function subscript(order: Order | null): LabelPart[] {
  switch (order) {
    case 'seqcst':
      return [sub('sc')];
    case 'acqrel':
      return [sub('acqrel')];
    case 'init':
    case 'unord':
    case null:
      return [];
    default:
      return assertNever(order);
  }
}

function shownActions({ visible }: LabelContext, event: Event): number[] {
  return event.actions.map((_, a) => a).filter((a) => visible.action(event.id, a));
}

function actionLines(context: LabelContext, event: Event): LabelLine[] {
  return shownActions(context, event).flatMap((a) => {
    const action = event.actions[a];
    if (action === undefined || action.kind === 'enqueue') return [];
    return [isAccess(action) ? accessLine(context, event, a, action) : queueLine(context, action)];
  });
}

function accessLine(context: LabelContext, event: Event, a: number, action: AccessAction): LabelLine {
  const field = fieldOf(action.region);
  const type = field === 'length' ? null : (numberType(event.site.text) ?? event.site.shows);
  const writers = new Set(context.witness.execution.rf[event.id]?.[a] ?? []);
  const bytewise = writers.size > 1 || context.isMixed(action);
  const value = (units: Units) => valueText(units, field, type, bytewise);
  const place = placeText(context, action);
  switch (action.kind) {
    case 'rd':
      return [plain('R'), ...subscript(action.order), plain(` ${place} = ${value(action.read)}`)];
    case 'wr':
      return [plain('W'), ...subscript(action.order), plain(` ${place} := ${value(action.written)}`)];
    case 'rmw':
      return [
        plain('RMW'),
        ...subscript(action.order),
        plain(` ${place} ${value(action.read)}→${value(action.written)}`),
      ];
    default:
      return assertNever(action);
  }
}

/** `mem+24`, or `mem+24..27` where the range matters; `mem.length`; `table[3]`; `global`. */
export function placeText({ nameOf, isMixed }: LabelContext, access: Access): string {
  const { region, offset, size } = access;
  const field = fieldOf(region);
  const last = offset + size - 1;
  switch (field) {
    case 'length':
      return `${nameOf(region)}.length`;
    case 'val':
    case 'queue':
      return nameOf(region);
    case 'fields':
    case 'elem':
      return size === 1 ? `${nameOf(region)}[${offset}]` : `${nameOf(region)}[${offset}..${last}]`;
    case 'data':
      return size > 8 || (size > 1 && isMixed(access))
        ? `${nameOf(region)}+${offset}..${last}`
        : `${nameOf(region)}+${offset}`;
    default:
      return assertNever(field);
  }
}

function queueLine({ nameOf }: LabelContext, action: QueueAction): LabelLine {
  const place = `${nameOf(action.region)}+${action.offset}`;
  switch (action.kind) {
    case 'enqueue':
      return [plain(`sleeps ${place}`)];
    case 'woken':
      return [plain(`woken ${place}`)];
    case 'timeout':
      return [plain(`timed out ${place}`)];
    case 'spurious':
      return [plain(`woke by itself ${place}`)];
    case 'notify':
      return [plain(`notify ${place}, woke ${action.woke}`)];
    default:
      return assertNever(action.kind);
  }
}

function waitText(event: Event): string {
  if (event.actions.some((action) => action.kind === 'enqueue')) return 'wait: sleeps';
  return event.actions.length > 1 ? 'wait: not equal' : 'wait';
}

function allocLines(context: LabelContext, event: Event): LabelLine[] {
  return shownActions(context, event).flatMap((a) => {
    const action = event.actions[a];
    if (action?.kind !== 'wr') return [];
    const field = fieldOf(action.region);
    const whole = field !== 'length' && event.actions.filter(({ region }) => region === action.region).length === 1;
    const name = whole ? context.nameOf(action.region) : placeText(context, action);
    const from = field === 'data' && action.offset > 0 ? `+${action.offset}..` : '';
    const value = valueText(action.written, field, null);
    return [[plain(`init ${name}${from} := ${value === '…' ? 'data' : value}`)]];
  });
}

function growText(context: LabelContext, event: Event): string {
  const length = event.actions.filter(isAccess).find((action) => fieldOf(action.region) === 'length');
  if (length === undefined || length.kind === 'wr') return 'grow';
  const name = context.nameOf(length.region);
  const before = valueText(length.read, 'length', null);
  if (length.kind === 'rd') return `grow ${name} fails, length ${before}`;
  return `grow ${name} ${before}→${valueText(length.written, 'length', null)}`;
}

/** The thread that a fork starts or a join awaits. */
function peerName({ execution }: Witness, event: Event): string | null {
  const [own, other] = event.kind === 'fork' ? [0, 1] : [1, 0];
  const peer = execution.asw
    .filter((edge) => edge[own] === event.id)
    .map((edge) => execution.events[edge[other] as number]?.thread)
    .find((thread) => thread !== undefined && thread !== event.thread);
  return execution.threads.find((thread) => thread.id === peer)?.name ?? null;
}
