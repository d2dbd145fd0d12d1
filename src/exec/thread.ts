import { Bug } from '../base/assert.ts';
import { mix } from '../base/hash.ts';
import type { Addr } from '../event/location.ts';
import type { CallStart, ThreadLocals } from '../runtime/executor.ts';
import { MAX_CALL_DEPTH } from '../runtime/executor.ts';
import type { FuncInst, HostFuncInst } from '../runtime/instance.ts';
import type { ValType } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import { valueKey } from '../runtime/call-start.ts';
import type { Linked } from './code.ts';
import type { Words } from './int64.ts';
import type { Standing } from './liveness.ts';
import { deadWords } from './liveness.ts';
import { readValue, writeValue } from './values.ts';

/** A thread between two requests; never changes. */
export interface ExecState {
  /** The function that the thread began with. */
  readonly root: FuncInst;
  /** Activations, outermost first; none once the root has returned. */
  readonly frames: readonly Linked[];
  /** Everything below what is live, frame after frame; the results once the root has returned. */
  readonly words: Int32Array;
  /** The place in the innermost function's code of the operation that asks; in a host function, of the one after the call. */
  readonly pc: number;
  /** Where the innermost frame begins. */
  readonly fp: number;
  readonly locals: ThreadLocals;
  /** The host function that it is suspended in; see `host.ts`. */
  readonly host: HostFuncInst | null;
  /** Whether a joining thread is told its result. */
  readonly tells: boolean;
}

const INITIAL_WORDS = 256;

/** The most that all frames of a thread may need: deeper calls exhaust its stack, whatever their number. */
const MOST_WORDS = 2 ** 26;

/** Frames, from the innermost out, whose dead locals are left out of a state: in deep recursion it would cost more than it gives. */
const MOST_CLEARED = 32;

/** Memory that a thread has left behind, for the next one: the engine may take it away. */
let left: WeakRef<Words> | null = null;

/** A thread that runs in place; its memory is reused by one thread after the other. */
export class Thread {
  words: Words;
  /** The same memory, for floats. */
  view: DataView;
  root: FuncInst | null = null;
  frames: Linked[] = [];
  pc = 0;
  fp = 0;
  /** Where the live words end, while the thread is suspended. */
  live = 0;
  /** Fuel left when it was suspended. */
  fuel = 0;
  /** The host function that it is suspended in. */
  host: HostFuncInst | null = null;
  tells = false;
  /** Frames that it may have at once. */
  maxFrames = MAX_CALL_DEPTH;
  maxWords = MOST_WORDS;
  /** Whether forked threads inherit the thread-locals. */
  readonly inherit: boolean;
  #locals: ReadonlyMap<Addr, Value> = new Map();
  /** The map, where it is this thread's alone. */
  #own: Map<Addr, Value> | null = null;
  /** The state that it is in, if that was saved from it and it has not gone on. */
  #saved: ExecState | null = null;

  constructor(inherit: boolean) {
    this.inherit = inherit;
    this.words = left?.deref() ?? new Int32Array(INITIAL_WORDS);
    left = null;
    this.view = new DataView(this.words.buffer);
  }

  /** Leaves the memory to the next thread; this one is not run any more. */
  leave(): void {
    if (left === null) left = new WeakRef(this.words);
  }

  begin({ func, locals, tells }: Pick<CallStart, 'func' | 'locals' | 'tells'>): void {
    this.#saved = null;
    this.root = func;
    this.host = null;
    this.tells = tells === true;
    this.frames.length = 0;
    this.pc = 0;
    this.fp = 0;
    this.live = 0;
    this.#share(locals);
  }

  load(state: ExecState): void {
    const isThere = state === this.#saved;
    this.#saved = null;
    if (isThere) return;
    this.reserve(state.words.length);
    this.words.set(state.words);
    this.root = state.root;
    this.frames.length = 0;
    for (const frame of state.frames) this.frames.push(frame);
    this.pc = state.pc;
    this.fp = state.fp;
    this.live = state.words.length;
    this.host = state.host;
    this.tells = state.tells;
    this.#share(state.locals);
  }

  save(): ExecState {
    if (this.root === null) throw new Bug('a thread that has not begun');
    this.#saved = {
      root: this.root,
      frames: this.frames.slice(),
      words: this.#liveWords(),
      pc: this.pc,
      fp: this.fp,
      locals: this.sharedLocals(),
      host: this.host,
      tells: this.tells,
    };
    return this.#saved;
  }

  /** A copy of the words below the live end, what is in dead locals left out. */
  #liveWords(): Int32Array {
    const words = this.words.slice(0, this.live);
    let { fp, pc } = this;
    if (pc < 0) return words;
    let standing: Standing = this.host === null ? 'asks' : 'calls';
    const outermost = Math.max(0, this.frames.length - MOST_CLEARED);
    for (let i = this.frames.length - 1; i >= outermost; i--) {
      const linked = this.frames[i] as Linked;
      if (linked.code.localWords > 0) for (const word of deadWords(linked, standing, pc)) words[fp + word] = 0;
      const link = fp + linked.code.localWords;
      [pc, fp] = [words[link] as number, words[link + 1] as number];
      standing = 'calls';
    }
    return words;
  }

  /** Lets a thread go on that ended for lack of fuel. */
  refuel(): void {
    this.pc = ~this.pc;
  }

  /** Makes room for `end` words; false if they are more than it may have. */
  reserve(end: number): boolean {
    if (end <= this.words.length) return true;
    if (end > this.maxWords) return false;
    const words = new Int32Array(Math.max(end, 2 * this.words.length));
    words.set(this.words);
    this.words = words;
    this.view = new DataView(words.buffer);
    return true;
  }

  put(d: number, value: Value): void {
    writeValue(this.words, d, value);
  }

  get(a: number, type: ValType): Value {
    return readValue(this.words, a, type);
  }

  local(addr: Addr): Value | undefined {
    return this.#locals.get(addr);
  }

  setLocal(addr: Addr, value: Value): void {
    if (this.#own === null) {
      this.#own = new Map(this.#locals);
      this.#locals = this.#own;
    }
    this.#own.set(addr, value);
  }

  /** The thread-locals, which will not change from now on. */
  sharedLocals(): ThreadLocals {
    this.#own = null;
    return this.#locals;
  }

  #share(locals: ThreadLocals): void {
    this.#locals = locals;
    this.#own = null;
  }
}

/** Exact equality; functions with the same key are the same. */
export function sameState(a: ExecState, b: ExecState): boolean {
  if (a === b) return true;
  if (a.pc !== b.pc || a.fp !== b.fp || a.words.length !== b.words.length || a.frames.length !== b.frames.length)
    return false;
  if (a.tells !== b.tells || a.host?.key !== b.host?.key) return false;
  if (a.root.key !== b.root.key || !a.frames.every((frame, i) => frame.func.key === b.frames[i]?.func.key))
    return false;
  for (let i = 0; i < a.words.length; i++) if (a.words[i] !== b.words[i]) return false;
  return sameLocals(a.locals, b.locals);
}

/** Whether the callers stand as they did; two activations that cannot be told apart by that count as one. */
export function sameActivation(a: ExecState, b: ExecState): boolean {
  if (a.fp !== b.fp || a.frames.length !== b.frames.length || a.root.key !== b.root.key) return false;
  if (!a.frames.every((frame, i) => frame.func.key === b.frames[i]?.func.key)) return false;
  for (let i = 0; i < a.fp; i++) if (a.words[i] !== b.words[i]) return false;
  const innermost = a.frames[a.frames.length - 1];
  if (innermost === undefined) return true;
  const link = a.fp + innermost.code.localWords;
  return a.words[link] === b.words[link];
}

/** Of what mostly tells states apart: where the thread is, and its live words. */
export function stateHash({ pc, fp, words, frames }: ExecState): number {
  let hash = mix(mix(pc, fp), frames.length);
  for (let i = 0; i < words.length; i++) hash = mix(hash, words[i] as number);
  return hash;
}

function sameLocals(a: ThreadLocals, b: ThreadLocals): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [addr, value] of a) {
    const other = b.get(addr);
    if (other === undefined || valueKey(other) !== valueKey(value)) return false;
  }
  return true;
}
