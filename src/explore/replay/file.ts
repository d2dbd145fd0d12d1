import type { EventKind } from '../../event/execution.ts';
import { hashText } from '../../base/hash.ts';
import type { Choice } from '../interleave/step.ts';
import type { FindingKind } from '../finding/finding.ts';

export interface ReplayHeader {
  readonly weft: 'replay';
  readonly version: 1;
  readonly program: ProgramMark;
  readonly model: string;
  readonly readings: Readonly<Record<string, string>>;
  /** What it is a witness of, if of more than its outcome. */
  readonly finding: { readonly kind: FindingKind; readonly text: string } | null;
}

/** The execution of a witness, for people and for {@link import('./replay.ts').replay}. Threads and events are numbered by their places in the lists. */
export interface ReplayFile extends ReplayHeader {
  /** Null if it is the beginning of an execution only. */
  readonly outcome: { readonly values: Readonly<Record<string, string>>; readonly deadlock: boolean } | null;
  readonly threads: readonly ReplayThread[];
  readonly events: readonly ReplayEvent[];
  /** All events, each after what happens before it. */
  readonly order: readonly number[];
  /** Events before others that neither program order nor reads-from puts there: fork and first, last and join, notify and wake, one operation on a queue and the next. */
  readonly before: readonly (readonly [number, number])[];
}

/** A schedule without end: after the prefix the cycle again and again, in one interleaving. */
export interface LassoFile extends ReplayHeader {
  readonly prefix: readonly LassoStep[];
  readonly cycle: readonly LassoStep[];
}

export interface LassoStep {
  readonly thread: string;
  /** What the thread does where it may do several things. */
  readonly choice: Choice;
  /** `12:5`, the line and the column. */
  readonly at: string;
  readonly instruction: string;
}

export function isLasso(file: ReplayFile | LassoFile): file is LassoFile {
  return 'cycle' in file;
}

/** Tells a program from others. */
export interface ProgramMark {
  readonly name: string;
  /** Equal for equal sources. */
  readonly digest: string;
  /** The source itself and the name of its file, so that the execution can be looked at where the file is not; absent of a binary. */
  readonly source?: { readonly file: string; readonly text: string };
}

export interface ReplayThread {
  readonly name: string;
  /** The event that forked it; null for the main thread, and for who makes another’s objects. */
  readonly forkedBy: number | null;
  /** The thread whose objects it makes. */
  readonly objectsOf?: number;
}

export interface ReplayEvent {
  readonly thread: number;
  readonly kind: EventKind;
  /** `12:5`, the line and the column. */
  readonly at: string;
  readonly instruction: string;
  /** Of every read, the length of a bounds check first. */
  readonly reads?: readonly ReplayRead[];
  /** Whether growth succeeded. */
  readonly grew?: boolean;
  /** How many a notify woke. */
  readonly woke?: number;
}

export interface ReplayRead {
  /** An event, and how many units, one after the other, come from it. */
  readonly from: readonly (readonly [number, number])[];
  readonly units: readonly number[];
}

export function digestOf(source: string | Uint8Array): string {
  const text = typeof source === 'string' ? source : Array.from(source, (byte) => String.fromCharCode(byte)).join('');
  return [hashText(text), hashText(text, 0x5bd1e995), text.length]
    .map((part) => (part >>> 0).toString(16).padStart(8, '0'))
    .join('');
}
