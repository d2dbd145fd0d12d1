import { StreamLanguage } from '@codemirror/language';
import type { StreamParser } from '@codemirror/language';
import type { Extension } from '@codemirror/state';

const KEYWORDS =
  /^(let|rec|and|in|as|with|from|if|then|else|begin|end|include|show|unshow|procedure|call|fun|forall|do|match|enum|instructions|variant)$/;
const CHECKS = /^(acyclic|irreflexive|empty|flag|undefined_unless|assert)$/;
const NAME = /^[A-Za-z_][\w.-]*/;

interface State {
  /** How many comments are open. */
  comments: number;
}

/** The language of models, token by token. */
const parser: StreamParser<State> = {
  name: 'cat',
  startState: () => ({ comments: 0 }),
  languageData: { commentTokens: { block: { open: '(*', close: '*)' } } },
  token(stream, state) {
    if (state.comments > 0 || stream.match('(*')) {
      if (state.comments === 0) state.comments = 1;
      while (!stream.eol() && state.comments > 0) {
        if (stream.match('(*')) state.comments++;
        else if (stream.match('*)')) state.comments--;
        else stream.next();
      }
      return 'blockComment';
    }
    if (stream.eatSpace()) return null;
    if (stream.match(/^"[^"]*"?/)) return 'string';
    const name = stream.match(NAME) as RegExpMatchArray | null;
    if (name !== null) {
      if (CHECKS.test(name[0])) return 'operatorKeyword';
      return KEYWORDS.test(name[0]) ? 'keyword' : 'variableName';
    }
    if (stream.match(/^[()[\]{}]/)) return 'paren';
    stream.next();
    return 'operator';
  },
};

export function catLanguage(): Extension {
  return StreamLanguage.define(parser);
}
