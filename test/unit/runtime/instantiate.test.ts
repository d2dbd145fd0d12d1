import { describe, expect, test } from 'vitest';
import type { Region, ThreadId } from '../../../src/event/location.ts';
import { addrOf, MAIN, regionOf } from '../../../src/event/location.ts';
import type { ExternVal, ModuleInst } from '../../../src/runtime/instance.ts';
import type { Linked, Naming, ResolveImport } from '../../../src/runtime/instantiate.ts';
import { lengthsNeeded, linkModule } from '../../../src/runtime/instantiate.ts';
import { Refs } from '../../../src/runtime/references.ts';
import { i32, validModule } from './support.ts';

const FIRST: Naming = { thread: MAIN, instances: 0, allocations: 0, refs: new Refs() };
const NOTHING: ResolveImport = () => null;

function link(
  text: string,
  resolve: ResolveImport = NOTHING,
  naming = FIRST,
  lengths: ReadonlyMap<Region, number> = new Map(),
): Linked {
  const linked = linkModule(validModule(text), resolve, naming, lengths);
  if (!linked.ok) throw new Error(linked.error.message);
  return linked.value;
}

function refusal(
  text: string,
  resolve: ResolveImport = NOTHING,
  lengths: ReadonlyMap<Region, number> = new Map(),
): string {
  const linked = linkModule(validModule(text), resolve, FIRST, lengths);
  if (linked.ok) throw new Error('linked');
  return linked.error.message;
}

function from(instance: ModuleInst): ResolveImport {
  return (module, name) => (module === 'm' ? (instance.exports.get(name) ?? null) : null);
}

function exported(instance: ModuleInst, name: string): ExternVal {
  const value = instance.exports.get(name);
  if (value === undefined) throw new Error(`no export ${name}`);
  return value;
}

describe('instantiation allocates', () => {
  test('a memory: its length and zero pages in one event of init writes', () => {
    const { alloc } = link('(module (memory (export "m") 2 3 shared))');
    const addr = addrOf(MAIN, 0);
    expect(alloc?.writes).toEqual([
      { kind: 'wr', region: regionOf(addr, 'length'), offset: 0, size: 1, order: 'init', tearFree: true, written: [2] },
      {
        kind: 'wr',
        region: regionOf(addr, 'data'),
        offset: 0,
        size: 131072,
        order: 'init',
        tearFree: false,
        written: { fill: 0, length: 131072 },
      },
    ]);
  });

  test('mutable globals by their bytes; immutable and thread-local ones not at all', () => {
    const { alloc, instance } = link(`(module
      (global (mut i32) (i32.const 258))
      (global i64 (i64.const 7))
      (global (thread_local mut i32))
      (global (mut i64) (i64.const -1)))`);
    expect(alloc?.writes.map(({ written }) => written)).toEqual([
      [2, 1, 0, 0],
      [255, 255, 255, 255, 255, 255, 255, 255],
    ]);
    expect(instance.globals.map(({ kind }) => kind)).toEqual(['mutable', 'constant', 'thread_local', 'mutable']);
    expect(instance.globals.map(({ addr }) => addr)).toEqual([0, 1, 2, 3].map((n) => addrOf(MAIN, n)));
  });

  test('nothing: no request', () => {
    expect(link('(module (func) (global i32 (i32.const 1)))').alloc).toBeNull();
  });

  test('an empty memory has a length but no writes of bytes', () => {
    expect(link('(module (memory 0 1))').alloc?.writes).toHaveLength(1);
  });

  test('a table by null references', () => {
    const { alloc, instance } = link('(module (table 3 (ref null func)))');
    expect(alloc?.writes.map(({ written }) => written)).toEqual([[3], { fill: 0, length: 3 }]);
    expect(instance.tables[0]?.elem).toBe(regionOf(addrOf(MAIN, 0), 'elem'));
  });

  test('addresses and keys by thread and count, equal whenever the thread does the same', () => {
    const naming: Naming = { thread: 5 as ThreadId, instances: 3, allocations: 7, refs: new Refs() };
    const text = '(module (memory 1) (func))';
    const once = link(text, NOTHING, naming);
    expect(once.instance.memories[0]?.addr).toBe(addrOf(naming.thread, 7));
    expect(once.instance.key).toBe('5/3');
    expect(once.allocations).toBe(8);
    expect(link(text, NOTHING, naming).instance.funcs[0]?.key).toBe(once.instance.funcs[0]?.key);
  });
});

describe('instantiation evaluates constants', () => {
  test.each([
    ['(i32.add (i32.const 0x7fffffff) (i32.const 1))', 'i32', -0x80000000],
    ['(i32.sub (i32.const 0) (i32.const 5))', 'i32', -5],
    ['(i32.mul (i32.const 0x10000) (i32.const 0x10001))', 'i32', 0x10000],
    ['(i64.add (i64.const 0x7fffffffffffffff) (i64.const 1))', 'i64', -0x8000000000000000n],
    ['(i64.sub (i64.const 1) (i64.const 2))', 'i64', -1n],
    ['(i64.mul (i64.const 3) (i64.const -4))', 'i64', -12n],
  ] as const)('%s', (expr, type, value) => {
    expect(link(`(module (global ${type} ${expr}))`).instance.globals[0]).toMatchObject({
      kind: 'constant',
      value: { type, value },
    });
  });

  test('of imported and earlier globals, and references to functions', () => {
    const lib = link('(module (global (export "g") i32 (i32.const 40)))').instance;
    const { instance } = link(
      `(module (import "m" "g" (global i32)) (func $f)
        (global i32 (i32.add (global.get 0) (i32.const 2)))
        (global (ref null func) (ref.func $f))
        (global (ref null func) (ref.null func))
        (export "f" (func $f)))`,
      from(lib),
      { ...FIRST, instances: 1 },
    );
    const [, sum, ref, none] = instance.globals;
    expect(sum).toMatchObject({ value: i32(42) });
    const f = exported(instance, 'f');
    expect(ref).toMatchObject({ value: f.kind === 'func' ? FIRST.refs.func(f.func) : null });
    expect(none).toMatchObject({ value: { type: 'ref', id: 0 } });
  });
});

describe('instantiation evaluates reference constants', () => {
  test('structures and arrays get addresses after the module’s own objects, and each field and element has an init write', () => {
    const { alloc, instance } = link(`(module
      (type $s (struct (field i8) (field (mut i64)) (field (ref null $s))))
      (type $a (array i16))
      (global (ref $s) (struct.new $s (i32.const 0x1ff) (i64.const 2) (ref.null $s)))
      (global (ref $a) (array.new $a (i32.const 7) (i32.const 3)))
      (global (ref $a) (array.new_fixed $a 2 (i32.const 1) (i32.const 2)))
      (global (ref i31) (ref.i31 (i32.const -1))))`);
    expect(alloc?.writes.map(({ written }) => written)).toEqual([
      [0xff],
      [2, 0, 0, 0, 0, 0, 0, 0],
      [0],
      [7, 0],
      [7, 0],
      [7, 0],
      [1, 0],
      [2, 0],
    ]);
    const ids = instance.globals.map((global) =>
      global.kind === 'constant' && global.value.type === 'ref' ? global.value.id : 0,
    );
    expect(instance.refs.get(ids[1] ?? 0)).toMatchObject({ kind: 'array', length: 3, type: instance.closed[1] });
    expect(instance.refs.get(ids[0] ?? 0)).toMatchObject({ kind: 'struct', type: instance.closed[0] });
    expect(ids[3]).toBe(-1);
  });

  test('a table starts with its initialiser', () => {
    const { alloc, instance } = link('(module (func $f) (table 2 (ref func) (ref.func $f)))');
    const f = instance.funcs[0];
    expect(f === undefined ? null : alloc?.writes[1]?.written).toEqual({
      fill: instance.refs.func(f as never).id,
      length: 2,
    });
  });
});

describe('active element segments', () => {
  test('are written before data segments, and trap in a table’s words', () => {
    const { segments } = link(`(module (memory 1) (table 2 funcref) (func $f)
      (data (i32.const 0) "a") (elem (i32.const 1) $f))`);
    expect(segments.map(({ trap }) => trap)).toEqual(['out of bounds table access', 'out of bounds memory access']);
    expect(segments[0]?.request).toMatchObject({
      bounds: { unit: 1, end: 2 },
      actions: [{ offset: 1, size: 1, order: 'init' }],
    });
  });

  test('have a length in the world only if some instruction names them; only passive ones have something left', () => {
    const text = (body: string) => `(module (table 2 funcref) (func $f ${body})
      (elem (i32.const 0) $f) (elem func $f $f) (elem declare func $f))`;
    expect(link(text('')).instance.elems.map(({ length }) => length)).toEqual([null, null, null]);
    const { alloc } = link(text('(elem.drop 1)'));
    expect(alloc?.writes.slice(-3).map(({ written }) => written)).toEqual([[0], [2], [0]]);
  });
});

describe('active data segments', () => {
  test('of the module’s own memory are init writes, of an imported one unordered', () => {
    const lib = link('(module (memory (export "mem") 1))').instance;
    const own = link('(module (memory 1) (data (i32.const 8) "ab"))').segments;
    const other = link('(module (import "m" "mem" (memory 1)) (data (i32.const 8) "ab"))', from(lib)).segments;
    expect(own.map(({ request }) => request.actions[0])).toMatchObject([
      { kind: 'wr', order: 'init', offset: 8, size: 2, tearFree: false },
    ]);
    expect(other.map(({ request }) => request.actions[0])).toMatchObject([{ kind: 'wr', order: 'unord' }]);
    expect(own[0]?.request.bounds).toMatchObject({ end: 10, unit: 65536 });
  });

  test('that are empty keep their bounds check; passive ones ask nothing', () => {
    const { segments } = link('(module (memory 1) (data (i32.const 65537) "") (data "abc"))');
    expect(segments).toHaveLength(1);
    expect(segments[0]?.request).toMatchObject({ actions: [], bounds: { end: 65537 } });
  });

  test('have unsigned offsets', () => {
    expect(link('(module (memory 1) (data (i32.const -1) "a"))').segments[0]?.request.bounds?.end).toBe(2 ** 32);
  });
});

function wants(pages: number): string {
  return `(module (import "m" "mem" (memory ${pages} 3 shared)))`;
}

describe('Externtype_sub linking', () => {
  const lib = link(`(module
    (func (export "f") (param i32))
    (memory (export "mem") 1 3 shared)
    (global (export "g") (mut i32) (i32.const 0)))`).instance;

  test('refuses a missing import', () => {
    expect(refusal('(module (import "m" "nope" (func)))', from(lib))).toBe('unknown import: "m" "nope"');
    expect(refusal('(module (import "n" "f" (func)))', from(lib))).toBe('unknown import: "n" "f"');
  });

  test.each([
    ['another kind', '(import "m" "f" (memory 1))', 'is wanted as (memory 1), and given as (func (param i32))'],
    [
      'another function type',
      '(import "m" "f" (func (param i64)))',
      'as (func (param i64)), and given as (func (param i32))',
    ],
    [
      'a shared function',
      '(import "m" "f" (func (type $s)))',
      'as (shared (func (param i32))), and given as (func (param i32))',
    ],
    ['an unshared memory', '(import "m" "mem" (memory 1 3))', 'as (memory 1 3), and given as (memory 1 3 shared)'],
    [
      'a smaller maximum',
      '(import "m" "mem" (memory 1 2 shared))',
      'as (memory 1 2 shared), and given as (memory 1 3 shared)',
    ],
    ['an immutable global', '(import "m" "g" (global i32))', 'as (global i32), and given as (global (mut i32))'],
  ])('refuses %s', (_, text, why) => {
    const message = refusal(`(module (type $s (shared (func (param i32)))) ${text})`, from(lib));
    expect(message).toMatch(/^incompatible import type: "m" "\w+" /);
    expect(message).toContain(why);
  });

  test('reads a length only if the import wants more than the type promises', () => {
    expect(lengthsNeeded(validModule(wants(1)), from(lib))).toEqual([]);
    const [read] = lengthsNeeded(validModule(wants(2)), from(lib));
    const length = regionOf(addrOf(MAIN, 0), 'length');
    expect(read?.actions).toEqual([
      { kind: 'rd', region: length, offset: 0, size: 1, order: 'seqcst', tearFree: true },
    ]);
    expect(refusal(wants(2), from(lib), new Map([[length, 1]]))).toContain('incompatible import type');
    expect(link(wants(2), from(lib), FIRST, new Map([[length, 2]])).instance.memories[0]?.length).toBe(length);
  });
});

describe('instances', () => {
  test('share what they import and export it on', () => {
    const lib = link('(module (func (export "f") (result i32) (i32.const 1)))').instance;
    const user = link(
      '(module (import "m" "f" (func (result i32))) (export "again" (func 0)) (func $s) (start $s))',
      from(lib),
      {
        ...FIRST,
        instances: 1,
      },
    );
    expect(exported(user.instance, 'again')).toEqual(exported(lib, 'f'));
    expect(user.start?.key).toBe('0/1:1');
  });
});
