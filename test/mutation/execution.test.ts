import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import type { Request } from '../../src/event/request.ts';
import { makeExec } from '../../src/exec/executor.ts';
import type { FuncInst } from '../../src/runtime/instance.ts';
import { makeSemantics } from '../../src/semantics/executor.ts';
import type { Reduction } from '../../src/semantics/rules.ts';
import { EXECUTION_RULES } from '../../src/semantics/rules.ts';
import type { InstructionRow } from '../../src/syntax/instructions.ts';
import { INSTRUCTIONS } from '../../src/syntax/instructions.ts';
import { isPure } from '../property/generators/modules/rows.ts';
import { instantiateInstead } from '../support/generated-instance.ts';
import { amendedSemantics, nothingApplied, watchedSemantics } from '../support/watched-semantics.ts';
import type { Case } from './execution/corpus.ts';
import { caseOfControl, casesOfRow, compareCase, isCaught, OPTIONS } from './execution/corpus.ts';
import { askingOtherwise, REQUEST_CHANGES } from './execution/requests.ts';
import { neighbours, withInstead } from './execution/siblings.ts';
import { changedStep, STEP_CHANGES } from './execution/steps.ts';

/**
 * A rule changed in either executor is noticed by the procedure that compares them (test/support/agreement.ts), on a fixed corpus: the modules of each row
 * of the instruction table, and some generated ones. `WEFT_RUNS=2` tries all mutants, not a sample.
 */
const WHOLE = Number(process.env['WEFT_RUNS'] ?? 1) > 1;
const MODULES_OF_ROW = WHOLE ? 6 : 3;
const NEIGHBOURS = WHOLE ? 4 : 1;

const exec = makeExec(OPTIONS);
const semantics = makeSemantics(OPTIONS);

/** Rows that do many things. */
const VARIED = /^(ref|br|call|return_call|array|table)/;

const casesByRow = new Map<string, readonly Case[]>();

function casesOf(row: InstructionRow): readonly Case[] {
  let cases = casesByRow.get(row.mnemonic);
  if (cases === undefined) {
    cases = casesOfRow(row, MODULES_OF_ROW * (VARIED.test(row.mnemonic) ? 3 : 1));
    casesByRow.set(row.mnemonic, cases);
  }
  return cases;
}

/** Mutants that nothing can tell from the rule, each with its reason. */
const EQUIVALENT: readonly (readonly [RegExp, string])[] = [
  [/^(unreachable takes another( second)?|drop takes another) operand$/, 'it looks at no operand'],
  [/^throw(_ref)? gives another value$/, 'what is below is dropped'],
  [
    /^(throw_ref|br|return|return_call) takes another second operand$/,
    'it takes one or none; what is below is dropped',
  ],
  [/^Step\/unwind (gives another value|takes another operand)$/, 'the operands of a block that is left are dropped'],
  [/^array.fill takes another second operand$/, 'it asks for nothing only if the length is 0'],
  [/^global.wait takes another( second)? operand$/, 'it asks for nothing only if the global is immutable'],
];

function isEquivalent(name: string): boolean {
  return EQUIVALENT.some(([pattern]) => pattern.test(name));
}

/** Instructions that do the same in the deterministic profile [core 3.0, Profiles; Relaxed Operations]. */
const EQUAL: readonly RegExp[] = [
  /^(nop|pause)$/,
  /^(v128\.bitselect|i\d+x\d+\.relaxed_laneselect)$/,
  /^i8x16\.(relaxed_)?swizzle$/,
  /^i16x8\.(relaxed_q15mulr_s|q15mulr_sat_s)$/,
  ...['f32x4', 'f64x2'].flatMap((shape) => ['min', 'max'].map((op) => new RegExp(`^${shape}\\.(relaxed_)?${op}$`))),
  ...['i32x4\\.XXX_f32x4_s', 'i32x4\\.XXX_f32x4_u', 'i32x4\\.XXX_f64x2_s_zero', 'i32x4\\.XXX_f64x2_u_zero'].map(
    (name) => new RegExp(`^${name.replace('XXX', '(trunc_sat|relaxed_trunc)')}$`),
  ),
];

function areEqual(a: string, b: string): boolean {
  return EQUAL.some((pattern) => pattern.test(a) && pattern.test(b));
}

interface Tried {
  readonly survivors: string[];
  mutants: number;
}

function verdict({ survivors, mutants }: Tried, least: number): void {
  expect(survivors).toEqual([]);
  expect(mutants).toBeGreaterThanOrEqual(least);
}

function count(tried: Tried, name: string, caught: boolean): void {
  tried.mutants++;
  if (caught === isEquivalent(name))
    tried.survivors.push(caught ? `${name}: caught, though listed as equivalent` : name);
}

/** One in so many of the mutants in the default run, all of them otherwise. */
function sampled(name: string, one: number): boolean {
  if (WHOLE) return true;
  let hash = 7;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) >>> 0;
  return hash % one === 0;
}

describe('a rule taken for another is caught', () => {
  test.each([
    ['exec', 0],
    ['semantics', 1],
  ] as const)('by %s', (name, offset) => {
    const tried: Tried = { survivors: [], mutants: 0 };
    for (const [i, row] of INSTRUCTIONS.entries()) {
      if (!WHOLE && i % 2 !== offset) continue;
      for (const other of neighbours(row, NEIGHBOURS, INSTRUCTIONS)) {
        if (areEqual(row.mnemonic, other.mnemonic)) continue;
        const caught = isCaught(({ generated }) => {
          const mutant = instantiateInstead(generated, withInstead(generated.module, row.mnemonic, other.mnemonic));
          const instead = (func: FuncInst): FuncInst =>
            func.kind === 'wasm' ? known(mutant.funcs[func.index], 'function') : func;
          return name === 'exec'
            ? { left: semantics, right: exec, instead }
            : { left: exec, right: semantics, instead };
        }, casesOf(row));
        count(tried, `${row.mnemonic} as ${other.mnemonic}`, caught);
      }
    }
    verdict(tried, 200);
  });
});

describe('a request asked otherwise is caught', () => {
  test.each([
    ['exec', 0],
    ['semantics', 1],
  ] as const)('by %s', (name, offset) => {
    const tried: Tried = { survivors: [], mutants: 0 };
    for (const [i, row] of INSTRUCTIONS.entries()) {
      for (const [what, change] of Object.entries(REQUEST_CHANGES)) {
        if (!WHOLE && (i + what.length) % 2 !== offset) continue;
        if (!requestsOf(row).some((request) => change(request) !== null)) continue;
        let applied = false;
        const note = (): void => {
          applied = true;
        };
        const caught = isCaught(
          () =>
            name === 'exec'
              ? { left: semantics, right: askingOtherwise(exec, row.mnemonic, change, note) }
              : { left: exec, right: askingOtherwise(semantics, row.mnemonic, change, note) },
          casesOf(row),
        );
        if (applied) count(tried, `${row.mnemonic} ${what}`, caught);
      }
    }
    verdict(tried, 500);
  });
});

const requestsByRow = new Map<string, readonly Request[]>();

/** What a row asks on its cases. */
function requestsOf(row: InstructionRow): readonly Request[] {
  let requests = requestsByRow.get(row.mnemonic);
  if (requests === undefined) {
    const asked: Request[] = [];
    const seen = (request: Request): void => {
      if ('site' in request && request.site.text === row.mnemonic) asked.push(request);
    };
    for (const each of casesOf(row)) compareCase({ left: exec, right: semantics, seen }, each);
    requests = asked;
    requestsByRow.set(row.mnemonic, requests);
  }
  return requests;
}

/** Where a rule can be changed that computes values of values. */
const CHANGES_OF_VALUES: readonly string[] = [
  'gives another value',
  'takes another operand',
  'takes another second operand',
  'traps for another reason',
];

function triedSteps(
  name: string,
  chosen: (reduction: Reduction) => boolean,
  cases: readonly Case[],
  tried: Tried,
  changes: readonly string[],
): void {
  for (const what of changes) {
    const change = known(STEP_CHANGES[what], 'change');
    let applied = false;
    const mutant = amendedSemantics(
      OPTIONS,
      changedStep(chosen, change, () => {
        applied = true;
      }),
    );
    const caught = isCaught(() => ({ left: exec, right: mutant }), cases);
    if (applied) count(tried, `${name} ${what}`, caught);
  }
}

describe('a step of the semantics to something else is caught', () => {
  test('at each row of the instruction table', () => {
    const tried: Tried = { survivors: [], mutants: 0 };
    for (const row of INSTRUCTIONS) {
      if (!sampled(row.mnemonic, 3)) continue;
      const chosen = ({ instr }: Reduction): boolean => instr?.kind === 'plain' && instr.op === row.mnemonic;
      triedSteps(
        row.mnemonic,
        chosen,
        casesOf(row),
        tried,
        isPure(row) ? CHANGES_OF_VALUES : Object.keys(STEP_CHANGES),
      );
    }
    verdict(tried, 300);
  });

  test('at each rule that is no instruction’s own', () => {
    const tried: Tried = { survivors: [], mutants: 0 };
    const without: string[] = [];
    for (const id of OTHER_RULES) {
      const before = tried.mutants;
      triedSteps(id, (reduction) => reduction.id === id, [caseOfControl()], tried, Object.keys(STEP_CHANGES));
      if (tried.mutants === before) without.push(id);
    }
    verdict(tried, 50);
    expect(without).toEqual([]);
  });

  test('which are all the rules', () => {
    const applied = nothingApplied();
    const watched = watchedSemantics(OPTIONS, applied);
    for (const row of INSTRUCTIONS) for (const each of casesOf(row)) compareCase({ left: exec, right: watched }, each);
    const ids = new Set([...applied.rules, ...OTHER_RULES]);
    expect(EXECUTION_RULES.map(({ id }) => id).filter((id) => !ids.has(id))).toEqual([]);
  });
});

/** Rules of blocks, calls and exceptions, and of the second halves of instructions that ask twice. */
const OTHER_RULES = [
  'Step/block',
  'Step/loop',
  'Step/if',
  'Step/try_table',
  'Step/label',
  'Step/frame',
  'Step/catch',
  'Step/unwind',
  'Step/uncaught',
  'Step/invoke',
  'Step/invoke-host',
  'Step/invoke-asking',
  'Step/host-return',
  'Step/copy-source',
  'Step/init-write',
  'Step/array.new-segment',
];
