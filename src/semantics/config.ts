import { known } from '../base/assert.ts';
import type { Addr } from '../event/location.ts';
import type { AccessRequest, NewRequest, Site } from '../event/request.ts';
import type { Catch, Expr } from '../syntax/module.ts';
import type { Value } from '../syntax/values.ts';
import type { FuncInst, ModuleInst, WasmFuncInst } from '../runtime/instance.ts';
import type { DefType } from '../valid/type-ids.ts';
import type { Atom } from './atom.ts';

/**
 * The configuration of one thread [core, Configurations; OOPSLA19 Fig. 3, local configuration]. The store is no part
 * of it: what is mutable and visible to others is the world's, and reached by asking. Rules write these fields in
 * place, on an immer draft; everywhere else a configuration is a {@link State} and never changes.
 *
 * The specification writes a thread as nested terms, `frame{… label{… v* e*} e*} e*`. Here the nesting is unrolled:
 * the current `frame` and its `callers` from the innermost to the outermost, in each the `labels` from the outermost to the innermost, and
 * each label has its own operands `v*` and what remains of its code. So the evaluation context E[_] is simply everything but the last
 * label of the current frame.
 */
export interface Config {
  /** The thread's own values of thread-local globals; one that is absent still has its initial value. */
  context: Map<Addr, Value>;
  /** The current activation, F; null before a thread's first call and after its last. */
  frame: Frame | null;
  /** Those that wait for it to return. */
  callers: Callers | null;
  /** An administrative instruction to be reduced before all else; `trap` and `done` are irreducible. */
  admin: Admin | null;
  /** Its end tells its result to who joins it. */
  readonly tells: boolean;
}

/** An activation of a function, `frame_n{module m, local v*}` [core, Activations and Frames]. */
export interface Frame {
  readonly func: Atom<WasmFuncInst>;
  locals: Value[];
  /** Never empty: the first is the function body's own. */
  labels: Label[];
}

/**
 * A block that was entered, `label_n{e*} v* e* end` [core, Labels]; one of try_table is `handler{catch*} label_n{ε} v* e* end end`
 * [core, Exception Handlers].
 */
export interface Label {
  /** How many operands a branch to it takes. */
  readonly arity: number;
  /** Where a branch goes: to the block's start (`loop`) or past its end. */
  readonly target: 'start' | 'end';
  /** What a try_table catches; null for other blocks. */
  readonly handler: Atom<readonly Catch[]> | null;
  readonly code: Atom<Expr>;
  /** The position in `code` of the next instruction. */
  next: number;
  /** Operands, the topmost last. */
  values: Value[];
}

/** Administrative instructions [OOPSLA19 Fig. 3, e; core, Administrative Instructions]. */
export type Admin =
  /** call′ a, with its operands taken; `caller` is the calling code's instance, null for what begins a thread. */
  | {
      readonly kind: 'invoke';
      readonly func: Atom<FuncInst>;
      readonly args: readonly Value[];
      readonly caller: Atom<ModuleInst> | null;
      readonly site: Site;
    }
  /** A host function has returned; its call is still to be announced. */
  | {
      readonly kind: 'host';
      readonly name: string;
      readonly args: readonly string[];
      readonly results: readonly Value[];
      readonly site: Site;
    }
  /** The second event of a copy between two memories or tables, or from a segment; `trap` is the reason if it is out of bounds. */
  | { readonly kind: 'copy' | 'init'; readonly request: AccessRequest; readonly trap: string | null }
  /** An array that is made of a segment, once the segment's bounds have been checked. */
  | { readonly kind: 'allocate'; readonly request: NewRequest; readonly type: Atom<DefType>; readonly length: number }
  /** (ref.exn a) throw_ref, the reference not null. */
  | { readonly kind: 'throw'; readonly exception: number; readonly site: Site }
  | {
      readonly kind: 'trap';
      readonly reason: string;
      readonly site: Site;
      /** The exception that nobody caught. */
      readonly exception: number | null;
      /** What a host function threw. */
      readonly cause: Atom<unknown> | null;
    }
  /** `code` is that of an exit; a thread that returns has none of its own. */
  | { readonly kind: 'done'; readonly results: readonly Value[]; readonly code: bigint | null };

/** A configuration between steps. */
export interface State {
  readonly context: ReadonlyMap<Addr, Value>;
  readonly frame: FrameState | null;
  readonly callers: Callers | null;
  readonly admin: Admin | null;
  readonly tells: boolean;
}

export interface FrameState {
  readonly func: Atom<WasmFuncInst>;
  readonly locals: readonly Value[];
  readonly labels: readonly LabelState[];
}

/**
 * The frames below the current one: a persistent list, which immer does not look into, like an {@link Atom}. Only the current frame is
 * ever changed, and a step costs the same however deep the calls are.
 */
export class Callers {
  readonly frame: FrameState;
  readonly rest: Callers | null;
  /** How many frames there are. */
  readonly depth: number;

  constructor(frame: FrameState, rest: Callers | null) {
    this.frame = frame;
    this.rest = rest;
    this.depth = rest === null ? 1 : rest.depth + 1;
  }
}

type LabelState = Readonly<Omit<Label, 'values'>> & { readonly values: readonly Value[] };

/** The current frame, F. */
export function frameOf(z: Config): Frame;
export function frameOf(z: State): FrameState;
export function frameOf(z: State): FrameState {
  return known(z.frame, 'current frame');
}

/** The innermost label. */
export function labelOf(z: Config): Label;
export function labelOf(z: State): LabelState;
export function labelOf(z: State): LabelState {
  return known(frameOf(z).labels.at(-1), 'innermost label');
}
