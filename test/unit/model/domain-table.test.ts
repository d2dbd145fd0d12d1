import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import type { Action } from '../../../src/event/action.ts';
import { findModel } from '../../../src/model/catalogue.ts';
import type { Program } from './build.ts';
import { allows, bytesAt, length, program, R, Rsc, U, W, Wsc, x, x4, y, y4, z } from './build.ts';

const COLUMNS = ['js-es2018', 'js-es2018-scdrf', 'wasm-oopsla19-uncorrected', 'wasm-oopsla19'] as const;

/** Growth from one page (of four bytes here) to two: one event. */
const grow: readonly Action[] = [U(length, 1, 2), W(bytesAt(4, 4), 0)];
const k = bytesAt(0, 1);
const j = bytesAt(4, 1);
const inBounds = (pages: number, action: Action): readonly Action[] => [R(length, pages), action];

const growthMp = (pages: number): Program => ({
  threads: [
    [inBounds(1, W(k, 54)), grow],
    [inBounds(2, R(j, 0)), inBounds(pages, R(k, 0))],
  ],
  bytes: 4,
});

interface Row {
  readonly name: string;
  readonly outcomes: readonly Program[];
  /** One letter for each of {@link COLUMNS}: Allowed, Forbidden, or – where the program cannot be written. */
  readonly verdicts: string;
}

const ROWS: readonly Row[] = [
  {
    name: 'OOPSLA19 Fig. 1, unordered reads of two writes in turn',
    outcomes: [program([W(x, 1), W(x, 2)], [R(x, 2), R(x, 1), R(x, 2), R(x, 1)])],
    verdicts: 'AAAA',
  },
  {
    name: 'Fig. 12, message passing by a bounds check',
    outcomes: [growthMp(1), growthMp(2)],
    verdicts: 'A–AA',
  },
  {
    name: 'Fig. 12 with memory.size seeing the growth',
    outcomes: [1, 2].map((pages) => ({
      threads: [
        [inBounds(1, W(k, 54)), grow],
        [Rsc(length, 2), inBounds(2, R(j, 0)), inBounds(pages, R(k, 0))],
      ],
      bytes: 4,
    })),
    verdicts: 'F–FF',
  },
  {
    name: 'Fig. 14, in bounds and then out of bounds',
    outcomes: [{ threads: [[grow], [inBounds(2, W(j, 1)), [R(length, 1)]]], bytes: 4 }],
    verdicts: 'A–AA',
  },
  {
    name: 'Fig. 18, two unordered reads of seqcst writes',
    outcomes: [program([Wsc(x, 1), Wsc(y, 1)], [Wsc(x, 2), Rsc(y, 1), R(x, 2), R(x, 1)])],
    verdicts: 'AFAF',
  },
  {
    name: 'the least violation of SC-DRF',
    outcomes: [program([Wsc(x, 1), Rsc(x, 2), R(x, 1)], [Wsc(x, 2)])],
    verdicts: 'AFAF',
  },
  {
    name: '† alone',
    outcomes: [program([W(x, 1), Wsc(y, 1), U(x, 1, 3)], [Rsc(y, 1), Wsc(x, 2), Rsc(x, 3)])],
    verdicts: 'AFAF',
  },
  {
    name: 'ARMv8, 8 events',
    outcomes: [program([Wsc(x, 1), Wsc(x, 2), W(y, 1), Wsc(z, 1)], [Wsc(y, 2), Rsc(x, 1), Rsc(z, 1), Rsc(y, 2)])],
    verdicts: 'FFAA',
  },
  {
    name: 'ARMv8, least',
    outcomes: [program([Wsc(x, 1), W(x, 2), Rsc(y, 1)], [Wsc(y, 1), W(y, 2), Rsc(x, 1)])],
    verdicts: 'FFAA',
  },
  {
    name: 'SB, all seqcst, bytes',
    outcomes: [program([Wsc(x, 1), Rsc(y, 0)], [Wsc(y, 1), Rsc(x, 0)])],
    verdicts: 'FFAF',
  },
  {
    name: 'SB, all seqcst, four bytes',
    outcomes: [program([Wsc(x4, 1), Rsc(y4, 0)], [Wsc(y4, 1), Rsc(x4, 0)])],
    verdicts: 'FFAF',
  },
  {
    name: 'SB on single bytes, unordered writes, seqcst reads',
    outcomes: [program([W(x, 1), Rsc(y, 0)], [W(y, 1), Rsc(x, 0)])],
    verdicts: 'FFAA',
  },
  {
    name: 'SB on four bytes, unordered writes, seqcst reads that mix',
    outcomes: [program([W(x4, 1), Rsc(y4, 0)], [W(y4, 1), Rsc(x4, 0)])],
    verdicts: 'AAAA',
  },
  {
    name: 'an aligned unordered load that mixes a store with the initial bytes',
    outcomes: [program([W(x4, 0x0101)], [R(x4, 0x0001)])],
    verdicts: 'AAAA',
  },
];

describe('DOMAIN section 5', () => {
  describe.each(ROWS)('$name', ({ outcomes, verdicts }) => {
    const cells = COLUMNS.map((model, i) => ({ model, verdict: verdicts[i] })).filter((cell) => cell.verdict !== '–');
    test.each(cells)('$verdict under $model', ({ model, verdict }) => {
      const native = known(findModel(model), model);
      expect(outcomes.some((outcome) => allows(native, outcome))).toBe(verdict === 'A');
    });

    test('the default model says what wasm-oopsla19 says', () => {
      const native = known(findModel('wasm'), 'wasm');
      expect(outcomes.some((outcome) => allows(native, outcome))).toBe(verdicts[3] === 'A');
    });
  });
});
