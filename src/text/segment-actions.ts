import type { ActionDict, Node } from 'ohm-js';
import type { Elem, Expr } from '../syntax/module.ts';
import type { RefType, Share } from '../syntax/types.ts';
import type { Cursor } from './context.ts';
import { constant, fieldTools } from './field-actions.ts';
import { build, bytesOf, optional, resolve, spanBetween } from './nodes.ts';

/** What a segment holds, as written. */
interface ElemForm {
  readonly share: Share;
  readonly type: RefType;
  readonly items: readonly Expr[];
}

/** References to functions, which are never null. */
function functions(share: Share): RefType {
  return { kind: 'ref', nullable: false, heap: { kind: 'abstract', share, name: 'func' } };
}

/** Actions of the grammar's element and data segments [core 3.0, Text Format, Element Segments, Data Segments]. */
export function segmentActions(cursor: Cursor): ActionDict<unknown> {
  const { definition, expression, sharing } = fieldTools(cursor);

  /** `ref.func` of each index. */
  const references = (indices: Node): Expr[] =>
    indices.children.map((index) => {
      const x = resolve(cursor, cursor.module.spaces.func, index);
      return [{ kind: 'plain', op: 'ref.func', imm: { kind: 'index', x }, at: spanBetween(cursor, index) }];
    });
  const expressions = (nodes: Node): Expr[] => nodes.children.map((node) => build<Expr>(node));

  const addElem = (
    field: Node,
    keyword: Node,
    id: Node,
    { share, type, items }: ElemForm,
    mode: Elem['mode'],
  ): void => {
    cursor.module.elems.push({ share, type, items, mode, ...definition(field, keyword, id, 'elem') });
  };

  return {
    elem_declarative(_open, keyword, id, _declare, list, _close): void {
      addElem(this, keyword, id, build<ElemForm>(list), { kind: 'declarative' });
    },
    elem_passive(_open, keyword, id, list, _close): void {
      addElem(this, keyword, id, build<ElemForm>(list), { kind: 'passive' });
    },
    elem_active(_open, keyword, id, use, offset, list, _close): void {
      const used = optional(use);
      const table = used === null ? 0 : build<number>(used);
      const mode = { kind: 'active', table, offset: build<Expr>(offset) } as const;
      addElem(this, keyword, id, build<ElemForm>(list), mode);
    },
    tableUse_group: (_open, _table, index, _close): number => resolve(cursor, cursor.module.spaces.table, index),
    tableUse_plain: (index): number => resolve(cursor, cursor.module.spaces.table, index),
    activeElements_indices: (indices): ElemForm => ({
      share: 'unshared',
      type: functions('unshared'),
      items: references(indices),
    }),
    tableElements_indices: (indices): Expr[] => references(indices),
    tableElements_exprs: (exprs): Expr[] => expressions(exprs),
    elemList_funcs: (_func, indices): ElemForm => ({
      share: 'unshared',
      type: functions('unshared'),
      items: references(indices),
    }),
    elemList_sharedFuncs: (_open, _shared, _func, _close, indices): ElemForm => ({
      share: 'shared',
      type: functions('shared'),
      items: references(indices),
    }),
    elemList_shared: (_open, _shared, type, _close, exprs): ElemForm => ({
      share: 'shared',
      type: build<RefType>(type),
      items: expressions(exprs),
    }),
    elemList_typed: (type, exprs): ElemForm => ({
      share: 'unshared',
      type: build<RefType>(type),
      items: expressions(exprs),
    }),
    elemExpr_item: (_open, _item, instrs, _close): Expr => constant(cursor, instrs, expression),
    elemExpr_folded: (instr): Expr => constant(cursor, instr, expression),
    data_passive(_open, keyword, id, shared, strings, _close): void {
      const common = { share: sharing(shared), bytes: bytesOf(cursor, strings) };
      cursor.module.datas.push({ ...common, mode: { kind: 'passive' }, ...definition(this, keyword, id, 'data') });
    },
    data_active(_open, keyword, id, use, offset, shared, strings, _close): void {
      const used = optional(use);
      const memory = used === null ? 0 : build<number>(used);
      const mode = { kind: 'active', memory, offset: build<Expr>(offset) } as const;
      const common = { share: sharing(shared), bytes: bytesOf(cursor, strings) };
      cursor.module.datas.push({ ...common, mode, ...definition(this, keyword, id, 'data') });
    },
    memoryUse_group: (_open, _memory, index, _close): number => resolve(cursor, cursor.module.spaces.memory, index),
    memoryUse_plain: (index): number => resolve(cursor, cursor.module.spaces.memory, index),
    offset_group: (_open, _offset, instrs, _close): Expr => constant(cursor, instrs, expression),
    offset_folded: (instr): Expr => constant(cursor, instr, expression),
  };
}
