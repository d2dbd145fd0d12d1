import type { Func, Module } from '../syntax/module.ts';
import type { InnerNameSpace, NameSpace } from './name-codes.ts';
import { INDIRECT_NAME_MAPS, MODULE_NAME, NAME_MAPS } from './name-codes.ts';
import { Writer } from './writer.ts';

/** The name section [core 3.0, Name Section] from the names in the syntax. */

/** Names by index; null: unnamed. */
type NameList = readonly (string | null)[];

export class NameWriter {
  readonly #w = new Writer();
  readonly #part = new Writer();
  /** The labels of the functions, by function index, blocks in order of appearance. */
  readonly #labels: readonly NameList[];
  readonly #module: Module;

  constructor(module: Module, labels: readonly NameList[]) {
    this.#module = module;
    this.#labels = labels;
  }

  /** The contents of the section, in order of the subsections' ids; empty if the module has no names. */
  contents(): Uint8Array {
    const { id, imports, funcs, types, tables, memories, globals, elems, datas, tags } = this.#module;
    const imported = (kind: NameSpace): NameList => imports.filter(({ desc }) => desc.kind === kind).map((i) => i.id);
    const noLocals = imported('func').map((): NameList => []);
    if (id !== null) {
      this.#part.name(id);
      this.#subsection(MODULE_NAME);
    }
    this.#map('func', [...imported('func'), ...idsOf(funcs)]);
    this.#indirectMap('local', [...noLocals, ...funcs.map(localsOf)]);
    this.#indirectMap('label', [...noLocals, ...this.#labels]);
    this.#map('type', idsOf(types));
    this.#map('table', [...imported('table'), ...idsOf(tables)]);
    this.#map('memory', [...imported('memory'), ...idsOf(memories)]);
    this.#map('global', [...imported('global'), ...idsOf(globals)]);
    this.#map('elem', idsOf(elems));
    this.#map('data', idsOf(datas));
    this.#indirectMap(
      'field',
      types.map(({ fields }) => fields),
    );
    this.#map('tag', [...imported('tag'), ...idsOf(tags)]);
    return this.#w.bytes;
  }

  #map(space: NameSpace, names: NameList): void {
    if (!hasNames(names)) return;
    this.#nameMap(names);
    this.#subsection(NAME_MAPS[space]);
  }

  #indirectMap(space: InnerNameSpace, lists: readonly NameList[]): void {
    const named = lists.filter(hasNames).length;
    if (named === 0) return;
    this.#part.u32(named);
    for (const [index, names] of lists.entries()) {
      if (!hasNames(names)) continue;
      this.#part.u32(index);
      this.#nameMap(names);
    }
    this.#subsection(INDIRECT_NAME_MAPS[space]);
  }

  #nameMap(names: NameList): void {
    this.#part.u32(names.reduce((count, name) => count + (name === null ? 0 : 1), 0));
    for (const [index, name] of names.entries()) {
      if (name === null) continue;
      this.#part.u32(index);
      this.#part.name(name);
    }
  }

  #subsection(id: number): void {
    this.#w.byte(id);
    this.#w.sized(this.#part.bytes);
    this.#part.clear();
  }
}

function hasNames(names: NameList): boolean {
  return names.some((name) => name !== null);
}

function idsOf(definitions: readonly { readonly id: string | null }[]): NameList {
  return definitions.map(({ id }) => id);
}

function localsOf({ params, locals }: Func): NameList {
  return [...params, ...locals.map(({ id }) => id)];
}
