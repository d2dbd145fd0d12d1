import { describe, expect, test } from 'vitest';
import { known } from '../../../../src/base/assert.ts';
import type { Alphabet } from '../../../../src/model/bounded/alphabet.ts';
import { bytesAndPair, lettersOf, singleBytes } from '../../../../src/model/bounded/alphabet.ts';
import type { CompilationResult, SchemeResult } from '../../../../src/model/bounded/compilation.ts';
import { checkCompilation } from '../../../../src/model/bounded/compilation.ts';
import { Executions } from '../../../../src/model/bounded/execution.ts';
import { armv8 } from '../../../../src/model/bounded/hardware/armv8.ts';
import { HardwareChecker } from '../../../../src/model/bounded/hardware/checker.ts';
import type { Machine } from '../../../../src/model/bounded/hardware/machine.ts';
import { x86Tso } from '../../../../src/model/bounded/hardware/x86-tso.ts';
import { findModel } from '../../../../src/model/catalogue.ts';
import { wasmOopsla19 } from '../../../../src/model/definitions.ts';
import { nativeModel } from '../../../../src/model/native.ts';
import { executionLine } from '../../../../src/report/bounded-text.ts';
import { smallProgram } from './by-hand.ts';

const named = (name: string) => known(findModel(name), name);
const MACHINES = [x86Tso, armv8];
const BYTES: Alphabet = { places: singleBytes(2), letters: lettersOf(['unord', 'seqcst']) };
const ORDERS: Alphabet = {
  places: singleBytes(1),
  letters: lettersOf(['unord', 'acqrel', 'seqcst'], ['acqrel', 'seqcst']),
};
const MIXED: Alphabet = { places: bytesAndPair(0), letters: lettersOf(['unord', 'seqcst']) };

function scheme({ schemes }: CompilationResult, machine: Machine, model: string): SchemeResult {
  return known(
    schemes.find((one) => one.machine === machine && one.model.name === model),
    model,
  );
}

describe('compilation schemes on every execution of four events', () => {
  const models = ['wasm-oopsla19', 'wasm', 'js-es2018', 'js-es2018-scdrf'].map(named);
  const result = checkCompilation({ machines: MACHINES, models, alphabet: BYTES, events: 4 });

  test.each(MACHINES)('right for wasm on $title', (machine) => {
    for (const model of ['wasm-oopsla19', 'wasm']) {
      expect(scheme(result, machine, model).violations.map(executionLine)).toEqual([]);
    }
    expect(scheme(result, machine, 'wasm').weak).toBe(machine === x86Tso ? 17 : 72);
  });

  test.each(MACHINES)('wrong for JavaScript of 2018 on $title', (machine) => {
    for (const model of ['js-es2018', 'js-es2018-scdrf']) {
      const { violations, violated } = scheme(result, machine, model);
      expect(violated).toBe(6);
      expect(violations.map(executionLine)).toContain('W x := 1; Rsc y = 0 ‖ W y := 1; Rsc x = 0');
    }
  });
});

describe('compilation schemes on smaller executions', () => {
  test.each([
    ['acqrel and fences', ORDERS],
    ['a pair of bytes', MIXED],
  ] as const)('%s, three events: right for wasm', (_, alphabet) => {
    const result = checkCompilation({ machines: MACHINES, models: [named('wasm')], alphabet, events: 3 });
    expect(result.schemes.map(({ violated }) => violated)).toEqual([0, 0]);
    expect(result.executions).toBeGreaterThan(1000);
  });

  test('a model that is sc is too strong, and the check says how', () => {
    const result = checkCompilation({ machines: [x86Tso], models: [named('sc')], alphabet: BYTES, events: 4 });
    const { weak, violated, violations } = scheme(result, x86Tso, 'sc');
    expect(violated).toBe(weak);
    expect(violations.map(executionLine)).toContain('W x := 1; R y = 0 ‖ W y := 1; R x = 0');
  });

  test('a check that is stopped says so', () => {
    const models = [nativeModel({ base: wasmOopsla19 })];
    const options = { machines: MACHINES, models, alphabet: BYTES, events: 4, shouldStop: () => true };
    expect(checkCompilation(options).complete).toBe(false);
  });
});

test('an acqrel write may follow a later-made seqcst one of its place in coherence: x86 shows it, wasm allows it', () => {
  const { program, slots, rfs } = smallProgram('Warx1 Rscy0 | Wscy1 Wscx2 Rarx1');
  const rf = known(rfs[0], 'reads-from');
  expect(new HardwareChecker(x86Tso, program, slots).allows(rf)).toBe(true);
  expect(named('wasm').check(new Executions(program, slots).execution(rf)).consistent).toBe(true);
});

describe('the violations of PLDI20', () => {
  test.each([
    ['Wscx1 Wx2 Rscy1 | Wscy1 Wy2 Rscx1', true],
    ['Wscx1 Wscx2 Wy1 Wscz1 | Wscy2 Rscx1 Rscz1 Rscy2', false],
  ] as const)('%s: shown by ARMv8, forbidden in js-es2018, allowed in wasm', (text, byX86) => {
    const { program, slots, rfs } = smallProgram(text);
    const rf = known(rfs[0], 'reads-from');
    const execution = new Executions(program, slots).execution(rf);
    const shows = (machine: Machine): boolean => new HardwareChecker(machine, program, slots).allows(rf);
    expect([shows(armv8), shows(x86Tso)]).toEqual([true, byX86]);
    expect(
      ['js-es2018', 'js-es2018-scdrf', 'wasm-oopsla19', 'wasm'].map((m) => named(m).check(execution).consistent),
    ).toEqual([false, false, true, true]);
  });
});
