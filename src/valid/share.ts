import type { Span } from '../base/span.ts';
import type { HeapType, ValType } from '../syntax/types.ts';
import { type Context, heapShare, report, type Thing } from './context.ts';
import {
  howToShare,
  isShared,
  nameThing,
  plural,
  printDef,
  printDefined,
  printHeap,
  printVal,
  typeName,
  whyShared,
} from './describe.ts';
import type { SharingPremise } from './premises.ts';

/**
 * The sharing side of every judgement [shared-everything-threads overview, `shared` Annotations; OOPSLA19, Fig. 21]: what is
 * shared mentions only what is shared. A violation is reported with the chain that leads from the one to the other, and checking goes on.
 */

/** Something shared whose parts must be: how its errors begin, and the chain's first links. */
export interface SharedOwner {
  /** `shared functions cannot access unshared` + kind; the official suites' words. */
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
  const ht = heapOf(t);
  if (ht === null || !C.premises.has(ht.kind === 'abstract' ? 'Heaptype_ok:abstract' : 'Heaptype_ok:defined'))
    return true;
  return heapShare(C, ht) !== 'unshared';
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
  if (!C.premises.has(demand.premise) || isSharedType(C, t)) return;
  report(C, demand, `${demand.message}: ${printType(C, t)} is not shared`, {
    because: [...demand.because, `${demand.link} ${printType(C, t)}`, whyTypeUnshared(C, t)],
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

export function requireSharedThing(C: Context, owner: SharedOwner | null, thing: Thing, demand: ThingDemand): void {
  if (owner === null) return;
  const name = nameThing(C, thing);
  const because = [...owner.because, `${owner.part} ${demand.does} ${name}`, whyShared(C, thing)];
  if (!isShared(C, thing)) {
    if (!C.premises.has(demand.premise)) return;
    report(C, demand, `${owner.refusal} unshared ${plural(thing.kind)}: ${owner.name} ${demand.does} ${name}`, {
      because,
      hint: howToShare(C, thing),
    });
  } else if (!owner.threadLocals && C.premises.has('Global_ok:thread-local') && isThreadLocal(C, thing)) {
    report(C, demand, `${owner.refusal} thread-local globals: ${owner.name} ${demand.does} ${name}`, { because });
  }
}

export function isThreadLocal(C: Context, thing: Thing): boolean {
  return thing.kind === 'global' && C.globals[thing.index]?.type.share === 'thread_local';
}

function heapOf(t: ValType | HeapType): HeapType | null {
  if (typeof t === 'string') return null;
  return t.kind === 'ref' ? t.heap : t;
}

function printType(C: Context, t: ValType | HeapType): string {
  return typeof t === 'string' || t.kind === 'ref' ? printVal(C, t) : printHeap(C, t);
}

/** The last link of a chain of types. */
function whyTypeUnshared(C: Context, t: ValType | HeapType): string {
  const ht = heapOf(t);
  const verdict = `${printType(C, t)} is not shared`;
  if (ht === null) return verdict;
  if (ht.kind === 'index') return `${verdict}: type ${typeName(C, ht.type)} is ${printDefined(C, ht.type)}`;
  return `${verdict}: the heap type ${ht.name} has no shared annotation`;
}

/** The same type with the annotation that it lacks. */
function howToShareType(C: Context, t: ValType | HeapType): string {
  const ht = heapOf(t);
  if (ht === null) return 'use a shared type';
  if (ht.kind === 'index') {
    const dt = C.types[ht.type];
    const name = `type ${typeName(C, ht.type)}`;
    return dt === undefined ? `make ${name} shared` : `define ${name} as ${printDef(C, { ...dt, share: 'shared' })}`;
  }
  const heap: HeapType = { ...ht, share: 'shared' };
  return `write ${typeof t !== 'string' && t.kind === 'ref' ? printVal(C, { ...t, heap }) : printHeap(C, heap)}`;
}
