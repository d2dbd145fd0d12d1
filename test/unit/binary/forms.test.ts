import { describe, expect, test } from 'vitest';
import { encodeModule } from '../../../src/binary/encode.ts';
import { equalModules } from '../../../src/syntax/equal.ts';
import { decoded, functionOf, moduleOf, parsed, toHex } from './bytes.ts';

/** A module's text and its bytes say the same, in both directions. `bytes` are written where they are the shortest form. */
function same(text: string, bytes: Uint8Array, written = true): void {
  const module = parsed(text);
  expect(equalModules(decoded(bytes), module)).toBe(true);
  if (written) expect(toHex(encodeModule(module))).toBe(toHex(bytes));
}

const EMPTY_FUNC_TYPE = ['01', '01 60 00 00'] as const;

describe('sections', () => {
  test('an empty module is its header', () => {
    same('(module)', moduleOf());
  });

  test('types: functions, structures, arrays, packed fields', () => {
    same(
      '(type (func (param i32 f32) (result i64 f64 v128))) (type (struct (field i8 (mut i16)))) (type (array (mut i32)))',
      moduleOf(['01', '03  60 02 7f 7d 03 7e 7c 7b  5f 02 78 00 77 01  5e 7f 01']),
    );
  });

  test('types: recursive groups, final and open subtypes', () => {
    same(
      '(rec (type (sub (struct))) (type (sub final 0 (struct (field (ref null 1)))))) (type (sub 0 (struct))) (rec)',
      moduleOf(['01', '03  4e 02  50 00 5f 00  4f 01 00 5f 01 63 01 00  50 01 00 5f 00  4e 00']),
    );
  });

  test('heap types, short and long', () => {
    const names = 'any eq i31 struct array none func nofunc extern noextern exn noexn'.split(' ');
    const codes = '6e 6d 6c 6b 6a 71 70 73 6f 72 69 74'.split(' ');
    const params = (form: (name: string) => string): string => `(type (func (param ${names.map(form).join(' ')})))`;
    same(
      params((name) => `(ref null ${name})`),
      moduleOf(['01', `01 60 0c ${codes.join(' ')} 00`]),
    );
    same(
      params((name) => `(ref null ${name})`),
      moduleOf(['01', `01 60 0c 63 ${codes.join(' 63 ')} 00`]),
      false,
    );
    same(
      params((name) => `(ref ${name})`),
      moduleOf(['01', `01 60 0c 64 ${codes.join(' 64 ')} 00`]),
    );
  });

  test('imports and exports of every kind', () => {
    same(
      `(type (func))
       (import "m" "f" (func (type 0))) (import "m" "t" (table 1 2 funcref)) (import "m" "m" (memory i64 1))
       (import "m" "g" (global (mut i32))) (import "m" "e" (tag (type 0)))
       (export "f" (func 0)) (export "t" (table 0)) (export "m" (memory 0)) (export "g" (global 0)) (export "e" (tag 0))`,
      moduleOf(
        EMPTY_FUNC_TYPE,
        [
          '02',
          '05  016d 0166 00 00  016d 0174 01 70 01 01 02  016d 016d 02 04 01  016d 0167 03 7f 01  016d 0165 04 00 00',
        ],
        ['07', '05  0166 00 00  0174 01 00  016d 02 00  0167 03 00  0165 04 00'],
      ),
    );
  });

  test('tables with and without initialisers, memories, tags, globals, start', () => {
    same(
      `(type (func)) (func (type 0)) (table i64 1 funcref) (table 1 1 (ref func) (ref.func 0)) (memory 1 2) (memory 18446744073709551615)
       (tag (type 0)) (global i32 (i32.const -1)) (start 0)`,
      moduleOf(
        EMPTY_FUNC_TYPE,
        ['03', '01 00'],
        ['04', '02  70 04 01  40 00 64 70 01 01 01 d2 00 0b'],
        ['05', '02  01 01 02  00 ff ff ff ff ff ff ff ff ff 01'],
        ['0d', '01 00 00'],
        ['06', '01 7f 00 41 7f 0b'],
        ['08', '00'],
        ['0a', '01 02 00 0b'],
      ),
    );
  });

  test('the eight forms of element segments', () => {
    same(
      `(type (func)) (table 1 funcref) (table 1 funcref) (func (type 0))
       (elem (table 0) (i32.const 0) func 0)
       (elem func 0)
       (elem (table 1) (i32.const 0) func 0)
       (elem declare func 0)
       (elem (table 0) (i32.const 0) funcref (ref.null func))
       (elem funcref (ref.func 0))
       (elem (table 1) (i32.const 0) externref (ref.null extern))
       (elem declare funcref)`,
      moduleOf(
        EMPTY_FUNC_TYPE,
        ['03', '01 00'],
        ['04', '02  70 00 01  70 00 01'],
        [
          '09',
          `08  00 41 00 0b 01 00
               01 00 01 00
               02 01 41 00 0b 00 01 00
               03 00 01 00
               04 41 00 0b 01 d0 70 0b
               05 70 01 d2 00 0b
               06 01 41 00 0b 6f 01 d0 6f 0b
               07 70 00`,
        ],
        ['0a', '01 02 00 0b'],
      ),
    );
  });

  test('the longer forms of segments are read', () => {
    same('(memory 1) (data (i32.const 0) "a")', moduleOf(['05', '01 00 01'], ['0b', '01 02 00 41 00 0b 01 61']), false);
    same(
      '(table 1 funcref) (elem (table 0) (i32.const 0) func)',
      moduleOf(['04', '01 70 00 01'], ['09', '01 02 00 41 00 0b 00 00']),
      false,
    );
  });

  test('the three forms of data segments, and the count that code needs', () => {
    same(
      `(type (func)) (memory 1) (memory 1) (data (i32.const 0) "a") (data "bc") (data (memory 1) (i32.const 0) "")
       (func (type 0) data.drop 1 memory.init 1 2 array.new_data 0 1 array.init_data 0 1)`,
      moduleOf(
        EMPTY_FUNC_TYPE,
        ['03', '01 00'],
        ['05', '02  00 01  00 01'],
        ['0c', '03'],
        ['0a', '01 11 00 fc 09 01 fc 08 02 01 fb 09 00 01 fb 12 00 01 0b'],
        ['0b', '03  00 41 00 0b 01 61  01 02 62 63  02 01 41 00 0b 00'],
      ),
    );
  });

  test('locals are declared in runs', () => {
    const text = '(type (func)) (func (type 0) (local i32 i32 i64 (ref null func) (ref null func)))';
    same(text, moduleOf(EMPTY_FUNC_TYPE, ['03', '01 00'], ['0a', '01 08 03 02 7f 01 7e 02 70 0b']));
    same(text, moduleOf(EMPTY_FUNC_TYPE, ['03', '01 00'], ['0a', '01 0a 04 01 7f 01 7f 01 7e 02 70 0b']), false);
  });
});

/** A function's body as text and as bytes. */
const BODIES: readonly (readonly [text: string, bytes: string])[] = [
  ['block end loop (result i32) end', '02 40 0b 03 7f 0b'],
  ['if else end if nop end if nop else nop end', '04 40 0b 04 40 01 0b 04 40 01 05 01 0b'],
  ['block (type 0) br 0 end', '02 00 0c 00 0b'],
  [
    'try_table (catch 1 0) (catch_ref 1 0) (catch_all 0) (catch_all_ref 0) end',
    '1f 40 04 00 01 00 01 01 00 02 00 03 00 0b',
  ],
  ['br_table 0 1 2', '0e 02 00 01 02'],
  ['call_indirect 3 (type 0) return_call_indirect 3 (type 0)', '11 00 03 13 00 03'],
  ['select select (result i32) select (result i32 i64)', '1b 1c 01 7f 1c 02 7f 7e'],
  ['i32.const -1 i64.const 128 f32.const 1 f64.const -0', '41 7f 42 80 01 43 00 00 80 3f 44 00 00 00 00 00 00 00 80'],
  ['i32.load offset=300 align=1 i32.load 2 align=8 i64.store', '28 00 ac 02 28 43 02 00 37 03 00'],
  ['memory.size 1 memory.grow', '3f 01 40 00'],
  ['memory.copy 1 2 memory.fill 3', 'fc 0a 01 02 fc 0b 03'],
  ['table.init 1 2 table.copy 1 2 elem.drop 1', 'fc 0c 02 01 fc 0e 01 02 fc 0d 01'],
  ['ref.null any ref.null 5 ref.func 1', 'd0 6e d0 05 d2 01'],
  [
    'ref.test (ref any) ref.test (ref null 1) ref.cast (ref eq) ref.cast (ref null i31)',
    'fb 14 6e fb 15 01 fb 16 6d fb 17 6c',
  ],
  [
    'br_on_cast 1 (ref any) (ref eq) br_on_cast_fail 1 (ref null any) (ref null eq)',
    'fb 18 00 01 6e 6d fb 19 03 01 6e 6d',
  ],
  ['struct.get 1 2 array.new_fixed 1 300 array.copy 1 2', 'fb 02 01 02 fb 08 01 ac 02 fb 11 01 02'],
  ['array.new_elem 1 2 array.init_elem 1 2', 'fb 0a 01 02 fb 13 01 02'],
  ['i8x16.extract_lane_s 15 v128.load8_lane offset=1 3', 'fd 15 0f fd 54 00 01 03'],
  ['i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31', 'fd 0d 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 1f'],
  ['v128.const i32x4 1 2 3 4', 'fd 0c 01 00 00 00 02 00 00 00 03 00 00 00 04 00 00 00'],
  ['i8x16.relaxed_swizzle i32x4.relaxed_dot_i8x16_i7x16_add_s', 'fd 80 02 fd 93 02'],
  ['memory.atomic.notify memory.atomic.wait32 i32.atomic.load', 'fe 00 02 00 fe 01 02 00 fe 10 02 00'],
  ['i64.atomic.rmw.add i64.atomic.rmw32.cmpxchg_u offset=8', 'fe 1f 03 00 fe 4e 02 08'],
];

describe('instructions', () => {
  for (const [text, bytes] of BODIES)
    test(text, () => {
      same(`(type (func)) (func (type 0) ${text})`, functionOf(bytes));
    });
});
