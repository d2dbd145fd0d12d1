import type { Diagnostic } from '../base/diagnostic.ts';
import { type Result, err, ok } from '../base/result.ts';
import { UNIT, isBlockUnit } from './classes.ts';
import { malformed } from './malformed.ts';
import { type Tokens, closeOf, spanOf } from './tokens.ts';

/** Parentheses in parentheses that are read at all; blocks outside parentheses count as well. */
export const MAX_NESTING = 1_000_000;

/** Pairs every parenthesis with its partner, and every block outside parentheses with its end. */
export function matchParentheses(tokens: Tokens): Result<Tokens, Diagnostic[]> {
  const { units, links } = tokens;
  let open = new Int32Array(64);
  let depth = 0;
  for (let i = 0; i < units.length; i++) {
    const unit = units[i];
    if (unit === UNIT.open || (isBlockUnit(unit) && units[i - 1] !== UNIT.open)) {
      if (depth === MAX_NESTING) return err([malformed('Parse/depth', spanOf(tokens, i), 'nested too deeply')]);
      if (depth === open.length) open = doubled(open);
      open[depth++] = i;
    } else if (unit === UNIT.close) {
      // Blocks without an end are closed, for the grammar to complain of, with the parentheses around them.
      while (depth > 0 && units[open[depth - 1] ?? 0] !== UNIT.open) depth--;
      if (depth === 0)
        return err([malformed('Parse/parenthesis', spanOf(tokens, i), 'unexpected token: ) closes nothing')]);
      links[open[--depth] ?? 0] = i;
    } else if (unit === UNIT.end && depth > 0 && units[open[depth - 1] ?? 0] !== UNIT.open) {
      links[open[--depth] ?? 0] = i;
    }
  }
  while (depth > 0 && units[open[depth - 1] ?? 0] !== UNIT.open) depth--;
  if (depth === 0) return ok(tokens);
  const unclosed = spanOf(tokens, open[depth - 1] ?? 0);
  return err([malformed('Parse/parenthesis', unclosed, 'unexpected end: ( is never closed')]);
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}

/** The parenthesised groups directly inside group `open`. */
export function childGroups(tokens: Tokens, open: number): number[] {
  return groupsBetween(tokens, open + 1, closeOf(tokens, open));
}

/** Fields of a module, or commands of a script [JavaScript API, Implementation-defined Limits: functions, types, exports]. */
export const MAX_GROUPS = 1_000_000;

/** The parenthesised groups, up to one more than {@link MAX_GROUPS}, that tokens `first` to (not including) `end` hold. */
export function groupsBetween(tokens: Tokens, first: number, end: number): number[] {
  const groups: number[] = [];
  for (let i = first; i < end && groups.length <= MAX_GROUPS; i++) {
    if (tokens.units[i] !== UNIT.open) continue;
    groups.push(i);
    i = closeOf(tokens, i);
  }
  return groups;
}
