import type { Module } from '../syntax/module.ts';

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
  const chars = Array.from(bytes, (byte) => {
    const char = String.fromCharCode(byte);
    return byte >= 0x20 && byte < 0x7f && char !== '"' && char !== '\\'
      ? char
      : `\\${byte.toString(16).padStart(2, '0')}`;
  });
  return `"${chars.join('')}"`;
}

/** How each index of a module is written: by identifier where there is one. */
export interface IndexNames {
  readonly type: (x: number) => string;
  readonly func: (x: number) => string;
  readonly table: (x: number) => string;
  readonly memory: (x: number) => string;
  readonly global: (x: number) => string;
}

function defined(definitions: readonly { readonly id: string | null }[]): (string | null)[] {
  return definitions.map(({ id }) => id);
}

export function indexNames(module: Module): IndexNames {
  const imported = (kind: string): (string | null)[] =>
    module.imports.filter(({ desc }) => desc.kind === kind).map(({ id }) => id);
  return {
    type: nameByIndex(defined(module.types)),
    func: nameByIndex([...imported('func'), ...defined(module.funcs)]),
    table: nameByIndex([...imported('table'), ...defined(module.tables)]),
    memory: nameByIndex([...imported('memory'), ...defined(module.memories)]),
    global: nameByIndex([...imported('global'), ...defined(module.globals)]),
  };
}

/** The identifier of an index, or its number where it has none or one that means an earlier index. */
export function nameByIndex(ids: readonly (string | null)[]): (x: number) => string {
  const first = new Map<string, number>();
  ids.forEach((id, x) => {
    if (id !== null && !first.has(id)) first.set(id, x);
  });
  const names = ids.map((id, x) => (id === null || first.get(id) !== x ? String(x) : printId(id)));
  return (x) => names[x] ?? String(x);
}
