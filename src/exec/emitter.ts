import { known } from '../base/assert.ts';
import type { Site } from '../event/request.ts';
import type { OpName } from './ops.ts';
import { OP, OPS, isOpName } from './ops.ts';

/** A place in the code that may not be known yet. */
export interface Label {
  pc: number | null;
  readonly uses: number[];
}

/** A comparison taken back from the code, to be joined with the branch on it. */
export interface Comparison {
  readonly op: OpName;
  readonly a: number;
  readonly b: number;
}

export function newLabel(): Label {
  return { pc: null, uses: [] };
}

/** Code as it grows, with the two improvements that only look at the latest operation. */
export class Emitter {
  /** The site of the instruction that is being compiled. */
  site: Site;
  readonly sites = new Map<number, Site>();
  readonly #words: number[] = [];
  /** Where the latest operation begins; -1 if control may enter after it. */
  #latest = -1;

  constructor(site: Site) {
    this.site = site;
  }

  emit(op: OpName, ...operands: readonly number[]): void {
    this.#latest = this.#words.length;
    this.sites.set(this.#latest, this.site);
    this.#words.push(OP[op], ...operands);
  }

  /** A word that will hold the place of the label. */
  refer(label: Label): void {
    if (label.pc === null) label.uses.push(this.#words.length);
    this.#words.push(label.pc ?? -1);
  }

  /** The place of what is emitted next, where control may enter. */
  here(): number {
    this.#latest = -1;
    return this.#words.length;
  }

  bind(label: Label): void {
    label.pc = this.#words.length;
    for (const use of label.uses) this.#words[use] = label.pc;
    this.#latest = -1;
  }

  /** Leaves the latest operation as it is. */
  seal(): void {
    this.#latest = -1;
  }

  /** Lets the latest operation write to `to` what it writes to `from`, if that is what it does. */
  retarget(from: number, to: number): boolean {
    const op = this.#latestOp();
    if (op === null || !hasDestination(op) || this.#words[this.#latest + 1] !== from) return false;
    this.#words[this.#latest + 1] = to;
    return true;
  }

  /** Takes back the latest operation if it is a comparison of 32-bit integers into `d`. */
  takeComparison(d: number): Comparison | null {
    const op = this.#latestOp();
    if (op === null || this.#words[this.#latest + 1] !== d) return null;
    if (op !== 'i32.eqz' && !isOpName(`br_if ${op}`)) return null;
    const [a, b] = [known(this.#words[this.#latest + 2], 'operand'), this.#words[this.#latest + 3] ?? 0];
    this.#words.length = this.#latest;
    this.#latest = -1;
    return { op, a, b };
  }

  finish(): Int32Array {
    return Int32Array.from(this.#words);
  }

  #latestOp(): OpName | null {
    return this.#latest < 0 ? null : (OPS[known(this.#words[this.#latest], 'operation')] ?? null);
  }
}

const FIRST_WITH_DESTINATION = OP.event;
const FIRST_TRANSFER = OP.call_ref;
const FIRST_STORE = OP.store8;
const LAST_STORE = OP.store64;
const FIRST_FUSED = OP['br_if i32.eq'];
const LAST_FUSED = OP['br_if i32.ge_u#'];

function hasDestination(op: OpName): boolean {
  const n = OP[op];
  if (n < FIRST_WITH_DESTINATION || n >= FIRST_TRANSFER) return false;
  return !(n >= FIRST_STORE && n <= LAST_STORE) && !(n >= FIRST_FUSED && n <= LAST_FUSED);
}
