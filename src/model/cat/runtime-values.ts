import type { Rows } from '../../rel/rows.ts';
import type { Exp } from './ast.ts';
import type { Scope } from './values.ts';

/** A value of the language in an execution, where sets and relations alone do not do. Never changed once made. */
export type Runtime =
  | { readonly kind: 'runtime-set'; readonly rows: Rows }
  | { readonly kind: 'runtime-relation'; readonly rows: Rows }
  | { readonly kind: 'runtime-event'; readonly element: number }
  | { readonly kind: 'runtime-pair'; readonly from: number; readonly to: number }
  | { readonly kind: 'runtime-empty' }
  | { readonly kind: 'runtime-universe' }
  | { readonly kind: 'runtime-tag'; readonly tag: string }
  /** Distinct elements. */
  | { readonly kind: 'runtime-values'; readonly items: readonly Runtime[] }
  | { readonly kind: 'runtime-tuple'; readonly items: readonly Runtime[] }
  | { readonly kind: 'runtime-closure'; readonly fun: Exp & { readonly kind: 'fun' }; scope: Scope }
  | { readonly kind: 'runtime-primitive'; readonly name: string };
