import { describe, expect, test } from 'vitest';
import type { ThreadId } from '../../../src/event/location.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import { AnswerTrie } from '../../../src/exec/answer-trie.ts';
import { labelOf } from '../../../src/explore/interleave/step.ts';
import { World } from '../../../src/explore/interleave/world.ts';
import { ThreadNames } from '../../../src/explore/thread-names.ts';
import { exploreTiny, interleavings } from '../../support/interleavings.ts';
import type { Strategy } from '../../support/interleavings.ts';
import { allocate, forkOf, grow, listMachine, loadAt, showListed } from '../../support/list-machine.ts';
import type { TinyProgram, TinyStart, TinyState, TinyStep } from '../../support/tiny-machine.ts';
import { tinyMachine, tinyStart } from '../../support/tiny-machine.ts';

const STRATEGIES: readonly Strategy[] = ['plain', 'reduced'];
const read = (at: number, to = 'r'): TinyStep => ({ kind: 'read', at, size: 1, order: 'seqcst', to });
const write = (at: number, value: number): TinyStep => ({ kind: 'write', at, size: 1, order: 'seqcst', value });
const add = (at: number): TinyStep => ({ kind: 'rmw', at, size: 1, order: 'seqcst', op: 'add', value: 1, to: 'r' });
const wait = (timeout: bigint): TinyStep => ({ kind: 'wait', at: 0, expected: 0, timeout, to: 'w' });
const notify = (count: number): TinyStep => ({ kind: 'notify', at: 0, count, to: 'n' });
const again = (register: string, value: number): TinyStep => ({ kind: 'while', register, value, back: 1 });
const trap: TinyStep = { kind: 'trap', reason: 'unreachable' };

/** Main forks `t0`, `t1`, … and then does `rest`. */
function threads(bodies: readonly (readonly TinyStep[])[], rest: readonly TinyStep[] = []): TinyProgram {
  return {
    main: [...bodies.map((_, i): TinyStep => ({ kind: 'fork', thread: `t${i}` })), ...rest],
    ...Object.fromEntries(bodies.map((steps, i) => [`t${i}`, steps])),
  };
}

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

describe('the reduced search makes one execution for each reads-from and order of writes', () => {
  const ring = (n: number): TinyProgram => threads(times(n, (i) => [write(i, 1), read((i + 1) % n)]));
  const readers = (n: number): TinyProgram => threads([[write(0, 42)], ...times(n, () => [read(0)])]);
  const adders = (n: number): TinyProgram => threads(times(n, () => [add(0)]));
  const lock: readonly TinyStep[] = [
    { kind: 'cas', at: 0, size: 1, order: 'seqcst', expected: 0, value: 1, to: 'l' },
    again('l', 1),
    add(1),
    write(0, 0),
  ];
  test.each([
    ['a ring of 6 threads', ring(6), 63],
    ['a ring of 8 threads', ring(8), 255],
    ['a writer and 8 readers', readers(8), 256],
    ['6 additions', adders(6), 720],
    ['a spin lock of 2 threads', threads([lock, lock]), 4],
    ['a spin lock of 3 threads', threads([lock, lock, lock]), 36],
  ] as const)('for %s', (_, program, executions) => {
    const found = exploreTiny(program, 'reduced');
    expect(found.keys.length).toBe(executions);
    expect(new Set(found.keys).size).toBe(executions);
    expect(found.redundant).toBe(0);
  });

  test('where the plain one makes many', () => {
    const plain = exploreTiny(ring(3), 'plain');
    expect(plain.keys.length).toBeGreaterThan(200);
    expect(new Set(plain.keys).size).toBe(7);
  });
});

describe.each(STRATEGIES)('the %s search', (strategy) => {
  test('joins a thread after its end', () => {
    const found = exploreTiny(threads([[write(0, 1)]], [{ kind: 'join', thread: 't0' }, read(0)]), strategy);
    expect(found.outcomes).toEqual(['main [["r",1]]; t0 []']);
  });

  test('wakes or misses a waiter', () => {
    const found = exploreTiny(threads([[wait(-1n)], [notify(1)]]), strategy);
    expect(found.outcomes).toEqual(['!main []; t0 for ever []; t1 [["n",0]]', 'main []; t0 [["w",0]]; t1 [["n",1]]']);
  });

  test('lets a wait time out before or without a notify', () => {
    const found = exploreTiny(threads([[wait(5n)], [notify(1)]]), strategy);
    expect(found.outcomes).toEqual(['main []; t0 [["w",0]]; t1 [["n",1]]', 'main []; t0 [["w",2]]; t1 [["n",0]]']);
  });

  test('does not wait where the value differs', () => {
    const found = exploreTiny(threads([], [write(0, 1), wait(-1n)]), strategy);
    expect(found.outcomes).toEqual(['main [["w",1]]']);
  });

  test('reports a spin on what never comes as endless', () => {
    const found = exploreTiny(threads([[read(0), again('r', 0)]]), strategy);
    expect(found.outcomes).toEqual(['!main []; t0 for ever [["r",0]]']);
    expect(found.bounded).toEqual([]);
  });

  test('ends a spin on what comes', () => {
    const found = exploreTiny(threads([[read(0), again('r', 0)], [write(0, 1)]]), strategy);
    expect(found.outcomes).toEqual(['main []; t0 [["r",1]]; t1 []']);
    expect(found.blocked).toBeGreaterThan(0);
  });

  test('ends all threads of a group by a trap, at any point of theirs', () => {
    const found = exploreTiny(threads([[trap], [write(0, 1)]]), strategy, {}, () => true);
    expect(found.outcomes.every((outcome) => outcome.includes('main+0 trapped'))).toBe(true);
    expect(found.outcomes.some((outcome) => outcome.includes('main+1 cut'))).toBe(true);
    expect(found.outcomes.some((outcome) => outcome.includes('main+1 []'))).toBe(true);
  });

  test('ends only its own group by a trap, and lets others join it', () => {
    const found = exploreTiny(threads([[trap]], [{ kind: 'join', thread: 't0' }, read(0)]), strategy);
    expect(found.outcomes).toEqual(['main [["r",0]]; t0 trapped []']);
  });

  test('says that a thread has too many events', () => {
    const found = exploreTiny(
      threads([
        [
          add(0),
          { kind: 'write', at: 1, size: 1, order: 'seqcst', value: 0 },
          { kind: 'while', register: 'x', value: 1, back: 2 },
        ],
        [add(0)],
      ]),
      strategy,
      { events: 1 },
    );
    expect(found.bounded[0]).toBe('more than 1 events in one thread');
    const endless = exploreTiny(
      threads([[write(0, 1), read(0), { kind: 'while', register: 'r', value: 1, back: 2 }]]),
      strategy,
      { events: 20 },
    );
    expect(endless.bounded).toEqual(['more than 20 events in one thread']);
    expect(endless.keys).toEqual([]);
  });
});

describe('wait queues', () => {
  test.each([
    [1, ['t0']],
    [2, ['t0', 't1']],
    [9, ['t0', 't1']],
    [0, []],
  ] as const)('notify %i wakes in the order of entry', (count, woken) => {
    const names = new ThreadNames();
    const program = threads([[wait(-1n)], [wait(-1n)], [notify(count)]]);
    const trie = new AnswerTrie<TinyState, TinyStart>(tinyMachine(program));
    const world = new World<TinyState>(trie, tinyStart('main'), names, DEFAULT_READINGS);
    const step = (thread: number): unknown => world.step(labelOf(thread as ThreadId, 'go'));
    for (const thread of [0, 0, 0, 0, 1, 2, 3]) step(thread);
    const { events, asw } = world.execution();
    const wakes = events.filter(({ kind }) => kind === 'wake');
    expect(wakes.map(({ thread }) => names.info(thread).name)).toEqual(woken);
    const notified = events.findIndex(({ kind }) => kind === 'notify');
    for (const { id } of wakes) expect(asw).toContainEqual([notified, id]);
  });
});

describe('growth', () => {
  const machine = listMachine({ main: [allocate, forkOf('child'), grow(1), grow(2)], child: [loadAt(4)] });
  const show = showListed;

  test.each(STRATEGIES)('is one event that others see or not, and fails at the maximum (%s)', (strategy) => {
    const found = interleavings(machine, { key: 'main' }, strategy, show);
    expect(found.outcomes).toEqual(['child =0; main 1,-1', 'child out-of-bounds; main 1,-1']);
  });

  test('Switch/grow-failure=any may fail at any time', () => {
    const readings = { ...DEFAULT_READINGS, 'grow-failure': 'any' } as const;
    const [plain, reduced] = STRATEGIES.map((strategy) =>
      interleavings(machine, { key: 'main' }, strategy, show, { readings }),
    );
    expect(plain?.outcomes).toEqual([
      'child =0; main -1,1',
      'child =0; main 1,-1',
      'child out-of-bounds; main -1,-1',
      'child out-of-bounds; main -1,1',
      'child out-of-bounds; main 1,-1',
    ]);
    expect(reduced?.outcomes).toEqual(plain?.outcomes);
    expect([...(reduced?.keys ?? [])].sort()).toEqual([...new Set(plain?.keys)].sort());
  });
});
