import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import { MAIN } from '../../src/event/location.ts';
import type { Request } from '../../src/event/request.ts';
import { makeExec } from '../../src/exec/executor.ts';
import { runCall } from '../../src/exec/sequential.ts';
import { SharedStore } from '../../src/exec/store.ts';
import { callStart } from '../../src/runtime/call-start.ts';
import type { Executor, ExecutorOptions } from '../../src/runtime/executor.ts';
import type { FuncInst, HostFuncInst, ModuleInst } from '../../src/runtime/instance.ts';
import type { Linked } from '../../src/runtime/instantiate.ts';
import { linkModule } from '../../src/runtime/instantiate.ts';
import { Refs } from '../../src/runtime/references.ts';
import { makeSemantics } from '../../src/semantics/executor.ts';
import type { Module } from '../../src/syntax/module.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import type { Value } from '../../src/syntax/values.ts';
import { checkModule } from '../../src/valid/check.ts';
import { fn, host, i32, i64 } from '../unit/semantics/build.ts';
import { MAIN_FUNCTION, wellTypedModules } from './generators/functions.ts';
import type { Pick } from '../support/any-answer.ts';
import { anyAnswer } from '../support/any-answer.ts';
import { comparable } from '../support/paired.ts';

/** The fast executor against the definitional semantics, and against itself run in place. */
const SEED = 20_260_201;
const REQUESTS = 60;
/** States of a run that are compared with each other. */
const REMEMBERED = 8;

function hostFunction(): HostFuncInst {
  let calls = 0;
  const call: HostFuncInst['call'] = ([a]) => [i32((a?.type === 'i32' ? a.value : 0) + calls++)];
  return host('host', fn(['i32', 'i64'], ['i32']), call, 'unshared');
}

function instantiate(module: Module): Linked {
  const valid = checkModule(module, DEFAULT_READINGS);
  if (!valid.ok) throw new Error(JSON.stringify(valid.error));
  const naming = { thread: MAIN, instances: 0, allocations: 0, refs: new Refs() };
  const linked = linkModule(valid.value, () => ({ kind: 'func', func: hostFunction() }), naming, new Map());
  if (!linked.ok) throw new Error(linked.error.message);
  return linked.value;
}

function mainOf({ instance }: Linked): FuncInst {
  return known(instance.funcs[MAIN_FUNCTION], 'main function');
}

function ends({ kind }: Request): boolean {
  return kind === 'done' || kind === 'trap' || kind === 'bound';
}

/** How often each thing happened. */
type Seen = Map<string, number>;

function count(seen: Seen, what: string): void {
  seen.set(what, (seen.get(what) ?? 0) + 1);
}

/** Whether the two ask the same, and find the same of their states equal, on the same answers. */
function compareRuns<A, B>(
  [a, startA]: readonly [Executor<A>, FuncInst],
  [b, startB]: readonly [Executor<B>, FuncInst],
  args: readonly Value[],
  pick: Pick,
  seen: Seen,
): void {
  let left = a.start(callStart(startA, args, new Map()));
  let right = b.start(callStart(startB, args, new Map()));
  const states: (readonly [A, B])[] = [];
  for (let k = 0; k < REQUESTS; k++) {
    expect(comparable(left.request)).toEqual(comparable(right.request));
    count(seen, left.request.kind);
    if (ends(left.request)) break;
    expect(a.threadLocals(left.state)).toEqual(b.threadLocals(right.state));
    for (const [x, y] of states.slice(-REMEMBERED)) {
      const same = a.sameState(x, left.state);
      expect(same).toBe(b.sameState(y, right.state));
      if (same) count(seen, 'same state');
    }
    states.push([left.state, right.state]);
    const answer = anyAnswer(left.request, pick);
    left = a.resume(left.state, answer);
    right = b.resume(right.state, answer);
  }
  if (left.request.kind === 'done') expect(a.completion(left.state)).toEqual(b.completion(right.state));
}

const args = fc
  .tuple(fc.integer(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))
  .map(([a, b]) => [i32(a), i64(b)] as const);

describe('exec and semantics', () => {
  test.each(['default', 'inherit'] as const)(
    'ask the same, find the same states equal and end alike (thread-local=%s)',
    (reading) => {
      const options: ExecutorOptions = { readings: { ...DEFAULT_READINGS, 'thread-local': reading }, fuel: 1_000_000 };
      const exec = makeExec(options);
      const semantics = makeSemantics(options);
      const seen: Seen = new Map();
      fc.assert(
        fc.property(wellTypedModules, args, fc.gen(), (module, values, g) => {
          const pick: Pick = (below) => g(fc.nat, { max: below - 1 });
          compareRuns(
            [exec, mainOf(instantiate(module))],
            [semantics, mainOf(instantiate(module))],
            values,
            pick,
            seen,
          );
        }),
        { seed: SEED, numRuns: 200, endOnFailure: true },
      );
      const kinds = ['access', 'grow', 'wait', 'notify', 'fence', 'fork', 'host', 'done', 'trap', 'same state'];
      expect(kinds.filter((kind) => (seen.get(kind) ?? 0) < 10)).toEqual([]);
    },
  );
});

/** What the shared state of an instance is in a store. */
function contents({ memories, globals }: ModuleInst, store: SharedStore): unknown {
  return [
    memories.map(({ length, data }) => [
      store.read(length, 0, 1),
      Buffer.from(store.read(data, 0, store.direct(data).bytes.length) as Uint8Array).toString('base64'),
    ]),
    globals.map((global) => (global.kind === 'mutable' ? store.read(global.val, 0, 8) : null)),
  ];
}

function stored(linked: Linked): SharedStore {
  const store = new SharedStore();
  store.alloc(known(linked.alloc, 'allocation').writes);
  return store;
}

/** Runs by requests alone; null if the thread forks, blocks or goes on for too long. */
function runByRequests(options: ExecutorOptions, func: FuncInst, values: readonly Value[], store: SharedStore) {
  const exec = makeExec(options);
  let { state, request } = exec.start(callStart(func, values, new Map()));
  for (let k = 0; !ends(request); k++) {
    const answer = store.answer(request);
    if (k > 1000 || answer === null || answer.kind === 'waiter') return null;
    ({ state, request } = exec.resume(state, answer));
  }
  const ending = request.kind === 'done' ? { kind: 'results', values: exec.completion(state).results } : request;
  return { ending, locals: exec.threadLocals(state) };
}

test('exec in place, with accesses performed at once, does what it does by requests', () => {
  const options: ExecutorOptions = { readings: DEFAULT_READINGS, fuel: 1_000_000 };
  const seen: Seen = new Map();
  fc.assert(
    fc.property(wellTypedModules, args, (module, values) => {
      const [slow, fast] = [instantiate(module), instantiate(module)];
      const [slowStore, fastStore] = [stored(slow), stored(fast)];
      const expected = runByRequests(options, mainOf(slow), values, slowStore);
      count(seen, expected?.ending.kind ?? 'skipped');
      if (expected === null) return;
      const { ending, locals } = runCall(options, mainOf(fast), values, fastStore);
      expect({ ending, locals }).toEqual(expected);
      expect(contents(fast.instance, fastStore)).toEqual(contents(slow.instance, slowStore));
    }),
    { seed: SEED, numRuns: 300, endOnFailure: true },
  );
  expect(seen.get('results')).toBeGreaterThan(50);
  expect(seen.get('trap')).toBeGreaterThan(20);
});
