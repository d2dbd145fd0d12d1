import { describe, expect, test } from 'vitest';
import type { BlockType, Immediate } from '../../../src/syntax/module.ts';
import { Source } from '../../../src/base/span.ts';
import { MAX_BLOCKS } from '../../../src/syntax/limits.ts';
import { parseModule } from '../../../src/text/parse-module.ts';
import { bodyOf, complaints, moduleOf, outline } from './read.ts';

function immediateOf(text: string, around = '(memory $m 1) (memory $n 1)'): Immediate | null {
  const instr = bodyOf(text, around).at(-1);
  return instr?.kind === 'plain' ? instr.imm : null;
}

function nested(n: number, open: string, inner: string, close: string): string {
  return `(module (func ${open.repeat(n)}${inner}${close.repeat(n)}))`;
}

/** The types of the blocks in a body. */
function blockTypes(text: string): BlockType[] {
  const around = '(type $t (func (param i32) (result i32 i32)))';
  return bodyOf(text, around).flatMap((instr) => (instr.kind === 'plain' ? [] : [instr.type]));
}

describe('immediates', () => {
  const memarg = { memory: 0, offset: 0n, align: 4 };

  test.each<[string, Immediate]>([
    ['nop', { kind: 'none' }],
    ['i32.load', { kind: 'memarg', memarg }],
    ['i64.load16_u', { kind: 'memarg', memarg: { ...memarg, align: 2 } }],
    ['i32.store8 $n offset=0x10 align=1', { kind: 'memarg', memarg: { memory: 1, offset: 16n, align: 1 } }],
    ['i32.load offset=18446744073709551615', { kind: 'memarg', memarg: { ...memarg, offset: 18446744073709551615n } }],
    ['i32.atomic.load', { kind: 'atomic-memarg', memarg, order: 'none' }],
    ['i32.atomic.load acq_rel', { kind: 'atomic-memarg', memarg, order: 'acqrel' }],
    ['i32.atomic.load acqrel', { kind: 'atomic-memarg', memarg, order: 'acqrel' }],
    [
      'i64.atomic.rmw.add 1 seq_cst offset=8 align=8',
      { kind: 'atomic-memarg', memarg: { memory: 1, offset: 8n, align: 8 }, order: 'seqcst' },
    ],
    ['i32.atomic.rmw8.cmpxchg_u seqcst', { kind: 'atomic-memarg', memarg: { ...memarg, align: 1 }, order: 'seqcst' }],
    ['memory.atomic.wait64', { kind: 'memarg', memarg: { ...memarg, align: 8 } }],
    ['memory.atomic.notify offset=4', { kind: 'memarg', memarg: { ...memarg, offset: 4n } }],
    ['atomic.fence', { kind: 'order', order: 'none' }],
    ['atomic.fence acq_rel', { kind: 'order', order: 'acqrel' }],
    ['memory.size', { kind: 'index', x: 0 }],
    ['memory.grow $n', { kind: 'index', x: 1 }],
    ['memory.copy', { kind: 'index-pair', x: 0, y: 0 }],
    ['memory.copy $n $m', { kind: 'index-pair', x: 1, y: 0 }],
    ['memory.fill 1', { kind: 'index', x: 1 }],
    ['i32.const 0xffffffff', { kind: 'i32', value: -1 }],
    ['i64.const -9_223_372_036_854_775_808', { kind: 'i64', value: -(2n ** 63n) }],
    ['f32.const 1', { kind: 'f32', bits: 0x3f800000 }],
    ['f64.const -nan', { kind: 'f64', bits: 0xfff8000000000000n }],
    ['select', { kind: 'result-types', types: null }],
    ['select (result)', { kind: 'result-types', types: [] }],
    [
      'select (result i32) (result funcref)',
      {
        kind: 'result-types',
        types: ['i32', { kind: 'ref', nullable: true, heap: { kind: 'abstract', share: 'unshared', name: 'func' } }],
      },
    ],
    ['ref.null (shared extern)', { kind: 'heap-type', heap: { kind: 'abstract', share: 'shared', name: 'extern' } }],
    ['br_table 0 0', { kind: 'labels', labels: [0, 0] }],
  ])('%s', (text, immediate) => {
    expect(immediateOf(text)).toEqual(immediate);
  });

  const AROUND = `(type $s (struct (field $a i32) (field $b (mut i8)))) (type $v (array (mut i32))) (type $f (func (param i32)))
    (table $t 1 funcref) (table $u 1 funcref) (memory $m 1) (memory $n 1) (global $g (mut i32) (i32.const 0)) (tag $e)
    (elem $x func) (elem $y func) (data $c "") (data $d "")`;
  const any = { kind: 'ref', nullable: true, heap: { kind: 'abstract', share: 'unshared', name: 'any' } } as const;
  const struct = { kind: 'ref', nullable: false, heap: { kind: 'index', type: 0 } } as const;

  test.each<[string, Immediate]>([
    ['table.get', { kind: 'index', x: 0 }],
    ['table.set $u', { kind: 'index', x: 1 }],
    ['table.copy', { kind: 'index-pair', x: 0, y: 0 }],
    ['table.copy $u $t', { kind: 'index-pair', x: 1, y: 0 }],
    ['table.init $y', { kind: 'index-pair', x: 0, y: 1 }],
    ['table.init $u $y', { kind: 'index-pair', x: 1, y: 1 }],
    ['memory.init $d', { kind: 'index-pair', x: 0, y: 1 }],
    ['memory.init $n 0', { kind: 'index-pair', x: 1, y: 0 }],
    ['data.drop $d', { kind: 'index', x: 1 }],
    ['elem.drop 1', { kind: 'index', x: 1 }],
    ['throw $e', { kind: 'index', x: 0 }],
    ['call_indirect (type $f)', { kind: 'index-pair', x: 0, y: 2 }],
    ['return_call_indirect $u (param i32)', { kind: 'index-pair', x: 1, y: 2 }],
    ['call_indirect', { kind: 'index-pair', x: 0, y: 3 }],
    ['struct.get_s $s $b', { kind: 'index-pair', x: 0, y: 1 }],
    ['struct.set 0 0', { kind: 'index-pair', x: 0, y: 0 }],
    ['array.new_fixed $v 3', { kind: 'index-pair', x: 1, y: 3 }],
    ['array.copy $v 1', { kind: 'index-pair', x: 1, y: 1 }],
    ['array.new_data $v $d', { kind: 'index-pair', x: 1, y: 1 }],
    ['array.init_elem $v $y', { kind: 'index-pair', x: 1, y: 1 }],
    ['ref.test (ref $s)', { kind: 'ref-type', type: struct }],
    ['ref.cast anyref', { kind: 'ref-type', type: any }],
    ['br_on_cast 0 anyref (ref $s)', { kind: 'cast-branch', x: 0, from: any, to: struct }],
    ['i32.atomic.rmw.add acq_rel seqcst', { kind: 'atomic-memarg', memarg, order: 'acqrel-seqcst' }],
    ['i32.atomic.rmw.add seq_cst seqcst', { kind: 'atomic-memarg', memarg, order: 'seqcst' }],
    ['global.atomic.get $g', { kind: 'order-index', order: 'none', x: 0 }],
    ['global.atomic.rmw.add seq_cst acq_rel $g', { kind: 'order-index', order: 'seqcst-acqrel', x: 0 }],
    ['table.atomic.set acq_rel', { kind: 'order-index', order: 'acqrel', x: 0 }],
    ['table.atomic.rmw.xchg $u', { kind: 'order-index', order: 'none', x: 1 }],
    ['array.atomic.get seq_cst $v', { kind: 'order-index', order: 'seqcst', x: 1 }],
    ['struct.atomic.get seq_cst $s $a', { kind: 'order-index-pair', order: 'seqcst', x: 0, y: 0 }],
    ['struct.atomic.rmw.or acq_rel acq_rel $s 1', { kind: 'order-index-pair', order: 'acqrel', x: 0, y: 1 }],
    ['i8x16.extract_lane_s 15', { kind: 'index', x: 15 }],
    ['v128.load8_lane 1', { kind: 'memarg-lane', memarg: { ...memarg, align: 1 }, lane: 1 }],
    ['v128.load8_lane 1 2', { kind: 'memarg-lane', memarg: { memory: 1, offset: 0n, align: 1 }, lane: 2 }],
    [
      'v128.store64_lane $n offset=3 align=2 1',
      { kind: 'memarg-lane', memarg: { memory: 1, offset: 3n, align: 2 }, lane: 1 },
    ],
    [
      'v128.const i16x8 -1 1 0xffff -0x8000 0 0 0 2',
      { kind: 'v128', bytes: Uint8Array.of(255, 255, 1, 0, 255, 255, 0, 128, 0, 0, 0, 0, 0, 0, 2, 0) },
    ],
    [
      'v128.const f32x4 1 -0 nan inf',
      { kind: 'v128', bytes: Uint8Array.of(0, 0, 128, 63, 0, 0, 0, 128, 0, 0, 192, 127, 0, 0, 128, 127) },
    ],
    ['v128.const f64x2 1 0', { kind: 'v128', bytes: Uint8Array.of(0, 0, 0, 0, 0, 0, 240, 63, 0, 0, 0, 0, 0, 0, 0, 0) }],
    [
      'i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 255',
      { kind: 'lanes', lanes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255] },
    ],
  ])('of the other shapes: %s', (text, immediate) => {
    expect(immediateOf(text, AROUND)).toEqual(immediate);
    expect(immediateOf(`(${text})`, AROUND)).toEqual(immediate);
  });

  test.each([
    ['struct.get $s $z', 'Resolve/field unknown field $z @$z'],
    ['struct.get $v $a', 'Resolve/field unknown field $a @$a'],
    ['i8x16.extract_lane_s 256', 'Parse/lane i8 constant out of range: a lane @256'],
    ['i8x16.extract_lane_s -1', 'Parse/token unexpected token -1 @-1'],
    ['i8x16.shuffle 0 1', 'Parse/lanes invalid lane length: 2 lanes, where there must be 16 @i8x16.shuffle'],
    ['v128.const i64x2 1', 'Parse/lanes wrong number of lane literals: 1, where i64x2 has 2 @1'],
    ['v128.const i64x2 1 1.5', 'Parse/token unexpected token 1.5 @1.5'],
    [
      'v128.const i8x16 256 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0',
      'Parse/constant constant out of range: 256 is no lane of i8x16 @256',
    ],
    ['try_table (catch $z 0) end', 'Resolve/tag unknown tag $z @$z'],
    ['try_table $l (catch_all $l) end', 'Resolve/label unknown label $l @$l'],
    ['elem.drop', 'Parse/token unexpected token ) @)'],
    [
      'call_indirect (type $f) (result i32)',
      'Parse/inline-type inline function type differs from the type definition it names @(type $f) (result i32)',
    ],
  ])('%s is malformed', (text, expected) => {
    expect(complaints(`(module ${AROUND} (func ${text}))`)).toEqual([expected]);
  });

  test('clauses of try_table reach from outside it', () => {
    const text =
      '(block $h (try_table $t (result i32) (catch $e $h) (catch_ref 0 0) (catch_all $h) (catch_all_ref 1) (br $t)))';
    const [block] = bodyOf(text, AROUND);
    const [inner] = block?.kind === 'block' ? block.body : [];
    expect(inner).toMatchObject({
      kind: 'try_table',
      catches: [
        { kind: 'catch', tag: 0, label: 0 },
        { kind: 'catch_ref', tag: 0, label: 0 },
        { kind: 'catch_all', tag: null, label: 0 },
        { kind: 'catch_all_ref', tag: null, label: 1 },
      ],
      body: [{ op: 'br', imm: { x: 0 } }],
    });
    expect(outline(bodyOf('try_table $t br $t end $t', AROUND))).toEqual([['try_table', 'br 0']]);
  });

  test.each([
    ['i32.const 4294967296', 'Parse/constant constant out of range: 4294967296 is no i32 @4294967296'],
    [
      'i64.const 0x1_0000_0000_0000_0000',
      'Parse/constant constant out of range: 0x1_0000_0000_0000_0000 is no i64 @0x1_0000_0000_0000_0000',
    ],
    ['f32.const 1e40', 'Parse/constant constant out of range: 1e40 is no f32 @1e40'],
    ['f64.const nan:0x0', 'Parse/constant constant out of range: nan:0x0 is no f64 @nan:0x0'],
    ['i32.load align=3', 'Parse/alignment alignment must be a power of two @align=3'],
    ['i32.load align=0', 'Parse/alignment alignment must be a power of two @align=0'],
    [
      'i32.load offset=18446744073709551616',
      'Parse/constant i64 constant out of range: offset @offset=18446744073709551616',
    ],
    ['i32.load acq_rel', 'Parse/token unexpected token acq_rel @acq_rel'],
    ['i32.atomic.load offset=8 acq_rel', 'Parse/token unexpected token acq_rel @acq_rel'],
    ['i32.const 1.5', 'Parse/token unexpected token 1.5 @1.5'],
    ['i32.const nope', 'Parse/token unknown operator nope @nope'],
    ['get_local 0', 'Parse/token unknown operator get_local @get_local'],
    ['i32.const $x', 'Parse/token unexpected token $x @$x'],
  ])('%s is malformed', (text, expected) => {
    expect(complaints(`(module (memory 1) (func ${text}))`)).toEqual([expected]);
  });

  test('what would have been accepted is said', () => {
    const result = parseModule(new Source('test', '(module (func (block $l) 5))'));
    expect(result.ok || result.error[0]?.expected).toMatch(/an instruction/);
  });
});

describe('structure', () => {
  test('folded instructions come after their operands', () => {
    expect(outline(bodyOf('(i32.add (i32.const 1) (i32.mul (i32.const 2) (i32.const 3)))'))).toEqual([
      'i32.const 1',
      'i32.const 2',
      'i32.const 3',
      'i32.mul',
      'i32.add',
    ]);
  });

  test('flat and folded forms of blocks are one', () => {
    const folded = '(block $a (loop $b (if $c (i32.const 1) (then (br $a)) (else (br $c) (br $b)))))';
    const flat = 'block $a loop $b i32.const 1 if $c br $a else $c br $c br $b end $c end $b end';
    expect(outline(bodyOf(flat))).toEqual(outline(bodyOf(folded)));
    expect(outline(bodyOf(folded))).toEqual([['block', ['loop', 'i32.const 1', ['if', ['br 2'], ['br 0', 'br 1']]]]]);
  });

  test('an if without else has an empty one', () => {
    expect(outline(bodyOf('(if (i32.const 0) (then nop))'))).toEqual(['i32.const 0', ['if', ['nop'], []]]);
    expect(outline(bodyOf('i32.const 0 if nop end'))).toEqual(['i32.const 0', ['if', ['nop'], []]]);
  });

  test('block types: none, one result, or a function type', () => {
    expect(
      blockTypes(
        '(block) (block (result i32)) (block (type $t)) (loop (param i32) (result i32) (result i32)) (block (param i64))',
      ),
    ).toEqual([
      { kind: 'value', result: null },
      { kind: 'value', result: 'i32' },
      { kind: 'type', type: 0 },
      { kind: 'type', type: 0 },
      { kind: 'type', type: 2 },
    ]);
    expect(complaints('(module (func (block (param $x i32))))')).toEqual(['Parse/token unexpected token $x @$x']);
  });

  test('labels count from the innermost block and shadow', () => {
    expect(outline(bodyOf('(block $l (block $m (br $l) (br $m) (block $l (br $l) (br $m) (br 3))))'))).toEqual([
      ['block', ['block', 'br 1', 'br 0', ['block', 'br 0', 'br 1', 'br 3']]],
    ]);
    expect(complaints('(module (func (block $l) (br $l)))')).toEqual(['Resolve/label unknown label $l @$l']);
    expect(complaints('(module (func (if $l (br $l) (then))))')).toEqual(['Resolve/label unknown label $l @$l']);
  });

  test.each([
    ['block $a end $b', '$b'],
    ['block end $b', '$b'],
    ['i32.const 0 if $a else $b end', '$b'],
    ['i32.const 0 if $a else $a end $c', '$c'],
  ])('%s has a mismatching label', (text, label) => {
    expect(complaints(`(module (func ${text}))`)).toEqual([
      `Resolve/mismatching-label mismatching label ${label} @${label}`,
    ]);
  });

  test.each(['end', 'else', '(then)', 'block', '(block end)', '(if (i32.const 0) nop)', '(i32.add i32.const 1)'])(
    '%s is malformed',
    (text) => {
      expect(complaints(`(module (func ${text}))`)).toHaveLength(1);
    },
  );

  test('spans: an instruction with its immediates, a block with its type, a function with its name', () => {
    const text = '(module (func $f (i32.load offset=4 (i32.const 1)) (drop) (block $l (result i32) (i32.const 2))))';
    const func = moduleOf(text).funcs[0];
    const spans = [func, ...(func?.body ?? [])].map((x) => text.slice(x?.at.start, x?.at.end));
    expect(spans).toEqual(['(func $f', 'i32.const 1', 'i32.load offset=4', 'drop', 'block $l (result i32)']);
  });
});

describe('depth', () => {
  test.each([
    ['operands', nested(20_000, '(i32.eqz ', '(i32.const 0)', ')'), 20_001],
    ['second operands', nested(5_000, '(i32.add (i32.const 1) ', '(i32.const 0)', ')'), 10_001],
    ['first operands', nested(5_000, '(i32.add ', '(i32.const 0)', ' (i32.const 1))'), 10_001],
  ])('%s nest as deep as one likes', (_, text, count) => {
    const body = moduleOf(text).funcs[0]?.body ?? [];
    expect(body).toHaveLength(count);
    expect(body[0]).toMatchObject({ op: 'i32.const' });
  });

  test('operands at every depth keep their place', () => {
    const n = 300;
    const text = nested(n, '(i32.sub (i32.const 1) ', '(i32.const 2)', ')');
    const ops = outline(moduleOf(text).funcs[0]?.body ?? []);
    expect(ops).toEqual([
      ...Array.from({ length: n }, () => 'i32.const 1'),
      'i32.const 2',
      ...Array.from({ length: n }, () => 'i32.sub'),
    ]);
  });

  test.each([
    ['folded blocks', '(block ', ')'],
    ['flat blocks', 'block ', 'end '],
    ['flat loops with labels', 'loop $l ', 'end $l '],
    ['ifs', '(if (i32.const 0) (then ', '))'],
    ['flat ifs', 'i32.const 0 if else ', 'end '],
  ])('%s nest 1000 deep and no deeper', (_, open, close) => {
    const depth = (n: number) => complaints(nested(n, open, '(br 0)', close));
    expect(depth(MAX_BLOCKS)).toEqual([]);
    expect(depth(MAX_BLOCKS + 1).map((c) => c.slice(0, 29))).toEqual(['Parse/depth nested too deeply']);
    expect(depth(20_000).map((c) => c.slice(0, 29))).toEqual(['Parse/depth nested too deeply']);
  });

  test('labels reach out of deep nesting', () => {
    const body =
      moduleOf(`(module (func (block $out ${'(block '.repeat(200)}(br $out)${')'.repeat(200)})))`).funcs[0]?.body ?? [];
    expect(JSON.stringify(outline(body))).toContain('"br 200"');
  });

  test.each([
    ['parentheses', '(', ')'],
    ['blocks without end', 'block ', ''],
    ['types', '(param ', ')'],
  ])('too many %s are a complaint, not a crash', (_, open, close) => {
    expect(complaints(nested(10_000, open, '', close))[0]).toMatch(/^Parse\/(depth|token) /);
  });
});
