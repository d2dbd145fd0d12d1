import type { Readings } from '../../src/syntax/readings.ts';
import type { SharingPremise } from '../../src/valid/premises.ts';

/** A module that only one sharing premise refuses, by this rule. */
export interface Mutant {
  readonly rule: string;
  readonly wat: string;
  readonly readings?: Partial<Readings>;
}

export type Mutants = Partial<Record<SharingPremise, Mutant>>;
