/**
 * A part of a search tree that is still to be explored: the indices of the choices that lead to its root, only those where there was a
 * choice. Its weight is the share of the whole tree that it is taken for: one over the number of choices, for each of them.
 */
export interface Task {
  readonly path: readonly number[];
  readonly weight: number;
}

/** The whole tree. */
export const WHOLE: Task = { path: [], weight: 1 };

/**
 * Where a depth-first search stands. It follows a task's path to the task's root, and then takes every choice; when it stops, what it has not
 * explored is left as tasks. A class because the path is hidden.
 */
export class Cursor {
  readonly #task: Task;
  readonly #leave: (task: Task) => void;
  readonly #path: number[] = [];
  /** Of the root of the task, then of each node below it on the path. */
  readonly #weights: number[];
  #stopped = false;

  constructor(task: Task = WHOLE, leave: (task: Task) => void = () => {}) {
    this.#task = task;
    this.#leave = leave;
    this.#weights = [task.weight];
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** The choices up to here. */
  get path(): readonly number[] {
    return this.#path;
  }

  /** Leaves what is below the current node; the search is to return from here. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    if (this.#path.length < this.#task.path.length) this.#leave(this.#task);
    else this.#leave({ path: [...this.#path], weight: this.#weight });
  }

  /** Takes choices, each in its turn: all of them below the task's root, that which the task's path names above. After a stop the others are left. */
  choose(count: number, take: (choice: number) => void): void {
    if (count === 1) return take(0);
    const { path } = this.#task;
    const depth = this.#path.length;
    const named = path[depth];
    if (named !== undefined) {
      this.#path.push(named);
      take(named);
      this.#path.pop();
      return;
    }
    const weight = this.#weight / count;
    for (let choice = 0; choice < count; choice++) {
      this.#path.push(choice);
      this.#weights.push(weight);
      if (this.#stopped) this.#leave({ path: [...this.#path], weight });
      else take(choice);
      this.#weights.pop();
      this.#path.pop();
    }
  }

  get #weight(): number {
    return this.#weights[this.#weights.length - 1] ?? 0;
  }
}

/** In the order in which one search would come to them. */
export function comparePaths(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
