/** What Weft makes of a claim. */
export interface Judgement {
  /** Weft's answer, in the words of the claim's own. */
  readonly answer: string;
  readonly agrees: boolean;
  /** Where the check was ended before it was complete. */
  readonly incomplete?: boolean;
  /** What was counted, and what was found: shown below the table. */
  readonly notes?: readonly string[];
}

export interface Run {
  readonly quick: boolean;
  /** Asked now and then by long checks; true ends them. */
  readonly shouldStop: () => boolean;
}

/** A claim of a paper or of a document of the project, with the way to check it. */
export interface Claim {
  readonly group: string;
  readonly source: string;
  /** What is claimed, less the answer. */
  readonly text: string;
  readonly claimed: string;
  /** Whether a quick run leaves it out. */
  readonly long?: boolean;
  judge(run: Run): Judgement | Promise<Judgement>;
}

/** A judged claim. */
export interface Reproduction extends Judgement {
  readonly group: string;
  readonly source: string;
  readonly text: string;
  readonly claimed: string;
  readonly milliseconds: number;
}

/** Judges the claims, one after the other; tells each as soon as it is judged. */
export async function judgeClaims(
  claims: readonly Claim[],
  run: Run,
  tell: (done: Reproduction) => void = () => {},
): Promise<readonly Reproduction[]> {
  const judged: Reproduction[] = [];
  for (const claim of claims) {
    if (run.quick && claim.long === true) continue;
    if (run.shouldStop()) break;
    const start = performance.now();
    const judgement = await claim.judge(run);
    const { group, source, text, claimed } = claim;
    const done = { group, source, text, claimed, ...judgement, milliseconds: performance.now() - start };
    judged.push(done);
    tell(done);
  }
  return judged;
}
