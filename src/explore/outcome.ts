import type { Event, ThreadInfo } from '../event/execution.ts';
import { compareNumeric } from '../base/compare.ts';
import { isReading } from '../event/action.ts';
import type { Addr } from '../event/location.ts';
import { fieldOf, MAIN, objectOf } from '../event/location.ts';
import type { Request } from '../event/request.ts';
import type { Units } from '../event/units.ts';
import { unitAt } from '../event/units.ts';
import type { TrieNode } from '../exec/answer-trie.ts';
import { objectNames, sharedObjects } from '../runtime/object-names.ts';
import type { ActionResult } from '../runtime/script-log.ts';
import type { ScriptLog, ScriptState } from '../runtime/script-state.ts';
import { scriptLog } from '../runtime/script-state.ts';
import { isExit } from '../runtime/wasi.ts';
import { printValue } from '../syntax/print-values.ts';
import { problemsOf } from './finding/problems.ts';
import type { Problem } from './finding/problems.ts';

/** Where a thread stood when an execution was over. */
export interface EndedThread<S> {
  readonly info: ThreadInfo;
  readonly state: ScriptState<S>;
  /** It ended, by itself or by a trap; else it waits for ever. */
  readonly ended: boolean;
  /** Why its group ended, if a trap ended it. */
  readonly crash: string | null;
  /** What it asks: what it waits for, if it has not ended. */
  readonly request: Request;
  /** Requests of the round in which it spins; 0 if it does not. */
  readonly round: number;
}

/** A thread that stands at this node when all is over. */
export function endedThread<S>(
  info: ThreadInfo,
  { state, request, spin, depth }: TrieNode<ScriptState<S>>,
  ended: boolean,
  crash: string | null,
): EndedThread<S> {
  return { info, state, ended, crash, request, round: spin === null ? 0 : depth - spin.depth };
}

/**
 * What an execution showed [DESIGN, The command line]: every action's results, trap or deadlock, and every piece of shared
 * state that the main thread reads after its first join (the last value read counts).
 */
export function outcomeValues<S>(
  threads: readonly Pick<EndedThread<S>, 'info' | 'state' | 'crash'>[],
  events: readonly Event[],
  ends: ThreadEnds<S>,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { info, state, crash } of threads) {
    const { results, log } = ends.of(info.name, state);
    for (const [key, value] of results) values.set(key, value);
    if (log.running !== null)
      values.set(`${info.name}:${log.running}`, crash === null ? 'deadlock' : endingText(crash));
  }
  const main = threads.find(({ info }) => info.id === MAIN);
  if (main === undefined) return values;
  const { objects, shared } = ends.objects(main.state);
  for (const [key, value] of finalReads(events, objects, shared)) values.set(key, value);
  return values;
}

/** What is told of a state in which a thread ended. */
export interface ThreadEnd {
  readonly log: ScriptLog;
  /** Observation → value of every action that returned or trapped. */
  readonly results: readonly (readonly [string, string])[];
  readonly problems: readonly Problem[];
}

/** How objects are called, and which of them are shared. */
export interface SharedNames {
  readonly objects: ReadonlyMap<Addr, string>;
  readonly shared: ReadonlySet<Addr>;
}

/** What is told of states in which threads end, each of which ends many executions. A class because what is remembered is hidden. */
export class ThreadEnds<S> {
  readonly #ends = new WeakMap<ScriptState<S>, ThreadEnd>();
  readonly #objects = new WeakMap<ScriptState<S>, SharedNames>();

  of(name: string, state: ScriptState<S>): ThreadEnd {
    let end = this.#ends.get(state);
    if (end === undefined) {
      const log = scriptLog(state);
      end = {
        log,
        results: log.actions.flatMap(({ k, result }) => resultsOf(`${name}:${k}`, result, state)),
        problems: problemsOf(state),
      };
      this.#ends.set(state, end);
    }
    return end;
  }

  objects(main: ScriptState<S>): SharedNames {
    let names = this.#objects.get(main);
    if (names === undefined) {
      names = { objects: objectNames(main), shared: sharedObjects(main) };
      this.#objects.set(main, names);
    }
    return names;
  }
}

/** How a trap ended an action, or `proc_exit` did. */
function endingText(reason: string): string {
  return isExit(reason) ? reason : `trap: ${reason}`;
}

function resultsOf<S>(action: string, result: ActionResult, state: ScriptState<S>): (readonly [string, string])[] {
  switch (result.kind) {
    case 'trap':
      return [[action, endingText(result.reason)]];
    case 'exception':
      return [[action, `exception ${exceptionOf(state, result.exception)}`]];
    case 'return':
      return result.values.map((value, i) => [`${action}:${i}`, printValue(value)] as const);
  }
}

function finalReads(
  events: readonly Event[],
  objects: ReadonlyMap<Addr, string>,
  shared: ReadonlySet<Addr>,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let joined = false;
  for (const event of events) {
    if (event.thread !== MAIN) continue;
    joined ||= event.kind === 'join';
    const { shows } = event.site;
    if (!joined || shows === null) continue;
    for (const action of event.actions) {
      if (!isReading(action)) continue;
      const addr = objectOf(action.region);
      const name = objects.get(addr);
      if (name === undefined || !shared.has(addr)) continue;
      const place = placeOf(fieldOf(action.region), action.offset, event.site.text);
      if (place !== null) values.set(`${name}${place}:${shows}`, showUnits(shows, action.read));
    }
  }
  return values;
}

/** A length counts only where it is asked for, not as part of a bounds check. */
function placeOf(field: ReturnType<typeof fieldOf>, offset: number, instruction: string): string | null {
  if (field === 'length') return instruction === 'memory.size' || instruction === 'table.size' ? '.length' : null;
  return field === 'val' ? '' : `+${offset}`;
}

/** Little-endian units as the value that `shows` names; narrow integers are shown as the i32 that a zero-extending load gives. */
export function showUnits(shows: string, units: Units): string {
  if (shows === 'ref') return printValue({ type: 'ref', id: unitAt(units, 0) });
  let bits = 0n;
  for (let i = units.length - 1; i >= 0; i--) bits = (bits << 8n) | BigInt(unitAt(units, i));
  switch (shows) {
    case 'i64':
      return printValue({ type: 'i64', value: BigInt.asIntN(64, bits) });
    case 'f32':
      return printValue({ type: 'f32', bits: Number(bits) });
    case 'f64':
      return printValue({ type: 'f64', bits });
    case 'v128':
      return printValue({ type: 'v128', bits });
    default:
      return printValue({ type: 'i32', value: Number(BigInt.asIntN(32, bits)) });
  }
}

/** A key that is equal for equal outcomes. */
export function outcomeKey(values: ReadonlyMap<string, string>, deadlock: boolean): string {
  return `${deadlock ? '!' : ''}${[...values].map(([key, value]) => `${key}=${value}`).join(';')}`;
}

/** Orders outcomes by what was observed, one thing after the other, numbers as numbers; a total order. */
export function compareOutcomes(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): number {
  const others = b.entries();
  for (const [key, value] of a) {
    const { value: other, done } = others.next();
    if (done === true) return 1;
    const order = compareNumeric(key, other[0]) || compareNumeric(value, other[1]);
    if (order !== 0) return order;
  }
  return a.size - b.size;
}

/** An exception by its arguments. */
function exceptionOf<S>(state: ScriptState<S>, id: number): string {
  const exn = state.kind === 'script' ? state.session.refs.get(id) : null;
  return `(${exn?.kind === 'exn' ? exn.args.map(printValue).join(', ') : ''})`;
}
