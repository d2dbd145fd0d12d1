import type { SharedStore } from '../../src/exec/store.ts';
import type { ModuleInst } from '../../src/runtime/instance.ts';
import { unitsOfType } from '../../src/runtime/value-units.ts';

/** What the shared state of an instance is in a store, but for its memories. */
export function contentsOf(instance: ModuleInst, store: SharedStore): unknown {
  const { memories, tables, globals, elems, datas } = instance;
  return {
    pages: memories.map(({ length }) => store.read(length, 0, 1)),
    tables: tables.map(({ length, elem }) => {
      const [slots = 0] = store.read(length, 0, 1) as readonly number[];
      return store.read(elem, 0, slots);
    }),
    globals: globals.map((global) =>
      global.kind === 'mutable'
        ? [...(store.read(global.val, 0, unitsOfType(global.type.content)) as Iterable<number>)]
        : null,
    ),
    segments: [...elems, ...datas].map(({ length }) => (length === null ? null : store.read(length, 0, 1))),
  };
}

/** The memories of two equal instances whose bytes are not the same. */
export function differingMemories(
  a: readonly [ModuleInst, SharedStore],
  b: readonly [ModuleInst, SharedStore],
): readonly number[] {
  const [left, right] = [a, b].map(([instance, store]) =>
    instance.memories.map(({ data }) => Buffer.from(store.direct(data).bytes.buffer)),
  );
  return (left ?? []).flatMap((bytes, i) => (right?.[i]?.equals(bytes) === true ? [] : [i]));
}
