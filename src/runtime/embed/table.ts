import { assert } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import { err, ok } from '../../base/result.ts';
import { unitAt } from '../../event/units.ts';
import type { TableType } from '../../syntax/types.ts';
import type { RefValue } from '../../syntax/values.ts';
import { NULL } from '../../syntax/values.ts';
import type { TableInst } from '../instance.ts';
import type { Compartment } from './compartment.ts';
import { fromValue, toValue } from './js-values.ts';
import type { Refused } from './result.ts';
import { refused } from './result.ts';
import { HOST_SITE, isCount, perform, readLength } from './store-access.ts';

/** A table of a compartment. */
export class Table {
  readonly compartment: Compartment;
  readonly inst: TableInst;

  constructor(compartment: Compartment, inst: TableInst) {
    this.compartment = compartment;
    this.inst = inst;
  }

  get type(): TableType {
    return this.inst.type;
  }

  /** How many slots it has now. */
  get length(): number {
    return readLength(this.compartment.store, this.inst.length);
  }

  get(index: number): Result<RefValue, Refused> {
    if (!isCount(index)) return err(this.#outside(index));
    const units = perform(this.compartment.store, this.#bounds(index), { kind: 'rd', ...this.#slot(index) });
    return units === null ? err(this.#outside(index)) : ok({ type: 'ref', id: unitAt(units, 0) });
  }

  /** {@link get} as a value of JavaScript's: null, a `Func`, or what else the host put there. Throws out of bounds. */
  value(index: number): unknown {
    const value = this.get(index);
    if (!value.ok) throw new RangeError(value.error.message);
    return fromValue(this.compartment, value.value);
  }

  /** Refused unless the reference is of the table's type: a function that is not shared cannot come into a shared table. */
  set(index: number, given: unknown): Result<null, Refused> {
    if (!isCount(index)) return err(this.#outside(index));
    const value = toValue(this.compartment, this.inst.type.elem, given);
    if (!value.ok) return err(refused(value.error));
    assert(value.value.type === 'ref', 'a table holds references');
    const write = { kind: 'wr', ...this.#slot(index), written: [value.value.id] } as const;
    return perform(this.compartment.store, this.#bounds(index), write) === null ? err(this.#outside(index)) : ok(null);
  }

  /** As `table.grow`: the slots that it had, or -1; the new ones hold `given`. */
  grow(slots: number, given: unknown = NULL): Result<number, Refused> {
    const { inst, compartment } = this;
    const value = toValue(compartment, inst.type.elem, given);
    if (!value.ok) return err(refused(value.error));
    assert(value.value.type === 'ref', 'a table holds references');
    if (!isCount(slots)) return ok(-1);
    const { limits, addr } = inst.type;
    const most = addr === 'i64' ? 2 ** 64 : 2 ** 32 - 1;
    const answer = compartment.store.answer({
      kind: 'grow',
      length: inst.length,
      content: inst.elem,
      unit: 1,
      fill: value.value.id,
      delta: slots,
      max: limits.max === null ? most : Number(limits.max),
      site: HOST_SITE,
    });
    assert(answer?.kind === 'grown', 'growth is answered');
    return ok(answer.previous);
  }

  #bounds(index: number): { readonly length: TableInst['length']; readonly unit: 1; readonly end: number } {
    return { length: this.inst.length, unit: 1, end: index + 1 };
  }

  #slot(index: number): {
    readonly region: TableInst['elem'];
    readonly offset: number;
    readonly size: 1;
    readonly order: 'seqcst';
    readonly tearFree: true;
  } {
    return { region: this.inst.elem, offset: index, size: 1, order: 'seqcst', tearFree: true };
  }

  #outside(index: number): Refused {
    return refused(`there is no slot ${index} in a table of ${this.length}`);
  }
}
