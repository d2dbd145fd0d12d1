import { assertNever } from '../../base/assert.ts';
import type { ExternVal } from '../instance.ts';

/** How far a compartment was when it was cloned: what came later has no copy in the clone. */
export interface Marks {
  readonly instances: number;
  readonly allocations: number;
  readonly hostFuncs: number;
  /** Words of its thread-locals. */
  readonly words: number;
}

/** The compartments that one was cloned from, one from the other, by their tokens. */
export type Ancestors = ReadonlyMap<object, Marks>;

/** Whether an instance's part was there already. Addresses and keys are counted up (`Naming`). */
export function existedAt({ instances, allocations, hostFuncs }: Marks, value: ExternVal): boolean {
  switch (value.kind) {
    case 'func':
      return value.func.kind === 'host' ? numberIn(value.func.key) < hostFuncs : numberIn(value.func.key) < instances;
    case 'tag':
      return numberIn(value.tag.key) < instances;
    case 'global':
      return value.global.addr < allocations;
    case 'memory':
      return value.memory.addr < allocations;
    case 'table':
      return value.table.addr < allocations;
    default:
      return assertNever(value);
  }
}

/** The second number of a key: `0/5:3`, `host/5`. */
function numberIn(key: string): number {
  return Number.parseInt(key.slice(key.indexOf('/') + 1), 10);
}
