import { describe, expect, test } from 'vitest';
import { printGlobalType, printMemType, printTableType, printValType } from '../../../src/syntax/print-types.ts';
import { type Share, type SubType, type ValType, plainType } from '../../../src/syntax/types.ts';
import { complaints, moduleOf } from './read.ts';

const func = (params: ValType[], results: ValType[] = [], share: Share = 'unshared'): SubType =>
  plainType({ kind: 'func', params, results }, share);

/** The parameters of a function type. */
function paramsOf(type: SubType | undefined): readonly ValType[] {
  return type?.comp.kind === 'func' ? type.comp.params : [];
}

function typesOf(fields: string): SubType[] {
  return moduleOf(`(module ${fields})`).types.map((def) => def.type);
}

describe('value types', () => {
  test.each([
    ['i32', 'i32'],
    ['funcref', '(ref null func)'],
    ['externref', '(ref null extern)'],
    ['nullexnref', '(ref null noexn)'],
    ['(shared anyref)', '(ref null (shared any))'],
    ['(ref null (shared func))', '(ref null (shared func))'],
    ['(ref extern)', '(ref extern)'],
    ['(ref $t)', '(ref 0)'],
    ['(ref null 7)', '(ref null 7)'],
  ])('%s', (text, printed) => {
    const [, def] = typesOf(`(type $t (func)) (type (func (param ${text})))`);
    expect(printValType(paramsOf(def)[0] ?? 'i32')).toBe(printed);
  });
});

describe('global types', () => {
  test.each([
    ['i32', 'i32'],
    ['(mut i64)', '(mut i64)'],
    ['(shared i32)', '(shared i32)'],
    ['(shared mut i32)', '(shared mut i32)'],
    ['(shared (mut i32))', '(shared mut i32)'],
    ['(thread_local mut f32)', '(thread_local mut f32)'],
    ['(thread_local (mut f32))', '(thread_local mut f32)'],
    ['(thread_local i32)', '(thread_local i32)'],
    ['(shared funcref)', '(shared (ref null func))'],
    ['(shared (shared funcref))', '(shared (ref null (shared func)))'],
    ['(mut (shared funcref))', '(mut (ref null (shared func)))'],
    ['(ref null (shared any))', '(ref null (shared any))'],
  ])('%s', (text, printed) => {
    const [item] = moduleOf(`(module (import "m" "g" (global ${text})))`).imports;
    expect(item?.desc.kind === 'global' && printGlobalType(item.desc.type)).toBe(printed);
  });

  test('(mut shared i64) is malformed', () => {
    expect(complaints('(module (global (mut shared i64) (i64.const -1)))')).toEqual([
      'Parse/token unexpected token shared @shared',
    ]);
  });
});

describe('memory and table types', () => {
  test.each([
    ['1', '1'],
    ['1 2', '1 2'],
    ['1 2 shared', '1 2 shared'],
    ['shared 0x1 2', '1 2 shared'],
  ])('memory %s', (text, printed) => {
    const [memory] = moduleOf(`(module (memory ${text}))`).memories;
    expect(memory && printMemType(memory.type)).toBe(printed);
  });

  test('a memory says once that it is shared', () => {
    expect(complaints('(module (memory shared 1 1 shared))')).toEqual(['Parse/token unexpected token shared @shared']);
  });

  test.each([
    ['1 funcref', '1 (ref null func)'],
    ['shared 1 2 (ref null (shared func))', 'shared 1 2 (ref null (shared func))'],
  ])('table %s', (text, printed) => {
    const [table] = moduleOf(`(module (table ${text}))`).tables;
    expect(table && printTableType(table.type)).toBe(printed);
  });

  test('limits over 64 bits are malformed', () => {
    expect(complaints('(module (memory 18446744073709551616))')).toEqual([
      'Parse/constant i64 constant out of range @18446744073709551616',
    ]);
    expect(complaints('(module (memory 18446744073709551615))')).toEqual([]);
  });
});

describe('type definitions and uses', () => {
  test('recursive groups, supertypes, structures and arrays', () => {
    const module = moduleOf(`(module (type $a (sub (struct (field $x i32) (field i8 (mut (ref null $b))))))
      (rec (type $b (sub final $a (struct (field $x i32)))) (type (shared (array (mut i16))))) (rec) (rec (type (func))))`);
    expect(module.recs).toEqual([1, 2, 0, 1]);
    const b = { kind: 'ref', nullable: true, heap: { kind: 'index', type: 1 } };
    expect(module.types.map(({ type, fields }) => ({ ...type, fields }))).toEqual([
      {
        final: false,
        supers: [],
        share: 'unshared',
        comp: {
          kind: 'struct',
          fields: [
            { mutable: false, storage: 'i32' },
            { mutable: false, storage: 'i8' },
            { mutable: true, storage: b },
          ],
        },
        fields: ['x', null, null],
      },
      {
        final: true,
        supers: [0],
        share: 'unshared',
        comp: { kind: 'struct', fields: [{ mutable: false, storage: 'i32' }] },
        fields: ['x'],
      },
      {
        final: true,
        supers: [],
        share: 'shared',
        comp: { kind: 'array', field: { mutable: true, storage: 'i16' } },
        fields: [],
      },
      { final: true, supers: [], share: 'unshared', comp: { kind: 'func', params: [], results: [] }, fields: [] },
    ]);
    expect(complaints('(module (type (struct (field $x i32) (field $x i32))))')).toEqual([
      'Resolve/duplicate-field duplicate field $x @$x',
    ]);
  });

  test('an inline type is none of a group, of a supertype, or open', () => {
    const module = moduleOf('(module (rec (type (func)) (type (func))) (type (sub (func))) (type $f (func)) (func))');
    expect(module.funcs[0]?.type).toBe(3);
  });

  test.each([
    ['i64 1', 'i64 1'],
    ['i32 1 2 shared', '1 2 shared'],
    ['shared i64 1 2', 'i64 1 2 shared'],
  ])('memory %s', (text, printed) => {
    const [memory] = moduleOf(`(module (memory ${text}))`).memories;
    expect(memory && printMemType(memory.type)).toBe(printed);
  });

  test('shared function types', () => {
    expect(typesOf('(type (shared (func (param $x i32) (param i64 f32) (result f64))))')).toEqual([
      func(['i32', 'i64', 'f32'], ['f64'], 'shared'),
    ]);
  });

  test('an inline type takes the first equal definition, wherever it stands', () => {
    const module = moduleOf(
      '(module (func (param i32)) (type (func)) (type $s (shared (func (param i32)))) (type (func (param i32))) (type (func (param i32))))',
    );
    expect(module.funcs[0]?.type).toBe(2);
    expect(module.types).toHaveLength(4);
  });

  test('an inline type without definition goes to the end of the list, once', () => {
    const module = moduleOf(
      '(module (func (param i64)) (func (param i64)) (func (block (param i32) (drop))) (type (func)))',
    );
    expect(module.types.map((def) => def.type)).toEqual([func([]), func(['i64']), func(['i32'])]);
    expect(module.funcs.map((f) => f.type)).toEqual([1, 1, 0]);
  });

  test('`shared` gives an implicit shared type', () => {
    const module = moduleOf('(module (import "" "" (func shared)) (func (param i32)) (func $f shared (param i32)))');
    expect(module.types.map((def) => def.type.share)).toEqual(['shared', 'unshared', 'shared']);
    expect(module.funcs.map((f) => f.type)).toEqual([1, 2]);
  });

  test('a written type must be the one that it names', () => {
    const at = '(type $t) (param i32)';
    expect(complaints(`(module (type $t (func)) (func ${at}))`)).toEqual([
      `Parse/inline-type inline function type differs from the type definition it names @${at}`,
    ]);
    expect(complaints('(module (type $t (func)) (func shared (type $t)))')).toHaveLength(1);
    expect(
      complaints(
        '(module (type $t (shared (func (param i32)))) (func (type $t) (param $x i32) (drop (local.get $x))))',
      ),
    ).toEqual([]);
    expect(complaints('(module (func (type 3) (param i32)))')).toEqual(['Resolve/type unknown type 3 @3']);
  });

  test('types may name later types', () => {
    expect(paramsOf(typesOf('(type (func (param (ref $t)))) (type $t (func))')[0])).toEqual([
      { kind: 'ref', nullable: false, heap: { kind: 'index', type: 1 } },
    ]);
  });
});
