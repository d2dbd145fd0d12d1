import type { Module } from '../../../../src/syntax/module.ts';
import { type Choices, choicesFromSeed } from './choices.ts';
import { ALL_FEATURES, type Features } from './features.ts';
import { CODE_MISSES } from './near-miss-code.ts';
import { DEFINITION_MISSES } from './near-miss-definitions.ts';
import { OPERAND_MISSES } from './near-miss-operands.ts';
import { SHARING_MISSES } from './near-miss-sharing.ts';
import type { Miss } from './near-miss-places.ts';

/** A module with one premise of one rule broken. */
export interface NearMiss {
  readonly module: Module;
  /** Which premise was broken, and how. */
  readonly broken: string;
  /** What a complaint about it says, in the official suites' words where they have some. */
  readonly message: RegExp;
}

export const MISSES: readonly Miss[] = [...CODE_MISSES, ...OPERAND_MISSES, ...DEFINITION_MISSES, ...SHARING_MISSES];

/** Breaks one premise of a well-typed module at a random place, within the language of `features`. */
export function nearMiss(module: Module, c: Choices, features: Features = ALL_FEATURES): NearMiss {
  const possible = MISSES.filter((miss) => miss.needs.every((feature) => features[feature]));
  for (;;) {
    const miss = c.pick(possible);
    const broken = miss.make({ c, features, module });
    if (broken !== null) return { module: broken, broken: miss.broken, message: miss.message };
  }
}

export function nearMissFromSeed(module: Module, seed: number, features: Features = ALL_FEATURES): NearMiss {
  return nearMiss(module, choicesFromSeed(seed ^ 0x5eed), features);
}
