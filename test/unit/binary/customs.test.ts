import { describe, expect, test } from 'vitest';
import { encodeModule } from '../../../src/binary/encode.ts';
import { payloadBytes, payloadText } from '../../../src/syntax/code-metadata.ts';
import { equalModules } from '../../../src/syntax/equal.ts';
import type { Module } from '../../../src/syntax/module.ts';
import { decoded, hex, moduleOf, nameHex, parsed, problems, toHex } from './bytes.ts';

const HINTS = nameHex('metadata.code.branch_hint');
const TYPE = ['01', '01 60 00 00'] as const;
/** `i32.const 0, if, end`: the `if` is at offset 3 of the body. */
const CODE = ['0a', '01 07 00 41 00 04 40 0b 0b'] as const;

function withHints(contents: string): Uint8Array {
  return moduleOf(TYPE, ['03', '01 00'], ['00', `${HINTS} ${contents}`], CODE);
}

function survives(module: Module): void {
  expect(equalModules(decoded(encodeModule(module)), module)).toBe(true);
}

describe('custom sections', () => {
  test('keep their names, bytes and places', () => {
    const bytes = moduleOf(
      ['00', '01 61 01'],
      TYPE,
      ['00', '01 62'],
      ['00', '01 63 ff'],
      ['03', '01 00'],
      ['0a', '01 02 00 0b'],
      ['00', '00'],
    );
    const module = decoded(bytes);
    expect(module.customs).toMatchObject([
      { name: 'a', after: null, bytes: hex('01') },
      { name: 'b', after: 'type' },
      { name: 'c', after: 'type' },
      { name: '', after: 'code' },
    ]);
    expect(toHex(encodeModule(module))).toBe(toHex(bytes));
  });

  test('after an empty section stand after the last that is not', () => {
    const module = decoded(moduleOf(TYPE, ['02', '00'], ['00', '01 61'], ['0c', '00'], ['00', '01 62']));
    expect(module.customs).toMatchObject([
      { name: 'a', after: 'type' },
      { name: 'b', after: 'type' },
    ]);
    survives(module);
  });

  test('are malformed where their names are', () => {
    expect(problems(moduleOf(['00', '01 ff']))[0]?.message).toBe('malformed UTF-8 encoding');
    expect(problems(moduleOf(['00', '']))[0]?.message).toBe('unexpected end of section or function');
  });
});

describe('code metadata', () => {
  test('is an annotation of the instruction at the offset', () => {
    const bytes = withHints('01 00 01 03 01 01');
    const module = decoded(bytes);
    expect(module.funcs[0]?.body).toMatchObject([
      { op: 'i32.const' },
      { kind: 'if', notes: [{ id: 'metadata.code.branch_hint', text: '"\\01"' }] },
    ]);
    expect(module.customs).toEqual([]);
    expect(toHex(encodeModule(module))).toBe(toHex(bytes));
  });

  test('is what the text has', () => {
    const module = parsed(`(module (import "m" "f" (func)) (func (param i32) (local.get 0)
      (@metadata.code.branch_hint "\\00") (if (then (@metadata.code.x "abc") nop (@metadata.code.branch_hint "\\01") (br_if 0 (i32.const 0))))))`);
    survives(module);
  });

  const KEPT: Readonly<Record<string, string>> = {
    'at no instruction': '01 00 01 02 01 01',
    'in no function': '01 07 01 03 01 01',
    'with functions out of order': '02 00 01 03 01 01 00 01 03 01 01',
    'with offsets out of order': '01 00 02 03 01 01 03 01 01',
    'with bytes behind it': '01 00 01 03 01 01 00',
    'without its payload': '01 00 01 03 05',
  };
  for (const [what, contents] of Object.entries(KEPT))
    test(`is kept as a custom section ${what}`, () => {
      const module = decoded(withHints(contents));
      expect(module.customs).toMatchObject([
        { name: 'metadata.code.branch_hint', bytes: hex(contents), after: 'func' },
      ]);
      survives(module);
    });

  test('has no meaning elsewhere than before the code', () => {
    const contents = `${HINTS} 01 00 01 03 01 01`;
    const module = decoded(moduleOf(TYPE, ['00', contents], ['03', '01 00'], CODE));
    expect(module.customs).toHaveLength(1);
    expect(module.funcs[0]?.body[1]?.notes).toBeUndefined();
    survives(module);
    const behind = { ...module, customs: module.customs.map((custom) => ({ ...custom, after: 'func' as const })) };
    survives(behind);
  });

  test('other annotations have no binary form', () => {
    const module = parsed('(module (func (@other "x") nop))');
    expect(module.funcs[0]?.body[0]?.notes).toHaveLength(1);
    expect(decoded(encodeModule(module)).funcs[0]?.body[0]?.notes).toBeUndefined();
  });

  test('payloads have one literal', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(payloadBytes(payloadText(bytes))).toEqual(bytes);
    expect(payloadText(hex('00 61 22 5c 7f 20'))).toBe('"\\00a\\22\\5c\\7f "');
    for (const other of ['"\\61"', '"\\n"', '"\\FF"', 'a', '"a', '"λ"', '"a" "b"'])
      expect(payloadBytes(other)).toBeNull();
  });
});
