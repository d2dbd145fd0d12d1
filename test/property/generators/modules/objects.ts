import { NOWHERE } from '../../../../src/base/span.ts';
import type { RefType, ValType } from '../../../../src/syntax/types.ts';
import { unpacked } from '../../../../src/syntax/types.ts';
import { type Body, produceAll } from './body.ts';
import { isDefaultableStorage } from './constants.ts';
import { addTag } from './definitions.ts';
import {
  addType,
  funcShare,
  funcType,
  funcTypeIndex,
  index,
  NO_IMM,
  pair,
  plain,
  suits,
  where,
} from './environment.ts';
import { abstract, matchHeap, matchRef, ref, refIndex, refTo } from './matching.ts';

/** References that are not null, made where they are wanted. */

type Maker = () => boolean;

const MOST_FUNCTIONS = 12;

/** Puts a reference that is not null on the stack; false, and nothing is done, if none of this type can be made here. */
export function makeObject(b: Body, t: RefType, depth: number): boolean {
  if (depth < 0) return false;
  const makers = [...simple(b, t), ...objects(b, t, depth), ...conversions(b, t, depth), ...exceptions(b, t)];
  // A few tries: a maker may find that it lacks something.
  for (let tries = 0; tries < 3 && makers.length > 0; tries++) if (b.env.c.pick(makers)()) return true;
  return false;
}

function give(b: Body, op: string, imm: Parameters<typeof plain>[1], operands: number, result: ValType): boolean {
  b.out.push(plain(op, imm));
  b.ops.length -= operands;
  b.ops.push(result);
  return true;
}

function simple(b: Body, t: RefType): Maker[] {
  const { env } = b;
  const { features } = env;
  const makers: Maker[] = [];
  const number = (op: string, share: 'shared' | 'unshared'): Maker => {
    return () => {
      produceAll(b, ['i32'], 0);
      return give(b, op, NO_IMM, 1, refTo('i31', share, false));
    };
  };
  const below = (name: 'i31' | 'waitqueue', share: 'shared' | 'unshared'): boolean =>
    matchHeap(env, abstract(name, share), t.heap);
  if (features.gc && !b.shared && below('i31', 'unshared')) makers.push(number('ref.i31', 'unshared'));
  if (features.sharedI31 && below('i31', 'shared')) makers.push(number('ref.i31_shared', 'shared'));
  if (features.waitQueues && below('waitqueue', 'shared'))
    makers.push(() => give(b, 'waitqueue.new', NO_IMM, 0, refTo('waitqueue', 'shared', false)));
  const actual = (f: number): RefType =>
    features.gc ? refIndex(env.funcs[f]?.type ?? 0, false) : refTo('func', funcShare(env, f));
  const share = b.shared ? 'shared' : 'unshared';
  const functions = where(env.funcs, (_, f) => suits(env, share, actual(f)) && matchRef(env, actual(f), t));
  const type = functionType(b, t);
  if (functions.length > 0 || (type !== null && env.funcs.length < MOST_FUNCTIONS))
    makers.push(() => {
      const f = env.c.maybe(functions) ?? env.funcs.push({ type: type ?? 0, imported: false, made: null }) - 1;
      env.referenced.add(f);
      return give(b, 'ref.func', index(f), 0, actual(f));
    });
  return makers;
}

/** The type of a function to refer to, if `t` is of functions. */
function functionType({ env }: Body, t: RefType): number | null {
  const { heap } = t;
  if (heap.kind === 'index') return env.types[heap.type]?.comp.kind === 'func' ? heap.type : null;
  return heap.name === 'func' ? funcTypeIndex(env, [], ['i32'], heap.share) : null;
}

/** Structures and arrays. */
function objects(b: Body, t: RefType, depth: number): Maker[] {
  const { env } = b;
  const types = where(
    env.types,
    ({ comp, share }, x) =>
      comp.kind !== 'func' && (!b.shared || share === 'shared') && matchRef(env, refIndex(x, false), t),
  );
  if (types.length === 0 && t.heap.kind === 'abstract' && suits(env, b.shared ? 'shared' : 'unshared', t)) {
    const { name, share } = t.heap;
    const field = { mutable: true, storage: 'i32' } as const;
    const comp =
      name === 'array' ? ({ kind: 'array', field } as const) : ({ kind: 'struct', fields: [field] } as const);
    if (env.features.gc && ['any', 'eq', 'struct', 'array'].includes(name))
      types.push(addType(env, { final: true, supers: [], share, comp }));
  }
  return types.map((x) => () => makeOf(b, x, depth));
}

function makeOf(b: Body, x: number, depth: number): boolean {
  const { env } = b;
  const { c } = env;
  const comp = env.types[x]?.comp;
  if (comp === undefined || comp.kind === 'func') return false;
  const parts = comp.kind === 'struct' ? comp.fields : [comp.field];
  const defaults = parts.every((ft) => isDefaultableStorage(ft.storage));
  const result = refIndex(x, false);
  if (defaults && (depth === 0 || c.chance(1, 2))) {
    if (comp.kind === 'struct') return give(b, 'struct.new_default', index(x), 0, result);
    b.out.push(plain('i32.const', { kind: 'i32', value: 3 + c.below(3) }));
    b.ops.push('i32');
    return give(b, 'array.new_default', index(x), 1, result);
  }
  if (depth === 0) return false;
  const fields = comp.kind === 'array' ? Array.from({ length: 3 + c.below(2) }, () => comp.field) : comp.fields;
  const types = fields.map((ft) => unpacked(ft.storage));
  const before = { out: b.out.length, ops: b.ops.length };
  for (const type of types) {
    if (putPart(b, type, depth - 1)) continue;
    b.out.length = before.out;
    b.ops.length = before.ops;
    return false;
  }
  return comp.kind === 'array'
    ? give(b, 'array.new_fixed', pair(x, fields.length), fields.length, result)
    : give(b, 'struct.new', index(x), fields.length, result);
}

function putPart(b: Body, t: ValType, depth: number): boolean {
  if (typeof t === 'string') produceAll(b, [t], 0);
  else if (!t.nullable || b.env.c.chance(1, 2)) {
    if (makeObject(b, t, depth)) return true;
    return t.nullable && putNull(b, t);
  } else return putNull(b, t);
  return true;
}

function putNull(b: Body, { heap }: RefType): boolean {
  return give(b, 'ref.null', { kind: 'heap-type', heap }, 0, ref(heap));
}

function conversions(b: Body, t: RefType, depth: number): Maker[] {
  if (!b.env.features.gc) return [];
  return (['unshared', 'shared'] as const).flatMap((share): Maker[] => {
    if (b.shared && share === 'unshared') return [];
    if (!matchHeap(b.env, abstract('extern', share), t.heap)) return [];
    return [
      () =>
        makeObject(b, refTo('any', share, false), depth - 1) &&
        give(b, 'extern.convert_any', NO_IMM, 1, refTo('extern', share, false)),
    ];
  });
}

/** An exception is caught as soon as it is thrown, by a block that its reference leaves. */
function exceptions(b: Body, t: RefType): Maker[] {
  const { env } = b;
  if (!env.features.exceptions) return [];
  return (['unshared', 'shared'] as const).flatMap((share): Maker[] => {
    if ((b.shared && share === 'unshared') || !matchHeap(env, abstract('exn', share), t.heap)) return [];
    return [
      () => {
        const bare = where(env.tags, (type) => {
          const ft = funcType(env, type);
          return ft.params.length === 0 && ft.share === share;
        });
        const tag = env.c.maybe(bare) ?? addTag(env, [], share);
        const result = refTo('exn', share, false);
        const body = [plain('throw', index(tag))];
        const catches = [{ kind: 'catch_ref', tag, label: 0, at: NOWHERE } as const];
        const none = { kind: 'value', result: null } as const;
        const attempt = { kind: 'try_table', label: null, type: none, catches, body, at: NOWHERE } as const;
        const type = { kind: 'value', result } as const;
        b.out.push({ kind: 'block', label: null, type, body: [attempt, plain('unreachable')], at: NOWHERE });
        b.ops.push(ref(result.heap, false));
        return true;
      },
    ];
  });
}
