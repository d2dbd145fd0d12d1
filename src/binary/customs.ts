import { CODE_METADATA } from '../syntax/code-metadata.ts';
import type { Custom, SectionName } from '../syntax/module.ts';
import { placeAfter } from '../syntax/sections.ts';
import { SHARED_MODULE } from './codes.ts';
import { NAME_SECTION } from './name-codes.ts';
import { MAX_METADATA, type Metadata, readMetadata } from './read-metadata.ts';
import { type Names, readNames } from './read-names.ts';
import type { Reader } from './reader.ts';
import type { ScannedSection } from './scan.ts';

/**
 * The custom sections of a module that is being decoded. Three kinds have a meaning, where they stand at their place, the first of their name
 * there: the module's flag before all sections, code metadata just before the code, names after all sections. The encoder writes them
 * before the other custom sections of the same place, an empty one where it must be told from a custom section of that name.
 */

interface Read {
  readonly custom: Omit<Custom, 'after'>;
  readonly after: SectionName | null;
  /** Whether all that it says has become part of the module. */
  readonly absorbed: () => boolean;
}

const no = (): boolean => false;
const yes = (): boolean => true;

export class Customs {
  shared = false;
  names: Names | null = null;
  /** The code metadata of each function. */
  readonly metadata = new Map<number, Metadata[]>();
  #metadataLeft = MAX_METADATA;
  readonly #read: Read[] = [];
  /** Names and places of the sections that had their chance to mean something. */
  readonly #met = new Set<string>();

  read(r: Reader, section: ScannedSection): void {
    const name = r.name('name');
    const bytes = r.take(r.end - r.pos, 'contents');
    const { after } = section;
    const absorbed = this.#isFirst(name, after) ? this.#interpret(name, bytes, section) : no;
    this.#read.push({ custom: { name, bytes, at: { start: section.start, end: section.end } }, after, absorbed });
  }

  #isFirst(name: string, after: SectionName | null): boolean {
    const key = `${after ?? ''} ${name}`;
    const first = !this.#met.has(key);
    this.#met.add(key);
    return first;
  }

  #interpret(name: string, bytes: Uint8Array, { after, before }: ScannedSection): () => boolean {
    if (name === SHARED_MODULE) {
      if (after !== null || bytes.length > 1 || (bytes[0] ?? 0) !== 0) return no;
      this.shared = bytes.length === 0;
      return yes;
    }
    if (name === NAME_SECTION && before === null) {
      const names = readNames(bytes);
      this.names = names;
      return () => names?.used ?? false;
    }
    if (name.startsWith(CODE_METADATA) && before === 'code') {
      const metadata = readMetadata(name, bytes, this.#metadataLeft);
      if (metadata !== null) this.#enter(metadata);
      return () => metadata?.entries.used ?? false;
    }
    return no;
  }

  #enter(metadata: Metadata): void {
    this.#metadataLeft -= metadata.entries.size;
    for (const func of metadata.functions) {
      const others = this.metadata.get(func);
      if (others === undefined) this.metadata.set(func, [metadata]);
      else others.push(metadata);
    }
  }

  /** The sections that stay, in a module that has the given ones. */
  kept(sections: ReadonlySet<SectionName>): readonly Custom[] {
    const kept = this.#read.filter(({ absorbed }) => !absorbed());
    return kept.map(({ custom, after }) => ({ ...custom, after: placeAfter(sections, after) }));
  }
}
