import { describe, expect, test } from 'vitest';
import type { Strategy } from '../../../src/explore/explore.ts';
import { exploreProgram, outcomesOf, program } from '../../support/explore-file.ts';

/** Structures, arrays, tables, globals and wait queues as shared state, by every search. */

const SEARCHES: readonly (readonly [string, Strategy])[] = [
  ['sc', 'auto'],
  ['sc', 'all-interleavings'],
  ['wasm', 'auto'],
  ['wasm', 'axioms'],
  ['sc', 'axioms'],
];

function script(module: string, threads: readonly (readonly [string, string])[]): string {
  const commands = threads.map(([name, invoked]) => `(thread $${name} (shared (module $M)) (invoke $M "${invoked}"))`);
  const waits = threads.map(([name]) => `(wait $${name})`);
  return `(module $M ${module})\n(register "m" $M)\n${commands.join('\n')}\n${waits.join(' ')}`;
}

const RESULT = '(type $go (shared (func))) (type $get (shared (func (result i32))))';

const PUBLICATION = script(
  `${RESULT} (type $s (shared (struct (field i32) (field $b (mut i32)))))
  (global $g (shared mut (ref null $s)) (ref.null $s))
  (func (export "publish") (type $go) (global.set $g (struct.new $s (i32.const 1) (i32.const 2))))
  (func (export "read") (type $get) (local $r (ref null $s))
    (local.set $r (global.get $g))
    (if (result i32) (ref.is_null (local.get $r)) (then (i32.const -1)) (else (struct.get $s $b (local.get $r)))))`,
  [
    ['T1', 'publish'],
    ['T2', 'read'],
  ],
);

const QUEUE = script(
  `${RESULT} (type $s (shared (struct (field $a (mut i32)))))
  (global $q (shared (ref (shared waitqueue))) (waitqueue.new))
  (global $o (shared (ref $s)) (struct.new $s (i32.const 0)))
  (func (export "sleep") (type $get)
    (struct.wait $s $a (global.get $o) (global.get $q) (i32.const 0) (i64.const -1)))
  (func (export "wake") (type $get)
    (struct.atomic.set $s $a (global.get $o) (i32.const 1))
    (waitqueue.notify (global.get $q) (i32.const 1)))`,
  [
    ['T1', 'sleep'],
    ['T2', 'wake'],
  ],
);

const ELEMENTS = script(
  `${RESULT} (type $a (shared (array (mut i32))))
  (global $a (shared (ref $a)) (array.new_default $a (i32.const 2)))
  (func (export "add") (type $get) (array.atomic.rmw.add $a (global.get $a) (i32.const 1) (i32.const 5)))`,
  [
    ['T1', 'add'],
    ['T2', 'add'],
  ],
);

describe.each(SEARCHES)('shared objects under %s, %s', (model, strategy) => {
  const outcomes = (text: string, observations: readonly string[]) =>
    outcomesOf(exploreProgram(program(text), model, { strategy }), observations);

  test('a fresh structure that is published without order is seen initialised, or not at all', () => {
    expect(outcomes(PUBLICATION, ['T2:0:0'])).toEqual(['(-1)', '(2)']);
  });

  test('a waiter on a structure’s field is woken through its queue, or sees that it need not wait', () => {
    expect(outcomes(QUEUE, ['T1:0:0', 'T2:0:0'])).toEqual(['(0,1)', '(1,0)']);
  });

  test('additions to one element are atomic', () => {
    expect(outcomes(ELEMENTS, ['T1:0:0', 'T2:0:0'])).toEqual(['(0,5)', '(5,0)']);
  });
});
