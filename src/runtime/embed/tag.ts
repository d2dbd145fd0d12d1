import type { Result } from '../../base/result.ts';
import { err, ok } from '../../base/result.ts';
import { HostException } from '../instance.ts';
import type { TagInst } from '../instance.ts';
import type { Compartment } from './compartment.ts';
import { valuesOf } from './arguments.ts';
import type { Refused } from './result.ts';
import { refused } from './result.ts';

/** A tag of a compartment. */
export class Tag {
  readonly compartment: Compartment;
  readonly inst: TagInst;

  constructor(compartment: Compartment, inst: TagInst) {
    this.compartment = compartment;
    this.inst = inst;
  }

  /** An exception for a host function to throw, which Wasm code may catch. */
  exception(args: readonly unknown[]): Result<HostException, Refused> {
    const values = valuesOf(this.compartment, this.inst.params, args);
    return values.ok ? ok(new HostException(this.inst, values.value)) : err(refused(`the tag takes ${values.error}`));
  }
}
