import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { Action } from '../../src/event/action.ts';
import type { Witness } from '../../src/explore/result.ts';
import { drawSvg } from '../../src/report/draw/svg.ts';
import { geometryFaults } from '../unit/report/geometry-check.ts';
import type { SampleEvent } from '../unit/report/samples.ts';
import { ALLOC, R, RMW, sample, W } from '../unit/report/samples.ts';
import { parseXml } from '../unit/report/xml.ts';

const OFFSETS = [0, 4, 8] as const;
const ORDERS = ['unord', 'acqrel', 'seqcst'] as const;

const step = fc.record({
  thread: fc.integer({ min: 0, max: 4 }),
  what: fc.constantFrom('R', 'W', 'RMW', 'fence'),
  offset: fc.constantFrom(...OFFSETS),
  order: fc.constantFrom(...ORDERS),
  value: fc.integer({ min: -3, max: 200_000 }),
  /** Which of the writers of the place a read reads from. */
  choice: fc.nat(100),
  races: fc.boolean(),
});

/** Executions that any model might find: reads from any write of the same place, some pairs racing. */
const witness: fc.Arbitrary<Witness> = fc.array(step, { minLength: 1, maxLength: 14 }).map((steps) => {
  const writers = new Map<number, number[]>(OFFSETS.map((offset) => [offset, [0]]));
  for (const [i, { what, offset }] of steps.entries())
    if (what === 'W' || what === 'RMW') writers.get(offset)?.push(i + 1);
  const events = steps.map(({ thread, what, offset, order, value, choice }, i): SampleEvent => {
    const own = (writers.get(offset) ?? []).filter((writer) => writer !== i + 1);
    const from = { 0: own[choice % own.length] ?? 0 };
    const name = `T${thread}`;
    if (what === 'fence') return { thread: name, kind: 'fence', fence: order, text: 'atomic.fence' };
    const action: Action =
      what === 'R'
        ? R(offset, value, order)
        : what === 'W'
          ? W(offset, value, order)
          : RMW(offset, value, value + 1, order);
    return { thread: name, actions: [action], from };
  });
  const races = steps.flatMap((a, i) =>
    steps.flatMap((b, j): [number, number, string][] =>
      i < j &&
      a.races &&
      b.races &&
      a.thread !== b.thread &&
      a.what !== 'fence' &&
      b.what !== 'fence' &&
      a.offset === b.offset
        ? [[i + 1, j + 1, 'mem.shared+0..3']]
        : [],
    ),
  );
  return sample([ALLOC, ...events], { races });
});

test.prop([witness, fc.constantFrom('auto', 'show', 'hide')], { numRuns: 150, seed: 20 })(
  'pictures: no boxes overlap, no edge runs through a box, no label overflows',
  (execution, fromReads) => {
    expect(geometryFaults(execution, { title: 'any', fromReads })).toEqual([]);
  },
);

test.prop([witness, fc.string({ unit: 'binary' })], { numRuns: 100, seed: 21 })(
  'pictures are well-formed, whatever the title',
  (execution, title) => {
    const svg = drawSvg(execution, { title });
    expect(parseXml(svg).name).toBe('svg');
    expect(svg).not.toMatch(/NaN|Infinity/);
  },
);
