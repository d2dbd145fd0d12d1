import { Bug } from '../../base/assert.ts';
import type { ModuleInst } from '../../runtime/instance.ts';
import type { Immediate } from '../../syntax/module.ts';
import type { FuncType } from '../../syntax/types.ts';
import type { Body } from './body.ts';
import type { Kind } from './parts.ts';

/** A label in scope: what a branch to it takes, and where that goes. */
export interface Label {
  /** Null: the function's own, a branch to which returns. */
  readonly name: string | null;
  readonly loop: boolean;
  /** Operands below the block's own. */
  readonly height: number;
  /** Of what a branch takes. */
  readonly kinds: readonly Kind[];
  used: boolean;
}

/** A function that is being compiled. */
export interface Compilation {
  /** An instance of its module; the text is the same for all of them. */
  readonly module: ModuleInst;
  readonly type: FuncType;
  /** Its index in the module. */
  readonly index: number;
  readonly body: Body;
  readonly locals: readonly { readonly kind: Kind; readonly names: readonly string[] }[];
  /** Innermost last. */
  readonly labels: Label[];
  /** Memories whose views it uses, and the lines that renew them. */
  readonly views: Set<number>;
  readonly renewals: number[];
  /** Whether loops and calls use up fuel. */
  readonly metered: boolean;
  /** Whether other workers use the shared memories meanwhile. */
  readonly workers: boolean;
  /** Whether it calls anything, so that its own place in the stack matters. */
  calls: boolean;
  /** Whether it ends in calls of other functions, or of itself. */
  tails: boolean;
  again: boolean;
}

/** The indices that are an instruction's immediates; the second is the first where there is one. */
export function indicesOf(imm: Immediate): readonly [number, number] {
  if (imm.kind === 'index-pair') return [imm.x, imm.y];
  if (imm.kind === 'index') return [imm.x, imm.x];
  throw new Bug(`${imm.kind} is no index`);
}
