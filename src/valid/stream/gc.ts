import { abstract, ANY, ARRAY, EXTERN, FIRST_INDEX, FUNC, I16, I31, I32, I8 } from './encoding.ts';
import { isDefaultable, isRef, reference, SHARED, TOP, unpacked, UNSHARED } from './encoding.ts';
import { labelCount, labelTypes, pop, popList, popRepeated, popShared, push, pushList, spend } from './operands.ts';
import { byte, need, refuse, u32 } from './reader.ts';
import { heapType } from './read-types.ts';
import { canonOf, strict, useData, useElem, useType } from './spaces.ts';
import { kindAt, KIND_ARRAY, KIND_FUNC, KIND_STRUCT, matches, placeOf, pool, shareAt, shareOf } from './types.ts';

/** Structures, arrays, i31 and casts: the instructions after 0xFB [core 3.0, Validation, Aggregate and Reference Instructions]. */

function typeRef(x: number, nullable: number): number {
  return reference(FIRST_INDEX + canonOf(x), nullable);
}

/** Where in the pool the field that the immediates name is, its storage type and then its mutability; `lastType` is the type index. */
export function useField(): number {
  lastType = u32();
  const place = useType(lastType, KIND_STRUCT);
  const i = u32();
  if (i >= (pool.items[place + 2] as number)) refuse();
  return place + 4 + 2 * i;
}

/** The same for an array's elements. */
export function useArray(): number {
  lastType = u32();
  return useType(lastType, KIND_ARRAY) + 4;
}

let lastType = 0;

/** The nullable reference to the type that {@link useField} or {@link useArray} read last. */
export function lastRef(): number {
  return typeRef(lastType, 1);
}

function storageAt(field: number): number {
  return pool.items[field] as number;
}

function needMutable(field: number): void {
  if (pool.items[field + 1] === 0) refuse();
}

function isPacked(storage: number): boolean {
  return storage === I8 || storage === I16;
}

/** Elements that bytes of a data segment can be: numbers, vectors, packed. */
function needData(storage: number): void {
  if (isRef(storage)) refuse();
}

/** A heap type that an instruction names. */
export function useHeap(): number {
  const heap = heapType();
  if (strict.on && shareOf(heap) === UNSHARED) refuse();
  return heap;
}

/** The top of a heap type's hierarchy. */
function topOf(heap: number): number {
  if (heap < FIRST_INDEX) return abstract(TOP[heap >> 2] as number, heap & 3);
  const place = placeOf(heap);
  return kindAt(place) === KIND_FUNC ? abstract(FUNC, shareAt(place)) : abstract(ANY, shareAt(place));
}

export function checkGc(opcode: number): void {
  switch (opcode) {
    case 0: // struct.new
    case 1: // struct.new_default
      return structNew(opcode === 1);
    case 2: // struct.get
    case 3: // struct.get_s
    case 4: // struct.get_u
      {
        const storage = storageAt(useField());
        if (isPacked(storage) !== opcode > 2) refuse();
        pop(lastRef());
        return push(unpacked(storage));
      }
    case 5: // struct.set
      {
        const field = useField();
        needMutable(field);
        pop(unpacked(storageAt(field)));
        return pop(lastRef());
      }
    case 6: // array.new
      {
        const storage = storageAt(useArray());
        pop(I32);
        pop(unpacked(storage));
        return push(typeRef(lastType, 0));
      }
    case 7: // array.new_default
      need(isDefaultable(unpacked(storageAt(useArray()))));
      pop(I32);
      return push(typeRef(lastType, 0));
    case 8: // array.new_fixed
      {
        const storage = storageAt(useArray());
        popRepeated(unpacked(storage), u32());
        return push(typeRef(lastType, 0));
      }
    case 9: // array.new_data
      needData(storageAt(useArray()));
      useData(u32());
      pop(I32);
      pop(I32);
      return push(typeRef(lastType, 0));
    case 10: // array.new_elem
      initElem(useArray());
      pop(I32);
      pop(I32);
      return push(typeRef(lastType, 0));
    case 11: // array.get
    case 12: // array.get_s
    case 13: // array.get_u
      {
        const storage = storageAt(useArray());
        if (isPacked(storage) !== opcode > 11) refuse();
        pop(I32);
        pop(lastRef());
        return push(unpacked(storage));
      }
    case 14: // array.set
      {
        const field = useArray();
        needMutable(field);
        pop(unpacked(storageAt(field)));
        pop(I32);
        return pop(lastRef());
      }
    case 15: // array.len
      popShared(ARRAY);
      return push(I32);
    case 16: // array.fill
      {
        const field = useArray();
        needMutable(field);
        pop(I32);
        pop(unpacked(storageAt(field)));
        pop(I32);
        return pop(lastRef());
      }
    case 17: // array.copy
      return arrayCopy();
    case 18: // array.init_data
    case 19: // array.init_elem
      {
        const field = useArray();
        needMutable(field);
        if (opcode === 19) initElem(field);
        else {
          needData(storageAt(field));
          useData(u32());
        }
        pop(I32);
        pop(I32);
        pop(I32);
        return pop(lastRef());
      }
    case 20: // ref.test
    case 21: // ref.test null
      pop(reference(topOf(useHeap()), 1));
      return push(I32);
    case 22: // ref.cast
    case 23: // ref.cast null
      {
        const heap = useHeap();
        pop(reference(topOf(heap), 1));
        return push(reference(heap, opcode & 1));
      }
    case 24: // br_on_cast
    case 25: // br_on_cast_fail
      return castBranch(opcode === 25);
    case 26: // any.convert_extern
      return convert(EXTERN, ANY);
    case 27: // extern.convert_any
      return convert(ANY, EXTERN);
    case 28: // ref.i31
      if (strict.on) refuse();
      pop(I32);
      return push(reference(abstract(I31, UNSHARED), 0));
    case 29: // i31.get_s
    case 30: // i31.get_u
      popShared(I31);
      return push(I32);
    case 31: // ref.i31_shared
      pop(I32);
      return push(reference(abstract(I31, SHARED), 0));
    default:
      return refuse();
  }
}

function structNew(byDefault: boolean): void {
  const x = u32();
  const place = useType(x, KIND_STRUCT);
  const { items } = pool;
  const n = items[place + 2] as number;
  spend(n);
  for (let i = place + 4 + 2 * (n - 1); i >= place + 4; i -= 2) {
    const t = unpacked(items[i] as number);
    if (!byDefault) pop(t);
    else if (!isDefaultable(t)) refuse();
  }
  push(typeRef(x, 0));
}

function initElem(field: number): void {
  const t = storageAt(field);
  const elem = useElem(u32());
  if (!isRef(t) || !matches(elem, t)) refuse();
}

function arrayCopy(): void {
  const to = useArray();
  const toRef = lastRef();
  needMutable(to);
  const from = useArray();
  const fromRef = lastRef();
  if (storageAt(from) !== storageAt(to) && !matches(storageAt(from), storageAt(to))) refuse();
  pop(I32);
  pop(I32);
  pop(fromRef);
  pop(I32);
  pop(toRef);
}

/** br_on_cast l rt1 rt2, where rt2 matches rt1; the branch takes rt2, or rt1 without rt2 where it is taken on failure. */
function castBranch(onFailure: boolean): void {
  const flags = byte();
  if (flags > 3) refuse();
  const label = u32();
  const from = reference(useHeap(), flags & 1);
  const to = reference(useHeap(), flags >> 1);
  if (!matches(to, from)) refuse();
  const rest = (flags & 2) !== 0 ? from & ~1 : from;
  const n = labelCount(label);
  const types = labelTypes(label);
  if (n === 0 || !matches(onFailure ? rest : to, pool.items[types + n - 1] as number)) refuse();
  pop(from);
  popList(types, n - 1);
  pushList(types, n - 1);
  push(onFailure ? to : rest);
}

/** any.convert_extern and extern.convert_any keep share and nullability. */
function convert(from: number, to: number): void {
  const { share, nullable } = popShared(from);
  push(reference(abstract(to, share), nullable));
}
