import { describe, expect, test } from 'vitest';
import type { Expr } from '../../../src/syntax/module.ts';
import { NULL } from '../../../src/syntax/values.ts';
import { HostException } from '../../../src/runtime/instance.ts';
import { Refs } from '../../../src/runtime/references.ts';
import { at, trapped } from './ask.ts';
import { alone, block, c32, constant, fn, host, i32, moduleOf, op, refType, tag, tryTable } from './build.ts';
import { run } from './world.ts';

const tags = [tag('a', []), tag('b', ['i32']), tag('c', ['i32', 'i32'])];
const exnref = refType('exn');
const more = { tags, types: [fn([], ['i32', exnref]), fn(['i32'], ['i32'])] };
const results = (body: Expr, count = 1) =>
  run(
    alone(
      fn(
        [],
        Array.from({ length: count }, () => 'i32' as const),
      ),
      body,
      more,
    ),
  ).results;
const thrown = (x: number, ...args: number[]) => [...args.map(c32), op('throw', x)];

describe('exceptions', () => {
  test('Step/throw and Step/uncaught: what nobody catches is the thread’s trap, with the exception', () => {
    const refs = new Refs();
    const { requests } = run(alone(fn([], []), thrown(1, 7), { ...more, refs }));
    expect(requests).toEqual([
      {
        kind: 'trap',
        reason: 'uncaught exception',
        exception: refs.exn(tags[1] ?? tag('', []), [i32(7)]).id,
        site: { at, text: 'throw', shows: null },
      },
    ]);
  });
  test('Step/try_table passes parameters in and results out', () => {
    const body = [
      c32(4),
      tryTable({ kind: 'type', type: 1 }, [{ kind: 'catch_all', tag: null, label: 0 }], [c32(1), op('i32.add')]),
    ];
    expect(results(body)).toEqual([i32(5)]);
  });
  test('Step/catch gives the arguments to the label, counted from outside', () => {
    const body = [
      block('block', 'i32', [
        c32(90),
        tryTable(null, [{ kind: 'catch', tag: 1, label: 0 }], [c32(91), ...thrown(1, 7)]),
        op('unreachable'),
      ]),
    ];
    expect(results(body)).toEqual([i32(7)]);
  });
  test('Step/catch takes the first clause that fits', () => {
    const clauses = [
      { kind: 'catch', tag: 0, label: 0 },
      { kind: 'catch_all', tag: null, label: 1 },
      { kind: 'catch', tag: 1, label: 2 },
    ] as const;
    const body = [
      block('block', null, [
        block('block', null, [tryTable(null, clauses, thrown(1, 7)), op('unreachable')]),
        c32(1),
        op('return'),
      ]),
      c32(2),
    ];
    expect(results(body)).toEqual([i32(2)]);
  });
  test('Step/catch by reference gives the exception too, which Step/throw_ref throws again', () => {
    const again = (kind: 'catch_ref' | 'catch_all_ref') => [
      block('block', 'i32', [
        tryTable(
          null,
          [{ kind: 'catch', tag: 1, label: 0 }],
          [
            kind === 'catch_ref'
              ? block('block', { kind: 'type', type: 0 }, [
                  tryTable(null, [{ kind, tag: 1, label: 0 }], thrown(1, 8)),
                  op('unreachable'),
                ])
              : block('block', exnref, [
                  tryTable(null, [{ kind, tag: null, label: 0 }], thrown(1, 8)),
                  op('unreachable'),
                ]),
            op('throw_ref'),
          ],
        ),
        op('unreachable'),
      ]),
    ];
    expect(results(again('catch_ref'))).toEqual([i32(8)]);
    expect(results(again('catch_all_ref'))).toEqual([i32(8)]);
  });
  test('Step/catch knows tags by their identity', () => {
    const twin = { tags: [tag('a', []), tag('a′', [])] };
    const body = [
      block('block', null, [tryTable(null, [{ kind: 'catch', tag: 1, label: 0 }], [op('throw', 0)])]),
      c32(1),
    ];
    expect(run(alone(fn([], ['i32']), body, twin)).trap).toBe('uncaught exception');
  });
  test('Step/unwind leaves blocks and functions that catch nothing', () => {
    const { funcs } = moduleOf({
      ...more,
      funcs: [
        { type: fn([], []), body: [block('loop', null, [block('block', null, thrown(1, 3))])] },
        { type: fn([], []), body: [tryTable(null, [{ kind: 'catch', tag: 0, label: 0 }], [op('call', 0)])] },
        {
          type: fn([], ['i32']),
          body: [
            c32(5),
            block('block', 'i32', [tryTable(null, [{ kind: 'catch', tag: 1, label: 0 }], [op('call', 1)]), c32(0)]),
            op('i32.add'),
          ],
        },
      ],
    });
    expect(run(funcs[2] as (typeof funcs)[0]).results).toEqual([i32(8)]);
  });
  test('Step/throw_ref of null traps, and traps are not caught', () => {
    const body = [
      tryTable(null, [{ kind: 'catch_all', tag: null, label: 0 }], [constant(NULL), op('throw_ref')]),
      c32(1),
    ];
    expect(run(alone(fn([], []), body, more)).requests).toEqual([trapped('null exception reference', 'throw_ref')]);
  });
  test('`Step/throw_ref` keeps the exception that it is given', () => {
    const body = [
      block('block', exnref, [
        tryTable(null, [{ kind: 'catch_all_ref', tag: null, label: 0 }], thrown(0)),
        op('unreachable'),
      ]),
      op('throw_ref'),
    ];
    expect(run(alone(fn([], []), body, more)).requests).toMatchObject([
      { reason: 'uncaught exception', exception: 1, site: { text: 'throw_ref' } },
    ]);
  });

  const throwing = host('env.throw', fn([], []), () => {
    throw new HostException(tags[1] ?? tag('', []), [i32(6)]);
  });
  test('Step/invoke-host: what the host’s functions throw can be caught, and asks nothing', () => {
    const module = moduleOf({
      ...more,
      hosts: [throwing],
      funcs: [
        {
          type: fn([], ['i32']),
          body: [
            block('block', 'i32', [tryTable(null, [{ kind: 'catch', tag: 1, label: 0 }], [op('call', 0)]), c32(0)]),
          ],
        },
        { type: fn([], []), body: [op('call', 0)] },
      ],
    });
    expect(run(module.funcs[1] as typeof throwing)).toMatchObject({ requests: [{ kind: 'done' }], results: [i32(6)] });
    expect(run(module.funcs[2] as typeof throwing).requests).toMatchObject([
      { kind: 'trap', reason: 'uncaught exception', exception: 1, site: { text: 'call' } },
    ]);
  });
  test('Step/invoke-host of a thread’s own function: nobody catches', () => {
    expect(run(throwing).requests).toEqual([trapped('uncaught exception', 'invoke')]);
  });
});
