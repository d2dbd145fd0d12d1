import { describe, expect, test } from 'vitest';
import type { ScheduleOptions } from '../../../src/cli/schedule-options.ts';
import { scheduleSpec } from '../../../src/cli/schedule-options.ts';
import { UsageError } from '../../../src/cli/exit.ts';
import { natural } from '../../../src/cli/options.ts';
import type { Strategy } from '../../../src/explore/explore.ts';

describe('weft explore: options of schedules', () => {
  test('without any, all interleavings are explored, and a sample is the usual one', () => {
    expect(scheduleSpec({}, 'auto', false)).toEqual({
      schedules: null,
      sample: { seed: 1, runs: 1000, depth: 3, only: null },
    });
  });

  test('--preemptions and --delays bound the interleavings', () => {
    expect(scheduleSpec({ preemptions: 0 }, 'auto', true).schedules).toEqual({ kind: 'preemptions', most: 0 });
    expect(scheduleSpec({ delays: 2 }, 'all-interleavings', true).schedules).toEqual({ kind: 'delays', most: 2 });
  });

  test('--seed, --depth and --run name a schedule', () => {
    expect(scheduleSpec({ seed: 0, depth: 2, run: 17 }, 'pct', true).sample).toEqual({
      seed: 0,
      runs: 1000,
      depth: 2,
      only: 17,
    });
  });

  test.each<readonly [string, ScheduleOptions, Strategy, boolean]>([
    ['--runs with auto', { runs: 5 }, 'auto', true],
    ['--seed with states', { seed: 5 }, 'states', true],
    ['--depth with random', { depth: 2 }, 'random', true],
    ['--runs and --run', { runs: 5, run: 1 }, 'random', true],
    ['--preemptions and --delays', { preemptions: 1, delays: 1 }, 'auto', true],
    ['--preemptions under a weak model', { preemptions: 1 }, 'auto', false],
    ['--delays with states', { delays: 1 }, 'states', true],
  ])('%s is a mistake', (_, options, strategy, isInterleaved) => {
    expect(() => scheduleSpec(options, strategy, isInterleaved)).toThrow(UsageError);
  });

  test('numbers are whole ones', () => {
    expect(natural('0')).toBe(0);
    for (const text of ['', '-1', '1.5', 'x']) expect(() => natural(text)).toThrow(UsageError);
  });
});
