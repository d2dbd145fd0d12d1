import { describe, expect, test } from 'vitest';
import { CLAIMS } from '../reproduce/claims.ts';
import type { Claim } from '../reproduce/claim.ts';
import { judgeClaims } from '../reproduce/claim.ts';
import { reproductionJson, reproductionText } from '../reproduce/report.ts';
import { hasCorpora } from '../support/corpora.ts';

const QUICK = { quick: true, shouldStop: () => false };

describe('npm run reproduce --quick', () => {
  test.each(CLAIMS.filter(({ long }) => long !== true).map((claim) => [claim.group, claim.text, claim] as const))(
    '%s: %s',
    async (_group, _text, claim) => {
      if (claim.group.startsWith('EMME') && !hasCorpora()) return;
      const [done] = await judgeClaims([claim], QUICK);
      expect(done?.agrees, done?.answer).toBe(true);
      expect(done?.incomplete).not.toBe(true);
    },
  );
});

describe('the report of npm run reproduce', () => {
  const claim = (claimed: string): Claim => ({
    group: 'numbers',
    source: 'arithmetic',
    text: '2 + 2',
    claimed,
    judge: () => ({ answer: '4', agrees: claimed === '4', notes: ['counted on fingers'] }),
  });

  test('marks what disagrees and counts it', async () => {
    const judged = await judgeClaims([claim('4'), claim('5')], QUICK);
    const text = reproductionText(judged, true);
    expect(text).toContain('4  ✗');
    expect(text).toContain('counted on fingers');
    expect(text).toContain('2 claims, 1 agree, 1 disagree');
    expect(reproductionJson(judged, true)).toMatchObject({ complete: true, disagreements: 1 });
  });

  test('says that it was interrupted, with what it had', async () => {
    let asked = 0;
    const judged = await judgeClaims([claim('4'), claim('4')], { quick: true, shouldStop: () => asked++ > 0 });
    expect(judged.length).toBe(1);
    expect(reproductionText(judged, false)).toContain('interrupted before the end');
  });
});
