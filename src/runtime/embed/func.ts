import type { FuncType } from '../../syntax/types.ts';
import { printClosedType } from '../../valid/extern-text.ts';
import type { FuncInst } from '../instance.ts';
import type { Compartment } from './compartment.ts';
import type { Context } from './context.ts';
import type { CallResult } from './result.ts';
import { CallError } from './result.ts';

/** A function of a compartment, callable by any thread that brings a context. */
export class Func {
  readonly compartment: Compartment;
  readonly inst: FuncInst;

  /** Made by the compartment. */
  constructor(compartment: Compartment, inst: FuncInst) {
    this.compartment = compartment;
    this.inst = inst;
  }

  /** Its closed type. */
  get type(): FuncType {
    return this.inst.type;
  }

  /** Whether shared code may call it. */
  get isShared(): boolean {
    return this.inst.share === 'shared';
  }

  /** `(shared (func (param i32)))`. */
  get typeText(): string {
    return printClosedType({ kind: 'func', type: this.inst.closed });
  }

  /** Arguments are exact `Value`s or what `js-values.ts` makes values of; results are exact. */
  call(context: Context, args: readonly unknown[] = []): CallResult {
    return this.compartment.call(context, this, args);
  }

  /** {@link call} for JavaScript: the result, or an array of several; whatever else comes of it is thrown as a {@link CallError}. */
  invoke(context: Context, ...args: readonly unknown[]): unknown {
    const result = this.call(context, args);
    if (result.kind !== 'return') throw new CallError(result);
    const values = result.values.map((value) => this.compartment.toJs(value));
    return values.length < 2 ? values[0] : values;
  }
}
