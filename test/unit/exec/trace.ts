import { assertNever } from '../../../src/base/assert.ts';
import { fieldOf } from '../../../src/event/location.ts';
import type { Region } from '../../../src/event/location.ts';
import type { AskedAction, BoundsCheck, Request, Response } from '../../../src/event/request.ts';
import type { Units } from '../../../src/event/units.ts';
import { isFill } from '../../../src/event/units.ts';
import { makeExec } from '../../../src/exec/executor.ts';
import { runCall } from '../../../src/exec/sequential.ts';
import { callStart } from '../../../src/runtime/call-start.ts';
import type { FuncInst } from '../../../src/runtime/instance.ts';
import { printValue } from '../../../src/syntax/print-values.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import type { Value } from '../../../src/syntax/values.ts';
import type { Loaded } from './wat.ts';
import { func, load } from './wat.ts';

/** A run as text: what the thread asks, one line a request, and how it ends. */
export interface Trace {
  readonly asks: readonly string[];
  readonly ends: string;
}

const OPTIONS = { readings: DEFAULT_READINGS, fuel: 100_000 };
const exec = makeExec(OPTIONS);

/** Runs an exported function by its requests, which its store answers; waits are answered as if woken. */
export function trace(loaded: Loaded, name: string, ...args: Value[]): Trace {
  return traceOf(loaded, func(loaded, name), args);
}

export function traceOf({ store }: Loaded, start: FuncInst, args: readonly Value[]): Trace {
  const asks: string[] = [];
  let { state, request } = exec.start(callStart(start, args, new Map()));
  while (request.kind !== 'done' && request.kind !== 'trap' && request.kind !== 'bound') {
    asks.push(printRequest(request));
    const answer = store.answer(request);
    const response: Response = answer === null || answer.kind === 'waiter' ? { kind: 'waited', result: 0 } : answer;
    ({ state, request } = exec.resume(state, response));
  }
  const ends = request.kind === 'done' ? exec.completion(state).results.map(printValue).join(' ') : endOf(request);
  return { asks, ends };
}

function endOf(request: Request): string {
  if (request.kind !== 'trap') return request.kind;
  return `trap: ${request.reason}`;
}

/** How the exported function ends when it is run in place, in a store of its own. */
export function inPlace(text: string, name: string, ...args: Value[]): string {
  return endInPlace(load(text), name, args);
}

/** How several calls in one store end, by requests and in place. */
export function bothWays(
  text: string,
  calls: readonly (readonly [string, ...Value[]])[],
): readonly (readonly string[])[] {
  const byRequests = load(text);
  const direct = load(text);
  return [
    calls.map(([name, ...args]) => trace(byRequests, name, ...args).ends),
    calls.map(([name, ...args]) => endInPlace(direct, name, args)),
  ];
}

function endInPlace(loaded: Loaded, name: string, args: readonly Value[]): string {
  const { ending } = runCall(OPTIONS, func(loaded, name), args, loaded.store);
  if (ending.kind === 'results') return ending.values.map(printValue).join(' ');
  return ending.kind === 'trap' ? `trap: ${ending.reason}` : ending.kind;
}

/** `i32.load:i32 within 4: rd data[0+4] unord whole`. */
export function printRequest(request: Request): string {
  switch (request.kind) {
    case 'access':
      return `${siteOf(request)}${within(request.bounds)}: ${request.actions.map(printAction).join(', ')}`;
    case 'grow':
      return `${siteOf(request)}: grow ${fieldOf(request.content)} by ${request.delta} up to ${request.max} with ${request.fill}`;
    case 'wait':
      return `${siteOf(request)}${within(request.bounds)}: wait in ${placeOf(request.queue)} for ${printAction(request.read)} = ${printUnits(request.expected)} timeout ${request.timeout}`;
    case 'notify':
      return `${siteOf(request)}${within(request.bounds)}: notify ${placeOf(request)} count ${request.count}`;
    case 'new':
      return `${siteOf(request)}: new ${request.field} ${printUnits(request.contents)}`;
    case 'host':
      return `${siteOf(request)}: host ${request.name}(${request.args.join(', ')})`;
    case 'fork':
      return `${siteOf(request)}: fork ${request.start.key}`;
    case 'fence':
      return `${siteOf(request)}: fence ${request.order}`;
    case 'join':
      return `${siteOf(request)}: join ${request.thread}`;
    case 'alloc':
    case 'done':
    case 'trap':
    case 'bound':
      return request.kind;
    default:
      return assertNever(request);
  }
}

function siteOf({ site }: Extract<Request, { readonly site: unknown }>): string {
  return site.shows === null ? site.text : `${site.text}:${site.shows}`;
}

function within(bounds: BoundsCheck | null): string {
  return bounds === null ? '' : ` within ${bounds.end}`;
}

function placeOf({ region, offset }: { readonly region: Region; readonly offset: number }): string {
  return `${fieldOf(region)}@${offset}`;
}

function printAction(action: AskedAction): string {
  const { region, offset, size, order, tearFree } = action;
  const access = `${action.kind} ${fieldOf(region)}[${offset}+${size}] ${order}${tearFree ? ' whole' : ''}`;
  switch (action.kind) {
    case 'rd':
    case 'wr-copy':
      return access;
    case 'wr':
      return `${access} = ${printUnits(action.written)}`;
    case 'rmw': {
      const { update } = action;
      return update.op === 'cmpxchg'
        ? `${access} ${printUnits(update.expected)} -> ${printUnits(update.replacement)}`
        : `${access} ${update.op} ${printUnits(update.operand)}`;
    }
    default:
      return assertNever(action);
  }
}

function printUnits(units: Units): string {
  return isFill(units) ? `${units.fill}*${units.length}` : Array.from(units).join(' ');
}
