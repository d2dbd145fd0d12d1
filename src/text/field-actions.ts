import type { ActionDict, Node } from 'ohm-js';
import type { Export, Expr, ImportType } from '../syntax/module.ts';
import { type DefType, type GlobalType, type MemType, PAGE_SIZE, type Share, type TableType } from '../syntax/types.ts';
import type { Cursor } from './context.ts';
import { declare, newSpace } from './names.ts';
import {
  build,
  bytesOf,
  nameOfToken,
  optional,
  optionalId,
  report,
  resolve,
  spanBetween,
  textOf,
  tokenOf,
} from './nodes.ts';
import type { TypeUse, Variable } from './type-actions.ts';
import { resolveTypeUse } from './type-use.ts';

/** Actions of the grammar's fields: each adds what it reads to the module [core specification, Text Format, Modules]. */
export function fieldActions(cursor: Cursor): ActionDict<unknown> {
  const name = (string: Node): string => nameOfToken(cursor.module, tokenOf(cursor, string));

  const inlineExports = (exports: Node, kind: Export['kind']): void => {
    for (const node of exports.children) {
      cursor.module.exports.push({
        name: name(node.child(2)),
        kind,
        index: cursor.index,
        at: spanBetween(cursor, node),
      });
    }
  };

  const addImport = (field: Node, module: Node, item: Node, id: Node, desc: ImportType): void => {
    const at = spanBetween(cursor, field);
    cursor.module.imports.push({ id: optionalId(cursor, id), module: name(module), name: name(item), desc, at });
  };

  const inlineImported = (field: Node, id: Node, exports: Node, from: Node, desc: ImportType): void => {
    inlineExports(exports, desc.kind);
    addImport(field, from.child(2), from.child(3), id, desc);
  };

  /** A constant expression: instructions outside any function. */
  const expression = (nodes: readonly Node[]): Expr => {
    cursor.locals = newSpace('local');
    cursor.labels = [];
    cursor.out = [];
    for (const node of nodes) build(node);
    return cursor.out;
  };

  const funcTypeOf = (shared: Node, use: TypeUse, field: Node, keyword: Node): number => {
    const share: Share = optional(shared) === null ? 'unshared' : 'shared';
    const at = use.at ?? spanBetween(cursor, field, keyword);
    return resolveTypeUse(
      cursor,
      use.ref,
      use.params.map((param) => param.type),
      use.results,
      share,
      at,
    );
  };

  return {
    type(_open, _type, id, type, _close): void {
      // Types are read before all other fields, in order, so that the next free index is this one's.
      cursor.module.types.push({
        id: optionalId(cursor, id),
        type: build<DefType>(type),
        at: spanBetween(cursor, this),
      });
    },
    import(_open, _import, module, item, desc, _close): void {
      addImport(this, module, item, desc.child(0).child(2), build<ImportType>(desc));
    },
    importDesc_func(open, keyword, _id, shared, use, _close): ImportType {
      return { kind: 'func', type: funcTypeOf(shared, build<TypeUse>(use), open, keyword) };
    },
    importDesc_memory: (_open, _memory, _id, type, _close): ImportType => ({
      kind: 'memory',
      type: build<MemType>(type),
    }),
    importDesc_global: (_open, _global, _id, type, _close): ImportType => ({
      kind: 'global',
      type: build<GlobalType>(type),
    }),
    importDesc_table: (_open, _table, _id, type, _close): ImportType => ({
      kind: 'table',
      type: build<TableType>(type),
    }),
    func_imported(open, keyword, id, exports, from, shared, use, _close): void {
      const type = funcTypeOf(shared, build<TypeUse>(use), open, keyword);
      inlineImported(this, id, exports, from, { kind: 'func', type });
    },
    func_defined(open, keyword, id, exports, shared, use, locals, instrs, _close): void {
      inlineExports(exports, 'func');
      const at = spanBetween(cursor, open, optional(id) === null ? keyword : id);
      const typeUse = build<TypeUse>(use);
      const type = funcTypeOf(shared, typeUse, open, keyword);
      const declared = locals.children.flatMap((local) => build<Variable[]>(local));
      const params = parameters(cursor, typeUse, type);
      cursor.locals = newSpace('local');
      params.forEach((param, i) =>
        declare(cursor.locals, param, typeUse.params[i]?.at ?? at, cursor.module.diagnostics),
      );
      for (const local of declared) declare(cursor.locals, local.id, local.at, cursor.module.diagnostics);
      cursor.labels = [];
      cursor.out = [];
      for (const instr of instrs.children) build(instr);
      const bare = declared.map((local) => ({ id: local.id, type: local.type }));
      cursor.module.funcs.push({ id: optionalId(cursor, id), type, params, locals: bare, body: cursor.out, at });
    },
    memory_imported(_open, _memory, id, exports, from, type, _close): void {
      inlineImported(this, id, exports, from, { kind: 'memory', type: build<MemType>(type) });
    },
    memory_inlineData(_open, _memory, id, exports, _data, _keyword, strings, _dataClose, _close): void {
      inlineExports(exports, 'memory');
      const at = spanBetween(cursor, this);
      const bytes = bytesOf(cursor, strings);
      const pages = Math.ceil(bytes.length / PAGE_SIZE);
      cursor.module.memories.push({
        id: optionalId(cursor, id),
        type: { share: 'unshared', limits: { min: pages, max: pages } },
        at,
      });
      const offset: Expr = [{ kind: 'plain', op: 'i32.const', imm: { kind: 'i32', value: 0 }, at }];
      cursor.module.datas.push({ id: null, bytes, mode: { kind: 'active', memory: cursor.index, offset }, at });
    },
    memory_defined(_open, _memory, id, exports, type, _close): void {
      inlineExports(exports, 'memory');
      cursor.module.memories.push({
        id: optionalId(cursor, id),
        type: build<MemType>(type),
        at: spanBetween(cursor, this),
      });
    },
    global_imported(_open, _global, id, exports, from, type, _close): void {
      inlineImported(this, id, exports, from, { kind: 'global', type: build<GlobalType>(type) });
    },
    global_defined(_open, _global, id, exports, typeNode, instrs, _close): void {
      inlineExports(exports, 'global');
      const type = build<GlobalType>(typeNode);
      const isUninitialised = type.share === 'thread_local' && instrs.numChildren === 0;
      const init = isUninitialised ? null : expression(instrs.children);
      cursor.module.globals.push({ id: optionalId(cursor, id), type, init, at: spanBetween(cursor, this) });
    },
    table_imported(_open, _table, id, exports, from, type, _close): void {
      inlineImported(this, id, exports, from, { kind: 'table', type: build<TableType>(type) });
    },
    table_defined(_open, _table, id, exports, type, _close): void {
      inlineExports(exports, 'table');
      cursor.module.tables.push({
        id: optionalId(cursor, id),
        type: build<TableType>(type),
        at: spanBetween(cursor, this),
      });
    },
    export(_open, _export, string, _inner, keyword, index, _innerClose, _close): void {
      const kind = textOf(cursor, keyword) as Export['kind'];
      const x = resolve(cursor, cursor.module.spaces[kind], index);
      cursor.module.exports.push({ name: name(string), kind, index: x, at: spanBetween(cursor, this) });
    },
    start(_open, _start, index, _close): void {
      const func = resolve(cursor, cursor.module.spaces.func, index);
      if (cursor.module.start !== null) report(cursor, this, 'Parse/start', 'multiple start sections');
      cursor.module.start ??= { func, at: spanBetween(cursor, this) };
    },
    data_passive(_open, _data, id, strings, _close): void {
      const bytes = bytesOf(cursor, strings);
      cursor.module.datas.push({
        id: optionalId(cursor, id),
        bytes,
        mode: { kind: 'passive' },
        at: spanBetween(cursor, this),
      });
    },
    data_active(_open, _data, id, use, offset, strings, _close): void {
      const at = spanBetween(cursor, this);
      const used = optional(use);
      const memory = used === null ? 0 : build<number>(used);
      const mode = { kind: 'active', memory, offset: build<Expr>(offset) } as const;
      cursor.module.datas.push({ id: optionalId(cursor, id), bytes: bytesOf(cursor, strings), mode, at });
    },
    memoryUse_group: (_open, _memory, index, _close): number => resolve(cursor, cursor.module.spaces.memory, index),
    memoryUse_plain: (index): number => resolve(cursor, cursor.module.spaces.memory, index),
    offset_group: (_open, _offset, instrs, _close): Expr => expression(instrs.children),
    offset_folded: (instr): Expr => expression([instr]),
  };
}

/** The identifiers of a function's parameters: those written, or none for each parameter of the type it names. */
function parameters(cursor: Cursor, use: TypeUse, type: number): (string | null)[] {
  if (use.params.length > 0) return use.params.map((param) => param.id);
  const def = cursor.module.types[type]?.type;
  return (def?.comp.params ?? []).map(() => null);
}
