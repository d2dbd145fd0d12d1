import type { Written } from '../work/load.ts';

/** The order in which threads step. `replay`: along an execution, as a replay file's text. */
export type ScheduleAsked =
  | { readonly kind: 'mine' }
  | { readonly kind: 'random'; readonly seed: number }
  | { readonly kind: 'replay'; readonly text: string };

/** Steps that were made, so that they can be made again: who, which choice, and how often one after the other. */
export interface Moves {
  readonly threads: readonly string[];
  readonly steps: readonly (readonly [thread: number, choice: number, times: number])[];
}

export interface TimeOpen {
  readonly program: Written;
  readonly readings: Readonly<Record<string, string>>;
  readonly schedule: ScheduleAsked;
  /** What was walked before; null to begin anew. */
  readonly moves: Moves | null;
  readonly position: number | null;
}

export type TimeCommand =
  /** One small step of a thread; `choice` where it has several. */
  | { readonly kind: 'step'; readonly thread: number; readonly choice: number | null }
  /** A thread until it has made its next event. */
  | { readonly kind: 'event'; readonly thread: number }
  | { readonly kind: 'forward' | 'back' | 'nextEvent' | 'previousEvent' | 'end' | 'start' }
  | { readonly kind: 'seek'; readonly position: number }
  /** Until some thread comes to a line of the program. */
  | { readonly kind: 'line'; readonly line: number }
  /** To a node of the tree: the answers of its way. */
  | { readonly kind: 'way'; readonly labels: readonly number[] };

export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface ShownValue {
  readonly name: string | null;
  readonly type: string;
  readonly value: string;
  /** Whether the last step changed or made it. */
  readonly isNew: boolean;
}

export interface FrameView {
  readonly func: string;
  readonly locals: readonly ShownValue[];
  readonly labels: readonly { readonly text: string; readonly stack: readonly ShownValue[] }[];
}

export type ThreadState = 'running' | 'asking' | 'waiting' | 'joining' | 'spinning' | 'ended' | 'trapped';

export interface ThreadView {
  readonly id: number;
  readonly name: string;
  readonly state: ThreadState;
  /** In words: `sleeps at mem+0`. */
  readonly stateText: string;
  readonly place: Place | null;
  /** What it does next, as it stands in the program; null if nothing. */
  readonly next: { readonly text: string; readonly rule: string | null; readonly isAccess: boolean } | null;
  readonly choices: readonly { readonly label: number; readonly text: string }[];
  /** The innermost first. */
  readonly frames: readonly FrameView[];
  /** What its actions have returned. */
  readonly results: readonly string[];
  readonly threadLocals: readonly ShownValue[];
}

export interface SharedRow {
  readonly place: string;
  readonly type: string;
  /** Null where there is nothing yet. */
  readonly value: string | null;
  /** In base 16, the lowest address first; empty where it is no number. */
  readonly bytes: string;
  /** Who wrote it last. */
  readonly by: string | null;
  readonly isNew: boolean;
  /** What each thread last saw or wrote there, by thread. */
  readonly seen: readonly (SeenCell | null)[];
}

export interface SeenCell {
  readonly value: string;
  readonly kind: 'read' | 'wrote';
  /** When it was read it was not the latest value any more. */
  readonly stale: boolean;
  /** It is still the latest. */
  readonly isLatest: boolean;
}

export interface Tick {
  /** The moment after it. */
  readonly at: number;
  readonly thread: number;
  readonly name: string;
  readonly text: string;
  readonly kind: string;
  readonly place: Place | null;
}

export interface LastStep {
  readonly thread: number;
  readonly name: string;
  readonly rule: string | null;
  readonly source: string | null;
  /** What the rule does, in a few words. */
  readonly reading: string;
  /** What was carried out, as it stands in the program. */
  readonly text: string;
  readonly events: readonly string[];
  readonly place: Place | null;
}

export interface Moment {
  readonly position: number;
  readonly length: number;
  /** The moment at which threads first have something to do beside each other. */
  readonly start: number;
  readonly threads: readonly ThreadView[];
  readonly shared: readonly SharedRow[];
  /** Rows that are not shown. */
  readonly more: number;
  readonly queues: readonly { readonly place: string; readonly waiting: readonly string[] }[];
  readonly ticks: readonly Tick[];
  readonly last: LastStep | null;
  readonly ending: { readonly kind: 'end' | 'deadlock' | 'spin' | 'trap' | 'bound'; readonly text: string } | null;
  /** Whether threads may be chosen; else the order is fixed, since no order of steps has these values. */
  readonly isFree: boolean;
  /** Why it went no further than this, if it should have. */
  readonly stopped: string | null;
}

export interface TimeAnswer {
  readonly session: number;
  readonly schedule: ScheduleAsked['kind'];
  readonly moment: Moment;
  readonly moves: Moves;
}

export interface TreeNodeView {
  readonly id: number;
  readonly parent: number | null;
  readonly depth: number;
  readonly thread: number;
  readonly name: string;
  readonly text: string;
  readonly way: 'made' | 'ahead' | 'open';
  readonly isHere: boolean;
  readonly same: number | null;
  readonly end: 'ended' | 'stuck' | null;
  readonly hidden: number;
  /** The answers from the tree's root to it. */
  readonly labels: readonly number[];
}

export interface TreeAnswer {
  readonly nodes: readonly TreeNodeView[];
  /** Events before the tree begins. */
  readonly before: number;
  /** Why there is no tree, if there is none. */
  readonly none: string | null;
}

/** A replay file that is to be opened, and the program that it is of. */
export interface ReplayAsked {
  readonly program: Written;
  readonly text: string;
  /** The user’s own model, if there is one. */
  readonly mine: string | null;
}

export interface ReplayChecked {
  /** Why the program, or the model, does not do that; null if it does. */
  readonly against: string | null;
  /** The key of the outcome that it ends in, where it does. */
  readonly outcome: string | null;
  /** Whether the page has the file’s model. */
  readonly hasModel: boolean;
}

/** What the page asks of a worker about this. */
export interface TimeCalls {
  timeReplay: { readonly takes: ReplayAsked; readonly gives: ReplayChecked; readonly tells: never };
  timeOpen: { readonly takes: TimeOpen; readonly gives: TimeAnswer; readonly tells: never };
  timeDo: {
    readonly takes: { readonly session: number; readonly command: TimeCommand };
    readonly gives: TimeAnswer;
    readonly tells: never;
  };
  timeTree: {
    readonly takes: { readonly session: number; readonly most: number };
    readonly gives: TreeAnswer;
    readonly tells: never;
  };
}
