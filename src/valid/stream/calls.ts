import { abstract, FIRST_INDEX, FUNC, I32, I64, reference } from './encoding.ts';
import { control, die, labelCount, labelTypes, pop, popList, pushList, spend } from './operands.ts';
import { refuse, u32 } from './reader.ts';
import { canonOf, funcTypeAt, IS_64, tableTypes, useTable, useType } from './spaces.ts';
import { KIND_FUNC, matches, matchesList, pool, shareOf } from './types.ts';

/** Calls [core 3.0, Validation, Function Instructions]. */

/** Calls a function whose type is described at `place`; in tail position its results are this function's. */
export function call(place: number, isTail: boolean): void {
  const { items } = pool;
  const m = items[place + 2] as number;
  const n = items[place + 3] as number;
  if (m > 0) popList(place + 4, m);
  if (!isTail) return pushList(place + 4 + m, n);
  if (n !== labelCount(control.depth)) refuse();
  spend(n);
  if (!matchesList(place + 4 + m, labelTypes(control.depth), n)) refuse();
  die();
}

export function callIndirect(isTail: boolean): void {
  const y = u32();
  const x = u32();
  const flags = useTable(x);
  const place = funcTypeAt(y);
  const share = shareOf(FIRST_INDEX + canonOf(y));
  if (!matches(tableTypes.at(x), reference(abstract(FUNC, share), 1))) refuse();
  pop((flags & IS_64) === 0 ? I32 : I64);
  call(place, isTail);
}

export function callRef(isTail: boolean): void {
  const x = u32();
  const place = useType(x, KIND_FUNC);
  pop(reference(FIRST_INDEX + canonOf(x), 1));
  call(place, isTail);
}
