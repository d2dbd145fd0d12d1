import type { HeapType, RefType, Share, ValType } from '../../syntax/types.ts';
import type { Value } from '../../syntax/values.ts';
import { isI31 } from '../../syntax/values.ts';
import { CLOSED, matchHeapType } from '../../valid/match.ts';
import { definedType } from '../../valid/type-ids.ts';
import type { Reference, Refs } from '../references.ts';

/** Whether a value is of a closed type: what the embedder writes is checked as validation would check it, so that no share is crossed. */
export function isOfType(refs: Refs, value: Value, t: ValType): boolean {
  if (typeof t === 'string') return value.type === t && inRange(value);
  return value.type === 'ref' && isReferenceOf(refs, value.id, t);
}

function inRange(value: Value): boolean {
  switch (value.type) {
    case 'i32':
      return value.value === (value.value | 0);
    case 'i64':
      return value.value === BigInt.asIntN(64, value.value);
    case 'f32':
      return value.bits === value.bits >>> 0;
    case 'f64':
      return value.bits === BigInt.asUintN(64, value.bits);
    case 'v128':
      return value.bits === BigInt.asUintN(128, value.bits);
    case 'ref':
      return true;
  }
}

/** Whether a reference is of a type; false if there is no such reference. */
export function isReferenceOf(refs: Refs, id: number, { nullable, heap }: RefType): boolean {
  if (id === 0) return nullable;
  if (isI31(id)) return heap.kind === 'abstract' && matchHeapType(abstract('i31', heap.share), heap);
  const reference = refs.find(id);
  return reference !== null && matchHeapType(heapTypeOf(reference, heap), heap, CLOSED);
}

/** The least type of what a reference is to. Of what has no share of its own, the share that is wanted. */
function heapTypeOf(reference: Reference, wanted: HeapType): HeapType {
  const share = shareOfHeap(wanted);
  switch (reference.kind) {
    case 'func':
      return { kind: 'index', type: reference.func.closed.id };
    case 'struct':
    case 'array':
      return { kind: 'index', type: reference.type.id };
    case 'exn':
      return abstract('exn', reference.tag.type.share);
    case 'waitqueue':
      return abstract('waitqueue', share);
    case 'host': {
      // What a host value is converted to is any, or extern.
      const name = wanted.kind === 'abstract' && wanted.name === 'any' ? 'any' : 'extern';
      return abstract(name, belongsToOneThread(reference.host) ? 'unshared' : share);
    }
  }
}

/** Objects of JavaScript belong to one thread: they are never shared. */
function belongsToOneThread(host: unknown): boolean {
  return (typeof host === 'object' && host !== null) || typeof host === 'function';
}

function abstract(name: 'i31' | 'exn' | 'waitqueue' | 'any' | 'extern', share: Share): HeapType {
  return { kind: 'abstract', share, name };
}

function shareOfHeap(heap: HeapType): Share {
  return heap.kind === 'abstract' ? heap.share : definedType(heap.type).share;
}

/** Whether a closed type is valid as shared [shared-everything-threads overview, Value Types]. */
export function isSharedClosed(t: ValType): boolean {
  return typeof t === 'string' || shareOfHeap(t.heap) === 'shared';
}
