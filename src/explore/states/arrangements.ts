import { known } from '../../base/assert.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Batch } from './kin.ts';
import type { SearchThread } from './locals.ts';
import type { StateWorld } from './state-world.ts';

/** Who stands where a state has its threads, by index. */
export type Names = readonly ThreadId[];

/** All states that a state stands for, as far as who stands where goes: each once. The world is in the state when the first is asked for. */
export function* arrangements<S>(world: StateWorld<S>): Generator<Names> {
  const names = world.threads.map(({ id }) => id);
  const places = world.batches.flatMap((batch) => {
    const kinds = batch.map((thread) => world.localOf(thread)?.kind.id ?? -1);
    return kinds.includes(-1) ? [] : [{ batch, kinds }];
  });
  yield* arranged(names, places, 0, 0);
}

interface Places {
  readonly batch: Batch;
  /** How each member stands. */
  readonly kinds: readonly number[];
}

/** The members of the batches from the k-th on, its own from the j-th on, are to be given places: those that are left, negative where they are taken. */
function* arranged(names: ThreadId[], places: readonly Places[], k: number, j: number): Generator<Names> {
  const here = places[k];
  if (here === undefined) {
    yield names.slice();
    return;
  }
  const member = here.batch[j];
  if (member === undefined) {
    yield* arranged(names, places, k + 1, 0);
    return;
  }
  const { batch, kinds } = here;
  const tried = new Set<number>();
  for (let i = 0; i < kinds.length; i++) {
    const kind = known(kinds[i], 'kind');
    if (kind < 0 || tried.has(kind)) continue;
    tried.add(kind);
    names[known(batch[i], 'member').index] = member.id;
    const left = kinds.with(i, -1);
    yield* arranged(names, places.with(k, { batch, kinds: left }), k, j + 1);
  }
}

/** All states that a state stands for, as far as where two threads stand goes. */
export function* pairings<S>(world: StateWorld<S>, first: SearchThread, second: SearchThread): Generator<Names> {
  const choices = ({ kin, id }: SearchThread): readonly ThreadId[] => kin.batch?.map((member) => member.id) ?? [id];
  const [a, b] = [choices(first), choices(second)];
  for (const one of a) {
    for (const other of b) {
      if (one === other) continue;
      const names = world.threads.map(({ id }) => id);
      putAt(names, first.index, one);
      putAt(names, second.index, other);
      yield names;
    }
  }
}

/** Has the thread stand there, and whoever stood there where it stood. */
function putAt(names: ThreadId[], index: number, id: ThreadId): void {
  const old = known(names[index], 'name');
  names[names.indexOf(id)] = old;
  names[index] = id;
}
