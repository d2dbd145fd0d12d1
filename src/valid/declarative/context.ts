import type { Readings } from '../../syntax/readings.ts';
import type { GlobalShare, MemType, Share, TableType } from '../../syntax/types.ts';
import type { DefTerm, ResultTerm, RefTerm, ValTerm } from './terms.ts';

/** Contexts [core 3.0, Validation / Contexts]; the readings of the design switches are part of what every rule knows. */

export interface GlobalTerm {
  readonly share: GlobalShare;
  readonly mutable: boolean;
  readonly content: ValTerm;
}

/** What a context has of the module. */
export interface ModuleContext {
  readonly readings: Readings;
  readonly types: readonly DefTerm[];
  readonly tags: readonly DefTerm[];
  readonly globals: readonly GlobalTerm[];
  readonly mems: readonly MemType[];
  readonly tables: readonly TableType[];
  readonly funcs: readonly DefTerm[];
  readonly datas: readonly Share[];
  readonly elems: readonly { readonly share: Share; readonly type: RefTerm }[];
  readonly refs: ReadonlySet<number>;
}

export interface Labels {
  readonly types: ResultTerm;
  readonly outer: Labels | null;
}

export interface Context {
  readonly M: ModuleContext;
  readonly locals: ResultTerm;
  /** Locals without a value: those whose status is UNSET. */
  readonly unset: ReadonlySet<number>;
  readonly labels: Labels | null;
  readonly return: ResultTerm | null;
  /** `shared`: the code validates as shared, so the things that it names must be shared. */
  readonly share: Share;
  /** `shared`: its value types must be too (`body-strictness=strict`). */
  readonly values: Share;
  /** Whether shared code may name thread-local globals: functions may, initialisers of shared things may not. */
  readonly threadLocals: boolean;
}

export function emptyModuleContext(readings: Readings): ModuleContext {
  return {
    readings,
    types: [],
    tags: [],
    globals: [],
    mems: [],
    tables: [],
    funcs: [],
    datas: [],
    elems: [],
    refs: new Set(),
  };
}

/** The context of a constant expression of something of this share. */
export function constantContext(M: ModuleContext, share: Share): Context {
  return {
    M,
    locals: [],
    unset: new Set(),
    labels: null,
    return: null,
    share,
    values: 'unshared',
    threadLocals: false,
  };
}

/** {LABELS (t*)} ++ C */
export function withLabel(C: Context, types: ResultTerm): Context {
  return { ...C, labels: { types, outer: C.labels } };
}

/** $with_locals(C, x*, (SET t)*) */
export function withLocals(C: Context, xs: readonly number[]): Context {
  if (!xs.some((x) => C.unset.has(x))) return C;
  const unset = new Set(C.unset);
  for (const x of xs) unset.delete(x);
  return { ...C, unset };
}

/** C.LABELS[l] */
export function label(C: Context, l: number): ResultTerm | undefined {
  let at = C.labels;
  for (let i = 0; i < l && at !== null; i++) at = at.outer;
  return at?.types;
}

/** Whether code in C may name a thing of this share. */
export function mayName(C: Context, share: GlobalShare): boolean {
  if (C.share === 'unshared' || share === 'shared') return true;
  return share === 'thread_local' && C.threadLocals;
}
