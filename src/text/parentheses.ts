import type { Diagnostic } from '../base/diagnostic.ts';
import { type Result, err, ok } from '../base/result.ts';
import { UNIT } from './classes.ts';
import { malformed } from './malformed.ts';
import { type Tokens, spanOf } from './tokens.ts';

/** Pairs every parenthesis with its partner. */
export function matchParentheses(tokens: Omit<Tokens, 'closes'>): Result<Tokens, Diagnostic[]> {
  const { units } = tokens;
  const closes = new Int32Array(units.length).fill(-1);
  const all: Tokens = { ...tokens, closes };
  const open: number[] = [];
  for (let i = 0; i < units.length; i++) {
    const unit = units[i];
    if (unit === UNIT.open) open.push(i);
    else if (unit === UNIT.close) {
      const opener = open.pop();
      if (opener === undefined)
        return err([malformed('Parse/parenthesis', spanOf(all, i), 'unexpected token: ) closes nothing')]);
      closes[opener] = i;
    }
  }
  const unclosed = open.pop();
  if (unclosed !== undefined)
    return err([malformed('Parse/parenthesis', spanOf(all, unclosed), 'unexpected end: ( is never closed')]);
  return ok(all);
}

/** The parenthesised groups directly inside group `open`. */
export function childGroups(tokens: Tokens, open: number): number[] {
  const groups: number[] = [];
  const end = tokens.closes[open] ?? 0;
  for (let i = open + 1; i < end; i++) {
    if (tokens.units[i] !== UNIT.open) continue;
    groups.push(i);
    i = tokens.closes[i] ?? end;
  }
  return groups;
}
