import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import type { StreamParser } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { tags } from '@lezer/highlight';

/** Words that open a part of a module or a script. */
const STRUCTURE =
  /^(module|definition|instance|component|func|type|rec|sub|param|result|local|global|memory|table|elem|data|import|export|start|tag|field|struct|array|mut|ref|item|offset|declare|register|thread|wait|invoke|get|litmus|exists|forall|not|and|or|verdict|outcomes|outcome|reason|assert_\w+|quote|binary|then|else)$/;
/** What this proposal adds: who shares, and in which order. */
const SHARING = /^(shared|unshared|thread_local|seqcst|seq_cst|acqrel|acq_rel|fork)$/;
const VERDICT = /^(allowed|forbidden|required)$/;
const TYPE =
  /^(i8|i16|i32|i64|f32|f64|v128|(?:null)?\w*ref|any|eq|i31|extern|noextern|none|nofunc|exn|noexn|waitqueue|null)$/;
const WORD = /^[0-9A-Za-z!#$%&'*+\-./:<=>?@\\^_`|~]+/;
const NUMBER =
  /^[+-]?(0x[0-9a-f_]+(\.[0-9a-f_]*)?(p[+-]?[0-9_]+)?|[0-9][0-9_]*(\.[0-9_]*)?(e[+-]?[0-9_]+)?|inf|nan(:\S+)?)$/i;

interface State {
  /** How many block comments are open. */
  comments: number;
}

/** The text format, its extension and scripts, token by token: enough to colour what is still being typed. */
const parser: StreamParser<State> = {
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

function styleOf(word: string): string {
  if (word.startsWith('$')) return 'variableName';
  if (SHARING.test(word)) return 'modifier';
  if (TYPE.test(word)) return 'typeName';
  if (STRUCTURE.test(word)) return 'keyword';
  if (NUMBER.test(word)) return 'number';
  if (VERDICT.test(word)) return 'atom';
  if (/^(offset|align)=/.test(word)) return 'propertyName';
  return /\.atomic\.|^memory\.atomic|atomic\.fence/.test(word) ? 'operatorKeyword' : 'operator';
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

export function wastLanguage(): Extension {
  return [StreamLanguage.define(parser), syntaxHighlighting(COLOURS)];
}
