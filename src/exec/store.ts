import { assertNever, known } from '../base/assert.ts';
import type { Access, Action, WriteAction } from '../event/action.ts';
import { isWriting } from '../event/action.ts';
import {
  concludeAccess,
  concludeGrow,
  concludeNotify,
  concludeWait,
  dataReads,
  inBounds,
  mayGrow,
} from '../event/answer.ts';
import type { Region } from '../event/location.ts';
import { fieldOf, MAIN, objectAddr, regionOf } from '../event/location.ts';
import type {
  AccessRequest,
  BoundsCheck,
  GrowRequest,
  NewRequest,
  NotifyRequest,
  Request,
  Response,
  WaitRequest,
} from '../event/request.ts';
import { UNIT } from '../event/request.ts';
import type { Units } from '../event/units.ts';
import { MAX_MEMORY_PAGES, MAX_TABLE_SLOTS } from '../runtime/instantiate.ts';
import { isFill, unitAt } from '../event/units.ts';
import { PAGE_SIZE } from '../syntax/types.ts';

/** The bytes of a memory as they are now; replaced in place by growth. */
export interface DirectBytes {
  bytes: Uint8Array;
  view: DataView;
}

/**
 * A global's value: four words, the first the least significant, and the same bits as floats; a reference is its id in the first
 * word. Its bytes lie outside V8's heap, so that compiled code may refer to them by address.
 */
export interface DirectValue {
  readonly words: Int32Array;
  readonly doubles: Float64Array;
  readonly singles: Float32Array;
}

/** The bytes of a memory that several workers share, for Atomics. */
interface SharedBytes extends DirectBytes {
  readonly halves: Int16Array;
  readonly words: Int32Array;
  readonly longs: BigInt64Array;
}

/** What code that runs in place needs of a store. */
export interface DirectStore {
  answer(request: Request): Response | Waiter | null;
  /** A memory's bytes as they are now ({@link SharedBytes} if several workers share them). The object stays the same; what is in it is replaced by growth. */
  direct(data: Region): DirectBytes | SharedBytes;
  value(val: Region): DirectValue;
  /** The units of any other region. */
  cells(region: Region): number[];
}

/** A thread in a wait queue; whoever keeps the threads knows which. */
export interface Waiter {
  readonly kind: 'waiter';
  woken: boolean;
}

export interface StoreOptions {
  /** A failing compare-exchange writes back what it read. */
  readonly writeBack: boolean;
  /** Pages that all memories together may grow to; without it, as many as the system has. */
  readonly pages?: number;
}

/**
 * A sequentially consistent store: one value for each unit of each region, at any time, and first-in-first-out wait queues. It
 * answers requests at once, in the order in which they come; when they come is a scheduler's business.
 */
export class SharedStore implements DirectStore {
  readonly #memories = new Map<Region, DirectBytes>();
  readonly #values = new Map<Region, DirectValue>();
  readonly #cells = new Map<Region, number[]>();
  readonly #queues = new Map<Region, Map<number, Waiter[]>>();
  readonly #options: StoreOptions;
  #objects = 0;

  constructor(options: StoreOptions = { writeBack: false }) {
    this.#options = options;
  }

  /** Pages of all memories together. */
  get pages(): number {
    let bytes = 0;
    for (const memory of this.#memories.values()) bytes += memory.bytes.length;
    return bytes / PAGE_SIZE;
  }

  /** A store with equal contents and no waiters, in which the same requests allocate at the same addresses. */
  clone(): SharedStore {
    const copy = new SharedStore(this.#options);
    for (const [region, { bytes }] of this.#memories) copy.#setBytes(copy.#bytesOf(region), bytes.slice());
    for (const [region, { words }] of this.#values) copy.value(region).words.set(words);
    for (const [region, cells] of this.#cells) copy.#cells.set(region, cells.slice());
    copy.#objects = this.#objects;
    return copy;
  }

  /**
   * The answer to a request; the waiter that is now in the queue, if it blocks; null for what is the scheduler's business (forks, joins
   * and the ends of threads).
   */
  answer(request: Request): Response | Waiter | null {
    switch (request.kind) {
      case 'access':
        return this.access(request);
      case 'grow':
        return this.grow(request);
      case 'wait':
        return this.wait(request);
      case 'notify':
        return this.notify(request);
      case 'alloc':
        this.alloc(request.writes);
        return UNIT;
      case 'new':
        return this.#allocate(request);
      case 'fence':
      case 'host':
        return UNIT;
      case 'fork':
      case 'join':
      case 'done':
      case 'trap':
      case 'bound':
        return null;
      default:
        return assertNever(request);
    }
  }

  alloc(writes: readonly WriteAction[]): void {
    for (const write of writes) {
      if (fieldOf(write.region) === 'data') this.#reserve(write.region, write.offset + write.size);
      this.#write(write.region, write.offset, write.written);
    }
  }

  #allocate({ field, contents }: NewRequest): Response {
    const addr = objectAddr(MAIN, this.#objects++);
    this.#write(regionOf(addr, field), 0, contents);
    return { kind: 'new', addr };
  }

  access(request: AccessRequest): Response {
    const length = this.#lengthFor(request.bounds);
    const reads = dataReads(request, length).map((read) => this.#readFor(read));
    const { actions, response } = concludeAccess(request, length, reads, this.#options);
    this.#perform(actions);
    return known(response, 'answer');
  }

  /** `succeeds` says whether the system has the memory; growth over the maximum fails in any case. */
  grow(request: GrowRequest, succeeds = true): Response {
    const length = this.#lengthOf(request.length);
    const grows = succeeds && mayGrow(request, length) && this.#tryReserve(request, length);
    const { actions, response } = concludeGrow(request, length, grows);
    const isMemory = fieldOf(request.content) === 'data';
    this.#perform(grows && isMemory ? actions.filter(({ region }) => region === request.length) : actions);
    return known(response, 'answer');
  }

  /** The answer, or the waiter that is now in the queue. */
  wait(request: WaitRequest): Response | Waiter {
    const length = this.#lengthFor(request.bounds) ?? 0;
    const reads = dataReads(request, length).map((read) => this.#readFor(read));
    const { response } = concludeWait(request, length, reads);
    if (response !== null) return response;
    const waiter: Waiter = { kind: 'waiter', woken: false };
    this.#queue(request.queue.region, request.queue.offset).push(waiter);
    return waiter;
  }

  /** Takes a waiter out of its queue, whose time is over. */
  giveUp(request: WaitRequest, waiter: Waiter): void {
    const queue = this.#queue(request.queue.region, request.queue.offset);
    const at = queue.indexOf(waiter);
    if (at >= 0) queue.splice(at, 1);
  }

  notify(request: NotifyRequest): Response {
    const length = this.#lengthFor(request.bounds) ?? 0;
    const queue = this.#queue(request.region, request.offset);
    const woken = inBounds(request.bounds, length) ? queue.splice(0, request.count) : [];
    for (const waiter of woken) waiter.woken = true;
    return known(concludeNotify(request, length, woken.length).response, 'answer');
  }

  /** What a region holds now. */
  read(region: Region, offset: number, size: number): Units {
    const field = fieldOf(region);
    if (field === 'data') return this.#bytesOf(region).bytes.slice(offset, offset + size);
    if (field === 'val') return readWords(this.value(region).words, size);
    const cells = this.#cells.get(region) ?? [];
    return Array.from({ length: size }, (_, i) => cells[offset + i] ?? 0);
  }

  /** A memory's bytes, for accesses without requests by a thread that runs alone. */
  direct(data: Region): DirectBytes {
    return this.#bytesOf(data);
  }

  value(val: Region): DirectValue {
    let value = this.#values.get(val);
    if (value === undefined) {
      const buffer = new ArrayBuffer(16);
      value = {
        words: new Int32Array(buffer),
        doubles: new Float64Array(buffer),
        singles: new Float32Array(buffer),
      };
      this.#values.set(val, value);
    }
    return value;
  }

  cells(region: Region): number[] {
    let cells = this.#cells.get(region);
    if (cells === undefined) {
      cells = [];
      this.#cells.set(region, cells);
    }
    return cells;
  }

  #lengthFor(bounds: BoundsCheck | null): number | null {
    return bounds === null ? null : this.#lengthOf(bounds.length);
  }

  #lengthOf(length: Region): number {
    return this.#cells.get(length)?.[0] ?? 0;
  }

  #readFor({ region, offset, size }: Access): Units {
    return this.read(region, offset, size);
  }

  #perform(actions: readonly Action[]): void {
    for (const action of actions) if (isWriting(action)) this.#write(action.region, action.offset, action.written);
  }

  #write(region: Region, offset: number, units: Units): void {
    const field = fieldOf(region);
    if (field === 'data') {
      const { bytes } = this.#bytesOf(region);
      if (isFill(units)) bytes.fill(units.fill, offset, offset + units.length);
      else bytes.set(units, offset);
      return;
    }
    if (field === 'val') return writeWords(this.value(region).words, units);
    const cells = this.cells(region);
    for (let i = 0; i < units.length; i++) cells[offset + i] = unitAt(units, i);
  }

  #bytesOf(data: Region): DirectBytes {
    let memory = this.#memories.get(data);
    if (memory === undefined) {
      memory = { bytes: new Uint8Array(0), view: new DataView(new ArrayBuffer(0)) };
      this.#memories.set(data, memory);
    }
    return memory;
  }

  /** Makes a memory at least `size` bytes long. */
  #reserve(data: Region, size: number): void {
    const memory = this.#bytesOf(data);
    if (memory.bytes.length >= size) return;
    const bytes = new Uint8Array(size);
    bytes.set(memory.bytes);
    this.#setBytes(memory, bytes);
  }

  #setBytes(memory: DirectBytes, bytes: Uint8Array): void {
    memory.bytes = bytes;
    memory.view = new DataView(bytes.buffer);
  }

  /** Makes the new bytes of a memory, all zeroes; false if the system has no room for them. */
  #tryReserve(request: GrowRequest, length: number): boolean {
    const grown = length + request.delta;
    if (fieldOf(request.content) !== 'data') return grown <= MAX_TABLE_SLOTS;
    if (grown > MAX_MEMORY_PAGES || this.pages + request.delta > (this.#options.pages ?? Infinity)) return false;
    try {
      this.#reserve(request.content, grown * request.unit);
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }

  #queue(region: Region, offset: number): Waiter[] {
    let queues = this.#queues.get(region);
    if (queues === undefined) {
      queues = new Map();
      this.#queues.set(region, queues);
    }
    let queue = queues.get(offset);
    if (queue === undefined) {
      queue = [];
      queues.set(offset, queue);
    }
    return queue;
  }
}

/** A global's units: a reference's id is the one unit that a reference has; numbers and vectors have at least four. */
function readWords(words: Int32Array, size: number): Units {
  return size === 1 ? [words[0] ?? 0] : new Uint8Array(words.buffer.slice(0, size));
}

function writeWords(words: Int32Array, units: Units): void {
  if (units.length === 1) words[0] = unitAt(units, 0);
  else {
    const bytes = new Uint8Array(words.buffer, words.byteOffset);
    for (let i = 0; i < units.length; i++) bytes[i] = unitAt(units, i);
  }
}
