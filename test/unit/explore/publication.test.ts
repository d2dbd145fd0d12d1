import { describe, expect, test } from 'vitest';
import { addrOf, locationsIn, MAIN, regionOf } from '../../../src/event/location.ts';
import type { Request, Response } from '../../../src/event/request.ts';
import { makeExec } from '../../../src/exec/executor.ts';
import { perLocation } from '../../../src/explore/locations.ts';
import { explored } from '../../../src/explore/publication.ts';
import { ThreadNames } from '../../../src/explore/thread-names.ts';
import { callStart } from '../../../src/runtime/call-start.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import type { Readings } from '../../../src/syntax/readings.ts';
import { exploreProgram, outcomesOf, program } from '../../support/explore-file.ts';
import { func, i32, load } from '../exec/wat.ts';

const REGION = regionOf(addrOf(MAIN, 1), 'elem');
const range = (offset: number, size: number) => ({ region: REGION, offset, size });

describe('locations', () => {
  test.each([
    ['fields of different sizes', 13, [4, 8, 1], [range(0, 4), range(4, 8), range(12, 1)]],
    ['elements', 6, [2], [range(0, 2), range(2, 2), range(4, 2)]],
    ['bytes, or references, are left together', 3, [1], [range(0, 3)]],
    ['nothing', 0, [4], []],
    ['no contents', 0, [], []],
    ['too many to be told apart', 16_388, [4], [range(0, 16_388)]],
  ])('%s', (_, size, layout, locations) => {
    expect(locationsIn(range(0, size), layout)).toEqual(locations);
  });

  test('a block of elements is written, and copied, one by one', () => {
    const site = { at: { start: 0, end: 0 }, text: 'array.copy', shows: null };
    const block = { order: 'unord', tearFree: false, each: 2 } as const;
    const copy: Request = {
      kind: 'access',
      bounds: null,
      actions: [
        { kind: 'rd', ...range(4, 4), ...block },
        { kind: 'wr-copy', ...range(0, 4), ...block, copies: 0 },
        { kind: 'wr', ...range(8, 4), ...block, written: [1, 2, 3, 4] },
      ],
      site,
    };
    const narrow = { order: 'unord', tearFree: true } as const;
    expect(perLocation(copy)).toEqual({
      ...copy,
      actions: [
        { kind: 'rd', ...range(4, 2), ...narrow },
        { kind: 'rd', ...range(6, 2), ...narrow },
        { kind: 'wr-copy', ...range(0, 2), ...narrow, copies: 0 },
        { kind: 'wr-copy', ...range(2, 2), ...narrow, copies: 1 },
        { kind: 'wr', ...range(8, 2), ...narrow, written: [1, 2] },
        { kind: 'wr', ...range(10, 2), ...narrow, written: [3, 4] },
      ],
    });
  });
});

describe('a fresh object', () => {
  const TEXT = load(`(module (type $s (struct (field i16) (field i64)))
    (func (export "new") (param i32) (result i32)
      (struct.get_u $s 0 (struct.new $s (local.get 0) (i64.const 9))))
    (func (export "default") (result i32) (struct.get_u $s 0 (struct.new_default $s))))`);
  const ADDR = addrOf(MAIN, 5);
  const made: Response = { kind: 'new', addr: ADDR };
  const fields = regionOf(ADDR, 'fields');

  function requests(name: string, publication: Readings['publication'], answers: readonly Response[]): Request[] {
    const readings = { ...DEFAULT_READINGS, publication };
    const machine = explored(makeExec({ readings, fuel: 1000 }), readings);
    let { state, request } = machine.start(callStart(func(TEXT, name), name === 'new' ? [i32(0x102)] : [], new Map()));
    const asked = [request];
    for (const answer of answers) {
      ({ state, request } = machine.resume(state, answer));
      asked.push(request);
    }
    return asked;
  }

  test.each(['initialised', 'synchronising'] as const)('is asked for with its contents: %s', (publication) => {
    const [first, second] = requests('new', publication, [made]);
    expect(first).toMatchObject({ kind: 'new', contents: [2, 1, 9, 0, 0, 0, 0, 0, 0, 0], layout: [2, 8] });
    expect(second).toMatchObject({ actions: [{ kind: 'rd', region: fields, offset: 0, size: 2 }] });
  });

  test('is asked for with defaults, which its thread then overwrites without order, field by field: racy', () => {
    const [first, second, third] = requests('new', 'racy', [made, { kind: 'units', units: [] }]);
    expect(first).toMatchObject({ kind: 'new', contents: { fill: 0, length: 10 }, layout: [2, 8] });
    const write = { kind: 'wr', region: fields, order: 'unord' };
    expect(second).toMatchObject({
      kind: 'access',
      bounds: null,
      actions: [
        { ...write, offset: 0, size: 2, tearFree: true, written: [2, 1] },
        { ...write, offset: 2, size: 8, tearFree: false, written: [9, 0, 0, 0, 0, 0, 0, 0] },
      ],
    });
    expect(third).toMatchObject({ actions: [{ kind: 'rd', region: fields, offset: 0, size: 2 }] });
  });

  test('of default contents needs no second write', () => {
    expect(requests('default', 'racy', [made]).map(({ kind }) => kind)).toEqual(['new', 'access']);
    expect(requests('default', 'racy', [made])[1]).toMatchObject({ actions: [{ kind: 'rd' }] });
  });

  test('is made by an allocator of its thread, which is no thread that runs', () => {
    const names = new ThreadNames();
    const allocator = names.allocator(MAIN, DEFAULT_READINGS);
    expect(names.allocator(MAIN, DEFAULT_READINGS)).toBe(allocator);
    expect(names.info(allocator)).toEqual({ id: allocator, name: 'main’s objects', parent: null });
    expect([names.count, names.all().length]).toEqual([1, 2]);
    expect(names.allocator(MAIN, { publication: 'synchronising' })).toBe(MAIN);
  });
});

describe('a field that is seen uninitialised although its type has no default', () => {
  const script = (read: string) => `(module $M shared
      (type $t (shared (struct (field (mut i32)))))
      (type $a (shared (array (mut i32))))
      (type $f (shared (func (result i32))))
      (type $s (shared (struct (field (ref $t)) (field (ref $a)) (field (ref $f)) (field (ref (shared i31)))
        (field (ref (shared waitqueue))))))
      (global $g (export "g") (shared mut (ref null $s)) (ref.null $s))
      (elem declare (ref null $f) (ref.func $one))
      (func $one shared (type $f) (i32.const 1))
      (func (export "t1") shared
        (global.set $g (struct.new $s (struct.new $t (i32.const 1)) (array.new $a (i32.const 1) (i32.const 1))
          (ref.func $one) (ref.i31_shared (i32.const 1)) (waitqueue.new))))
      (func (export "t2") shared (result i32) (local $r (ref null $s))
        (local.set $r (global.get $g))
        (if (result i32) (ref.is_null (local.get $r)) (then (i32.const 1)) (else ${read}))))
    (register "M")
    (thread $T1 (shared (module $M)) (invoke $M "t1"))
    (thread $T2 (shared (module $M)) (invoke $M "t2"))`;
  const field = (i: number) => `(struct.get $s ${i} (local.get $r))`;

  test.each([
    ['null structure reference', `(i32.lt_u (struct.get $t 0 ${field(0)}) (i32.const 2))`],
    ['null array reference', `(array.len ${field(1)})`],
    ['null function reference', `(call_ref $f ${field(2)})`],
    ['null i31 reference', `(i31.get_u ${field(3)})`],
    ['null waitqueue reference', `(i32.eqz (waitqueue.notify ${field(4)} (i32.const 1)))`],
    ['cast failure', `(i32.eqz (ref.is_null (ref.cast (ref $t) ${field(0)})))`],
  ])('traps where it is used: %s', (reason, read) => {
    const readings = { ...DEFAULT_READINGS, publication: 'racy' } as const;
    const p = program(script(read), readings);
    expect(outcomesOf(exploreProgram(p, 'wasm', { readings }), ['T2:0:0', 'T2:0'])).toEqual([
      `(-,trap: ${reason})`,
      '(1,-)',
    ]);
    expect(outcomesOf(exploreProgram(p, 'wasm'), ['T2:0:0', 'T2:0'])).toEqual(['(1,-)']);
  });
});

test('races on objects without a name say whose they are, and where', () => {
  const readings = { ...DEFAULT_READINGS, publication: 'racy' } as const;
  const p = program(
    `(module $M shared
      (type $s (shared (struct (field (mut i32)))))
      (global $o (shared (ref $s)) (struct.new_default $s))
      (global $g (export "g") (shared mut (ref null $s)) (ref.null $s))
      (func (export "t1") shared
        (struct.set $s 0 (global.get $o) (i32.const 1)) (global.set $g (struct.new $s (i32.const 1))))
      (func (export "t2") shared (result i32)
        (drop (struct.get $s 0 (global.get $o))) (struct.get $s 0 (global.get $g))))
    (register "M")
    (thread $T1 (shared (module $M)) (invoke $M "t1"))
    (thread $T2 (shared (module $M)) (invoke $M "t2"))`,
    readings,
  );
  const { races } = exploreProgram(p, 'wasm', { readings });
  expect(races.flatMap(({ locations }) => locations).toSorted()).toEqual([
    'M.g',
    'T1’s struct#1+0..3',
    'struct#1+0..3',
  ]);
});
