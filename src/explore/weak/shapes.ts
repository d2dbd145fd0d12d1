import type { Action, Order } from '../../event/action.ts';
import { isWriting } from '../../event/action.ts';
import type { Range, ThreadId } from '../../event/location.ts';
import type { Units } from '../../event/units.ts';
import { unitsKey } from '../../event/units.ts';

/** The index of a shape in its {@link ShapeTable}. */
export type ShapeId = number;

/**
 * A write that some thread can make in some execution: who writes what where, and which threads it had forked and joined
 * by then (so that reads which happen before or after it by the program's structure are recognised).
 */
export interface Shape extends Range {
  readonly id: ShapeId;
  readonly thread: ThreadId;
  readonly written: Units;
  readonly order: Order;
  readonly tearFree: boolean;
  readonly forked: ReadonlySet<ThreadId>;
  readonly joined: ReadonlySet<ThreadId>;
  /** Equal for shapes of equal range, units and tear-freedom: no value that is read tells them apart. */
  readonly content: string;
}

/** What a thread has done to others so far. */
export interface Progress {
  readonly forked: ReadonlySet<ThreadId>;
  readonly joined: ReadonlySet<ThreadId>;
}

/** All shapes found so far, each once. A class because the index by key is hidden. */
export class ShapeTable {
  readonly #shapes: Shape[] = [];
  readonly #byKey = new Map<string, ShapeId>();
  readonly #byRegion = new Map<number, Shape[]>();
  readonly #byThread = new Map<ThreadId, ShapeId[]>();

  get count(): number {
    return this.#shapes.length;
  }

  get(id: ShapeId): Shape {
    const shape = this.#shapes[id];
    if (shape === undefined) throw new RangeError(`no shape ${id}`);
    return shape;
  }

  inRegion(region: number): readonly Shape[] {
    return this.#byRegion.get(region) ?? [];
  }

  ofThread(thread: ThreadId): readonly ShapeId[] {
    return this.#byThread.get(thread) ?? [];
  }

  /** The shapes of an event's writing actions, added if they are new. */
  record(thread: ThreadId, actions: readonly Action[], progress: Progress): readonly ShapeId[] {
    return actions.filter(isWriting).map((action) => {
      const key = shapeKey(thread, action, progress);
      const old = this.#byKey.get(key);
      if (old !== undefined) return old;
      const id = this.#shapes.length;
      const { region, offset, size, order, tearFree, written } = action;
      const shape: Shape = {
        id,
        thread,
        region,
        offset,
        size,
        order,
        tearFree,
        written,
        ...progress,
        content: `${offset}:${size}:${tearFree}:${unitsKey(written)}`,
      };
      this.#shapes.push(shape);
      this.#byKey.set(key, id);
      push(this.#byRegion, region, shape);
      push(this.#byThread, thread, id);
      return id;
    });
  }

  /** The shape of a writing action, if it was recorded. */
  find(thread: ThreadId, action: Action, progress: Progress): ShapeId | undefined {
    return isWriting(action) ? this.#byKey.get(shapeKey(thread, action, progress)) : undefined;
  }
}

function shapeKey(
  thread: ThreadId,
  action: Action & { readonly written: Units } & Range & { readonly order: Order },
  progress: Progress,
): string {
  const place = `${thread}:${action.region}:${action.offset}:${action.size}:${action.order}`;
  return `${place}:${unitsKey(action.written)}:${[...progress.forked].join('.')}:${[...progress.joined].join('.')}`;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
