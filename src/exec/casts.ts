import { assertNever } from '../base/assert.ts';
import type { ModuleInst } from '../runtime/instance.ts';
import type { Reference, Refs } from '../runtime/references.ts';
import type { AbsHeapName, HeapType, RefType } from '../syntax/types.ts';
import { isI31 } from '../syntax/values.ts';
import { known } from '../base/assert.ts';
import { isAbstractSub, matchHeapType } from '../valid/match.ts';

/** Whether the reference with this id is of the closed type [core 3.0, Execution, Reference Instructions: ref.test]. */
export function isOfType(refs: Refs, id: number, { nullable, heap }: RefType): boolean {
  if (id === 0) return nullable;
  if (isI31(id)) return isBelow('i31', heap);
  return isOfHeapType(refs.get(id), heap);
}

function isOfHeapType(reference: Reference, heap: HeapType): boolean {
  switch (reference.kind) {
    case 'func':
      return isDefined(reference.func.closed.id, heap);
    case 'struct':
    case 'array':
      return isDefined(reference.type.id, heap);
    case 'exn':
    case 'waitqueue':
      return isBelow(reference.kind, heap);
    case 'host':
      return heap.kind === 'abstract' && (heap.name === 'any' || heap.name === 'extern');
    default:
      return assertNever(reference);
  }
}

/** Whether a type is below; any value may also be a reference of the host's. */
function isDefined(id: number, heap: HeapType): boolean {
  return isExtern(heap) || matchHeapType({ kind: 'index', type: id }, heap);
}

/** A cast stays in its hierarchy, so that the share is the same. */
function isBelow(name: AbsHeapName, heap: HeapType): boolean {
  return isExtern(heap) || (heap.kind === 'abstract' && isAbstractSub(name, heap.name));
}

function isExtern(heap: HeapType): boolean {
  return heap.kind === 'abstract' && heap.name === 'extern';
}

/** A type of the module as casts compare it: with ids where it has indices. */
export function closeType({ closed }: ModuleInst, type: RefType): RefType {
  if (type.heap.kind === 'abstract') return type;
  return { ...type, heap: { kind: 'index', type: known(closed[type.heap.type], 'type').id } };
}
