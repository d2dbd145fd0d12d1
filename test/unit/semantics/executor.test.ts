import { applyPatches, type Patch } from 'immer';
import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import type { Addr } from '../../../src/event/location.ts';
import type { Response } from '../../../src/event/request.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import { callStart } from '../../../src/runtime/call-start.ts';
import type { State } from '../../../src/semantics/config.ts';
import { reductions } from '../../../src/semantics/rules.ts';
import { initial, requestOf, runToRequest, stepOnce, stepWithPatches } from '../../../src/semantics/step.ts';
import { alone, block, c32, fn, i32, memarg, memory, moduleOf, op, threadLocal } from './build.ts';
import { run, semantics, World } from './world.ts';

const get = (x: number) => op('local.get', x);
const units = (...u: number[]): Response => ({ kind: 'units', units: u });
const reduce = reductions(DEFAULT_READINGS);
const start = (func: Parameters<typeof callStart>[0], ...args: number[]) => callStart(func, args.map(i32), new Map());

/** Adds the bytes at n-1, …, 0 with a helper function, and notes the sum in a thread-local. */
const summing = moduleOf({
  memories: [memory(1)],
  globals: [threadLocal(9, 'i32', i32(0))],
  funcs: [
    { type: fn(['i32'], ['i32']), body: [get(0), op('i32.load8_u', memarg())] },
    {
      type: fn(['i32'], ['i32']),
      locals: ['i32'],
      body: [
        block('loop', null, [
          get(0),
          c32(1),
          op('i32.sub'),
          op('local.tee', 0),
          op('call', 0),
          get(1),
          op('i32.add'),
          op('local.tee', 1),
          op('global.set', 0),
          get(0),
          op('br_if', 0),
        ]),
        get(1),
      ],
    },
  ],
});
const sum = known(summing.funcs[1], 'function');

/** Silent steps one by one, each checked by `see`; answers as the run to requests takes them. */
function stepwise(
  state: State,
  answers: readonly Response[],
  see: (before: State, after: State, patches: readonly Patch[], inverse: readonly Patch[], rule: string) => void,
): State {
  let z = state;
  let next = 0;
  for (;;) {
    const request = requestOf(reduce, z);
    if (request?.kind === 'done' || request?.kind === 'trap') return z;
    const answer = request === null ? null : known(answers[next++], 'answer');
    const step = stepWithPatches(reduce, z, answer);
    see(z, step.state, step.patches, step.inverse, step.rule);
    z = step.state;
  }
}

describe('the machine', () => {
  test('asks, is answered, and ends with results and thread-locals', () => {
    const machine = semantics();
    let now = machine.start(start(sum, 2));
    expect(now.request).toMatchObject({ kind: 'access', actions: [{ offset: 1 }] });
    now = machine.resume(now.state, units(5));
    expect(now.request).toMatchObject({ kind: 'access', actions: [{ offset: 0 }] });
    expect(machine.threadLocals(now.state)).toEqual(new Map([[9, i32(5)]]));
    now = machine.resume(now.state, units(7));
    expect(now.request).toEqual({ kind: 'done' });
    expect(machine.completion(now.state)).toEqual({ results: [i32(12)], locals: new Map([[9, i32(12)]]) });
  });

  test('leaves a state as it was when it resumes it, so that other answers may be given', () => {
    const machine = semantics();
    const { state } = machine.start(start(sum, 2));
    const before = structuredClone({
      admin: state.admin,
      context: state.context,
      frame: {
        locals: known(state.frame, 'frame').locals,
        labels: known(state.frame, 'frame').labels.map(({ next, values }) => ({ next, values })),
      },
    });
    const [a, b] = [1, 2].map((x) => machine.resume(state, units(x)));
    expect(state).toMatchObject(before);
    expect(machine.threadLocals(known(a, 'a').state)).toEqual(new Map([[9, i32(1)]]));
    expect(machine.threadLocals(known(b, 'b').state)).toEqual(new Map([[9, i32(2)]]));
  });

  test('never changes or freezes what it is given', () => {
    const args = [i32(1)];
    const locals = new Map([[9 as Addr, i32(3)]]);
    const machine = semantics();
    const { state } = machine.start(callStart(sum, args, locals));
    machine.resume(state, units(4));
    args.push(i32(2));
    locals.set(8 as Addr, i32(1));
    expect(machine.threadLocals(state)).toEqual(new Map([[9, i32(3)]]));
    expect(Object.isFrozen(sum)).toBe(false);
    expect(Object.isFrozen(summing.funcs)).toBe(false);
  });

  test('has no completion before it is done', () => {
    const machine = semantics();
    expect(() => machine.completion(machine.start(start(sum, 1)).state)).toThrow('not done');
  });

  test('refuses an answer of the wrong kind', () => {
    const machine = semantics();
    expect(() => machine.resume(machine.start(start(sum, 1)).state, { kind: 'unit' })).toThrow(
      'an answer of kind units',
    );
  });

  const spin = alone(fn([], []), [block('loop', null, [op('br', 0)])]);
  test('gives up an endless loop once its fuel is spent', () => {
    expect(run(spin, [], { fuel: 1000 }).requests).toMatchObject([
      { kind: 'bound', what: 'steps', site: { text: 'br' } },
    ]);
  });
  test('gives up between a function and the one that takes its place', () => {
    const { funcs } = moduleOf({ funcs: [{ type: fn([], []), body: [op('return_call', 0)] }] });
    for (const fuel of [7, 8])
      expect(run(known(funcs[0], 'function'), [], { fuel }).requests).toMatchObject([
        { kind: 'bound', what: 'steps', site: { text: 'return_call' } },
      ]);
  });
  test('has new fuel after each answer', () => {
    const machine = semantics({}, 30);
    let now = machine.start(start(sum, 20));
    for (let i = 0; i < 20; i++) now = machine.resume(now.state, units(1));
    expect(machine.completion(now.state).results).toEqual([i32(20)]);
    expect(machine.start(start(spin)).request.kind).toBe('bound');
  });
});

/** Reads a flag until it is not zero; its argument counts the attempts where `counting`. */
const waiting = (counting: boolean) =>
  alone(fn(['i32'], []), [
    block('loop', null, [
      ...(counting ? [get(0), c32(1), op('i32.add'), op('local.set', 0)] : []),
      c32(0),
      op('i32.load', memarg()),
      op('i32.eqz'),
      op('br_if', 0),
    ]),
  ]);

describe('sameState', () => {
  const machine = semantics();
  test('recognises a thread that spins', () => {
    const first = machine.start(start(waiting(false), 0));
    const second = machine.resume(first.state, units(0, 0, 0, 0));
    expect(second.state).not.toBe(first.state);
    expect(machine.sameState(first.state, second.state)).toBe(true);
    expect(second.request).toEqual(first.request);
  });
  test('tells states apart by their locals', () => {
    const first = machine.start(start(waiting(true), 0));
    const second = machine.resume(first.state, units(0, 0, 0, 0));
    expect(machine.sameState(first.state, second.state)).toBe(false);
    expect(machine.sameState(first.state, machine.start(start(waiting(true), 0)).state)).toBe(false);
  });
  test('tells states apart by their operands, code, and thread-locals', () => {
    const load = [c32(0), op('i32.load', memarg())];
    const parked = (value: number) => machine.start(start(alone(fn([], ['i32', 'i32']), [c32(value), ...load]))).state;
    const func = alone(fn([], ['i32', 'i32']), [c32(1), ...load]);
    expect(machine.sameState(parked(1), parked(1))).toBe(false);
    expect(machine.sameState(machine.start(start(func)).state, machine.start(start(func)).state)).toBe(true);
    const choosing = alone(fn(['i32'], ['i32', 'i32']), [get(0), ...load]);
    expect(machine.sameState(machine.start(start(choosing, 1)).state, machine.start(start(choosing, 1)).state)).toBe(
      true,
    );
    expect(machine.sameState(machine.start(start(choosing, 1)).state, machine.start(start(choosing, 2)).state)).toBe(
      false,
    );
    const with9 = (value: number) => machine.start(callStart(func, [], new Map([[9 as Addr, i32(value)]]))).state;
    expect(machine.sameState(with9(1), with9(1))).toBe(true);
    expect(machine.sameState(with9(1), with9(2))).toBe(false);
    const without = machine.start(start(func)).state;
    expect(machine.sameState(without, with9(1))).toBe(false);
    expect(machine.sameState(with9(1), without)).toBe(false);
  });
  test('tells states apart by their callers', () => {
    const { funcs } = moduleOf({
      memories: [memory(1)],
      funcs: [
        { type: fn([], ['i32']), body: [c32(0), op('i32.load', memarg())] },
        { type: fn(['i32'], ['i32']), body: [get(0), op('call', 0), op('i32.add')] },
        { type: fn(['i32'], ['i32']), body: [get(0), op('call', 1)] },
      ],
    });
    const [inner, outer] = [known(funcs[1], 'function'), known(funcs[2], 'function')];
    const parked = (func: typeof inner, value: number) => machine.start(start(func, value)).state;
    expect(machine.sameState(parked(outer, 1), parked(outer, 1))).toBe(true);
    expect(machine.sameState(parked(outer, 1), parked(outer, 2))).toBe(false);
    expect(machine.sameState(parked(outer, 1), parked(inner, 1))).toBe(false);
    const twice = [5, 6].map((x) => machine.resume(parked(outer, 1), units(x, 0, 0, 0)).state);
    expect(twice.map((state) => machine.completion(state).results)).toEqual([[i32(6)], [i32(7)]]);
  });
  test('tells apart the two halves of a copy between memories, and equal halves not', () => {
    const { memories } = moduleOf({ memories: [memory(1), memory(2)] });
    const func = alone(fn([], []), [c32(0), c32(0), c32(1), op('memory.copy', { kind: 'index-pair', x: 0, y: 1 })], {
      memories,
    });
    const first = machine.start(start(func));
    const [second, again] = [0, 1].map(() => machine.resume(first.state, units()));
    expect(machine.sameState(first.state, known(second, 'second').state)).toBe(false);
    expect(machine.sameState(known(again, 'again').state, known(second, 'second').state)).toBe(true);
  });
});

describe('single steps', () => {
  const answers = [units(5), units(7), units(11)];

  test('lead where a run to the next request leads', () => {
    let z = initial(start(sum, 3));
    for (const answer of [null, ...answers]) {
      const ran = runToRequest(reduce, z, answer, 1000).state;
      let one = answer === null ? z : stepOnce(reduce, z, answer).state;
      while (requestOf(reduce, one) === null) one = stepOnce(reduce, one, null).state;
      expect(semantics().sameState(one, ran)).toBe(true);
      z = ran;
    }
    expect(z.admin).toEqual({ kind: 'done', results: [i32(23)], code: null });
  });

  test('have patches that lead forth and back', () => {
    let seen = 0;
    const last = stepwise(initial(start(sum, 3)), answers, (before, after, patches, inverse) => {
      seen += 1;
      expect(semantics().sameState(applyPatches(before, [...patches]), after)).toBe(true);
      expect(semantics().sameState(applyPatches(after, [...inverse]), before)).toBe(true);
    });
    expect(last.admin).toEqual({ kind: 'done', results: [i32(23)], code: null });
    expect(seen).toBe(50);
  });

  test('are named by their rule', () => {
    const rules: string[] = [];
    stepwise(initial(start(sum, 1)), answers, (_before, _after, _patches, _inverse, rule) => rules.push(rule));
    expect(rules).toEqual([
      'Step/invoke',
      'Step/loop',
      'Step/local.get',
      'Step/const',
      'Step/numeric',
      'Step/local.tee',
      'Step/call',
      'Step/invoke',
      'Step/local.get',
      'Step/load',
      'Step/frame',
      'Step/local.get',
      'Step/numeric',
      'Step/local.tee',
      'Step/global.set',
      'Step/local.get',
      'Step/br_if',
      'Step/label',
      'Step/local.get',
      'Step/frame',
    ]);
  });

  test('run in a world that remembers', () => {
    const world = new World();
    world.write(memory(1).length, 0, [1]);
    world.write(memory(1).data, 0, [1, 2, 3]);
    expect(run(sum, [i32(3)], { world }).results).toEqual([i32(6)]);
  });
});
