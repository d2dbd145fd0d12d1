import type { Size } from './size.ts';
import { lostWakeUps } from './stuck.ts';
import { tornReads } from './torn.ts';

/** What counts as a finding, and which execution is the smaller witness; tests have them wrong. */
export interface FindingRules {
  readonly isSmaller: (one: Size, than: Size) => boolean;
  readonly lostWakeUps: typeof lostWakeUps;
  readonly tornReads: typeof tornReads;
}

export const FINDING_RULES: FindingRules = {
  isSmaller: (one, than) => one.isLess(than),
  lostWakeUps,
  tornReads,
};
