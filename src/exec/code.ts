import type { Site } from '../event/request.ts';
import type { ModuleInst, WasmFuncInst } from '../runtime/instance.ts';
import type { ValType } from '../syntax/types.ts';
import type { EventSite } from './events.ts';
import type { SilentSite } from './silent.ts';

/**
 * A compiled function. Its frame is a run of words: parameters and locals, then {@link LINK_WORDS} (where the caller goes on,
 * and where its frame is), then operands, whose places validation makes static.
 */
export interface Code {
  readonly words: Int32Array;
  readonly paramWords: number;
  readonly localWords: number;
  /** The most that its frame may need. */
  readonly frameWords: number;
  readonly events: readonly EventSite[];
  readonly silents: readonly SilentSite[];
  /** Innermost first. */
  readonly handlers: readonly Handler[];
  /** Where traps and bounds come from: the site of the operation at each place that may trap. */
  readonly sites: ReadonlyMap<number, Site>;
  /** Where the function itself is, for what has no other site. */
  readonly site: Site;
}

/** What a try_table catches. */
export interface Handler {
  /** Where in the code its body is. */
  readonly start: number;
  readonly end: number;
  /** Where what is caught is put: the exception's arguments, then its reference. */
  readonly word: number;
  readonly catches: readonly CatchClause[];
}

export interface CatchClause {
  /** The module's tag; null if it catches all. */
  readonly tag: number | null;
  readonly withReference: boolean;
  /** Where it goes on. */
  readonly pc: number;
}

export const LINK_WORDS = 2;

/** Words of the operations of calls: where their caller goes on. */
export const CALL_WORDS = 3;

/** A compiled function of one instance. */
export interface Linked {
  readonly func: WasmFuncInst;
  readonly code: Code;
  readonly module: ModuleInst;
  /** The module's functions where they are Wasm's and have been called; filled on demand. */
  readonly callees: (Linked | undefined)[];
  /** Wasm functions by their references' ids, likewise; of all modules with the same references. */
  readonly targets: (Linked | undefined)[];
}

/** How many words a value takes. */
export type Width = 1 | 2 | 4;

export function wordsOf(type: ValType): Width {
  if (type === 'i64' || type === 'f64') return 2;
  return type === 'v128' ? 4 : 1;
}

export function wordsOfAll(types: readonly ValType[]): number {
  return types.reduce((sum, type) => sum + wordsOf(type), 0);
}
