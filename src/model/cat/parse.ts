import * as ohm from 'ohm-js';
import type { Node } from 'ohm-js';
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import type { Source } from '../../base/span.ts';
import type { At, CatDiagnostic, CatFile } from './ast.ts';
import { CAT_RECIPE } from './generated/recipe.ts';
import { addActions } from './parse-actions.ts';
import { describeUnit, tokenize } from './tokens.ts';
import type { Tokens } from './tokens.ts';

/** What ohm's typings leave out; its own generated bundles call it. */
const { makeRecipe } = ohm as unknown as { makeRecipe(recipe: readonly unknown[]): ohm.Grammar };

let loaded: { readonly grammar: ohm.Grammar; readonly semantics: ohm.Semantics } | null = null;

/** Made when it is first needed: making one takes milliseconds. */
function language(): { readonly grammar: ohm.Grammar; readonly semantics: ohm.Semantics } {
  if (loaded === null) {
    const grammar = makeRecipe(JSON.parse(CAT_RECIPE) as unknown[]);
    loaded = { grammar, semantics: addActions(grammar.createSemantics()) };
  }
  return loaded;
}

export function catGrammar(): ohm.Grammar {
  return language().grammar;
}

/** Reads a file of the cat language; what it includes is not read. */
export function parseCat(source: Source): Result<CatFile, CatDiagnostic> {
  const tokens = tokenize(source);
  if (!tokens.ok) return tokens;
  const { grammar, semantics } = language();
  const match = grammar.match(tokens.value.units, 'file');
  if (match.failed()) return err(explain(match, tokens.value));
  const at = (node: Node): At => placeOf(tokens.value, node.source.startIdx, node.source.endIdx);
  const text = (node: Node): string => {
    const { start, end } = at(node);
    return source.text.slice(start, end);
  };
  return ok(semantics(match)['ast']({ source, at, text }) as CatFile);
}

function placeOf({ source, starts, ends }: Tokens, from: number, to: number): At {
  const start = starts[from] ?? source.text.length;
  return { source, start, end: to > from ? (ends[to - 1] ?? start) : start };
}

/** How many of the expected tokens a message names. */
const EXPECTATIONS = 6;

function explain(match: ohm.MatchResult, tokens: Tokens): CatDiagnostic {
  // ohm's typings leave these public methods out.
  const failed = match as unknown as {
    getRightmostFailurePosition(): number;
    getRightmostFailures(): { getText(): string; isFluffy(): boolean }[];
  };
  const unit = failed.getRightmostFailurePosition();
  const { source } = tokens;
  const at = placeOf(tokens, unit, unit + 1);
  const found = source.text.slice(at.start, at.end);
  const names = failed
    .getRightmostFailures()
    .filter((failure) => !failure.isFluffy())
    .flatMap((failure) => [...failure.getText()].filter(isUnit).map(describeUnit));
  const expected = [...new Set(names)];
  const shown = expected.slice(0, EXPECTATIONS).join(', ') + (expected.length > EXPECTATIONS ? ', …' : '');
  return {
    code: 'malformed',
    rule: 'Cat/syntax',
    severity: 'error',
    message: found === '' ? 'unexpected end of file' : `unexpected ${found}`,
    at: { start: at.start, end: at.end },
    source,
    ...(expected.length === 0 ? {} : { expected: shown }),
  };
}

function isUnit(character: string): boolean {
  return character >= '\ue000' && character <= '\uf8ff';
}
