import { describe, expect, test } from 'vitest';
import { encodeModule } from '../../../src/binary/encode.ts';
import { equalModules } from '../../../src/syntax/equal.ts';
import type { Module } from '../../../src/syntax/module.ts';
import { decoded, hex, moduleOf, nameHex, parsed, toHex } from './bytes.ts';

const NAME = nameHex('name');
const FUNC = ['01', '01 60 00 00'] as const;
const EMPTY_BODY = ['0a', '01 02 00 0b'] as const;

function withNames(contents: string): Uint8Array {
  return moduleOf(FUNC, ['03', '01 00'], EMPTY_BODY, ['00', `${NAME} ${contents}`]);
}

function survives(module: Module): void {
  expect(equalModules(decoded(encodeModule(module)), module)).toBe(true);
}

describe('the name section', () => {
  test('names of everything that has one', () => {
    const module = parsed(`(module $M
      (type $t (func (param i32))) (type $s (struct (field $x i32) (field i32) (field $y i32)))
      (import "m" "f" (func $f (type $t))) (import "m" "g" (global $g i32)) (import "m" "t" (table $t 1 funcref))
      (import "m" "m" (memory $m 1)) (import "m" "e" (tag $e (type $t)))
      (func (type $t)) (func $h (param $p i32) (local i64) (local $l i32) (block (loop $in (if $if (local.get 0) (then)))))
      (table $u 1 funcref) (memory $n 1) (global $k i32 (i32.const 0)) (tag $d (type $t))
      (elem $el func) (data $da "a"))`);
    survives(module);
    expect(module.funcs[1]).toMatchObject({ id: 'h', params: ['p'], locals: [{ id: null }, { id: 'l' }] });
  });

  test('names need not be unique, nor non-empty, nor identifiers', () => {
    const module = parsed('(module (func (@name "a")) (func (@name "a")) (func (@name "b c")))');
    survives(module);
    survives({ ...module, id: '' });
  });

  test('is written and read as the specification has it', () => {
    const bytes = withNames('00 02 01 4d  01 04 01 00 01 66');
    expect(decoded(bytes)).toMatchObject({ id: 'M', funcs: [{ id: 'f' }], customs: [] });
    expect(toHex(encodeModule(decoded(bytes)))).toBe(toHex(bytes));
  });

  const ILL_FORMED: Readonly<Record<string, string>> = {
    'subsections out of order': '01 04 01 00 01 66  00 02 01 4d',
    'a subsection twice': '00 02 01 4d  00 02 01 4d',
    'a subsection that is too short': '00 03 01 4d 00',
    'a subsection that is too long': '00 05 01 4d',
    'an index twice': '01 07 02 00 01 66 00 01 67',
    'a name that is not UTF-8': '00 02 01 ff',
    'a function twice': '02 0b 02 00 01 00 01 61 00 01 01 01 62',
  };
  for (const [what, contents] of Object.entries(ILL_FORMED))
    test(`is kept as a custom section with ${what}`, () => {
      const module = decoded(withNames(contents));
      expect(module.customs).toMatchObject([{ name: 'name', bytes: hex(contents), after: 'code' }]);
      expect(module.id).toBeNull();
      survives(module);
    });

  test('is used and kept where it says more than the syntax can', () => {
    const more: Readonly<Record<string, string>> = {
      'a subsection that nobody knows': '00 02 01 4d  0c 01 00',
      'an index out of range': '00 02 01 4d  01 04 01 09 01 66',
      'a local that is none': '00 02 01 4d  02 06 01 00 01 07 01 61',
      'a label that is none': '00 02 01 4d  03 06 01 00 01 07 01 61',
    };
    for (const contents of Object.values(more)) {
      const module = decoded(withNames(contents));
      expect(module.id).toBe('M');
      expect(module.customs).toMatchObject([{ name: 'name', bytes: hex(contents) }]);
      survives(module);
    }
  });

  test('only the first one after all other sections has a meaning', () => {
    const names = `${NAME} 00 02 01 4d`;
    const early = decoded(moduleOf(FUNC, ['00', names], ['03', '01 00'], EMPTY_BODY));
    expect(early).toMatchObject({ id: null, customs: [{ name: 'name', after: 'type' }] });
    survives(early);
    const twice = decoded(moduleOf(FUNC, ['00', names], ['00', `${NAME} 00 02 01 4e`]));
    expect(twice).toMatchObject({ id: 'M', customs: [{ name: 'name', after: 'type' }] });
    survives(twice);
    survives({ ...twice, id: null });
  });
});
