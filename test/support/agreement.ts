import { isDeepStrictEqual } from 'node:util';
import type { Request, Response } from '../../src/event/request.ts';
import { valueKey } from '../../src/runtime/call-start.ts';
import type { CallStart, Executor, Suspended, ThreadLocals } from '../../src/runtime/executor.ts';
import { comparable, Disagreement } from './paired.ts';

/**
 * The procedure by which two executors, or one on two programs, are found to be one machine: the same thread on both, with the same answers, asks
 * the same, holds the same thread-locals, finds the same of its states equal, and ends with the same results or the same trap.
 */
export interface Side<S> {
  readonly executor: Executor<S>;
  readonly start: CallStart;
}

/** Answers what a thread asks; null: it goes no further. */
export type Answer = (request: Request) => Response | null;

export interface Procedure {
  readonly answer: Answer;
  /** Answers for states that are resumed a second time; without it none is. */
  readonly again?: Answer;
  readonly requests: number;
  /** Whether states are compared with each other. */
  readonly states: boolean;
  readonly seen?: (request: Request) => void;
}

/** How a compared thread ended. */
export interface Compared {
  readonly request: Request;
  /** Threads that it forked, as each side starts them. */
  readonly forked: readonly (readonly [CallStart, CallStart])[];
  /** If it is done. */
  readonly locals: ThreadLocals | null;
}

const REMEMBERED = 3;
const BRANCH = 5;

/** Runs a thread on both sides; throws a {@link Disagreement} where they differ. */
export function compareThread<A, B>(left: Side<A>, right: Side<B>, procedure: Procedure): Compared {
  const [a, b] = [left.executor, right.executor];
  const forked: (readonly [CallStart, CallStart])[] = [];
  let now = compared(a, b, a.start(left.start), b.start(right.start));
  const before: Pair<A, B>[] = [];
  for (let k = 0; ; k++) {
    procedure.seen?.(now.request);
    if (ends(now.request) || k >= procedure.requests) break;
    if (procedure.states) compareStates(a, b, before.slice(-REMEMBERED), now);
    before.push(now);
    const fork = forkOf(now);
    if (fork !== null) forked.push(fork);
    const answer = procedure.answer(now.request);
    if (answer === null) break;
    if (procedure.again !== undefined && k % 3 === 1) branch(a, b, now, procedure.again);
    now = resumed(a, b, now, answer);
  }
  if (now.request.kind !== 'done') return { request: now.request, forked, locals: null };
  const [mine, theirs] = [a.completion(now.left.state), b.completion(now.right.state)];
  agree('returns', mine.results.map(valueKey).join(), theirs.results.map(valueKey).join());
  agree('leaves thread-locals', localsKey(mine.locals), localsKey(theirs.locals));
  return { request: now.request, forked, locals: mine.locals };
}

interface Pair<A, B> {
  readonly left: Suspended<A>;
  readonly right: Suspended<B>;
  /** What both ask; a bound if either has reached its own. */
  readonly request: Request;
}

function ends({ kind }: Request): boolean {
  return kind === 'done' || kind === 'trap' || kind === 'bound';
}

function agree(what: string, mine: string, theirs: string): void {
  if (mine !== theirs) throw new Disagreement(`one ${what} ${mine}\nthe other ${theirs}`);
}

function compared<A, B>(a: Executor<A>, b: Executor<B>, left: Suspended<A>, right: Suspended<B>): Pair<A, B> {
  // The executors' steps are not alike.
  const bound = [left.request, right.request].find(({ kind }) => kind === 'bound');
  if (bound !== undefined) return { left, right, request: bound };
  const [mine, theirs] = [comparable(left.request), comparable(right.request)];
  if (!isDeepStrictEqual(mine, theirs)) agree('asks', show(mine), `asks ${show(theirs)} `);
  agree('has thread-locals', localsKey(a.threadLocals(left.state)), localsKey(b.threadLocals(right.state)));
  return { left, right, request: left.request };
}

function resumed<A, B>(a: Executor<A>, b: Executor<B>, { left, right }: Pair<A, B>, answer: Response): Pair<A, B> {
  return compared(a, b, a.resume(left.state, answer), b.resume(right.state, answer));
}

/** A state may be resumed again, with another answer. */
function branch<A, B>(a: Executor<A>, b: Executor<B>, from: Pair<A, B>, answers: Answer): void {
  let now = from;
  for (let k = 0; k < BRANCH && !ends(now.request); k++) {
    const answer = answers(now.request);
    if (answer === null) return;
    now = resumed(a, b, now, answer);
  }
}

function compareStates<A, B>(
  a: Executor<A>,
  b: Executor<B>,
  before: readonly Pair<A, B>[],
  { left, right }: Pair<A, B>,
): void {
  for (const [k, earlier] of before.entries()) {
    const [mine, theirs] = [a.sameState(earlier.left.state, left.state), b.sameState(earlier.right.state, right.state)];
    agree(`says that its state is as ${before.length - k} requests before:`, String(mine), String(theirs));
  }
}

function forkOf<A, B>({ left, right }: Pair<A, B>): readonly [CallStart, CallStart] | null {
  if (left.request.kind !== 'fork' || right.request.kind !== 'fork') return null;
  return [left.request.start as CallStart, right.request.start as CallStart];
}

function localsKey(locals: ThreadLocals): string {
  return [...locals]
    .map(([addr, value]) => `${addr}=${valueKey(value)}`)
    .toSorted()
    .join();
}

function show(request: unknown): string {
  return JSON.stringify(request, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
}
