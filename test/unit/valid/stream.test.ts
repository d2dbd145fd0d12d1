import { describe, expect, test } from 'vitest';
import { encodeModule } from '../../../src/binary/encode.ts';
import { INSTRUCTIONS, type InstructionRow, type SignatureType } from '../../../src/syntax/instructions.ts';
import type { Module } from '../../../src/syntax/module.ts';
import { type DataType, plainType, type ValType } from '../../../src/syntax/types.ts';
import { hasCustomSection } from '../../../src/valid/stream/customs.ts';
import { validateBytes } from '../../../src/valid/stream/validate.ts';
import { complaint } from '../../support/explained.ts';
import { parseWat } from './check-wat.ts';
import type { Accepted } from './rule-case.ts';
import { RULE_CASES } from './rule-cases.ts';
import { type Bytes, body, leb, moduleOf, oneFunction, repeat, section } from './stream-bytes.ts';

/** The streaming validator: that it is right where no corpus looks, and that hostile bytes cost it little. */

const verdict = (wat: string): boolean => validateBytes(encodeModule(parseWat(wat)));

/** The bytes of these two orders are read as another pair under the default reading. */
const LOST = 'acq_rel seq_cst';

test.each(Object.values(RULE_CASES).flat())('$rule: the same verdicts on its cases', ({ accepts, rejects }) => {
  for (const accepted of accepts) {
    const { wat, readings }: Accepted = typeof accepted === 'string' ? { wat: accepted } : accepted;
    if (readings === undefined) expect([wat, verdict(wat)]).toEqual([wat, true]);
  }
  for (const { wat, readings } of rejects) {
    if (readings === undefined && !wat.includes(LOST)) expect([wat, verdict(wat)]).toEqual([wat, false]);
  }
});

/** Immediates that are never wrong in a module with a memory and a data segment. */
function immediates({ immediates: shape }: InstructionRow): string {
  switch (shape) {
    case 'lane':
    case 'memarg-lane':
    case 'data':
    case 'memory-data':
    case 'i32':
    case 'i64':
    case 'f32':
    case 'f64':
      return ' 0';
    case 'lanes':
      return ' 0'.repeat(16);
    case 'v128':
      return ' i64x2 0 0';
    default:
      return '';
  }
}

describe('the compiled instruction table', () => {
  const rows = INSTRUCTIONS.flatMap((row) => (row.signature === null ? [] : [{ row, ...row.signature }]));

  /** A function that applies the instruction to its parameters; `retyped` gives it another type. */
  const make = (row: InstructionRow, params: readonly ValType[], results: readonly ValType[]): Module => {
    const given = params.map((_, i) => `(local.get ${i})`).join(' ');
    const type = `${params.map((t) => `(param ${t})`).join(' ')} ${results.map((t) => `(result ${t})`).join(' ')}`;
    return parseWat(`(memory i64 1) (data "") (func ${type} ${given} (${row.mnemonic}${immediates(row)}))`);
  };
  const retyped = (module: Module, params: readonly ValType[], results: readonly ValType[]): Uint8Array => {
    const types = module.types.map((td) => ({ ...td, type: plainType({ kind: 'func', params, results }) }));
    return encodeModule({ ...module, types });
  };
  const address = (t: SignatureType): DataType => (t === 'addr' ? 'i64' : t);
  const other = (t: DataType | undefined): DataType => (t === 'f32' ? 'f64' : 'f32');

  test('every instruction with a signature takes and gives exactly what its row says', () => {
    expect(rows.length).toBeGreaterThan(450);
    for (const { row, params, results } of rows) {
      const [from, to] = [params.map(address), results.map(address)];
      const module = make(row, from, to);
      expect([row.mnemonic, validateBytes(encodeModule(module))]).toEqual([row.mnemonic, true]);
      from.forEach((t, i) => {
        expect([row.mnemonic, i, validateBytes(retyped(module, from.with(i, other(t)), to))]).toEqual([
          row.mnemonic,
          i,
          false,
        ]);
      });
      expect([row.mnemonic, validateBytes(retyped(module, from, [other(to[0])]))]).toEqual([row.mnemonic, false]);
    }
  });

  test('no opcode is read that the table does not have', () => {
    const known = new Set(INSTRUCTIONS.flatMap((row) => [row.opcode, ...(row.otherOpcodes ?? [])]).map(String));
    const tail = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x0b];
    for (const prefix of [0xfb, 0xfc, 0xfd, 0xfe]) {
      for (let code = 0; code < 600; code++) {
        if (known.has(`${prefix},${code}`)) continue;
        expect([prefix, code, validateBytes(oneFunction([0x00, prefix, ...leb(code), ...tail]))]).toEqual([
          prefix,
          code,
          false,
        ]);
      }
    }
  });
});

describe('integers', () => {
  const cases: readonly (readonly [string, Bytes, boolean])[] = [
    ['i32 of five bytes', [0x41, 0xff, 0xff, 0xff, 0xff, 0x07, 0x1a, 0x0b], true],
    ['negative i32 of five bytes', [0x41, 0x80, 0x80, 0x80, 0x80, 0x78, 0x1a, 0x0b], true],
    ['i32 with unused bits set', [0x41, 0x80, 0x80, 0x80, 0x80, 0x70, 0x1a, 0x0b], false],
    ['i32 of a wrong sign', [0x41, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x1a, 0x0b], false],
    ['i32 of six bytes', [0x41, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00, 0x1a, 0x0b], false],
    ['i64 of ten bytes', [0x42, ...repeat(9, [0x80]), 0x7f, 0x1a, 0x0b], true],
    ['i64 with unused bits set', [0x42, ...repeat(9, [0x80]), 0x7e, 0x1a, 0x0b], false],
    ['index of five bytes', [0x0c, 0x80, 0x80, 0x80, 0x80, 0x00, 0x0b], true],
    ['index of 33 bits', [0x0c, 0x80, 0x80, 0x80, 0x80, 0x10, 0x0b], false],
    ['block type of two bytes', [0x02, 0x80, 0x00, 0x0b, 0x0b], true],
    ['negative block type of two bytes', [0x02, 0xc0, 0x7f, 0x0b, 0x0b], false],
    ['integer without an end', [0x41, 0x80], false],
  ];
  test.each(cases)('%s', (_, instructions, expected) => {
    expect(validateBytes(oneFunction(instructions))).toBe(expected);
  });
});

test('limits beyond 2^53 are compared exactly', () => {
  const most = [...repeat(9, [0xff]), 0x01];
  const less = [0xfe, ...repeat(8, [0xff]), 0x01];
  const table = (min: Bytes, max: Bytes): boolean => validateBytes(moduleOf(section(4, [1, 0x70, 0x05], min, max)));
  expect(table(less, most)).toBe(true);
  expect(table(most, most)).toBe(true);
  expect(table(most, less)).toBe(false);
});

test('names are UTF-8', () => {
  const named = (bytes: Bytes): boolean => validateBytes(moduleOf(section(0, leb(bytes.length), bytes)));
  const good = ['', 'a', 'é', '€', '😀', '\u{10ffff}', '\uffff', 'aé€😀z'];
  for (const name of good) expect([name, named([...new TextEncoder().encode(name)])]).toEqual([name, true]);
  const bad: readonly Bytes[] = [
    [0x80],
    [0xc1, 0xbf],
    [0xc3],
    [0xe0, 0x9f, 0xbf],
    [0xed, 0xa0, 0x80],
    [0xf0, 0x8f, 0xbf, 0xbf],
    [0xf4, 0x90, 0x80, 0x80],
    [0xf5, 0x80, 0x80, 0x80],
    [0xe2, 0x82, 0x41],
    [0x61, 0xff],
  ];
  for (const name of bad) expect([name, named(name)]).toEqual([name, false]);
});

test('custom sections are found by the beginnings of their names', () => {
  const named = (name: string): Bytes => section(0, leb(name.length), [...new TextEncoder().encode(name)], [1, 2, 3]);
  const bytes = moduleOf(named('name'), section(1, [0]), named('metadata.code.branch_hint'));
  expect(validateBytes(bytes)).toBe(true);
  expect(hasCustomSection(bytes, 'metadata.code.')).toBe(true);
  expect(hasCustomSection(bytes, 'nam')).toBe(true);
  expect(hasCustomSection(bytes, 'names')).toBe(false);
  expect(hasCustomSection(moduleOf(), '')).toBe(false);
});

test('many names, types and groups are told apart', () => {
  const n = 3000;
  const types = Array.from({ length: n }, (_, i) => [
    0x60,
    ...leb(12),
    ...repeat(12, [0x7f]).map((t, k) => t - ((i >> k) & 1)),
    0,
  ]);
  const names = Array.from({ length: n }, (_, i) => [
    ...leb(4),
    ...new TextEncoder().encode(String(i).padStart(4, '0')),
    0,
    0,
  ]);
  // Function 0 calls through the last type, with the parameters of that type alone.
  const last = Array.from({ length: 12 }, (_, k) => ((((n - 1) >> k) & 1) === 0 ? [0x41, 0] : [0x42, 0]));
  const make = (all: readonly Bytes[], operands: readonly Bytes[]): Uint8Array =>
    moduleOf(
      section(1, leb(n + 1), ...types, [0x60, 0, 0]),
      section(3, [1], leb(n)),
      section(4, [1, 0x70, 0, 0]),
      section(7, leb(all.length), ...all),
      section(10, [1], body([...operands.flat(), 0x41, 0, 0x11, ...leb(n - 1), 0, 0x0b])),
    );
  expect(validateBytes(make(names, last))).toBe(true);
  expect(validateBytes(make(names, [...last.slice(0, 11), [0x43, 0, 0, 0, 0]]))).toBe(false);
  expect(validateBytes(make([...names, names[1234] as Bytes], last))).toBe(false);
});

describe('hostile bytes', () => {
  const blocks = (n: number): Bytes => [...repeat(n, [0x02, 0x40]), ...repeat(n, [0x0b]), 0x0b];

  test('blocks are nested at most 1000 deep', () => {
    expect(validateBytes(oneFunction(blocks(1000)))).toBe(true);
    expect(validateBytes(oneFunction(blocks(1001)))).toBe(false);
    expect(validateBytes(oneFunction(repeat(100_000, [0x02, 0x40])))).toBe(false);
  });

  test('a function has at most 50,000 locals, and a few bytes make few of them', () => {
    const locals = (n: number): Bytes => [1, ...leb(n), 0x7f];
    expect(validateBytes(oneFunction([0x0b], { locals: locals(50_000) }))).toBe(true);
    expect(validateBytes(oneFunction([0x0b], { locals: locals(50_001) }))).toBe(false);
    expect(validateBytes(oneFunction([0x0b], { locals: locals(0xffff_ffff) }))).toBe(false);
  });

  test('claimed counts are not believed', () => {
    const claim = [0xff, 0xff, 0xff, 0xff, 0x0f];
    for (const id of [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 13])
      expect(validateBytes(moduleOf(section(id, claim)))).toBe(false);
    expect(validateBytes(moduleOf(section(1, [1, 0x4e], claim)))).toBe(false);
    expect(validateBytes(oneFunction([0x00, 0x0e, ...claim, 0x0b]))).toBe(false);
    const array = { type: [0x5e, 0x7f, 0] } as const;
    const types = section(1, [2], array.type, [0x60, 0, 0]);
    const fixed = [0x00, 0xfb, 8, 0, ...claim, 0x1a, 0x0b];
    expect(validateBytes(moduleOf(types, section(3, [1, 1]), section(10, [1], body(fixed))))).toBe(true);
  });

  test('a type larger than all before it keeps its number of results', () => {
    const type = [0x60, 0, ...leb(1_200_000), ...repeat(1_200_000, [0x7f])];
    expect(validateBytes(oneFunction([0x00, 0x0b], { type }))).toBe(true);
    expect(validateBytes(oneFunction([0x0b], { type }))).toBe(false);
  });

  test('operands that calls heap up are refused beyond a bound', () => {
    const type = [0x60, 0, ...leb(100_000), ...repeat(100_000, [0x7f])];
    const calls = (n: number): Uint8Array => {
      const types = section(1, [2], type, [0x60, 0, 0]);
      const bodies = section(10, [2], body([0x00, 0x0b]), body([...repeat(n, [0x10, 0]), 0x00, 0x0b]));
      return moduleOf(types, section(3, [2, 0, 1]), bodies);
    };
    expect([validateBytes(calls(80)), complaint(calls(80))]).toEqual([true, null]);
    expect([validateBytes(calls(90)), complaint(calls(90))?.slice(0, 14)]).toEqual([false, 'too many types']);
  });

  test('types of thousands of results that are named again and again are refused, not followed', () => {
    const type = [0x60, 0, ...leb(100_000), ...repeat(100_000, [0x7f])];
    const calls = (n: number): Uint8Array =>
      moduleOf(
        section(1, [2], type, [0x60, 0, 0]),
        section(3, [2, 0, 1]),
        section(10, [2], body([0x00, 0x0b]), body([...repeat(n, [0x10, 0, 0x00]), 0x0b])),
      );
    expect(validateBytes(calls(10))).toBe(true);
    expect(validateBytes(calls(100_000))).toBe(false);
  });

  test('a chain of 20,000 supertypes is walked in logarithmic time', () => {
    const n = 20_000;
    const types = Array.from({ length: n }, (_, i) => [0x50, ...(i === 0 ? [0] : [1, ...leb(i - 1)]), 0x5f, 0]);
    const casts = (from: number, to: number): Bytes => [0xd0, ...leb(from), 0x21, 0, 0xd0, ...leb(to), 0x1a];
    const locals = [1, 1, 0x63, ...leb(1)];
    const make = (x: number): Uint8Array =>
      moduleOf(
        section(1, leb(n + 1), ...types, [0x60, 0, 0]),
        section(3, [1], leb(n)),
        section(10, [1], body([...repeat(5000, casts(x, 0)), 0x0b], locals)),
      );
    expect(validateBytes(make(n - 1))).toBe(true);
    expect(validateBytes(make(0))).toBe(false);
  });

  test('a module cut short is refused, but for the end of a section that needs no other', () => {
    const whole = encodeModule(
      parseWat('(memory 1) (func (export "f") (param i32) (result i32) (i32.load (local.get 0)))'),
    );
    const afterTypes = 10 + (whole[9] as number);
    for (let n = 0; n < whole.length; n++) {
      expect([n, validateBytes(whole.subarray(0, n))]).toEqual([n, n === 8 || n === afterTypes]);
    }
    expect(validateBytes(whole)).toBe(true);
  });
});
