import { assert } from '../../base/assert.ts';
import type { MemType } from '../../syntax/types.ts';
import { PAGE_SIZE } from '../../syntax/types.ts';
import type { MemInst } from '../instance.ts';
import type { Compartment } from './compartment.ts';
import { HOST_SITE, isCount, readLength } from './store-access.ts';

/** A memory of a compartment. */
export class Memory {
  readonly compartment: Compartment;
  readonly inst: MemInst;

  constructor(compartment: Compartment, inst: MemInst) {
    this.compartment = compartment;
    this.inst = inst;
  }

  get type(): MemType {
    return this.inst.type;
  }

  /** How many pages it has now. */
  get pages(): number {
    return readLength(this.compartment.store, this.inst.length);
  }

  /** Its bytes themselves, for reading and writing. After growth they may be others: ask again. */
  get bytes(): Uint8Array {
    return this.compartment.store.direct(this.inst.data).bytes;
  }

  /** As `memory.grow`: the pages that it had, or -1 where the maximum or the compartment's limit forbids it. */
  grow(pages: number): number {
    const { inst, compartment } = this;
    if (!isCount(pages)) return -1;
    const { limits, addr } = inst.type;
    const most = addr === 'i64' ? 2 ** 48 : 2 ** 16;
    const answer = compartment.store.answer({
      kind: 'grow',
      length: inst.length,
      content: inst.data,
      unit: PAGE_SIZE,
      fill: 0,
      delta: pages,
      max: limits.max === null ? most : Number(limits.max),
      site: HOST_SITE,
    });
    assert(answer?.kind === 'grown', 'growth is answered');
    return answer.previous;
  }
}
