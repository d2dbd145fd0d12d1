import { NOWHERE, type Span } from '../../src/base/span.ts';
import type { Module } from '../../src/syntax/module.ts';
import { DEFAULT_READINGS, type Readings, SWITCHES } from '../../src/syntax/readings.ts';
import { moduleErrors } from '../../src/valid/check.ts';
import { isDerivable } from '../../src/valid/declarative/derivable.ts';
import { checkDerivation, premisesOf } from '../../src/valid/declarative/derivation.ts';
import { prove } from '../../src/valid/declarative/prove.ts';
import { type Premises, SHARING_PREMISES } from '../../src/valid/premises.ts';
import type { Choices } from '../property/generators/modules/choices.ts';

/** Comparing the verdicts of the checking algorithm with those of the declarative system, function by function. */

export const EMPTY_MODULE: Module = {
  id: null,
  at: NOWHERE,
  shared: false,
  types: [],
  recs: [],
  imports: [],
  funcs: [],
  tables: [],
  memories: [],
  tags: [],
  globals: [],
  exports: [],
  start: null,
  elems: [],
  datas: [],
  customs: [],
};

export function accepts(module: Module, readings: Readings = DEFAULT_READINGS): boolean {
  return moduleErrors(module, readings, SHARING_PREMISES).length === 0;
}

/** Readings of every switch at random. */
export function anyReadings(c: Choices): Readings {
  const chosen = SWITCHES.map(({ name, readings }) => [name, c.pick<{ readonly value: string }>(readings).value]);
  return Object.fromEntries(chosen) as Readings;
}

/** The place of a function in modules that have no text: its number. */
export function placeOf(i: number): Span {
  return { start: i + 1, end: i + 2 };
}

/** Which function an error is in; null: in none. */
function functionAt(span: Span): number | null {
  return span.start === 0 ? null : span.start - 1;
}

/** How many functions the algorithm accepted and rejected. */
export interface Tally {
  accepted: number;
  rejected: number;
}

/** What disagrees about a module: its verdict but for functions, and if it is valid so far, that of each function. */
export function disagreements(
  module: Module,
  readings: Readings,
  tally: Tally = { accepted: 0, rejected: 0 },
  premises: Premises = SHARING_PREMISES,
): readonly string[] {
  const errors = moduleErrors(module, readings, premises);
  const failed = new Set(errors.map((e) => functionAt(e.at)));
  const wanted = premisesOf(module, readings) ?? [];
  const functions = wanted.filter((j) => j.relation === 'Func_ok');
  const others = wanted.filter((j) => j.relation !== 'Func_ok');
  const outside = !failed.has(null);
  const proved = wanted.length > 0 && others.every((j) => prove(j) !== null);
  const searched = wanted.length > 0 && others.every(isDerivable);
  if (outside !== proved || outside !== searched) {
    const messages = errors.filter((e) => functionAt(e.at) === null).map((e) => e.message);
    return [
      `outside of functions: algorithm ${outside} ${messages.join('; ')}, derivation ${proved}, search ${searched}`,
    ];
  }
  if (!outside) return [];
  return functions.flatMap((j, i) => {
    const algorithm = !failed.has(i);
    tally[algorithm ? 'accepted' : 'rejected']++;
    const derivation = prove(j);
    const whole = derivation === null || checkDerivation(derivation, j);
    const search = isDerivable(j);
    if (algorithm === (derivation !== null) && algorithm === search && whole) return [];
    return [
      `function ${i}: algorithm ${algorithm}, derivation ${derivation !== null}, search ${search}, steps ${whole}`,
    ];
  });
}
