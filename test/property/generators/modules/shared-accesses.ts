import type { Immediate, OrderAnnotation } from '../../../../src/syntax/module.ts';
import type { FieldType, RefType, Share, StorageType, ValType } from '../../../../src/syntax/types.ts';
import { isPacked, unpacked } from '../../../../src/syntax/types.ts';
import { arrayField, someArray, someField } from './aggregates.ts';
import type { Body, Inst } from './body.ts';
import { someShare } from './control.ts';
import { addGlobal } from './definitions.ts';
import { index, NO_IMM, pair, where } from './environment.ts';
import { someMemory } from './instances.ts';
import { matchRef, refIndex, refTo } from './matching.ts';
import { someTable } from './tables.ts';

/** Instances of atomic accesses to globals, tables, structures and arrays, and of wait queues [shared-everything overview, Instructions]. */

type Access = 'get' | 'get_s' | 'get_u' | 'set' | 'arithmetic' | 'xchg' | 'cmpxchg';

function accessOf(op: string): Access {
  const word = op.slice(op.lastIndexOf('.') + 1);
  if (word === 'get' || word === 'get_s' || word === 'get_u' || word === 'set' || word === 'xchg' || word === 'cmpxchg')
    return word;
  return 'arithmetic';
}

/** Which of a hierarchy's shares a type is below `name` in; null if in none. */
function shareBelow(b: Body, t: RefType, name: 'any' | 'eq'): Share | null {
  if (matchRef(b.env, t, refTo(name))) return 'unshared';
  return matchRef(b.env, t, refTo(name, 'shared')) ? 'shared' : null;
}

/** Whether a place of this type has this access. */
function allows(b: Body, access: Access, { mutable, storage }: FieldType): boolean {
  if (isPacked(storage)) return access === 'get_s' || access === 'get_u' || (access === 'set' && mutable);
  if (access === 'get_s' || access === 'get_u') return false;
  if (access !== 'get' && !mutable) return false;
  if (storage === 'i32' || storage === 'i64') return true;
  if (typeof storage === 'string' || access === 'arithmetic') return false;
  return shareBelow(b, storage, access === 'cmpxchg' ? 'eq' : 'any') !== null;
}

/** The type of an access to a place reached by operands `at`. */
function accessing(b: Body, op: string, imm: Immediate, at: readonly ValType[], storage: StorageType): Inst {
  const t = unpacked(storage);
  switch (accessOf(op)) {
    case 'get':
    case 'get_s':
    case 'get_u':
      return { op, imm, params: at, results: [t] };
    case 'set':
      return { op, imm, params: [...at, t], results: [] };
    case 'cmpxchg': {
      const expected = typeof t === 'string' ? t : refTo('eq', shareBelow(b, t, 'eq') ?? 'unshared');
      return { op, imm, params: [...at, expected, t], results: [t] };
    }
    default:
      return { op, imm, params: [...at, t], results: [t] };
  }
}

function someOrder(b: Body): OrderAnnotation {
  return b.env.c.pick(['seqcst', 'acqrel'] as const);
}

/** The type of a place to make for an access, where the module has none. */
function placeFor(b: Body, access: Access): FieldType {
  const { c } = b.env;
  if (access === 'get_s' || access === 'get_u') return { mutable: true, storage: c.pick(['i8', 'i16'] as const) };
  if (access === 'arithmetic') return { mutable: true, storage: c.pick(['i32', 'i64'] as const) };
  return { mutable: true, storage: c.pick(['i32', 'i64', refTo('eq', b.shared ? 'shared' : 'unshared')] as const) };
}

export function sharedInstance(b: Body, op: string): Inst | null {
  if (op.includes('.atomic.')) return atomicInstance(b, op);
  return waitInstance(b, op);
}

function atomicInstance(b: Body, op: string): Inst | null {
  const access = accessOf(op);
  const holds = (ft: FieldType): boolean => allows(b, access, ft);
  const make = placeFor(b, access);
  const order = someOrder(b);
  switch (op.slice(0, op.indexOf('.'))) {
    case 'global': {
      const x = globalFor(b, holds, make);
      if (x === null) return null;
      const content = b.env.globals[x]?.content ?? 'i32';
      return accessing(b, op, { kind: 'order-index', order, x }, [], content);
    }
    case 'table': {
      const x = someTable(b, (elem) => holds({ mutable: true, storage: elem }), refTo('eq', someShare(b)));
      const tt = x === null ? undefined : b.env.tables[x];
      if (x === null || tt === undefined) return null;
      return accessing(b, op, { kind: 'order-index', order, x }, [tt.addr], tt.elem);
    }
    case 'struct': {
      const found = someField(b, holds, make);
      if (found === null) return null;
      const { x, y, field } = found;
      return accessing(b, op, { kind: 'order-index-pair', order, x, y }, [refIndex(x)], field.storage);
    }
    default: {
      const x = someArray(b, holds, make);
      if (x === null) return null;
      return accessing(b, op, { kind: 'order-index', order, x }, [refIndex(x), 'i32'], arrayField(b, x).storage);
    }
  }
}

function globalFor(b: Body, holds: (ft: FieldType) => boolean, make: FieldType): number | null {
  const { env } = b;
  const fits = where(env.globals, ({ share, mutable, content }) => {
    if (share === 'thread_local' || (b.shared && share !== 'shared')) return false;
    return holds({ mutable, storage: content });
  });
  const found = env.c.maybe(fits);
  if (found !== null || isPacked(make.storage)) return found;
  if (!env.c.chance(1, 2)) return null;
  return addGlobal(env, { share: b.shared ? 'shared' : 'unshared', mutable: true, content: make.storage });
}

const QUEUE = refTo('waitqueue', 'shared');
const SHARED_EQ = refTo('eq', 'shared');

/** What a wait on a place of this type compares with; null if there is no such wait. */
function expected(b: Body, storage: StorageType): ValType | null {
  if (storage === 'i32' || storage === 'i64') return storage;
  return typeof storage !== 'string' && matchRef(b.env, storage, SHARED_EQ) ? SHARED_EQ : null;
}

function waitInstance(b: Body, op: string): Inst | null {
  const holds = (ft: FieldType): boolean => expected(b, ft.storage) !== null;
  const make: FieldType = { mutable: true, storage: 'i32' };
  const waiting = (
    imm: Immediate,
    before: readonly ValType[],
    at: readonly ValType[],
    t: ValType | null,
  ): Inst | null => (t === null ? null : { op, imm, params: [...before, QUEUE, ...at, t, 'i64'], results: ['i32'] });
  switch (op) {
    case 'waitqueue.new':
      return { op, imm: NO_IMM, params: [], results: [refTo('waitqueue', 'shared', false)] };
    case 'waitqueue.notify':
      return { op, imm: NO_IMM, params: [QUEUE, 'i32'], results: ['i32'] };
    case 'struct.wait': {
      const found = someField(b, holds, make);
      if (found === null) return null;
      return waiting(pair(found.x, found.y), [refIndex(found.x)], [], expected(b, found.field.storage));
    }
    case 'array.wait': {
      const x = someArray(b, holds, make);
      return x === null ? null : waiting(index(x), [refIndex(x)], ['i32'], expected(b, arrayField(b, x).storage));
    }
    case 'global.wait': {
      const x = globalFor(b, holds, make);
      return x === null ? null : waiting(index(x), [], [], expected(b, b.env.globals[x]?.content ?? 'f32'));
    }
    case 'table.wait': {
      const x = someTable(b, (elem) => holds({ mutable: true, storage: elem }), SHARED_EQ);
      const tt = x === null ? undefined : b.env.tables[x];
      return x === null || tt === undefined ? null : waiting(index(x), [], [tt.addr], expected(b, tt.elem));
    }
    case 'memory.wait32':
    case 'memory.wait64': {
      const x = someMemory(b);
      if (x === null) return null;
      return waiting(index(x), [], [b.env.memories[x]?.addr ?? 'i32'], op === 'memory.wait32' ? 'i32' : 'i64');
    }
    default:
      return null;
  }
}
