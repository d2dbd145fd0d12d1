import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeModule } from '../../src/binary/decode.ts';
import { encodeModule } from '../../src/binary/encode.ts';
import { equalModules } from '../../src/syntax/equal.ts';
import type { Module } from '../../src/syntax/module.ts';
import { SECTIONS } from '../../src/syntax/module.ts';
import { placeAfter, sectionsOf, usesData } from '../../src/syntax/sections.ts';
import { toHex } from '../unit/binary/bytes.ts';
import { binaryPart } from '../support/binary-part.ts';
import { moduleFromSeed } from './generators/modules/module.ts';

const SEED = 20_261_126;
const RUNS = Number(process.env['WEFT_RUNS'] ?? 200);

const anyModule = fc.nat().map((seed) => moduleFromSeed(seed));

function survives(module: Module): void {
  const bytes = encodeModule(module);
  const result = decodeModule(bytes);
  if (!result.ok) throw new Error(`${result.error[0]?.message} (${result.error[0]?.reading}): ${toHex(bytes)}`);
  expect(equalModules(result.value, binaryPart(module))).toBe(true);
}

describe('decode ∘ encode', () => {
  test('is the identity on generated modules', () => {
    fc.assert(fc.property(anyModule, survives), { seed: SEED, numRuns: RUNS });
  });

  test('is the identity on modules with any names', () => {
    const name = fc.option(fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('', 'a', 'λ')), { nil: null });
    fc.assert(
      fc.property(anyModule, fc.array(name, { minLength: 1, maxLength: 30 }), (module, names) => {
        let next = 0;
        survives(renamed(module, () => names[next++ % names.length] ?? null));
      }),
      { seed: SEED, numRuns: RUNS / 2 },
    );
  });

  test('is the identity on modules with any custom sections, those with a meaning included', () => {
    const custom = fc.record({
      name: fc.constantFrom('a', 'name', 'weft.shared', 'metadata.code.branch_hint', 'metadata.code.x', ''),
      bytes: fc.oneof(
        fc.constantFrom('', '00', '0000', '00020161').map((digits) => Uint8Array.from(Buffer.from(digits, 'hex'))),
        fc.uint8Array({ maxLength: 6 }),
      ),
      after: fc.constantFrom(null, ...SECTIONS),
    });
    fc.assert(
      fc.property(anyModule, fc.array(custom, { maxLength: 5 }), fc.boolean(), (module, customs, shared) => {
        const sections = sectionsOf(module, usesData(module));
        const placed = customs
          .toSorted((a, b) => SECTIONS.indexOf(a.after ?? 'type') - SECTIONS.indexOf(b.after ?? 'type'))
          .map((one) => ({ ...one, after: placeAfter(sections, one.after), at: { start: 0, end: 0 } }));
        const ordered = [null, ...SECTIONS].flatMap((place) => placed.filter(({ after }) => after === place));
        survives({ ...module, shared, customs: ordered });
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  test('bodies that are not kept are the same', () => {
    fc.assert(
      fc.property(anyModule, (module) => {
        const bytes = encodeModule(module);
        const [kept, lazy] = [decodeModule(bytes), decodeModule(bytes, { bodies: 'lazy' })];
        expect(kept.ok && lazy.ok && equalModules(kept.value, lazy.value)).toBe(true);
      }),
      { seed: SEED, numRuns: RUNS / 4 },
    );
  });
});

/** The module with new names for everything that has one. */
function renamed(module: Module, name: () => string | null): Module {
  const named = <T extends { readonly id: string | null }>(items: readonly T[]): T[] =>
    items.map((item) => ({ ...item, id: name() }));
  return {
    ...module,
    id: name(),
    types: named(module.types).map((type) => ({ ...type, fields: type.fields.map(name) })),
    imports: named(module.imports),
    funcs: named(module.funcs).map((func) => ({
      ...func,
      params: func.params.map(name),
      locals: named(func.locals),
    })),
    tables: named(module.tables),
    memories: named(module.memories),
    tags: named(module.tags),
    globals: named(module.globals),
    elems: named(module.elems),
    datas: named(module.datas),
  };
}
