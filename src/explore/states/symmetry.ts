import { known } from '../../base/assert.ts';
import type { ThreadId } from '../../event/location.ts';
import type { WaitRequest } from '../../event/request.ts';
import { hasEnded } from '../interleave/step.ts';
import type { Batch, Kin, Kindred } from './kin.ts';
import type { Local, SearchThread } from './locals.ts';
import type { Queues } from './queues.ts';
import type { StateWorld } from './state-world.ts';

/** Who stands now where a thread stood: new index by old. */
export type Moved = readonly number[];

/**
 * Puts states into the form that all have in common that differ in which of alike threads stands where (proofs-notes/states.md). A class because it holds
 * which threads those are.
 */
export class Symmetry<S> {
  readonly world: StateWorld<S>;
  readonly queues: Queues;
  readonly #kindred: Kindred;
  readonly batches: Batch[] = [];
  /** Since the last state. */
  readonly #born: SearchThread[] = [];

  constructor(world: StateWorld<S>, kindred: Kindred, queues: Queues) {
    this.world = world;
    this.queues = queues;
    this.#kindred = kindred;
  }

  begins(thread: SearchThread): void {
    if (thread.kin.batch !== null) this.#born.push(thread);
  }

  /** Whether some of the threads stand for others, or will when it has been looked at whether they can. */
  isAmong(threads: readonly ThreadId[]): boolean {
    return threads.some((id) => {
      const { kin } = this.world.threadOf(id);
      return kin.batch !== null && kin.threads.length > 1;
    });
  }

  /** None of the threads is like another after all. */
  partAll(threads: readonly ThreadId[]): void {
    for (const id of threads) {
      const { kin } = this.world.threadOf(id);
      if (kin.batch !== null) this.#kindred.part(kin);
    }
  }

  arrange(): Moved | null {
    if (this.#born.length > 0) this.#register();
    let moved: number[] | null = null;
    for (const batch of this.batches) {
      const locals = localsOf(this.world, batch);
      if (locals === null || this.#isInOrder(locals)) continue;
      moved ??= this.world.threads.map(({ index }) => index);
      this.permute(
        batch,
        locals.toSorted((a, b) => this.compare(a, b)),
        moved,
      );
    }
    return moved;
  }

  #isInOrder(locals: readonly Local<S>[]): boolean {
    for (let i = 1; i < locals.length; i++)
      if (this.compare(locals[i - 1] as Local<S>, locals[i] as Local<S>) > 0) return false;
    return true;
  }

  /**
   * Threads that stand alike are as good as each other, but for who is first in the queue in which both wait. Those that run come last, so that nobody else
   * changes place where they go round (`ends.ts`).
   */
  compare(a: Local<S>, b: Local<S>): number {
    if (a.kind !== b.kind) return runs(a) - runs(b) || a.kind.id - b.kind.id;
    return a.status === 'waiting' ? this.#placeOf(a) - this.#placeOf(b) : 0;
  }

  #placeOf({ thread, at }: Local<S>): number {
    return this.queues.at(this.world.state, this.queues.slot((at.request as WaitRequest).queue)).indexOf(thread.id);
  }

  /** Has the members of the batch stand where `order` says, the first where its first stands; all that names them goes with them. */
  permute(batch: Batch, order: readonly Local<S>[], moved: number[]): void {
    const { state, locals } = this.world;
    const crashes = order.map(({ thread }) => this.#crash(thread));
    const names = new Map<ThreadId, ThreadId>();
    order.forEach((local, i) => {
      const thread = known(batch[i], 'member');
      moved[local.thread.index] = thread.index;
      names.set(local.thread.id, thread.id);
      state.set(thread.slot, locals.twin(local, thread).id + 1);
    });
    order.forEach((_, i) => {
      const thread = known(batch[i], 'member');
      const slot = thread.group === thread.id ? this.world.crashSlot(thread.id) : undefined;
      if (slot !== undefined) state.set(slot, crashes[i] ?? 0);
    });
    this.rename(order, names);
  }

  #crash({ id, group }: SearchThread): number {
    const slot = group === id ? this.world.crashSlot(id) : undefined;
    return slot === undefined ? 0 : this.world.state.get(slot);
  }

  /** Renames those who wait in queues. */
  rename(locals: readonly Local<S>[], names: ReadonlyMap<ThreadId, ThreadId>): void {
    const { state } = this.world;
    const waiting = locals.filter(({ status }) => status === 'waiting');
    const slots = new Set(waiting.map(({ at }) => this.queues.slot((at.request as WaitRequest).queue)));
    for (const slot of slots) {
      const renamed = this.queues.at(state, slot).map((id) => names.get(id) ?? id);
      this.queues.set(state, slot, renamed);
    }
  }

  /** Members of a kin that begin together, while nobody can tell them apart, stand for each other from then on. They have to wherever they begin. */
  #register(): void {
    const born = new Set(this.#born);
    for (const kin of new Set(this.#born.map((thread) => thread.kin))) {
      if (kin.batch === null) continue;
      const members = kin.threads.filter((thread) => born.has(thread));
      const isWhole = members.length > 1 && this.areAlike(kin, members);
      if (kin.batch === undefined && isWhole) {
        this.#kindred.settle(kin, members);
        this.batches.push(members);
      } else if (kin.batch === undefined && kin.threads.length === 1) this.#kindred.settle(kin, null);
      else if (!isWhole || !kin.batch?.every((thread) => born.has(thread))) this.#kindred.part(kin);
    }
    this.#born.length = 0;
  }

  /** Whether all of the kin that have begun are these, they stand alike, and whoever could name them will wait for all of them before anything else. */
  areAlike({ threads, isNamed }: Kin, members: Batch): boolean {
    const begun = threads.filter((thread) => this.world.localOf(thread) !== null);
    const locals = localsOf(this.world, members);
    const [first] = locals ?? [];
    if (locals === null || first === undefined || begun.length !== members.length) return false;
    if (first.status === 'waiting' || !locals.every(({ kind }) => kind === first.kind)) return false;
    return !isNamed || this.willWait(members);
  }

  willWait(members: Batch): boolean {
    const parent = this.world.parentOf(known(members[0], 'member'));
    const local = known(this.world.localOf(parent), 'parent');
    if (hasEnded(local.status)) return true;
    const joined = new Set(this.world.joinsOf(local));
    return members.every(({ id }) => joined.has(id)) && this.world.isAlone(parent);
  }
}

function runs<S>({ status }: Local<S>): number {
  return status === 'running' ? 1 : 0;
}

/** Where all of them stand; null if they have not begun. */
function localsOf<S>(world: StateWorld<S>, batch: Batch): Local<S>[] | null {
  const locals: Local<S>[] = [];
  for (const thread of batch) {
    const local = world.localOf(thread);
    if (local === null) return null;
    locals.push(local);
  }
  return locals;
}
