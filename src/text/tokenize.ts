import type { Diagnostic } from '../base/diagnostic.ts';
import { type Result, err } from '../base/result.ts';
import { UNIT, wordUnit } from './classes.ts';
import { malformed } from './malformed.ts';
import { matchParentheses } from './parentheses.ts';
import { bytesToName, stringBytes, stringProblem } from './strings.ts';
import { type Tokens, textSpan } from './tokens.ts';

/**
 * Text to tokens [core specification, Text Format, Lexical Format]: one sticky regular expression finds the next token,
 * and what it cannot match is looked at by hand.
 */

const IDCHARS = "[0-9A-Za-z!#$%&'*+\\-./:<=>?@\\\\^_`|~]+";
const STRING = '"(?:[^"\\\\\\x00-\\x1f\\x7f]|\\\\(?:[tnr"\'\\\\]|[0-9a-fA-F]{2}|u\\{[0-9a-fA-F](?:_?[0-9a-fA-F])*\\}))*"';
/** White space and line comments, then a parenthesis (1), a word (2) or a string (3). */
const TOKEN = new RegExp(`(?:[ \\t\\n\\r]+|;;[^\\n\\r]*)*(?:([()])|(${IDCHARS})|(${STRING}))?`, 'y');
/** What may not follow a word or string directly: the two together are one reserved token. */
const GLUED = /["0-9A-Za-z!#$%&'*+\-./:<=>?@\\^_`|~,[\]{}]/;
/** A string or a reserved word: all that may stand between the parentheses of an annotation besides parentheses. */
const RESERVED = new RegExp(`(?:${IDCHARS}|${STRING}|[,[\\]{}]|;(?!;))+`, 'y');

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
      if (this.#pos >= text.length) return null;
      return this.#illegal(this.#pos);
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

  /** `$"…"` is an identifier; any other run of words and strings without white space between is a reserved token. */
  #gluedToken(start: number): Diagnostic | null {
    RESERVED.lastIndex = start;
    const whole = RESERVED.exec(this.#text)?.[0] ?? '';
    this.#pos = start + whole.length;
    if (/^\$"[^"\\]*(?:\\.[^"\\]*)*"$/.test(whole)) {
      if (whole === '$""') return this.#problem('Lex/identifier', start, this.#pos, 'empty identifier');
      this.#push(UNIT.id, start);
      return null;
    }
    const unfinished = this.#text[this.#pos] === '"' ? this.#illegal(this.#pos) : null;
    if (unfinished === null) this.#push(UNIT.word, start);
    return unfinished;
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
    const name = /(?:[0-9A-Za-z!#$%&'*+\-./:<=>?@\\^_`|~]+|"[^"]+")/y;
    name.lastIndex = start + 2;
    const id = name.exec(this.#text)?.[0];
    if (id === undefined) return this.#problem('Lex/annotation', start, start + 2, 'empty annotation id');
    const bytes = id.startsWith('"') ? stringBytes(id) : null;
    if (bytes?.ok && !bytesToName(bytes.value).ok) return this.#problem('Lex/name', start, start + 2 + id.length, 'malformed UTF-8 encoding');
    this.#pos = start + 2;
    let depth = 1;
    while (depth > 0) {
      const space = /(?:[ \t\n\r]+|;;[^\n\r]*)*/y;
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
      } else {
        RESERVED.lastIndex = this.#pos;
        if (!RESERVED.test(this.#text)) return this.#illegal(this.#pos);
        this.#pos = RESERVED.lastIndex;
      }
    }
    return null;
  }

  #illegal(at: number): Diagnostic {
    if (this.#text[at] === '"') {
      const { rule, message, start, end } = stringProblem(this.#text, at);
      return this.#problem(rule, start, end, message);
    }
    const char = String.fromCodePoint(this.#text.codePointAt(at) ?? 0);
    const reserved = /[,;[\]{}]/.test(char);
    return this.#problem('Lex/character', at, at + char.length, reserved ? `unexpected token ${char}` : `illegal character ${JSON.stringify(char)}`);
  }

  #problem(rule: string, start: number, end: number, message: string): Diagnostic {
    return malformed(rule, textSpan(this.#origin, start, end), message);
  }
}
