import type {
  GlobalType,
  HeapType,
  Limits,
  MemType,
  RefType,
  Share,
  TableType,
  ValType,
} from '../../../src/syntax/types.ts';
import {
  matchDefType,
  matchExternType,
  matchGlobalType,
  matchHeapType,
  matchLimits,
  matchMemType,
  matchRefType,
  matchTableType,
  matchValType,
} from '../../../src/valid/match.ts';
import { typeIds } from '../../../src/valid/type-ids.ts';
import type { ExternType } from '../../../src/valid/types.ts';

/** For every matching rule, pairs that match and pairs that do not. */
export interface MatchCase {
  readonly rule: string;
  readonly accepts: readonly (() => boolean)[];
  readonly rejects: readonly (() => boolean)[];
}

export function abstract(name: Extract<HeapType, { kind: 'abstract' }>['name'], share: Share = 'unshared'): HeapType {
  return { kind: 'abstract', share, name };
}

export function ref(heap: HeapType, nullable = true): RefType {
  return { kind: 'ref', nullable, heap };
}

export function func(
  params: readonly ValType[] = [],
  share: Share = 'unshared',
): Extract<ExternType, { kind: 'func' }>['type'] {
  return { share, comp: { kind: 'func', params, results: [] } };
}

const limits = (min: number, max: number | null = null): Limits => ({ min, max });
export const memory = (share: Share, min = 1, max: number | null = 2): MemType => ({ share, limits: limits(min, max) });
export const table = (share: Share, elem: RefType, min = 1): TableType => ({ share, limits: limits(min), elem });
export const global = (share: GlobalType['share'], mutable: boolean, content: ValType): GlobalType => ({
  share,
  mutable,
  content,
});

const [PLAIN = -1, SHARED = -1, OTHER = -1] = typeIds([func(), func([], 'shared'), func(['i32'])]);
const defined = (type: number): HeapType => ({ kind: 'index', type });
const FUNCREF = ref(abstract('func'));
const NOFUNC = ref(abstract('nofunc'));

export const MATCH_CASES: readonly MatchCase[] = [
  {
    rule: 'Heaptype_sub',
    accepts: [
      () => matchHeapType(abstract('none'), abstract('any')),
      () => matchHeapType(abstract('i31', 'shared'), abstract('eq', 'shared')),
      () => matchHeapType(defined(PLAIN), abstract('func')),
      () => matchHeapType(abstract('nofunc', 'shared'), defined(SHARED)),
      () => matchHeapType(defined(OTHER), defined(OTHER)),
    ],
    rejects: [
      () => matchHeapType(abstract('any'), abstract('eq')),
      () => matchHeapType(abstract('struct'), abstract('array')),
      () => matchHeapType(abstract('none'), abstract('func')),
      () => matchHeapType(abstract('func', 'shared'), abstract('func')),
      () => matchHeapType(abstract('func'), abstract('func', 'shared')),
      () => matchHeapType(defined(SHARED), abstract('func')),
      () => matchHeapType(abstract('nofunc'), defined(SHARED)),
      () => matchHeapType(defined(PLAIN), defined(OTHER)),
      () => matchHeapType(defined(PLAIN), defined(SHARED)),
      () => matchHeapType(defined(PLAIN), abstract('extern')),
      () => matchHeapType(abstract('func'), defined(PLAIN)),
    ],
  },
  {
    rule: 'Reftype_sub',
    accepts: [() => matchRefType(ref(abstract('func'), false), FUNCREF), () => matchRefType(FUNCREF, FUNCREF)],
    rejects: [
      () => matchRefType(FUNCREF, ref(abstract('func'), false)),
      () => matchRefType(FUNCREF, ref(abstract('extern'))),
    ],
  },
  {
    rule: 'Valtype_sub',
    accepts: [() => matchValType('i64', 'i64'), () => matchValType(NOFUNC, FUNCREF)],
    rejects: [() => matchValType('i64', 'i32'), () => matchValType('i32', FUNCREF), () => matchValType(FUNCREF, 'f32')],
  },
  {
    rule: 'Limits_sub',
    accepts: [
      () => matchLimits(limits(2, 3), limits(1, 4)),
      () => matchLimits(limits(1), limits(1)),
      () => matchLimits(limits(1, 2), limits(0)),
    ],
    rejects: [
      () => matchLimits(limits(1), limits(2)),
      () => matchLimits(limits(1), limits(1, 5)),
      () => matchLimits(limits(1, 6), limits(1, 5)),
    ],
  },
  {
    rule: 'Deftype_sub',
    accepts: [() => matchDefType(func(['i32', FUNCREF], 'shared'), func(['i32', FUNCREF], 'shared'))],
    rejects: [
      () => matchDefType(func(), func([], 'shared')),
      () => matchDefType(func([], 'shared'), func()),
      () => matchDefType(func(['i32']), func(['i64'])),
      () => matchDefType(func(['i32']), func()),
      () => matchDefType(func([FUNCREF]), func([NOFUNC])),
      () => matchDefType(func([ref(abstract('func'), false)]), func([FUNCREF])),
      () => matchDefType(func([ref(defined(PLAIN))]), func([FUNCREF])),
    ],
  },
  {
    rule: 'Globaltype_sub',
    accepts: [
      () => matchGlobalType(global('unshared', false, NOFUNC), global('unshared', false, FUNCREF)),
      () => matchGlobalType(global('shared', true, 'i32'), global('shared', true, 'i32')),
      () => matchGlobalType(global('thread_local', true, 'i32'), global('thread_local', true, 'i32')),
    ],
    rejects: [
      () => matchGlobalType(global('unshared', true, NOFUNC), global('unshared', true, FUNCREF)),
      () => matchGlobalType(global('unshared', true, 'i32'), global('unshared', false, 'i32')),
      () => matchGlobalType(global('shared', true, 'i32'), global('unshared', true, 'i32')),
      () => matchGlobalType(global('thread_local', true, 'i32'), global('shared', true, 'i32')),
      () => matchGlobalType(global('shared', false, 'i32'), global('shared', false, 'i64')),
    ],
  },
  {
    rule: 'Memtype_sub',
    accepts: [() => matchMemType(memory('shared', 2, 2), memory('shared', 1, 2))],
    rejects: [
      () => matchMemType(memory('shared'), memory('unshared')),
      () => matchMemType(memory('shared', 0), memory('shared', 1)),
    ],
  },
  {
    rule: 'Tabletype_sub',
    accepts: [() => matchTableType(table('unshared', FUNCREF, 2), table('unshared', FUNCREF))],
    rejects: [
      () => matchTableType(table('unshared', NOFUNC), table('unshared', FUNCREF)),
      () => matchTableType(table('unshared', FUNCREF, 0), table('unshared', FUNCREF)),
      () =>
        matchTableType(
          table('unshared', ref(abstract('func', 'shared'))),
          table('shared', ref(abstract('func', 'shared'))),
        ),
    ],
  },
  {
    rule: 'Externtype_sub',
    accepts: [
      () => matchExternType({ kind: 'func', type: func() }, { kind: 'func', type: func() }),
      () => matchExternType({ kind: 'memory', type: memory('shared') }, { kind: 'memory', type: memory('shared') }),
      () =>
        matchExternType(
          { kind: 'table', type: table('unshared', FUNCREF) },
          { kind: 'table', type: table('unshared', FUNCREF) },
        ),
      () =>
        matchExternType(
          { kind: 'global', type: global('unshared', false, 'i32') },
          { kind: 'global', type: global('unshared', false, 'i32') },
        ),
    ],
    rejects: [
      () => matchExternType({ kind: 'func', type: func() }, { kind: 'memory', type: memory('shared') }),
      () => matchExternType({ kind: 'memory', type: memory('shared') }, { kind: 'memory', type: memory('unshared') }),
      () =>
        matchExternType(
          { kind: 'global', type: global('shared', false, 'i32') },
          { kind: 'global', type: global('unshared', false, 'i32') },
        ),
      () =>
        matchExternType(
          { kind: 'table', type: table('unshared', FUNCREF) },
          { kind: 'table', type: table('unshared', NOFUNC) },
        ),
    ],
  },
];
