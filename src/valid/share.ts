import type { Span } from '../base/span.ts';
import type { HeapType, ValType } from '../syntax/types.ts';
import { type Context, heapShare, report, type Thing } from './context.ts';
import { isShared, nameThing, plural, printHeap, printVal, whyShared } from './describe.ts';
import { howToShare, howToShareType, whyTypeUnshared } from './sharing-hints.ts';
import type { SharingPremise } from './premises.ts';

/**
 * The sharing side of every judgement [shared-everything-threads overview, `shared` Annotations; OOPSLA19, Fig. 21]: what is
 * shared mentions only what is shared. A violation is reported with the chain that leads from the one to the other, and checking goes on.
 */

/** Something shared whose parts must be: how its errors begin, and the chain's first links. */
export interface SharedOwner {
  /** `shared functions cannot access`, before `unshared` and what is; the official suites' words. */
  readonly refusal: string;
  /** What does it: `function $f`, `the initialiser of global $g`. */
  readonly name: string;
  /** Why the owner is shared. */
  readonly because: readonly string[];
  /** `its body`, `its initialiser`. */
  readonly part: string;
  /** Whether thread-local globals will do. */
  readonly threadLocals: boolean;
}

/** Whether a type is ok(shared), as far as the premises in force say: the shared half of Heaptype_ok. */
export function isSharedType(C: Context, t: ValType | HeapType): boolean {
  if (typeof t === 'string') return true;
  const ht = t.kind === 'ref' ? t.heap : t;
  if (heapShare(C, ht) !== 'unshared') return true;
  if (ht.kind === 'index') return !C.premises.has('Heaptype_ok:defined');
  return (ht.name === 'i31' && C.readings.i31 === 'common') || !C.premises.has('Heaptype_ok:abstract');
}

/** A type that must be ok(shared). `link` leads to it from the last of `because`; the type's own reason is added. */
export interface TypeDemand {
  readonly premise: SharingPremise;
  readonly rule: string;
  readonly at: Span;
  readonly message: string;
  readonly because: readonly string[];
  readonly link: string;
  readonly hint?: string;
}

export function requireSharedType(C: Context, t: ValType | HeapType, demand: TypeDemand): void {
  if (isSharedType(C, t) || !C.premises.has(demand.premise)) return;
  const name = typeof t === 'string' || t.kind === 'ref' ? printVal(C, t) : printHeap(C, t);
  report(C, demand, `${demand.message}: ${name} is not shared`, {
    because: [...demand.because, `${demand.link} ${name}`, whyTypeUnshared(C, t)],
    hint: demand.hint === undefined ? howToShareType(C, t) : `${howToShareType(C, t)}, or ${demand.hint}`,
  });
}

/** A thing that the owner's code must be allowed to mention; `does` says what the code does to it (`calls`, `reads`). */
export interface ThingDemand {
  readonly premise: SharingPremise;
  readonly rule: string;
  readonly at: Span;
  readonly does: string;
}

/** Refuses unshared things to the code of something shared; code that need not be shared (`owner` null) may use everything. */
export function requireSharedThing(C: Context, owner: SharedOwner | null, thing: Thing, demand: ThingDemand): void {
  if (owner === null) return;
  if (!isShared(C, thing)) {
    if (!C.premises.has(demand.premise)) return;
    const name = nameThing(C, thing);
    report(C, demand, `${owner.refusal} unshared ${plural(C, thing)}: ${owner.name} ${demand.does} ${name}`, {
      because: [...owner.because, `${owner.part} ${demand.does} ${name}`, whyShared(C, thing)],
      hint: howToShare(C, thing),
    });
  } else if (!owner.threadLocals && isThreadLocal(C, thing) && C.premises.has('Global_ok:thread-local')) {
    const name = nameThing(C, thing);
    report(C, demand, `${owner.refusal} thread-local globals: ${owner.name} ${demand.does} ${name}`, {
      because: [...owner.because, `${owner.part} ${demand.does} ${name}`, whyShared(C, thing)],
    });
  }
}

export function isThreadLocal(C: Context, thing: Thing): boolean {
  return thing.kind === 'global' && C.globals[thing.index]?.type.share === 'thread_local';
}
