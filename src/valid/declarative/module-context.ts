import type { Elem, Expr, Func, Module } from '../../syntax/module.ts';
import type { Readings } from '../../syntax/readings.ts';
import type { Share, SubType } from '../../syntax/types.ts';
import { emptyModuleContext, type Context, type ModuleContext } from './context.ts';
import { roll, unroll, type DefTerm, type FuncTerm } from './terms.ts';

/** The contexts of a module's parts [core 3.0, Validation / Modules]: what Module_ok puts together from its premises. */

/** The recursive groups of a module's types. */
export function groups(module: Module): readonly (readonly SubType[])[] {
  const sts = module.types.map((td) => td.type);
  let start = 0;
  return module.recs.map((size) => sts.slice(start, (start += size)));
}

/** The contexts in which the groups are valid, each with its own types: C ++ {TYPES dt*}. */
export function typeContexts(readings: Readings, of: readonly (readonly SubType[])[]): readonly ModuleContext[] {
  let M = emptyModuleContext(readings);
  return of.map((group) => {
    M = { ...M, types: [...M.types, ...roll(M.types, group)] };
    return M;
  });
}

interface ModuleContexts {
  /** {TYPES dt*} */
  readonly types: ModuleContext;
  /** C': of the definitions that see imported globals only. */
  readonly early: ModuleContext;
  /** C' and the globals before each, in order. */
  readonly globals: readonly ModuleContext[];
  /** C */
  readonly whole: ModuleContext;
}

/** Null if the type of a function or tag is unknown, so that there is no context. */
export function moduleContexts(module: Module, readings: Readings): ModuleContexts | null {
  const types = typeContexts(readings, groups(module)).at(-1) ?? emptyModuleContext(readings);
  const defined = (x: number): DefTerm | undefined => types.types[x];
  const descs = module.imports.map((i) => i.desc);
  const funcs = [...descs.flatMap((d) => (d.kind === 'func' ? [d.type] : [])), ...module.funcs.map((f) => f.type)].map(
    defined,
  );
  const tags = [...descs.flatMap((d) => (d.kind === 'tag' ? [d.type] : [])), ...module.tags.map((t) => t.type)].map(
    defined,
  );
  if (!funcs.every(isKnown) || !tags.every(isKnown)) return null;
  const importedGlobals = descs.flatMap((d) => (d.kind === 'global' ? [d.type] : []));
  const early = { ...types, funcs, globals: importedGlobals, refs: references(module) };
  const gts = [...importedGlobals, ...module.globals.map((g) => g.type)];
  const mems = [...descs.flatMap((d) => (d.kind === 'memory' ? [d.type] : [])), ...module.memories.map((m) => m.type)];
  const tables = [...descs.flatMap((d) => (d.kind === 'table' ? [d.type] : [])), ...module.tables.map((t) => t.type)];
  const { 'segment-shares': segments } = readings;
  const whole: ModuleContext = {
    ...early,
    tags,
    globals: gts,
    mems,
    tables,
    datas: module.datas.map((d) => (segments === 'implied' ? 'shared' : d.share)),
    elems: module.elems.map((e) => ({ share: elemShare(types, e), type: e.type })),
  };
  return {
    types,
    early,
    globals: module.globals.map((_, i) => ({ ...early, globals: gts.slice(0, importedGlobals.length + i) })),
    whole,
  };
}

function isKnown(dt: DefTerm | undefined): dt is DefTerm {
  return dt !== undefined;
}

/** The share of a segment: written, or that of its type under the reading `segment-shares=implied`. */
export function elemShare(M: ModuleContext, e: Elem): Share {
  return M.readings['segment-shares'] === 'implied' ? typeShare(M, e) : e.share;
}

/** The share that the type of a segment's elements is ok with. */
export function typeShare(M: ModuleContext, { type: { heap } }: Elem): Share {
  if (heap.kind === 'index') {
    const dt = M.types[heap.type];
    return dt === undefined ? 'unshared' : unroll(dt).share;
  }
  return heap.name === 'i31' && M.readings.i31 === 'common' ? 'shared' : heap.share;
}

/** REFS: the functions that the module mentions outside of functions and its start. */
function references(module: Module): ReadonlySet<number> {
  const exprs: readonly (Expr | null)[] = [
    ...module.globals.map((g) => g.init),
    ...module.tables.map((t) => t.init),
    ...module.elems.flatMap((e) => [...e.items, ...(e.mode.kind === 'active' ? [e.mode.offset] : [])]),
  ];
  const refs = new Set(module.exports.flatMap((e) => (e.kind === 'func' ? [e.index] : [])));
  for (const instr of exprs.flatMap((expr) => expr ?? [])) {
    if (instr.kind === 'plain' && instr.op === 'ref.func' && instr.imm.kind === 'index') refs.add(instr.imm.x);
  }
  return refs;
}

/** The function's type; null if it is another type's. */
export function funcTypeOf(M: ModuleContext, f: Func): { readonly share: Share; readonly comp: FuncTerm } | null {
  const dt = M.types[f.type];
  if (dt === undefined) return null;
  const { share, comp } = unroll(dt);
  return comp.kind === 'func' ? { share, comp } : null;
}

/** C ++ {LOCALS …, LABELS (t2*), RETURN (t2*)} */
export function functionContext(M: ModuleContext, f: Func): Context | null {
  const type = funcTypeOf(M, f);
  if (type === null) return null;
  const { share, comp } = type;
  const { params, results } = comp;
  const unset = new Set<number>();
  f.locals.forEach(({ type: t }, i) => {
    if (typeof t !== 'string' && !t.nullable) unset.add(params.length + i);
  });
  return {
    M,
    locals: [...params, ...f.locals.map((l) => l.type)],
    unset,
    labels: { types: results, outer: null },
    return: results,
    share,
    values: M.readings['body-strictness'] === 'strict' ? share : 'unshared',
    threadLocals: true,
  };
}
