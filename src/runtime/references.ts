import { assert, known } from '../base/assert.ts';
import type { Addr } from '../event/location.ts';
import type { RefValue, Value } from '../syntax/values.ts';
import { i31Of, isI31 } from '../syntax/values.ts';
import type { DefType } from '../valid/type-ids.ts';
import { valueKey } from './call-start.ts';
import type { FuncInst, TagInst } from './instance.ts';

/**
 * What a reference's id stands for [core 3.0, Values, References]. All of it is immutable: a structure's fields and an array's elements
 * are in the world, at its address. `any.convert_extern` and `extern.convert_any` change no id: a host's reference is the same
 * in both hierarchies.
 */
export type Reference =
  | { readonly kind: 'func'; readonly func: FuncInst }
  | { readonly kind: 'struct'; readonly addr: Addr; readonly type: DefType }
  | { readonly kind: 'array'; readonly addr: Addr; readonly type: DefType; readonly length: number }
  | { readonly kind: 'exn'; readonly tag: TagInst; readonly args: readonly Value[] }
  | { readonly kind: 'waitqueue'; readonly addr: Addr }
  /** Something of the host's; scripts call them by number. */
  | { readonly kind: 'host'; readonly host: unknown };

/**
 * The references of one world. Equal things have equal ids, however often and in whatever execution they come up, so that states and
 * store units can hold ids: functions by key, objects by address (with type and length, since other executions allocate other things
 * there), exceptions by tag and arguments (nothing can tell two equal ones apart). Ids are positive; 0 is null, and negative ones
 * are i31 references, which need no entry (`syntax/values.ts`). A class because the table is hidden.
 */
export class Refs {
  readonly #references: (Reference | null)[] = [null];
  readonly #ofKey = new Map<string, number>();
  readonly #ofAddr = new Map<Addr, number[]>();
  readonly #ofHost = new Map<unknown, number>();

  /** What a reference is to; not for null and i31 references. */
  get(id: number): Reference {
    return known(this.#references[id] ?? undefined, `reference ${id}`);
  }

  /** The same of any number; null if it is no id. */
  find(id: number): Reference | null {
    return this.#references[id] ?? null;
  }

  func(func: FuncInst): RefValue {
    return this.#keyed(`func ${func.key}`, { kind: 'func', func });
  }

  exn(tag: TagInst, args: readonly Value[]): RefValue {
    return this.#keyed(`exn ${tag.key}(${args.map(valueKey).join(',')})`, { kind: 'exn', tag, args });
  }

  host(host: unknown): RefValue {
    let id = this.#ofHost.get(host);
    if (id === undefined) {
      id = this.#add({ kind: 'host', host });
      this.#ofHost.set(host, id);
    }
    return { type: 'ref', id };
  }

  struct(addr: Addr, type: DefType): RefValue {
    return this.#object(addr, { kind: 'struct', addr, type });
  }

  array(addr: Addr, type: DefType, length: number): RefValue {
    return this.#object(addr, { kind: 'array', addr, type, length });
  }

  waitqueue(addr: Addr): RefValue {
    return this.#object(addr, { kind: 'waitqueue', addr });
  }

  /** As outcomes show references: `ref.null`, `ref.i31 3`, `ref.func`, `ref.extern 1`. */
  print(id: number): string {
    if (id === 0) return 'ref.null';
    if (isI31(id)) return `ref.i31 ${i31Of(id)}`;
    const reference = this.get(id);
    return reference.kind === 'host' && typeof reference.host === 'number'
      ? `ref.extern ${reference.host}`
      : `ref.${reference.kind === 'host' ? 'extern' : reference.kind}`;
  }

  #add(reference: Reference): number {
    assert(this.#references.length < 0x7fff_ffff, 'ids are 31 bits');
    return this.#references.push(reference) - 1;
  }

  #keyed(key: string, reference: Reference): RefValue {
    let id = this.#ofKey.get(key);
    if (id === undefined) {
      id = this.#add(reference);
      this.#ofKey.set(key, id);
    }
    return { type: 'ref', id };
  }

  #object(addr: Addr, reference: Extract<Reference, { readonly addr: Addr }>): RefValue {
    let ids = this.#ofAddr.get(addr);
    if (ids === undefined) {
      ids = [];
      this.#ofAddr.set(addr, ids);
    }
    for (const id of ids) if (sameObject(this.get(id), reference)) return { type: 'ref', id };
    const id = this.#add(reference);
    ids.push(id);
    return { type: 'ref', id };
  }
}

function sameObject(a: Reference, b: Reference): boolean {
  switch (a.kind) {
    case 'struct':
      return b.kind === 'struct' && a.type.id === b.type.id;
    case 'array':
      return b.kind === 'array' && a.type.id === b.type.id && a.length === b.length;
    default:
      return a.kind === b.kind;
  }
}
