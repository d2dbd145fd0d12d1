import { FIRST_INDEX, heapOf, isRef, reference, UNSHARED } from './encoding.ts';
import { byte, input, need, refuse, u32 } from './reader.ts';
import { FIRST_MEMBER, indices, storageType, supertypeHeap, valType } from './read-types.ts';
import { HashTable, IntList } from './scratch.ts';
import { addToHierarchy, canons, isFinalAt, isShareable, kindAt, KIND_ARRAY, KIND_FUNC } from './types.ts';
import { KIND_STRUCT, matches, places, placeOf, pool, shareAt } from './types.ts';

/**
 * The type section: each recursive group is read into the pool with its members numbered relatively, which is its key; a group with the key of an
 * earlier one is that group again [core 3.0, Validation, Types and Appendix, Type System Properties: iso-recursive equivalence].
 */

/** Groups by key: the first type index, and where the key is in the pool. */
const groups = new HashTable();
const firsts = new IntList();
const keys = new IntList();
const keyLengths = new IntList();

export function readTypeSection(): void {
  groups.clear();
  for (const list of [firsts, keys, keyLengths]) list.clear();
  for (let n = u32(); n > 0; n--) readGroup();
}

function readGroup(): void {
  const first = places.length;
  let size = 1;
  need(input.pos < input.end);
  if (input.bytes[input.pos] === 0x4e) {
    input.pos++;
    size = u32();
  }
  // A member takes two bytes and more.
  if (size > input.end - input.pos || first + size >= 1 << 26) refuse();
  indices.finished = first;
  indices.known = first + size;
  indices.recursive = false;
  const key = pool.length;
  for (let i = 0; i < size; i++) readSubType(first + i);
  if (size > 0) finishGroup(first, size, key);
  indices.finished = first + size;
  indices.known = first + size;
}

function readSubType(x: number): void {
  const place = pool.length;
  places.push(place);
  pool.push(0);
  pool.push(-1);
  pool.push(0);
  pool.push(0);
  let final = 1;
  let code = byte();
  if (code === 0x50 || code === 0x4f) {
    final = code === 0x4f ? 1 : 0;
    const supers = u32();
    if (supers > 1) refuse();
    if (supers === 1) {
      const y = u32();
      if (y >= x) refuse();
      pool.items[place + 1] = supertypeHeap(y);
    }
    code = byte();
  }
  let share = 0;
  if (code === 0x65) {
    share = 1;
    code = byte();
  }
  const kind = 0x60 - code;
  pool.items[place] = kind | (share << 2) | (final << 3);
  if (kind === KIND_FUNC) {
    // Reading may move the pool: the counts are written afterwards.
    const [m, n] = [readTypes(), readTypes()];
    pool.items[place + 2] = m;
    pool.items[place + 3] = n;
  } else if (kind === KIND_STRUCT) {
    const n = u32();
    for (let i = 0; i < n; i++) readField();
    pool.items[place + 2] = n;
  } else if (kind === KIND_ARRAY) {
    readField();
    pool.items[place + 2] = 1;
  } else {
    refuse();
  }
}

function readTypes(): number {
  const n = u32();
  for (let i = 0; i < n; i++) pool.push(valType());
  return n;
}

function readField(): void {
  pool.push(storageType());
  const mutable = byte();
  if (mutable > 1) refuse();
  pool.push(mutable);
}

function finishGroup(first: number, size: number, key: number): void {
  const length = pool.length - key;
  let hash = length ^ size;
  for (let i = key; i < pool.length; i++)
    hash = Math.imul(hash ^ (pool.items[i] as number), 0x0100_0193) ^ (hash >>> 13);
  const earlier = findGroup(hash, key, length);
  if (earlier >= 0) {
    pool.length = key;
    for (let i = 0; i < size; i++) {
      canons.push(earlier + i);
      places.items[first + i] = places.at(earlier + i);
      addToHierarchy(-1);
    }
    return;
  }
  groups.add(hash, firsts.length);
  firsts.push(first);
  keys.push(key);
  keyLengths.push(length);
  for (let i = 0; i < size; i++) canons.push(first + i);
  if (indices.recursive) resolveGroup(first, size, key);
  for (let i = 0; i < size; i++) {
    const parent = pool.items[places.at(first + i) + 1] as number;
    addToHierarchy(parent < 0 ? -1 : parent - FIRST_INDEX);
  }
  for (let i = 0; i < size; i++) checkType(places.at(first + i));
}

/** The first type of an earlier group with this key; -1 if there is none. Keys tell where their members begin, so sizes need no comparison. */
function findGroup(hash: number, key: number, length: number): number {
  const { items } = pool;
  for (let slot = groups.first(hash); ; slot = groups.next(hash, slot)) {
    const g = groups.value(slot);
    if (g < 0) return -1;
    if (keyLengths.at(g) !== length) continue;
    const other = keys.at(g);
    let i = 0;
    while (i < length && items[other + i] === items[key + i]) i++;
    if (i === length) return firsts.at(g);
  }
}

/** Copies the group behind its key, its members' indices made absolute. */
function resolveGroup(first: number, size: number, key: number): void {
  const end = pool.length;
  const resolved = (heap: number): number => (heap >= FIRST_MEMBER ? heap - FIRST_MEMBER + FIRST_INDEX + first : heap);
  const copyType = (t: number): void => pool.push(isRef(t) ? reference(resolved(heapOf(t)), t & 1) : t);
  let p = key;
  for (let i = 0; i < size; i++) {
    places.items[first + i] = pool.length;
    const kind = kindAt(p);
    const n =
      kind === KIND_FUNC
        ? (pool.items[p + 2] as number) + (pool.items[p + 3] as number)
        : (pool.items[p + 2] as number);
    pool.push(pool.items[p] as number);
    pool.push(resolved(pool.items[p + 1] as number));
    pool.push(pool.items[p + 2] as number);
    pool.push(pool.items[p + 3] as number);
    p += 4;
    for (let k = 0; k < n; k++) {
      copyType(pool.items[p++] as number);
      if (kind !== KIND_FUNC) pool.push(pool.items[p++] as number);
    }
  }
  need(p === end);
}

/** Subtype_ok and Comptype_ok, of the type described at `p`. */
function checkType(p: number): void {
  const { items } = pool;
  const kind = kindAt(p);
  const m = items[p + 2] as number;
  const n = items[p + 3] as number;
  if (shareAt(p) !== UNSHARED) {
    const step = kind === KIND_FUNC ? 1 : 2;
    const end = p + 4 + (m + n) * step;
    for (let i = p + 4; i < end; i += step) if (!isShareable(items[i] as number)) refuse();
  }
  const parent = items[p + 1] as number;
  if (parent < 0) return;
  const q = placeOf(parent);
  if (isFinalAt(q) || kindAt(q) !== kind || shareAt(q) !== shareAt(p)) refuse();
  const k = items[q + 2] as number;
  if (kind !== KIND_FUNC) {
    if (m < k) refuse();
    for (let i = 4; i < 4 + 2 * k; i += 2) checkField(p + i, q + i);
    return;
  }
  if (m !== k || n !== items[q + 3]) refuse();
  for (let i = 4; i < 4 + m; i++) if (!matches(items[q + i] as number, items[p + i] as number)) refuse();
  for (let i = 4 + m; i < 4 + m + n; i++) if (!matches(items[p + i] as number, items[q + i] as number)) refuse();
}

/** Fieldtype_sub: a mutable field is invariant. */
function checkField(p: number, q: number): void {
  const { items } = pool;
  const mutable = items[p + 1];
  if (mutable !== items[q + 1]) refuse();
  if (mutable === 1 ? items[p] !== items[q] : !matches(items[p] as number, items[q] as number)) refuse();
}
