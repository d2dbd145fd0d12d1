import type { Expr, Immediate, Instr } from '../../../../src/syntax/module.ts';
import type { RefType, StorageType, ValType } from '../../../../src/syntax/types.ts';
import { unpacked } from '../../../../src/syntax/types.ts';
import { isDefaultable } from '../../../../src/syntax/values.ts';
import { type Env, funcShare, index, pair, plain, where } from './environment.ts';
import { abstract, bottomOf, matchHeap, matchRef, refIndex, refTo } from './matching.ts';
import { heapBelow } from './value-types.ts';

/** Constants, and constant expressions of a type. */

/** Some are the ends of their ranges, most are small. */
const I32: readonly number[] = [0, 1, -1, 42, 0x7fff_ffff, -0x8000_0000, 0x8000, -128];
const I64: readonly bigint[] = [0n, 1n, -1n, 0x7fff_ffff_ffff_ffffn, -0x8000_0000_0000_0000n, 0x1_0000_0000n];
/** Zeroes, one, infinities, quiet and signalling NaNs, a subnormal. */
const F32: readonly number[] = [0, 0x3f80_0000, 0x8000_0000, 0x7f80_0000, 0x7fc0_0000, 0xffc0_0001, 0x7f80_0001, 1];
const F64: readonly bigint[] = [
  0n,
  0x3ff0_0000_0000_0000n,
  0x8000_0000_0000_0000n,
  0xfff0_0000_0000_0000n,
  0x7ff8_0000_0000_0000n,
  0x7ff0_0000_0000_0001n,
  0xfff8_0000_dead_beefn,
  1n,
];

export function someConst(env: Env, t: 'i32' | 'i64' | 'f32' | 'f64' | 'v128'): Immediate {
  const { c } = env;
  switch (t) {
    case 'i32':
      return { kind: 'i32', value: c.chance(1, 3) ? Number(BigInt.asIntN(32, c.bits(32))) : c.pick(I32) };
    case 'i64':
      return { kind: 'i64', value: c.chance(1, 3) ? BigInt.asIntN(64, c.bits(64)) : c.pick(I64) };
    case 'f32':
      return { kind: 'f32', bits: c.chance(1, 3) ? Number(c.bits(32)) : c.pick(F32) };
    case 'f64':
      return { kind: 'f64', bits: c.chance(1, 3) ? c.bits(64) : c.pick(F64) };
    case 'v128':
      return { kind: 'v128', bytes: Uint8Array.from({ length: 16 }, () => c.below(256)) };
  }
}

/** Who computes a constant expression. */
export interface ConstantWish {
  /** May it use shared things only? */
  readonly shared: boolean;
  /** The globals that it sees. */
  readonly globals: number;
}

/** A constant expression of a type; null if none was found. */
export function someConstant(env: Env, t: ValType, wish: ConstantWish, depth = 2): Expr | null {
  const { c, features } = env;
  if (c.chance(1, 3)) {
    const globals = where(env.globals.slice(0, wish.globals), (gt, x) => {
      if (gt.mutable || gt.share === 'thread_local' || (wish.shared && gt.share !== 'shared')) return false;
      if (!features.gc && x >= env.imports.filter((i) => i.desc.kind === 'global').length) return false;
      return typeof t === 'string' || typeof gt.content === 'string' ? t === gt.content : matchRef(env, gt.content, t);
    });
    const x = c.maybe(globals);
    if (x !== null) return [plain('global.get', index(x))];
  }
  if (typeof t !== 'string') return someReference(env, t, wish, depth);
  if ((t === 'i32' || t === 'i64') && depth > 0 && features.extendedConst && c.chance(1, 5)) {
    const operands = [someConstant(env, t, wish, depth - 1), someConstant(env, t, wish, depth - 1)];
    return [...operands.flatMap((e) => e ?? []), plain(`${t}.${c.pick(['add', 'sub', 'mul'])}`)];
  }
  return [plain(`${t}.const`, someConst(env, t))];
}

type Maker = () => Expr | null;

function someReference(env: Env, t: RefType, wish: ConstantWish, depth: number): Expr | null {
  const { c, features } = env;
  const makers: Maker[] = [];
  if (t.nullable) makers.push(() => [plain('ref.null', { kind: 'heap-type', heap: nullHeap(env, t) })]);
  const functions = where(env.funcs, ({ type }, f) => {
    const actual = features.gc ? refIndex(type, false) : refTo('func', funcShare(env, f));
    return (!wish.shared || funcShare(env, f) === 'shared') && matchRef(env, actual, t);
  });
  if (functions.length > 0) makers.push(() => [plain('ref.func', index(c.pick(functions)))]);
  if (features.gc && depth > 0) makers.push(...allocations(env, t, wish, depth - 1));
  const first = c.maybe(makers)?.() ?? null;
  if (first !== null) return first;
  return t.nullable ? [plain('ref.null', { kind: 'heap-type', heap: nullHeap(env, t) })] : null;
}

/** What `ref.null` may be annotated with for a null of this type. */
export function nullHeap(env: Env, t: RefType): RefType['heap'] {
  if (env.c.chance(1, 2)) return t.heap;
  if (!env.features.gc) return t.heap;
  return env.c.chance(1, 2) ? bottomOf(env, t.heap) : heapBelow(env, t.heap);
}

function allocations(env: Env, t: RefType, wish: ConstantWish, depth: number): Maker[] {
  const { c, features } = env;
  const makers: Maker[] = [];
  const i31 = (share: 'shared' | 'unshared'): boolean => matchHeap(env, abstract('i31', share), t.heap);
  const number = (op: string): Maker => {
    return () => [...(someConstant(env, 'i32', wish, depth) ?? []), plain(op)];
  };
  if (i31('unshared')) makers.push(number('ref.i31'));
  if (features.sharedI31 && i31('shared')) makers.push(number('ref.i31_shared'));
  if (features.waitQueues && matchHeap(env, abstract('waitqueue', 'shared'), t.heap))
    makers.push(() => [plain('waitqueue.new')]);
  for (const share of ['unshared', 'shared'] as const) {
    for (const [op, from, to] of CONVERSIONS) {
      if (!matchRef(env, refTo(to, share, t.nullable), t)) continue;
      if (!t.nullable && from === 'extern') continue;
      makers.push(() => {
        const operand = someConstant(env, refTo(from, share, t.nullable), wish, depth);
        return operand === null ? null : [...operand, plain(op)];
      });
    }
  }
  const objects = where(env.types, ({ comp }, x) => comp.kind !== 'func' && matchRef(env, refIndex(x, false), t));
  if (objects.length > 0) makers.push(() => someObject(env, c.pick(objects), wish, depth));
  return makers;
}

const CONVERSIONS = [
  ['any.convert_extern', 'extern', 'any'],
  ['extern.convert_any', 'any', 'extern'],
] as const;

export function isDefaultableStorage(st: StorageType): boolean {
  return isDefaultable(unpacked(st));
}

function someObject(env: Env, x: number, wish: ConstantWish, depth: number): Expr | null {
  const { c } = env;
  const comp = env.types[x]?.comp;
  if (comp === undefined || comp.kind === 'func') return null;
  const parts = comp.kind === 'struct' ? comp.fields : [comp.field];
  const defaults = parts.every((ft) => isDefaultableStorage(ft.storage));
  const length = (): Instr => plain('i32.const', { kind: 'i32', value: c.below(4) });
  if (defaults && c.chance(1, 3))
    return [...(comp.kind === 'array' ? [length()] : []), plain(`${comp.kind}.new_default`, index(x))];
  const fixed = comp.kind === 'array' && c.chance(1, 2);
  const fields = fixed ? Array.from({ length: c.below(4) }, () => comp.field) : parts;
  const operands: Instr[] = [];
  for (const { storage } of fields) {
    const operand = someConstant(env, unpacked(storage), wish, depth);
    if (operand === null) return null;
    operands.push(...operand);
  }
  if (fixed) return [...operands, plain('array.new_fixed', pair(x, fields.length))];
  if (comp.kind === 'array') return [...operands, length(), plain('array.new', index(x))];
  return [...operands, plain('struct.new', index(x))];
}
