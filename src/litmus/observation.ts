import type { Fact, ObservationKey } from '../syntax/script.ts';
import type { ValType } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import type { Observable } from './observable.ts';

/** What an observation is about: an action's result (`T1:0:0`), how an action ended (`T1:0`), or shared state (`mem.shared+24:i32`). */
export type Observation =
  | { readonly kind: 'result'; readonly thread: string; readonly action: number; readonly result: number }
  | { readonly kind: 'ending'; readonly thread: string; readonly action: number }
  | { readonly kind: 'state'; readonly object: string; readonly shows: string }
  | { readonly kind: 'unreadable' };

/** How a piece of shared state may be shown, and the values that it then has. */
const SHOWS: ReadonlyMap<string, Value['type']> = new Map([
  ['i8', 'i32'],
  ['i16', 'i32'],
  ['i32', 'i32'],
  ['i64', 'i64'],
  ['f32', 'f32'],
  ['f64', 'f64'],
  ['v128', 'v128'],
  ['ref', 'ref'],
]);

const FORMS = 'T:k:i (result i of action k of thread T), T:k (how it ended) and OBJECT+OFFSET:TYPE';

/** Reads an observation. A thread's name may have a colon, so the threads that there are decide. */
export function readObservation(key: ObservationKey, threads: ReadonlySet<string>): Observation {
  const result = /^(.+):(\d+):(\d+)$/.exec(key);
  const ending = /^(.+):(\d+)$/.exec(key);
  const [thread, action] = [ending?.[1] ?? '', Number(ending?.[2])];
  if (ending !== null && (result === null || threads.has(thread))) return { kind: 'ending', thread, action };
  if (result !== null)
    return { kind: 'result', thread: result[1] ?? '', action: Number(result[2]), result: Number(result[3]) };
  const shows = /:(\w+)$/.exec(key)?.[1] ?? '';
  if (!SHOWS.has(shows)) return { kind: 'unreadable' };
  return { kind: 'state', object: objectIn(key), shows };
}

/** Whether an observation is of shared state. */
export function isState(key: ObservationKey): boolean {
  return !/:\d+$/.test(key);
}

/** The object of an observation of shared state: `mem.shared` of `mem.shared+24:i32` and of `mem.shared.length:i32`. */
export function objectIn(key: ObservationKey): string {
  return key.replace(/:\w+$/, '').replace(/(\+\d+|\.length)$/, '');
}

/** Why a fact can be true of no execution, whatever they are; null if the script's text does not tell. */
export function factProblem(fact: Fact, observable: Observable): string | null {
  const { observation: key } = fact;
  const type = typeShown(key, observable);
  if ('problem' in type) return type.problem;
  if (type.kind === 'ending') {
    if (fact.kind !== 'is') return null;
    return `${key} is how an action ends; its first result is ${key}:0`;
  }
  if (fact.kind !== 'is') {
    const action = key.replace(/:\d+$/, '');
    return type.kind === 'state'
      ? `${key} is shared state, which has a value; how an action ends is observed at T:k`
      : `${key} is a result, which has a value; how the action ends is observed at ${action}`;
  }
  if (type.type === null || type.type === fact.value.type) return null;
  return `${key} has type ${type.type}, and is compared with a value of type ${fact.value.type}`;
}

/** What an observation has: a value of a type (null if unknown), or an action's ending; or why there is no such observation. */
export type TypeShown =
  | { readonly kind: 'result' | 'state'; readonly type: Value['type'] | null }
  | { readonly kind: 'ending' }
  | { readonly problem: string };

export function typeShown(key: ObservationKey, { threads }: Observable): TypeShown {
  const found = readObservation(key, new Set(threads.keys()));
  if (found.kind === 'unreadable') return { problem: `${key} is no observation; these are ${FORMS}` };
  if (found.kind === 'state') return { kind: 'state', type: SHOWS.get(found.shows) ?? null };
  const actions = threads.get(found.thread);
  if (actions === undefined)
    return never(key, `there is no thread ${found.thread}, only ${[...threads.keys()].join(', ')}`);
  const action = actions[found.action];
  if (action === undefined)
    return never(key, `thread ${found.thread} has ${count(actions.length, 'action')}, counted from 0`);
  if (found.kind === 'ending') return { kind: 'ending' };
  if (action.results === null) return { kind: 'result', type: null };
  const type = action.results[found.result];
  if (type === undefined) {
    const results = count(action.results.length, 'result');
    return never(key, `action ${found.action} of thread ${found.thread}, ${action.text}, has ${results}`);
  }
  return { kind: 'result', type: valueType(type) };
}

function valueType(type: ValType): Value['type'] {
  return typeof type === 'string' ? type : 'ref';
}

function never(key: ObservationKey, reason: string): { readonly problem: string } {
  return { problem: `${key} is never observed: ${reason}` };
}

function count(n: number, noun: string): string {
  return `${n === 0 ? 'no' : n} ${noun}${n === 1 ? '' : 's'}`;
}
