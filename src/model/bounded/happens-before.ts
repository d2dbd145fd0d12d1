import type { BoundedProgram } from './programs.ts';
import { letterOf, placeOf } from './programs.ts';
import type { ReadSlots } from './reads-from.ts';
import { ALLOCATION, writesByte } from './reads-from.ts';
import { overlap } from './alphabet.ts';
import type { Order } from '../../event/action.ts';

/**
 * Happens-before of many executions of one program, as rows of bits, one number each: for at most 31 events, without fences. hb is what every model
 * of the OOPSLA19 family takes it to be, but for allocation, which comes before everything and is left out.
 */
export class HappensBefore {
  readonly #count: number;
  readonly #slots: ReadSlots;
  readonly #programOrder: Int32Array;
  /** Bit w of entry r: w and r synchronise if r reads from w. */
  readonly #synchronises: Int32Array;
  /** Events of different threads that race if hb does not order them, in pairs. */
  readonly #conflicts: readonly number[];
  /** The events that write each slot's byte, as bits. */
  readonly #writers: Int32Array;
  /** Bit b of row a: a happens before b. */
  readonly #rows: Int32Array;

  constructor(program: BoundedProgram, slots: ReadSlots) {
    const { count, thread } = program;
    this.#count = count;
    this.#slots = slots;
    this.#rows = new Int32Array(count);
    this.#programOrder = new Int32Array(count);
    this.#synchronises = new Int32Array(count);
    const conflicts: number[] = [];
    for (let a = 0; a < count; a++) {
      for (let b = 0; b < count; b++) {
        if (a !== b && bothAtomic(program, a, b)) this.#synchronises[a] = (this.#synchronises[a] as number) | (1 << b);
        if (a >= b) continue;
        if (thread[a] === thread[b]) this.#programOrder[a] = (this.#programOrder[a] as number) | (1 << b);
        else if (conflict(program, a, b)) conflicts.push(a, b);
      }
    }
    this.#conflicts = conflicts;
    this.#writers = new Int32Array(slots.count);
    for (let slot = 0; slot < slots.count; slot++) {
      for (let e = 0; e < count; e++) {
        if (!writesByte(program, e, slots.byte[slot] as number)) continue;
        this.#writers[slot] = (this.#writers[slot] as number) | (1 << e);
      }
    }
  }

  /** Turns to the execution with this reads-from. */
  close(rf: Int8Array): void {
    const rows = this.#rows;
    rows.set(this.#programOrder);
    const { reader, count } = this.#slots;
    for (let slot = 0; slot < count; slot++) {
      const writer = rf[slot] as number;
      const read = reader[slot] as number;
      if (writer === ALLOCATION || (((this.#synchronises[read] as number) >>> writer) & 1) === 0) continue;
      rows[writer] = (rows[writer] as number) | (1 << read);
    }
    for (let k = 0; k < this.#count; k++) {
      const after = rows[k] as number;
      for (let a = 0; a < this.#count; a++) {
        if ((((rows[a] as number) >>> k) & 1) === 1) rows[a] = (rows[a] as number) | after;
      }
    }
  }

  #has(a: number, b: number): boolean {
    return (((this.#rows[a] as number) >>> b) & 1) === 1;
  }

  /** Whether two events race. */
  races(): boolean {
    for (let i = 0; i < this.#conflicts.length; i += 2) {
      const a = this.#conflicts[i] as number;
      const b = this.#conflicts[i + 1] as number;
      if (!this.#has(a, b) && !this.#has(b, a)) return true;
    }
    return false;
  }

  /** Whether hb has no cycle, and hb-consistent-1 and hb-consistent-3 hold. */
  isConsistent(rf: Int8Array): boolean {
    for (let e = 0; e < this.#count; e++) if (this.#has(e, e)) return false;
    const { reader, count } = this.#slots;
    for (let slot = 0; slot < count; slot++) {
      const read = reader[slot] as number;
      const writer = rf[slot] as number;
      if (writer !== ALLOCATION && this.#has(read, writer)) return false;
      const later = writer === ALLOCATION ? -1 : (this.#rows[writer] as number);
      const hidden = (this.#writers[slot] as number) & later;
      for (let e = 0; e < this.#count; e++) if (((hidden >>> e) & 1) === 1 && this.#has(e, read)) return false;
    }
    return true;
  }
}

function isAtomic(order: Order): boolean {
  return order === 'acqrel' || order === 'seqcst';
}

/** Both atomic, on equal ranges. */
function bothAtomic(program: BoundedProgram, a: number, b: number): boolean {
  if (program.place[a] !== program.place[b] || placeOf(program, a) === null) return false;
  return isAtomic(letterOf(program, a).order) && isAtomic(letterOf(program, b).order);
}

function conflict(program: BoundedProgram, a: number, b: number): boolean {
  const [x, y] = [placeOf(program, a), placeOf(program, b)];
  if (x === null || y === null || !overlap(x, y) || bothAtomic(program, a, b)) return false;
  return letterOf(program, a).kind !== 'rd' || letterOf(program, b).kind !== 'rd';
}
