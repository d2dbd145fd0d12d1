import { expect, test } from 'vitest';
import { makeExec } from '../../../src/exec/executor.ts';
import { explore } from '../../../src/explore/explore.ts';
import type { ExploreResult } from '../../../src/explore/result.ts';
import type { ScheduleBound } from '../../../src/explore/interleave/bounded.ts';
import { modelNamed } from '../../../src/cli/models.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import { peterson, spinLock } from '../../bench/programs/peers/locks.ts';
import { increments } from '../../bench/programs/peers/independent.ts';
import type { PeerProgram } from '../../bench/programs/peers/language.ts';
import { inWasm } from '../../bench/programs/peers/print-wasm.ts';
import { program } from '../../support/explore-file.ts';

function within(peer: PeerProgram, kind: ScheduleBound['kind'], most: number, stop = false): ExploreResult {
  return explore(program(inWasm(peer)), makeExec({ readings: DEFAULT_READINGS, fuel: 1_000_000 }), {
    model: modelNamed('sc'),
    strategy: 'auto',
    readings: DEFAULT_READINGS,
    bounds: { executions: 100_000, events: 1_000, returns: 5, milliseconds: null },
    schedules: { kind, most },
    shouldStop: () => stop,
    onProgress: () => {},
  });
}

test('without preemptions n threads of one step come in each order, and the result says what is covered', () => {
  const none = within(increments(3), 'preemptions', 0);
  expect(none.executions).toBe(6);
  expect(none.duplicates).toBe(0);
  expect(none.bound).toBe('all executions with at most 0 preemptions, none with more');
});

test('a bound that cuts nothing leaves the result complete', () => {
  const all = within(peterson(), 'preemptions', 20);
  expect(all.complete).toBe(true);
  expect(all.assertions.map(({ holds }) => holds)).toEqual(['always']);
});

test('without delays there is one execution; the delays grow to others', () => {
  expect(within(spinLock(2), 'delays', 0).executions).toBe(1);
  expect(within(spinLock(2), 'delays', 1).executions).toBeGreaterThan(1);
  expect(within(spinLock(2), 'delays', 1).bound).toBe('all executions with at most 1 delay, none with more');
});

test('an interrupted search does not say that it covered its bound', () => {
  expect(within(spinLock(2), 'preemptions', 1, true).bound).toBe('interrupted');
});
