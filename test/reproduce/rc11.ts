import type { Rc11Comparison } from '../support/rc11-comparison.ts';
import { compareWithRc11 } from '../support/rc11-comparison.ts';
import type { Claim } from './claim.ts';

/** Up to so many events; the larger ones without what changes nothing (idle accesses, fences at a thread's ends). */
const QUICK = 3;
const FULL = 5;
const PLAIN = 3;

/** Weft's own axioms for acqrel accesses and fences, on the fragment of C11 that maps to them (proofs-notes/acqrel.md). */
export const rc11: readonly Claim[] = [
  {
    group: 'Acquire-release and fences beside RC11, on the mapped fragment of C11',
    source: 'Lahav et al., Repairing sequential consistency in C/C++11, PLDI 2017; proofs-notes/acqrel.md',
    text: 'wasm allows what RC11 forbids; differs from RC11 with hb in the order of seqcst events',
    claimed: '0; 0',
    judge: ({ quick, shouldStop }) => {
      const results: Rc11Comparison[] = [];
      const most = quick ? QUICK : FULL;
      for (let events = 1; events <= most && !shouldStop(); events++) {
        const plain = events <= PLAIN;
        const fences = plain ? (['acqrel', 'seqcst'] as const) : (['seqcst'] as const);
        results.push(compareWithRc11({ events, fences, reduced: !plain, updates: true }));
      }
      const sum = (of: (result: Rc11Comparison) => number): number => results.reduce((total, r) => total + of(r), 0);
      const [weaker, otherwise, stronger] = [sum((r) => r.weaker), sum((r) => r.otherwise), sum((r) => r.stronger)];
      const executions = sum((r) => r.executions).toLocaleString('en');
      return {
        answer: `${weaker}; ${otherwise}`,
        agrees: weaker === 0 && otherwise === 0,
        incomplete: results.length < most,
        notes: [
          `${executions} executions up to symmetry of up to ${results.length} events; ${stronger} that RC11 allows and wasm forbids`,
        ],
      };
    },
  },
];
