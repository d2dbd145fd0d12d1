import type { Access, Order } from '../../event/action.ts';
import { sameRange } from '../../event/location.ts';
import type { Assumptions } from '../../model/model.ts';

/** Whether a write and a read of these orders and ranges synchronise when one reads from the other [DOMAIN 4]. */
export function synchronises(write: Access, read: Access, assumes: Pick<Assumptions, 'synchronises'>): boolean {
  return isAtomic(write.order, assumes) && isAtomic(read.order, assumes) && sameRange(write, read);
}

function isAtomic(order: Order, { synchronises: weakest }: Pick<Assumptions, 'synchronises'>): boolean {
  return weakest !== null && (order === 'seqcst' || order === weakest);
}
