import { afterAll, describe, expect, test } from 'vitest';
import { type Case, type Disagreement, judge, makeTally, startPeers, stopPeers, tell } from './opinions/judge.ts';
import { PROFILES } from './opinions/profiles.ts';

/**
 * Generated modules and near misses of them, judged by Weft and by wasm-tools, wabt, V8 and Binaryen, each where it knows the language. What they are known to
 * see differently is in `opinions/gaps.ts`, argued in `proofs-notes/deviations.md`. The long run is `npm run test:opinions`.
 */

const SEED = Number(process.env['WEFT_SEED'] ?? 1);
const CASES = 300;

/** Binaryen needs ten times as long as the others: it is asked about some of the modules. */
const EVERY_FOR_BINARYEN = 12;

describe('second opinions', () => {
  const quick = startPeers(['wasm-tools', 'wabt', 'v8']);
  const all = new Map([...quick, ...startPeers(['binaryen'])]);

  afterAll(() => stopPeers(all));

  test.each(['good', 'near miss'] as const)('agree on every %s module', { timeout: 240_000 }, async (kind) => {
    const tally = makeTally();
    const disagreements: Disagreement[] = [];
    for (let i = 0; i < CASES; i++) {
      const profile = PROFILES[i % PROFILES.length];
      if (profile === undefined) throw new RangeError('no profile');
      const one: Case = { seed: SEED + i, profile, kind };
      disagreements.push(...(await judge(one, i % EVERY_FOR_BINARYEN === 1 ? all : quick, tally)));
    }
    expect(disagreements.map(tell)).toEqual([]);
    // Nobody was left out.
    for (const [peer, asked] of Object.entries(tally.asked)) expect(`${peer} ${asked > 10}`).toBe(`${peer} true`);
  });
});
