import { describe, expect, test } from 'vitest';
import { known } from '../../../../src/base/assert.ts';
import type { Execution } from '../../../../src/event/execution.ts';
import { allocationsBefore } from '../../../../src/model/reasons/links.ts';
import { surpriseOf } from '../../../../src/model/surprise/surprise.ts';
import { exploreProgram, program } from '../../../support/explore-file.ts';

/** Two segments of bytes that are there at first, and a thread that reads both. */
const SEGMENTS = `(module $M shared (memory (export "mem") 1 1 shared)
  (data (i32.const 0) "\\01") (data (i32.const 4) "\\02")
  (func (export "read") shared (result i32)
    (i32.add (i32.atomic.load8_u (i32.const 0)) (i32.atomic.load8_u (i32.const 4)))))
  (register "M")
  (thread $T1 (shared (module $M)) (invoke $M "read"))`;

function execution(): Execution {
  const { outcomes } = exploreProgram(program(SEGMENTS), 'sc');
  expect(outcomes.map(({ values }) => values.get('T1:0:0'))).toEqual(['i32 3']);
  return known(outcomes[0]?.witness, 'witness').execution;
}

describe('allocationsBefore', () => {
  test('puts active segments after the allocation that they fill, before what reads them, and in no order among each other', () => {
    const x = execution();
    const before = allocationsBefore(x);
    const allocation = x.events.find(({ kind }) => kind === 'alloc');
    const filling = x.events.filter(
      ({ kind, actions }) => kind !== 'alloc' && actions.some((a) => 'order' in a && a.order === 'init'),
    );
    const reading = x.events.filter(({ site }) => site.text === 'i32.atomic.load8_u');
    expect([filling.length, reading.length]).toEqual([2, 2]);
    for (const fill of filling) {
      expect(before.has(known(allocation, 'allocation').id, fill.id)).toBe(true);
      for (const other of filling) expect(before.has(fill.id, other.id)).toBe(false);
    }
    for (const read of reading) expect(before.has(known(allocation, 'allocation').id, read.id)).toBe(true);
    const closed = before.copy().close();
    for (const { id } of x.events) expect(closed.has(id, id)).toBe(false);
  });

  test('an interleaving of a module with segments is no surprise', () => {
    expect(surpriseOf(execution()).kind).toBe('none');
  });
});
