import { describe, expect, test } from 'vitest';
import { catModel } from '../../src/cli/models.ts';
import type { Execution } from '../../src/event/execution.ts';
import { lettersOf, singleBytes } from '../../src/model/bounded/alphabet.ts';
import { Executions } from '../../src/model/bounded/execution.ts';
import { forEachProgram } from '../../src/model/bounded/programs.ts';
import { forEachReadsFrom, readSlotsOf } from '../../src/model/bounded/reads-from.ts';
import { wasm } from '../../src/model/definitions.ts';
import { nativeModel } from '../../src/model/native.ts';
import type { Rc11Verdict } from '../support/rc11.ts';
import { judgeByRc11 } from '../support/rc11.ts';
import type { Rc11Options } from '../support/rc11-comparison.ts';
import { compareWithRc11 } from '../support/rc11-comparison.ts';
import type { Program } from '../unit/model/build.ts';
import { candidates, program, Racq, Rsc, U, Uar, Wrel, Wsc, x, y, z } from '../unit/model/build.ts';

/**
 * [proofs-notes/acqrel.md] On the fragment of C11 that atomic accesses and fences map to, `wasm` allows exactly what RC11 with hb in the order of its seqcst events
 * allows: nothing that RC11 forbids.
 */

interface Bounded extends Rc11Options {
  readonly programs: number;
  readonly executions: number;
  /** How many executions RC11 allows and wasm forbids. */
  readonly stronger: number;
}

const FENCES = ['acqrel', 'seqcst'] as const;
const QUICK: readonly Bounded[] = [
  { events: 2, fences: FENCES, reduced: false, updates: true, programs: 157, executions: 176, stronger: 0 },
  { events: 3, fences: FENCES, reduced: false, updates: true, programs: 3528, executions: 5054, stronger: 0 },
  { events: 4, fences: ['seqcst'], reduced: true, updates: true, programs: 11856, executions: 50370, stronger: 0 },
];
/** By `npm run test:rc11`; the last an hour or so. The 24 are RWC by an acquire load, and SB by an acqrel update (the note has them). */
const LONG: readonly Bounded[] = [
  { events: 4, fences: FENCES, reduced: false, updates: true, programs: 93187, executions: 190883, stronger: 0 },
  { events: 5, fences: ['seqcst'], reduced: true, updates: true, programs: 294516, executions: 2343476, stronger: 24 },
  {
    events: 6,
    fences: ['seqcst'],
    reduced: true,
    updates: true,
    programs: 8267430,
    executions: 129442067,
    stronger: 3466,
  },
];
const sizes = process.env['WEFT_RC11'] === 'long' ? [...QUICK, ...LONG] : QUICK;

describe('wasm and RC11, all programs', () => {
  test.each(sizes)('of $events events (reduced: $reduced)', (bounded) => {
    const found = compareWithRc11(bounded);
    expect(found.faults).toEqual([]);
    const { programs, executions, stronger } = found;
    expect({ programs, executions, stronger }).toEqual({
      programs: bounded.programs,
      executions: bounded.executions,
      stronger: bounded.stronger,
    });
  });
});

describe('two transcriptions of RC11 agree', () => {
  const fromFile = catModel('rc11');
  const agree = (execution: Execution): void => {
    expect(judgeByRc11(execution) !== 'forbidden').toBe(fromFile.check(execution).consistent);
  };

  test('on all executions of up to three events', () => {
    const alphabet = { places: singleBytes(2), letters: lettersOf(['acqrel', 'seqcst'], FENCES) };
    for (const events of [1, 2, 3]) {
      forEachProgram({ alphabet, events }, (of) => {
        const slots = readSlotsOf(of, 'local');
        const make = new Executions(of, slots);
        forEachReadsFrom(of, slots, (rf) => agree(make.execution(rf)));
      });
    }
  });

  test.each(cases())('on $name', ({ of }) => {
    for (const execution of candidates(of)) agree(execution);
  });
});

interface Case {
  readonly name: string;
  readonly of: Program;
  readonly rc11: Rc11Verdict;
}

function cases(): readonly Case[] {
  return [
    {
      name: 'RWC, the first read acqrel',
      of: program([Wsc(x, 1)], [Racq(x, 1), Rsc(y, 0)], [Wsc(y, 1), Rsc(x, 0)]),
      rc11: 'allowed',
    },
    {
      name: 'RWC, all seqcst',
      of: program([Wsc(x, 1)], [Rsc(x, 1), Rsc(y, 0)], [Wsc(y, 1), Rsc(x, 0)]),
      rc11: 'forbidden',
    },
    {
      name: 'IRIW, the first reads acqrel',
      of: program([Wsc(x, 1)], [Wsc(y, 1)], [Racq(x, 1), Rsc(y, 0)], [Racq(y, 1), Rsc(x, 0)]),
      rc11: 'allowed',
    },
    {
      name: 'Z6.U',
      of: program([Wsc(x, 1), Wrel(y, 1)], [U(y, 1, 2), Rsc(y, 3)], [Wsc(y, 3), Rsc(x, 0)]),
      rc11: 'allowed',
    },
    {
      name: 'Z6.U by accesses of y alone',
      of: program([Wsc(x, 1), Wrel(y, 1)], [Racq(y, 1), Wsc(y, 2), Racq(y, 3)], [Wsc(y, 3), Rsc(x, 0)]),
      rc11: 'allowed',
    },
    {
      name: 'the same with an access of a third place between',
      of: program([Wsc(x, 1), Wrel(y, 1)], [Racq(y, 1), Rsc(z, 0), Wsc(y, 2), Racq(y, 3)], [Wsc(y, 3), Rsc(x, 0)]),
      rc11: 'forbidden',
    },
    {
      name: '2+2W',
      of: program([Wrel(x, 1), Wrel(y, 2), Racq(y, 1)], [Wrel(y, 1), Wrel(x, 2), Racq(x, 1)]),
      rc11: 'allowed with hb',
    },
    {
      name: 'R, its first write acqrel',
      of: program([Wrel(x, 1), Rsc(y, 0)], [Wsc(y, 1), Wsc(x, 2), Racq(x, 1)]),
      rc11: 'allowed with hb',
    },
    {
      name: 'two updates of one write',
      of: program([Wrel(x, 1)], [Uar(x, 1, 2)], [Uar(x, 1, 3)]),
      rc11: 'forbidden',
    },
  ];
}

describe('programs that tell wasm from RC11, or do not', () => {
  test.each(cases())('$name: RC11 says $rc11', ({ of, rc11 }) => {
    const verdicts = [...candidates(of)].map(judgeByRc11);
    const best = (['allowed with hb', 'allowed'] as const).find((verdict) => verdicts.includes(verdict));
    expect(best ?? 'forbidden').toBe(rc11);
    const allowed = [...candidates(of)].some((execution) => nativeModel({ base: wasm }).check(execution).consistent);
    expect(allowed).toBe(rc11 === 'allowed with hb');
  });
});
