import { StreamLanguage } from '@codemirror/language';
import type { StreamParser } from '@codemirror/language';
import type { Extension } from '@codemirror/state';

const KEYWORDS = /^(var|new|Thread|Params|for|if|else|print)$/;
const NAME = /^[A-Za-z_]\w*/;

/** EMME’s programs, token by token. */
const parser: StreamParser<null> = {
  name: 'bex',
  languageData: { commentTokens: { line: '//' } },
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match('//')) {
      stream.skipToEnd();
      return 'lineComment';
    }
    if (stream.match(/^-[IUF]\w*/)) return 'typeName';
    if (stream.match(/^[\d.]+/)) return 'number';
    if (stream.match(/^(SharedArrayBuffer|Atomics(\.\w+)?)/)) return 'operatorKeyword';
    const name = stream.match(NAME) as RegExpMatchArray | null;
    if (name !== null) return KEYWORDS.test(name[0]) ? 'keyword' : 'variableName';
    stream.next();
    return null;
  },
};

export function bexLanguage(): Extension {
  return StreamLanguage.define(parser);
}
