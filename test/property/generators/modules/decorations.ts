import type {
  Annotation,
  Custom,
  Definition,
  Expr,
  Func,
  Instr,
  Module,
  SectionName,
} from '../../../../src/syntax/module.ts';
import { SECTIONS } from '../../../../src/syntax/module.ts';
import { NOWHERE } from '../../../../src/base/span.ts';
import type { Choices } from './choices.ts';
import type { Features } from './features.ts';

/**
 * What has no bearing on validity: names of everything that has one, annotations, custom sections. Names may be odd, and the same for two things of one
 * space, as those of a name section are.
 */
export function decorate(c: Choices, features: Features, module: Module): Module {
  const { names, notes, customs } = features;
  const named = names && c.chance(2, 3) ? addNames(c, module) : module;
  const noted = notes && c.chance(1, 4) ? addNotes(c, named) : named;
  return customs && c.chance(1, 4) ? { ...noted, customs: someCustoms(c, noted) } : noted;
}

const PLAIN = ['a', 'b', 'x', 'main', 'i32', 'func', '0', "!#$%&'*+-./:<=>?@\\^_`|~"];
const ODD = ['é☃', '\u{1f980}', 'a b', '"', '\u0000', '(;', '', '\u200f', '\t\n', ';;', ')', 'a,b', '\ufeff'];

function someId(c: Choices): string | null {
  if (!c.chance(2, 3)) return null;
  if (c.chance(1, 4)) return c.pick(ODD);
  const id = c.pick(PLAIN);
  return c.chance(1, 3) ? id : `${id}${c.below(1000)}`;
}

function addNames(c: Choices, module: Module): Module {
  const id = (): string | null => someId(c);
  const list = <T extends Definition>(definitions: readonly T[]): T[] => definitions.map((d) => ({ ...d, id: id() }));
  const label = (instr: Instr): Instr => (instr.kind === 'plain' ? instr : { ...instr, label: id() });
  const func = (f: Func): Func => ({
    ...f,
    id: id(),
    params: f.params.map(id),
    locals: f.locals.map((local) => ({ ...local, id: id() })),
    body: mapExpr(f.body, label),
  });
  return {
    ...module,
    id: id(),
    types: module.types.map((td) => ({ ...td, id: id(), fields: td.fields.map(id) })),
    imports: list(module.imports),
    funcs: module.funcs.map(func),
    tables: list(module.tables),
    memories: list(module.memories),
    tags: list(module.tags),
    globals: list(module.globals),
    elems: list(module.elems),
    datas: list(module.datas),
  };
}

/** The same instructions, each changed by `f` after those inside it. */
export function mapExpr(expr: Expr, f: (instr: Instr) => Instr): Expr {
  return expr.map((instr): Instr => {
    if (instr.kind === 'plain') return f(instr);
    if (instr.kind === 'if') return f({ ...instr, then: mapExpr(instr.then, f), else: mapExpr(instr.else, f) });
    return f({ ...instr, body: mapExpr(instr.body, f) });
  });
}

const NOTES: readonly Annotation[] = [
  { id: 'a', text: '' },
  { id: 'note', text: '"x y" $z (1 2.5 (nan)) "\\22"' },
  { id: 'é', text: ', ; [ ] { }' },
  { id: 'x.y', text: '(module)' },
];

/** Those that have a binary form. */
const CODE_NOTES: readonly Annotation[] = [
  { id: 'metadata.code.x', text: '""' },
  { id: 'metadata.code.trace', text: '"\\01a"' },
];

function someNotes(c: Choices, from: readonly Annotation[]): { readonly notes?: readonly Annotation[] } {
  return c.chance(1, 6) ? { notes: Array.from({ length: 1 + c.below(2) }, () => c.pick(from)) } : {};
}

function addNotes(c: Choices, module: Module): Module {
  const list = <T extends Definition>(definitions: readonly T[]): T[] =>
    definitions.map((d) => ({ ...d, ...someNotes(c, NOTES) }));
  const instr = (i: Instr): Instr => ({ ...i, ...someInstrNotes(c, i) });
  return {
    ...module,
    types: list(module.types),
    imports: list(module.imports),
    funcs: list(module.funcs).map((f) => ({ ...f, body: mapExpr(f.body, instr) })),
    tables: list(module.tables),
    memories: list(module.memories),
    tags: list(module.tags),
    globals: list(module.globals),
    exports: module.exports.map((e) => ({ ...e, ...someNotes(c, NOTES) })),
    start: module.start === null ? null : { ...module.start, ...someNotes(c, NOTES) },
    elems: list(module.elems),
    datas: list(module.datas),
    ...someNotes(c, NOTES),
  };
}

/** An instruction has at most one metadata of a kind. */
function someInstrNotes(c: Choices, instr: Instr): { readonly notes?: readonly Annotation[] } {
  if (!c.chance(1, 3)) return {};
  const hinted = instr.kind === 'if' || (instr.kind === 'plain' && instr.op === 'br_if');
  if (hinted) return { notes: [{ id: 'metadata.code.branch_hint', text: c.pick(['"\\00"', '"\\01"']) }] };
  return c.chance(1, 2) ? { notes: [c.pick(CODE_NOTES)] } : someNotes(c, NOTES);
}

/** The sections that a module has in any case, in their order. */
function sectionsOf(module: Module): SectionName[] {
  const has: Partial<Record<SectionName, boolean>> = {
    type: module.types.length > 0,
    import: module.imports.length > 0,
    func: module.funcs.length > 0,
    table: module.tables.length > 0,
    memory: module.memories.length > 0,
    tag: module.tags.length > 0,
    global: module.globals.length > 0,
    export: module.exports.length > 0,
    start: module.start !== null,
    elem: module.elems.length > 0,
    code: module.funcs.length > 0,
    data: module.datas.length > 0,
  };
  return SECTIONS.filter((section) => has[section] === true);
}

/** Custom sections, in the order of their places. */
function someCustoms(c: Choices, module: Module): Custom[] {
  const places = [null, ...sectionsOf(module)];
  const customs: Custom[] = [];
  for (const after of places) {
    if (!c.chance(1, 3)) continue;
    const bytes = Uint8Array.from({ length: c.below(5) }, () => c.below(256));
    customs.push({ name: c.pick(['x', '', 'é☃', 'producers', 'a b']), bytes, after, at: NOWHERE });
  }
  return customs;
}

/** The module without annotations, most of which have no binary form. */
export function withoutNotes(module: Module): Module {
  const bare = <T extends { readonly notes?: readonly Annotation[] }>({ notes: _, ...rest }: T): Omit<T, 'notes'> =>
    rest;
  const list = <T extends Definition>(definitions: readonly T[]): T[] => definitions.map((d) => bare(d) as T);
  return {
    ...(bare(module) as Module),
    types: list(module.types),
    imports: list(module.imports),
    funcs: list(module.funcs).map((f) => ({ ...f, body: mapExpr(f.body, (instr) => bare(instr) as Instr) })),
    tables: list(module.tables),
    memories: list(module.memories),
    tags: list(module.tags),
    globals: list(module.globals),
    exports: module.exports.map(bare),
    start: module.start === null ? null : bare(module.start),
    elems: list(module.elems),
    datas: list(module.datas),
  };
}
