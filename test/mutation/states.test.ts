import { describe, expect, test } from 'vitest';
import type { Alike } from '../../src/explore/states/kin.ts';
import { Slots, StateTable } from '../../src/explore/states/state-table.ts';
import type { StateWorld } from '../../src/explore/states/state-world.ts';
import { everyThread, persistentBy } from '../../src/explore/states/persistent.ts';
import { Symmetry } from '../../src/explore/states/symmetry.ts';
import { touchesOf } from '../../src/explore/states/touches.ts';
import { exploreTiny } from '../support/interleavings.ts';
import type { SearchSwitches } from '../support/states.ts';
import { alikeInTiny, tinyStates } from '../support/states.ts';
import type { TinyProgram, TinyState, TinyStep } from '../support/tiny-machine.ts';

const write = (at: number, value: number): TinyStep => ({ kind: 'write', at, size: 1, order: 'seqcst', value });
const read = (at: number, to: string): TinyStep => ({ kind: 'read', at, size: 1, order: 'seqcst', to });
const add = (at: number, to: string): TinyStep => ({
  kind: 'rmw',
  at,
  size: 1,
  order: 'seqcst',
  op: 'add',
  value: 1,
  to,
});
const wait: TinyStep = { kind: 'wait', at: 0, expected: 0, timeout: -1n, to: 'w' };
const notify: TinyStep = { kind: 'notify', at: 0, count: 1, to: 'n' };
const trap: TinyStep = { kind: 'trap', reason: 'unreachable' };

function forking(threads: Readonly<Record<string, readonly TinyStep[]>>, rest: readonly TinyStep[] = []): TinyProgram {
  return { main: [...Object.keys(threads).map((thread): TinyStep => ({ kind: 'fork', thread })), ...rest], ...threads };
}

/** A table that takes states for equal although they differ in what `forget` takes out of them. */
class Forgetful extends StateTable {
  readonly #forget: (state: Slots) => void;
  readonly #keys = new StateTable();

  constructor(forget: (state: Slots) => void) {
    super();
    this.#forget = forget;
  }

  override add(state: Slots): number {
    const key = new Slots();
    key.copy(state);
    this.#forget(key);
    const known = this.#keys.size;
    const id = this.#keys.add(key);
    if (id === known) super.add(state);
    return id;
  }
}

type Table = (world: StateWorld<TinyState>) => StateTable;

const forgetStore: Table = (world) =>
  new Forgetful((state) => {
    for (let slot = state.end - 1; slot >= 0; slot--) if (!world.isThreadSlot(slot)) state.set(slot, 0);
  });

/** Neither who is in queues, nor whether a thread that asks to wait is in one. */
const forgetWaiting: Table = (world) => {
  const first = new Map<string, number>();
  return new Forgetful((state) => {
    for (let slot = state.end - 1; slot >= 0; slot--) {
      const local = world.isThreadSlot(slot) ? world.locals.at(state.get(slot)) : null;
      if (local === null) {
        if (!world.isThreadSlot(slot)) state.set(slot, 0);
        continue;
      }
      const key = `${slot} ${local.at.id}`;
      if (!first.has(key)) first.set(key, state.get(slot));
      state.set(slot, first.get(key) ?? 0);
    }
  });
};

interface Mutant {
  readonly switches: SearchSwitches<TinyState>;
  readonly program: TinyProgram;
  readonly fatal?: boolean;
}

const MUTANTS: Readonly<Record<string, Mutant>> = {
  'a key without the store': {
    switches: { table: forgetStore, choose: everyThread },
    program: forking({ t0: [write(0, 1)], t1: [write(0, 2)] }, [
      { kind: 'join', thread: 't0' },
      { kind: 'join', thread: 't1' },
      read(0, 'a'),
    ]),
  },
  'a key without the order of a queue': {
    switches: { table: forgetStore, choose: everyThread },
    // Who waits after the write does not wait: one woken, one for ever means that both were in the queue.
    program: forking({ t0: [wait], t1: [wait], t2: [write(0, 1), notify] }),
  },
  'a key without the queue and how threads stand': {
    switches: { table: forgetWaiting, choose: everyThread },
    program: forking({ t0: [wait], t1: [write(0, 1), notify] }),
  },
  'persistent sets by the next steps alone': {
    switches: {
      choose: persistentBy((world, a, b) => world.locals.conflict(a.kind, { ...b.kind, future: b.kind.touchBits })),
    },
    program: forking({ t0: [write(0, 1)], t1: [write(8, 1), read(0, 'a')] }),
  },
  'persistent sets that take all steps for independent': {
    switches: { choose: persistentBy(() => false) },
    program: forking({ t0: [write(0, 1)], t1: [read(0, 'a')] }),
  },
  'persistent sets that overlook reads': {
    switches: { touches: (...asked) => touchesOf(...asked).filter(({ writes }) => writes) },
    program: forking({ t0: [write(0, 1)], t1: [write(8, 1), read(0, 'a')] }),
  },
  'persistent sets that overlook queues': {
    switches: { touches: (...asked) => touchesOf(...asked).filter(({ space }) => !space.startsWith('queue')) },
    program: forking({ t0: [wait], t1: [notify] }),
  },
  'persistent sets that overlook that traps end other threads': {
    switches: { touches: (...asked) => touchesOf(...asked).filter(({ space }) => !space.startsWith('group')) },
    program: forking({ t0: [read(8, 'a'), read(9, 'b')], t1: [read(10, 'a'), trap] }),
    fatal: true,
  },
  'cycles in which a thread is put off for ever': {
    switches: { proviso: false },
    // What main waits for is written by a thread that is not known before t0 has gone on.
    program: {
      ...forking({ t0: [add(8, 'm'), { kind: 'fork', thread: 't1' }] }, [
        read(0, 'a'),
        { kind: 'while', register: 'a', value: 0, back: 1 },
      ]),
      t1: [write(0, 1)],
    },
  },
};

/** As it should be, but for one thing. */
class Nameless<S> extends Symmetry<S> {
  override rename(): void {}
}

class Unjoined<S> extends Symmetry<S> {
  override willWait(): boolean {
    return true;
  }
}

const equals = (
  steps: readonly TinyStep[],
  rest: readonly TinyStep[] = [],
  other: readonly TinyStep[] = [],
): TinyProgram => forking({ t0: steps, t1: steps, t2: other }, rest);
const join = (thread: string): TinyStep => ({ kind: 'join', thread });

interface WrongSymmetry {
  readonly program: TinyProgram;
  readonly symmetry?: typeof Symmetry;
  readonly alike?: Alike;
}

const SYMMETRIES: Readonly<Record<string, WrongSymmetry>> = {
  'threads that do different things are taken for alike': {
    alike: ({ key }) => (key === 'main' ? key : 'a thread'),
    program: forking({ t0: [write(0, 1)], t1: [write(0, 2)] }, [join('t0'), join('t1'), read(0, 'a')]),
  },
  'queues keep the names of threads that others stand for': {
    symmetry: Nameless,
    program: equals([add(8, 'a'), wait, add(9, 'b')], [], [notify]),
  },
  'it is forgotten that main joins one before the other': {
    symmetry: Unjoined,
    program: equals([read(0, 'a')], [join('t0'), write(0, 1), join('t1')]),
  },
};

/** What was found, or what it failed with. */
function attempted(mutant: WrongSymmetry): readonly string[] {
  const { program, symmetry, alike = alikeInTiny(program) } = mutant;
  try {
    return tinyStates(program, { alike, symmetry }).outcomes;
  } catch (error) {
    return [String(error)];
  }
}

describe('a wrong symmetry', () => {
  test.each(Object.entries(SYMMETRIES))('%s: other outcomes than of all interleavings', (_, mutant) => {
    const { outcomes } = exploreTiny(mutant.program, 'reduced');
    expect(attempted({ program: mutant.program })).toEqual(outcomes);
    expect(attempted(mutant)).not.toEqual(outcomes);
  });
});

describe('a wrong search of states', () => {
  test.each(Object.entries(MUTANTS))('%s: finds other outcomes than all interleavings', (_, mutant) => {
    const fatal = (): boolean => mutant.fatal === true;
    const right = tinyStates(mutant.program, {}, fatal);
    const expected = exploreTiny(mutant.program, 'reduced', {}, fatal);
    expect(expected.bounded).toEqual([]);
    expect(right.outcomes).toEqual(expected.outcomes);
    expect(tinyStates(mutant.program, mutant.switches, fatal).outcomes).not.toEqual(right.outcomes);
  });
});
