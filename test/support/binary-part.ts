import { CODE_METADATA, payloadBytes } from '../../src/syntax/code-metadata.ts';
import type { Annotation, Expr, Instr, Module } from '../../src/syntax/module.ts';

/** A module without what has no binary form: annotations other than code metadata of instructions of functions. */
export function binaryPart(module: Module): Module {
  const bare = <T extends object>(items: readonly T[]): T[] => items.map((item) => without(item));
  return {
    ...without(module),
    types: bare(module.types),
    imports: bare(module.imports),
    funcs: bare(module.funcs).map((func) => ({ ...func, body: exprPart(func.body, true) })),
    tables: bare(module.tables).map((table) => ({ ...table, init: table.init && exprPart(table.init, false) })),
    memories: bare(module.memories),
    tags: bare(module.tags),
    globals: bare(module.globals).map((global) => ({ ...global, init: global.init && exprPart(global.init, false) })),
    exports: bare(module.exports),
    start: module.start === null ? null : without(module.start),
    elems: bare(module.elems).map((elem) => ({
      ...elem,
      items: elem.items.map((item) => exprPart(item, false)),
      mode: elem.mode.kind === 'active' ? { ...elem.mode, offset: exprPart(elem.mode.offset, false) } : elem.mode,
    })),
    datas: bare(module.datas).map((data) => ({
      ...data,
      mode: data.mode.kind === 'active' ? { ...data.mode, offset: exprPart(data.mode.offset, false) } : data.mode,
    })),
  };
}

function without<T extends object>(item: T): T {
  const { notes, ...rest } = item as T & { notes?: readonly Annotation[] };
  return notes === undefined ? item : (rest as T);
}

function exprPart(body: Expr, inFunction: boolean): Expr {
  return body.map((instr) => instrPart(instr, inFunction));
}

function instrPart(instr: Instr, inFunction: boolean): Instr {
  const notes = (instr.notes ?? []).filter(
    ({ id, text }) => id.startsWith(CODE_METADATA) && payloadBytes(text) !== null,
  );
  const bare = { ...without(instr), ...(inFunction && notes.length > 0 ? { notes } : {}) };
  switch (bare.kind) {
    case 'plain':
      return bare;
    case 'if':
      return { ...bare, then: exprPart(bare.then, inFunction), else: exprPart(bare.else, inFunction) };
    default:
      return { ...bare, body: exprPart(bare.body, inFunction) };
  }
}
