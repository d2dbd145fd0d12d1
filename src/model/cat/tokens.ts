import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import type { Source } from '../../base/span.ts';
import type { CatDiagnostic } from './ast.ts';
import { UNITS } from './generated/units.ts';

/** A file as the grammar takes it: one UTF-16 unit for each token, and where each token stands in the text. */
export interface Tokens {
  readonly source: Source;
  readonly units: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const UNIT: ReadonlyMap<string, string> = new Map(UNITS.map(([text, code]) => [text, String.fromCharCode(code)]));

function classUnit(name: string): string {
  return UNIT.get(name) ?? '';
}

const NAME = classUnit('{name}');
const TAG = classUnit('{tag}');
const STRING = classUnit('{string}');

/** Spaces and line comments; a name, a tag, a text, or a sign, longest first. */
const TOKEN =
  /([ \t\r\n\f]+|(?:\/\/|#)[^\n]*)|('?_?[A-Za-z][A-Za-z0-9_.-]*'?)|("[^"]*")|(\|\||&&|\+\+|->|-1|[(){}[\]_0|&*~+^\\?=;,])/y;

export function tokenize(source: Source): Result<Tokens, CatDiagnostic> {
  const { text } = source;
  const units: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = 0; at < text.length; ) {
    if (text.startsWith('(*', at)) {
      const end = commentEnd(text, at);
      if (end < 0) return err(refuse(source, at, at + 2, 'unclosed comment'));
      at = end;
      continue;
    }
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) return err(refuse(source, at, at + 1, badCharacter(text, at)));
    const end = at + match[0].length;
    const [, space, word, string, sign] = match;
    if (space === undefined) {
      if (word !== undefined) units.push(word.startsWith("'") ? TAG : (UNIT.get(word) ?? NAME));
      else units.push(string === undefined ? classUnit(sign ?? '') : STRING);
      starts.push(at);
      ends.push(end);
    }
    at = end;
  }
  return ok({ source, units: units.join(''), starts, ends });
}

/** Comments nest. */
function commentEnd(text: string, start: number): number {
  const mark = /\(\*|\*\)/g;
  mark.lastIndex = start;
  let depth = 0;
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    depth += match[0] === '(*' ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return -1;
}

function badCharacter(text: string, at: number): string {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return character === '"' ? 'unclosed text' : `unexpected character ${JSON.stringify(character)}`;
}

function refuse(source: Source, start: number, end: number, message: string): CatDiagnostic {
  return { code: 'malformed', rule: 'Cat/token', severity: 'error', message, at: { start, end }, source };
}

/** What a token class is called in messages. */
export function describeUnit(unit: string): string {
  const text = UNITS.find(([, code]) => code === unit.charCodeAt(0))?.[0] ?? '';
  const named = /^\{([a-z]+)\}$/.exec(text);
  return named === null ? text : `a ${named[1] === 'string' ? 'text' : named[1]}`;
}
