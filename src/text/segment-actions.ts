import type { ActionDict, Node } from 'ohm-js';
import type { Elem, Expr } from '../syntax/module.ts';
import type { RefType, Share } from '../syntax/types.ts';
import type { Cursor } from './context.ts';
import { constant, fieldTools } from './field-actions.ts';
import { build, bytesOf, eachToken, givenName, optional, resolve } from './nodes.ts';
import { resolveToken } from './resolve.ts';
import { spanOf } from './tokens.ts';

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
  const references = (indices: Node): Expr[] => {
    const items: Expr[] = [];
    eachToken(cursor, indices, (token) => {
      const x = resolveToken(cursor.module, cursor.module.spaces.func, token);
      const at = spanOf(cursor.module.tokens, token);
      items.push([{ kind: 'plain', op: 'ref.func', imm: { kind: 'index', x }, at }]);
    });
    return items;
  };
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
      // The name may stand just before the offset, whose annotations are its own.
      const name = givenName(cursor, keyword, id, 'elem');
      const used = optional(use);
      const table = used === null ? 0 : build<number>(used);
      const mode = { kind: 'active', table, offset: build<Expr>(offset) } as const;
      const common = { ...build<ElemForm>(list), mode };
      cursor.module.elems.push({ ...common, ...definition(this, keyword, id, 'elem'), id: name });
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
      const name = givenName(cursor, keyword, id, 'data');
      const used = optional(use);
      const memory = used === null ? 0 : build<number>(used);
      const mode = { kind: 'active', memory, offset: build<Expr>(offset) } as const;
      const common = { share: sharing(shared), bytes: bytesOf(cursor, strings), mode };
      cursor.module.datas.push({ ...common, ...definition(this, keyword, id, 'data'), id: name });
    },
    memoryUse_group: (_open, _memory, index, _close): number => resolve(cursor, cursor.module.spaces.memory, index),
    memoryUse_plain: (index): number => resolve(cursor, cursor.module.spaces.memory, index),
    offset_group: (_open, _offset, instrs, _close): Expr => constant(cursor, instrs, expression),
    offset_folded: (instr): Expr => constant(cursor, instr, expression),
  };
}
