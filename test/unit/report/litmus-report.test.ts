import { describe, expect, test } from 'vitest';
import type { LitmusReport, VerdictReport } from '../../../src/report/litmus-report.ts';
import { disagreements, hasUnknown, litmusJson, litmusText } from '../../../src/report/litmus-report.ts';

const NONE = { expected: null, agrees: null, source: null, reason: null, outcomes: null };

function report(name: string, family: string, verdicts: Record<string, VerdictReport>): LitmusReport {
  return { name, file: `models/litmus/${family}/${name}.wast`, line: 7, verdicts: new Map(Object.entries(verdicts)) };
}

const right: VerdictReport = {
  ...NONE,
  verdict: 'allowed',
  expected: 'allowed',
  agrees: true,
  source: 'OOPSLA19 §5',
  reason: 'stores are late',
};
const wrong: VerdictReport = { ...right, verdict: 'forbidden', agrees: false };
const reports = [
  report('MP', 'classic', { wasm: right, sc: { ...NONE, verdict: 'forbidden' } }),
  report('SB', 'classic', { wasm: wrong, sc: { ...right, outcomes: { agrees: true, missing: [], unexpected: [] } } }),
  report('grow', 'growth', {
    wasm: {
      ...right,
      agrees: false,
      outcomes: { agrees: false, missing: ['(outcome (= T1:0:0 (i32.const 1)))'], unexpected: ['T1:0:0 = i32 2'] },
    },
    sc: { ...NONE, verdict: 'inexpressible', refusal: 'an access of mixed size' },
  }),
];
const plain = (verbose = false): string => litmusText(reports, ['wasm', 'sc'], { color: false, verbose });

describe('litmusText', () => {
  test('has a heading for each folder, a row for each test, what differs, and a summary', () => {
    expect(plain()).toBe(`        wasm                          sc
classic
  MP    allowed ✓                     forbidden ·
  SB    forbidden ✗ expected allowed  allowed ✓
growth
  grow  allowed ✗ other outcomes      inexpressible ·

SB (models/litmus/classic/SB.wast:7)
  wasm: forbidden, expected allowed (OOPSLA19 §5: stores are late)
grow (models/litmus/growth/grow.wast:7)
  wasm: allowed, expected allowed (OOPSLA19 §5: stores are late)
    missing     (outcome (= T1:0:0 (i32.const 1)))
    unexpected  T1:0:0 = i32 2

3 tests, 2 disagreements, 1 inexpressible (--verbose tells why)`);
  });

  test('verbose: every verdict with its source and reason', () => {
    expect(plain(true)).toContain(`
MP (models/litmus/classic/MP.wast:7)
  wasm: allowed, as expected (OOPSLA19 §5: stores are late)
  sc: forbidden
`);
    expect(plain(true)).toContain('  sc: inexpressible\n    sc does not speak of it: an access of mixed size\n');
  });

  test('colours change nothing but colours', () => {
    const colored = litmusText(reports, ['wasm', 'sc'], { color: true, verbose: false });
    // oxlint-disable-next-line no-control-regex -- what colours a terminal
    expect(colored.replace(/\x1b\[\d+m/g, '')).toBe(plain());
  });

  test('counts what a bound left open', () => {
    const open = [report('t', 'f', { wasm: { ...NONE, verdict: 'unknown' } })];
    expect(litmusText(open, ['wasm'], { color: false, verbose: false })).toContain(
      '1 test, 0 disagreements, 1 unknown',
    );
    expect(hasUnknown(open)).toBe(true);
    expect(hasUnknown(reports)).toBe(false);
    const set = { agrees: null, missing: [], unexpected: [] };
    expect(hasUnknown([report('t', 'f', { wasm: { ...right, outcomes: set } })])).toBe(true);
  });
});

describe('litmusJson', () => {
  test('has verdicts, and how whole outcome sets differ where they are stated', () => {
    expect(disagreements(reports)).toBe(2);
    const { tests, disagreements: count } = litmusJson(reports);
    expect(count).toBe(2);
    expect(tests[0]).toEqual({
      name: 'MP',
      file: 'models/litmus/classic/MP.wast',
      verdicts: {
        wasm: { verdict: 'allowed', expected: 'allowed', agrees: true },
        sc: { verdict: 'forbidden', expected: null, agrees: null },
      },
    });
    expect(tests[2]?.verdicts['wasm']?.outcomes?.unexpected).toEqual(['T1:0:0 = i32 2']);
  });
});
