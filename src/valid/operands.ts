import type { AbsHeapName, HeapType, RefType, ValType } from '../syntax/types.ts';
import { type Context, matches } from './context.ts';
import { printList, printVal } from './describe.ts';
import { bottomOf, isAbstractSub } from './match.ts';
import { definedType } from './type-ids.ts';

/**
 * Types on the operand stack. After code that never ends normally the stack gives types that no value has, so that every
 * instruction has one most general type [core 3.0, Appendix, Validation Algorithm; shared-everything-threads overview, Heap Types].
 *
 * Metavariables: C context, t value type.
 */

/** A reference whose share nobody has settled: `(ref (bot-share name))`, below the reference of either share. */
export interface BottomRef {
  readonly kind: 'bottom-ref';
  readonly nullable: boolean;
  /** `bot`: it may be any reference at all. */
  readonly name: AbsHeapName | 'bot';
}

/** `bot` is below every value type. */
export type Operand = ValType | 'bot' | BottomRef;

/** What popping a reference from an unreachable stack gives. */
export const ANY_REF: BottomRef = { kind: 'bottom-ref', nullable: false, name: 'bot' };

/** Whether an operand may stand where a value of type `t` is wanted. */
export function matchesOperand(C: Context, operand: Operand, t: ValType): boolean {
  if (operand === t || operand === 'bot') return true;
  if (typeof operand === 'string' || typeof t === 'string') return false;
  return operand.kind === 'ref' ? matches(C, operand, t) : matchesBottom(C, operand, t);
}

function matchesBottom(C: Context, { nullable, name }: BottomRef, t: RefType): boolean {
  if (nullable && !t.nullable) return false;
  return name === 'bot' || isBelow(C, name, t.heap);
}

function isBelow(C: Context, name: AbsHeapName, ht: HeapType): boolean {
  if (ht.kind === 'abstract') return isAbstractSub(name, ht.name);
  const id = C.ids[ht.type];
  return id === undefined || bottomOf(definedType(id)) === name;
}

export function printOperand(C: Context, operand: Operand): string {
  if (operand === 'bot') return 'bot';
  if (typeof operand === 'string' || operand.kind === 'ref') return printVal(C, operand);
  return `(ref ${operand.nullable ? 'null ' : ''}(bot-share ${operand.name}))`;
}

export function printOperands(C: Context, operands: readonly Operand[]): string {
  return printList(operands, (t) => printOperand(C, t));
}
