import { assert, known } from '../../base/assert.ts';
import { NOWHERE } from '../../base/span.ts';
import type { FuncInst, GlobalInst, ModuleInst } from '../../runtime/instance.ts';
import type { Refs } from '../../runtime/references.ts';
import { PAGE_SIZE } from '../../syntax/types.ts';
import { matchDefType } from '../../valid/match.ts';
import type { DirectStore, DirectValue } from '../store.ts';
import { grow } from './bulk.ts';
import type { Slots } from './bulk.ts';
import { trap } from './endings.ts';
import { listOfParts, pushParts } from './parts.ts';
import type { Slot } from './slots.ts';

/** Compiled code, or what stands for it: the caller's place in the stack, then the parts of the arguments. */
export type Code = (place: number, ...parts: number[]) => number | undefined;

/** A function, as calls in compiled code find it. */
export interface Cell {
  f: Code;
  /** The same, but that it may return with a tail call that is still to be made. */
  inner: Code;
  /** The same function in the machine, from a place that is its own. */
  readonly deep: Code;
  /** The id of its type. */
  readonly type: number;
  readonly func: FuncInst;
}

/** What linking needs of who runs the code. */
export interface Linker {
  readonly store: DirectStore;
  cell(func: FuncInst, refs: Refs): Cell;
  threadLocal(global: Extract<GlobalInst, { kind: 'thread_local' }>): DirectValue;
}

/** An instance in a store, as its compiled code sees it. */
export class LinkedInstance {
  readonly #linker: Linker;
  readonly #module: ModuleInst;
  /** By reference; those of the functions that have been called so. */
  readonly #referred: Cell[];
  readonly #tables = new Map<number, Slots>();

  constructor(linker: Linker, module: ModuleInst, referred: Cell[]) {
    this.#linker = linker;
    this.#module = module;
    this.#referred = referred;
  }

  /** The values of slots. */
  link(slots: readonly Slot[]): unknown[] {
    // Values of floats among them keep their bits, since the array is not one of numbers alone.
    const values: unknown[] = [this];
    for (const slot of slots) values.push(this.#valueOf(slot));
    return values;
  }

  grow(index: number, delta: number): number {
    const { length, data, type } = known(this.#module.memories[index], 'memory');
    const max = Number(type.limits.max ?? (type.addr === 'i32' ? 65_536 : 2 ** 48));
    const site = { at: NOWHERE, text: 'memory.grow', shows: null };
    return grow(this.#linker.store, {
      kind: 'grow',
      length,
      content: data,
      unit: PAGE_SIZE,
      fill: 0,
      delta,
      max,
      site,
    });
  }

  /** Pages; afterwards the memory's views are as long as it is now. */
  size(index: number): number {
    const { data } = known(this.#module.memories[index], 'memory');
    return this.#linker.store.direct(data).bytes.length / PAGE_SIZE;
  }

  /** A memory's view as it is now, in which so many bytes are. */
  freshView(index: number, end: number): DataView {
    const { view } = this.#linker.store.direct(known(this.#module.memories[index], 'memory').data);
    if (end > view.byteLength) trap('out of bounds memory access');
    return view;
  }

  /** The function in a table's slot, if it has the type. */
  callee(table: Slots, index: number, type: number): Cell {
    if (index >= known(table.lengths[0], 'length')) trap('undefined element');
    const id = table.cells[index] ?? 0;
    if (id === 0) trap('uninitialized element');
    const cell = this.referred(id);
    if (!matchDefType(cell.func.closed, known(this.#module.closed[type], 'type'))) trap('indirect call type mismatch');
    return cell;
  }

  referred(id: number): Cell {
    if (id === 0) trap('null function reference');
    let cell = this.#referred[id];
    if (cell === undefined) {
      const { refs } = this.#module;
      const reference = refs.get(id);
      assert(reference.kind === 'func', 'a function is called');
      cell = this.#linker.cell(reference.func, refs);
      this.#referred[id] = cell;
    }
    return cell;
  }

  #valueOf(slot: Slot): unknown {
    const module = this.#module;
    const { store } = this.#linker;
    switch (slot.kind) {
      case 'memory':
        return store.direct(known(module.memories[slot.index], 'memory').data);
      case 'words':
      case 'doubles':
      case 'singles':
        return this.#global(known(module.globals[slot.index], 'global'))[slot.kind];
      case 'constant': {
        const global = known(module.globals[slot.index], 'global');
        assert(global.kind === 'constant', 'an immutable global');
        const parts = listOfParts(0);
        pushParts(parts, global.value);
        return parts[1 + slot.part];
      }
      case 'cell':
        return this.#linker.cell(known(module.funcs[slot.index], 'function'), module.refs);
      case 'table':
        return this.#table(slot.index);
      case 'func-ref':
        return module.refs.func(known(module.funcs[slot.index], 'function')).id;
      case 'type':
        return known(module.closed[slot.index], 'type').id;
      case 'data': {
        const { bytes, length } = known(module.datas[slot.index], 'data segment');
        return { items: bytes, lengths: store.cells(known(length ?? undefined, 'length')) };
      }
      case 'elem': {
        const { items, length } = known(module.elems[slot.index], 'element segment');
        const ids = items.map((item) => (item.type === 'ref' ? item.id : 0));
        return { items: ids, lengths: store.cells(known(length ?? undefined, 'length')) };
      }
      case 'referred':
        return this.#referred;
      case 'instance':
        return this;
    }
  }

  #global(global: GlobalInst): DirectValue {
    assert(global.kind !== 'constant', 'a mutable global');
    return global.kind === 'mutable' ? this.#linker.store.value(global.val) : this.#linker.threadLocal(global);
  }

  #table(index: number): Slots {
    let slots = this.#tables.get(index);
    if (slots === undefined) {
      const { store } = this.#linker;
      const table = known(this.#module.tables[index], 'table');
      slots = { table, cells: store.cells(table.elem), lengths: store.cells(table.length), store };
      this.#tables.set(index, slots);
    }
    return slots;
  }
}
