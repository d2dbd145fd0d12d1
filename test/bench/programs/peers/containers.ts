import type { Expression, PeerProgram, Statement } from './language.ts';
import {
  again,
  binary,
  both,
  compareExchange,
  either,
  forever,
  leave,
  load,
  local,
  ME,
  not,
  plain,
  set,
  store,
  storePlain,
  when,
} from './language.ts';

/** Containers without locks, and a sequence lock. A node is two words, the next one and its value; thread i's result is the plain word i. */

const node = local('node');
const next = local('next');
const TRIED = (label: string, done: Expression): Statement => when(done, [leave(label)]);
const valueOf = (of: Expression): Expression => binary(of, '+', 1);
const sum = (n: number): Expression =>
  Array.from({ length: n }, (_, i) => plain(i + 1)).reduce((a, b) => binary(a, '+', b));
const numbered = (n: number, run = 'run'): PeerProgram['threads'] =>
  Array.from({ length: n }, (_, i) => ({ run, me: i + 1 }));

/** Treiber's stack: each thread pushes its number and pops one. */
export function treiber(n: number): PeerProgram {
  const [top, old] = [1, local('old')];
  const run = [
    set('node', binary(ME, '*', 2)),
    store(valueOf(node), ME),
    forever('push', [
      set('old', load(top)),
      store(node, old),
      TRIED('push', binary(compareExchange(top, old, node), '==', old)),
    ]),
    forever('pop', [set('old', load(top)), TRIED('pop', binary(compareExchange(top, old, load(old)), '==', old))]),
    storePlain(ME, load(valueOf(old))),
  ];
  const check = binary(sum(n), '==', (n * (n + 1)) / 2);
  return { name: `Treiber’s stack ${n}`, functions: { run }, threads: numbered(n), initial: {}, check };
}

/** Michael and Scott's queue: each thread enqueues its number and dequeues one. The first node is a dummy. */
export function michaelScott(n: number): PeerProgram {
  const [head, tail, dummy] = [1, 2, 4];
  const [first, last] = [local('first'), local('last')];
  const run = [
    set('node', binary(dummy, '+', binary(ME, '*', 2))),
    store(valueOf(node), ME),
    forever('enqueue', [
      set('last', load(tail)),
      set('next', load(last)),
      when(
        next,
        [whatever(compareExchange(tail, last, next))],
        [TRIED('enqueue', not(compareExchange(last, 0, node)))],
      ),
    ]),
    whatever(compareExchange(tail, last, node)),
    forever('dequeue', [
      set('first', load(head)),
      set('last', load(tail)),
      set('next', load(first)),
      when(binary(load(head), '!=', first), [again('dequeue')]),
      when(
        binary(first, '==', last),
        [when(not(next), [leave('dequeue')]), whatever(compareExchange(tail, last, next))],
        [TRIED('dequeue', binary(compareExchange(head, first, next), '==', first))],
      ),
    ]),
    storePlain(ME, load(valueOf(next))),
  ];
  return {
    name: `Michael and Scott’s queue ${n}`,
    functions: { run },
    threads: numbered(n),
    initial: { [head]: dummy, [tail]: dummy },
    check: binary(sum(n), '==', (n * (n + 1)) / 2),
  };
}

function whatever(value: Expression): Statement {
  return { kind: 'drop', value };
}

/** Chase and Lev's deque: the owner pushes n numbers and takes one, a thief steals one; nobody gets what another got. */
export function chaseLev(n: number): PeerProgram {
  const [top, bottom, elements] = [1, 2, 8];
  const [t, b] = [local('t'), local('b')];
  const at = (index: Expression): Expression => binary(elements, '+', index);
  const won = binary(compareExchange(top, t, binary(t, '+', 1)), '==', t);
  const own = [
    ...Array.from({ length: n }, (_, i) => [
      set('b', load(bottom)),
      store(at(b), i + 1),
      store(bottom, binary(b, '+', 1)),
    ]).flat(),
    set('b', binary(load(bottom), '-', 1)),
    store(bottom, b),
    set('t', load(top)),
    when(
      binary(b, '<', t),
      [store(bottom, binary(b, '+', 1))],
      [
        set('x', load(at(b))),
        when(binary(b, '==', t), [when(not(won), [set('x', 0)]), store(bottom, binary(b, '+', 1))]),
        storePlain(1, local('x')),
      ],
    ),
  ];
  const steal = [
    forever('steal', [
      set('t', load(top)),
      when(binary(t, '>=', load(bottom)), [leave('steal')]),
      set('x', load(at(t))),
      when(won, [storePlain(2, local('x')), leave('steal')]),
    ]),
  ];
  return {
    name: `Chase and Lev’s deque ${n}`,
    functions: { own, steal },
    threads: ['own', 'steal'].map((run) => ({ run, me: 0 })),
    initial: {},
    check: either(not(plain(1)), binary(plain(1), '!=', plain(2))),
  };
}

/** A sequence lock: one writer of two words, n readers that must see both or neither. */
export function seqlock(n: number): PeerProgram {
  const [sequence, x, y] = [1, 2, 3];
  const seen = local('seen');
  const write = [store(sequence, 1), store(x, 1), store(y, 1), store(sequence, 2)];
  const read = [
    forever('again', [
      set('seen', load(sequence)),
      when(binary(seen, '&', 1), [again('again')]),
      set('x', load(x)),
      set('y', load(y)),
      when(binary(load(sequence), '==', seen), [leave('again')]),
    ]),
    storePlain(ME, binary(local('x'), '!=', local('y'))),
  ];
  const torn = Array.from({ length: n }, (_, i) => not(plain(i + 1))).reduce((a, b) => both(a, b));
  return {
    name: `seqlock ${n}`,
    functions: { write, read },
    threads: [{ run: 'write', me: 0 }, ...numbered(n, 'read')],
    initial: {},
    check: torn,
  };
}
