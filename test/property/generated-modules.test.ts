import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INSTRUCTIONS } from '../../src/syntax/instructions.ts';
import type { Expr, Instr, Module } from '../../src/syntax/module.ts';
import { ALL_FEATURES, type Features, featuresFrom, hasInstruction } from './generators/modules/features.ts';
import { choicesFromSeed } from './generators/modules/choices.ts';
import { MISSES, nearMissFromSeed } from './generators/modules/near-miss.ts';
import { checkModule } from '../../src/valid/check.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { arbModule, moduleFromSeed } from './generators/modules/module.ts';

/** The generator of modules reaches every part of the language, and keeps out of those that it is asked to. */

const MODULES = 500;

function* instructions(expr: Expr): Generator<Instr> {
  for (const instr of expr) {
    yield instr;
    if (instr.kind === 'plain') continue;
    if (instr.kind === 'if') {
      yield* instructions(instr.then);
      yield* instructions(instr.else);
    } else yield* instructions(instr.body);
  }
}

function instructionsOf(module: Module): Instr[] {
  const constants = [
    ...module.tables.flatMap((t) => t.init ?? []),
    ...module.globals.flatMap((g) => g.init ?? []),
    ...module.elems.flatMap((e) => [...e.items.flat(), ...(e.mode.kind === 'active' ? e.mode.offset : [])]),
    ...module.datas.flatMap((d) => (d.mode.kind === 'active' ? d.mode.offset : [])),
  ];
  return [...instructions(constants), ...module.funcs.flatMap((f) => [...instructions(f.body)])];
}

/** Names of the forms that a module has: one for each kind of definition, mode, share, … */
function* forms(module: Module): Generator<string> {
  const things = module.types;
  for (const { type } of things) {
    yield `type ${type.comp.kind} ${type.share}`;
    yield type.final ? 'final type' : 'open type';
    yield type.supers.length > 0 ? `type with supertype ${type.comp.kind}` : 'type without supertype';
  }
  for (const size of module.recs) yield size === 1 ? 'group of one' : size === 0 ? 'empty group' : 'group of several';
  for (const { desc } of module.imports) {
    yield `import ${desc.kind}`;
    if (typeof desc.type === 'object') yield `import ${desc.kind} ${desc.type.share}`;
  }
  for (const { type, init } of module.tables) {
    yield `table ${type.share} ${type.addr} ${init === null ? 'of nulls' : 'initialised'}`;
    yield `table ${type.limits.max === null ? 'without' : 'with'} maximum`;
    yield `table of ${type.elem.nullable ? '' : 'non-'}null`;
  }
  for (const { type } of module.memories) {
    yield `memory ${type.share} ${type.addr}`;
    yield `memory ${type.limits.max === null ? 'without' : 'with'} maximum`;
  }
  if (module.memories.length > 1) yield 'several memories';
  for (const { type } of module.tags) yield `tag ${module.types[type]?.type.share}`;
  for (const { type, init } of module.globals)
    yield `global ${type.share} ${type.mutable ? 'mutable' : 'constant'}${init === null ? ' without initialiser' : ''}`;
  for (const { kind } of module.exports) yield `export ${kind}`;
  if (module.start !== null) yield 'start';
  for (const { share, mode } of module.elems) yield `elem ${share} ${mode.kind}`;
  for (const { share, mode } of module.datas) yield `data ${share} ${mode.kind}`;
  for (const { after } of module.customs) yield `custom after ${after}`;
  for (const f of module.funcs) {
    yield `func ${module.types[f.type]?.type.share}`;
    for (const { type } of f.locals)
      yield `local ${typeof type === 'string' ? type : type.nullable ? 'null' : 'non-null'}`;
  }
  if (module.id !== null) yield 'module name';
  if (module.shared) yield 'shared module';
  if (module.notes !== undefined) yield 'annotation at the end';
  for (const instr of instructionsOf(module)) {
    if (instr.notes !== undefined) yield 'annotation of an instruction';
    if (instr.kind === 'plain') continue;
    yield `${instr.kind} ${instr.type.kind}`;
    if (instr.label !== null) yield `label of ${instr.kind}`;
    if (instr.kind === 'try_table') for (const clause of instr.catches) yield clause.kind;
    if (instr.kind === 'if') yield instr.else.length === 0 ? 'if without else' : 'if with else';
  }
}

const SHARES = ['unshared', 'shared'];
/** Forms that stand alone. */
const SINGLE_FORMS = [
  'final type',
  'open type',
  'type without supertype',
  'group of one',
  'empty group',
  'group of several',
  'table of null',
  'table of non-null',
  'several memories',
  'tag unshared',
  'tag shared',
  'start',
  'func unshared',
  'func shared',
  'module name',
  'shared module',
  'annotation at the end',
  'annotation of an instruction',
  'catch',
  'catch_ref',
  'catch_all',
  'catch_all_ref',
  'if with else',
  'if without else',
];

const ALL_FORMS = [
  ...SINGLE_FORMS,
  ...['func', 'struct', 'array'].flatMap((kind) => [
    ...SHARES.map((s) => `type ${kind} ${s}`),
    `type with supertype ${kind}`,
  ]),
  ...['func', 'global', 'table', 'memory', 'tag'].flatMap((kind) => [`import ${kind}`, `export ${kind}`]),
  ...['global', 'table', 'memory'].flatMap((kind) => SHARES.map((s) => `import ${kind} ${s}`)),
  'import global thread_local',
  ...SHARES.flatMap((s) =>
    ['i32', 'i64'].flatMap((at) => [`table ${s} ${at} of nulls`, `table ${s} ${at} initialised`, `memory ${s} ${at}`]),
  ),
  ...['table', 'memory'].flatMap((kind) => [`${kind} with maximum`, `${kind} without maximum`]),
  ...[...SHARES, 'thread_local'].flatMap((s) => [`global ${s} mutable`, `global ${s} constant`]),
  'global thread_local mutable without initialiser',
  ...SHARES.flatMap((s) => ['passive', 'active', 'declarative'].map((mode) => `elem ${s} ${mode}`)),
  ...SHARES.flatMap((s) => ['passive', 'active'].map((mode) => `data ${s} ${mode}`)),
  ...[
    null,
    'type',
    'import',
    'func',
    'table',
    'memory',
    'tag',
    'global',
    'export',
    'start',
    'elem',
    'code',
    'data',
  ].map((after) => `custom after ${after}`),
  ...['i32', 'i64', 'f32', 'f64', 'v128', 'null', 'non-null'].map((t) => `local ${t}`),
  ...['block', 'loop', 'if', 'try_table'].flatMap((kind) => [`${kind} type`, `${kind} value`, `label of ${kind}`]),
];

describe('modules by construction', () => {
  test('have every instruction and every form of definition', () => {
    const ops = new Set<string>();
    const seen = new Set<string>();
    for (let seed = 0; seed < MODULES; seed++) {
      const module = moduleFromSeed(seed);
      for (const instr of instructionsOf(module)) if (instr.kind === 'plain') ops.add(instr.op);
      for (const form of forms(module)) seen.add(form);
    }
    expect(INSTRUCTIONS.map((row) => row.mnemonic).filter((op) => !ops.has(op))).toEqual([]);
    expect(ALL_FORMS.filter((form) => !seen.has(form))).toEqual([]);
  });

  test.each(Object.keys(ALL_FEATURES) as (keyof Features)[])('without %s have no instruction of it', (feature) => {
    const features = featuresFrom({ [feature]: false });
    const allowed = new Set(INSTRUCTIONS.filter((row) => hasInstruction(features, row)).map((row) => row.mnemonic));
    const others = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      for (const instr of instructionsOf(moduleFromSeed(seed, { features }))) {
        if (instr.kind === 'plain' && !allowed.has(instr.op)) others.add(instr.op);
      }
    }
    expect([...others]).toEqual([]);
  });

  test('have near misses of every kind, which are rejected for their reason', () => {
    const made = new Set<string>();
    for (let seed = 0; seed < 3 * MISSES.length; seed++) {
      const { module, broken, message } = nearMissFromSeed(moduleFromSeed(seed, { size: 5 }), seed);
      made.add(broken);
      const checked = checkModule(module, DEFAULT_READINGS);
      const complaints = checked.ok ? [] : checked.error.map((d) => d.message);
      expect([seed, broken, complaints.filter((c) => message.test(c)).length > 0, complaints]).toEqual([
        seed,
        broken,
        true,
        complaints,
      ]);
    }
    // Some find an occasion in few modules.
    expect(made.size).toBeGreaterThan(MISSES.length * 0.7);
    const modules = Array.from({ length: 60 }, (_, seed) => moduleFromSeed(seed, { size: 5 }));
    const never = MISSES.filter(
      (miss) =>
        !modules.some(
          (module, seed) => miss.make({ c: choicesFromSeed(seed), features: ALL_FEATURES, module }) !== null,
        ),
    );
    expect(never.map((miss) => miss.broken)).toEqual([]);
  });

  test('shrink to the decisions up to what a property fails on', () => {
    const result = fc.check(
      fc.property(arbModule(), (module) => {
        expect(checkModule(module, DEFAULT_READINGS).ok).toBe(true);
        return !instructionsOf(module).some((instr) => instr.kind === 'plain' && instr.op === 'struct.get');
      }),
      { seed: 20_261_126, numRuns: 200 },
    );
    const [module] = result.counterexample ?? [];
    expect(module).toBeDefined();
    expect(result.numShrinks).toBeGreaterThan(3);
    if (module !== undefined) expect(instructionsOf(module).length).toBeLessThan(120);
  });

  test('are the same for the same seed', () => {
    expect(moduleFromSeed(7)).toEqual(moduleFromSeed(7));
  });
});
