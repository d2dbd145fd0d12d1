import { describe, expect, test } from 'vitest';
import { decodeModule } from '../../../src/binary/decode.ts';
import { MAX_BLOCKS, MAX_EXPLAINED_BODY } from '../../../src/syntax/limits.ts';
import { decoded, functionOf, hex, moduleOf, problems, toHex, uleb } from './bytes.ts';

const TYPE = ['01', '01 60 00 00'] as const;
const header = '00 61 73 6d 01 00 00 00';

/** Bytes, the complaint's message, its place and what was being read. */
const CASES: readonly (readonly [what: string, bytes: Uint8Array, message: string, at: number, reading: string])[] = [
  ['nothing', hex(''), 'unexpected end', 0, 'magic number'],
  ['a text', hex('28 6d 6f 64'), 'magic header not detected', 0, 'magic number'],
  ['version 2', hex('00 61 73 6d 02 00 00 00'), 'unknown binary version', 4, 'version'],
  ['an unknown section', moduleOf(['0e', '']), 'malformed section id', 8, 'section id'],
  ['a section twice', moduleOf(TYPE, TYPE), 'unexpected content after last section', 14, 'type section'],
  ['a section too early', moduleOf(['03', '00'], TYPE), 'unexpected content after last section', 11, 'type section'],
  [
    'a section beyond the end',
    hex(`${header} 01 05 01`),
    'length out of bounds',
    9,
    'type section, size of the section',
  ],
  [
    'a section with bytes behind it',
    moduleOf(['01', '00 00']),
    'section size mismatch',
    11,
    'type section, end of the section',
  ],
  [
    'a section with too few entries',
    moduleOf(['01', '02 60 00 00']),
    'unexpected end of section or function',
    14,
    'type section, type group 1, composite type',
  ],
  [
    'a type that is none',
    moduleOf(['01', '01 40']),
    'malformed definition type',
    11,
    'type section, type group 0, composite type',
  ],
  [
    'a value type that is none',
    moduleOf(['01', '01 60 01 40 00']),
    'malformed value type',
    13,
    'type section, type group 0, value type',
  ],
  [
    'a heap type that is none',
    moduleOf(['01', '01 60 01 64 40 00']),
    'malformed heap type',
    14,
    'type section, type group 0, heap type',
  ],
  [
    'a shared index',
    moduleOf(['01', '01 60 01 64 65 00 00']),
    'malformed heap type',
    14,
    'type section, type group 0, heap type',
  ],
  [
    'a field that may change thrice',
    moduleOf(['01', '01 5e 7f 02']),
    'malformed mutability',
    13,
    'type section, type group 0, mutability',
  ],
  [
    'an import of nothing',
    moduleOf(['02', '01 00 00 05']),
    'malformed import kind',
    13,
    'import section, import 0, import kind',
  ],
  [
    'limits with strange flags',
    moduleOf(['05', '01 08 00']),
    'malformed limits flags',
    11,
    'memory section, memory 0, limits flags',
  ],
  [
    'a table of numbers',
    moduleOf(['04', '01 7f 00 00']),
    'malformed reference type',
    11,
    'table section, table 0, reference type',
  ],
  [
    'a table with a strange reserved byte',
    moduleOf(['04', '01 40 01 70 00 00']),
    'zero byte expected',
    12,
    'table section, table 0, reserved byte',
  ],
  ['a tag with an attribute', moduleOf(['0d', '01 01 00']), 'zero byte expected', 11, 'tag section, tag 0, attribute'],
  [
    'an export of nothing',
    moduleOf(['07', '01 00 05 00']),
    'malformed export kind',
    12,
    'export section, export 0, export kind',
  ],
  [
    'a strange element segment',
    moduleOf(['09', '01 10']),
    'malformed elements segment kind',
    11,
    'elem section, element segment 0, segment kind',
  ],
  [
    'a strange element kind',
    moduleOf(['09', '01 01 01 00']),
    'malformed element kind',
    12,
    'elem section, element segment 0, element kind',
  ],
  [
    'a strange data segment',
    moduleOf(['0b', '01 03']),
    'malformed data segment kind',
    11,
    'data section, data segment 0, segment kind',
  ],
  [
    'data shorter than said',
    moduleOf(['0b', '01 01 02 61']),
    'unexpected end of section or function',
    14,
    'data section, data segment 0, length of the data',
  ],
  [
    'functions without code',
    moduleOf(TYPE, ['03', '01 00']),
    'function and code section have inconsistent lengths',
    14,
    'code section',
  ],
  [
    'a wrong data count',
    moduleOf(['0c', '01']),
    'data count and data section have inconsistent lengths',
    10,
    'datacount section',
  ],
  ['no data count', functionOf('fc 09 00'), 'data count section required', 23, 'code section'],
  ['an unknown opcode', functionOf('ff'), 'illegal opcode ff', 23, 'code section, function 0, opcode'],
  [
    'an unknown opcode with a prefix',
    functionOf('fd 80 80 01'),
    'illegal opcode fd 4000',
    23,
    'code section, function 0, opcode',
  ],
  [
    'a strange memory argument',
    functionOf('28 80 01 00'),
    'malformed memop flags',
    24,
    'code section, function 0, memory argument flags',
  ],
  [
    'a strange cast',
    functionOf('fb 18 04 00 6e 6e'),
    'malformed br_on_cast flags',
    25,
    'code section, function 0, cast flags',
  ],
  [
    'a strange catch clause',
    functionOf('1f 40 01 04 00 0b'),
    'malformed catch clause',
    26,
    'code section, function 0, catch clause',
  ],
  ['an else without an if', functionOf('05'), 'END opcode expected', 23, 'code section, function 0, instruction'],
  ['a second else', functionOf('04 40 05 05 0b'), 'END opcode expected', 26, 'code section, function 0, instruction'],
  [
    'a block without an end',
    functionOf('02 40'),
    'unexpected end of section or function',
    26,
    'code section, function 0, instruction',
  ],
  [
    'a body with bytes behind its end',
    functionOf('0b 01'),
    'section size mismatch',
    24,
    'code section, function 0, end of the body',
  ],
];

describe('malformed modules', () => {
  for (const [what, bytes, message, at, reading] of CASES)
    test(what, () => {
      const [first] = problems(bytes);
      expect(first?.message.startsWith(message)).toBe(true);
      expect(first).toMatchObject({ code: 'malformed', severity: 'error', reading });
      expect(first?.at.start).toBe(at);
    });

  test('complaints of independent sections and bodies come together, in order', () => {
    const bytes = moduleOf(
      ['01', '01 60 00 01 40'],
      ['03', '03 00 00 00'],
      ['05', '01 09 00'],
      ['0a', '03  03 00 ff 0b  02 00 0b  03 00 27 0b'],
      ['0b', '00'],
      ['0b', '00'],
    );
    expect(problems(bytes).map(({ message }) => message)).toEqual([
      'malformed value type',
      'malformed limits flags',
      'illegal opcode ff',
      'illegal opcode 27',
      'unexpected content after last section',
    ]);
  });

  test('no more than a hundred bodies are complained of', () => {
    const count = 5000;
    const bodies = '03 00 ff 0b '.repeat(count);
    const size = toHex(Uint8Array.from(uleb(count)));
    const bytes = moduleOf(TYPE, ['03', `${size} ${'00 '.repeat(count)}`], ['0a', `${size} ${bodies}`]);
    expect(problems(bytes)).toHaveLength(100);
  });
});

describe('limits', () => {
  const nested = (depth: number): Uint8Array => functionOf(`${'02 40 '.repeat(depth)}${'0b '.repeat(depth)}`);

  test('blocks nest so deep and no deeper', () => {
    expect(problems(nested(MAX_BLOCKS))).toEqual([]);
    expect(problems(nested(MAX_BLOCKS + 1))[0]).toMatchObject({ rule: 'Parse/depth', code: 'malformed' });
  });

  const locals = (declarations: string): Uint8Array => {
    const body = hex(`${declarations} 0b`);
    return moduleOf(TYPE, ['03', '01 00'], ['0a', `01 ${toHex(Uint8Array.from([...uleb(body.length), ...body]))}`]);
  };

  test('a function has so many locals and no more', () => {
    expect(decoded(locals('01 d0 86 03 7f')).funcs[0]?.locals).toHaveLength(50_000);
    expect(problems(locals('01 d1 86 03 7f'))[0]?.message).toMatch(/^too many locals: 50001 in one function/);
    expect(problems(locals('01 ff ff ff ff 0f 7f'))[0]?.message).toMatch(/^too many locals/);
    expect(problems(locals('02 ff ff ff ff 0f 7f 01 7e'))[0]?.message).toBe('too many locals');
  });

  test('a body whose errors are explained has so many bytes and no more', () => {
    const body = (size: number): Uint8Array => Uint8Array.from([0, ...new Uint8Array(size - 2).fill(1), 0x0b]);
    const module = (size: number): Uint8Array => {
      const code = [1, ...uleb(size), ...body(size)];
      const head = moduleOf(TYPE, ['03', '01 00']);
      return Uint8Array.from([...head, 0x0a, ...uleb(code.length), ...code]);
    };
    expect(decodeModule(module(MAX_EXPLAINED_BODY), { bodies: 'lazy' }).ok).toBe(true);
    expect(decodeModule(module(MAX_EXPLAINED_BODY + 1)).ok).toBe(true);
    const refused = decodeModule(module(MAX_EXPLAINED_BODY + 1), { bodies: 'lazy' });
    expect(refused.ok ? [] : refused.error).toMatchObject([
      { rule: 'Bound/body', message: 'function body of 1500001 bytes: errors are explained in at most 1500000' },
    ]);
  });

  test('all functions together have so many locals and no more', () => {
    const count = 400;
    const bodies = '06 01 d0 86 03 7f 0b '.repeat(count);
    const size = toHex(Uint8Array.from(uleb(count)));
    const bytes = moduleOf(TYPE, ['03', `${size} ${'00 '.repeat(count)}`], ['0a', `${size} ${bodies}`]);
    expect(problems(bytes)[0]?.message).toBe('too many locals: in all functions together');
  });
});
