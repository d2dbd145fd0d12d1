import type { ExploreResult, Show } from '../../src/explore/result.ts';
import type { Program } from '../../src/runtime/program.ts';

/** What the worker remembers of the latest exploration: what pictures and explanations are made of. */
export interface Explored {
  /** As the command line calls the program. */
  readonly name: string;
  readonly program: Program;
  /** Outcomes under the names that the program’s author gave. */
  readonly show: Show;
  readonly request: import('../outcomes/calls.ts').ExploreRequest;
  /** By model. */
  readonly results: Map<string, ExploreResult>;
}

let latest: { readonly run: number; readonly it: Explored } | null = null;
let runs = 0;

/** Remembers an exploration, and forgets the one before. Gives its number. */
export function remember(it: Explored): number {
  latest = { run: ++runs, it };
  return runs;
}

/** The exploration of that number; null if it was forgotten. */
export function recall(run: number): Explored | null {
  return latest?.run === run ? latest.it : null;
}
