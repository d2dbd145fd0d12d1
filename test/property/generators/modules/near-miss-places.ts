import { NOWHERE } from '../../../../src/base/span.ts';
import type { Expr, Func, Immediate, Instr, Module, TypeDef } from '../../../../src/syntax/module.ts';
import type {
  CompType,
  GlobalType,
  MemType,
  Share,
  SubType,
  TableType,
  ValType,
} from '../../../../src/syntax/types.ts';
import { plainType } from '../../../../src/syntax/types.ts';
import type { Choices } from './choices.ts';
import { plain } from './environment.ts';
import type { Features } from './features.ts';

/** Where and with what a near miss is made. */
export interface Place {
  readonly c: Choices;
  readonly features: Features;
  readonly module: Module;
}

/** A way to break one premise; null where the module gives no occasion. */
export interface Miss {
  readonly broken: string;
  readonly message: RegExp;
  readonly needs: readonly (keyof Features)[];
  readonly make: (place: Place) => Module | null;
}

export function miss(
  broken: string,
  message: RegExp,
  make: (place: Place) => Module | null,
  needs: readonly (keyof Features)[] = [],
): Miss {
  return { broken, message, needs, make };
}

function importsOf(m: Module, kind: string): number {
  return m.imports.filter((i) => i.desc.kind === kind).length;
}

/** Counts of the index spaces, imports included. */
export function counts(m: Module): Record<'funcs' | 'globals' | 'tables' | 'memories' | 'tags', number> {
  return {
    funcs: importsOf(m, 'func') + m.funcs.length,
    globals: importsOf(m, 'global') + m.globals.length,
    tables: importsOf(m, 'table') + m.tables.length,
    memories: importsOf(m, 'memory') + m.memories.length,
    tags: importsOf(m, 'tag') + m.tags.length,
  };
}

export function globalTypes(m: Module): GlobalType[] {
  const imported = m.imports.flatMap(({ desc }) => (desc.kind === 'global' ? [desc.type] : []));
  return [...imported, ...m.globals.map((g) => g.type)];
}

export function memoryTypes(m: Module): MemType[] {
  const imported = m.imports.flatMap(({ desc }) => (desc.kind === 'memory' ? [desc.type] : []));
  return [...imported, ...m.memories.map((g) => g.type)];
}

export function tableTypes(m: Module): TableType[] {
  const imported = m.imports.flatMap(({ desc }) => (desc.kind === 'table' ? [desc.type] : []));
  return [...imported, ...m.tables.map((t) => t.type)];
}

/** The type indices of all functions. */
export function functionTypes(m: Module): number[] {
  const imported = m.imports.flatMap(({ desc }) => (desc.kind === 'func' ? [desc.type] : []));
  return [...imported, ...m.funcs.map((f) => f.type)];
}

export function shareOfFunc(m: Module, f: Pick<Func, 'type'>): Share {
  return m.types[f.type]?.type.share ?? 'unshared';
}

/** The module with a type more, and its index. */
export function withType(m: Module, type: SubType): { readonly module: Module; readonly x: number } {
  const fields = type.comp.kind === 'struct' ? type.comp.fields.map(() => null) : [];
  const td: TypeDef = { type, fields, id: null, at: NOWHERE };
  return { module: { ...m, types: [...m.types, td], recs: [...m.recs, 1] }, x: m.types.length };
}

export function withComp(
  m: Module,
  comp: CompType,
  share: Share = 'unshared',
): { readonly module: Module; readonly x: number } {
  return withType(m, plainType(comp, share));
}

/** The module with a function more: the last. */
export function withFunc(
  m: Module,
  share: Share,
  results: readonly ValType[],
  locals: readonly ValType[],
  body: Expr,
): Module {
  const { module, x } = withComp(m, { kind: 'func', params: [], results }, share);
  const f: Func = {
    type: x,
    params: [],
    locals: locals.map((type) => ({ id: null, type })),
    body,
    id: null,
    at: NOWHERE,
  };
  return { ...module, funcs: [...module.funcs, f] };
}

/** The module with instructions of type `[] -> []` more, at a random place of a random function of the share, or in a new function. */
export function withCode(place: Place, inserted: Expr, share: Share | null = null, m: Module = place.module): Module {
  const { c } = place;
  const fits = m.funcs.flatMap((f, i) => (share === null || shareOfFunc(m, f) === share ? [i] : []));
  const chosen = c.maybe(fits);
  if (chosen === null || c.chance(1, 4)) return withFunc(m, share ?? 'unshared', [], [], inserted);
  const funcs = m.funcs.map((f, i) => (i === chosen ? { ...f, body: insert(c, f.body, inserted) } : f));
  return { ...m, funcs };
}

function insert(c: Choices, body: Expr, inserted: Expr): Expr {
  const at = c.below(body.length + 1);
  const instr = body[at];
  if (instr !== undefined && instr.kind !== 'plain' && c.chance(3, 4)) {
    const inside: Instr =
      instr.kind === 'if'
        ? { ...instr, then: insert(c, instr.then, inserted) }
        : { ...instr, body: insert(c, instr.body, inserted) };
    return [...body.slice(0, at), inside, ...body.slice(at + 1)];
  }
  return [...body.slice(0, at), ...inserted, ...body.slice(at)];
}

export function block(body: Expr): Instr {
  return { kind: 'block', label: null, type: { kind: 'value', result: null }, body, at: NOWHERE };
}

/** An instruction whose operands are whatever it wants, and whose results nobody sees: only its other premises can fail. */
export function anyhow(op: string, imm: Immediate): Expr {
  return [block([plain('unreachable'), plain(op, imm), plain('unreachable')])];
}

/** The same for an instruction that is not plain. */
export function anyhowInstr(instr: Instr): Expr {
  return [block([plain('unreachable'), instr, plain('unreachable')])];
}

export const i32 = (value: number): Instr => plain('i32.const', { kind: 'i32', value });

/** A constant of a number type: 0. */
export function zero(t: 'i32' | 'i64' | 'f32' | 'f64' | 'v128'): Instr {
  switch (t) {
    case 'i32':
      return i32(0);
    case 'i64':
      return plain('i64.const', { kind: 'i64', value: 0n });
    case 'f32':
      return plain('f32.const', { kind: 'f32', bits: 0 });
    case 'f64':
      return plain('f64.const', { kind: 'f64', bits: 0n });
    case 'v128':
      return plain('v128.const', { kind: 'v128', bytes: new Uint8Array(16) });
  }
}
