/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import { assertNever, known } from '../base/assert.ts';
import type { Request, Site } from '../event/request.ts';
import type { ModuleInst } from '../runtime/instance.ts';
import type { RefType } from '../syntax/types.ts';
import { isOfType } from './casts.ts';
import { trap } from './events-common.ts';
import { arrayAt } from './events-place.ts';
import type { Words } from './int64.ts';

/** An instruction on references that asks nothing of the world: what a `silent` operation refers to. */
export type SilentSite = { readonly site: Site } & SilentShape;

export type SilentShape =
  | { readonly kind: 'ref.func'; readonly func: number }
  | { readonly kind: 'ref.test'; readonly type: RefType }
  | { readonly kind: 'ref.cast'; readonly type: RefType }
  /** Traps if the operand is null. */
  | { readonly kind: 'non-null'; readonly otherwise: string }
  | { readonly kind: 'array.len' }
  /** Traps unless the array has elements from the index at `b` on, as many as is at `c`. */
  | { readonly kind: 'array.range' };

/** Does it, putting any result at `d`; the trap if it traps. */
export function performSilent(
  s: Words,
  module: ModuleInst,
  event: SilentSite,
  d: number,
  a: number,
  b: number,
  c: number,
): Request | null {
  switch (event.kind) {
    case 'ref.func':
      s[d] = module.refs.func(known(module.funcs[event.func], 'function')).id;
      return null;
    case 'ref.test':
      s[d] = isOfType(module.refs, s[a]!, event.type) ? 1 : 0;
      return null;
    case 'ref.cast':
      return isOfType(module.refs, s[a]!, event.type) ? null : trap('cast failure', event.site);
    case 'non-null':
      return s[a] === 0 ? trap(event.otherwise, event.site) : null;
    case 'array.len': {
      const array = arrayAt(s, module, a);
      if (array === null) return trap('null array reference', event.site);
      s[d] = array.length;
      return null;
    }
    case 'array.range': {
      const array = arrayAt(s, module, a);
      if (array === null) return trap('null array reference', event.site);
      const end = (s[b]! >>> 0) + (s[c]! >>> 0);
      return end > array.length ? trap('out of bounds array access', event.site) : null;
    }
    default:
      return assertNever(event);
  }
}
