import { known } from '../../../src/base/assert.ts';
import type { ExecState } from '../../../src/exec/thread.ts';
import type { ExecutorOptions } from '../../../src/runtime/executor.ts';
import type { FuncInst } from '../../../src/runtime/instance.ts';
import type { State } from '../../../src/semantics/config.ts';
import type { InstructionRow } from '../../../src/syntax/instructions.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import type { DataType } from '../../../src/syntax/types.ts';
import { choicesFromSeed } from '../../property/generators/modules/choices.ts';
import { isPure, pureModule, ROW_EXPORT, rowModules } from '../../property/generators/modules/rows.ts';
import type { Calls, CallOptions } from '../../support/compare-calls.ts';
import { compareCalls } from '../../support/compare-calls.ts';
import type { Generated } from '../../support/generated-instance.ts';
import { instantiateGenerated } from '../../support/generated-instance.ts';
import { makeImports } from '../../support/lively-imports.ts';
import { Disagreement } from '../../support/paired.ts';
import { someNumbers } from '../../support/some-values.ts';
import { load } from '../../unit/exec/wat.ts';
import { CONTROL, CONTROL_IMPORTS } from './control.ts';

/** What mutants of the executors are tried on. */

export const OPTIONS: ExecutorOptions = { readings: DEFAULT_READINGS, fuel: 1500 };

/** Functions of one instance, and how they are called. */
export interface Case {
  readonly generated: Generated;
  readonly funcs: readonly FuncInst[];
  readonly seed: number;
  readonly pure: boolean;
}

const PURE_CALLS = 64;

/** The two in either order. */
export type AnyCalls = Calls<State, ExecState> | Calls<ExecState, State>;

/** The cases of a row of the instruction table. */
export function casesOfRow(row: InstructionRow, count: number): readonly Case[] {
  const cases: Case[] = [];
  const add = (generated: Generated | null, seed: number, pure: boolean): void => {
    const exported = generated?.instance.exports.get(ROW_EXPORT);
    if (generated === null || exported?.kind !== 'func') return;
    cases.push({ generated, funcs: [exported.func], seed, pure });
  };
  if (isPure(row)) add(instantiateGenerated(pureModule(row, 1), 1), 1, true);
  else for (const [module, seed] of rowModules(row, count)) add(instantiateGenerated(module, seed), seed, false);
  return cases;
}

/** The functions of {@link CONTROL}. */
export function caseOfControl(): Case {
  const { instance, store } = load(CONTROL, CONTROL_IMPORTS);
  const { module } = instance.module;
  const imports = known(makeImports({ ...module, imports: [] }, choicesFromSeed(1)) ?? undefined, 'imports');
  const funcs = [...instance.exports.values()].flatMap((e) => (e.kind === 'func' ? [e.func] : []));
  return { generated: { module, imports, instance, store }, funcs, seed: 1, pure: true };
}

/** Compares the two on a case, as the property of the executors does; its store is left as it was. */
export function compareCase(calls: AnyCalls, { generated, funcs, seed, pure }: Case): void {
  const c = choicesFromSeed(seed ^ 0x5bd1);
  const numbers = ({ type }: FuncInst) => someNumbers(type.params as readonly DataType[], c);
  const options: CallOptions = pure ? { times: PURE_CALLS, values: numbers } : { times: 2 };
  const fresh = { ...generated, store: generated.store.clone() };
  // Either order of type arguments does.
  compareCalls(calls as Calls<State, ExecState>, fresh, funcs, c, options);
}

/** Whether the two are told apart on one of the cases; one that breaks down is. */
export function isCaught(calls: (each: Case) => AnyCalls, cases: readonly Case[]): boolean {
  return cases.some((each) => {
    try {
      compareCase(calls(each), each);
      return false;
    } catch (error) {
      return known(error instanceof Disagreement || error instanceof Error, 'an error');
    }
  });
}
