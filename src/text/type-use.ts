import type { Span } from '../base/span.ts';
import { equalFuncTypes } from '../syntax/equal.ts';
import { printFuncType } from '../syntax/print-types.ts';
import { type FuncType, type Share, type ValType, plainType } from '../syntax/types.ts';
import type { ModuleContext } from './context.ts';
import { malformed } from './malformed.ts';
import { reportAt, resolveToken } from './resolve.ts';

/**
 * The type index that a definition's or block's written function type means [core 3.0, Text Format, Type Uses]. `ref` is the token
 * of the index in `(type x)`. Without it, it is the first equal type definition, or a new one at the end of the type section.
 */
export function resolveTypeUse(
  module: ModuleContext,
  ref: number | null,
  params: readonly ValType[],
  results: readonly ValType[],
  share: Share,
  at: Span,
): number {
  const type: FuncType = { kind: 'func', params, results };
  if (ref === null) return implicitType(module, type, share, at);
  const index = resolveToken(module, module.spaces.type, ref);
  const def = module.types[index]?.type;
  const isWritten = params.length + results.length > 0;
  if (def === undefined) {
    // An index alone is the validator's business; one that is written out as well cannot be compared.
    if (isWritten) reportAt(module, ref, 'Resolve/type', `unknown type ${index}`);
    return index;
  }
  const isSame = def.comp.kind === 'func' && equalFuncTypes(def.comp, type);
  if ((isWritten && !isSame) || (share === 'shared' && def.share !== 'shared'))
    module.diagnostics.push(
      malformed('Parse/inline-type', at, 'inline function type differs from the type definition it names'),
    );
  return index;
}

function keyOf(comp: FuncType, share: Share): string {
  return `${share} ${printFuncType(comp)}`;
}

/** Makes the function types among definitions `from` on known to {@link resolveTypeUse}: those that stand alone and have no supertypes. */
export function indexFuncTypes(module: ModuleContext): void {
  let first = 0;
  for (const size of module.recs) {
    const def = module.types[first]?.type;
    if (size === 1 && def?.comp.kind === 'func' && def.final && def.supers.length === 0) {
      const key = keyOf(def.comp, def.share);
      if (!module.funcTypes.has(key)) module.funcTypes.set(key, first);
    }
    first += size;
  }
}

function implicitType(module: ModuleContext, comp: FuncType, share: Share, at: Span): number {
  const key = keyOf(comp, share);
  const known = module.funcTypes.get(key);
  if (known !== undefined) return known;
  const index = module.types.push({ id: null, at, type: plainType(comp, share), fields: [] }) - 1;
  module.recs.push(1);
  module.funcTypes.set(key, index);
  return index;
}
