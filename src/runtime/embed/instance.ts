import type { ExternVal, ModuleInst } from '../instance.ts';
import type { Compartment, Extern } from './compartment.ts';
import { Func } from './func.ts';
import { Global } from './global.ts';
import { Memory } from './memory.ts';
import { Table } from './table.ts';
import { Tag } from './tag.ts';

/** A module's instance in a compartment. Its exports are wrapped when they are asked for. */
export class Instance {
  readonly compartment: Compartment;
  readonly inst: ModuleInst;
  readonly exports: ReadonlyMap<string, Extern>;

  constructor(compartment: Compartment, inst: ModuleInst) {
    this.compartment = compartment;
    this.inst = inst;
    this.exports = new Exports(compartment, inst.exports);
  }

  /** Null where the export is missing or something else; so are the others. */
  func(name: string): Func | null {
    const extern = this.exports.get(name);
    return extern instanceof Func ? extern : null;
  }

  global(name: string): Global | null {
    const extern = this.exports.get(name);
    return extern instanceof Global ? extern : null;
  }

  memory(name: string): Memory | null {
    const extern = this.exports.get(name);
    return extern instanceof Memory ? extern : null;
  }

  table(name: string): Table | null {
    const extern = this.exports.get(name);
    return extern instanceof Table ? extern : null;
  }

  tag(name: string): Tag | null {
    const extern = this.exports.get(name);
    return extern instanceof Tag ? extern : null;
  }
}

/** The exports as a map; the compartment makes an object the first time that somebody wants it. */
class Exports implements ReadonlyMap<string, Extern> {
  readonly #compartment: Compartment;
  readonly #values: ReadonlyMap<string, ExternVal>;

  constructor(compartment: Compartment, values: ReadonlyMap<string, ExternVal>) {
    this.#compartment = compartment;
    this.#values = values;
  }

  get size(): number {
    return this.#values.size;
  }

  get(name: string): Extern | undefined {
    const value = this.#values.get(name);
    return value === undefined ? undefined : this.#compartment.wrap(value);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  keys(): MapIterator<string> {
    return this.#values.keys();
  }

  *values(): MapIterator<Extern> {
    for (const value of this.#values.values()) yield this.#compartment.wrap(value);
  }

  *entries(): MapIterator<[string, Extern]> {
    for (const [name, value] of this.#values) yield [name, this.#compartment.wrap(value)];
  }

  [Symbol.iterator](): MapIterator<[string, Extern]> {
    return this.entries();
  }

  forEach(each: (value: Extern, name: string, exports: ReadonlyMap<string, Extern>) => void): void {
    for (const [name, value] of this) each(value, name, this);
  }
}
