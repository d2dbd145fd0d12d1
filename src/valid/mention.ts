import type { ArrayType, FuncType, HeapType, RefType, StructType, ValType } from '../syntax/types.ts';
import type { Code } from './code.ts';
import { definition, reject, type Site, type Thing } from './context.ts';
import { typeName } from './describe.ts';
import type { SharingPremise } from './premises.ts';
import { isSharedType, requireSharedThing, requireSharedType } from './share.ts';

/**
 * What an instruction mentions: shared code mentions only what is shared [shared-everything-threads overview, Functions]. The
 * reading `body-strictness=strict` asks this of types too, so that every operand and result of shared code is shared.
 *
 * Metavariables: t value type, ht heap type, x index.
 */

/** `does` says what the code does to the thing: `calls`, `reads`. */
export function mentionThing(
  code: Code,
  site: Site,
  kind: Exclude<Thing['kind'], 'type'>,
  index: number,
  premise: SharingPremise,
  does: string,
): void {
  if (code.owner === null) return;
  requireSharedThing(code.C, code.owner, { kind, index }, { rule: site.rule, at: site.at, premise, does });
}

/** A type index whose references are operands or results. */
export function mentionType(code: Code, site: Site, x: number, premise: SharingPremise, does: string): void {
  if (code.strict === null) return;
  const demand = { rule: site.rule, at: site.at, premise, does };
  requireSharedThing(code.C, code.strict, { kind: 'type', index: x }, demand);
}

/** The type of an operand or result; `does` leads to it from the code: `casts to`. */
export function mentionValue(
  code: Code,
  site: Site,
  t: ValType | HeapType,
  premise: SharingPremise,
  does: string,
): void {
  const { C, strict } = code;
  if (strict === null || isSharedType(C, t)) return;
  requireSharedType(C, t, {
    rule: site.rule,
    at: site.at,
    premise,
    message: 'shared functions cannot have unshared values',
    because: strict.because,
    link: `${strict.part} ${does}`,
  });
}

const SORTS = { func: 'function', struct: 'structure', array: 'array' } as const;

interface CompTypes {
  readonly func: FuncType;
  readonly struct: StructType;
  readonly array: ArrayType;
}

/** What a type index that must define a certain sort of type defines. */
export function defined<K extends keyof CompTypes>(code: Code, site: Site, kind: K, x: number): CompTypes[K] {
  const { comp } = definition(code.C, site, x);
  if (comp.kind !== kind) {
    reject(site, `non-${SORTS[kind]} type ${x}: ${site.what} cannot use type ${typeName(code.C, x)}`);
  }
  return comp as CompTypes[K];
}

/** `(ref null? x)` for a type index. */
export function refTo(x: number, nullable: boolean): RefType {
  return { kind: 'ref', nullable, heap: { kind: 'index', type: x } };
}
