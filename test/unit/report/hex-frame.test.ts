import { describe, expect, test } from 'vitest';
import { ByteSource } from '../../../src/base/span.ts';
import { decodeModule } from '../../../src/binary/decode.ts';
import { diagnosticJson, diagnosticText } from '../../../src/report/diagnostics.ts';
import { hexFrame } from '../../../src/report/hex-frame.ts';
import { functionOf } from '../binary/bytes.ts';

describe('hexFrame', () => {
  const bytes = Uint8Array.from({ length: 40 }, (_, i) => 0x41 + i);

  test('marks bytes between a row before and one after', () => {
    expect(hexFrame(bytes, { start: 17, end: 20 }).join('\n')).toMatchInlineSnapshot(`
      "  0x00000000 | 41 42 43 44 45 46 47 48 49 4a 4b 4c 4d 4e 4f 50 | ABCDEFGHIJKLMNOP
      > 0x00000010 | 51 52 53 54 55 56 57 58 59 5a 5b 5c 5d 5e 5f 60 | QRSTUVWXYZ[\\]^_\`
                   |    ^^^^^^^^
        0x00000020 | 61 62 63 64 65 66 67 68                         | abcdefgh"
    `);
  });

  test('marks what spans rows in the first of them', () => {
    expect(hexFrame(bytes, { start: 15, end: 30 }).join('\n')).toMatchInlineSnapshot(`
      "> 0x00000000 | 41 42 43 44 45 46 47 48 49 4a 4b 4c 4d 4e 4f 50 | ABCDEFGHIJKLMNOP
                   |                                              ^^
        0x00000010 | 51 52 53 54 55 56 57 58 59 5a 5b 5c 5d 5e 5f 60 | QRSTUVWXYZ[\\]^_\`"
    `);
  });

  test('marks the end behind the last byte', () => {
    expect(hexFrame(bytes, { start: 40, end: 40 }).join('\n')).toMatchInlineSnapshot(`
      "  0x00000010 | 51 52 53 54 55 56 57 58 59 5a 5b 5c 5d 5e 5f 60 | QRSTUVWXYZ[\\]^_\`
      > 0x00000020 | 61 62 63 64 65 66 67 68                         | abcdefgh
                   |                         ^^"
    `);
    expect(hexFrame(bytes.subarray(0, 16), { start: 16, end: 16 }).join('\n')).toMatchInlineSnapshot(`
      "  0x00000000 | 41 42 43 44 45 46 47 48 49 4a 4b 4c 4d 4e 4f 50 | ABCDEFGHIJKLMNOP
      > 0x00000010 |                                                 |
                   | ^^"
    `);
    expect(hexFrame(new Uint8Array(), { start: 0, end: 0 }).join('\n')).toMatchInlineSnapshot(`
      "> 0x00000000 |                                                 |
                   | ^^"
    `);
  });
});

describe('diagnostics of binaries', () => {
  const bytes = functionOf('41 01 ff');
  const source = new ByteSource('m.wasm', bytes);
  const result = decodeModule(bytes);
  const [diagnostic] = result.ok ? [] : result.error;
  if (diagnostic === undefined) throw new Error('the module is malformed');

  test('as text: the offset, the bytes and what was being read', () => {
    expect(diagnosticText(diagnostic, source, { color: false })).toMatchInlineSnapshot(`
      "m.wasm:0x19: error: malformed: illegal opcode ff [Binary/opcode]
        0x00000000 | 00 61 73 6d 01 00 00 00 01 04 01 60 00 00 03 02 | .asm.......\`....
      > 0x00000010 | 01 00 0a 07 01 05 00 41 01 ff 0b                | .......A...
                   |                            ^^
        reading   code section, function 0, opcode"
    `);
  });

  test('as JSON: line 1, a column for every byte', () => {
    expect(diagnosticJson(diagnostic, source)).toMatchObject({
      message: 'illegal opcode ff',
      at: { line: 1, column: 26, endLine: 1, endColumn: 27 },
      reading: 'code section, function 0, opcode',
    });
  });
});
