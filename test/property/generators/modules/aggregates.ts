import type { CompType, FieldType, RefType, StorageType, ValType } from '../../../../src/syntax/types.ts';
import { isPacked, unpacked } from '../../../../src/syntax/types.ts';
import type { Body, Inst } from './body.ts';
import { isDefaultableStorage } from './constants.ts';
import { someShare } from './control.ts';
import { addType, index, NO_IMM, pair, typesWhere } from './environment.ts';
import { someData } from './instances.ts';
import { matchRef, refIndex, refTo } from './matching.ts';
import { elemFor } from './tables.ts';

/** Instances of instructions on structures and arrays. */

type Struct = Extract<CompType, { kind: 'struct' }>;
type Holds = (ft: FieldType) => boolean;

/** An array type with a fitting element; one of `make` is made if there is none. */
export function someArray(b: Body, holds: Holds, make: FieldType, want?: ValType): number | null {
  const { env } = b;
  const fits = typesWhere(env, 'array', ({ field }, share) => (!b.shared || share === 'shared') && holds(field));
  const found = env.c.maybe(fits.filter((x) => gives(b, x, want)));
  if (found !== null) return found;
  if (want !== undefined || !env.c.chance(1, 2)) return null;
  return addType(env, { final: true, supers: [], share: shareFor(b, make), comp: { kind: 'array', field: make } });
}

function someStruct(b: Body, holds: (comp: Struct) => boolean, make: FieldType, want?: ValType): number | null {
  const { env } = b;
  const fits = typesWhere(env, 'struct', (comp, share) => (!b.shared || share === 'shared') && holds(comp));
  const found = env.c.maybe(fits.filter((x) => gives(b, x, want)));
  if (found !== null) return found;
  if (want !== undefined || !env.c.chance(1, 2)) return null;
  return addType(env, { final: true, supers: [], share: shareFor(b, make), comp: { kind: 'struct', fields: [make] } });
}

function gives(b: Body, x: number, want: ValType | undefined): boolean {
  return typeof want !== 'object' || matchRef(b.env, refIndex(x, false), want);
}

/** A share that a type with this field may have and the body may use. */
function shareFor(b: Body, { storage }: FieldType): 'shared' | 'unshared' {
  if (b.shared) return 'shared';
  return typeof storage === 'string' ? someShare(b) : 'unshared';
}

/** A struct type and one of its fields that satisfies a condition. */
export function someField(
  b: Body,
  holds: Holds,
  make: FieldType,
): { readonly x: number; readonly y: number; readonly field: FieldType } | null {
  const x = someStruct(b, ({ fields }) => fields.some(holds), make);
  if (x === null) return null;
  const comp = b.env.types[x]?.comp;
  if (comp?.kind !== 'struct') return null;
  const y = b.env.c.maybe(comp.fields.flatMap((ft, i) => (holds(ft) ? [i] : [])));
  const field = comp.fields[y ?? 0];
  return y === null || field === undefined ? null : { x, y, field };
}

export function arrayField(b: Body, x: number): FieldType {
  const comp = b.env.types[x]?.comp;
  if (comp?.kind !== 'array') throw new RangeError(`type ${x} is no array`);
  return comp.field;
}

const MUTABLE_I32: FieldType = { mutable: true, storage: 'i32' };

export function aggregateInstance(b: Body, op: string, want?: ValType): Inst | null {
  if (op.startsWith('struct.')) return structInstance(b, op, want);
  if (op === 'array.len') return { op, imm: NO_IMM, params: [refTo('array', someShare(b))], results: ['i32'] };
  if (op.startsWith('array.new')) return newArray(b, op, want);
  return op.startsWith('array.') ? arrayInstance(b, op) : null;
}

function isPackedField(ft: FieldType): boolean {
  return isPacked(ft.storage);
}

function structInstance(b: Body, op: string, want?: ValType): Inst | null {
  const { env } = b;
  switch (op) {
    case 'struct.new': {
      const x = someStruct(b, () => true, MUTABLE_I32, want);
      const comp = x === null ? undefined : env.types[x]?.comp;
      if (x === null || comp?.kind !== 'struct') return null;
      return {
        op,
        imm: index(x),
        params: comp.fields.map((ft) => unpacked(ft.storage)),
        results: [refIndex(x, false)],
      };
    }
    case 'struct.new_default': {
      const defaults = ({ fields }: Struct): boolean => fields.every((ft) => isDefaultableStorage(ft.storage));
      const x = someStruct(b, defaults, MUTABLE_I32, want);
      return x === null ? null : { op, imm: index(x), params: [], results: [refIndex(x, false)] };
    }
    case 'struct.get':
    case 'struct.get_s':
    case 'struct.get_u': {
      const packed = op !== 'struct.get';
      const make: FieldType = { mutable: true, storage: packed ? 'i8' : 'i64' };
      const found = someField(b, (ft) => isPackedField(ft) === packed, make);
      if (found === null) return null;
      const { x, y, field } = found;
      return { op, imm: pair(x, y), params: [refIndex(x)], results: [unpacked(field.storage)] };
    }
    case 'struct.set': {
      const found = someField(b, (ft) => ft.mutable, MUTABLE_I32);
      if (found === null) return null;
      const { x, y, field } = found;
      return { op, imm: pair(x, y), params: [refIndex(x), unpacked(field.storage)], results: [] };
    }
    default:
      return null;
  }
}

function isPlainData(st: StorageType): boolean {
  return typeof st === 'string';
}

function newArray(b: Body, op: string, want?: ValType): Inst | null {
  const { env } = b;
  const choose = (holds: Holds, make: FieldType = MUTABLE_I32): number | null => someArray(b, holds, make, want);
  const result = (x: number): RefType[] => [refIndex(x, false)];
  switch (op) {
    case 'array.new': {
      const x = choose(() => true);
      if (x === null) return null;
      return { op, imm: index(x), params: [unpacked(arrayField(b, x).storage), 'i32'], results: result(x) };
    }
    case 'array.new_default': {
      const x = choose((ft) => isDefaultableStorage(ft.storage));
      return x === null ? null : { op, imm: index(x), params: ['i32'], results: result(x) };
    }
    case 'array.new_fixed': {
      const x = choose(() => true);
      if (x === null) return null;
      const n = env.c.below(4);
      const params = Array.from({ length: n }, () => unpacked(arrayField(b, x).storage));
      return { op, imm: pair(x, n), params, results: result(x) };
    }
    case 'array.new_data': {
      const x = choose((ft) => isPlainData(ft.storage), { mutable: true, storage: 'i8' });
      const y = x === null ? null : someData(b);
      return x === null || y === null ? null : { op, imm: pair(x, y), params: ['i32', 'i32'], results: result(x) };
    }
    default: {
      const x = choose((ft) => !isPlainData(ft.storage), references(b));
      const y = x === null ? null : elemOf(b, x);
      return x === null || y === null ? null : { op, imm: pair(x, y), params: ['i32', 'i32'], results: result(x) };
    }
  }
}

function references(b: Body): FieldType {
  return { mutable: true, storage: refTo('func', b.shared ? 'shared' : 'unshared') };
}

function elemOf(b: Body, x: number): number | null {
  const { storage } = arrayField(b, x);
  return typeof storage === 'string' ? null : elemFor(b, storage);
}

function arrayInstance(b: Body, op: string): Inst | null {
  switch (op) {
    case 'array.get':
    case 'array.get_s':
    case 'array.get_u': {
      const packed = op !== 'array.get';
      const x = someArray(b, (ft) => isPackedField(ft) === packed, { mutable: true, storage: packed ? 'i16' : 'i32' });
      if (x === null) return null;
      return { op, imm: index(x), params: [refIndex(x), 'i32'], results: [unpacked(arrayField(b, x).storage)] };
    }
    case 'array.set':
    case 'array.fill': {
      const x = someArray(b, (ft) => ft.mutable, MUTABLE_I32);
      if (x === null) return null;
      const more: ValType[] = op === 'array.fill' ? ['i32'] : [];
      return {
        op,
        imm: index(x),
        params: [refIndex(x), 'i32', unpacked(arrayField(b, x).storage), ...more],
        results: [],
      };
    }
    case 'array.copy': {
      const x = someArray(b, (ft) => ft.mutable, MUTABLE_I32);
      if (x === null) return null;
      const to = arrayField(b, x).storage;
      const y = someArray(b, ({ storage }) => matchStorage(b, storage, to), { mutable: true, storage: to });
      if (y === null || !matchStorage(b, arrayField(b, y).storage, to)) return null;
      return { op, imm: pair(x, y), params: [refIndex(x), 'i32', refIndex(y), 'i32', 'i32'], results: [] };
    }
    case 'array.init_data': {
      const x = someArray(b, (ft) => ft.mutable && isPlainData(ft.storage), MUTABLE_I32);
      const y = x === null ? null : someData(b);
      if (x === null || y === null) return null;
      return { op, imm: pair(x, y), params: [refIndex(x), 'i32', 'i32', 'i32'], results: [] };
    }
    case 'array.init_elem': {
      const x = someArray(b, (ft) => ft.mutable && !isPlainData(ft.storage), references(b));
      const y = x === null ? null : elemOf(b, x);
      if (x === null || y === null) return null;
      return { op, imm: pair(x, y), params: [refIndex(x), 'i32', 'i32', 'i32'], results: [] };
    }
    default:
      return null;
  }
}

function matchStorage(b: Body, from: StorageType, to: StorageType): boolean {
  if (typeof from === 'string' || typeof to === 'string') return from === to;
  return matchRef(b.env, from, to);
}
