import { expect, test } from 'vitest';
import { catModel } from '../../src/cli/models.ts';
import type { Alphabet } from '../../src/model/bounded/alphabet.ts';
import { lettersOf, singleBytes } from '../../src/model/bounded/alphabet.ts';
import { Executions } from '../../src/model/bounded/execution.ts';
import { armv8 } from '../../src/model/bounded/hardware/armv8.ts';
import { HardwareChecker } from '../../src/model/bounded/hardware/checker.ts';
import { x86Tso } from '../../src/model/bounded/hardware/x86-tso.ts';
import { forEachProgram } from '../../src/model/bounded/programs.ts';
import { forEachReadsFrom, readSlotsOf } from '../../src/model/bounded/reads-from.ts';
import { executionLine } from '../../src/report/bounded-text.ts';

/** `WEFT_BOUNDED=full` looks at all executions of four events. */
const EVENTS = process.env['WEFT_BOUNDED'] === 'full' ? 4 : 3;
const ALPHABET: Alphabet = {
  places: singleBytes(2),
  letters: lettersOf(['unord', 'acqrel', 'seqcst'], ['acqrel', 'seqcst']),
};

test.each([x86Tso, armv8].map((machine) => [machine.name, machine] as const))(
  'the native %o agrees with its cat file on every small execution',
  (_, machine) => {
    const model = catModel(machine.name);
    let [allowed, forbidden] = [0, 0];
    forEachProgram({ alphabet: ALPHABET, events: EVENTS, withoutIdle: true }, (program) => {
      const slots = readSlotsOf(program, 'local');
      const checker = new HardwareChecker(machine, program, slots);
      const executions = new Executions(program, slots);
      forEachReadsFrom(program, slots, (rf) => {
        const verdict = checker.allows(rf);
        if (verdict) allowed++;
        else forbidden++;
        if (model.check(executions.execution(rf)).consistent !== verdict) {
          expect.fail(`${executionLine({ program, rf })}: ${verdict ? 'allowed' : 'forbidden'} natively alone`);
        }
      });
    });
    expect(allowed).toBeGreaterThan(2000);
    expect(forbidden).toBeGreaterThan(500);
  },
);
