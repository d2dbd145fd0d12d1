import { payloadText } from '../syntax/code-metadata.ts';
import { Keyed, pairKey } from './keyed.ts';
import { Malformed } from './malformed.ts';
import { Reader } from './reader.ts';

/** A `metadata.code.*` section, with the functions that it speaks of. */
export interface Metadata {
  readonly id: string;
  readonly entries: Keyed;
  readonly functions: readonly number[];
}

/** Of all sections together: an entry takes a hundred times its two bytes while its function is read. */
export const MAX_METADATA = 1_000_000;

/**
 * A `metadata.code.*` section [tool conventions, Code Metadata]: annotation texts by function and by the offset of an instruction
 * from the beginning of the function's body, its locals included. null where it is ill-formed,
 * or has more than `most` entries.
 */
export function readMetadata(id: string, bytes: Uint8Array, most: number): Metadata | null {
  const r = new Reader(bytes);
  const entries = new Keyed();
  const functions: number[] = [];
  try {
    const total = r.count('functions');
    for (let i = 0, last = -1; i < total; i++) {
      const func = r.u32('function index');
      if (func <= last) return null;
      last = func;
      functions.push(func);
      const count = r.count('items');
      for (let j = 0; j < count; j++) {
        const key = pairKey(func, r.u32('offset'));
        const text = payloadText(r.take(r.count('payload'), 'payload'));
        if (key === null) entries.lose();
        else if (entries.size >= most || !entries.add(key, text)) return null;
      }
    }
    return r.pos === bytes.length ? { id, entries, functions } : null;
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}
