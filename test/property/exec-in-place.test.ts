import { expect, test } from 'vitest';
import { makeExec } from '../../src/exec/executor.ts';
import { runCall } from '../../src/exec/sequential.ts';
import type { SharedStore } from '../../src/exec/store.ts';
import { callStart } from '../../src/runtime/call-start.ts';
import type { ExecutorOptions, ThreadLocals } from '../../src/runtime/executor.ts';
import type { FuncInst } from '../../src/runtime/instance.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import type { Value } from '../../src/syntax/values.ts';
import { instantiateGenerated, someArguments } from '../support/generated-instance.ts';
import { contentsOf, differingMemories } from '../support/store-contents.ts';
import { choicesFromSeed } from './generators/modules/choices.ts';
import { moduleFromSeed } from './generators/modules/module.ts';

/** The fast executor run in place, with accesses performed at once, against itself run by requests; on generated modules with every feature. */
const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);
const FIRST_SEED = 20_261_400;
const MODULES = 100 * RUNS;
const REQUESTS = 500;
const options: ExecutorOptions = { readings: DEFAULT_READINGS, fuel: 5000 };

/** Runs by requests alone; null if the thread asks for other threads, blocks, or goes on for too long. */
function runByRequests(func: FuncInst, args: readonly Value[], locals: ThreadLocals, store: SharedStore) {
  const exec = makeExec(options);
  let { state, request } = exec.start(callStart(func, args, locals));
  for (let k = 0; request.kind !== 'done' && request.kind !== 'trap'; k++) {
    const answer = k > REQUESTS ? null : store.answer(request);
    if (answer === null || answer.kind === 'waiter') return null;
    ({ state, request } = exec.resume(state, answer));
  }
  const ending = request.kind === 'done' ? { kind: 'results', values: exec.completion(state).results } : request;
  return { ending, locals: exec.threadLocals(state) };
}

test('exec in place does what it does by requests', () => {
  const seen = new Map<string, number>();
  for (let seed = FIRST_SEED; seed < FIRST_SEED + MODULES; seed++) {
    const module = moduleFromSeed(seed, { runs: true, size: 16 });
    const [slow, fast] = [instantiateGenerated(module, seed), instantiateGenerated(module, seed)];
    if (slow === null || fast === null) continue;
    const [c, same] = [choicesFromSeed(seed), choicesFromSeed(seed)];
    let locals: ThreadLocals = new Map();
    for (const [f, func] of slow.instance.funcs.entries()) {
      const other = fast.instance.funcs[f];
      const [args, equal] = [someArguments(slow, func, c), other && someArguments(fast, other, same)];
      if (args === null || !other || !equal) continue;
      const where = `seed ${seed}, function ${f}`;
      const expected = runByRequests(func, args, locals, slow.store);
      // What it did until then is not undone.
      if (expected === null) break;
      const { ending, locals: left } = runCall(options, other, equal, fast.store, locals);
      if (ending.kind === 'bound') break;
      expect([where, { ending, locals: left }]).toEqual([where, expected]);
      expect([where, contentsOf(fast.instance, fast.store)]).toEqual([where, contentsOf(slow.instance, slow.store)]);
      expect([where, ...differingMemories([fast.instance, fast.store], [slow.instance, slow.store])]).toEqual([where]);
      locals = left;
      seen.set(ending.kind, (seen.get(ending.kind) ?? 0) + 1);
    }
  }
  expect(seen.get('results')).toBeGreaterThan(MODULES);
  expect(seen.get('trap')).toBeGreaterThan(MODULES / 5);
});
