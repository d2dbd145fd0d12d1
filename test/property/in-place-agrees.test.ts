import { expect, test } from 'vitest';
import { makeExec } from '../../src/exec/executor.ts';
import type { Ending } from '../../src/exec/sequential.ts';
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

/** The machine in place, where the world performs the commonest accesses at once, against itself by requests: on generated modules with every feature. */
const SEED = 20_261_127;
const MODULES = Number(process.env['WEFT_MODULES'] ?? 300);
const REQUESTS = 2000;
const OPTIONS: ExecutorOptions = { readings: DEFAULT_READINGS, fuel: 1500 };

interface Outcome {
  readonly ending: Ending;
  readonly locals: ThreadLocals;
}

/** null: it forks, joins, blocks or goes on for too long, which is for a schedule to see; the store is then as far as it came. */
function runByRequests(func: FuncInst, values: readonly Value[], store: SharedStore): Outcome | null {
  const exec = makeExec(OPTIONS);
  let { state, request } = exec.start(callStart(func, values, new Map()));
  for (let k = 0; k < REQUESTS; k++) {
    const locals = exec.threadLocals(state);
    if (request.kind === 'done') return { ending: { kind: 'results', values: exec.completion(state).results }, locals };
    if (request.kind === 'trap') return { ending: request, locals };
    const answer = store.answer(request);
    if (answer === null || answer.kind === 'waiter') return null;
    ({ state, request } = exec.resume(state, answer));
  }
  return null;
}

test('exec in place does what it does by requests, whatever the instruction', () => {
  const seen = new Map<string, number>();
  for (let seed = SEED; seed < SEED + MODULES; seed++) {
    const module = moduleFromSeed(seed, { runs: true, size: 16 });
    const slow = instantiateGenerated(module, seed);
    const fast = instantiateGenerated(module, seed);
    if (slow === null || fast === null) continue;
    const [c, same] = [choicesFromSeed(seed), choicesFromSeed(seed)];
    for (const [f, func] of slow.instance.funcs.entries()) {
      const other = fast.instance.funcs[f];
      const values = someArguments(slow, func, c);
      const equal = someArguments(fast, func, same);
      if (other === undefined || values === null || equal === null) continue;
      const where = `seed ${seed}, function ${f}`;
      const expected = runByRequests(func, values, slow.store);
      if (expected === null) break;
      const { ending, locals } = runCall({ ...OPTIONS, fuel: Infinity }, other, equal, fast.store);
      expect([where, { ending, locals }]).toEqual([where, expected]);
      expect([where, contentsOf(fast.instance, fast.store)]).toEqual([where, contentsOf(slow.instance, slow.store)]);
      expect([where, differingMemories([fast.instance, fast.store], [slow.instance, slow.store])]).toEqual([where, []]);
      const what = ending.kind === 'trap' ? ending.reason : ending.kind;
      seen.set(what, (seen.get(what) ?? 0) + 1);
    }
  }
  const wanted = ['results', 'out of bounds table access', 'out of bounds array access', 'null structure reference'];
  expect(wanted.filter((what) => (seen.get(what) ?? 0) < 3)).toEqual([]);
});
