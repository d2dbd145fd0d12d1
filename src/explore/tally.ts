import type { CutLoop } from './loops/cut.ts';
import type { SampleTally } from './sample/tally.ts';
import { absorbSample, emptySample } from './sample/tally.ts';
import { comparePaths } from './task.ts';

/**
 * What parts of a search found, as data that can be put together in any order, written to a file and sent to other threads. Executions are
 * counted by their profiles (see {@link import('./findings.ts').Added}), and those that say more than that are named by the choices that
 * lead to them: from these the whole result is made again.
 */
export interface Tally {
  /** Given up. */
  blocked: number;
  /** Executions, those found again included. */
  added: number;
  readonly profiles: Map<string, Count>;
  kept: Kept[];
  remarks: Remark[];
  /** Whether some thread was given up because it spins. */
  spins: boolean;
  mayLoop: boolean;
  /** Of a sample of schedules; null of other searches. */
  sample: SampleTally | null;
}

/** How many executions have one profile. */
export interface Count {
  /** Of their keys. */
  readonly hashes: Set<number>;
  /** Those without a key. */
  others: number;
}

/** An execution to be added again. */
export interface Kept {
  readonly path: readonly number[];
  /** Which of those at the end of the path, from 0. */
  readonly nth: number;
  readonly profile: string;
  readonly hash: number | null;
}

/** What was seen at the end of a path: a bound, or a loop that it cut. */
export interface Remark {
  readonly path: readonly number[];
  readonly bound: string | null;
  readonly loop: CutLoop | null;
}

export function emptyTally(): Tally {
  return {
    blocked: 0,
    added: 0,
    profiles: new Map(),
    kept: [],
    remarks: [],
    spins: false,
    mayLoop: false,
    sample: null,
  };
}

/** Different executions. */
export function executionsIn({ profiles }: Tally): number {
  let count = 0;
  for (const { hashes, others } of profiles.values()) count += hashes.size + others;
  return count;
}

/** Puts what one part found to what others did; parts never overlap. */
export function absorb(into: Tally, part: Tally): void {
  into.blocked += part.blocked;
  into.added += part.added;
  into.spins ||= part.spins;
  into.mayLoop ||= part.mayLoop;
  if (part.sample !== null) absorbSample((into.sample ??= emptySample(part.sample.trials)), part.sample);
  for (const [profile, count] of part.profiles) {
    const { hashes } = countOf(into, profile);
    for (const hash of count.hashes) hashes.add(hash);
    countOf(into, profile).others += count.others;
  }
  into.kept = distinct([...into.kept, ...part.kept]);
  into.remarks = firstRemarks([...into.remarks, ...part.remarks]);
}

export function countOf({ profiles }: Tally, profile: string): Count {
  let count = profiles.get(profile);
  if (count === undefined) profiles.set(profile, (count = { hashes: new Set(), others: 0 }));
  return count;
}

/** In the order of one search, each execution once. */
function distinct(kept: readonly Kept[]): Kept[] {
  const seen = new Set<string>();
  return kept
    .toSorted((a, b) => comparePaths(a.path, b.path) || a.nth - b.nth)
    .filter(({ hash, profile }) => {
      if (hash === null) return true;
      const key = `${hash} ${profile}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

/** The first of each bound; of each loop that with the most rounds. */
function firstRemarks(remarks: readonly Remark[]): Remark[] {
  const kept = new Map<string, Remark>();
  for (const remark of remarks.toSorted(compareRemarks)) {
    const key = `${remark.bound} ${remark.loop?.thread} ${remark.loop?.at.start}`;
    const old = kept.get(key);
    if (old === undefined || (old.loop?.rounds ?? 0) < (remark.loop?.rounds ?? 0)) kept.set(key, remark);
  }
  return [...kept.values()].sort(compareRemarks);
}

function compareRemarks(a: Remark, b: Remark): number {
  return comparePaths(a.path, b.path) || (a.bound ?? '').localeCompare(b.bound ?? '');
}
