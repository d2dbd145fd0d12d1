import type { HeapType, RefType, ValType } from '../syntax/types.ts';
import type { Context } from './context.ts';
import { printVal, typeName } from './describe.ts';
import { isAbstractSub, matchHeapType } from './match.ts';
import { matchCompType } from './match-definitions.ts';
import { matchesOperand, type Operand } from './operands.ts';

/** What the author of a type mismatch usually overlooked: the share, null, the width of a number, the recursive group. */

/** A hint about the last operand that does not match; undefined if there is nothing to say about it. */
export function mismatchHint(C: Context, actual: readonly Operand[], expected: readonly ValType[]): string | undefined {
  for (let i = 1; i <= Math.min(actual.length, expected.length); i++) {
    const [has, wants] = [actual.at(-i), expected.at(-i)];
    if (has === undefined || wants === undefined || matchesOperand(C, has, wants)) continue;
    return has === 'bot' ? undefined : hintFor(C, has, wants);
  }
  return undefined;
}

function hintFor(C: Context, has: Exclude<Operand, 'bot'>, wants: ValType): string | undefined {
  if (has === 'i32' && wants === 'i64') return 'i64.extend_i32_u or i64.extend_i32_s makes an i64 of an i32';
  if (has === 'i64' && wants === 'i32') return 'i32.wrap_i64 makes an i32 of an i64';
  if (typeof has === 'string' || typeof wants === 'string' || has.kind !== 'ref') return undefined;
  if (has.nullable && !wants.nullable && matchHeapType(has.heap, wants.heap, C)) {
    return `${printVal(C, has)} may be null: ref.as_non_null gives a reference that is not, and traps on null`;
  }
  if (differsInShareOnly(has.heap, wants.heap)) return shareHint(C, has, wants);
  return groupHint(C, has, wants);
}

function differsInShareOnly(has: HeapType, wants: HeapType): boolean {
  if (has.kind === 'index' || wants.kind === 'index') return false;
  return has.share !== wants.share && isAbstractSub(has.name, wants.name);
}

function shareHint(C: Context, has: RefType, wants: RefType): string {
  const shared = wants.heap.kind === 'abstract' && wants.heap.share === 'shared';
  const [yes, no] = shared ? [wants, has] : [has, wants];
  return `${printVal(C, yes)} is shared and ${printVal(C, no)} is not, and the one is never converted to the other: declare both alike`;
}

/** Definitions that are written alike are equal only if their whole recursive groups are. */
function groupHint(C: Context, { heap: has }: RefType, { heap: wants }: RefType): string | undefined {
  if (has.kind !== 'index' || wants.kind !== 'index') return undefined;
  const [own, its] = [C.types[has.type], C.types[wants.type]];
  if (own === undefined || its === undefined || own.share !== its.share) return undefined;
  if (!matchCompType(own.comp, its.comp, C)) return undefined;
  const [x, y] = [typeName(C, has.type), typeName(C, wants.type)];
  return its.final
    ? `type ${x} is written like type ${y}, but is another: types are equal only at equal places of equal recursive groups`
    : `type ${x} matches type ${y} only if it is declared below it, as in (type ${x} (sub ${y} …))`;
}
