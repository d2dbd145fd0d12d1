import { known } from '../base/assert.ts';
import type { ExploreResult, Outcome } from '../explore/result.ts';
import type { Shown } from '../report/shown.ts';
import { UsageError } from './exit.ts';

/** The finding with that number, from 1. */
export function shownFinding({ findings, outcomes }: ExploreResult, number: number): Shown {
  const it = findings[number - 1];
  if (it === undefined)
    throw new UsageError(
      findings.length === 0
        ? 'there are no findings'
        : `there are ${findings.length} findings, so no finding ${number}`,
    );
  if (it.witness === null)
    throw new UsageError(
      `finding ${number} is a schedule without end, which --save-replay can save, but nothing can draw`,
    );
  return {
    witness: it.witness,
    outcome: it.outcome === null ? null : known(outcomes[it.outcome], 'outcome'),
    finding: { number, it },
  };
}

export function shownOutcome(outcome: Outcome): Shown {
  const { witness } = outcome;
  if (witness === null) throw new UsageError('no execution of this outcome was kept');
  return { witness, outcome, finding: null };
}
