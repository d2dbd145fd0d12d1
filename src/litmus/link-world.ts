import { known } from '../base/assert.ts';
import { SPECTEST_TYPES } from '../runtime/spectest.ts';
import { THREAD_TYPES } from '../runtime/thread-builtins.ts';
import type { Import, Module } from '../syntax/module.ts';
import type { Readings } from '../syntax/readings.ts';
import { CLOSED, matchExternType } from '../valid/match.ts';
import type { ExternType } from '../valid/types.ts';
import { exportTypes, importTypes } from '../valid/types.ts';
import { externTypeAt, printClosedType, printImportType } from '../valid/extern-text.ts';

/**
 * Linking by types alone: what a script's modules export and register, for modules that nobody can execute yet. A memory or
 * table has the size that it was made with, so that an import which needs growth to fit does not fit here.
 */

/** Something exported: its type, and its text in messages. */
interface Given {
  readonly type: ExternType;
  readonly text: string;
}

interface Exporter {
  extern(name: string): Given | null;
}

/** An instance without its contents; types are reckoned when they are asked for. */
class TypedInstance implements Exporter {
  readonly #module: Module;
  /** What each import was linked to; null where it could not be. */
  readonly #imported: readonly (Exporter | null)[];
  #types: readonly ExternType[] | null = null;

  constructor(module: Module, imported: readonly (Exporter | null)[]) {
    this.#module = module;
    this.#imported = imported;
  }

  extern(name: string): Given | null {
    const k = this.#module.exports.findIndex((e) => e.name === name);
    const found = this.#module.exports[k];
    if (found === undefined) return null;
    return this.#givenTo(found.kind, found.index) ?? this.#own(k);
  }

  /** What is imported at an index has the type of what it was linked to. */
  #givenTo(kind: Import['desc']['kind'], index: number): Given | null {
    let left = index;
    for (const [k, { desc, name }] of this.#module.imports.entries()) {
      if (desc.kind !== kind) continue;
      if (left === 0) return this.#imported[k]?.extern(name) ?? null;
      left--;
    }
    return null;
  }

  #own(k: number): Given {
    this.#types ??= exportTypes(this.#module);
    const { kind, index } = known(this.#module.exports[k], 'export');
    return {
      type: known(this.#types[k], 'type of an export'),
      text: printImportType(this.#module, externTypeAt(this.#module, kind, index)),
    };
  }
}

function hostModule(types: ReadonlyMap<string, ExternType>): Exporter {
  return {
    extern(name) {
      const type = types.get(name);
      return type === undefined ? null : { type, text: printClosedType(type) };
    },
  };
}

const HOSTS: ReadonlyMap<string, Exporter> = new Map([
  ['spectest', hostModule(SPECTEST_TYPES)],
  ['thread', hostModule(THREAD_TYPES)],
]);

/** What a name stands for: an instance, or null if its module was refused. */
type Bound = TypedInstance | null;

/** The instances and the registry of one thread of a script. */
export class LinkWorld {
  readonly #instances: Map<string, Bound>;
  readonly #registry = new Map<string, Bound>();
  readonly #readings: Readings;
  #latest: Bound = null;

  constructor(readings: Readings, instances: ReadonlyMap<string, Bound> = new Map()) {
    this.#readings = readings;
    this.#instances = new Map(instances);
  }

  /** Binds an instance of the module (null if it was refused) as the latest and under its identifier. */
  bind(id: string | null, module: Module | null): void {
    this.#latest =
      module === null
        ? null
        : new TypedInstance(
            module,
            module.imports.map((i) => this.#exporter(i.module)),
          );
    if (id !== null) this.#instances.set(id, this.#latest);
  }

  register(as: string, id: string | null): void {
    this.#registry.set(as, id === null ? this.#latest : (this.#instances.get(id) ?? null));
  }

  /** The world of a thread, which has the shared instances alone. */
  thread(shared: readonly string[]): LinkWorld {
    return new LinkWorld(this.#readings, new Map(shared.map((id) => [id, this.#instances.get(id) ?? null])));
  }

  /** Why a valid module cannot be linked; null if it can, as far as types say. */
  problem(module: Module): string | null {
    const wanted = importTypes(module);
    const matching = { ...CLOSED, readings: this.#readings };
    for (const [k, i] of module.imports.entries()) {
      const name = `${JSON.stringify(i.module)} ${JSON.stringify(i.name)}`;
      const given = this.#exporter(i.module)?.extern(i.name) ?? null;
      if (given === null) return `unknown import: ${name}`;
      if (!matchExternType(given.type, known(wanted[k], 'type of an import'), matching))
        return `incompatible import type: ${name} is wanted as ${printImportType(module, i.desc)}, and given as ${given.text}`;
    }
    return null;
  }

  #exporter(module: string): Exporter | null {
    const found = this.#registry.get(module);
    if (found !== undefined) return found;
    return HOSTS.get(module) ?? null;
  }
}
