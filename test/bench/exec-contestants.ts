import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeModule } from '../../src/binary/encode.ts';
import { NOWHERE } from '../../src/base/span.ts';
import { MAIN } from '../../src/event/location.ts';
import { callSequential } from '../../src/exec/js/call.ts';
import type { CallOutcome } from '../../src/exec/sequential.ts';
import { runCall } from '../../src/exec/sequential.ts';
import { SharedStore } from '../../src/exec/store.ts';
import type { FuncInst } from '../../src/runtime/instance.ts';
import { placeInstance } from '../../src/runtime/place-instance.ts';
import { Refs } from '../../src/runtime/references.ts';
import type { Module, PlainInstr } from '../../src/syntax/module.ts';
import { plainType } from '../../src/syntax/types.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { checkModule } from '../../src/valid/check.ts';
import { instantiate } from '../unit/semantics/v8.ts';

/** Who runs a program of the benchmark: `run` in a fresh instance, whose calls are timed by the caller. */
export interface Contestant {
  readonly name: string;
  readonly make: (module: Module) => (work: number) => number;
}

function place(module: Module): { readonly func: FuncInst; readonly store: SharedStore } {
  const valid = checkModule(module, DEFAULT_READINGS);
  if (!valid.ok) throw new Error(JSON.stringify(valid.error));
  const store = new SharedStore();
  const naming = { thread: MAIN, instances: 0, allocations: 0, refs: new Refs() };
  const placed = placeInstance(valid.value, () => null, naming, store);
  if (!placed.ok) throw new Error(placed.error.message);
  const found = placed.value.instance.exports.get('run');
  if (found?.kind !== 'func') throw new Error('no function run');
  return { func: found.func, store };
}

function resultOf({ ending }: CallOutcome): number {
  const [value] = ending.kind === 'results' ? ending.values : [];
  if (value?.type !== 'i32') throw new Error(JSON.stringify(ending));
  return value.value;
}

export const SEQUENTIAL: Contestant = {
  name: 'weft, sequential',
  make: (module) => {
    const { func, store } = place(module);
    const options = { readings: DEFAULT_READINGS, fuel: Infinity };
    return (work) => resultOf(callSequential(options, func, [{ type: 'i32', value: work }], store));
  },
};

export const METERED: Contestant = {
  name: 'the same with fuel',
  make: (module) => {
    const { func, store } = place(module);
    const options = { readings: DEFAULT_READINGS, fuel: 1e15 };
    return (work) => resultOf(callSequential(options, func, [{ type: 'i32', value: work }], store));
  },
};

export const MACHINE: Contestant = {
  name: 'weft, resumable',
  make: (module) => {
    const { func, store } = place(module);
    const options = { readings: DEFAULT_READINGS, fuel: 1e15 };
    return (work) => resultOf(runCall(options, func, [{ type: 'i32', value: work }], store));
  },
};

export const V8: Contestant = {
  name: "V8's Wasm",
  make: (module) => instantiate(encodeModule(module)).exports['run'] as (work: number) => number,
};

/** wabt's interpreter, if it is on the path; the time that a process takes to do next to nothing is taken off. */
export function wabtInterpreter(): ((module: Module, work: number) => { result: number; milliseconds: number }) | null {
  if (spawnSync('wasm-interp', ['--version']).status !== 0) return null;
  return (module, work) => {
    const full = interpret(module, work);
    const start = interpret(module, 1);
    return { result: full.result, milliseconds: full.milliseconds - start.milliseconds };
  };
}

function interpret(module: Module, work: number): { result: number; milliseconds: number } {
  const folder = mkdtempSync(join(tmpdir(), 'weft-bench-'));
  try {
    const file = join(folder, 'program.wasm');
    writeFileSync(file, encodeModule(withConstant(module, work)));
    const started = performance.now();
    const { stdout } = spawnSync('wasm-interp', [file, '--run-all-exports'], { encoding: 'utf8' });
    const milliseconds = performance.now() - started;
    const found = /=> i32:(\d+)/.exec(stdout);
    if (found === null) throw new Error(`wasm-interp: ${stdout}`);
    return { result: Number(found[1]) | 0, milliseconds };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The module with one export, a function without parameters that does so much work. */
function withConstant(module: Module, work: number): Module {
  const run = module.exports.find(({ name }) => name === 'run');
  if (run === undefined) throw new Error('no function run');
  const plain = (op: string, imm: PlainInstr['imm']): PlainInstr => ({ kind: 'plain', op, imm, at: NOWHERE });
  const body = [plain('i32.const', { kind: 'i32', value: work }), plain('call', { kind: 'index', x: run.index })];
  const imported = module.imports.filter(({ desc }) => desc.kind === 'func').length;
  const type = { type: plainType({ kind: 'func', params: [], results: ['i32'] }), fields: [], id: null, at: NOWHERE };
  return {
    ...module,
    types: [...module.types, type],
    recs: [...module.recs, 1],
    funcs: [...module.funcs, { type: module.types.length, params: [], locals: [], body, id: null, at: NOWHERE }],
    exports: [{ ...run, index: imported + module.funcs.length }],
  };
}
