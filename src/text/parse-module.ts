import type { Diagnostic } from '../base/diagnostic.ts';
import { type Result, err, ok } from '../base/result.ts';
import type { Source, Span } from '../base/span.ts';
import type { Module } from '../syntax/module.ts';
import type { DefType } from '../syntax/types.ts';
import { UNIT } from './classes.ts';
import { newModuleContext } from './context.ts';
import { fieldReader } from './field-reader.ts';
import { moduleGrammar } from './grammars.ts';
import { declareFields } from './heads.ts';
import { malformed } from './malformed.ts';
import { matchView } from './match.ts';
import { idOfToken } from './nodes.ts';
import { childGroups } from './parentheses.ts';
import { tokenize } from './tokenize.ts';
import { type Tokens, spanOf } from './tokens.ts';
import { outline } from './view.ts';

/** A text as one module: `(module …)`, or its fields alone. */
export function parseModule(source: Source): Result<Module, Diagnostic[]> {
  const tokens = tokenize(source.text);
  return tokens.ok ? parseModuleTokens(tokens.value) : tokens;
}

export function parseModuleTokens(tokens: Tokens): Result<Module, Diagnostic[]> {
  const groups = topGroups(tokens);
  if (!groups.ok) return groups;
  const [first, second] = groups.value;
  if (first === undefined || !isModule(tokens, first)) return parseFields(tokens, groups.value);
  if (second === undefined) return parseModuleGroup(tokens, first);
  return err([
    malformed('Parse/token', spanOf(tokens, second, second + 1), 'unexpected token: one module is expected here'),
  ]);
}

/** Whether a group begins `(module`. */
export function isModule(tokens: Tokens, open: number): boolean {
  return tokens.units[open + 1] === UNIT.module;
}

/** The groups of a whole text, which has nothing outside them. */
export function topGroups(tokens: Tokens): Result<number[], Diagnostic[]> {
  const groups: number[] = [];
  for (let i = 0; i < tokens.units.length; i++) {
    if (tokens.units[i] !== UNIT.open)
      return err([malformed('Parse/token', spanOf(tokens, i), 'unexpected token outside parentheses')]);
    groups.push(i);
    i = tokens.closes[i] ?? i;
  }
  return ok(groups);
}

/** The group `(module …)`. */
export function parseModuleGroup(tokens: Tokens, open: number): Result<Module, Diagnostic[]> {
  const match = matchView(
    moduleGrammar(),
    outline(tokens, open, () => '{field}'),
    'module',
  );
  if (!match.ok) return err([match.error]);
  const idToken = tokens.units[open + 2] === UNIT.id ? open + 2 : null;
  const flag = idToken === null ? open + 2 : open + 3;
  const shared = tokens.units[flag] !== UNIT.open && tokens.units[flag] !== UNIT.close;
  const at = spanOf(tokens, open, shared ? flag : (idToken ?? open + 1));
  return parseFields(tokens, childGroups(tokens, open), { idToken, shared, at });
}

interface ModuleHead {
  readonly idToken: number | null;
  readonly shared: boolean;
  readonly at: Span;
}

const EMPTY_TYPE: DefType = { share: 'unshared', comp: { kind: 'func', params: [], results: [] } };

/** A module from its fields; every malformed one is reported. */
function parseFields(
  tokens: Tokens,
  fields: readonly number[],
  head: ModuleHead | null = null,
): Result<Module, Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const context = newModuleContext(tokens, diagnostics);
  const heads = declareFields(context, fields);
  const readField = fieldReader();
  for (const field of heads) {
    if (field.keyword !== 'type') continue;
    readField(context, field);
    // A malformed type still takes its index.
    if (context.types.length === field.index) context.types.push({ id: field.id, at: field.at, type: EMPTY_TYPE });
  }
  for (const field of heads) if (field.keyword !== 'type') readField(context, field);
  const idToken = head?.idToken ?? null;
  const id = idToken === null ? null : idOfToken(context, idToken);
  if (diagnostics.length > 0) return err(diagnostics.toSorted((a, b) => a.at.start - b.at.start));
  const { types, imports, funcs, tables, memories, globals, exports, start, datas } = context;
  const at = head?.at ?? (tokens.units.length === 0 ? { start: 0, end: 0 } : spanOf(tokens, 0));
  return ok({
    id,
    at,
    shared: head?.shared ?? false,
    types,
    imports,
    funcs,
    tables,
    memories,
    globals,
    exports,
    start,
    datas,
  });
}
