import { expect, test } from 'vitest';
import { NOWHERE } from '../../src/base/span.ts';
import type { Expr, Module } from '../../src/syntax/module.ts';
import { DEFAULT_READINGS, type Readings } from '../../src/syntax/readings.ts';
import { plainType, type RefType, type Share, type ValType } from '../../src/syntax/types.ts';
import { makeContext, matches } from '../../src/valid/context.ts';
import { isDerivable } from '../../src/valid/declarative/derivable.ts';
import { checkDerivation } from '../../src/valid/declarative/derivation.ts';
import { sub } from '../../src/valid/declarative/judgement.ts';
import { moduleContexts } from '../../src/valid/declarative/module-context.ts';
import { derive, prove } from '../../src/valid/declarative/prove.ts';
import { matchExternType } from '../../src/valid/match.ts';
import { SHARING_PREMISES } from '../../src/valid/premises.ts';
import { importTypes } from '../../src/valid/types.ts';
import { accepts, anyReadings, disagreements, EMPTY_MODULE, placeOf } from '../support/declarative.ts';
import { choicesFromSeed } from './generators/modules/choices.ts';
import { smallModule } from './generators/small-modules.ts';
import { anyTypeSection, anyValType, type TypeSection } from './generators/small-types.ts';

/** Subtyping has three forms that agree [proofs-notes/typing.md]: matching by closed types, derivations, and the rules' least relation. */

const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);
const SEED = Number(process.env['WEFT_SEED'] ?? 20_261_126);

function moduleOf({ types, recs }: TypeSection): Module {
  return {
    ...EMPTY_MODULE,
    types: types.map((type) => ({
      id: null,
      at: NOWHERE,
      type,
      fields: type.comp.kind === 'struct' ? type.comp.fields.map(() => null) : [],
    })),
    recs,
  };
}

test('of value types over random recursive groups', () => {
  let related = 0;
  let asked = 0;
  for (let i = 0; i < 80 * RUNS; i++) {
    const c = choicesFromSeed(SEED + i);
    const section = anyTypeSection(c, 8);
    const readings = i % 3 === 0 ? anyReadings(c) : DEFAULT_READINGS;
    const module = moduleOf(section);
    const M = moduleContexts(module, readings)?.whole;
    if (M === undefined || !accepts(module, readings)) continue;
    const C = makeContext(module, readings, SHARING_PREMISES, () => undefined);
    const n = section.types.length;
    const defined = Array.from(
      { length: n },
      (_, type): ValType => ({ kind: 'ref', nullable: false, heap: { kind: 'index', type } }),
    );
    const ts = [...defined, ...Array.from({ length: 10 }, () => anyValType(c, n))];
    for (const t1 of ts) {
      for (const t2 of ts) {
        const algorithm = matches(C, t1, t2);
        const j = sub('Valtype_sub', M, t1, t2);
        const derivation = prove(j);
        const what = `seed ${SEED + i}: ${JSON.stringify(t1)} <: ${JSON.stringify(t2)}`;
        expect(derivation !== null, what).toBe(algorithm);
        expect(isDerivable(j), what).toBe(algorithm);
        if (derivation !== null) expect(checkDerivation(derivation, j), what).toBe(true);
        asked++;
        if (algorithm) related++;
      }
    }
  }
  expect(asked).toBeGreaterThan(4000 * RUNS);
  expect(related).toBeGreaterThan(asked / 20);
});

test('an i31 of both shares gives an externref of both shares, under i31=common', () => {
  const readings: Readings = { ...DEFAULT_READINGS, i31: 'common' };
  const ref = (share: Share, name: 'i31' | 'extern'): RefType => ({
    kind: 'ref',
    nullable: false,
    heap: { kind: 'abstract', share, name },
  });
  const convert: Expr = [
    { kind: 'plain', op: 'local.get', imm: { kind: 'index', x: 0 }, at: NOWHERE },
    { kind: 'plain', op: 'extern.convert_any', imm: { kind: 'none' }, at: NOWHERE },
  ];
  for (const share of ['unshared', 'shared'] as const) {
    const comp = { kind: 'func', params: [ref('unshared', 'i31')], results: [ref(share, 'extern')] } as const;
    const func = { id: null, at: placeOf(0), type: 0, params: [null], locals: [], body: convert };
    const module = { ...moduleOf({ types: [plainType(comp)], recs: [1] }), funcs: [func] };
    expect(accepts(module, readings)).toBe(true);
    expect(disagreements(module, readings)).toEqual([]);
  }
});

test('of function types across modules, whose definitions are numbered differently', () => {
  let related = 0;
  for (let i = 0; i < 60 * RUNS; i++) {
    const c = choicesFromSeed(SEED + 9000 + i);
    const section = anyTypeSection(c, 6);
    // The same groups after other ones, so that the same types have other numbers.
    const [first, second] = [moduleOf(section), moduleOf(after({ types: [], recs: [] }, section))];
    const shifted = moduleOf(after(anyTypeSection(c, 2), section));
    for (const module of [second, shifted]) related += compareFunctions(first, module, `seed ${SEED + 9000 + i}`);
  }
  expect(related).toBeGreaterThan(30 * RUNS);
});

/** `section` behind `front`. */
function after(front: TypeSection, section: TypeSection): TypeSection {
  const offset = front.types.length;
  const shift = <T>(part: T): T =>
    JSON.parse(JSON.stringify(part), (_, value: unknown) => {
      const heap = value as { kind?: unknown; type?: unknown };
      return typeof value === 'object' && value !== null && heap.kind === 'index' && typeof heap.type === 'number'
        ? { ...value, type: heap.type + offset }
        : value;
    }) as T;
  const types = section.types.map((st) => ({ ...shift(st), supers: st.supers.map((x) => x + offset) }));
  return { types: [...front.types, ...types], recs: [...front.recs, ...section.recs] };
}

/** How many functions of the one module match functions of the other; both sides' verdicts agree. */
function compareFunctions(one: Module, other: Module, what: string): number {
  if (!accepts(one) || !accepts(other)) return 0;
  const withImports = (m: Module): Module => ({
    ...m,
    imports: m.types.flatMap(({ type }, x) =>
      type.comp.kind === 'func'
        ? [{ id: null, at: NOWHERE, module: 'm', name: `${x}`, desc: { kind: 'func', type: x } as const }]
        : [],
    ),
  });
  const [a, b] = [withImports(one), withImports(other)];
  const [M, N] = [moduleContexts(a, DEFAULT_READINGS)?.whole, moduleContexts(b, DEFAULT_READINGS)?.whole];
  if (M === undefined || N === undefined) throw new Error('no context');
  let related = 0;
  importTypes(a).forEach((given, i) => {
    importTypes(b).forEach((wanted, k) => {
      const [left, right] = [M.funcs[i], N.funcs[k]];
      if (left === undefined || right === undefined) throw new Error('a function has no type');
      const verdict = matchExternType(given, wanted);
      const j = sub('Externtype_sub', M, { kind: 'func', type: left }, { kind: 'func', type: right });
      const derivation = prove(j);
      expect(derivation !== null, what).toBe(verdict);
      if (derivation !== null) expect(checkDerivation(derivation, j), what).toBe(true);
      if (verdict) related++;
    });
  });
  return related;
}

test('type sections of any kind are derivable exactly if accepted', () => {
  let accepted = 0;
  for (let i = 0; i < 300 * RUNS; i++) {
    const module = smallModule(choicesFromSeed(SEED + 5000 + i), { types: 6, functions: 0, length: 0 });
    const verdict = accepts(module);
    if (verdict) accepted++;
    expect(derive(module, DEFAULT_READINGS) !== null, `seed ${SEED + 5000 + i}`).toBe(verdict);
  }
  expect(accepted).toBeGreaterThan(100 * RUNS);
});
