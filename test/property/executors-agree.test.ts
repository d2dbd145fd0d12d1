import { describe, expect, test } from 'vitest';
import type { Request } from '../../src/event/request.ts';
import { makeExec } from '../../src/exec/executor.ts';
import { SharedStore } from '../../src/exec/store.ts';
import { callStart } from '../../src/runtime/call-start.ts';
import type { ExecutorOptions } from '../../src/runtime/executor.ts';
import type { FuncInst } from '../../src/runtime/instance.ts';
import { EXECUTION_RULES } from '../../src/semantics/rules.ts';
import { INSTRUCTIONS } from '../../src/syntax/instructions.ts';
import type { Module } from '../../src/syntax/module.ts';
import type { Readings } from '../../src/syntax/readings.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import type { DataType } from '../../src/syntax/types.ts';
import { compareThread } from '../support/agreement.ts';
import { storeAnswers } from '../support/answering.ts';
import { compareCalls } from '../support/compare-calls.ts';
import { instantiateGenerated } from '../support/generated-instance.ts';
import { someNumbers } from '../support/some-values.ts';
import { nothingApplied, watchedSemantics } from '../support/watched-semantics.ts';
import { func, load } from '../unit/exec/wat.ts';
import { choicesFromSeed } from './generators/modules/choices.ts';
import { moduleFromSeed } from './generators/modules/module.ts';
import { isPure, pureModule, ROW_EXPORT, rowModules } from './generators/modules/rows.ts';

/**
 * The fast executor and the definitional semantics are one machine: on generated modules with every feature, and on modules for each row of the
 * instruction table, they ask the same, hold the same thread-locals, end with the same results and traps, and find the same of their states
 * equal. `WEFT_RUNS=10` multiplies the modules.
 */
const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);
const FIRST_SEED = 20_261_127;
const MODULES = 150 * RUNS;
const ROW_MODULES = 2 * RUNS;
const FUEL = 1500;

/** Functions that trap for the reasons that are their names. */
const RARE_TRAPS = `(module
  (type $a (array (mut i32)))
  (global $g (shared i32) (i32.const 7))
  (func (export "null exception reference") (throw_ref (ref.null exn)))
  (func (export "cast failure") (drop (ref.cast (ref i31) (array.new_default $a (i32.const 1)))))
  (func (export "allocation size too large") (drop (array.new_default $a (i32.const -1))))
  (func (export "expected shared array")
    (drop (array.wait $a (array.new_default $a (i32.const 1)) (waitqueue.new) (i32.const 0) (i32.const 0) (i64.const 0))))
  (func (export "expected mutable global")
    (drop (global.wait $g (waitqueue.new) (i32.const 7) (i64.const 0)))))`;

const applied = nothingApplied();
const asked = new Map<string, number>();

function seen(request: Request): void {
  const what = request.kind === 'trap' ? `trap ${request.reason}` : request.kind;
  asked.set(what, (asked.get(what) ?? 0) + 1);
}

function compare(module: Module, seed: number, readings: Readings, only: string | null, pure = false): void {
  const generated = instantiateGenerated(module, seed, readings);
  if (generated === null) return;
  const options: ExecutorOptions = { readings, fuel: FUEL };
  const { funcs, exports } = generated.instance;
  const exported = only === null ? null : exports.get(only);
  const called: readonly FuncInst[] = exported?.kind === 'func' ? [exported.func] : funcs;
  const calls = { left: makeExec(options), right: watchedSemantics(options, applied), seen };
  const c = choicesFromSeed(seed ^ 0x5bd1);
  if (pure) {
    const values = ({ type }: FuncInst) => someNumbers(type.params as readonly DataType[], c);
    compareCalls(calls, generated, called, c, { times: 24 * RUNS, values });
  } else compareCalls(calls, generated, called, c, { times: 2 });
}

function compareSaying(what: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

describe('exec and semantics are one machine', () => {
  test.each(['default', 'inherit'] as const)('on generated modules (thread-local=%s)', (inheritance) => {
    const readings: Readings = { ...DEFAULT_READINGS, 'thread-local': inheritance };
    const first = FIRST_SEED + (inheritance === 'inherit' ? MODULES : 0);
    for (let seed = first; seed < first + MODULES; seed++) {
      const module = moduleFromSeed(seed, { runs: true, size: 16 });
      compareSaying(`seed ${seed}`, () => compare(module, seed, readings, null));
    }
  });

  test('on each row of the instruction table', () => {
    for (const row of INSTRUCTIONS) {
      for (const [module, seed] of rowModules(row, ROW_MODULES))
        compareSaying(`${row.mnemonic}, seed ${seed}`, () => compare(module, seed, DEFAULT_READINGS, ROW_EXPORT));
      if (isPure(row))
        compareSaying(row.mnemonic, () => compare(pureModule(row, 1), 1, DEFAULT_READINGS, ROW_EXPORT, true));
    }
  });

  test.each(['call $deep', 'block try_table (catch_all 0) call $deep end end'])(
    'and trap alike where calls are too deep (%s)',
    (body) => {
      const deep = func(load(`(module (func $deep (export "deep") ${body}))`), 'deep');
      const options: ExecutorOptions = { readings: DEFAULT_READINGS, fuel: 100_000 };
      const start = callStart(deep, [], new Map());
      const { request } = compareThread(
        { executor: makeExec(options), start },
        { executor: watchedSemantics(options, applied), start },
        { answer: () => null, requests: 1, states: false },
      );
      expect(request).toMatchObject({ kind: 'trap', reason: 'call stack exhausted' });
    },
  );

  test('and trap alike where generated code hardly does', () => {
    const { instance } = load(RARE_TRAPS);
    const options: ExecutorOptions = { readings: DEFAULT_READINGS, fuel: FUEL };
    const right = watchedSemantics(options, applied);
    for (const [reason, { func: called }] of [...instance.exports].flatMap(([name, e]) =>
      e.kind === 'func' ? [[name, e] as const] : [],
    )) {
      const start = callStart(called, [], new Map());
      const answer = storeAnswers(new SharedStore(), choicesFromSeed(1));
      const sides = [
        { executor: makeExec(options), start },
        { executor: right, start },
      ] as const;
      const { request } = compareThread(...sides, { answer, requests: 9, states: true, seen });
      expect(request).toMatchObject({ kind: 'trap', reason });
    }
  });

  test('which have executed every row of the instruction table, and applied every rule', () => {
    const rows = INSTRUCTIONS.map((row) => row.mnemonic);
    expect(rows.filter((op) => !applied.instructions.has(op))).toEqual([]);
    expect(['block', 'loop', 'if', 'try_table'].filter((op) => !applied.instructions.has(op))).toEqual([]);
    expect(EXECUTION_RULES.map(({ id }) => id).filter((id) => !applied.rules.has(id))).toEqual([]);
  });

  test('which have asked for everything that can be asked, and trapped in every way', () => {
    const kinds: readonly Request['kind'][] = [
      'access',
      'grow',
      'wait',
      'notify',
      'fence',
      'fork',
      'join',
      'new',
      'host',
      'done',
    ];
    expect(kinds.filter((kind) => (asked.get(kind) ?? 0) < 5)).toEqual([]);
    expect(TRAPS.filter((reason) => !asked.has(`trap ${reason}`))).toEqual([]);
  });
});

/** All but `call stack exhausted`, which needs more steps than are taken on generated modules. */
const TRAPS = [
  'unreachable',
  'integer divide by zero',
  'integer overflow',
  'invalid conversion to integer',
  'out of bounds memory access',
  'out of bounds table access',
  'out of bounds array access',
  'unaligned atomic',
  'undefined element',
  'uninitialized element',
  'indirect call type mismatch',
  'null function reference',
  'null structure reference',
  'null array reference',
  'null i31 reference',
  'null exception reference',
  'null waitqueue reference',
  'null reference',
  'cast failure',
  'uncaught exception',
  'allocation size too large',
  'expected shared structure',
  'expected shared array',
  'expected shared global',
  'expected shared table',
  'expected shared memory',
  'expected mutable global',
  'a trap of the host',
];
