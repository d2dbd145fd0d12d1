import type { Readings } from '../../../src/syntax/readings.ts';

/**
 * For a typing rule, modules that it accepts and modules that it rejects, `wat` being a module's fields or a whole module. `says` is the
 * beginning of the message. They are judged under the default readings unless others are given.
 */
export interface RuleCase {
  readonly rule: string;
  readonly accepts: readonly (string | Accepted)[];
  readonly rejects: readonly Rejected[];
}

export interface Accepted {
  readonly wat: string;
  readonly readings?: Partial<Readings>;
}

export interface Rejected extends Accepted {
  readonly says: string;
}

export const MISMATCH = 'type mismatch';
