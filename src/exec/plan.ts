import { assert, known } from '../base/assert.ts';
import type { Order } from '../event/action.ts';
import type { Immediate, OrderAnnotation } from '../syntax/module.ts';
import type { RefType, StorageType, ValType } from '../syntax/types.ts';
import type { EventShape } from './events.ts';
import type { SilentShape } from './silent.ts';

/** What an instruction that needs the world or references is compiled to: what it takes and gives, and its steps. */
export interface Plan {
  /** How many operands it takes. */
  readonly params: number;
  readonly result: ValType | null;
  /** How what it reads is shown in an observation; null if it reads nothing of the world's. */
  readonly shows: string | null;
  readonly steps: readonly Step[];
  /** Its operands lie one after the other in their places. Always so if there are more than three. */
  readonly contiguous?: true;
}

/** `of`: which operands are the first, second and third of this step, where these are not the instruction's own first three. */
export type Step =
  | { readonly event: EventShape; readonly of?: readonly number[] }
  | { readonly silent: SilentShape; readonly of?: readonly number[] };

/** Any reference type: all that matters of it is its size. */
export const REFERENCE: RefType = {
  kind: 'ref',
  nullable: true,
  heap: { kind: 'abstract', share: 'unshared', name: 'any' },
};

export function shownAs(storage: StorageType): string {
  return typeof storage === 'string' ? storage : 'ref';
}

/** The index that is the instruction's only immediate. */
export function indexOf(imm: Immediate): number {
  return known('x' in imm ? imm.x : null, 'index');
}

/** The second of an instruction's two indices. */
export function secondOf(imm: Immediate): number {
  assert('y' in imm, 'two indices');
  return imm.y;
}

/** The order of an atomic access; of two the weaker, which is what the event has. */
export function atomicOrder(order: OrderAnnotation): Order {
  return order === 'none' || order === 'seqcst' ? 'seqcst' : 'acqrel';
}
