import type { Diagnostic } from '../base/diagnostic.ts';
import { type Result, err } from '../base/result.ts';
import { UNIT, wordUnit } from './classes.ts';
import { malformed } from './malformed.ts';
import { matchParentheses } from './parentheses.ts';
import { bytesToName, stringBytes, stringEnd } from './strings.ts';
import { type Tokens, textSpan } from './tokens.ts';

/**
 * Text to tokens [core specification, Text Format, Lexical Format]: one sticky regular expression finds the next token,
 * and what it cannot match is looked at by hand.
 */

/** A parenthesis (1), a word (2), a string without escapes (3) or a line comment (4), after white space. */
const TOKEN =
  /[ \t\n\r]*(?:([()])|([0-9A-Za-z!#$%&'*+\-./:<=>?@\\^_`|~]+)|("[ !#-[\]-~\u0080-\uffff]*")|(;;[^\n\r]*))?/y;
/** What may not follow a word or string directly: the two together are one reserved token. */
const GLUED = /["0-9A-Za-z!#$%&'*+\-./:<=>?@\\^_`|~,[\]{}]/;
/** What a reserved token may hold besides strings. */
const RESERVED = /[0-9A-Za-z!#$%&'*+\-./:<=>?@\\^_`|~,[\]{}]+|;(?!;)/y;

export function tokenize(text: string, origin: Int32Array | null = null): Result<Tokens, Diagnostic[]> {
  const lexer = new Lexer(text, origin);
  const problem = lexer.run();
  if (problem !== null) return err([problem]);
  return matchParentheses(lexer.finish());
}

/** Hides the growing token table. */
class Lexer {
  readonly #text: string;
  readonly #origin: Int32Array | null;
  readonly #units: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  #pos = 0;

  constructor(text: string, origin: Int32Array | null) {
    this.#text = text;
    this.#origin = origin;
  }

  finish(): Omit<Tokens, 'closes'> {
    return {
      text: this.#text,
      units: this.#units.join(''),
      starts: Int32Array.from(this.#starts),
      ends: Int32Array.from(this.#ends),
      origin: this.#origin,
    };
  }

  run(): Diagnostic | null {
    const text = this.#text;
    for (;;) {
      TOKEN.lastIndex = this.#pos;
      const found = TOKEN.exec(text);
      this.#pos = TOKEN.lastIndex;
      const parenthesis = found?.[1];
      if (parenthesis !== undefined) {
        const next = parenthesis === '(' ? text[this.#pos] : undefined;
        if (next === ';' || next === '@') {
          const problem = next === ';' ? this.#blockComment(this.#pos - 1) : this.#annotation(this.#pos - 1);
          if (problem !== null) return problem;
        } else this.#push(parenthesis === '(' ? UNIT.open : UNIT.close, this.#pos - 1);
        continue;
      }
      const word = found?.[2];
      const string = found?.[3];
      if (word !== undefined || string !== undefined) {
        const problem = this.#wordOrString(word ?? null, this.#pos - (word ?? string ?? '').length);
        if (problem !== null) return problem;
        continue;
      }
      if (found?.[4] !== undefined) continue;
      if (this.#pos >= text.length) return null;
      const problem = text[this.#pos] === '"' ? this.#escapedString() : this.#illegal();
      if (problem !== null) return problem;
    }
  }

  #push(unit: string, start: number): void {
    this.#units.push(unit);
    this.#starts.push(start);
    this.#ends.push(this.#pos);
  }

  #wordOrString(word: string | null, start: number): Diagnostic | null {
    const next = this.#text[this.#pos];
    if (next !== undefined && GLUED.test(next)) return this.#gluedToken(start);
    if (word === null) this.#push(UNIT.string, start);
    else if (word[0] !== '$') this.#push(wordUnit(word), start);
    else if (word.length === 1) return this.#problem('Lex/identifier', start, this.#pos, 'empty identifier');
    else this.#push(UNIT.id, start);
    return null;
  }

  #escapedString(): Diagnostic | null {
    const start = this.#pos;
    return this.#skipString() ?? this.#wordOrString(null, start);
  }

  /** `$"…"` is an identifier; any other run of words and strings without white space between is a reserved token. */
  #gluedToken(start: number): Diagnostic | null {
    this.#pos = start;
    const problem = this.#skipReserved();
    if (problem !== null) return problem;
    const isQuotedId = this.#text.startsWith('$"', start) && stringEnd(this.#text, start + 1);
    if (isQuotedId === false || !isQuotedId.ok || isQuotedId.value !== this.#pos) this.#push(UNIT.word, start);
    else if (this.#pos === start + '$""'.length)
      return this.#problem('Lex/identifier', start, this.#pos, 'empty identifier');
    else this.#push(UNIT.id, start);
    return null;
  }

  /** Moves past a string literal. */
  #skipString(): Diagnostic | null {
    const end = stringEnd(this.#text, this.#pos);
    if (!end.ok) return this.#problem(end.error.rule, end.error.start, end.error.end, end.error.message);
    this.#pos = end.value;
    return null;
  }

  /** Moves past words, strings and punctuation that stand without white space between. */
  #skipReserved(): Diagnostic | null {
    for (;;) {
      RESERVED.lastIndex = this.#pos;
      if (RESERVED.test(this.#text)) this.#pos = RESERVED.lastIndex;
      else if (this.#text[this.#pos] !== '"') return null;
      else {
        const problem = this.#skipString();
        if (problem !== null) return problem;
      }
    }
  }

  /** `(; … ;)`, which nest. */
  #blockComment(start: number): Diagnostic | null {
    const edge = /\(;|;\)/g;
    edge.lastIndex = start;
    let depth = 0;
    for (let found = edge.exec(this.#text); found !== null; found = edge.exec(this.#text)) {
      depth += found[0] === '(;' ? 1 : -1;
      this.#pos = edge.lastIndex;
      if (depth === 0) return null;
    }
    return this.#problem('Lex/comment', start, start + 2, 'unclosed comment');
  }

  /** `(@name …)` is white space whatever tokens it holds [Text Format, Annotations]. */
  #annotation(start: number): Diagnostic | null {
    const problem = this.#annotationId(start);
    if (problem !== null) return problem;
    let depth = 1;
    while (depth > 0) {
      const space = /[ \t\n\r]*/y;
      space.lastIndex = this.#pos;
      space.test(this.#text);
      this.#pos = space.lastIndex;
      const char = this.#text[this.#pos];
      if (char === undefined) return this.#problem('Lex/annotation', start, start + 2, 'unclosed annotation');
      if (char === '(' && this.#text[this.#pos + 1] === ';') {
        const problem = this.#blockComment(this.#pos);
        if (problem !== null) return problem;
      } else if (char === '(' || char === ')') {
        depth += char === '(' ? 1 : -1;
        this.#pos++;
      } else if (char === ';' && this.#text[this.#pos + 1] === ';') {
        const end = this.#text.slice(this.#pos).search(/[\n\r]/);
        this.#pos = end < 0 ? this.#text.length : this.#pos + end;
      } else {
        const before = this.#pos;
        const problem = this.#skipReserved();
        if (problem !== null) return problem;
        if (this.#pos === before) return this.#illegal();
      }
    }
    return null;
  }

  /** Moves past the name of an annotation, which follows its `(@` directly. */
  #annotationId(start: number): Diagnostic | null {
    const begin = start + '(@'.length;
    this.#pos = begin;
    const word = /[0-9A-Za-z!#$%&'*+\-./:<=>?@\\^_`|~]+/y;
    word.lastIndex = begin;
    if (word.test(this.#text)) {
      this.#pos = word.lastIndex;
      return null;
    }
    const problem = this.#text[begin] === '"' ? this.#skipString() : null;
    if (problem !== null) return problem;
    const id = this.#text.slice(begin, this.#pos);
    if (id.length <= '""'.length) return this.#problem('Lex/annotation', start, begin, 'empty annotation id');
    const bytes = stringBytes(id);
    if (bytes.ok && bytesToName(bytes.value).ok) return null;
    return this.#problem('Lex/name', start, this.#pos, 'malformed UTF-8 encoding');
  }

  #illegal(): Diagnostic {
    const at = this.#pos;
    const char = String.fromCodePoint(this.#text.codePointAt(at) ?? 0);
    const message = /[,;[\]{}]/.test(char) ? `unexpected token ${char}` : `illegal character ${JSON.stringify(char)}`;
    return this.#problem('Lex/character', at, at + char.length, message);
  }

  #problem(rule: string, start: number, end: number, message: string): Diagnostic {
    return malformed(rule, textSpan(this.#origin, start, end), message);
  }
}
