import { BOT, BOT_SHARE, EQ, FIRST_REF, I32 } from './encoding.ts';
import { pop, popAny, popShared, push } from './operands.ts';
import { refuse, u32 } from './reader.ts';
import { valType } from './read-types.ts';
import { strict } from './spaces.ts';
import { isShareable } from './types.ts';

/** Parametric instructions and ref.eq [core 3.0, Validation, Parametric and Reference Instructions]. */

/** select without a type: of numbers and vectors. */
export function select(): void {
  pop(I32);
  const b = popAny();
  const a = popAny();
  if (a >= FIRST_REF || b >= FIRST_REF) refuse();
  if (a !== b && a !== BOT && b !== BOT) refuse();
  push(a === BOT ? b : a);
}

export function selectTyped(): void {
  if (u32() !== 1) refuse();
  const t = valType();
  if (strict.on && !isShareable(t)) refuse();
  pop(I32);
  pop(t);
  pop(t);
  push(t);
}

/** The operands have the same share. */
export function refEq(): void {
  const { share } = popShared(EQ);
  const other = popShared(EQ).share;
  if (share !== other && share !== BOT_SHARE && other !== BOT_SHARE) refuse();
  push(I32);
}
