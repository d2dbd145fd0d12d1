import { describe, expect, test } from 'vitest';
import type { Func, Module } from '../../../src/syntax/module.ts';
import { complaints, moduleOf } from './read.ts';

const at = expect.anything();

function firstOf(module: Module): Func | undefined {
  return module.funcs[0];
}

describe('modules', () => {
  test('a head with an identifier and the flag', () => {
    expect(moduleOf('(module $M shared (memory 1 1 shared))')).toMatchObject({ id: 'M', shared: true });
    expect(moduleOf('(module)')).toMatchObject({ id: null, shared: false });
    expect(moduleOf('(module $"a b")').id).toBe('a b');
  });

  test('fields alone, and nothing at all', () => {
    expect(moduleOf('(memory 1) (func $f)').funcs).toHaveLength(1);
    expect(moduleOf(' ;; nothing').funcs).toEqual([]);
  });

  test('more than a module is malformed', () => {
    expect(complaints('(module) (module)')).toEqual([
      'Parse/token unexpected token: one module is expected here @(module',
    ]);
    expect(complaints('module')).toEqual(['Parse/token unexpected token outside parentheses @module']);
    expect(complaints('(module memory)')).toEqual(['Parse/token unexpected token memory @memory']);
    expect(complaints('(module shared $M)')).toEqual(['Parse/token unexpected token $M @$M']);
  });

  test('every malformed field is reported, in the order of the text', () => {
    const text = '(module (func (nop nop)) (memory) (func (local.get $x)) (type $t (funk)) (frob))';
    expect(complaints(text)).toEqual([
      'Parse/token unexpected token nop @nop',
      'Parse/token unexpected token ) @)',
      'Resolve/local unknown local $x @$x',
      'Parse/token unknown operator funk @funk',
      'Parse/token unknown operator frob @frob',
    ]);
  });
});

describe('text that does not lex', () => {
  test('costs only the field around it', () => {
    expect(complaints('(module (func $) (memory 1) (func (@x [) (frob)) (data "\\q") (func (call $f)))')).toEqual([
      'Lex/identifier empty identifier @$',
      'Parse/token unknown operator frob @frob',
      'Lex/escape illegal escape \\q @\\q',
      'Resolve/func unknown func $f @$f',
    ]);
  });
});

describe('tables, tags and element segments', () => {
  const functions = { kind: 'ref', nullable: false, heap: { kind: 'abstract', share: 'unshared', name: 'func' } };
  const nullable = { ...functions, nullable: true };
  const refs = (...xs: number[]) =>
    xs.map((x) => [expect.objectContaining({ op: 'ref.func', imm: { kind: 'index', x } })]);

  test.each([
    ['func $f 1', { mode: { kind: 'passive' }, type: functions, items: refs(0, 1) }],
    ['declare func 1', { mode: { kind: 'declarative' }, type: functions, items: refs(1) }],
    ['(i32.const 1) $f 1', { mode: { kind: 'active', table: 0 }, type: functions, items: refs(0, 1) }],
    ['(table $u) (offset i32.const 1) func $f', { mode: { kind: 'active', table: 1 }, items: refs(0) }],
    ['1 (i32.const 1) func', { mode: { kind: 'active', table: 1 }, items: [] }],
    ['funcref (ref.func 0) (item ref.func 1)', { mode: { kind: 'passive' }, type: nullable, items: refs(0, 1) }],
    ['(i32.const 0) funcref', { mode: { kind: 'active', table: 0 }, type: nullable, items: [] }],
    ['(shared (ref null (shared func)))', { share: 'shared', mode: { kind: 'passive' }, items: [] }],
    ['(shared func) $f', { share: 'shared', type: { nullable: false, heap: { share: 'shared' } }, items: refs(0) }],
  ])('(elem %s)', (text, expected) => {
    const module = moduleOf(`(module (func $f) (func) (table 1 funcref) (table $u 1 funcref) (elem $e ${text}))`);
    expect(module.elems).toMatchObject([{ id: 'e', ...expected }]);
  });

  test('a table may be filled in place', () => {
    const module =
      moduleOf(`(module (func $f) (table $t funcref (elem $f 0)) (table i64 (ref null func) (elem (item ref.func 0)))
      (table shared (ref null (shared func)) (elem)) (table 2 (ref func) (ref.func $f)) (elem $e func))`);
    expect(
      module.tables.map(({ type, init }) => [type.share, type.addr, type.limits.min, init?.length ?? null]),
    ).toEqual([
      ['unshared', 'i32', 2n, null],
      ['unshared', 'i64', 1n, null],
      ['shared', 'i32', 0n, null],
      ['unshared', 'i32', 2n, 1],
    ]);
    expect(module.elems.map(({ id, share, items }) => [id, share, items.length])).toEqual([
      [null, 'unshared', 2],
      [null, 'unshared', 1],
      [null, 'shared', 0],
      ['e', 'unshared', 0],
    ]);
    expect(module.elems[1]).toMatchObject({ mode: { table: 1, offset: [{ op: 'i64.const' }] } });
  });

  test('tags', () => {
    const module = moduleOf(
      '(module (import "m" "e" (tag $a (param i32))) (tag $b (export "b") (param i32)) (export "a" (tag $a)))',
    );
    expect(module.imports[0]?.desc).toEqual({ kind: 'tag', type: 0 });
    expect(module.tags).toMatchObject([{ id: 'b', type: 0 }]);
    expect(module.exports.map(({ name, kind, index }) => [name, kind, index])).toEqual([
      ['b', 'tag', 1],
      ['a', 'tag', 0],
    ]);
  });

  test('many indices and strings are as few', () => {
    const n = 1000;
    const module = moduleOf(`(module (func $f) (elem func ${'$f '.repeat(n)}) (data ${'"a" '.repeat(n)})
      (func (br_table ${'0 '.repeat(n)} (i32.const 0))))`);
    expect(module.elems[0]?.items).toHaveLength(n);
    expect(module.datas[0]?.bytes).toHaveLength(n);
    expect(module.funcs[1]?.body[1]).toMatchObject({ imm: { labels: Array.from({ length: n }, () => 0) } });
  });
});

describe('imports and exports', () => {
  test('every kind, inline or not', () => {
    const long = moduleOf(`(module (type $t (shared (func)))
      (import "m" "f" (func $f (type $t))) (import "m" "g" (global $g (shared mut i32)))
      (import "m" "m" (memory $m 1 1 shared)) (import "m" "t" (table $a 0 funcref)))`);
    const short = moduleOf(`(module (type $t (shared (func)))
      (func $f (import "m" "f") (type $t)) (global $g (import "m" "g") (shared mut i32))
      (memory $m (import "m" "m") 1 1 shared) (table $a (import "m" "t") 0 funcref))`);
    const imports = long.imports.map((item) => ({ ...item, at }));
    expect(imports.map((i) => [i.module, i.name, i.desc.kind, i.id])).toEqual([
      ['m', 'f', 'func', 'f'],
      ['m', 'g', 'global', 'g'],
      ['m', 'm', 'memory', 'm'],
      ['m', 't', 'table', 'a'],
    ]);
    expect(short.imports).toEqual(imports);
  });

  test('inline exports name the definition they stand in', () => {
    const module = moduleOf(`(module (func (import "m" "f")) (func $g (export "a") (export "b"))
      (memory (export "m") 1) (global (export "g") i32 (i32.const 0)) (table (export "t") 1 funcref)
      (export "d" (func $g)))`);
    expect(module.exports.map((e) => [e.name, e.kind, e.index])).toEqual([
      ['a', 'func', 1],
      ['b', 'func', 1],
      ['m', 'memory', 0],
      ['g', 'global', 0],
      ['t', 'table', 0],
      ['d', 'func', 1],
    ]);
  });

  test('an import may be exported where it stands', () => {
    const module = moduleOf('(module (func $f (export "c") (import "m" "c")))');
    expect(module.exports).toEqual([{ name: 'c', kind: 'func', index: 0, at }]);
    expect(module.imports).toHaveLength(1);
  });

  test.each([
    ['(func)', 'function'],
    ['(memory 1)', 'memory'],
    ['(table 1 funcref)', 'table'],
    ['(global i32 (i32.const 1))', 'global'],
  ])('no import comes after %s', (field, what) => {
    expect(complaints(`(module ${field} (import "m" "f" (func)))`)).toEqual([
      `Parse/import-order import after ${what} @(import`,
    ]);
    expect(complaints(`(module ${field} (func $f (export "f") (import "m" "f")))`)).toEqual([
      `Parse/import-order import after ${what} @(func $f`,
    ]);
  });

  test('types, exports, data and start may come before an import', () => {
    expect(
      complaints('(module (type (func)) (start 0) (export "f" (func 0)) (data "a") (import "m" "f" (func)))'),
    ).toEqual([]);
  });

  test('a name is UTF-8', () => {
    expect(complaints('(module (func (export "a\\ff")))')).toEqual(['Lex/name malformed UTF-8 encoding @"a\\ff"']);
    expect(complaints('(module (func (export "\\u{d800}")))')).toEqual([
      'Lex/escape illegal escape \\u{d800} @"\\u{d800}"',
    ]);
  });
});

describe('memories, data and globals', () => {
  test('inline data make a memory of just their size', () => {
    const module = moduleOf(
      '(module (memory 1) (memory $m (data "a" "\\00b")) (data $d (memory $m) (i32.const 3) "c") (data "d"))',
    );
    expect(module.memories.map((m) => m.type.limits)).toEqual([
      { min: 1n, max: null },
      { min: 1n, max: 1n },
    ]);
    const share = 'unshared';
    const zero = [{ kind: 'plain', op: 'i32.const', imm: { kind: 'i32', value: 0 }, at }];
    const three = [{ kind: 'plain', op: 'i32.const', imm: { kind: 'i32', value: 3 }, at }];
    expect(module.datas).toEqual([
      { id: null, share, bytes: Uint8Array.of(97, 0, 98), mode: { kind: 'active', memory: 1, offset: zero }, at },
      { id: 'd', share, bytes: Uint8Array.of(99), mode: { kind: 'active', memory: 1, offset: three }, at },
      { id: null, share, bytes: Uint8Array.of(100), mode: { kind: 'passive' }, at },
    ]);
    expect(moduleOf('(module (memory (data)))').memories[0]?.type.limits).toEqual({ min: 0n, max: 0n });
  });

  test('offsets are expressions, in a group or folded', () => {
    const modes = moduleOf(
      '(module (memory 1) (global $g i32 (i32.const 1)) (data (offset global.get $g) "") (data 0 (global.get $g) ""))',
    ).datas.map((d) => d.mode);
    expect(modes[0]).toMatchObject({ kind: 'active', memory: 0, offset: [{ op: 'global.get', imm: { x: 0 } }] });
    expect(modes[1]).toEqual({
      ...modes[0],
      offset: [{ ...(modes[0]?.kind === 'active' ? modes[0].offset[0] : {}), at }],
    });
  });

  test('a thread-local global needs no initialiser; any other without one has an empty one', () => {
    const globals = moduleOf(`(module (global (thread_local mut i32)) (global (thread_local i32) (i32.const 1))
      (global i32) (global $g i32 i32.const 1 i32.const 2 i32.add))`).globals;
    expect(globals.map((g) => g.init?.length ?? null)).toEqual([null, 1, 0, 3]);
  });

  test('start', () => {
    expect(moduleOf('(module (func) (func $main) (start $main))').start).toEqual({ func: 1, at });
    expect(complaints('(module (func $a) (start $a) (start 0))')).toEqual([
      'Parse/start multiple start sections @(start 0)',
    ]);
  });
});

describe('names', () => {
  test.each([
    ['(func $a) (func $a)', 'func'],
    ['(import "" "" (func $a)) (func $a)', 'func'],
    ['(memory $a 1) (memory $a 1)', 'memory'],
    ['(table $a 1 funcref) (table $a 1 funcref)', 'table'],
    ['(global $a i32 (i32.const 0)) (global $a i32 (i32.const 0))', 'global'],
    ['(type $a (func)) (type $a (func))', 'type'],
  ])('%s', (fields, what) => {
    expect(complaints(`(module ${fields})`)).toMatchObject([
      expect.stringMatching(`^Resolve/duplicate-${what} duplicate ${what} \\$a @\\(`),
    ]);
  });

  test('of parameters and locals are one space', () => {
    expect(complaints('(module (func (param $x i32) (local i32) (local $x i32)))')).toEqual([
      'Resolve/duplicate-local duplicate local $x @$x',
    ]);
  });

  test('a quoted identifier is the plain one', () => {
    expect(complaints('(module (func $f) (start $"f"))')).toEqual([]);
  });

  test.each([
    ['(start $x)', 'func'],
    ['(export "x" (memory $x))', 'memory'],
    ['(export "x" (table $x))', 'table'],
    ['(global i32 (global.get $x))', 'global'],
    ['(func (type $x))', 'type'],
    ['(func (local.get $x))', 'local'],
    ['(func (call $x))', 'func'],
    ['(func (fork $x))', 'func'],
    ['(func (i32.load $x (i32.const 0)))', 'memory'],
    ['(func (br $x))', 'label'],
    ['(func (param (ref $x)))', 'type'],
  ])('unknown in %s', (field, what) => {
    expect(complaints(`(module ${field})`)).toEqual([`Resolve/${what} unknown ${what} $x @$x`]);
  });

  test('numbers out of range are left to the validator', () => {
    expect(complaints('(module (start 7) (func (type 9) (local.get 3) (br 8) (call 5)))')).toEqual([]);
    expect(complaints('(module (start 4294967296))')).toEqual(['Parse/constant i32 constant out of range @4294967296']);
  });
});

describe('functions', () => {
  test('parameters and locals', () => {
    expect(
      firstOf(moduleOf('(module (func $f (param $x i32) (param i64 f32) (local $l i32) (local i64)))')),
    ).toMatchObject({
      id: 'f',
      params: ['x', null, null],
      locals: [
        { id: 'l', type: 'i32' },
        { id: null, type: 'i64' },
      ],
    });
  });

  test('parameters of a named type count, its names do not', () => {
    const text =
      '(module (type $t (func (param $x i32) (param i32))) (func (type $t) (local $l i32) (drop (local.get $l)))';
    expect(firstOf(moduleOf(`${text})`))).toMatchObject({ params: [null, null], body: [{ imm: { x: 2 } }, {}] });
    expect(complaints(`${text} (func (type $t) (drop (local.get $x))))`)).toEqual([
      'Resolve/local unknown local $x @$x',
    ]);
  });
});
