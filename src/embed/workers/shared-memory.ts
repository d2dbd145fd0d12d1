import type { DirectBytes } from '../../exec/store.ts';
import { PAGE_SIZE } from '../../syntax/types.ts';

/** What lets a memory be seen by several workers; a message carries it. */
export interface MemoryBuffers {
  /** As long as the longest that the memory has been asked to be. */
  readonly bytes: SharedArrayBuffer;
  /** One word: pages. */
  readonly pages: SharedArrayBuffer;
  readonly most: number;
}

/** `SharedArrayBuffer`s that grow, which the library's types do not know yet. */
const Growable = SharedArrayBuffer as unknown as new (
  bytes: number,
  options: { readonly maxByteLength: number },
) => SharedArrayBuffer & { grow(bytes: number): void };

export function makeBuffers(pages: number, most: number): MemoryBuffers {
  return {
    bytes: new Growable(pages * PAGE_SIZE, { maxByteLength: most * PAGE_SIZE }),
    pages: new SharedArrayBuffer(4),
    most,
  };
}

/**
 * A shared memory as one thread sees it. Its length only grows; this thread's views may lag behind, which they may: a bounds check that
 * reads an old length is one that came before the growth [OOPSLA19 §4.1].
 */
export class SharedMemory implements DirectBytes {
  readonly buffers: MemoryBuffers;
  bytes: Uint8Array;
  view: DataView;
  words: Int32Array;
  longs: BigInt64Array;
  halves: Int16Array;
  readonly #pages: Int32Array;

  constructor(buffers: MemoryBuffers) {
    this.buffers = buffers;
    this.#pages = new Int32Array(buffers.pages);
    this.bytes = new Uint8Array(buffers.bytes, 0, 0);
    this.view = new DataView(buffers.bytes, 0, 0);
    this.words = new Int32Array(buffers.bytes, 0, 0);
    this.longs = new BigInt64Array(buffers.bytes, 0, 0);
    this.halves = new Int16Array(buffers.bytes, 0, 0);
    this.refresh();
  }

  get pages(): number {
    return Atomics.load(this.#pages, 0);
  }

  /** Makes the views as long as the memory is now. */
  refresh(): void {
    const length = this.pages * PAGE_SIZE;
    if (length === this.bytes.length) return;
    const { bytes } = this.buffers;
    this.bytes = new Uint8Array(bytes, 0, length);
    this.view = new DataView(bytes, 0, length);
    this.words = new Int32Array(bytes, 0, length / 4);
    this.longs = new BigInt64Array(bytes, 0, length / 8);
    this.halves = new Int16Array(bytes, 0, length / 2);
  }

  /** Begins with so many pages. */
  begin(pages: number): void {
    Atomics.store(this.#pages, 0, pages);
    this.refresh();
  }

  /** The pages before, or -1: the buffer is made long enough first, so that no thread sees a length without its bytes. */
  grow(delta: number, max: number): number {
    for (;;) {
      const before = this.pages;
      const after = before + delta;
      if (after > Math.min(max, this.buffers.most) || !this.#reserve(after * PAGE_SIZE)) return -1;
      if (Atomics.compareExchange(this.#pages, 0, before, after) !== before) continue;
      this.refresh();
      return before;
    }
  }

  #reserve(length: number): boolean {
    const { bytes } = this.buffers;
    if (bytes.byteLength >= length) return true;
    try {
      (bytes as InstanceType<typeof Growable>).grow(length);
      return true;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      // Another thread may have made it longer still.
      return bytes.byteLength >= length;
    }
  }
}
