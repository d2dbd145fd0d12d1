import type { PeerProgram, Statement, Thread } from './language.ts';
import {
  again,
  binary,
  compareExchange,
  drop,
  fetchAdd,
  forever,
  leave,
  load,
  local,
  ME,
  set,
  store,
  times,
  when,
} from './language.ts';

/** Programs without awaits, whose executions the literature counts. */

function threads(count: number, run: string): Thread[] {
  return Array.from({ length: count }, () => ({ run, me: 0 }));
}

function numbered(count: number, run: string, from = 0): Thread[] {
  return Array.from({ length: count }, (_, i) => ({ run, me: from + i }));
}

/** Store buffering in a ring: thread i sets x[i] and reads x[i + 1]; that of the last thread is x[0]. */
export function ring(n: number): PeerProgram {
  const run = [store(ME, 1), drop(load(binary(binary(ME, '+', 1), '%', n)))];
  return { name: `ring ${n}`, functions: { run }, threads: numbered(n, 'run'), initial: {}, check: null };
}

/** One writer, n readers. */
export function readers(n: number): PeerProgram {
  const functions = { write: [store(1, 42)], read: [drop(load(1))] };
  return {
    name: `readers ${n}`,
    functions,
    threads: [...threads(1, 'write'), ...threads(n, 'read')],
    initial: {},
    check: null,
  };
}

/** Each of n threads puts four numbers into a hash table of 128 places; from 12 threads on there are collisions. */
export function indexer(n: number): PeerProgram {
  const run: readonly Statement[] = [
    times(4, 'i', [
      set('w', binary(binary(local('i'), '*', 11), '+', ME)),
      set('h', binary(binary(local('w'), '*', 7), '%', 128)),
      forever('probe', [
        when(binary(compareExchange(local('h'), 0, local('w')), '==', 0), [leave('probe')]),
        set('h', binary(binary(local('h'), '+', 1), '%', 128)),
        again('probe'),
      ]),
    ]),
  ];
  return { name: `indexer ${n}`, functions: { run }, threads: numbered(n, 'run'), initial: {}, check: null };
}

/** Two threads add x and y up, each into one of them, n times; a third reads both. */
export function fibBench(n: number): PeerProgram {
  const [x, y] = [1, 2];
  const functions = {
    left: [times(n, 'i', [store(x, binary(load(x), '+', load(y)))])],
    right: [times(n, 'i', [store(y, binary(load(x), '+', load(y)))])],
    look: [drop(load(x)), drop(load(y))],
  };
  const all = ['left', 'right', 'look'].map((run) => ({ run, me: 0 }));
  return { name: `fib_bench ${n}`, functions, threads: all, initial: { [x]: 1, [y]: 1 }, check: null };
}

/** n threads add 1 to one location. */
export function increments(n: number): PeerProgram {
  const functions = { run: [drop(fetchAdd(1, 1))] };
  return { name: `fetch_add ${n}`, functions, threads: threads(n, 'run'), initial: {}, check: null };
}

/** n + 1 writers of one location, each of its own value, and one reader beside them. */
export function writers(n: number): PeerProgram {
  const functions = { write: [store(1, ME)], read: [drop(load(1))] };
  return {
    name: `writers ${n}`,
    functions,
    threads: [...threads(1, 'read'), ...numbered(n + 1, 'write', 1)],
    initial: {},
    check: null,
  };
}
