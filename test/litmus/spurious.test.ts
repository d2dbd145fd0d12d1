import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import type { Strategy } from '../../src/explore/explore.ts';
import { exploreProgram, programOf } from '../support/explore-file.ts';

const models = new URL('../../models', import.meta.url).pathname;
const queues = readdirSync(join(models, 'litmus/wait-notify')).map((file) => join('litmus/wait-notify', file));
const readings = { ...DEFAULT_READINGS, 'spurious-wakeups': 'allowed' } as const;

function answers(file: string, model: string, strategy: Strategy): string[] {
  const result = exploreProgram(programOf(join(models, file), readings), model, { readings, strategy });
  expect(result.bound).toBeNull();
  if (strategy === 'auto') expect(result.duplicates).toBe(0);
  return result.outcomes.map(({ values, deadlock }) => JSON.stringify([[...values], deadlock])).sort();
}

describe('spurious-wakeups=allowed', () => {
  test.each([...queues, 'readings/spurious-wakeups.wast'])('%s: every search gives the same outcomes', (file) => {
    const sc = answers(file, 'sc', 'auto');
    expect(answers(file, 'sc', 'all-interleavings')).toEqual(sc);
    expect(answers(file, 'wasm', 'auto')).toEqual(expect.arrayContaining(sc));
  });

  test('a waiter may also wait for ever', () => {
    const both = answers('readings/spurious-wakeups.wast', 'wasm', 'auto');
    expect(both).toEqual(['[[["T1:0","deadlock"]],true]', '[[["T1:0:0","i32 0"]],false]']);
  });

  test('a wait with a time-out ends in all three ways', () => {
    const ends = answers('litmus/wait-notify/timeout.wast', 'sc', 'auto').map((o) => /T1:0:0","i32 (\d)/.exec(o)?.[1]);
    expect(new Set(ends)).toEqual(new Set(['0', '2']));
  });
});
