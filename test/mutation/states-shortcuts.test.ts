import { afterEach, describe, expect, test, vi } from 'vitest';
import { known } from '../../src/base/assert.ts';
import { makeExec } from '../../src/exec/executor.ts';
import type { Strategy } from '../../src/explore/explore.ts';
import { explore } from '../../src/explore/explore.ts';
import { outcomeKey } from '../../src/explore/outcome.ts';
import { EndClasses } from '../../src/explore/states/end-classes.ts';
import { StateWorld } from '../../src/explore/states/state-world.ts';
import { findModel } from '../../src/model/catalogue.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { program } from '../support/explore-file.ts';

/** Shortcuts of searches of states, each taken wrongly. */

afterEach(() => vi.restoreAllMocks());

function outcomes(text: string, strategy: Strategy): string[] {
  const found = explore(program(text), makeExec({ readings: DEFAULT_READINGS, fuel: 10_000 }), {
    model: known(findModel('sc'), 'sc'),
    strategy,
    readings: DEFAULT_READINGS,
    bounds: { executions: 1_000, events: 100, returns: 100, rounds: null, milliseconds: null },
    shouldStop: () => false,
    onProgress: () => {},
  });
  return found.outcomes
    .map(({ values, deadlock, executions }) => `${outcomeKey(new Map(values), deadlock)} ${executions}`)
    .sort();
}

const threads = (...bodies: readonly string[]): string => `(module $M shared (memory (export "mem") 1 1 shared)
  ${bodies.map((body, i) => `(func (export "t${i}") shared (result i32) ${body})`).join('\n')})
(register "M")
${bodies.map((_, i) => `(thread $T${i} (shared (module $M)) (invoke $M "t${i}"))`).join('\n')}
${bodies.map((_, i) => `(wait $T${i})`).join('\n')}`;
const store = (at: number): string => `(i32.atomic.store (i32.const ${at}) (i32.const 1))`;
const load = (at: number): string => `(i32.atomic.load (i32.const ${at}))`;

describe('a wrong shortcut loses outcomes', () => {
  test('states that are not looked at again when more is known of their threads', () => {
    // That the second thread writes what the first reads is known only when both have been followed.
    const text = threads(load(0), `${store(16)} ${store(0)} (i32.const 0)`);
    const right = outcomes(text, 'states');
    expect(right).toEqual(outcomes(text, 'all-interleavings').map((outcome) => outcome.replace(/ \d+$/, ' 1')));
    vi.spyOn(StateWorld.prototype, 'learntOf').mockReturnValue(0);
    expect(outcomes(text, 'states').length).toBeLessThan(right.length);
  });

  test('ends of reads-from that are counted as what others show', () => {
    const text = threads(`${store(0)} ${load(4)}`, `${store(4)} ${load(0)}`);
    const right = outcomes(text, 'reads-from');
    expect(right.length).toBe(3);
    vi.spyOn(EndClasses.prototype, 'of').mockReturnValue('');
    expect(outcomes(text, 'reads-from').length).toBe(1);
  });

  test('but what shows the same is counted: as many executions as the axioms have', () => {
    const adds = '(drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1))) (i32.const 0)';
    const text = threads(adds, adds, adds, adds);
    expect(outcomes(text, 'reads-from')).toEqual(outcomes(text, 'axioms'));
    expect(outcomes(text, 'reads-from')[0]).toMatch(/ 24$/);
  });
});
