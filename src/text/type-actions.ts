import type { ActionDict, Node } from 'ohm-js';
import { known } from '../base/assert.ts';
import type { Span } from '../base/span.ts';
import type {
  AbsHeapName,
  AddrType,
  ArrayType,
  CompType,
  DataType,
  FieldType,
  FuncType,
  GlobalShare,
  GlobalType,
  HeapType,
  Limits,
  MemType,
  PackedType,
  RefType,
  Share,
  StorageType,
  SubType,
  TableType,
  ValType,
} from '../syntax/types.ts';
import type { Cursor } from './context.ts';
import { build, optional, report, resolve, spanBetween, textOf, tokenOf, u64 } from './nodes.ts';
import { nameNote } from './notes.ts';
import { idOfToken } from './resolve.ts';

/** Actions of the grammar's types [core 3.0, Text Format, Types]. */

/** A parameter, local or field as written: its identifier, and the name that its author gave it. */
interface Named {
  readonly id: string | null;
  readonly name: string | null;
  readonly at: Span;
}

/** A parameter or local. */
export interface Variable extends Named {
  readonly type: ValType;
}

/** A structure's field. */
interface Field extends Named {
  readonly type: FieldType;
}

/** A composite type with the names of its fields, if it is a structure. */
interface CompForm {
  readonly comp: CompType;
  readonly fields: readonly Field[];
}

/** A type definition's type as written. */
export interface SubForm {
  readonly type: SubType;
  readonly fields: readonly Named[];
}

/** A definition's function type as written: a type's index, the type itself, or both. */
export interface TypeUse {
  /** The token of the index. */
  readonly ref: number | null;
  readonly params: readonly Variable[];
  readonly results: readonly ValType[];
  /** null: nothing is written. */
  readonly at: Span | null;
}

/** A block's or indirect call's function type as written; `ref` is as in {@link TypeUse}. */
export interface BlockForm {
  readonly ref: number | null;
  readonly params: readonly ValType[];
  readonly results: readonly ValType[];
}

const ABBREVIATIONS: Readonly<Record<string, AbsHeapName>> = {
  anyref: 'any',
  eqref: 'eq',
  i31ref: 'i31',
  structref: 'struct',
  arrayref: 'array',
  nullref: 'none',
  funcref: 'func',
  nullfuncref: 'nofunc',
  externref: 'extern',
  nullexternref: 'noextern',
  exnref: 'exn',
  nullexnref: 'noexn',
  waitqueueref: 'waitqueue',
  nullwaitqueueref: 'nowaitqueue',
};

function globalType(share: GlobalShare, mutable: boolean, content: Node): GlobalType {
  return { share, mutable, content: build<ValType>(content) };
}

/** The results of several nodes. */
function all<T>(node: Node): T[] {
  return node.children.map((child) => build<T>(child));
}

/** The results of several nodes that are each a list. */
function lists<T>(node: Node): T[] {
  return node.children.flatMap((child) => build<T[]>(child));
}

export function typeActions(cursor: Cursor): ActionDict<unknown> {
  const abbreviated = (node: Node, share: Share): RefType => {
    const name = known(ABBREVIATIONS[textOf(cursor, node)], 'the heap type of an abbreviation');
    return { kind: 'ref', nullable: true, heap: { kind: 'abstract', share, name } };
  };
  const abstract = (node: Node, share: Share): HeapType => ({
    kind: 'abstract',
    share,
    name: textOf(cursor, node) as AbsHeapName,
  });
  const annotated = (node: Node): GlobalShare => textOf(cursor, node) as GlobalShare;
  const addrType = (node: Node): AddrType => {
    const written = optional(node);
    return written === null ? 'i32' : (textOf(cursor, written) as AddrType);
  };
  const sharing = (node: Node): Share => (optional(node) === null ? 'unshared' : 'shared');
  const refToken = (node: Node): number | null => {
    const ref = optional(node);
    return ref === null ? null : tokenOf(cursor, ref.child(2));
  };
  /** `$x`, and the name that its author gave what it identifies. */
  const named = (id: Node, what: string): Named => {
    const token = tokenOf(cursor, id);
    const identifier = idOfToken(cursor.module, token);
    const name = nameNote(cursor.module, token + 1, what) ?? identifier;
    return { id: identifier, name, at: spanBetween(cursor, id) };
  };
  /** Types without identifiers; a single one may have a name in an annotation before it. */
  const unnamed = <T>(types: Node, what: string): (Named & { type: T })[] =>
    types.children.map((t) => {
      const name = types.numChildren === 1 ? nameNote(cursor.module, tokenOf(cursor, t), what) : null;
      return { id: null, name, type: build<T>(t), at: spanBetween(cursor, t) };
    });

  return {
    subType_sub: (_open, _sub, final, supers, type, _close): SubForm => {
      const { comp, share, fields } = build<CompForm & { share: Share }>(type);
      const types = supers.children.map((index) => resolve(cursor, cursor.module.spaces.type, index));
      return { type: { final: optional(final) !== null, supers: types, share, comp }, fields };
    },
    subType_plain: (type): SubForm => {
      const { comp, share, fields } = build<CompForm & { share: Share }>(type);
      return { type: { final: true, supers: [], share, comp }, fields };
    },
    shareCompType_shared: (_open, _shared, type, _close) => ({ ...build<CompForm>(type), share: 'shared' }),
    shareCompType_unshared: (type) => ({ ...build<CompForm>(type), share: 'unshared' }),
    funcType: (_open, _func, params, results, _close): CompForm => {
      const types = lists<Variable>(params).map((param) => param.type);
      const comp: FuncType = { kind: 'func', params: types, results: lists<ValType>(results) };
      return { comp, fields: [] };
    },
    structType: (_open, _struct, nodes, _close): CompForm => {
      const fields = lists<Field>(nodes);
      return { comp: { kind: 'struct', fields: fields.map(({ type }) => type) }, fields };
    },
    structField: (_open, _field, types, _close): Field[] => build(types),
    fieldTypes_one: (id, type): Field[] => [{ ...named(id, 'field'), type: build(type) }],
    fieldTypes_many: (types): Field[] => unnamed<FieldType>(types, 'field'),
    arrayType: (_open, _array, field, _close): CompForm => {
      const comp: ArrayType = { kind: 'array', field: build<FieldType>(field) };
      return { comp, fields: [] };
    },
    fieldType_mut: (_open, _mut, type, _close): FieldType => ({ mutable: true, storage: build<StorageType>(type) }),
    fieldType_const: (type): FieldType => ({ mutable: false, storage: build<StorageType>(type) }),
    packedType: (token): PackedType => textOf(cursor, token) as PackedType,
    param: (_open, _param, variables, _close): Variable[] => build(variables),
    local: (_open, _local, variables, _close): Variable[] => build(variables),
    variables_one: (id, type): Variable[] => [{ ...named(id, 'local'), type: build(type) }],
    variables_many: (types): Variable[] => unnamed<ValType>(types, 'local'),
    result: (_open, _result, types, _close): ValType[] => all(types),
    resultTypes: (results): ValType[] => lists(results),
    dataType: (token): DataType => textOf(cursor, token) as DataType,
    refType_short: (name): RefType => abbreviated(name, 'unshared'),
    refType_sharedShort: (_open, _shared, name, _close): RefType => abbreviated(name, 'shared'),
    refType_long: (_open, _ref, nullable, heap, _close): RefType => ({
      kind: 'ref',
      nullable: optional(nullable) !== null,
      heap: build<HeapType>(heap),
    }),
    heapType_unshared: (name): HeapType => abstract(name, 'unshared'),
    heapType_shared: (_open, _shared, name, _close): HeapType => abstract(name, 'shared'),
    heapType_index: (index): HeapType => ({ kind: 'index', type: resolve(cursor, cursor.module.spaces.type, index) }),
    globalType_sharedMutGroup: (_open, share, _inner, _mut, content, _innerClose, _close) =>
      globalType(annotated(share), true, content),
    globalType_sharedMut: (_open, share, _mut, content, _close) => globalType(annotated(share), true, content),
    globalType_shared: (_open, share, content, _close) => globalType(annotated(share), false, content),
    globalType_mut: (_open, _mut, content, _close) => globalType('unshared', true, content),
    globalType_const: (content) => globalType('unshared', false, content),
    memoryType(before, addr, limits, after): MemType {
      if (optional(before) !== null && optional(after) !== null)
        report(cursor, after, 'Parse/token', 'unexpected token shared');
      const share = sharing(before) === 'shared' ? 'shared' : sharing(after);
      return { share, addr: addrType(addr), limits: build<Limits>(limits) };
    },
    tableType: (shared, addr, limits, elem): TableType => ({
      share: sharing(shared),
      addr: addrType(addr),
      limits: build<Limits>(limits),
      elem: build<RefType>(elem),
    }),
    elemTableType_shared: (_shared, elem): Omit<TableType, 'limits'> => ({
      share: 'shared',
      addr: 'i32',
      elem: build<RefType>(elem),
    }),
    elemTableType_unshared: (addr, elem): Omit<TableType, 'limits'> => ({
      share: 'unshared',
      addr: addrType(addr),
      elem: build<RefType>(elem),
    }),
    limits(min, max): Limits {
      const most = optional(max);
      return { min: u64(cursor, min), max: most === null ? null : u64(cursor, most) };
    },
    typeUse(ref, params, results): TypeUse {
      const at = this.source.endIdx > this.source.startIdx ? spanBetween(cursor, this) : null;
      return { ref: refToken(ref), params: lists(params), results: lists(results), at };
    },
    blockType: (ref, params, results): BlockForm => ({
      ref: refToken(ref),
      params: lists(params),
      results: lists(results),
    }),
    blockParam: (_open, _param, types, _close): ValType[] => all(types),
  };
}
