import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import {
  type CompType,
  type FieldType,
  type FuncType,
  type GlobalType,
  type HeapType,
  type Limits,
  type MemType,
  plainType,
  type RefType,
  type Share,
  type StorageType,
  type StructType,
  type SubType,
  type TableType,
  type ValType,
} from '../../../src/syntax/types.ts';
import {
  CLOSED,
  matchDefType,
  matchExternType,
  matchGlobalType,
  matchHeapType,
  type Matching,
  matchLimits,
  matchMemType,
  matchRefType,
  matchTableType,
  matchTagType,
  matchValType,
} from '../../../src/valid/match.ts';
import {
  matchCompType,
  matchFieldType,
  matchFuncType,
  matchStorageType,
  matchStructType,
} from '../../../src/valid/match-definitions.ts';
import { type DefType, definedType, soleType, typeIds } from '../../../src/valid/type-ids.ts';

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

export function funcType(params: readonly ValType[] = [], results: readonly ValType[] = []): FuncType {
  return { kind: 'func', params, results };
}

export function func(params: readonly ValType[] = [], share: Share = 'unshared'): DefType {
  return soleType(plainType(funcType(params), share));
}

const field = (storage: StorageType, mutable = false): FieldType => ({ mutable, storage });
const struct = (...fields: FieldType[]): StructType => ({ kind: 'struct', fields });
const array = (ft: FieldType): CompType => ({ kind: 'array', field: ft });

/** `(sub …)`, open to subtypes. */
export function sub(comp: CompType, supers: readonly number[] = [], share: Share = 'unshared'): SubType {
  return { final: false, supers, share, comp };
}

const limits = (min: number, max: number | null = null): Limits => ({
  min: BigInt(min),
  max: max === null ? null : BigInt(max),
});

export const memory = (share: Share, min = 1, max: number | null = 2): MemType => ({
  share,
  addr: 'i32',
  limits: limits(min, max),
});
export const table = (share: Share, elem: RefType, min = 1): TableType => ({
  share,
  addr: 'i32',
  limits: limits(min),
  elem,
});
export const global = (share: GlobalType['share'], mutable: boolean, content: ValType): GlobalType => ({
  share,
  mutable,
  content,
});

const defined = ({ id }: DefType): HeapType => ({ kind: 'index', type: id });

const PLAIN = func();
const SHARED = func([], 'shared');
const OTHER = func(['i32']);
const STRUCT = soleType(plainType(struct()));
const ARRAY = soleType(plainType(array(field('i8'))));
const SHARED_STRUCT = soleType(plainType(struct(), 'shared'));

// A chain of declared subtypes, longer than a jump; and one that is written alike but declared below nothing.
const CHAIN = typeIds(
  Array.from({ length: 40 }, (_, i) => sub(struct(), i === 0 ? [] : [i - 1])),
  Array.from({ length: 40 }, () => 1),
).map(definedType);
const link = (i: number): DefType => CHAIN.at(i) ?? PLAIN;
const [FIRST, SECOND] = typeIds([sub(struct()), sub(struct(), [0])], [2]).map(definedType) as [DefType, DefType];

const FUNCREF = ref(abstract('func'));
const NOFUNC = ref(abstract('nofunc'));
const ANY = ref(abstract('any'));
const EQ = ref(abstract('eq'));

const COMMON: Matching = { ...CLOSED, readings: { ...DEFAULT_READINGS, i31: 'common' } };
const HANDLED: Matching = { ...CLOSED, readings: { ...DEFAULT_READINGS, exnref: 'subtype' } };

export const MATCH_CASES: readonly MatchCase[] = [
  {
    rule: 'Heaptype_sub',
    accepts: [
      () => matchHeapType(abstract('none'), abstract('any')),
      () => matchHeapType(abstract('i31', 'shared'), abstract('eq', 'shared')),
      () => matchHeapType(abstract('noexn'), abstract('exn')),
      () => matchHeapType(abstract('nowaitqueue', 'shared'), abstract('waitqueue', 'shared')),
      () => matchHeapType(defined(PLAIN), abstract('func')),
      () => matchHeapType(defined(STRUCT), abstract('struct')),
      () => matchHeapType(defined(STRUCT), abstract('any')),
      () => matchHeapType(defined(ARRAY), abstract('eq')),
      () => matchHeapType(defined(SHARED_STRUCT), abstract('struct', 'shared')),
      () => matchHeapType(abstract('nofunc', 'shared'), defined(SHARED)),
      () => matchHeapType(abstract('none'), defined(ARRAY)),
      () => matchHeapType(defined(OTHER), defined(OTHER)),
      () => matchHeapType(defined(link(39)), defined(link(0))),
      () => matchHeapType(abstract('i31'), abstract('i31', 'shared'), COMMON),
      () => matchHeapType(abstract('i31'), abstract('any', 'shared'), COMMON),
      () => matchHeapType(abstract('none'), abstract('eq', 'shared'), COMMON),
      () => matchHeapType(abstract('exn', 'shared'), abstract('exn'), HANDLED),
      () => matchHeapType(abstract('noexn', 'shared'), abstract('exn'), HANDLED),
    ],
    rejects: [
      () => matchHeapType(abstract('any'), abstract('eq')),
      () => matchHeapType(abstract('struct'), abstract('array')),
      () => matchHeapType(abstract('none'), abstract('func')),
      () => matchHeapType(abstract('exn'), abstract('any')),
      () => matchHeapType(abstract('waitqueue', 'shared'), abstract('eq', 'shared')),
      () => matchHeapType(abstract('nowaitqueue'), abstract('waitqueue', 'shared')),
      () => matchHeapType(abstract('func', 'shared'), abstract('func')),
      () => matchHeapType(abstract('func'), abstract('func', 'shared')),
      () => matchHeapType(defined(SHARED), abstract('func')),
      () => matchHeapType(defined(STRUCT), abstract('struct', 'shared')),
      () => matchHeapType(defined(STRUCT), abstract('array')),
      () => matchHeapType(defined(ARRAY), abstract('func')),
      () => matchHeapType(abstract('nofunc'), defined(SHARED)),
      () => matchHeapType(abstract('nofunc'), defined(STRUCT)),
      () => matchHeapType(abstract('none', 'shared'), defined(STRUCT)),
      () => matchHeapType(abstract('i31'), defined(STRUCT)),
      () => matchHeapType(defined(PLAIN), defined(OTHER)),
      () => matchHeapType(defined(PLAIN), defined(SHARED)),
      () => matchHeapType(defined(PLAIN), abstract('extern')),
      () => matchHeapType(abstract('func'), defined(PLAIN)),
      () => matchHeapType(abstract('i31'), abstract('i31', 'shared')),
      () => matchHeapType(abstract('i31', 'shared'), abstract('i31'), COMMON),
      () => matchHeapType(abstract('eq'), abstract('eq', 'shared'), COMMON),
      () => matchHeapType(abstract('exn', 'shared'), abstract('exn')),
      () => matchHeapType(abstract('exn'), abstract('exn', 'shared'), HANDLED),
      () => matchHeapType(abstract('any', 'shared'), abstract('any'), HANDLED),
    ],
  },
  {
    rule: 'Deftype_sub',
    accepts: [
      () => matchDefType(func(['i32', FUNCREF], 'shared'), func(['i32', FUNCREF], 'shared')),
      () => matchDefType(SECOND, FIRST),
      () => CHAIN.every((above) => matchDefType(link(39), above)),
    ],
    rejects: [
      () => matchDefType(func(), func([], 'shared')),
      () => matchDefType(func([], 'shared'), func()),
      () => matchDefType(func(['i32']), func(['i64'])),
      () => matchDefType(func(['i32']), func()),
      () => matchDefType(func([FUNCREF]), func([NOFUNC])),
      () => matchDefType(func([ref(abstract('func'), false)]), func([FUNCREF])),
      () => matchDefType(func([ref(defined(PLAIN))]), func([FUNCREF])),
      () => matchDefType(FIRST, SECOND),
      () => CHAIN.some((below, i) => i < 39 && matchDefType(below, link(39))),
      () => matchDefType(SECOND, link(0)),
      () => matchDefType(soleType(sub(struct())), soleType(plainType(struct()))),
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
    accepts: [
      () => matchValType('i64', 'i64'),
      () => matchValType('v128', 'v128'),
      () => matchValType(NOFUNC, FUNCREF),
    ],
    rejects: [
      () => matchValType('i64', 'i32'),
      () => matchValType('v128', 'i64'),
      () => matchValType('i32', FUNCREF),
      () => matchValType(FUNCREF, 'f32'),
    ],
  },
  {
    rule: 'Storagetype_sub',
    accepts: [() => matchStorageType('i8', 'i8', CLOSED), () => matchStorageType(EQ, ANY, CLOSED)],
    rejects: [
      () => matchStorageType('i8', 'i16', CLOSED),
      () => matchStorageType('i8', 'i32', CLOSED),
      () => matchStorageType('i32', 'i16', CLOSED),
      () => matchStorageType(ANY, EQ, CLOSED),
    ],
  },
  {
    rule: 'Fieldtype_sub',
    accepts: [
      () => matchFieldType(field(EQ), field(ANY), CLOSED),
      () => matchFieldType(field(EQ, true), field(EQ, true), CLOSED),
    ],
    rejects: [
      () => matchFieldType(field(ANY), field(EQ), CLOSED),
      () => matchFieldType(field(EQ, true), field(ANY, true), CLOSED),
      () => matchFieldType(field(EQ, true), field(EQ), CLOSED),
      () => matchFieldType(field(EQ), field(EQ, true), CLOSED),
    ],
  },
  {
    rule: 'Structtype_sub',
    accepts: [
      () => matchStructType(struct(field('i32'), field(EQ)), struct(field('i32')), CLOSED),
      () => matchStructType(struct(field(EQ)), struct(field(ANY)), CLOSED),
    ],
    rejects: [
      () => matchStructType(struct(field('i32')), struct(field('i32'), field(EQ)), CLOSED),
      () => matchStructType(struct(field('i32'), field(EQ)), struct(field(EQ)), CLOSED),
    ],
  },
  {
    rule: 'Functype_sub',
    accepts: [
      () => matchFuncType(funcType([ANY], [EQ]), funcType([EQ], [ANY]), CLOSED),
      () => matchFuncType(funcType(['i32']), funcType(['i32']), CLOSED),
    ],
    rejects: [
      () => matchFuncType(funcType([EQ]), funcType([ANY]), CLOSED),
      () => matchFuncType(funcType([], [ANY]), funcType([], [EQ]), CLOSED),
      () => matchFuncType(funcType(['i32']), funcType(), CLOSED),
      () => matchFuncType(funcType([], ['i32']), funcType([], ['i32', 'i32']), CLOSED),
    ],
  },
  {
    rule: 'Comptype_sub',
    accepts: [
      () => matchCompType(struct(field(EQ)), struct(), CLOSED),
      () => matchCompType(array(field(EQ)), array(field(ANY)), CLOSED),
      () => matchCompType(funcType([ANY]), funcType([EQ]), CLOSED),
    ],
    rejects: [
      () => matchCompType(struct(), array(field(EQ)), CLOSED),
      () => matchCompType(array(field(EQ)), funcType(), CLOSED),
      () => matchCompType(funcType(), struct(), CLOSED),
      () => matchCompType(array(field(ANY)), array(field(EQ)), CLOSED),
    ],
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
    rule: 'Tagtype_sub',
    accepts: [
      () => matchTagType(func(['i32']), func(['i32'])),
      () => matchTagType(func([], 'shared'), func([], 'shared')),
    ],
    rejects: [
      () => matchTagType(func(['i32']), func(['i64'])),
      () => matchTagType(func(), func([], 'shared')),
      () => matchTagType(SECOND, FIRST),
      () => matchTagType(FIRST, SECOND),
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
      () => matchGlobalType(global('unshared', true, 'i32'), global('shared', true, 'i32')),
      () => matchGlobalType(global('thread_local', true, 'i32'), global('shared', true, 'i32')),
      () => matchGlobalType(global('shared', true, 'i32'), global('thread_local', true, 'i32')),
      () => matchGlobalType(global('shared', false, 'i32'), global('shared', false, 'i64')),
    ],
  },
  {
    rule: 'Memtype_sub',
    accepts: [() => matchMemType(memory('shared', 2, 2), memory('shared', 1, 2))],
    rejects: [
      () => matchMemType(memory('shared'), memory('unshared')),
      () => matchMemType(memory('unshared'), memory('shared')),
      () => matchMemType(memory('shared', 0), memory('shared', 1)),
      () => matchMemType({ ...memory('shared'), addr: 'i64' }, memory('shared')),
    ],
  },
  {
    rule: 'Tabletype_sub',
    accepts: [() => matchTableType(table('unshared', FUNCREF, 2), table('unshared', FUNCREF))],
    rejects: [
      () => matchTableType(table('unshared', NOFUNC), table('unshared', FUNCREF)),
      () => matchTableType(table('unshared', FUNCREF), table('unshared', NOFUNC)),
      () => matchTableType(table('unshared', FUNCREF, 0), table('unshared', FUNCREF)),
      () => matchTableType(table('unshared', FUNCREF), { ...table('unshared', FUNCREF), addr: 'i64' }),
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
      () => matchExternType({ kind: 'tag', type: func() }, { kind: 'tag', type: func() }),
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
      () => matchExternType({ kind: 'func', type: func() }, { kind: 'tag', type: func() }),
      () => matchExternType({ kind: 'tag', type: func() }, { kind: 'func', type: func() }),
      () => matchExternType({ kind: 'tag', type: func(['i32']) }, { kind: 'tag', type: func() }),
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
