/** A call that `weft run` made: its results as printed values, or the trap that ended it. */
export interface RunReport {
  readonly results: readonly string[];
  readonly trap: string | null;
  /** The call alone, without start-up and compilation. */
  readonly milliseconds: number;
}

/** The JSON document of `weft run` [DESIGN, The command line]. */
export function runJson({ results, trap, milliseconds }: RunReport): RunReport {
  return { results, trap, milliseconds };
}

/** One result a line, or the trap. */
export function runText({ results, trap }: RunReport): string {
  return trap === null ? results.join('\n') : `trap: ${trap}`;
}
