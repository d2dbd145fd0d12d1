import { assert, known } from '../../base/assert.ts';
import type { Access } from '../../event/action.ts';
import { isWriting } from '../../event/action.ts';
import { concludeAccess, dataReads, inBounds } from '../../event/answer.ts';
import type { Region } from '../../event/location.ts';
import type { AccessRequest, BoundsCheck, NotifyRequest, Request, Response, WaitRequest } from '../../event/request.ts';
import { UNIT } from '../../event/request.ts';
import type { Units } from '../../event/units.ts';
import { isFill } from '../../event/units.ts';
import type { DirectBytes, DirectStore, DirectValue, Waiter } from '../../exec/store.ts';
import { SharedStore } from '../../exec/store.ts';
import type { EmbedStore } from '../../runtime/embed/parts.ts';
import { MAX_MEMORY_PAGES } from '../../runtime/instantiate.ts';
import type { ModuleInst } from '../../runtime/instance.ts';
import type { Cells } from './atomic-access.ts';
import { longOf, readCell, updateCell, writeCell } from './atomic-access.ts';
import type { MemoryBuffers } from './shared-memory.ts';
import { makeBuffers, SharedMemory } from './shared-memory.ts';

/** What one instance has that workers share; sent with it. */
export interface SharedParts {
  readonly memories: readonly (readonly [Region, MemoryBuffers])[];
  readonly globals: readonly (readonly [Region, SharedArrayBuffer])[];
}

/** A shared global's value, in a buffer of its own. */
interface SharedValue extends DirectValue {
  readonly longs: BigInt64Array;
}

/**
 * A store of which several workers have one each: shared memories are in `SharedArrayBuffer`s and shared globals of numbers in cells of such,
 * read and written by Atomics; a wait blocks the worker. Everything else is each worker's own, which only the thread that
 * instantiates ever uses.
 */
export class WorkerStore implements EmbedStore, DirectStore {
  readonly #own: SharedStore;
  readonly #options: WorkerStoreOptions;
  readonly #memories = new Map<Region, SharedMemory>();
  readonly #lengths = new Map<Region, SharedMemory>();
  readonly #values = new Map<Region, SharedValue>();
  /** What the next instances share already, in a worker; there nothing of it is initialised again. */
  #given: SharedParts | null = null;

  constructor(options: WorkerStoreOptions, own: SharedStore = new SharedStore(options)) {
    this.#options = options;
    this.#own = own;
  }

  clone(): WorkerStore {
    const copy = new WorkerStore(this.#options, this.#own.clone());
    for (const [region, memory] of this.#memories) {
      const mine = new SharedMemory(makeBuffers(memory.pages, memory.buffers.most));
      mine.begin(memory.pages);
      mine.bytes.set(memory.bytes);
      copy.#memories.set(region, mine);
      for (const [length, its] of this.#lengths) if (its === memory) copy.#lengths.set(length, mine);
    }
    for (const [region, { words }] of this.#values) {
      const mine = valueIn(new SharedArrayBuffer(16));
      mine.words.set(words);
      copy.#values.set(region, mine);
    }
    return copy;
  }

  /** In a worker: what the next instance shares with others. */
  attach(parts: SharedParts | null): void {
    this.#given = parts;
  }

  /** What an instance shares, for its copies in workers. */
  partsOf({ memories, globals }: ModuleInst): SharedParts {
    return {
      memories: memories.flatMap(({ data }) => {
        const memory = this.#memories.get(data);
        return memory === undefined ? [] : [[data, memory.buffers] as const];
      }),
      globals: globals.flatMap((global) => {
        const value = global.kind === 'mutable' ? this.#values.get(global.val) : undefined;
        return global.kind !== 'mutable' || value === undefined
          ? []
          : [[global.val, value.words.buffer as SharedArrayBuffer] as const];
      }),
    };
  }

  prepare({ memories, globals }: ModuleInst): void {
    const given = this.#given;
    const buffersOf = new Map(given?.memories ?? []);
    for (const { type, data, length } of memories) {
      if (type.share !== 'shared' || this.#memories.has(data)) continue;
      const min = Number(type.limits.min);
      const most = Math.min(
        Number(type.limits.max ?? MAX_MEMORY_PAGES),
        this.#options.pages ?? MAX_MEMORY_PAGES,
        MAX_MEMORY_PAGES,
      );
      const memory = new SharedMemory(buffersOf.get(data) ?? makeBuffers(min, Math.max(min, most)));
      if (given === null) memory.begin(min);
      this.#memories.set(data, memory);
      this.#lengths.set(length, memory);
    }
    const cellsOf = new Map(given?.globals ?? []);
    for (const global of globals) {
      if (global.kind !== 'mutable' || global.type.share !== 'shared' || this.#values.has(global.val)) continue;
      if (typeof global.type.content !== 'string') continue;
      this.#values.set(global.val, valueIn(cellsOf.get(global.val) ?? new SharedArrayBuffer(16)));
    }
  }

  answer(request: Request): Response | Waiter | null {
    switch (request.kind) {
      case 'access':
        return this.#access(request);
      case 'grow': {
        const memory = this.#memories.get(request.content);
        return memory === undefined
          ? this.#own.answer(request)
          : { kind: 'grown', previous: memory.grow(request.delta, request.max) };
      }
      case 'wait':
        return this.#isShared(request.read.region) ? this.#wait(request) : this.#own.answer(request);
      case 'notify':
        return this.#isShared(request.region) ? this.#notify(request) : this.#own.answer(request);
      case 'alloc':
        for (const write of request.writes) {
          if (!this.#isShared(write.region)) this.#own.alloc([write]);
          else if (this.#given === null && !isFill(write.written))
            this.#writeTo(write.region, write.offset, write.written);
        }
        return UNIT;
      default:
        return this.#own.answer(request);
    }
  }

  /** Waits here block: nobody is left in a queue. */
  giveUp(request: WaitRequest, waiter: Waiter): void {
    this.#own.giveUp(request, waiter);
  }

  direct(data: Region): DirectBytes {
    const memory = this.#memories.get(data);
    if (memory === undefined) return this.#own.direct(data);
    memory.refresh();
    return memory;
  }

  value(val: Region): DirectValue {
    return this.#values.get(val) ?? this.#own.value(val);
  }

  cells(region: Region): number[] {
    const memory = this.#lengths.get(region);
    return memory === undefined ? this.#own.cells(region) : [memory.pages];
  }

  #isShared(region: Region): boolean {
    return this.#memories.has(region) || this.#lengths.has(region) || this.#values.has(region);
  }

  #access(request: AccessRequest): Response {
    const { bounds, actions } = request;
    const length = bounds === null ? null : this.#lengthOf(bounds.length);
    if (!inBounds(bounds, length ?? 0)) return { kind: 'out-of-bounds' };
    // What a worker writes anew while it instantiates is there already.
    const isNew = this.#given === null;
    const [action] = actions;
    if (action !== undefined && actions.length === 1 && this.#isShared(action.region)) {
      const place = this.#cellOf(action);
      if (place !== null) {
        const { cells, i } = place;
        if (action.kind === 'rd') return { kind: 'units', units: readCell(cells, i) };
        if (!isNew) return { kind: 'units', units: [] };
        if (action.kind === 'rmw') return { kind: 'units', units: updateCell(cells, i, action.update) };
        if (action.kind === 'wr') {
          writeCell(cells, i, action.written);
          return { kind: 'units', units: [] };
        }
      }
    }
    const reads = dataReads(request, length).map(({ region, offset, size }) => this.#readFrom(region, offset, size));
    const { actions: done, response } = concludeAccess(request, length, reads, this.#options);
    for (const each of done)
      if (isWriting(each) && (isNew || !this.#isShared(each.region)))
        this.#writeTo(each.region, each.offset, each.written);
    return known(response, 'answer');
  }

  /** The typed array of which an access is one element; null where it is none. */
  #cellOf({ region, offset, size }: Access): { readonly cells: Cells; readonly i: number } | null {
    const memory = this.#memories.get(region);
    const value = this.#values.get(region);
    if (memory === undefined && value === undefined) return null;
    memory?.refresh();
    if (offset % size !== 0) return null;
    switch (size) {
      case 1:
        return memory === undefined ? null : { cells: memory.bytes, i: offset };
      case 2:
        return memory === undefined ? null : { cells: memory.halves, i: offset / 2 };
      case 4:
        return { cells: known(memory ?? value, 'shared').words, i: offset / 4 };
      case 8:
        return { cells: known(memory ?? value, 'shared').longs, i: offset / 8 };
      default:
        return null;
    }
  }

  #wait({ bounds, read, expected, timeout }: WaitRequest): Response {
    if (!inBounds(bounds, this.#lengthFor(bounds))) return { kind: 'out-of-bounds' };
    const { cells, i } = known(this.#cellOf(read), 'location of a wait');
    const milliseconds = timeout < 0n ? Infinity : Number(timeout) / 1e6;
    assert(cells instanceof Int32Array || cells instanceof BigInt64Array, 'waits are of 4 or 8 bytes');
    const ended =
      cells instanceof Int32Array
        ? Atomics.wait(cells, i, Number(longOf(expected)), milliseconds)
        : Atomics.wait(cells, i, longOf(expected), milliseconds);
    return { kind: 'waited', result: ended === 'ok' ? 0 : ended === 'not-equal' ? 1 : 2 };
  }

  /** Waiters of a location are one list, whatever their width. */
  #notify({ bounds, region, offset, count }: NotifyRequest): Response {
    if (!inBounds(bounds, this.#lengthFor(bounds))) return { kind: 'out-of-bounds' };
    const { cells, i } = known(
      this.#cellOf({ region, offset, size: 4, order: 'seqcst', tearFree: true }),
      'location of a notification',
    );
    assert(cells instanceof Int32Array, 'a location of four bytes');
    return { kind: 'notified', woke: Atomics.notify(cells, i, count) };
  }

  #lengthFor(bounds: BoundsCheck | null): number {
    return bounds === null ? 0 : this.#lengthOf(bounds.length);
  }

  #lengthOf(length: Region): number {
    return this.#lengths.get(length)?.pages ?? this.#own.cells(length)[0] ?? 0;
  }

  #readFrom(region: Region, offset: number, size: number): Units {
    const length = this.#lengths.get(region);
    if (length !== undefined) return [length.pages];
    const memory = this.#memories.get(region);
    if (memory !== undefined) {
      memory.refresh();
      return memory.bytes.slice(offset, offset + size);
    }
    const value = this.#values.get(region);
    if (value === undefined) return this.#own.read(region, offset, size);
    return new Uint8Array(value.words.buffer, 0, 16).slice(offset, offset + size);
  }

  #writeTo(region: Region, offset: number, units: Units): void {
    if (this.#lengths.has(region)) return;
    const memory = this.#memories.get(region);
    const value = this.#values.get(region);
    if (memory === undefined && value === undefined) {
      this.#own.alloc([
        { kind: 'wr', region, offset, size: units.length, order: 'unord', tearFree: false, written: units },
      ]);
      return;
    }
    const bytes = memory?.bytes ?? new Uint8Array(known(value, 'shared').words.buffer, 0, 16);
    if (isFill(units)) bytes.fill(units.fill, offset, offset + units.length);
    else bytes.set(units, offset);
  }
}

export interface WorkerStoreOptions {
  /** A failing compare-exchange writes back what it read; that of Atomics never does. */
  readonly writeBack: false;
  /** Pages that a shared memory may have, and that all unshared ones may have together. */
  readonly pages?: number;
}

function valueIn(buffer: SharedArrayBuffer): SharedValue {
  return {
    words: new Int32Array(buffer),
    longs: new BigInt64Array(buffer),
    doubles: new Float64Array(buffer),
    singles: new Float32Array(buffer),
  };
}
