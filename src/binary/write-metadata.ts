import { CODE_METADATA, payloadBytes } from '../syntax/code-metadata.ts';
import type { Annotation } from '../syntax/module.ts';
import { Writer } from './writer.ts';

/** `metadata.code.*` sections [tool conventions, Code Metadata] from the annotations of instructions. */

interface Item {
  readonly offset: number;
  readonly payload: Uint8Array;
}

interface FuncItems {
  readonly func: number;
  readonly items: Item[];
}

export class MetadataLog {
  /** By annotation id, in order of appearance. */
  readonly #sections = new Map<string, FuncItems[]>();

  /** Notes the annotations of an instruction at an offset in a function's body; the ones that have no binary form are left out. */
  note(func: number, offset: number, notes: readonly Annotation[]): void {
    for (const { id, text } of notes) {
      const payload = id.startsWith(CODE_METADATA) ? payloadBytes(text) : null;
      if (payload === null) continue;
      const items = this.#itemsOf(id, func);
      // One instruction has one payload of a kind.
      if (items.at(-1)?.offset !== offset) items.push({ offset, payload });
    }
  }

  #itemsOf(id: string, func: number): Item[] {
    let functions = this.#sections.get(id);
    if (functions === undefined) {
      functions = [];
      this.#sections.set(id, functions);
    }
    let last = functions.at(-1);
    if (last === undefined || last.func !== func) {
      last = { func, items: [] };
      functions.push(last);
    }
    return last.items;
  }

  get ids(): readonly string[] {
    return [...this.#sections.keys()];
  }

  /** The contents of the section for an id, of no functions if nothing was noted. */
  contents(id: string): Uint8Array {
    const w = new Writer();
    w.list(this.#sections.get(id) ?? [], ({ func, items }) => {
      w.u32(func);
      w.list(items, ({ offset, payload }) => {
        w.u32(offset);
        w.sized(payload);
      });
    });
    return w.bytes;
  }
}
