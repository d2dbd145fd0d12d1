import type { EventId } from '../../event/execution.ts';
import type { NonTermination } from '../loops/non-termination.ts';
import type { Witness } from '../result.ts';
import type { FindingPlace } from './place.ts';
import type { ToldTurn } from './schedule.ts';

/** The gravest first; a list of findings is in this order. */
export const FINDING_KINDS = [
  'assertion',
  'trap',
  'lost wake-up',
  'deadlock',
  'non-termination',
  'torn value',
  'race',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** What is said of a finding; all of it is about one execution. */
export interface Account {
  /** In one sentence or a few: what happens, where, and why it can. */
  readonly text: string;
  readonly places: readonly FindingPlace[];
  /** The events of the execution that it is about. */
  readonly events: readonly EventId[];
}

/** Something that is wrong with a program, told apart from others by its kind and its places, with the smallest execution that shows it. */
export interface Finding extends Account {
  readonly kind: FindingKind;
  /** Equal for what is the same in other executions of the program. */
  readonly key: string;
  /** The outcome of that execution: its index in the result's; null of one that was not seen to its end. */
  readonly outcome: number | null;
  /** Executions that show it, as far as they were counted (equal ones once). */
  readonly executions: number;
  /** Null where what is wrong is a schedule without end. */
  readonly witness: Witness | null;
  /** Who does what, as far as others notice, in the order with the fewest turns; of a schedule without end what leads to it, and then what is repeated. */
  readonly schedule: readonly ToldTurn[];
  /** How many of the turns come before those that are repeated without end; null where nothing is. */
  readonly repeatsFrom: number | null;
  /** The schedule without end, where it is one. */
  readonly lasso: NonTermination | null;
}
