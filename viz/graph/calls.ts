import type { EventId } from '../../src/event/execution.ts';
import type { EdgeKind, Figure, FigureEdge } from '../../src/report/draw/figure.ts';
import type { Box, Curve, Point } from '../../src/report/draw/geometry.ts';

/** Which execution is meant. */
export interface ExecutionAsked {
  readonly run: number;
  readonly model: string;
  /** The outcome's key. */
  readonly outcome: string;
  /** Counts the executions of the outcome from 0. */
  readonly number: number;
  /** The finding whose witness is meant, from 0; null for an outcome's. */
  readonly finding: number | null;
  /** The text of the replay file whose execution is meant; null for one that was found. */
  readonly file: string | null;
  /** Whether the main thread's forks and joins are drawn where it does nothing else. */
  readonly scaffold: boolean;
}

export interface DrawingAsked extends ExecutionAsked {
  /** Relation → whether it is shown, where somebody chose: the picture is arranged for these, and hb and tot are made if they are among them. */
  readonly chosen: Readonly<Record<string, boolean>>;
}

/** An edge of some relation, with why it is there. */
export interface GraphEdge extends FigureEdge {
  /** Tells it from the execution's other edges. */
  readonly id: string;
  /** The relation by which it is switched on and off. */
  readonly of: string;
  /** In words. */
  readonly why: string;
  /** Relations that have an edge between the same events which says more; where one of them is shown this edge is not. */
  readonly within: readonly string[];
  /** Whether it is another execution's, and lacking in this one. */
  readonly isGhost?: boolean;
}

/** A relation that can be switched on and off. */
export interface Relation {
  readonly id: string;
  /** As in the papers: `po`, `rf`. */
  readonly name: string;
  readonly meaning: string;
  readonly kind: EdgeKind;
  /** How many; null where they are made once they are wanted. */
  readonly edges: number | null;
  /** Whether it is shown unless somebody says otherwise. */
  readonly shown: boolean;
  /** How the model's file defines it; null of those that every model has. */
  readonly definition: string | null;
}

export interface Detail {
  readonly event: EventId;
  /** In words: `T2’s i32.load at line 9`. */
  readonly name: string;
  /** Equal for the same step of two executions: thread, place and round. */
  readonly step: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly actions: readonly ActionDetail[];
  /** What is said of the whole event: its mark, what it forks. */
  readonly remarks: readonly string[];
  /** Whether it comes again and again in an execution without end. */
  readonly repeats: boolean;
  /** Its number in the total order, from 1; null of an event that is not drawn. */
  readonly position: number | null;
}

export interface ActionDetail {
  /** `reads`, `writes`, `updates`. */
  readonly what: string;
  readonly place: string;
  readonly order: string;
  readonly value: string;
  /** In base 16, the lowest address first; empty where there are none. */
  readonly bytes: string;
  /** Of a read: who wrote what it read. */
  readonly from: readonly string[];
}

/** Bytes of one object that are read or written in pieces of several sizes. */
export interface ByteView {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly rows: readonly ByteRow[];
}

export interface ByteRow {
  readonly event: EventId;
  readonly name: string;
  readonly kind: 'reads' | 'writes' | 'updates' | 'initially';
  /** One for each unit from `first` to `last`; null where the event does not touch it. */
  readonly cells: readonly (ByteCell | null)[];
}

export interface ByteCell {
  /** What it reads; of a write what it writes. */
  readonly value: number;
  /** What an update writes. */
  readonly written: number | null;
  /** The row of the writer that a read takes it from; null of writes, and of readers whose writer is not among the rows. */
  readonly writer: number | null;
}

/** How the length of an object changes, and who sees which. */
export interface LengthView {
  readonly name: string;
  readonly steps: readonly { readonly event: EventId; readonly name: string; readonly text: string }[];
}

/** Who waits in a queue and who wakes whom, in order. */
export interface QueueView {
  readonly name: string;
  readonly steps: readonly {
    readonly event: EventId;
    readonly name: string;
    readonly kind: 'enqueue' | 'woken' | 'timeout' | 'spurious' | 'notify';
    readonly text: string;
    /** The event that woke it, or that it woke. */
    readonly peer: EventId | null;
  }[];
}

/** An execution as it is drawn. */
export interface GraphData {
  readonly figure: Figure;
  readonly relations: readonly Relation[];
  readonly edges: readonly GraphEdge[];
  /** By event, those that are drawn. */
  readonly details: readonly Detail[];
  readonly bytes: readonly ByteView[];
  readonly lengths: readonly LengthView[];
  readonly queues: readonly QueueView[];
  /** Whether the main thread only forks and joins, so that it can be left out. */
  readonly hasScaffold: boolean;
}

/** Where everything is, for a choice of relations. */
export interface Arrangement {
  readonly boxes: readonly (readonly [EventId, Box])[];
  readonly panels: readonly Box[];
  readonly extent: Box;
  readonly edges: readonly PlacedGraphEdge[];
}

export interface PlacedGraphEdge {
  readonly id: string;
  readonly curve: Curve;
  readonly tip: Point;
  /** A mark upon another edge's curve; `turned` if that one runs the other way. */
  readonly upon: boolean;
  readonly turned: boolean;
  /** Where its label is. */
  readonly label: Box | null;
}

/** What an arrangement is made of. */
export interface ArrangeAsked {
  readonly figure: Pick<Figure, 'columns' | 'initial' | 'nodes'>;
  readonly edges: readonly GraphEdge[];
}

export interface ExecutionAnswer {
  readonly data: GraphData;
  readonly arrangement: Arrangement;
  /** As asked, or the last one that there is. */
  readonly number: number;
  /** Executions that can be asked for, as far as is known. */
  readonly known: number;
  /** Executions of this outcome that the exploration counted. */
  readonly counted: number;
  /** Whether there may be more than are known. */
  readonly more: boolean;
}

export interface OwnRelations {
  readonly relations: readonly Relation[];
  readonly edges: readonly GraphEdge[];
}

export const FORMATS = ['svg', 'dot', 'tikz', 'wast', 'replay'] as const;
export type Format = (typeof FORMATS)[number];

export interface ExportAsked extends ExecutionAsked {
  readonly format: Format;
  /** The relations that a picture shows. */
  readonly shown: readonly string[];
}

/** What the page asks of a worker about one execution. */
export interface GraphCalls {
  execution: { readonly takes: DrawingAsked; readonly gives: ExecutionAnswer; readonly tells: never };
  /** The relations that the model's file defines. */
  ownRelations: { readonly takes: ExecutionAsked; readonly gives: OwnRelations; readonly tells: never };
  arrange: { readonly takes: ArrangeAsked; readonly gives: Arrangement; readonly tells: never };
  exported: {
    readonly takes: ExportAsked;
    readonly gives: { readonly file: string; readonly text: string };
    readonly tells: never;
  };
}
