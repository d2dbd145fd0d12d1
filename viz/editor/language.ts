import { foldService, HighlightStyle, matchBrackets, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import type { StreamParser } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { tags } from '@lezer/highlight';
import { UNIT, wordOf } from '../../src/text/classes.ts';

/** What this proposal adds: who shares, and in which order. */
const SHARING = new Set(['shared', 'unshared', 'thread_local', 'seqcst', 'seq_cst', 'acqrel', 'acq_rel', 'fork']);
const VERDICTS = new Set(['allowed', 'forbidden', 'required']);
const TYPE =
  /^(i8|i16|i32|i64|f32|f64|v128|(?:null)?\w*ref|any|eq|i31|extern|noextern|none|nofunc|exn|noexn|waitqueue|null)$/;
const WORD = /^[0-9A-Za-z!#$%&'*+\-./:<=>?@\\^_`|~]+/;
interface State {
  /** How many block comments are open. */
  comments: number;
}

/** The text format, its extension and scripts, token by token: enough to colour what is still being typed. */
export const parser: StreamParser<State> = {
  name: 'wast',
  startState: () => ({ comments: 0 }),
  languageData: {
    commentTokens: { line: ';;', block: { open: '(;', close: ';)' } },
    closeBrackets: { brackets: ['(', '"'] },
  },
  token(stream, state) {
    if (state.comments > 0) {
      while (!stream.eol()) {
        if (stream.match('(;')) state.comments++;
        else if (stream.match(';)')) state.comments--;
        else stream.next();
        if (state.comments === 0) break;
      }
      return 'blockComment';
    }
    if (stream.eatSpace()) return null;
    if (stream.match(';;')) {
      stream.skipToEnd();
      return 'lineComment';
    }
    if (stream.match('(;')) {
      state.comments = 1;
      return 'blockComment';
    }
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return 'string';
    if (stream.match(/^\(@[^\s()"]*/)) return 'annotation';
    if (stream.match(/^[()]/)) return 'paren';
    const word = stream.match(WORD) as RegExpMatchArray | null;
    if (word === null) {
      stream.next();
      return 'invalid';
    }
    return styleOf(word[0]);
  },
};

/** By the classes that the reader of the text format sorts words into; a word that it does not know has no colour. */
function styleOf(word: string): string | null {
  if (word.startsWith('$')) return 'variableName';
  if (SHARING.has(word)) return 'modifier';
  const { unit, row } = wordOf(word);
  if (row >= 0) return /atomic|^fork|\.wait|notify/.test(word) ? 'operatorKeyword' : 'operator';
  if (TYPE.test(word)) return 'typeName';
  if (VERDICTS.has(word)) return 'atom';
  switch (unit) {
    case UNIT.nat:
    case UNIT.int:
    case UNIT.float:
      return 'number';
    case UNIT.offset:
    case UNIT.align:
      return 'propertyName';
    case UNIT.word:
      return null;
    default:
      return 'keyword';
  }
}

const COLOURS = HighlightStyle.define([
  { tag: [tags.lineComment, tags.blockComment], color: 'var(--text-quiet)', fontStyle: 'italic' },
  { tag: tags.string, color: 'var(--good)' },
  { tag: tags.number, color: 'var(--thread-2)' },
  { tag: tags.keyword, color: 'var(--text)', fontWeight: '600' },
  { tag: tags.modifier, color: 'var(--thread-4)', fontWeight: '600' },
  { tag: tags.typeName, color: 'var(--thread-7)' },
  { tag: tags.variableName, color: 'var(--text)' },
  { tag: tags.operator, color: 'var(--accent)' },
  { tag: tags.operatorKeyword, color: 'var(--accent)', fontWeight: '600' },
  { tag: tags.atom, color: 'var(--thread-2)' },
  { tag: tags.propertyName, color: 'var(--text-quiet)' },
  { tag: tags.paren, color: 'var(--text-quiet)' },
  { tag: tags.annotation, color: 'var(--text-quiet)' },
  { tag: tags.invalid, color: 'var(--danger)', textDecoration: 'underline' },
]);

/** A parenthesis that opens in a line and closes in a later one folds. */
const folding = foldService.of((state, from, to) => {
  const line = state.sliceDoc(from, to);
  for (let at = line.indexOf('('); at >= 0; at = line.indexOf('(', at + 1)) {
    const found = matchBrackets(state, from + at, 1, { maxScanDistance: 50_000 });
    if (found?.matched === true && found.end !== undefined && found.end.from > to)
      return { from: to, to: found.end.from };
  }
  return null;
});

export const colours: Extension = syntaxHighlighting(COLOURS);

export function wastLanguage(): Extension {
  return [StreamLanguage.define(parser), folding];
}
