import { expect, test } from 'vitest';
import { callSequential, runsAlone } from '../../src/exec/js/call.ts';
import { isEligible } from '../../src/exec/js/eligible.ts';
import type { Ending } from '../../src/exec/sequential.ts';
import { runCall } from '../../src/exec/sequential.ts';
import type { ExecutorOptions } from '../../src/runtime/executor.ts';
import type { FuncInst } from '../../src/runtime/instance.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import type { Features } from './generators/modules/features.ts';
import { choicesFromSeed } from './generators/modules/choices.ts';
import { moduleFromSeed } from './generators/modules/module.ts';
import type { Generated } from '../support/generated-instance.ts';
import { instantiateGenerated, someArguments } from '../support/generated-instance.ts';
import { contentsOf, differingMemories } from '../support/store-contents.ts';

/** Functions compiled to JavaScript against the machine, on generated modules: same results, traps, thread-locals and stores. */
const SEED = 20_261_127;
const MODULES = 100;

const FUEL = 20_000;

const SCALAR: Partial<Features> = {
  gc: false,
  exceptions: false,
  tailCalls: false,
  simd: false,
  sharedEverything: false,
  names: false,
  customs: false,
  notes: false,
};

/** Places of traps aside, which compiled code does not keep. */
function comparable(ending: Ending): unknown {
  return 'site' in ending ? { ...ending, site: null } : ending;
}

type Seen = Map<string, number>;

function count(seen: Seen, what: string): void {
  seen.set(what, (seen.get(what) ?? 0) + 1);
}

/** Calls the functions of two equal instances in turn, each in its own way. */
function compare(js: Generated, machine: Generated, options: ExecutorOptions, seed: number, seen: Seen): void {
  const [c, same] = [choicesFromSeed(seed), choicesFromSeed(seed)];
  for (const [f, func] of js.instance.funcs.entries()) {
    const other = machine.instance.funcs[f] as FuncInst;
    const values = someArguments(js, func, c);
    const equal = someArguments(machine, other, same);
    if (func.kind === 'host' || values === null || equal === null) continue;
    const compiled = runsAlone(func) && isEligible(func);
    const expected = runCall({ ...options, fuel: FUEL }, other, equal, machine.store);
    // It may go on for ever.
    if (options.fuel === Infinity && expected.ending.kind === 'bound') return;
    const actual = callSequential(options, func, values, js.store);
    const where = `seed ${seed}, function ${f}`;
    expect([where, comparable(actual.ending)]).toEqual([where, comparable(expected.ending)]);
    expect([where, actual.locals]).toEqual([where, expected.locals]);
    expect([where, contentsOf(js.instance, js.store)]).toEqual([where, contentsOf(machine.instance, machine.store)]);
    const different = differingMemories([js.instance, js.store], [machine.instance, machine.store]);
    expect([where, different]).toEqual([where, []]);
    if (options.fuel !== Infinity && actual.ending.kind === 'results')
      expect([where, actual.fuel]).toEqual([where, expected.fuel]);
    count(seen, `${compiled ? 'js' : 'machine'} ${actual.ending.kind}`);
    if (actual.ending.kind === 'trap') count(seen, actual.ending.reason);
  }
}

test.each([
  ['scalar code', SCALAR, FUEL],
  ['scalar code without fuel', SCALAR, Infinity],
  ['all code', {}, FUEL],
] as const)('functions as JavaScript do what the machine does: %s', (_, features, fuel) => {
  const seen: Seen = new Map();
  for (let seed = SEED; seed < SEED + MODULES; seed++) {
    const module = moduleFromSeed(seed, { runs: true, size: 12, features });
    const js = instantiateGenerated(module, seed);
    const machine = instantiateGenerated(module, seed);
    if (js === null || machine === null) continue;
    // Which function is referred to first must not matter for the references' ids.
    for (const { instance } of [js, machine]) for (const func of instance.funcs) instance.refs.func(func);
    compare(js, machine, { readings: DEFAULT_READINGS, fuel }, seed, seen);
  }
  expect(seen.get('js results')).toBeGreaterThan(MODULES / 20);
  expect(seen.get('machine results')).toBeGreaterThan(MODULES / 20);
});
