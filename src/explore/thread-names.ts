import { known } from '../base/assert.ts';
import type { ThreadInfo } from '../event/execution.ts';
import { MAIN } from '../event/location.ts';
import type { ThreadId } from '../event/location.ts';
import type { Readings } from '../syntax/readings.ts';

/** What a number was given to: a thread's k-th child, or its allocator. */
export type NamedThread =
  | { readonly parent: ThreadId; readonly k: number; readonly name: string | null }
  | { readonly of: ThreadId };

/**
 * Numbers threads by who forked them when: the k-th fork of a thread has one number in all executions of a program, so
 * that addresses, traces and outcomes can be compared. A class because the index is hidden.
 */
export class ThreadNames {
  readonly main: ThreadId = MAIN;
  readonly #infos: ThreadInfo[] = [{ id: MAIN, name: 'main', parent: null }];
  readonly #groups: ThreadId[] = [MAIN];
  readonly #children = new Map<string, ThreadId>();
  readonly #allocators = new Map<ThreadId, ThreadId>();
  readonly #given: NamedThread[] = [];

  /** Threads that run, so without {@link allocator}s. */
  get count(): number {
    return this.#infos.length - this.#allocators.size;
  }

  /** The thread that `parent` forks as its k-th (from 0); `name` as in {@link import('../event/request.ts').ForkRequest}. */
  child(parent: ThreadId, k: number, name: string | null): ThreadId {
    const key = `${parent}/${k}`;
    const old = this.#children.get(key);
    if (old !== undefined) return old;
    const id = this.#infos.length as ThreadId;
    const parentName = this.info(parent).name;
    this.#infos.push({ id, name: name ?? `${parentName}+${k}`, parent });
    this.#groups.push(name === null ? this.group(parent) : id);
    this.#children.set(key, id);
    this.#given.push({ parent, k, name });
    return id;
  }

  /**
   * Who makes a thread's fresh objects: a thread of their own, which nothing is before, as if the objects had always been there. So an access
   * to one happens after its allocation, but not after what the allocating thread did before [shared-everything-threads, issue 109]. Under
   * `publication=synchronising` it is the thread itself.
   */
  allocator(of: ThreadId, { publication }: Pick<Readings, 'publication'>): ThreadId {
    if (publication === 'synchronising') return of;
    const old = this.#allocators.get(of);
    if (old !== undefined) return old;
    const id = this.#infos.length as ThreadId;
    this.#infos.push({ id, name: objectsOf(this.info(of).name), parent: null });
    this.#groups.push(id);
    this.#allocators.set(of, id);
    this.#given.push({ of });
    return id;
  }

  /** All numbers that were given, in their order. */
  get given(): readonly NamedThread[] {
    return this.#given;
  }

  /** Gives numbers as another did; whether those given before are the first of them, or they of those. */
  giveAlike(given: readonly NamedThread[], readings: Pick<Readings, 'publication'>): boolean {
    return given.every((thread, i) => {
      if (this.#given[i] === undefined) {
        if ('of' in thread) this.allocator(thread.of, readings);
        else this.child(thread.parent, thread.k, thread.name);
      }
      return JSON.stringify(this.#given[i]) === JSON.stringify(thread);
    });
  }

  /** The script thread from which a thread was forked by Wasm, itself or through others: a trap in one ends all of them. */
  group(id: ThreadId): ThreadId {
    return known(this.#groups[id], 'thread');
  }

  info(id: ThreadId): ThreadInfo {
    return known(this.#infos[id], 'thread');
  }

  /** All threads that some execution has, allocators included, in order of number. */
  all(): readonly ThreadInfo[] {
    return this.#infos;
  }

  /** The child of `ancestor` that is `descendant` or an ancestor of it; null if there is none. */
  childTowards(ancestor: ThreadId, descendant: ThreadId): ThreadId | null {
    for (let id: ThreadId = descendant; ; ) {
      const { parent } = this.info(id);
      if (parent === null) return null;
      if (parent === ancestor) return id;
      id = parent;
    }
  }
}

/** How the thread is called that makes another’s objects. */
export function objectsOf(name: string): string {
  return `${name}’s objects`;
}
