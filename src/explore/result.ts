import type { EndedThread } from './outcome.ts';
import type { EventId, Execution } from '../event/execution.ts';
import type { Flag, Relations } from '../model/model.ts';
import type { Span } from '../base/span.ts';
import type { Strategy } from './explore.ts';
import type { CutLoop } from './loops/cut.ts';
import type { NonTermination } from './loops/non-termination.ts';
import type { Finding } from './finding/finding.ts';
import type { SampleFacts } from './sample/guarantee.ts';

/** A consistent execution with the total order that justifies it. */
export interface Witness {
  readonly execution: Execution;
  readonly tot: readonly EventId[];
  readonly relations: Relations;
  readonly races: readonly Race[];
  /** Object names for pictures: address → `mem.shared`. */
  readonly objects: ReadonlyMap<number, string>;
  /** Whether some read takes a value that no sequentially consistent order of these events could give it. */
  readonly sequentiallyConsistent: boolean;
  /** It is the beginning of an execution: threads go on from there. */
  readonly part?: true;
  /** Where the threads ended; absent of a part. */
  readonly threads?: readonly Pick<EndedThread<unknown>, 'info' | 'ended' | 'crash'>[];
}

/** Two events that race [OOPSLA19 Fig. 17]: unordered by hb, overlapping, one writes, not both atomic on the same range. */
export interface Race {
  readonly first: EventId;
  readonly second: EventId;
  /** Where they overlap: `mem.shared+24..27`, `mem.shared.length`, `m.g`. */
  readonly location: string;
  /** For people: `T1 i32.store (line 12)`. */
  readonly events: readonly [string, string];
}

/** An outcome as the program’s own language names what is observed. */
export type Show = <O extends Pick<Outcome, 'values'>>(outcome: O) => O;

/** One outcome: what every observation showed [DESIGN, The command line]. */
export interface Outcome {
  /** Observation → value as printed (`i32 -1`, `trap: unreachable`, `deadlock`), in the order of first observation. */
  readonly values: ReadonlyMap<string, string>;
  /** Consistent executions explored with this outcome. */
  readonly executions: number;
  /** One of them: a weak one if there is one. */
  readonly witness: Witness | null;
  /** Some thread never ended. */
  readonly deadlock: boolean;
  /** The first schedule of a sample that showed it. */
  readonly run?: number;
}

export interface AssertionResult {
  readonly at: Span;
  readonly holds: 'always' | 'sometimes' | 'never';
  /** How an execution that fails it fails. */
  readonly failure: string | null;
}

export interface RaceClass {
  readonly locations: readonly string[];
  readonly events: readonly string[];
}

/** How an answer was found. */
export interface Method {
  readonly strategy: Exclude<Strategy, 'auto'>;
  /** Whether the sequentially consistent executions alone were explored, since they are all that a program without races has. */
  readonly drf: boolean;
  /** Distinct states visited; null for searches that do not merge any. */
  readonly states: number | null;
  /** The part of the search that is left, from 0 to 1, as far as can be told; null if it cannot. */
  readonly remaining: number | null;
  /** What the schedules drawn at random were, and what they are worth. */
  readonly sample?: SampleFacts;
}

export interface ExploreResult {
  readonly model: string;
  readonly method: Method;
  /** False if a bound was reached or the search was interrupted. */
  readonly complete: boolean;
  /** Which bound, in words; null if none. */
  readonly bound: string | null;
  readonly outcomes: readonly Outcome[];
  /** Consistent executions explored. */
  readonly executions: number;
  /** Explored and given up: inconsistent, redundant, or spinning. */
  readonly blocked: number;
  /** Consistent executions found more than once; 0 is the aim. */
  readonly duplicates: number;
  /** Distinct races, over all executions, by location and source places. */
  readonly races: readonly RaceClass[];
  /** Executions that end in a deadlock. */
  readonly deadlocks: number;
  /** The loops that a bound cut. */
  readonly loops: readonly CutLoop[];
  /** How the program may run for ever, though every thread that could go on does, in sequentially consistent executions; empty where that was not looked for. */
  readonly nonTermination: readonly NonTermination[];
  /** What the model remarks on some execution. If by one of them the program's behaviour is undefined, it may do anything, whatever `outcomes` says. */
  readonly flags: readonly Flag[];
  readonly assertions: readonly AssertionResult[];
  /** What is wrong, each with the smallest execution that shows it; the gravest first. */
  readonly findings: readonly Finding[];
}
