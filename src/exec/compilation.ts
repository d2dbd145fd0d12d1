import type { ModuleInst } from '../runtime/instance.ts';
import type { FuncType } from '../syntax/types.ts';
import type { Width } from './code.ts';
import type { Emitter } from './emitter.ts';
import type { EventSite } from './events.ts';
import type { Operands } from './operands.ts';
import type { SilentSite } from './silent.ts';

/** A function that is being compiled. */
export interface Compilation {
  /** An instance of its module; types are the same in all of them. */
  readonly module: ModuleInst;
  readonly type: FuncType;
  readonly emitter: Emitter;
  readonly operands: Operands;
  readonly locals: readonly { readonly word: number; readonly size: Width }[];
  readonly events: EventSite[];
  readonly silents: SilentSite[];
}
