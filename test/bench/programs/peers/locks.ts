import type { Expression, PeerProgram, Statement } from './language.ts';
import {
  binary,
  compareExchange,
  both,
  either,
  exchange,
  fetchAdd,
  forever,
  leave,
  again,
  load,
  local,
  ME,
  not,
  plain,
  set,
  spinWhile,
  store,
  storePlain,
  when,
} from './language.ts';

/** Locks, each guarding a counter that is not atomic; every thread enters once. Addresses are shared words. */

const COUNT = storePlain(0, binary(plain(0), '+', 1));

function lock(
  name: string,
  n: number,
  enter: readonly Statement[],
  exit: readonly Statement[],
  symmetric = false,
): PeerProgram {
  return {
    name: `${name} ${n}`,
    functions: { run: [...enter, COUNT, ...exit] },
    threads: Array.from({ length: n }, (_, i) => ({ run: 'run', me: symmetric ? 0 : i + 1 })),
    initial: {},
    check: binary(plain(0), '==', n),
  };
}

/** Spins on a load, then tries. */
export function spinLock(n: number): PeerProgram {
  const enter = forever('again', [
    spinWhile(load(1)),
    when(binary(compareExchange(1, 0, 1), '==', 0), [leave('again')]),
  ]);
  return lock('spin lock', n, [enter], [store(1, 0)], true);
}

/** Spins on a compare-exchange. */
export function casLock(n: number): PeerProgram {
  return lock('spin lock by CAS', n, [spinWhile(compareExchange(1, 0, 1))], [store(1, 0)], true);
}

/** Spins on an exchange, which writes whatever it finds. */
export function exchangeLock(n: number): PeerProgram {
  return lock('spin lock by exchange', n, [spinWhile(exchange(1, 1))], [store(1, 0)], true);
}

export function ticketLock(n: number): PeerProgram {
  const [next, owner] = [1, 2];
  const enter = [set('mine', fetchAdd(next, 1)), spinWhile(binary(load(owner), '!=', local('mine')))];
  return lock('ticket lock', n, enter, [store(owner, binary(load(owner), '+', 1))], true);
}

/** A node is two words: the next one, and whether its thread has been let in. */
export function mcsLock(n: number): PeerProgram {
  const tail = 1;
  const node = binary(ME, '*', 2);
  const letIn = (of: Expression): Expression => binary(of, '+', 1);
  const enter = [
    store(letIn(node), 0),
    store(node, 0),
    set('before', exchange(tail, node)),
    when(local('before'), [store(local('before'), node), spinWhile(not(load(letIn(node))))]),
  ];
  const exit = [
    set('next', load(node)),
    forever('handing', [
      when(not(local('next')), [
        when(binary(compareExchange(tail, node, 0), '==', node), [leave('handing')]),
        forever('waiting', [set('next', load(node)), when(local('next'), [leave('waiting')])]),
      ]),
      store(letIn(local('next')), 1),
      leave('handing'),
    ]),
  ];
  return lock('MCS lock', n, enter, exit);
}

/** Flags at 1 and 2, the turn at 3: who gives it away last waits. */
export function peterson(): PeerProgram {
  const turn = 3;
  const other = binary(3, '-', ME);
  const enter = [store(ME, 1), store(turn, ME), spinWhile(both(load(other), binary(load(turn), '==', ME)))];
  return lock('Peterson', 2, enter, [store(ME, 0)]);
}

/** Dekker's first entry: who sees the other's flag gives up. */
export function dekkerEntry(): PeerProgram {
  const run = [store(ME, 1), when(not(load(binary(3, '-', ME))), [COUNT])];
  return {
    name: 'Dekker’s entry',
    functions: { run },
    threads: [1, 2].map((me) => ({ run: 'run', me })),
    initial: {},
    check: binary(plain(0), '<', 2),
  };
}

/** Lamport's fast mutual exclusion [ACM TOCS 1987, algorithm 2]: flags at 1 … n, x and y after them. */
export function lamport(n: number): PeerProgram {
  const [x, y] = [n + 1, n + 2];
  const all = Array.from({ length: n }, (_, i) => i + 1);
  const enter = forever('start', [
    store(ME, 1),
    store(x, ME),
    when(load(y), [store(ME, 0), spinWhile(load(y)), again('start')]),
    store(y, ME),
    when(binary(load(x), '!=', ME), [
      store(ME, 0),
      ...all.map((j) => spinWhile(load(j))),
      when(binary(load(y), '!=', ME), [spinWhile(load(y)), again('start')]),
    ]),
    leave('start'),
  ]);
  return lock('Lamport', n, [enter], [store(y, 0), store(ME, 0)]);
}

/** Szymanski's waiting room: flags at 1 … n; a thread with a lower number goes first. */
export function szymanski(n: number): PeerProgram {
  const all = Array.from({ length: n }, (_, i) => i + 1);
  const functions = Object.fromEntries(all.map((me) => [`run${me}x`, szymanskiOf(me, all)]));
  return {
    name: `Szymanski ${n}`,
    functions,
    threads: all.map((me) => ({ run: `run${me}x`, me })),
    initial: {},
    check: binary(plain(0), '==', n),
  };
}

function szymanskiOf(me: number, all: readonly number[]): Statement[] {
  const others = all.filter((j) => j !== me);
  const some = (of: readonly Expression[]): Expression => of.reduce((a, b) => either(a, b));
  return [
    store(me, 1),
    ...others.map((j) => spinWhile(binary(load(j), '>=', 3))),
    store(me, 3),
    when(some(others.map((j) => binary(load(j), '==', 1))), [
      store(me, 2),
      spinWhile(not(some(others.map((j) => binary(load(j), '==', 4))))),
    ]),
    store(me, 4),
    ...others.filter((j) => j < me).map((j) => spinWhile(binary(load(j), '>=', 2))),
    COUNT,
    ...others.filter((j) => j > me).map((j) => spinWhile(binary(binary(load(j), '&', 6), '==', 2))),
    store(me, 0),
  ];
}
