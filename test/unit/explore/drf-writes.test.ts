import { expect, test } from 'vitest';
import type { Access } from '../../../src/event/action.ts';
import type { Addr } from '../../../src/event/location.ts';
import { regionOf } from '../../../src/event/location.ts';
import { writesOf } from '../../../src/explore/drf/writes.ts';
import { program } from '../../support/explore-file.ts';

const read: Access = { region: regionOf(1 as Addr, 'data'), offset: 0, size: 4, order: 'seqcst', tearFree: true };

const BYTES = '(data (i32.const 0) "\\01")';
const module = (fields: string, name = 'M'): string =>
  `(module $${name} shared (memory (export "mem") 1 1 shared) ${fields}
    (func $f (export "f") shared (i32.atomic.store (i32.const 0) (i32.const 1)))) (register "${name}")`;
const THREAD = '(thread $T (shared (module $M)) (invoke $M "f"))';

test.each([
  ['a segment of a module before all threads is before their reads', `${module(BYTES)} ${THREAD}`, false],
  ['that of a second one too', `${module(BYTES)} ${module(BYTES, 'N')} ${THREAD}`, false],
  ['a segment that is written while threads run is not', `${module('')} ${THREAD} ${module(BYTES, 'N')}`, true],
  [
    'nor one of a module that a thread makes',
    `${module('')} (thread $T (shared (module $M)) ${module(BYTES, 'N')})`,
    true,
  ],
  ['nor one after code that may have forked', `${module('')} (invoke $M "f") ${module(BYTES, 'N')}`, true],
  ['nor one after a start function', `${module('(start $f)')} ${module(BYTES, 'N')} ${THREAD}`, true],
  [
    'passive segments are written by instructions',
    `${module('(data $d shared "\\01") (func shared (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1)))')} ${THREAD}`,
    true,
  ],
  ['and not without', `${module('(data $d shared "\\01")')} ${THREAD}`, false],
] as const)('%s', (_, text, mayBeLoose) => {
  expect(writesOf(program(text))(read)).toBe(mayBeLoose);
});
