import { describe, expect, test } from 'vitest';
import type { Order } from '../../../../src/event/action.ts';
import { known } from '../../../../src/base/assert.ts';
import type { Alphabet } from '../../../../src/model/bounded/alphabet.ts';
import { bytesAndPair, lettersOf, singleBytes } from '../../../../src/model/bounded/alphabet.ts';
import { armv8 } from '../../../../src/model/bounded/hardware/armv8.ts';
import { HardwareChecker } from '../../../../src/model/bounded/hardware/checker.ts';
import type { Machine } from '../../../../src/model/bounded/hardware/machine.ts';
import { x86Tso } from '../../../../src/model/bounded/hardware/x86-tso.ts';
import { forEachProgram } from '../../../../src/model/bounded/programs.ts';
import { forEachReadsFrom, readSlotsOf } from '../../../../src/model/bounded/reads-from.ts';
import { smallProgram } from './by-hand.ts';
import { allowedByHardware } from './naive-hardware.ts';

const ALL: Alphabet = {
  places: singleBytes(2),
  letters: lettersOf(['unord', 'acqrel', 'seqcst'], ['acqrel', 'seqcst']),
};
const TWO_ORDERS: Alphabet = {
  places: singleBytes(2),
  letters: lettersOf(['unord', 'seqcst']).filter(({ kind }) => kind !== 'rmw'),
};
const MIXED: Alphabet = { places: bytesAndPair(0), letters: lettersOf(['unord', 'seqcst']) };
const UPDATES: Alphabet = {
  places: singleBytes(1),
  letters: [
    { kind: 'rmw', order: 'acqrel' },
    { kind: 'wr', order: 'unord' },
    { kind: 'rd', order: 'acqrel' },
  ],
};

describe.each([x86Tso, armv8])('$name', (machine) => {
  test.each([
    ['all orders, two bytes, 3 events', ALL, 3, false],
    ['unordered and seqcst, two bytes, 4 events', TWO_ORDERS, 4, true],
    ['a pair of bytes, 3 events', MIXED, 3, true],
    ['updates of one byte, 4 events', UPDATES, 4, false],
  ] as const)('the checker agrees with the published model: %s', (_, alphabet, events, withoutIdle) => {
    let [allowed, forbidden] = [0, 0];
    forEachProgram({ alphabet, events, withoutIdle }, (program) => {
      const slots = readSlotsOf(program, events === 3 ? 'all' : 'local');
      const checker = new HardwareChecker(machine, program, slots);
      forEachReadsFrom(program, slots, (rf) => {
        const verdict = checker.allows(rf);
        if (verdict) allowed++;
        else forbidden++;
        const expected = allowedByHardware(machine.name === 'armv8' ? 'armv8' : 'x86-tso', program, slots, rf);
        if (verdict !== expected)
          expect.fail(`${[...program.letter]} @ ${[...program.place]} rf ${[...rf]}: ${verdict}`);
      });
    });
    expect(allowed).toBeGreaterThan(100);
    expect(forbidden).toBeGreaterThan(50);
  });
});

/** The shapes that everyone knows, all accesses of one order, and what the machines say of them. */
const SHAPES: readonly (readonly [string, string, Readonly<Record<'unord' | 'acqrel' | 'seqcst', string>>])[] = [
  // x86-TSO and ARMv8, A allowed, F forbidden.
  ['SB', 'Wx1 Ry0 | Wy1 Rx0', { unord: 'AA', acqrel: 'AA', seqcst: 'FF' }],
  ['MP', 'Wx1 Wy1 | Ry1 Rx0', { unord: 'FA', acqrel: 'FF', seqcst: 'FF' }],
  ['LB', 'Rx1 Wy1 | Ry1 Wx1', { unord: 'FA', acqrel: 'FF', seqcst: 'FF' }],
  ['IRIW', 'Wx1 | Wy1 | Rx1 Ry0 | Ry1 Rx0', { unord: 'FA', acqrel: 'FF', seqcst: 'FF' }],
  ['WRC', 'Wx1 | Rx1 Wy1 | Ry1 Rx0', { unord: 'FA', acqrel: 'FF', seqcst: 'FF' }],
  ['RWC', 'Wx1 | Rx1 Ry0 | Wy1 Rx0', { unord: 'AA', acqrel: 'AA', seqcst: 'FF' }],
  ['CoRR', 'Wx1 | Rx1 Rx0', { unord: 'FF', acqrel: 'FF', seqcst: 'FF' }],
  ['CoRR2', 'Wx1 | Wx2 | Rx1 Rx2 | Rx2 Rx1', { unord: 'FF', acqrel: 'FF', seqcst: 'FF' }],
  ['SB+own', 'Wx1 Rx1 Ry0 | Wy1 Ry1 Rx0', { unord: 'AA', acqrel: 'AA', seqcst: 'FF' }],
  ['two updates', 'Ux0>1 | Ux0>1', { unord: 'FF', acqrel: 'FF', seqcst: 'FF' }],
];

describe.each(SHAPES)('%s', (_, text, verdicts) => {
  test.each(['unord', 'acqrel', 'seqcst'] as const)('%s', (order) => {
    const answer = [x86Tso, armv8].map((machine) => (allows(machine, text, order) ? 'A' : 'F')).join('');
    expect(answer).toBe(verdicts[order]);
  });
});

test('MFENCE and DMB between plain accesses forbid store buffering; an acqrel fence does so on ARMv8 only', () => {
  const verdict = (fence: 'acqrel' | 'seqcst'): string =>
    [x86Tso, armv8].map((machine) => (allows(machine, 'Wx1 F Ry0 | Wy1 F Rx0', 'unord', fence) ? 'A' : 'F')).join('');
  expect(verdict('seqcst')).toBe('FF');
  expect(verdict('acqrel')).toBe('AF');
});

test('an update orders a store before a later load on x86, not on ARMv8', () => {
  const text = 'Wx1 Uz0>1 Ry0 | Wy1 Uw0>1 Rx0';
  expect([x86Tso, armv8].map((machine) => allows(machine, text, 'unord'))).toEqual([false, true]);
});

function allows(machine: Machine, text: string, order: Order, fence: Order = 'seqcst'): boolean {
  const { program, slots, rfs } = smallProgram(text, order, fence);
  const checker = new HardwareChecker(machine, program, slots);
  return rfs.some((rf) => checker.allows(known(rf, 'reads-from')));
}
