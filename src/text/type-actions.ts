import type { ActionDict, Node } from 'ohm-js';
import { known } from '../base/assert.ts';
import type { Span } from '../base/span.ts';
import type {
  AbsHeapName,
  DefType,
  FuncType,
  GlobalShare,
  GlobalType,
  HeapType,
  Limits,
  MemType,
  NumType,
  RefType,
  Share,
  TableType,
  ValType,
} from '../syntax/types.ts';
import type { Cursor } from './context.ts';
import { build, idOfToken, optional, report, resolve, spanBetween, textOf, tokenOf, u64 } from './nodes.ts';

/** Actions of the grammar's types [core specification, Text Format, Types]. */

/** A parameter or local as written. */
export interface Variable {
  readonly id: string | null;
  readonly type: ValType;
  readonly at: Span;
}

/** A definition's function type as written: a type's index, the type itself, or both. */
export interface TypeUse {
  readonly ref: Node | null;
  readonly params: readonly Variable[];
  readonly results: readonly ValType[];
  /** null: nothing is written. */
  readonly at: Span | null;
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

  return {
    defType_shared: (_open, _shared, type, _close): DefType => ({ share: 'shared', comp: build<FuncType>(type) }),
    defType_unshared: (type): DefType => ({ share: 'unshared', comp: build<FuncType>(type) }),
    funcType: (_open, _func, params, results, _close): FuncType => ({
      kind: 'func',
      params: lists<Variable>(params).map((param) => param.type),
      results: lists<ValType>(results),
    }),
    param: (_open, _param, variables, _close): Variable[] => build(variables),
    local: (_open, _local, variables, _close): Variable[] => build(variables),
    variables_one(id, type): Variable[] {
      return [{ id: idOfToken(cursor.module, tokenOf(cursor, id)), type: build(type), at: spanBetween(cursor, id) }];
    },
    variables_many: (types): Variable[] =>
      types.children.map((t) => ({ id: null, type: build(t), at: spanBetween(cursor, t) })),
    result: (_open, _result, types, _close): ValType[] => all(types),
    numType: (token): NumType => textOf(cursor, token) as NumType,
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
    memoryType(before, limits, after): MemType {
      if (optional(before) !== null && optional(after) !== null)
        report(cursor, after, 'Parse/token', 'unexpected token shared');
      const shared = optional(before) !== null || optional(after) !== null;
      return { share: shared ? 'shared' : 'unshared', limits: build<Limits>(limits) };
    },
    tableType: (shared, limits, elem): TableType => ({
      share: optional(shared) === null ? 'unshared' : 'shared',
      limits: build<Limits>(limits),
      elem: build<RefType>(elem),
    }),
    limits(min, max): Limits {
      const most = optional(max);
      return { min: u64(cursor, min), max: most === null ? null : u64(cursor, most) };
    },
    typeUse(ref, params, results): TypeUse {
      const at = this.source.endIdx > this.source.startIdx ? spanBetween(cursor, this) : null;
      return { ref: optional(ref), params: lists(params), results: lists(results), at };
    },
    blockParam: (_open, _param, types, _close): ValType[] => all(types),
  };
}
