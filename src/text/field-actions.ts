import type { ActionDict, Node } from 'ohm-js';
import type { Span } from '../base/span.ts';
import type { Annotation, Export, Expr, ImportType } from '../syntax/module.ts';
import {
  type AddrType,
  type GlobalType,
  type MemType,
  PAGE_SIZE,
  type Share,
  type TableType,
} from '../syntax/types.ts';
import type { Cursor } from './context.ts';
import { readInstrs } from './instr-reader.ts';
import { declare, newSpace } from './names.ts';
import {
  build,
  bytesOf,
  givenName,
  lastTokenOf,
  optional,
  report,
  resolve,
  spanBetween,
  textOf,
  tokenOf,
} from './nodes.ts';
import { annotationsWithin, noted } from './notes.ts';
import { nameOfToken } from './resolve.ts';
import type { SubForm, TypeUse, Variable } from './type-actions.ts';
import { resolveTypeUse } from './type-use.ts';

/** Actions of the grammar's fields, segments apart: each adds what it reads to the module [core 3.0, Text Format, Modules]. */
export function fieldActions(cursor: Cursor): ActionDict<unknown> {
  const tools = fieldTools(cursor);
  const { name, inlineExports, inlineImported, addImport, definition, typeUseOf, expression, sharing } = tools;

  /** The type of an inline segment's memory or table: as large as what it is filled with. */
  const filled = (share: Share, addr: AddrType, size: number): MemType => ({
    share,
    addr,
    limits: { min: BigInt(size), max: BigInt(size) },
  });

  return {
    rec(_open, _rec, types, _close): void {
      const { module } = cursor;
      const first = module.types.length;
      module.recs.push(types.numChildren);
      for (const type of types.children) build(type);
      // A group has no annotations of its own; the module keeps those of an empty one.
      const def = module.types[first];
      const notes = def === undefined ? [] : tools.notesOf(this);
      if (def !== undefined && notes.length > 0)
        module.types[first] = { ...def, notes: [...notes, ...(def.notes ?? [])] };
    },
    type(_open, keyword, id, type, _close): void {
      // Types are read before all other fields, in order, so that the next free index is this one's.
      const form = build<SubForm>(type);
      const index = cursor.module.types.length;
      const space = newSpace('field');
      for (const field of form.fields) declare(space, field.id, field.at, cursor.module.diagnostics);
      if (form.type.comp.kind === 'struct') cursor.module.fields.set(index, space);
      const fields = form.fields.map((field) => field.name);
      cursor.module.types.push({ ...definition(this, keyword, id, 'type'), type: form.type, fields });
    },
    import(_open, _import, module, item, desc, _close): void {
      const form = desc.child(0);
      const id = givenName(cursor, form.child(1), form.child(2), build<ImportType>(desc).kind);
      addImport(this, module, item, id, build<ImportType>(desc));
    },
    importDesc_func: (open, keyword, _id, shared, use, _close): ImportType => ({
      kind: 'func',
      type: typeUseOf(shared, use, open, keyword).type,
    }),
    importDesc_tag: (open, keyword, _id, shared, use, _close): ImportType => ({
      kind: 'tag',
      type: typeUseOf(shared, use, open, keyword).type,
    }),
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
      const { type } = typeUseOf(shared, use, open, keyword);
      inlineImported(this, keyword, id, exports, from, { kind: 'func', type });
    },
    func_defined(open, keyword, id, exports, shared, use, locals, instrs, _close): void {
      inlineExports(exports, 'func');
      const at = spanBetween(cursor, open, optional(id) === null ? keyword : id);
      const { type, use: typeUse } = typeUseOf(shared, use, open, keyword);
      const declared = locals.children.flatMap((local) => build<Variable[]>(local));
      const params = parameters(cursor, typeUse, type);
      cursor.locals = newSpace('local');
      params.forEach((param, i) =>
        declare(cursor.locals, param.id, typeUse.params[i]?.at ?? at, cursor.module.diagnostics),
      );
      for (const local of declared) declare(cursor.locals, local.id, local.at, cursor.module.diagnostics);
      const body = expression(instrs);
      const bare = declared.map((local) => ({ id: local.name, type: local.type }));
      const { notes, ...def } = definition(this, keyword, id, 'func');
      const names = params.map((param) => param.name);
      cursor.module.funcs.push({ ...def, at, type, params: names, locals: bare, body, ...noted(notes ?? []) });
    },
    memory_imported(_open, keyword, id, exports, from, type, _close): void {
      inlineImported(this, keyword, id, exports, from, { kind: 'memory', type: build<MemType>(type) });
    },
    memory_inlineData(_open, keyword, id, exports, shared, addrNode, _data, _kw, strings, _dataClose, _close): void {
      inlineExports(exports, 'memory');
      const bytes = bytesOf(cursor, strings);
      const addr = addressOf(cursor, addrNode);
      const type = filled(sharing(shared), addr, Math.ceil(bytes.length / PAGE_SIZE));
      const def = definition(this, keyword, id, 'memory');
      cursor.module.memories.push({ ...def, type });
      const mode = { kind: 'active', memory: cursor.index, offset: zero(addr, def.at) } as const;
      cursor.module.datas.push({ id: null, share: 'unshared', bytes, mode, at: def.at });
    },
    memory_defined(_open, keyword, id, exports, type, _close): void {
      inlineExports(exports, 'memory');
      cursor.module.memories.push({ type: build<MemType>(type), ...definition(this, keyword, id, 'memory') });
    },
    global_imported(_open, keyword, id, exports, from, type, _close): void {
      inlineImported(this, keyword, id, exports, from, { kind: 'global', type: build<GlobalType>(type) });
    },
    global_defined(_open, keyword, id, exports, typeNode, instrs, _close): void {
      inlineExports(exports, 'global');
      const type = build<GlobalType>(typeNode);
      const isUninitialised = type.share === 'thread_local' && instrs.numChildren === 0;
      const init = isUninitialised ? null : constant(cursor, instrs, expression);
      cursor.module.globals.push({ type, init, ...definition(this, keyword, id, 'global') });
    },
    table_imported(_open, keyword, id, exports, from, type, _close): void {
      inlineImported(this, keyword, id, exports, from, { kind: 'table', type: build<TableType>(type) });
    },
    table_inlineElem(_open, keyword, id, exports, typeNode, _inner, _elem, elements, _innerClose, _close): void {
      inlineExports(exports, 'table');
      const bare = build<Omit<TableType, 'limits'>>(typeNode);
      const items = build<Expr[]>(elements);
      const type = { ...bare, ...filled(bare.share, bare.addr, items.length) };
      const def = definition(this, keyword, id, 'table');
      cursor.module.tables.push({ ...def, type, init: null });
      const mode = { kind: 'active', table: cursor.index, offset: zero(bare.addr, def.at) } as const;
      cursor.module.elems.push({ id: null, share: bare.share, type: bare.elem, items, mode, at: def.at });
    },
    table_defined(_open, keyword, id, exports, type, instrs, _close): void {
      inlineExports(exports, 'table');
      const init = instrs.numChildren === 0 ? null : constant(cursor, instrs, expression);
      cursor.module.tables.push({ type: build<TableType>(type), init, ...definition(this, keyword, id, 'table') });
    },
    tag_imported(open, keyword, id, exports, from, shared, use, _close): void {
      const { type } = typeUseOf(shared, use, open, keyword);
      inlineImported(this, keyword, id, exports, from, { kind: 'tag', type });
    },
    tag_defined(open, keyword, id, exports, shared, use, _close): void {
      inlineExports(exports, 'tag');
      const { type } = typeUseOf(shared, use, open, keyword);
      cursor.module.tags.push({ type, ...definition(this, keyword, id, 'tag') });
    },
    export(_open, _export, string, _inner, keyword, index, _innerClose, _close): void {
      const kind = textOf(cursor, keyword) as Export['kind'];
      const x = resolve(cursor, cursor.module.spaces[kind], index);
      const at = spanBetween(cursor, this);
      cursor.module.exports.push({ name: name(string), kind, index: x, at, ...noted(tools.notesOf(this)) });
    },
    start(_open, _start, index, _close): void {
      const func = resolve(cursor, cursor.module.spaces.func, index);
      if (cursor.module.start !== null) report(cursor, this, 'Parse/start', 'multiple start sections');
      cursor.module.start ??= { func, at: spanBetween(cursor, this), ...noted(tools.notesOf(this)) };
    },
  };
}

/** What the actions of fields share. */
export function fieldTools(cursor: Cursor) {
  const name = (string: Node): string => nameOfToken(cursor.module, tokenOf(cursor, string));

  /** Annotations before and in a field that nothing in it has taken. */
  const notesOf = (field: Node): readonly Annotation[] =>
    annotationsWithin(cursor.module, tokenOf(cursor, field), lastTokenOf(cursor, field), 'field');

  const definition = (
    field: Node,
    keyword: Node,
    id: Node,
    what: string,
  ): { id: string | null; at: Span; notes?: readonly Annotation[] } => ({
    id: givenName(cursor, keyword, id, what),
    at: spanBetween(cursor, field),
    ...noted(notesOf(field)),
  });

  const inlineExports = (exports: Node, kind: Export['kind']): void => {
    for (const node of exports.children) {
      const at = spanBetween(cursor, node);
      cursor.module.exports.push({ name: name(node.child(2)), kind, index: cursor.index, at });
    }
  };

  const addImport = (field: Node, module: Node, item: Node, id: string | null, desc: ImportType): void => {
    const at = spanBetween(cursor, field);
    const common = { id, module: name(module), name: name(item), desc, at };
    cursor.module.imports.push({ ...common, ...noted(notesOf(field)) });
  };

  const inlineImported = (field: Node, keyword: Node, id: Node, exports: Node, from: Node, desc: ImportType): void => {
    inlineExports(exports, desc.kind);
    addImport(field, from.child(2), from.child(3), givenName(cursor, keyword, id, desc.kind), desc);
  };

  /** The instructions of a node, outside any function if no locals are declared. */
  const expression = (node: Node): Expr =>
    node.source.endIdx === node.source.startIdx
      ? []
      : readInstrs(cursor, tokenOf(cursor, node), lastTokenOf(cursor, node));

  const sharing = (node: Node): Share => (optional(node) === null ? 'unshared' : 'shared');

  /** The type that a use written after `open` and `keyword` means. */
  const typeUseOf = (shared: Node, node: Node, open: Node, keyword: Node): { type: number; use: TypeUse } => {
    const use = build<TypeUse>(node);
    const at = use.at ?? spanBetween(cursor, open, keyword);
    const params = use.params.map((param) => param.type);
    return { type: resolveTypeUse(cursor.module, use.ref, params, use.results, sharing(shared), at), use };
  };

  return { name, notesOf, definition, inlineExports, addImport, inlineImported, expression, sharing, typeUseOf };
}

/** A constant expression: instructions outside any function. */
export function constant(cursor: Cursor, node: Node, expression: (node: Node) => Expr): Expr {
  cursor.locals = newSpace('local');
  return expression(node);
}

function addressOf(cursor: Cursor, node: Node): AddrType {
  const written = optional(node);
  return written === null ? 'i32' : (textOf(cursor, written) as AddrType);
}

/** Where an inline segment begins. */
function zero(addr: AddrType, at: Span): Expr {
  return addr === 'i32'
    ? [{ kind: 'plain', op: 'i32.const', imm: { kind: 'i32', value: 0 }, at }]
    : [{ kind: 'plain', op: 'i64.const', imm: { kind: 'i64', value: 0n }, at }];
}

interface Parameter {
  readonly id: string | null;
  readonly name: string | null;
}

/** A function's parameters: those written, or an unnamed one for each parameter of the type that it names. */
function parameters(cursor: Cursor, use: TypeUse, type: number): readonly Parameter[] {
  if (use.params.length > 0) return use.params;
  const comp = cursor.module.types[type]?.type.comp;
  return comp?.kind === 'func' ? comp.params.map(() => ({ id: null, name: null })) : [];
}
