import { describe, expect, test } from 'vitest';
import type { Expr } from '../../../src/syntax/module.ts';
import { NULL } from '../../../src/syntax/values.ts';
import { alone, block, c32, c64, cond, constant, fn, i32, i64, moduleOf, op } from './build.ts';
import { run } from './world.ts';

const results = (
  type: Parameters<typeof alone>[0],
  body: Expr,
  args: Parameters<typeof run>[1] = [],
  more: Parameters<typeof alone>[2] = {},
) => run(alone(type, body, more), args).results;

const II = fn(['i32'], ['i32']);
const get = (x: number) => op('local.get', x);

describe('parametric instructions and constants', () => {
  test('Step/unreachable traps', () => {
    expect(run(alone(fn([], []), [op('unreachable')])).trap).toBe('unreachable');
  });
  test('Step/nop does nothing', () => {
    expect(results(fn([], ['i32']), [c32(7), op('nop')])).toEqual([i32(7)]);
  });
  test('Step/pause does nothing', () => {
    expect(run(alone(fn([], ['i32']), [c32(7), op('pause')]))).toMatchObject({
      requests: [{ kind: 'done' }],
      results: [i32(7)],
    });
  });
  test('Step/drop takes the topmost', () => {
    expect(results(fn([], ['i32']), [c32(1), c32(2), op('drop')])).toEqual([i32(1)]);
  });
  test('Step/select takes the first where the condition is not zero, else the second', () => {
    const select = [c64(1n), c64(2n), get(0), op('select', { kind: 'result-types', types: null })];
    expect(results(fn(['i32'], ['i64']), select, [i32(-5)])).toEqual([i64(1n)]);
    expect(results(fn(['i32'], ['i64']), select, [i32(0)])).toEqual([i64(2n)]);
  });
  test('Step/const keeps the bits of floats', () => {
    const nan = { type: 'f32', bits: 0x7f80_0001 } as const;
    const double = { type: 'f64', bits: 0xfff0_0000_0000_0001n } as const;
    expect(results(fn([], ['f32', 'f64']), [constant(nan), constant(double)])).toEqual([nan, double]);
  });
  test('Step/numeric pops as many operands as its row says, and traps where undefined', () => {
    expect(results(fn([], ['i32', 'i32']), [c32(1), c32(8), c32(2), op('i32.div_u')])).toEqual([i32(1), i32(4)]);
    expect(run(alone(fn([], ['i32']), [c32(1), c32(0), op('i32.rem_s')])).trap).toBe('integer divide by zero');
    expect(run(alone(fn([], ['i32']), [c32(1 << 31), c32(-1), op('i32.div_s')])).trap).toBe('integer overflow');
    const nan = constant({ type: 'f32', bits: 0x7fc0_0000 });
    expect(run(alone(fn([], ['i32']), [nan, op('i32.trunc_f32_s')])).trap).toBe('invalid conversion to integer');
  });
});

describe('references', () => {
  const funcref = { kind: 'ref', nullable: true, heap: { kind: 'abstract', share: 'unshared', name: 'func' } } as const;
  test('Step/ref.null is null', () => {
    expect(results(fn([], [funcref]), [constant(NULL)])).toEqual([NULL]);
  });
  test('Step/ref.is_null tells null from a function', () => {
    expect(
      results(fn([], ['i32', 'i32']), [constant(NULL), op('ref.is_null'), op('ref.func', 0), op('ref.is_null')]),
    ).toEqual([i32(1), i32(0)]);
  });
  test('Step/ref.func is equal for the same function and only for it', () => {
    const { funcs } = moduleOf({
      funcs: [0, 1, 0].map((x) => ({ type: fn([], [funcref]), body: [op('ref.func', x)] })),
    });
    const [a, b, c] = funcs.map((func) => run(func).results);
    expect(a).toEqual(c);
    expect(a).not.toEqual(b);
  });
});

describe('locals', () => {
  test('Step/local.get reads arguments, and declared locals at their defaults', () => {
    const body = [get(0), get(1), get(2)];
    expect(results(fn(['i32'], ['i32', 'i64', 'f32']), body, [i32(3)], { locals: ['i64', 'f32'] })).toEqual([
      i32(3),
      i64(0n),
      { type: 'f32', bits: 0 },
    ]);
  });
  test('Step/local.set replaces', () => {
    expect(results(II, [c32(9), op('local.set', 0), get(0)], [i32(1)])).toEqual([i32(9)]);
  });
  test('Step/local.tee replaces and keeps the operand', () => {
    expect(results(fn(['i32'], ['i32', 'i32']), [c32(9), op('local.tee', 0), get(0)], [i32(1)])).toEqual([
      i32(9),
      i32(9),
    ]);
  });
});

describe('structured control', () => {
  const two = { types: [fn(['i32', 'i32'], ['i32']), fn(['i32'], ['i32', 'i32'])] };

  test('Step/block passes parameters in and results out', () => {
    const body = [c32(1), c32(10), c32(3), block('block', { kind: 'type', type: 0 }, [op('i32.sub')]), op('i32.add')];
    expect(results(fn([], ['i32']), body, [], two)).toEqual([i32(8)]);
  });
  test('Step/label gives all the values of a block that ends to what encloses it', () => {
    const body = [c32(4), block('block', { kind: 'type', type: 1 }, [c32(5)])];
    expect(results(fn([], ['i32', 'i32']), body, [], two)).toEqual([i32(4), i32(5)]);
  });
  test('Step/if takes its first branch where the condition is not zero, else the second', () => {
    const body = [get(0), cond('i32', [c32(1)], [c32(2)])];
    expect(results(II, body, [i32(2)])).toEqual([i32(1)]);
    expect(results(II, body, [i32(0)])).toEqual([i32(2)]);
  });
  test('Step/if without an else branch does nothing where the condition is zero', () => {
    expect(results(II, [get(0), cond(null, [op('unreachable')]), c32(1)], [i32(0)])).toEqual([i32(1)]);
  });
  test('Step/br leaves a block with as many values as its type has results', () => {
    const body = [
      c32(100),
      block('block', 'i32', [c32(1), c32(2), c32(3), op('br', 0), op('unreachable')]),
      op('i32.add'),
    ];
    expect(results(fn([], ['i32']), body)).toEqual([i32(103)]);
  });
  test('Step/br counts labels from the innermost, through ifs', () => {
    const inner = [c32(1), cond('i32', [block('block', 'i32', [c32(7), op('br', 2)])], [c32(0)]), op('drop'), c32(8)];
    expect(results(fn([], ['i32']), [block('block', 'i32', inner)])).toEqual([i32(7)]);
  });
  test('Step/br to the outermost label returns', () => {
    expect(results(fn([], ['i32']), [c32(5), block('block', null, [c32(6), op('br', 1)]), op('drop'), c32(7)])).toEqual(
      [i32(6)],
    );
  });
  test('Step/loop begins anew at a branch, with its parameters', () => {
    // Σ 1..n: the loop takes the sum so far and gives it on.
    const body = [
      c32(0),
      block('loop', { kind: 'type', type: 0 }, [
        get(0),
        op('i32.add'),
        get(0),
        c32(1),
        op('i32.sub'),
        op('local.tee', 0),
        op('br_if', 0),
      ]),
    ];
    expect(results(II, body, [i32(10)], { types: [fn(['i32'], ['i32'])] })).toEqual([i32(55)]);
  });
  test('Step/loop ends where no branch is taken', () => {
    expect(results(fn([], ['i32']), [block('loop', 'i32', [c32(3)])])).toEqual([i32(3)]);
  });
  test('Step/br_if branches only where the condition is not zero', () => {
    const body = [block('block', 'i32', [c32(1), get(0), op('br_if', 0), op('drop'), c32(2)])];
    expect(results(II, body, [i32(1)])).toEqual([i32(1)]);
    expect(results(II, body, [i32(0)])).toEqual([i32(2)]);
  });
  test('Step/br_table takes the i-th label, the last where i is too big, as unsigned', () => {
    const body = [
      block('block', null, [
        block('block', null, [block('block', null, [get(0), op('br_table', [0, 1, 2])]), c32(10), op('return')]),
        c32(11),
        op('return'),
      ]),
      c32(12),
    ];
    expect([0, 1, 2, 3, -1].map((i) => results(II, body, [i32(i)]))).toEqual([
      [i32(10)],
      [i32(11)],
      [i32(12)],
      [i32(12)],
      [i32(12)],
    ]);
  });
  test('Step/return leaves all blocks with the topmost values', () => {
    expect(
      results(fn([], ['i32']), [
        block('loop', null, [c32(1), block('block', null, [c32(2), c32(3), op('return')])]),
        c32(4),
      ]),
    ).toEqual([i32(3)]);
  });
  test('Step/frame gives the results to the caller', () => {
    const { funcs } = moduleOf({
      funcs: [
        { type: fn([], ['i32', 'i32']), body: [c32(1), c32(2)] },
        { type: fn([], ['i32', 'i32', 'i32']), body: [c32(0), op('call', 0)] },
      ],
    });
    expect(run(funcs[1] ?? failing()).results).toEqual([i32(0), i32(1), i32(2)]);
  });
});

function failing(): never {
  throw new Error('no such function');
}
