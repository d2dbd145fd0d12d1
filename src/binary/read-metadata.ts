import { payloadText } from '../syntax/code-metadata.ts';
import { Keyed, pairKey } from './keyed.ts';
import { Malformed } from './malformed.ts';
import { Reader } from './reader.ts';

/**
 * A `metadata.code.*` section [tool conventions, Code Metadata]: annotation texts by function and by the offset of an instruction
 * from the beginning of the function's body, its locals included. null where it is ill-formed.
 */
export function readMetadata(bytes: Uint8Array): Keyed | null {
  const r = new Reader(bytes);
  const entries = new Keyed();
  try {
    const functions = r.count('functions');
    for (let i = 0, last = -1; i < functions; i++) {
      const func = r.u32('function index');
      if (func <= last) return null;
      last = func;
      const count = r.count('items');
      for (let j = 0; j < count; j++) {
        const key = pairKey(func, r.u32('offset'));
        const text = payloadText(r.take(r.count('payload'), 'payload'));
        if (key === null) entries.lose();
        else if (!entries.add(key, text)) return null;
      }
    }
    return r.pos === bytes.length ? entries : null;
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}
