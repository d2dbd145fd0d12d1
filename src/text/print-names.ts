import type { Annotation, Module } from '../syntax/module.ts';

/** Identifiers and strings as the text format writes them. */

const WORD = /^[0-9A-Za-z!#$%&'*+\-./:<=>?@\\^_`|~]+$/;

/** `$name`, quoted where the name has characters that no word has. */
export function printId(id: string): string {
  return `$${WORD.test(id) ? id : printName(id)}`;
}

/** A name as a string literal; control characters escaped, all others as they are. */
export function printName(name: string): string {
  const escaped = name.replace(/["\\]|\p{C}/gu, (char) =>
    char === '"' || char === '\\' ? `\\${char}` : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return `"${escaped}"`;
}

/** Bytes as a string literal: printable ASCII as it is, the rest in hexadecimal. */
export function printBytes(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; from += PIECE)
    parts.push(Array.from(bytes.subarray(from, from + PIECE), (byte) => BYTES[byte]).join(''));
  return `"${parts.join('')}"`;
}

const PIECE = 4096;
const BYTES = Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte);
  const isPlain = byte >= 0x20 && byte < 0x7f && char !== '"' && char !== '\\';
  return isPlain ? char : `\\${byte.toString(16).padStart(2, '0')}`;
});

/** `(@id text)`. */
export function printAnnotation({ id, text }: Annotation): string {
  const head = `(@${WORD.test(id) ? id : printName(id)}`;
  return text === '' ? `${head})` : `${head} ${text})`;
}

/** How the things of one space are written: where they are defined, and where they are referred to. */
export interface SpaceNames {
  /** `$x`; `(@name "x")` where `x` is no identifier or also another's name; nothing where it has no name. */
  readonly defined: (x: number) => string;
  /** `$x`, or the index. */
  readonly used: (x: number) => string;
}

/** How a name is written that nothing refers to. */
export function printGivenName(name: string | null, isUnique = true): string {
  if (name === null) return '';
  return isUnique && isIdentifier(name) ? printId(name) : `(@name ${printName(name)})`;
}

function isIdentifier(name: string): boolean {
  return name !== '';
}

/** The names of a space, in the order of its indices. */
export function spaceNames(names: readonly (string | null)[]): SpaceNames {
  const counts = new Map<string, number>();
  for (const name of names) if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  const isUnique = (name: string): boolean => counts.get(name) === 1 && isIdentifier(name);
  return {
    defined: (x) => {
      const name = names[x] ?? null;
      return printGivenName(name, name !== null && isUnique(name));
    },
    used: (x) => {
      const name = names[x] ?? null;
      return name !== null && isUnique(name) ? printId(name) : String(x);
    },
  };
}

/** The names of a module's index spaces, and of its structures' fields. */
export interface ModuleNames extends Readonly<Record<Spaces, SpaceNames>> {
  readonly fields: (type: number) => SpaceNames;
}

type Spaces = 'type' | 'func' | 'table' | 'memory' | 'tag' | 'global' | 'elem' | 'data';

function named(definitions: readonly { readonly id: string | null }[]): (string | null)[] {
  return definitions.map(({ id }) => id);
}

export function moduleNames(module: Module): ModuleNames {
  const imported = (kind: string): (string | null)[] => named(module.imports.filter(({ desc }) => desc.kind === kind));
  const fields = new Map<number, SpaceNames>();
  return {
    type: spaceNames(named(module.types)),
    func: spaceNames([...imported('func'), ...named(module.funcs)]),
    table: spaceNames([...imported('table'), ...named(module.tables)]),
    memory: spaceNames([...imported('memory'), ...named(module.memories)]),
    tag: spaceNames([...imported('tag'), ...named(module.tags)]),
    global: spaceNames([...imported('global'), ...named(module.globals)]),
    elem: spaceNames(named(module.elems)),
    data: spaceNames(named(module.datas)),
    fields: (type) => {
      const known = fields.get(type) ?? spaceNames(module.types[type]?.fields ?? []);
      fields.set(type, known);
      return known;
    },
  };
}
