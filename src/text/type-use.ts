import type { Node } from 'ohm-js';
import type { Span } from '../base/span.ts';
import { equalTypes } from '../syntax/equal.ts';
import type { FuncType, Share, ValType } from '../syntax/types.ts';
import type { Cursor } from './context.ts';
import { malformed } from './malformed.ts';
import { report, resolve } from './nodes.ts';

/**
 * The type index that a definition's or block's written function type means [core specification, Text Format, Type
 * Uses]. Without `(type x)` it is the first equal type definition, or a new one at the end of the type section.
 */
export function resolveTypeUse(
  cursor: Cursor,
  ref: Node | null,
  params: readonly ValType[],
  results: readonly ValType[],
  share: Share,
  at: Span,
): number {
  const type: FuncType = { kind: 'func', params, results };
  if (ref === null) return implicitType(cursor, type, share, at);
  const index = resolve(cursor, cursor.module.spaces.type, ref.child(2));
  const def = cursor.module.types[index]?.type;
  const isWritten = params.length + results.length > 0;
  if (def === undefined) {
    // An index alone is the validator's business; one that is written out as well cannot be compared.
    if (isWritten) report(cursor, ref, 'Resolve/type', `unknown type ${index}`);
    return index;
  }
  const agrees = (!isWritten || equalTypes(def.comp, type)) && (share === 'unshared' || def.share === 'shared');
  if (!agrees)
    cursor.module.diagnostics.push(
      malformed('Parse/inline-type', at, 'inline function type differs from the type definition it names'),
    );
  return index;
}

function implicitType(cursor: Cursor, comp: FuncType, share: Share, at: Span): number {
  const { types } = cursor.module;
  const equal = types.findIndex((def) => def.type.share === share && equalTypes(def.type.comp, comp));
  if (equal >= 0) return equal;
  return types.push({ id: null, at, type: { share, comp } }) - 1;
}
