import { EXN, FIRST_INDEX, FUNC, I16, I8, NONE, abstract, reference, SHARED, UNSHARED } from './encoding.ts';
import { ANY, ARRAY, EQ, EXTERN, F32, F64, I31, I32, I64, NOFUNC, STRUCT, V128, WAITQUEUE } from './encoding.ts';
import { byte, index33, input, need, refuse } from './reader.ts';
import { canons } from './types.ts';

/** Value types and heap types [core 3.0, Binary Format, Types; shared-everything-threads overview, Binary Format]. */

/** Marks a byte that encodes no type. */
const NO_TYPE = 0xff;

/** The abstract heap type that a byte encodes. */
const HEAP_NAME: Uint8Array = new Uint8Array(256).fill(NO_TYPE);
for (const [code, name] of [
  [0x6e, ANY],
  [0x6d, EQ],
  [0x6c, I31],
  [0x6b, STRUCT],
  [0x6a, ARRAY],
  [0x71, NONE],
  [0x70, FUNC],
  [0x73, NOFUNC],
  [0x6f, EXTERN],
  [0x72, EXTERN + 1],
  [0x69, EXN],
  [0x74, EXN + 1],
  [0x68, WAITQUEUE],
  [0x5c, WAITQUEUE],
  [0x67, WAITQUEUE + 1],
] as const) {
  HEAP_NAME[code] = name;
}

/** The number or vector type that a byte encodes. */
const DATA_TYPE: Uint8Array = new Uint8Array(256).fill(NO_TYPE);
for (const [code, type] of [
  [0x7f, I32],
  [0x7e, I64],
  [0x7d, F32],
  [0x7c, F64],
  [0x7b, V128],
] as const) {
  DATA_TYPE[code] = type;
}

/** What type indices mean where a type is read: while a recursive group is, its own members come after all others. */
export const indices = {
  /** Indices below are of finished types. */
  finished: 0,
  /** Indices below are of the group being read. */
  known: 0,
  /** Whether a member of the group was mentioned in it. */
  recursive: false,
};

/** In a group that is being read, heap types from here on are its own members, counted from its first. */
export const FIRST_MEMBER: number = FIRST_INDEX + (1 << 26);

function indexHeap(x: number): number {
  if (x < indices.finished) return FIRST_INDEX + canons.at(x);
  if (x >= indices.known) refuse();
  indices.recursive = true;
  return FIRST_MEMBER + x - indices.finished;
}

export function supertypeHeap(x: number): number {
  return indexHeap(x);
}

function abstractHeap(first: number): number {
  let share = UNSHARED;
  let code = first;
  if (code === 0x65) {
    share = SHARED;
    code = byte();
  }
  const name = HEAP_NAME[code] as number;
  if (name === NO_TYPE) refuse();
  return abstract(name, share);
}

export function heapType(): number {
  need(input.pos < input.end);
  const code = input.bytes[input.pos] as number;
  if (code >= 0x80 || code < 0x40) return indexHeap(index33());
  input.pos++;
  return abstractHeap(code);
}

/** The reference type that begins with the byte `code`, which has been read. */
function refTypeFrom(code: number): number {
  if (code === 0x63 || code === 0x64) return reference(heapType(), code === 0x63 ? 1 : 0);
  return reference(abstractHeap(code), 1);
}

export function refType(): number {
  return refTypeFrom(byte());
}

/** The value type that begins with the byte `code`, which has been read. */
export function valTypeFrom(code: number): number {
  const t = DATA_TYPE[code] as number;
  return t === NO_TYPE ? refTypeFrom(code) : t;
}

export function valType(): number {
  return valTypeFrom(byte());
}

/** Reads a value type that may mention what does not exist, and is of no use. */
export function anyValType(): number {
  const { known } = indices;
  indices.known = Infinity;
  const t = valType();
  indices.known = known;
  return t;
}

export function storageType(): number {
  const code = byte();
  if (code === 0x78) return I8;
  if (code === 0x77) return I16;
  return valTypeFrom(code);
}
