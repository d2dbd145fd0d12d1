import { known } from '../base/assert.ts';
import type { FinitePart } from '../explore/endless.ts';
import type { NonTermination } from '../explore/loops/non-termination.ts';
import type { ExploreResult, Outcome } from '../explore/result.ts';
import type { Shown } from '../report/shown.ts';
import { UsageError } from './exit.ts';

/** The finding with that number, from 1; `partOf` makes what can be shown of a schedule without end. */
export function shownFinding(
  { findings, outcomes }: ExploreResult,
  number: number,
  partOf: (lasso: NonTermination) => FinitePart | null,
): Shown {
  const it = findings[number - 1];
  if (it === undefined)
    throw new UsageError(
      findings.length === 0
        ? 'there are no findings'
        : `there are ${findings.length} findings, so no finding ${number}`,
    );
  const part = it.lasso === null ? null : partOf(it.lasso);
  return {
    witness: known(it.witness ?? part?.witness, 'execution of the finding'),
    ...(part === null ? {} : { repeated: part.repeated }),
    outcome: it.outcome === null ? null : known(outcomes[it.outcome], 'outcome'),
    finding: { number, it },
  };
}

export function shownOutcome(outcome: Outcome): Shown {
  const { witness } = outcome;
  if (witness === null) throw new UsageError('no execution of this outcome was kept');
  return { witness, outcome, finding: null };
}
