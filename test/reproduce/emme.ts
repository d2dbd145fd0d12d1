import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CORPORA } from '../support/corpora.ts';
import type { EmmeComparison } from '../support/emme.ts';
import { compareWithEmme, emmeRows } from '../support/emme.ts';
import type { BexInstance } from '../../src/litmus/bex/load.ts';
import type { Claim } from './claim.ts';

/** A quick run compares each so-many-th instance. */
const QUICK_STEP = 300;

/** EMME's outcome sets of its own example programs, floats apart (proofs-notes/emme.md). */
export const emme: readonly Claim[] = [
  {
    group: 'EMME: outcome sets of its example programs under JavaScript’s model',
    source: 'Mattarei et al., EMME, TACAS 2018',
    text: 'all instances without floats',
    claimed: '0 differ',
    judge: ({ quick, shouldStop }) => {
      if (!existsSync(join(CORPORA, 'emme'))) {
        return {
          answer: 'no corpus',
          agrees: true,
          incomplete: true,
          notes: ['the corpus is not here: see WEFT_CORPORA'],
        };
      }
      const kept = new Map<string, readonly BexInstance[]>();
      const results: EmmeComparison[] = [];
      for (const row of emmeRows().filter((_, i) => !quick || i % QUICK_STEP === 0)) {
        if (shouldStop()) break;
        results.push(compareWithEmme(row, 'js-es2018', kept));
      }
      const count = (kind: EmmeComparison['kind']): number => results.filter((result) => result.kind === kind).length;
      const differing = results
        .filter(({ kind }) => kind === 'differs')
        .map(({ test, instance }) => `${test} ${instance}`);
      const notes = [
        `${results.length} of 890 instances: ${count('same')} the same, ${count('differs')} differ, ${count('floats')} with floats, ${count('no program')} without a program in the corpus`,
        ...differing.slice(0, 3).map((name) => `differs: ${name}`),
      ];
      return { answer: `${differing.length} differ`, agrees: differing.length === 0, notes };
    },
  },
];
