import { describe, expect, test } from 'vitest';
import type { Addr } from '../../../src/event/location.ts';
import type { Response } from '../../../src/event/request.ts';
import type { Expr, Immediate } from '../../../src/syntax/module.ts';
import type { RefType, SubType } from '../../../src/syntax/types.ts';
import { i31Id, NULL, type Value } from '../../../src/syntax/values.ts';
import { Refs } from '../../../src/runtime/references.ts';
import { ask, trapped } from './ask.ts';
import { alone, array, block, c32, constant, fn, i32, op, refTo, refType, struct, tag } from './build.ts';
import { run } from './world.ts';

const anyref = refType('any');
const nothing = constant(NULL);
const i31 = (value: number) => [c32(value), op('ref.i31')];
const results = (body: Expr, ...types: ('i32' | RefType)[]) => run(alone(fn([], types), body)).results;
const trap = (body: Expr) => run(alone(fn([], []), body)).requests;

describe('references', () => {
  test('Step/ref.eq compares what references are to', () => {
    const eq = (a: Expr, b: Expr) => results([...a, ...b, op('ref.eq')], 'i32');
    expect(eq([nothing], [nothing])).toEqual([i32(1)]);
    expect(eq(i31(5), i31(5))).toEqual([i32(1)]);
    expect(eq(i31(5), i31(6))).toEqual([i32(0)]);
    expect(eq(i31(0), [nothing])).toEqual([i32(0)]);
  });
  test('Step/ref.as_non_null lets pass what is not null', () => {
    expect(results([...i31(1), op('ref.as_non_null')], anyref)).toEqual([{ type: 'ref', id: i31Id(1) }]);
    expect(trap([nothing, op('ref.as_non_null')])).toEqual([trapped('null reference', 'ref.as_non_null')]);
  });
  test('Step/br_on_null branches without the null', () => {
    const body = (v: Expr) => [
      block('block', 'i32', [c32(1), ...v, op('br_on_null', 0), op('drop'), op('drop'), c32(2)]),
    ];
    expect(results(body([nothing]), 'i32')).toEqual([i32(1)]);
    expect(results(body(i31(0)), 'i32')).toEqual([i32(2)]);
  });
  test('Step/br_on_non_null branches with the reference', () => {
    const body = (v: Expr) => [block('block', anyref, [...v, op('br_on_non_null', 0), ...i31(9)])];
    expect(results(body(i31(3)), anyref)).toEqual([{ type: 'ref', id: i31Id(3) }]);
    expect(results(body([nothing]), anyref)).toEqual([{ type: 'ref', id: i31Id(9) }]);
  });
  test('Step/ref.i31 keeps 31 bits, which Step/i31.get extends', () => {
    const get = (value: number, sx: string) => results([...i31(value), op(`i31.get_${sx}`)], 'i32');
    expect(get(0x4000_0000, 's')).toEqual([i32(-0x4000_0000)]);
    expect(get(0x4000_0000, 'u')).toEqual([i32(0x4000_0000)]);
    expect(get(-1, 'u')).toEqual([i32(0x7fff_ffff)]);
    expect(get(-1, 's')).toEqual([i32(-1)]);
    expect(results([c32(4), op('ref.i31_shared'), op('i31.get_u')], 'i32')).toEqual([i32(4)]);
  });
  test('Step/i31.get of null traps', () => {
    expect(trap([nothing, op('i31.get_u')])).toEqual([trapped('null i31 reference', 'i31.get_u')]);
  });
  test('Step/convert changes no reference', () => {
    const both = [...i31(6), op('extern.convert_any'), op('any.convert_extern'), op('i31.get_u')];
    expect(results(both, 'i32')).toEqual([i32(6)]);
  });
});

describe('casts', () => {
  const open = (comp: SubType['comp'], supers: number[] = []): SubType => ({
    final: false,
    supers,
    share: 'shared',
    comp,
  });
  /** 0 above 1 above 2; 3 is of its own, and so is the array 4; 5 is a function's type, 6 a block's. */
  const types: SubType[] = [
    open(struct('i32')),
    open(struct('i32', 'i32'), [0]),
    open(struct('i32', 'i32', 'i64'), [1]),
    open(struct('i64')),
    open(array('i8')),
    open(fn([], [])),
    open(fn([anyref], [anyref])),
  ];
  const made: Response = { kind: 'new', addr: 900 as Addr };
  const OBJECTS: Readonly<Record<string, Expr>> = {
    null: [nothing],
    i31: i31(1),
    t0: [op('struct.new_default', 0)],
    t1: [op('struct.new_default', 1)],
    t2: [op('struct.new_default', 2)],
    t3: [op('struct.new_default', 3)],
    array: [c32(1), op('array.new_default', 4)],
    func: [op('ref.func', 0)],
    host: [op('local.get', 0)],
    exn: [op('local.get', 1)],
  };
  const refs = new Refs();
  const args: Value[] = [refs.host('thing'), refs.exn(tag('e', []), [])];

  /** Runs `body` after one of the objects; every allocation is answered by one address. */
  const after = (object: string, body: Expr, given: readonly ('i32' | RefType)[]) => {
    const made1 = OBJECTS[object] ?? [];
    const needsNew = made1.some((instr) => instr.kind === 'plain' && /new/.test(instr.op));
    const locals = [anyref, refType('exn')];
    // The host's and the exception's references are constants of their own here.
    const put = made1.map((instr) =>
      instr.kind === 'plain' && instr.op === 'local.get' ? op('global.get', instr.imm as Immediate) : instr,
    );
    return ask(fn([], given), [...put, ...body], needsNew ? [made] : [], {
      types,
      refs,
      locals,
      globals: args.map((value, i) => ({
        kind: 'constant',
        addr: (50 + i) as Addr,
        type: { share: 'shared', mutable: false, content: anyref },
        value,
      })),
    });
  };
  const ofType = (type: RefType): Immediate => ({ kind: 'ref-type', type });
  const test1 = (object: string, type: RefType) => after(object, [op('ref.test', ofType(type))], ['i32']).results;

  test.each<[string, RefType, 0 | 1]>([
    ['null', refTo(0), 1],
    ['null', refTo(0, false), 0],
    ['null', refType('none'), 1],
    ['t0', refTo(0, false), 1],
    ['t0', refTo(1), 0],
    ['t1', refTo(0), 1],
    ['t1', refTo(1), 1],
    ['t2', refTo(0), 1],
    ['t2', refTo(3), 0],
    ['t3', refTo(0), 0],
    ['t3', refType('struct'), 1],
    ['t3', refType('eq'), 1],
    ['t3', refType('array'), 0],
    ['t3', refType('none'), 0],
    ['array', refTo(4), 1],
    ['array', refType('array'), 1],
    ['array', refTo(0), 0],
    ['i31', refType('i31'), 1],
    ['i31', refType('i31', true, 'unshared'), 1],
    ['i31', refType('eq'), 1],
    ['i31', refType('struct'), 0],
    ['i31', refTo(0), 0],
    ['func', refType('func'), 1],
    ['func', refType('nofunc'), 0],
    ['host', refType('any'), 1],
    ['host', refType('eq'), 0],
    ['host', refTo(0), 0],
    ['host', refType('extern'), 1],
    ['host', refType('noextern'), 0],
    ['t0', refType('extern', false), 1],
    ['i31', refType('extern', false), 1],
    ['null', refType('extern', false), 0],
    ['exn', refType('exn'), 1],
    ['exn', refType('noexn'), 0],
  ])('Step/ref.test: %s is of %o: %i', (object, type, is) => {
    expect(test1(object, type)).toEqual([i32(is)]);
  });
  test('Step/ref.cast lets pass what is of the type and traps on the rest', () => {
    const cast = (object: string, type: RefType) => after(object, [op('ref.cast', ofType(type)), op('drop')], []);
    expect(cast('t1', refTo(0)).requests.at(-1)).toEqual({ kind: 'done' });
    expect(cast('null', refTo(0)).requests).toEqual([{ kind: 'done' }]);
    expect(cast('t0', refTo(1)).requests.at(-1)).toEqual(trapped('cast failure', 'ref.cast'));
    expect(cast('null', refTo(0, false)).requests).toEqual([trapped('cast failure', 'ref.cast')]);
  });
  const branch = (mnemonic: string, object: string, to: RefType) =>
    after(
      object,
      [
        block('block', { kind: 'type', type: 6 }, [
          op(mnemonic, { kind: 'cast-branch', x: 0, from: anyref, to }),
          op('drop'),
          c32(2),
          op('return'),
        ]),
        op('drop'),
        c32(1),
      ],
      ['i32'],
    ).results;
  test('Step/br_on_cast branches with what is of the type', () => {
    expect(branch('br_on_cast', 't1', refTo(0))).toEqual([i32(1)]);
    expect(branch('br_on_cast', 't0', refTo(1))).toEqual([i32(2)]);
    expect(branch('br_on_cast', 'null', refTo(1))).toEqual([i32(1)]);
  });
  test('Step/br_on_cast_fail branches with what is not', () => {
    expect(branch('br_on_cast_fail', 't1', refTo(0))).toEqual([i32(2)]);
    expect(branch('br_on_cast_fail', 't0', refTo(1))).toEqual([i32(1)]);
    expect(branch('br_on_cast_fail', 'null', refTo(1, false))).toEqual([i32(1)]);
  });
});
