import { describe, expect, test } from 'vitest';
import { encodeModule } from '../../../src/binary/encode.ts';
import { equalModules } from '../../../src/syntax/equal.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import { decoded, functionOf, moduleOf, parsed, problems, toHex } from './bytes.ts';

/** What the sources and tools write differently [DOMAIN, section 6], and what no source gives a form. */

const PAIR = { readings: { ...DEFAULT_READINGS, 'rmw-orders': 'pair' } } as const;

/** All of `forms` decode to the module of the text; the first is written. */
function oneOf(text: string, forms: readonly Uint8Array[], options?: typeof PAIR): void {
  const module = parsed(text);
  for (const bytes of forms) expect(equalModules(decoded(bytes, options), module)).toBe(true);
  expect(toHex(encodeModule(module))).toBe(toHex(forms[0] ?? new Uint8Array()));
}

function oneFunction(text: string, forms: readonly string[]): void {
  oneOf(
    `(type (func)) (func (type 0) ${text})`,
    forms.map((bytes) => functionOf(bytes)),
  );
}

describe('orders', () => {
  test('of loads and stores of memories: bit 4 of the flags, and a byte before the offset', () => {
    oneFunction('i32.atomic.load acq_rel offset=5', ['fe 10 12 01 05']);
    oneFunction('i32.atomic.load seq_cst offset=5', ['fe 10 12 00 05']);
    oneFunction('i32.atomic.load 1 acq_rel offset=5', ['fe 10 52 01 01 05']);
  });

  test('bit 4 of an access that is not atomic belongs to the alignment', () => {
    const [instr] = decoded(functionOf('28 12 05')).funcs[0]?.body ?? [];
    expect(instr).toMatchObject({ op: 'i32.load', imm: { kind: 'memarg', memarg: { align: 2 ** 18, offset: 5n } } });
  });

  test('of read-modify-writes: both halves; the short form is read too', () => {
    oneFunction('i32.atomic.rmw.add acq_rel', ['fe 1e 12 11 00', 'fe 1e 12 01 00']);
    oneFunction('i32.atomic.rmw.add seq_cst', ['fe 1e 12 00 00']);
    oneFunction('global.atomic.rmw.add acq_rel 1', ['fe 51 11 01', 'fe 51 01 01']);
    oneFunction('struct.atomic.rmw.add acq_rel 1 2', ['fe 60 11 01 02', 'fe 60 01 01 02']);
  });

  test('of read-modify-writes, as a pair', () => {
    const read = (bytes: string): unknown => decoded(functionOf(bytes), PAIR).funcs[0]?.body[0];
    expect(read('fe 1e 12 01 00')).toMatchObject({ imm: { order: 'acqrel-seqcst' } });
    expect(read('fe 1e 12 10 00')).toMatchObject({ imm: { order: 'seqcst-acqrel' } });
    expect(read('fe 1e 12 11 00')).toMatchObject({ imm: { order: 'acqrel' } });
    for (const bytes of ['fe 1e 12 01 00', 'fe 1e 12 10 00', 'fe 51 01 01', 'fe 51 10 01'])
      expect(toHex(encodeModule(decoded(functionOf(bytes), PAIR)))).toBe(toHex(functionOf(bytes)));
  });

  test('of other accesses and fences', () => {
    oneFunction('global.atomic.get acq_rel 1', ['fe 4f 01 01']);
    oneFunction('table.atomic.set seq_cst 1', ['fe 59 00 01']);
    oneFunction('array.atomic.get_u acq_rel 1', ['fe 69 01 01']);
    oneFunction('atomic.fence', ['fe 03 00']);
    oneFunction('atomic.fence acq_rel', ['fe 03 01']);
  });

  test('other bytes are malformed', () => {
    for (const bytes of ['fe 10 12 11 05', 'fe 03 02', 'fe 4f 10 01', 'fe 1e 12 22 00'])
      expect(problems(functionOf(bytes))[0]?.message).toBe('malformed memory order');
  });

  test('wasm-tools has no halves where there is no memory', () => {
    const module = parsed('(type (func)) (func (type 0) global.atomic.rmw.add acq_rel 1 ref.i31_shared)');
    expect(toHex(encodeModule(module, { forms: 'wasm-tools' }))).toBe(toHex(functionOf('fe 51 01 01 fe 72')));
  });
});

describe('instructions', () => {
  test('ref.i31_shared has two opcodes', () => {
    oneFunction('ref.i31_shared', ['fb 1f', 'fe 72']);
  });

  test('wait queues, pause, and those that only Weft gives an opcode', () => {
    oneFunction('pause struct.wait 1 2 waitqueue.notify waitqueue.new', ['fe 04 fe 05 01 02 fe 06 fe 07']);
    oneFunction('fork 1', ['fe 80 02 01']);
  });
});

describe('types', () => {
  const params = (bytes: string): Uint8Array => moduleOf(['01', `01 60 01 ${bytes} 00`]);

  test('a nullable shared abstract reference has a long and a short form', () => {
    oneOf('(type (func (param (ref null (shared any)))))', [params('63 65 6e'), params('65 6e')]);
    oneOf('(type (func (param (ref (shared any)))))', [params('64 65 6e')]);
  });

  test('wait queues have two codes', () => {
    oneOf('(type (func (param (ref waitqueue))))', [params('64 68'), params('64 5c')]);
    oneOf('(type (func (param (ref (shared waitqueue)))))', [params('64 65 68'), params('64 65 5c')]);
    oneOf('(type (func (param (ref null waitqueue))))', [params('68'), params('5c'), params('63 5c')]);
    oneOf('(type (func (param (ref (shared nowaitqueue)))))', [params('64 65 67')]);
  });

  test('shared composite types', () => {
    oneOf('(type (shared (struct (field i32)))) (type (sub (shared (array i8))))', [
      moduleOf(['01', '02  65 5f 01 7f 00  50 00 65 5e 78 00']),
    ]);
  });

  test('shared tables, memories and globals; thread-local globals are Weft’s own', () => {
    oneOf(
      `(table shared 1 (ref null (shared func))) (memory 1 2 shared)
       (global (shared mut i32) (i32.const 0)) (global (thread_local mut i32)) (global (thread_local i32) (i32.const 0))`,
      [
        moduleOf(
          ['04', '01 63 65 70 02 01'],
          ['05', '01 03 01 02'],
          ['06', '03  7f 03 41 00 0b  7f 09 0b  7f 08 41 00 0b'],
        ),
      ],
    );
  });

  test('a global is not both shared and thread-local', () => {
    expect(problems(moduleOf(['06', '01 7f 0b 41 00 0b']))[0]?.message).toBe('malformed mutability');
  });

  test('shared segments', () => {
    oneOf(
      `(table shared 1 (ref null (shared func))) (memory 1 1 shared)
       (elem (shared (ref null (shared func)))) (data shared "a") (data (i32.const 0) shared "b")`,
      [
        moduleOf(
          ['04', '01 63 65 70 02 01'],
          ['05', '01 03 01 01'],
          ['09', '01 0d 63 65 70 00'],
          ['0b', '02  09 01 61  08 41 00 0b 01 62'],
        ),
      ],
    );
  });

  test('shared segments are nothing that wasm-tools knows', () => {
    const module = parsed('(data shared "a") (elem (shared (ref null (shared func))))');
    const bytes = moduleOf(['09', '01 05 63 65 70 00'], ['0b', '01 01 01 61']);
    expect(toHex(encodeModule(module, { forms: 'wasm-tools' }))).toBe(toHex(bytes));
  });

  test('a shared segment of function indices has shared functions', () => {
    const [elem] = decoded(moduleOf(['09', '01 09 00 00'])).elems;
    expect(elem).toMatchObject({ share: 'shared', type: { nullable: false, heap: { share: 'shared', name: 'func' } } });
  });
});

describe('the module-level flag', () => {
  test('is an empty custom section before all sections', () => {
    const flagged = { ...parsed('(module (memory 1 1 shared))'), shared: true };
    const bytes = encodeModule(flagged);
    expect(toHex(bytes)).toBe(toHex(moduleOf(['00', '0b 77 65 66 74 2e 73 68 61 72 65 64'], ['05', '01 03 01 01'])));
    expect(equalModules(decoded(bytes), flagged)).toBe(true);
  });

  test('is told from a custom section of that name', () => {
    for (const shared of [true, false]) {
      const custom = { name: 'weft.shared', bytes: new Uint8Array(), after: null, at: { start: 0, end: 0 } };
      const module = { ...parsed('(module)'), shared, customs: [custom] };
      expect(equalModules(decoded(encodeModule(module)), module)).toBe(true);
    }
  });
});
