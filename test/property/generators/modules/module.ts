import fc from 'fast-check';
import { NOWHERE } from '../../../../src/base/span.ts';
import type { Elem, Export, Func, Module } from '../../../../src/syntax/module.ts';
import type { ExternKind } from '../../../../src/syntax/types.ts';
import { finish, startBody } from './body.ts';
import { type Choices, choicesFromSeed } from './choices.ts';
import { decorate } from './decorations.ts';
import { makeDefinitions, makeImports } from './definitions.ts';
import {
  type Env,
  type FuncDecl,
  funcShare,
  funcType,
  index,
  makeEnv,
  plain,
  typesWhere,
  where,
} from './environment.ts';
import { type Features, featuresFrom } from './features.ts';
import { refTo } from './matching.ts';
import { fill } from './statements.ts';
import { makeTypes } from './type-section.ts';
import { someValType } from './value-types.ts';

/**
 * Modules that are well typed by construction and use the whole language, or the part of it that `features` names. `size` bounds the
 * number of instructions of a function that are chosen freely (operands come on top).
 */
export interface ModuleOptions {
  readonly features?: Partial<Features>;
  readonly size?: number;
  /** Code that goes far when it is run: addresses in range, references to objects, loops and calls that end. */
  readonly runs?: boolean;
}

/** The module of a seed: always the same one. */
export function moduleFromSeed(seed: number, options: ModuleOptions = {}): Module {
  return makeModule(choicesFromSeed(seed), options);
}

/** Shrinks to modules of fewer decisions, and of smaller functions. */
export function arbModule({ features, size = 30 }: ModuleOptions = {}): fc.Arbitrary<Module> {
  return fc
    .tuple(fc.noShrink(fc.nat()), fc.noBias(fc.nat({ max: 6000 })), fc.noBias(fc.nat({ max: size })))
    .map(([seed, budget, most]) =>
      makeModule(choicesFromSeed(seed, budget), { ...(features && { features }), size: most }),
    );
}

function makeModule(c: Choices, { features, size = 30, runs = false }: ModuleOptions): Module {
  const env = makeEnv(c, featuresFrom(features), runs);
  makeTypes(env);
  makeImports(env);
  declareFunctions(env);
  makeDefinitions(env);
  // Bodies may declare more functions.
  for (let f = 0; f < env.funcs.length; f++) makeFunction(env, f, size);
  return assemble(env);
}

/** The module of what has been made. */
export function assemble(env: Env): Module {
  const { c } = env;
  const exports = makeExports(env);
  const start = c.maybe(where(env.funcs, ({ type }) => isEntry(env, type)));
  const { made, types, recs, imports } = env;
  const module: Module = {
    id: null,
    at: NOWHERE,
    shared: env.shared,
    types: types.map((type) => ({
      type,
      id: null,
      fields: type.comp.kind === 'struct' ? type.comp.fields.map(() => null) : [],
      at: NOWHERE,
    })),
    recs,
    imports,
    funcs: env.funcs.flatMap((decl) => (decl.made === null ? [] : [makeDefined(env, decl, decl.made)])),
    ...made,
    exports,
    start: start === null || !c.chance(2, 3) ? null : { func: start, at: NOWHERE },
    customs: [],
  };
  return decorate(c, env.features, { ...module, elems: [...made.elems, ...declarations(env, module)] });
}

function isEntry(env: Env, type: number): boolean {
  const { params, results } = funcType(env, type);
  return params.length === 0 && results.length === 0;
}

function makeDefined(env: Env, { type }: FuncDecl, made: NonNullable<FuncDecl['made']>): Func {
  return { type, ...made, params: funcType(env, type).params.map(() => null), id: null, at: NOWHERE };
}

function declareFunctions(env: Env): void {
  const types = typesWhere(env, 'func', () => true);
  for (let i = types.length === 0 ? 0 : 1 + env.c.below(5); i > 0; i--)
    env.funcs.push({ type: env.c.pick(types), imported: false, made: null });
}

function makeFunction(env: Env, f: number, size: number): void {
  const decl = env.funcs[f] as FuncDecl;
  if (decl.imported || decl.made !== null) return;
  const { c } = env;
  const { params, results, share } = funcType(env, decl.type);
  const wish = { shared: share === 'shared', known: env.types.length };
  const locals = Array.from({ length: c.below(5) }, () => someValType(env, wish));
  const body = startBody(env, f, wish.shared, params, locals, results, 5 * size);
  fill(body, c.below(size + 1), 4);
  finish(body, results, 2);
  const counter = env.runs ? (['i32'] as const) : [];
  decl.made = { locals: [...locals, ...counter].map((type) => ({ id: null, type })), body: body.out };
}

const EXPORT_NAMES = ['', 'f', 'é☃', '\u{1f980}', '\u0000', 'a b', '"\\', '\u200f', 'memory', '0', '$x', '(;'];

function makeExports(env: Env): Export[] {
  const { c, shared } = env;
  const open = (isShared: boolean): boolean => !shared || isShared;
  const things: { kind: ExternKind; index: number }[] = [
    ...where(env.funcs, (_, f) => open(funcShare(env, f) === 'shared')).map((i) => ({
      kind: 'func' as const,
      index: i,
    })),
    ...where(env.globals, (gt) => open(gt.share !== 'unshared')).map((i) => ({ kind: 'global' as const, index: i })),
    ...where(env.tables, (tt) => open(tt.share === 'shared')).map((i) => ({ kind: 'table' as const, index: i })),
    ...where(env.memories, (mt) => open(mt.share === 'shared')).map((i) => ({ kind: 'memory' as const, index: i })),
    ...where(env.tags, (x) => open(funcType(env, x).share === 'shared')).map((i) => ({
      kind: 'tag' as const,
      index: i,
    })),
  ];
  const names = env.features.names ? [...EXPORT_NAMES] : ['a', 'b', 'c', 'd'];
  const exports: Export[] = [];
  for (let i = things.length === 0 ? 0 : c.below(5); i > 0 && names.length > 0; i--) {
    const [name] = names.splice(c.below(names.length), 1);
    exports.push({ name: name ?? '', ...c.pick(things), at: NOWHERE });
  }
  return exports;
}

/** Segments that declare the functions to which bodies take references. */
function declarations(env: Env, module: Module): Elem[] {
  const { c } = env;
  const declared = new Set(module.exports.flatMap((e) => (e.kind === 'func' ? [e.index] : [])));
  const missing = [...env.referenced].filter((f) => !declared.has(f) || c.chance(1, 4));
  return (['unshared', 'shared'] as const).flatMap((share): Elem[] => {
    const functions = missing.filter((f) => funcShare(env, f) === share);
    if (functions.length === 0) return [];
    const items = functions.map((f) => [plain('ref.func', index(f))]);
    const type = refTo('func', share, !env.features.gc || c.chance(1, 2));
    const annotated = env.features.sharedSegments && c.chance(1, 2);
    return [
      { share: annotated ? share : 'unshared', type, items, mode: { kind: 'declarative' }, id: null, at: NOWHERE },
    ];
  });
}
