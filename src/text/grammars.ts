import * as ohm from 'ohm-js';
import { LITMUS_RECIPE } from './generated/litmus-recipe.ts';
import { MODULE_RECIPE } from './generated/module-recipe.ts';
import { SCRIPT_RECIPE } from './generated/script-recipe.ts';

/** The grammars of grammar/, each made when it is first needed: making one takes milliseconds that a start-up feels. */

/** A value that is made at the first call. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** What ohm's typings leave out; its own generated bundles call it. */
const { makeRecipe } = ohm as unknown as { makeRecipe(recipe: readonly unknown[]): ohm.Grammar };

/** Where a grammar's recipe names the grammar that it extends. */
const EXTENDED = 3;

function load(recipe: string, extended: ohm.Grammar | null): ohm.Grammar {
  const parsed = JSON.parse(recipe) as unknown[];
  parsed[EXTENDED] = extended;
  return makeRecipe(parsed);
}

export const moduleGrammar = lazy(() => load(MODULE_RECIPE, null));
export const scriptGrammar = lazy(() => load(SCRIPT_RECIPE, moduleGrammar()));
export const litmusGrammar = lazy(() => load(LITMUS_RECIPE, scriptGrammar()));
