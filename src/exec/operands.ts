import { known } from '../base/assert.ts';
import type { Width } from './code.ts';
import type { Emitter } from './emitter.ts';

/**
 * The operand stack at compile time. Every operand has a place of its own in the frame, where a simple stack machine would keep
 * it; what is known to be in a local, or to be a constant, is put there only when it must be.
 */
export interface Operand {
  /** Its place. */
  readonly word: number;
  readonly size: Width;
  readonly source:
    | { readonly kind: 'place' }
    | { readonly kind: 'local'; readonly word: number }
    | { readonly kind: 'constant'; readonly words: readonly number[] };
}

const PLACE = { kind: 'place' } as const;

const MOVE = { 1: 'move32', 2: 'move64', 4: 'move128' } as const;
const CONST = { 1: 'const32', 2: 'const64', 4: 'const128' } as const;

export class Operands {
  /** The most words that the frame needed so far. */
  highest: number;
  readonly #emitter: Emitter;
  readonly #first: number;
  #stack: Operand[] = [];

  constructor(emitter: Emitter, first: number) {
    this.#emitter = emitter;
    this.#first = first;
    this.highest = first;
  }

  get height(): number {
    return this.#stack.length;
  }

  /** Where the next operand will have its place. */
  get top(): number {
    const last = this.#stack.at(-1);
    return last === undefined ? this.#first : last.word + last.size;
  }

  /** Pushes an operand that is computed into its place, which is returned. */
  pushPlace(size: Width): number {
    return this.#push({ word: this.top, size, source: PLACE });
  }

  pushLocal(word: number, size: Width): void {
    this.#push({ word: this.top, size, source: { kind: 'local', word } });
  }

  /** The low word comes first. */
  pushConstant(size: Width, ...words: readonly number[]): void {
    this.#push({ word: this.top, size, source: { kind: 'constant', words } });
  }

  /** Pushes what was popped as an operand of the same or a smaller size: its low words. */
  pushAgain(operand: Operand, size: Width): void {
    this.#push({ ...operand, word: this.top, size });
  }

  /** Says that words up to `end` are used. */
  reserve(end: number): void {
    this.highest = Math.max(this.highest, end);
  }

  pop(): Operand {
    return known(this.#stack.pop(), 'operand');
  }

  /** The last n, deepest first, left where they are. */
  last(n: number): readonly Operand[] {
    return n === 0 ? [] : this.#stack.slice(-n);
  }

  /** Forgets all operands above the given height. */
  drop(height: number): void {
    this.#stack.length = height;
  }

  /** Where an operand can be read: a constant is put into its place first. */
  read(operand: Operand): number {
    switch (operand.source.kind) {
      case 'place':
        return operand.word;
      case 'local':
        return operand.source.word;
      case 'constant':
        this.move(operand, operand.word);
        return operand.word;
    }
  }

  /** Emits what brings an operand to a word, if it is not there. */
  move(operand: Operand, to: number): void {
    const { source, word, size } = operand;
    if (source.kind === 'constant') {
      this.#emitter.emit(CONST[size], to, ...source.words.slice(0, size));
      return;
    }
    const from = source.kind === 'local' ? source.word : word;
    if (from !== to) this.#emitter.emit(MOVE[size], to, from);
  }

  /** Puts all operands into their places. */
  settle(): void {
    this.#settle(() => true);
  }

  /** Puts those operands into their places that are read from the local at `word`, which is about to change. */
  settleLocal(word: number): void {
    this.#settle(({ source }) => source.kind === 'local' && source.word === word);
  }

  #settle(which: (operand: Operand) => boolean): void {
    this.#stack.forEach((operand, i) => {
      if (operand.source.kind === 'place' || !which(operand)) return;
      this.move(operand, operand.word);
      this.#stack[i] = { ...operand, source: PLACE };
    });
  }

  #push(operand: Operand): number {
    this.#stack.push(operand);
    this.reserve(this.top);
    return operand.word;
  }
}
