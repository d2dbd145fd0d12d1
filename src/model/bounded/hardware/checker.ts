import type { BoundedProgram } from '../programs.ts';
import type { ReadSlots } from '../reads-from.ts';
import { ALLOCATION, writesByte } from '../reads-from.ts';
import { bytesOf } from '../alphabet.ts';
import { permutations } from '../symmetry.ts';
import type { Compiled, Machine } from './machine.ts';
import { addOrdered, compile } from './machine.ts';

/** Whether a machine allows the executions of one program, compiled: for some order of the writes of each byte. */
export class HardwareChecker {
  readonly #program: BoundedProgram;
  readonly #slots: ReadSlots;
  readonly #compiled: Compiled;
  /** Of each byte that is read: its slots, and the orders of its writes that agree with program order. */
  readonly #bytes: readonly ByteAccesses[];
  /** The order before and after each byte's choice. */
  readonly #levels: readonly Int32Array[];
  /** Position of each write in the order of the byte at hand, and of allocation at the end. */
  readonly #position: Int8Array;

  constructor(machine: Machine, program: BoundedProgram, slots: ReadSlots) {
    this.#program = program;
    this.#slots = slots;
    this.#compiled = compile(machine, program);
    this.#bytes = byteAccesses(program, slots);
    const size = this.#compiled.nodes.length;
    this.#levels = Array.from({ length: this.#bytes.length + 2 }, () => new Int32Array(size));
    this.#position = new Int8Array(program.count);
  }

  /** A read that takes its value from a later write of its own thread, or one that its thread overwrote, is refused. */
  allows(rf: Int8Array): boolean {
    const start = this.#levels[0] as Int32Array;
    start.set(this.#compiled.order);
    for (let slot = 0; slot < this.#slots.count; slot++) {
      const writer = rf[slot] as number;
      const reader = this.#slots.reader[slot] as number;
      if (writer === ALLOCATION || this.#program.thread[writer] === this.#program.thread[reader]) continue;
      if (!addOrdered(start, this.#node(this.#compiled.writing, writer), this.#node(this.#compiled.reading, reader))) {
        return false;
      }
    }
    return this.#order(0, rf);
  }

  #node(of: Int8Array, event: number): number {
    return of[event] as number;
  }

  /** Chooses the orders of the bytes from this one on. */
  #order(at: number, rf: Int8Array): boolean {
    const byte = this.#bytes[at];
    if (byte === undefined) return true;
    for (const writes of byte.orders) {
      for (let i = 0; i < writes.length; i++) this.#position[writes[i] as number] = i;
      if (!this.#isCoherent(byte, rf)) continue;
      const order = this.#levels[at + 1] as Int32Array;
      order.set(this.#levels[at] as Int32Array);
      if (this.#addCommunication(order, byte, writes, rf) && this.#order(at + 1, rf)) return true;
    }
    return false;
  }

  #positionOf(writer: number): number {
    return writer === ALLOCATION ? -1 : (this.#position[writer] as number);
  }

  /** `internal` for one byte, and `atomic`. */
  #isCoherent({ slots, writes }: ByteAccesses, rf: Int8Array): boolean {
    const { thread } = this.#program;
    const { reader } = this.#slots;
    for (const slot of slots) {
      const read = reader[slot] as number;
      const from = this.#positionOf(rf[slot] as number);
      for (const write of writes) {
        if (thread[write] !== thread[read]) continue;
        const position = this.#position[write] as number;
        if (write === read ? position !== from + 1 : write < read ? position > from : position <= from) return false;
      }
      for (const other of slots) {
        const later = reader[other] as number;
        if (later > read && thread[later] === thread[read] && this.#positionOf(rf[other] as number) < from)
          return false;
      }
    }
    return true;
  }

  /** Adds co and fr between threads. Says whether that makes no cycle. */
  #addCommunication(order: Int32Array, { slots }: ByteAccesses, writes: Int8Array, rf: Int8Array): boolean {
    const { thread } = this.#program;
    const { reading, writing } = this.#compiled;
    for (let i = 0; i < writes.length; i++) {
      const write = writes[i] as number;
      for (let j = i + 1; j < writes.length; j++) {
        const later = writes[j] as number;
        if (thread[write] === thread[later]) continue;
        if (!addOrdered(order, this.#node(writing, write), this.#node(writing, later))) return false;
      }
    }
    for (const slot of slots) {
      const read = this.#slots.reader[slot] as number;
      for (let j = this.#positionOf(rf[slot] as number) + 1; j < writes.length; j++) {
        const later = writes[j] as number;
        if (thread[later] === thread[read]) continue;
        if (!addOrdered(order, this.#node(reading, read), this.#node(writing, later))) return false;
      }
    }
    return true;
  }
}

interface ByteAccesses {
  readonly slots: readonly number[];
  readonly writes: readonly number[];
  readonly orders: readonly Int8Array[];
}

/** A byte that nobody reads needs no order. */
function byteAccesses(program: BoundedProgram, { byte, count }: ReadSlots): readonly ByteAccesses[] {
  const { thread } = program;
  const events = Array.from({ length: program.count }, (_, e) => e);
  return Array.from({ length: bytesOf(program.alphabet.places) }, (_, k) => {
    const slots = Array.from({ length: count }, (_unused, slot) => slot).filter((slot) => byte[slot] === k);
    const writes = events.filter((event) => writesByte(program, event, k));
    const orders = permutations(writes.length)
      .map((order) => Int8Array.from(order, (i) => writes[i] as number))
      .filter((order) => order.every((a, i) => order.subarray(i + 1).every((b) => thread[a] !== thread[b] || a < b)));
    return { slots, writes, orders };
  }).filter(({ slots }) => slots.length > 0);
}
