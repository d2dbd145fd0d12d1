import type { FailedMatchResult, Grammar, MatchResult } from 'ohm-js';
import type { Diagnostic } from '../base/diagnostic.ts';
import { type Result, err, ok } from '../base/result.ts';
import { BAD, UNIT, classOf, isBlockUnit } from './classes.ts';
import { malformed } from './malformed.ts';
import { problemAt, shownText, spanOf } from './tokens.ts';
import { type View, lastTokenAt, tokenAt } from './view.ts';

/**
 * Matches of short views by grammar and by rule and units. A match knows classes of tokens and their places in the view, and nothing of the tokens, so that it
 * is one of every view that reads the same: of each `(i32.store (i32.const 0) (i32.const 1))`, whatever the numbers.
 */
const matches = new WeakMap<Grammar, Map<string, MatchResult>>();
const MOST_UNITS = 300;
const MOST_MATCHES = 500;

/** A grammar applied to a view: the match, or a complaint about the first token that no rule takes. */
export function matchView(grammar: Grammar, view: View, rule: string): Result<MatchResult, Diagnostic> {
  const { units } = view;
  const known = units.length > MOST_UNITS ? null : matchesOf(grammar);
  const key = known === null ? '' : `${rule} ${units}`;
  const before = known?.get(key);
  if (before !== undefined) return ok(before);
  const match = grammar.match(units, rule);
  if (match.failed()) return err(explainFailure(match, view, rule));
  if (known !== null && known.size >= MOST_MATCHES) known.clear();
  known?.set(key, match);
  return ok(match);
}

function matchesOf(grammar: Grammar): Map<string, MatchResult> {
  let known = matches.get(grammar);
  if (known === undefined) {
    known = new Map();
    matches.set(grammar, known);
  }
  return known;
}

const INSTRUCTION = 'an instruction';

/** How many of the expected tokens a message names. */
const EXPECTATIONS = 8;

/** Rules outside modules, where a word of no meaning is not meant for an instruction. */
const SCRIPT_RULES = new Set(['command', 'litmus']);

function explainFailure(match: FailedMatchResult, view: View, rule: string): Diagnostic {
  const unit = match.getRightmostFailurePosition();
  if (view.units.charCodeAt(unit) === BAD) {
    const problem = problemAt(view.tokens, tokenAt(view, unit));
    if (problem !== undefined) return problem;
  }
  const expected = expectations(match);
  const token = tokenAt(view, unit);
  const more = expected.length === 0 ? {} : { expected: listed(expected) };
  if (unit >= view.units.length) {
    return malformed('Parse/token', spanOf(view.tokens, token), 'unexpected end', more);
  }
  const at = spanOf(view.tokens, token, lastTokenAt(view, unit));
  const text = shownText(view.tokens, token);
  const isOperator = view.units.charCodeAt(unit) === UNIT.word && !SCRIPT_RULES.has(rule);
  const message = isOperator ? `unknown operator ${text}` : `unexpected token ${text}`;
  return malformed('Parse/token', at, message, more);
}

/**
 * What the grammar would have taken where it stopped, as a person says it: instructions, and what is not optional there
 * (what ohm calls fluffy).
 */
function expectations(match: FailedMatchResult): string[] {
  // ohm's typings leave this public method out.
  const failures = (match as unknown as { getRightmostFailures(): Failure[] }).getRightmostFailures();
  const names = failures.flatMap((failure) => {
    const all = unitsOf(failure.getText()).map(nameOf);
    return failure.isFluffy() ? all.filter((name) => name === INSTRUCTION) : all;
  });
  return [...new Set(names)];
}

interface Failure {
  getText(): string;
  isFluffy(): boolean;
}

/** The units in a failure's text, which is one quoted unit or a range of two. */
function unitsOf(text: string): number[] {
  const codes = [...text].map((c) => c.charCodeAt(0)).filter((code) => code >= 0xe000 && code <= 0xf8ff);
  const [from, to] = [codes[0], codes[1] ?? codes[0]];
  if (from === undefined || to === undefined) return [];
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

const CLASS_NAMES: Readonly<Record<string, string>> = {
  '{id}': 'an identifier',
  '{string}': 'a string',
  '{nat}': 'a number',
  '{int}': 'a number',
  '{float}': 'a number',
  '{offset}': 'offset=',
  '{align}': 'align=',
  '{field}': 'a field',
  '{module}': 'a module',
  '{command}': 'a command',
  '{word}': 'a word',
};

/** A keyword as it is, a class in words; the classes without words are those of instructions. */
function nameOf(unit: number): string {
  const name = classOf(unit);
  return CLASS_NAMES[name] ?? (name.startsWith('{') || isBlockUnit(unit) ? INSTRUCTION : name);
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, EXPECTATIONS);
  const rest = names.length > shown.length ? ' or others' : '';
  const last = shown.length > 1 && rest === '' ? shown.pop() : undefined;
  return `${shown.join(', ')}${last === undefined ? '' : ` or ${last}`}${rest}`;
}
