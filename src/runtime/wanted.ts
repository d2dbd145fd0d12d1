import { assertNever } from '../base/assert.ts';
import type { WriteAction } from '../event/action.ts';
import type { Addr } from '../event/location.ts';
import { regionOf } from '../event/location.ts';
import { unitAt } from '../event/units.ts';
import type { Readings } from '../syntax/readings.ts';
import type { FuncType, HeapType, RefType, Share, StorageType } from '../syntax/types.ts';
import { plainType, unpacked } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import { defaultValue, i31Id } from '../syntax/values.ts';
import type { DefType } from '../valid/type-ids.ts';
import { definedType, soleType } from '../valid/type-ids.ts';
import type { ExternType } from '../valid/types.ts';
import type { ExternVal, HostFuncInst } from './instance.ts';
import { allocGlobal, allocMemory, allocTable } from './allocate.ts';
import type { Refs } from './references.ts';
import { toStorage } from './value-units.ts';

/**
 * Things of a wanted type, as a hospitable host would make them. The shared-everything proposal's scripts import names from `spectest` that no
 * published host module defines, since they are there to be type-checked; a script's module gets them by their type.
 */

/** Where what is made is allocated. */
export interface Making {
  /** Unique: makes the keys of functions and tags. */
  readonly key: string;
  readonly refs: Refs;
  readonly fresh: () => Addr;
  readonly writes: WriteAction[];
  readonly readings: Readings;
}

/** Whether the type has to do with sharing: no other suite imports what nothing defines. */
export function mentionsShared(type: ExternType): boolean {
  switch (type.kind) {
    case 'func':
    case 'tag':
    case 'memory':
    case 'global':
      return type.type.share === 'shared';
    case 'table': {
      const { heap } = type.type.elem;
      const share = heap.kind === 'index' ? definedType(heap.type).share : heap.share;
      return type.type.share === 'shared' || share === 'shared';
    }
    default:
      return assertNever(type);
  }
}

/** A thing of this type; null if there can be none, since its type has no values. */
export function makeWanted(type: ExternType, making: Making): ExternVal | null {
  switch (type.kind) {
    case 'func':
      return { kind: 'func', func: idle(type.type, making) };
    case 'memory':
      return { kind: 'memory', memory: allocMemory(making.fresh(), type.type, making.writes) };
    case 'table': {
      const value = valueOf(type.type.elem, making);
      if (value?.type !== 'ref') return null;
      return { kind: 'table', table: allocTable(making.fresh(), type.type, making.writes, value.id) };
    }
    case 'global': {
      const { content } = type.type;
      const value = valueOf(content, making);
      if (value === null) return null;
      return { kind: 'global', global: allocGlobal(making.fresh(), type.type, value, making.writes, making.readings) };
    }
    case 'tag': {
      const { comp } = type.type;
      return comp.kind === 'func'
        ? { kind: 'tag', tag: { key: `${making.key}:tag`, type: type.type, params: comp.params } }
        : null;
    }
    default:
      return assertNever(type);
  }
}

/** A host function that does nothing; its results are defaults where there are any. */
function idle(closed: DefType, { key }: Making): HostFuncInst {
  const type = closed.comp as FuncType;
  const call = (): readonly Value[] => type.results.map((t) => defaultValue(t));
  return { kind: 'host', key: `${key}:${closed.id}`, share: closed.share, type, closed, name: key, call };
}

/** `inside`: the structures in the making, none of which can be a part of itself. */
function valueOf(t: StorageType, making: Making, inside: readonly DefType[] = []): Value | null {
  const type = unpacked(t);
  if (typeof type === 'string' || type.nullable) return defaultValue(type);
  return referenceOf(type, making, inside);
}

function referenceOf({ heap }: RefType, making: Making, inside: readonly DefType[]): Value | null {
  return heap.kind === 'index' ? objectOf(definedType(heap.type), making, inside) : abstractOf(heap, making);
}

function abstractOf({ name, share }: Extract<HeapType, { kind: 'abstract' }>, making: Making): Value | null {
  const { refs } = making;
  switch (name) {
    case 'any':
    case 'extern':
      return refs.host(making.key);
    case 'eq':
    case 'i31':
      return { type: 'ref', id: i31Id(0) };
    case 'struct':
      return objectOf(soleType(plainType({ kind: 'struct', fields: [] }, share)), making);
    case 'array':
      return objectOf(soleType(plainType({ kind: 'array', field: { mutable: false, storage: 'i8' } }, share)), making);
    case 'func':
      return refs.func(idle(emptyFunc(share), making));
    case 'exn':
      return refs.exn({ key: `${making.key}:exn`, type: emptyFunc(share), params: [] }, []);
    case 'waitqueue':
      return share === 'shared' ? refs.waitqueue(making.fresh()) : null;
    case 'none':
    case 'nofunc':
    case 'noextern':
    case 'noexn':
    case 'nowaitqueue':
      return null;
    default:
      return assertNever(name);
  }
}

function emptyFunc(share: Share): DefType {
  return soleType(plainType({ kind: 'func', params: [], results: [] }, share));
}

function objectOf(type: DefType, making: Making, inside: readonly DefType[] = []): Value | null {
  if (inside.includes(type)) return null;
  const { refs, fresh, writes } = making;
  switch (type.comp.kind) {
    case 'func':
      return refs.func(idle(type, making));
    case 'array':
      return refs.array(fresh(), type, 0);
    case 'struct': {
      const written: number[] = [];
      for (const { storage } of type.comp.fields) {
        const value = valueOf(storage, making, [...inside, type]);
        if (value === null) return null;
        const units = toStorage(storage, value);
        for (let i = 0; i < units.length; i++) written.push(unitAt(units, i));
      }
      const addr = fresh();
      const init = { offset: 0, size: written.length, order: 'init', tearFree: true, written } as const;
      if (written.length > 0) writes.push({ kind: 'wr', region: regionOf(addr, 'fields'), ...init });
      return refs.struct(addr, type);
    }
    default:
      return assertNever(type.comp);
  }
}
