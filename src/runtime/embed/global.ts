import { assertNever } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import { err, ok } from '../../base/result.ts';
import type { GlobalType } from '../../syntax/types.ts';
import type { Value } from '../../syntax/values.ts';
import type { GlobalInst } from '../instance.ts';
import type { Compartment } from './compartment.ts';
import type { Context } from './context.ts';
import { belongsElsewhere } from './home.ts';
import { fromValue, toValue } from './js-values.ts';
import type { Refused } from './result.ts';
import { refused } from './result.ts';
import { readAll, writeAll } from './store-access.ts';

/** A global of a compartment: constant, one for all contexts, or each context's own. */
export class Global {
  readonly compartment: Compartment;
  readonly inst: GlobalInst;

  constructor(compartment: Compartment, inst: GlobalInst) {
    this.compartment = compartment;
    this.inst = inst;
  }

  /** Its closed type. */
  get type(): GlobalType {
    return this.inst.type;
  }

  get(context: Context): Result<Value, Refused> {
    const { inst, compartment } = this;
    if (context.compartment !== compartment)
      return err(refused(belongsElsewhere('the context', context.compartment, compartment)));
    switch (inst.kind) {
      case 'constant':
        return ok(inst.value);
      case 'thread_local':
        return ok(context.read(inst.addr));
      case 'mutable':
        return ok(readAll(compartment.store, inst));
      default:
        return assertNever(inst);
    }
  }

  /** {@link get} as a value of JavaScript's; throws if the context is of another compartment. */
  value(context: Context): unknown {
    const value = this.get(context);
    if (!value.ok) throw new TypeError(value.error.message);
    return fromValue(this.compartment, value.value);
  }

  set(context: Context, given: unknown): Result<null, Refused> {
    const { inst, compartment } = this;
    if (context.compartment !== compartment)
      return err(refused(belongsElsewhere('the context', context.compartment, compartment)));
    if (!inst.type.mutable) return err(refused('the global is immutable'));
    const value = toValue(compartment, inst.type.content, given);
    if (!value.ok) return err(refused(value.error));
    if (inst.kind === 'mutable') writeAll(compartment.store, inst, value.value);
    else context.write(inst.addr, value.value);
    return ok(null);
  }
}
