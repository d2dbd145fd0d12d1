import type { Event, EventId, Execution } from '../event/execution.ts';
import type { BitMatrix } from '../rel/bit-matrix.ts';
import type { Constraint } from './total-order.ts';

/** One condition of a model, by the name that its `.cat` file and its proof note use. */
export interface Axiom {
  readonly name: string;
  /** The condition in words or symbols. */
  readonly statement: string;
  readonly source: string;
}

/** The relations that a model derives from an execution, over events. */
export interface Relations {
  readonly po: BitMatrix;
  /** Write event → read event, if any unit is read from it. */
  readonly rf: BitMatrix;
  /** The rf edges that synchronise. */
  readonly sw: BitMatrix;
  readonly asw: BitMatrix;
  /** Transitively closed. */
  readonly hb: BitMatrix;
}

/** A remark of a model on a consistent execution. */
export interface Flag {
  /** The name of the check that says so. */
  readonly name: string;
  /** Whether the program has undefined behaviour by it: then whatever it does is allowed. */
  readonly undefined: boolean;
}

export type Verdict =
  | {
      readonly consistent: true;
      /** A total order that satisfies the axioms: all events, first to last. */
      readonly tot: readonly EventId[];
      readonly relations: Relations;
      /** What the model remarks on it; absent where it remarks on nothing. */
      readonly flags?: readonly Flag[];
    }
  | {
      readonly consistent: false;
      /** The axiom that fails; where only the choice of `tot` fails, the one at the end of the search's last conflict. */
      readonly axiom: string;
      /** The events involved, in the order in which the axiom names them. */
      readonly events: readonly EventId[];
    };

/**
 * What holds of every consistent execution of a model, so that a search need not build the others. Of a model about which nothing is known,
 * every candidate execution is judged ({@link NOTHING_ASSUMED}).
 */
export interface Assumptions {
  /**
   * The weakest order whose accesses synchronise when one reads from the other and their ranges are equal: hb, which contains po, asw, the order of
   * allocation and those edges, has no cycle. Null if that is not known; hb is then taken without those edges.
   */
  readonly synchronises: 'acqrel' | 'seqcst' | null;
  /** hb-consistent-1 and hb-consistent-3 hold of that hb. */
  readonly hbConsistent: boolean;
  readonly noTear: boolean;
  /**
   * Which ways of reading from several writes matter. `none`: a read takes all its units from one write. `minimal`: of the ways to read a value, those
   * with the fewest writers (proofs-notes/enumeration.md, Lemma 2). `diluted`: the same, but a seqcst read of initial writes may
   * also take a unit from another write (JavaScript's init rule). `all`: every way.
   */
  readonly mixes: 'none' | 'minimal' | 'diluted' | 'all';
  /** Whether an execution is inconsistent if what remains of it without some of its reads is: axioms forbid patterns, and reads only add to them. */
  readonly monotone: boolean;
  /** Whether the consistent executions are the interleavings: the model is sequential consistency. */
  readonly interleavings: boolean;
  /**
   * Whether an update that writes what it read can be left out of a consistent execution, its readers reading what it read, where all that touches its
   * location is atomic and of its range (proofs-notes/awaits.md).
   */
  readonly rewrites: boolean;
  /**
   * Whether every interleaving is consistent, and every consistent execution without a data race and without acqrel accesses an interleaving
   * (proofs-notes/sc-drf.md).
   */
  readonly drf: boolean;
}

export const NOTHING_ASSUMED: Assumptions = {
  synchronises: null,
  hbConsistent: false,
  noTear: false,
  mixes: 'all',
  monotone: false,
  interleavings: false,
  rewrites: false,
  drf: false,
};

/** Events that break an axiom whatever `tot` is, in the order in which the axiom names them; of a cycle, in its order. */
export interface Breach {
  readonly axiom: string;
  readonly events: readonly EventId[];
}

/** What a model asks of one execution, place by place: what an explanation is made of. */
export interface Demands {
  /** As if the execution were consistent; `hb` has cycles where it is not irreflexive. */
  readonly relations: Relations;
  /** Everything that is broken whatever `tot` is. If there is a cycle of hb, nothing else is said. */
  readonly breaches: readonly Breach[];
  /** What `tot` must contain, transitively closed. */
  readonly within: BitMatrix;
  /**
   * The events of the elements from the number of events on: each stands for an atomic write in the modification order of its range, which is
   * asked for together with `tot`.
   */
  readonly placed: readonly EventId[];
  /** What else is asked of `tot` and the modification orders. */
  readonly constraints: readonly Constraint[];
}

/**
 * Judges an execution while it grows: it is told of each event, of each read once all its units have writers, and of each edge of `asw`, and is
 * led back to a mark when the execution is. An event's edge from the one before it in its thread need not be told.
 */
export interface IncrementalCheck {
  mark(): number;
  undoTo(mark: number): void;
  event(event: Event): void;
  /** Action `action` of the event reads its units from these events, which were told before. */
  read(event: Event, action: number, from: readonly EventId[]): void;
  edge(from: EventId, to: EventId): void;
  /** False only if what was told is inconsistent: what no choice is left about has been followed to its end. */
  isPlausible(): boolean;
  /** Whether what was told is consistent. */
  isConsistent(): boolean;
  /** Transitively closed; has a cycle only where hb may have one. */
  happensBefore(): BitMatrix;
}

/** A memory model: which candidate executions may happen. */
export interface Model {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  /** What distinguishes it from its neighbours, in a sentence or two. */
  readonly about: string;
  readonly axioms: readonly Axiom[];
  readonly assumes: Assumptions;
  check(execution: Execution): Verdict;
  /** The model without these axioms of its own. */
  less(axioms: readonly string[]): Model;
  /** What the model asks of an execution, if it can tell: it is inconsistent if something is broken or no `tot` fulfils the constraints. */
  demands?(execution: Execution): Demands;
  /** Judges executions while they grow, from an empty one on, as {@link check} does those that are whole; absent if it can only do that. */
  incremental?(): IncrementalCheck;
}
