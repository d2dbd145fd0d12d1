import type { Diagnostic } from '../base/diagnostic.ts';
import { type Result, err, ok } from '../base/result.ts';
import type { Source, Span } from '../base/span.ts';
import type { Module } from '../syntax/module.ts';
import { type SubType, plainType } from '../syntax/types.ts';
import { UNIT } from './classes.ts';
import { type ModuleContext, newModuleContext } from './context.ts';
import { readCustoms } from './customs.ts';
import { fieldReader } from './field-reader.ts';
import { moduleGrammar } from './grammars.ts';
import { type FieldHead, declareFields } from './heads.ts';
import { malformed } from './malformed.ts';
import { matchView } from './match.ts';
import { annotationsWithin, nameNote, noted } from './notes.ts';
import { MAX_GROUPS, groupsBetween } from './parentheses.ts';
import { idOfToken } from './resolve.ts';
import { tokenize } from './tokenize.ts';
import { type Tokens, closeOf, problemAt, spanOf } from './tokens.ts';
import { indexFuncTypes } from './type-use.ts';
import { fieldsView } from './view.ts';

/** A text as one module: `(module …)`, or its fields alone. */
export function parseModule(source: Source): Result<Module, Diagnostic[]> {
  const tokens = tokenize(source.text);
  return tokens.ok ? parseModuleTokens(tokens.value) : tokens;
}

export function parseModuleTokens(tokens: Tokens): Result<Module, Diagnostic[]> {
  const groups = topGroups(tokens);
  if (!groups.ok) return groups;
  const [first, second] = groups.value;
  if (first === undefined || !isModule(tokens, first)) return parseFields(tokens, groups.value, bareHead(tokens));
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
      return err([
        problemAt(tokens, i) ?? malformed('Parse/token', spanOf(tokens, i), 'unexpected token outside parentheses'),
      ]);
    if (groups.length > MAX_GROUPS)
      return err([malformed('Parse/size', spanOf(tokens, i), `over ${MAX_GROUPS} fields or commands`)]);
    groups.push(i);
    i = closeOf(tokens, i);
  }
  return ok(groups);
}

/** The group `(module …)`. */
export function parseModuleGroup(tokens: Tokens, open: number): Result<Module, Diagnostic[]> {
  return parseModuleBody(tokens, open, open + 2);
}

/** The group `(module …)` or `(module definition …)`; `first` is the first token behind its keywords. */
export function parseModuleBody(tokens: Tokens, open: number, first: number): Result<Module, Diagnostic[]> {
  const close = closeOf(tokens, open);
  const match = matchView(moduleGrammar(), fieldsView(tokens, first, close), 'moduleBody');
  if (!match.ok) return err([match.error]);
  const idToken = tokens.units[first] === UNIT.id ? first : null;
  const flag = idToken === null ? first : first + 1;
  const shared = tokens.units[flag] !== UNIT.open && flag < close;
  const named = (idToken ?? first - 1) + 1;
  const at = spanOf(tokens, open, shared ? flag : named - 1);
  const fields = groupsBetween(tokens, flag, close);
  return parseFields(tokens, fields, { first: open + 1, last: close, idToken, named, shared, at });
}

interface ModuleHead {
  /** The first token of the module after its parenthesis, and its closing one, or the one after the last. */
  readonly first: number;
  readonly last: number;
  readonly idToken: number | null;
  /** The token before which the module's name may stand in an annotation. */
  readonly named: number | null;
  readonly shared: boolean;
  readonly at: Span;
}

/** The head of a module that is written as its fields alone. */
function bareHead(tokens: Tokens): ModuleHead {
  const at = tokens.units.length === 0 ? { start: 0, end: 0 } : spanOf(tokens, 0);
  return { first: 0, last: tokens.units.length, idToken: null, named: null, shared: false, at };
}

const EMPTY_TYPE: SubType = plainType({ kind: 'func', params: [], results: [] });

/** Complaints about one module after which its other fields are not read. */
const MAX_COMPLAINTS = 100;

/** A module from its fields; every malformed one is reported. */
function parseFields(tokens: Tokens, fields: readonly number[], head: ModuleHead): Result<Module, Diagnostic[]> {
  if (fields.length > MAX_GROUPS) return err([malformed('Parse/size', head.at, `over ${MAX_GROUPS} fields`)]);
  const diagnostics: Diagnostic[] = [];
  const context = newModuleContext(tokens, diagnostics, head.first, head.last);
  const heads = declareFields(context, fields);
  const identifier = head.idToken === null ? null : idOfToken(context, head.idToken);
  const id = (head.named === null ? null : nameNote(context, head.named, 'module')) ?? identifier;
  const readCustom = readCustoms(context, [...fields, head.last]);
  readTypes(context, heads);
  const readField = fieldReader();
  for (const field of heads) {
    if (diagnostics.length > MAX_COMPLAINTS) break;
    if (!isTypeField(field)) readField(context, field);
  }
  const notes = noted(annotationsWithin(context, head.first, head.last, 'field'));
  if (diagnostics.length > 0) return err(diagnostics.toSorted((a, b) => a.at.start - b.at.start));
  const { types, recs, imports, funcs, tables, memories, tags, globals, exports, start, elems, datas } = context;
  const definitions = { types, recs, imports, funcs, tables, memories, tags, globals, exports, start, elems, datas };
  const module = { id, at: head.at, shared: head.shared, ...definitions, ...notes };
  return ok({ ...module, customs: readCustom(module) });
}

function isTypeField({ keyword }: FieldHead): boolean {
  return keyword === 'type' || keyword === 'rec';
}

/** All type definitions, in order; a malformed one still takes its index. */
function readTypes(context: ModuleContext, heads: readonly FieldHead[]): void {
  const readField = fieldReader();
  for (const field of heads) {
    if (!isTypeField(field)) continue;
    if (field.keyword === 'type') context.recs.push(1);
    if (context.diagnostics.length <= MAX_COMPLAINTS) readField(context, field);
    const rest = field.index + field.types - context.types.length;
    for (let i = 0; i < rest; i++) context.types.push({ id: field.id, at: field.at, type: EMPTY_TYPE, fields: [] });
  }
  indexFuncTypes(context);
}
