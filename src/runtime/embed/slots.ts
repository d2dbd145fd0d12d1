import { known } from '../../base/assert.ts';
import type { Addr } from '../../event/location.ts';
import type { Value } from '../../syntax/values.ts';
import type { ValType } from '../../syntax/types.ts';
import type { ThreadLocals } from '../executor.ts';
import type { GlobalInst } from '../instance.ts';

type ThreadLocalGlobal = Extract<GlobalInst, { kind: 'thread_local' }>;

/** Where a thread-local global is in a context's block: `words` 32-bit words from `at` on. */
interface Slot {
  readonly addr: Addr;
  readonly type: ValType;
  readonly at: number;
  readonly words: 1 | 2 | 4;
}

/** The values of thread-locals, slot after slot. A block may be shorter than the layout: the rest has its initial values. */
export type Block = Int32Array;

/**
 * Which slot each thread-local global of a compartment has, and what it begins with: the only cost that does not depend on the number
 * of contexts. Slots are only ever added.
 */
export class Slots {
  readonly #slots = new Map<Addr, Slot>();
  #initial: Block = new Int32Array(0);
  #words = 0;

  clone(): Slots {
    const copy = new Slots();
    for (const [addr, slot] of this.#slots) copy.#slots.set(addr, slot);
    copy.#initial = this.#initial.slice();
    copy.#words = this.#words;
    return copy;
  }

  /** Words of a block of all slots that there are now. */
  get words(): number {
    return this.#words;
  }

  add({ addr, type: { content: type }, initial }: ThreadLocalGlobal): void {
    if (this.#slots.has(addr)) return;
    const slot: Slot = { addr, type, at: this.#words, words: wordsOf(type) };
    this.#words += slot.words;
    this.#slots.set(addr, slot);
    if (this.#words > this.#initial.length) this.#initial = longer(this.#initial, Math.max(16, 2 * this.#words));
    put(this.#initial, slot, initial);
  }

  /** A fresh block of all slots that there are now, beginning like `block`. */
  copy(block: Block): Block {
    const copy = this.#initial.slice(0, this.#words);
    copy.set(block);
    return copy;
  }

  /** The value in a block, or the initial one. */
  read(block: Block, addr: Addr): Value {
    const slot = this.#slot(addr);
    return get(slot.at < block.length ? block : this.#initial, slot);
  }

  /** Writes into a block of {@link copy}. */
  write(block: Block, addr: Addr, value: Value): void {
    put(block, this.#slot(addr), value);
  }

  has(block: Block, addr: Addr): boolean {
    const slot = this.#slots.get(addr);
    return slot !== undefined && this.#differs(block, slot);
  }

  /** The slots whose value is no longer the initial one. */
  *changed(block: Block): Generator<Slot, undefined> {
    for (const slot of this.#slots.values()) {
      // Slots are in the order of their places.
      if (slot.at >= block.length) return;
      if (this.#differs(block, slot)) yield slot;
    }
  }

  covers(block: Block, addr: Addr): boolean {
    return this.#slot(addr).at < block.length;
  }

  #differs(block: Block, { at, words }: Slot): boolean {
    if (at >= block.length) return false;
    for (let k = at; k < at + words; k++) if (block[k] !== this.#initial[k]) return true;
    return false;
  }

  #slot(addr: Addr): Slot {
    return known(this.#slots.get(addr), 'thread-local global');
  }
}

/**
 * A block as executors take thread-locals: exactly those that differ from their initial values. The block must not change while the view
 * is in use.
 */
export class LocalsView implements ThreadLocals {
  readonly #slots: Slots;
  readonly #block: Block;

  constructor(slots: Slots, block: Block) {
    this.#slots = slots;
    this.#block = block;
  }

  get size(): number {
    return [...this.#slots.changed(this.#block)].length;
  }

  get(addr: Addr): Value | undefined {
    return this.has(addr) ? this.#slots.read(this.#block, addr) : undefined;
  }

  has(addr: Addr): boolean {
    return this.#slots.has(this.#block, addr);
  }

  *keys(): MapIterator<Addr> {
    for (const { addr } of this.#slots.changed(this.#block)) yield addr;
  }

  *values(): MapIterator<Value> {
    for (const slot of this.#slots.changed(this.#block)) yield get(this.#block, slot);
  }

  *entries(): MapIterator<[Addr, Value]> {
    for (const slot of this.#slots.changed(this.#block)) yield [slot.addr, get(this.#block, slot)];
  }

  [Symbol.iterator](): MapIterator<[Addr, Value]> {
    return this.entries();
  }

  forEach(each: (value: Value, key: Addr, map: ThreadLocals) => void): void {
    for (const [addr, value] of this) each(value, addr, this);
  }
}

function wordsOf(t: ValType): 1 | 2 | 4 {
  if (t === 'v128') return 4;
  return t === 'i64' || t === 'f64' ? 2 : 1;
}

function longer(block: Block, words: number): Block {
  const copy = new Int32Array(words);
  copy.set(block);
  return copy;
}

function put(block: Block, { at }: Slot, value: Value): void {
  switch (value.type) {
    case 'i32':
      block[at] = value.value;
      break;
    case 'f32':
      block[at] = value.bits;
      break;
    case 'ref':
      block[at] = value.id;
      break;
    case 'i64':
      putWords(block, at, value.value, 2);
      break;
    case 'f64':
      putWords(block, at, value.bits, 2);
      break;
    case 'v128':
      putWords(block, at, value.bits, 4);
      break;
  }
}

function putWords(block: Block, at: number, bits: bigint, words: number): void {
  for (let k = 0; k < words; k++) block[at + k] = Number(BigInt.asIntN(32, bits >> BigInt(32 * k)));
}

function get(block: Block, { type, at }: Slot): Value {
  switch (type) {
    case 'i32':
      return { type, value: block[at] ?? 0 };
    case 'f32':
      return { type, bits: (block[at] ?? 0) >>> 0 };
    case 'i64':
      return { type, value: BigInt.asIntN(64, getWords(block, at, 2)) };
    case 'f64':
      return { type, bits: getWords(block, at, 2) };
    case 'v128':
      return { type, bits: getWords(block, at, 4) };
    default:
      return { type: 'ref', id: block[at] ?? 0 };
  }
}

function getWords(block: Block, at: number, words: number): bigint {
  let bits = 0n;
  for (let k = words - 1; k >= 0; k--) bits = (bits << 32n) | BigInt((block[at + k] ?? 0) >>> 0);
  return bits;
}
