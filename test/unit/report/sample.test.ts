import { expect, test } from 'vitest';
import type { Method } from '../../../src/explore/result.ts';
import { guaranteeOf, surelySeen } from '../../../src/explore/sample/guarantee.ts';
import { sampleLines } from '../../../src/report/sample-text.ts';

const method = { drf: false, states: null, remaining: null } as const;
const facts = { seed: 3, cut: 0, distinct: 5, threads: 4, steps: 20 };

test('a sample by priorities says what it is worth', () => {
  const sample = {
    ...facts,
    runs: 100,
    interleavings: null,
    guarantee: guaranteeOf(2, 4, 20, 100),
    surelySeen: surelySeen(100),
  };
  expect(sampleLines({ ...method, strategy: 'pct', sample } satisfies Method)).toEqual([
    'Sample 100 schedules by priorities from seed 3: 5 different executions, at most 4 threads and 20 steps',
    '  a bug of depth 2, in executions of at most 4 threads and 20 steps, is found by a schedule with a probability of at least 0.0125, by these with 0.716',
    '  what a schedule shows with a probability of 0.0295 is missed by all with 0.05 at most',
    '  --run N with the same options tries schedule N alone',
  ]);
});

test('a sample of equally likely steps estimates the interleavings; one schedule promises nothing', () => {
  const sample = {
    ...facts,
    runs: 1,
    cut: 1,
    distinct: 0,
    interleavings: 123456,
    guarantee: null,
    surelySeen: surelySeen(1),
  };
  expect(sampleLines({ ...method, strategy: 'random', sample } satisfies Method)).toEqual([
    'Sample 1 schedule of equally likely steps from seed 3, 1 of them given up: 0 different executions, at most 4 threads and 20 steps',
    '  about 123000 interleavings in all',
  ]);
});

test('other searches have no sample', () => {
  expect(sampleLines({ ...method, strategy: 'states' })).toEqual([]);
});
