import type { Diagnostic } from '../base/diagnostic.ts';
import { type Result, err } from '../base/result.ts';
import { type Char, charOf, isReservedChar, skipIdChars } from './characters.ts';
import { BAD, UNIT, wordOf } from './classes.ts';
import { malformed } from './malformed.ts';
import { MAX_NESTING, matchParentheses } from './parentheses.ts';
import { bytesToName, stringBytes, stringEnd } from './strings.ts';
import { TokenTable } from './token-table.ts';
import { type Tokens, textSpan } from './tokens.ts';

/**
 * Text to tokens [core 3.0, Text Format, Lexical Format], in one pass over the characters. What is no token is complained of and
 * stands as a bad token, so that only the field around it is lost. An error is returned where the parentheses do not pair.
 */
export function tokenize(text: string, origin: Int32Array | null = null): Result<Tokens, Diagnostic[]> {
  const lexer = new Lexer(text, origin);
  const fatal = lexer.run();
  const tokens = lexer.tokens();
  const problems = tokens.problems.map(({ diagnostic }) => diagnostic);
  if (fatal !== null) return err([...problems, fatal]);
  const paired = matchParentheses(tokens);
  return paired.ok || problems.length === 0 ? paired : err(problems);
}

/** Complaints after which reading on is pointless. */
const MAX_PROBLEMS = 100;

/** Annotations that are kept. */
const MAX_NOTES = 1_000_000;

/** Hides the place in the text and the growing token table. */
class Lexer {
  readonly #text: string;
  readonly #origin: Int32Array | null;
  readonly #table: TokenTable;
  #pos = 0;
  /** Parentheses that are open. */
  #depth = 0;

  constructor(text: string, origin: Int32Array | null) {
    this.#text = text;
    this.#origin = origin;
    this.#table = new TokenTable(text.length);
  }

  tokens(): Tokens {
    return this.#table.finish(this.#text, this.#origin);
  }

  /** Reads the whole text; a complaint where it gives up. */
  run(): Diagnostic | null {
    const text = this.#text;
    while (this.#pos < text.length) {
      const char = charOf(text, this.#pos);
      if (char === 'space') this.#pos++;
      else {
        const isToken = this.#token(char);
        if (!isToken && this.#table.problems.length >= MAX_PROBLEMS)
          return this.#giveUp('Lex/problems', 'too many malformed tokens');
        if (this.#depth > MAX_NESTING) return this.#giveUp('Parse/depth', 'nested too deeply');
        if (this.#table.notes > MAX_NOTES) return this.#giveUp('Lex/size', `over ${MAX_NOTES} annotations`);
        // What follows a parenthesis that closes nothing is lost.
        if (this.#depth < 0) return null;
      }
    }
    return null;
  }

  #giveUp(rule: string, message: string): Diagnostic {
    return malformed(rule, textSpan(this.#origin, this.#pos - 1, this.#pos), message);
  }

  /** One token, comment or annotation; whether it is well-formed. */
  #token(char: Char): boolean {
    const start = this.#pos;
    switch (char) {
      case 'id':
        return this.#word(start);
      case 'open': {
        const next = this.#text[start + 1];
        if (next === ';') return this.#blockComment();
        if (next === '@') return this.#annotation();
        this.#pos++;
        this.#depth++;
        this.#table.push(UNIT.open, start, this.#pos);
        return true;
      }
      case 'close':
        this.#pos++;
        this.#depth--;
        this.#table.push(UNIT.close, start, this.#pos);
        return true;
      case 'semicolon':
        if (this.#text[start + 1] === ';') {
          this.#lineComment();
          return true;
        }
        return this.#illegal();
      case 'quote':
        return this.#string(start);
      default:
        return this.#illegal();
    }
  }

  #word(start: number): boolean {
    this.#pos = skipIdChars(this.#text, start);
    if (isReservedChar(this.#text, this.#pos)) return this.#gluedToken(start);
    const isId = this.#text.charCodeAt(start) === DOLLAR;
    if (!isId) {
      const { unit, row } = wordOf(this.#text.slice(start, this.#pos));
      this.#table.push(unit, start, this.#pos, row);
      return true;
    }
    if (this.#pos === start + 1) return this.#problem('Lex/identifier', start, this.#pos, 'empty identifier');
    this.#table.push(UNIT.id, start, this.#pos);
    return true;
  }

  #string(start: number): boolean {
    if (!this.#skipString()) return false;
    if (isReservedChar(this.#text, this.#pos) || charOf(this.#text, this.#pos) === 'id') return this.#gluedToken(start);
    this.#table.push(UNIT.string, start, this.#pos);
    return true;
  }

  /** `$"…"` is an identifier; any other run of words and strings without white space between is a reserved token. */
  #gluedToken(start: number): boolean {
    if (this.#text.startsWith('$"', start)) {
      const end = stringEnd(this.#text, start + 1);
      // A `$` before what is no string stands alone.
      if (!end.ok) {
        this.#pos = this.#afterBadString(end.error.end);
        return this.#problem('Lex/identifier', start, start + 1, 'empty identifier');
      }
      this.#pos = end.value;
      if (!isReservedChar(this.#text, this.#pos) && charOf(this.#text, this.#pos) !== 'id') {
        if (this.#pos === start + '$""'.length)
          return this.#problem('Lex/identifier', start, this.#pos, 'empty identifier');
        this.#table.push(UNIT.id, start, this.#pos);
        return true;
      }
    }
    this.#pos = start;
    if (!this.#skipReserved()) return false;
    this.#table.push(UNIT.word, start, this.#pos);
    return true;
  }

  /** Moves past a string literal. */
  #skipString(): boolean {
    const end = stringEnd(this.#text, this.#pos);
    if (end.ok) {
      this.#pos = end.value;
      return true;
    }
    const { rule, start, message } = end.error;
    this.#pos = this.#afterBadString(end.error.end);
    return this.#problem(rule, start, end.error.end, message);
  }

  /** Where a malformed string ends: after the next quote of its line, or with the line. */
  #afterBadString(from: number): number {
    const rest = /(?:[^"\\\n\r]|\\[^\n\r])*"?/y;
    rest.lastIndex = from;
    rest.test(this.#text);
    return Math.max(rest.lastIndex, from);
  }

  /** Moves past words, strings and punctuation that stand without white space between. */
  #skipReserved(): boolean {
    for (;;) {
      const char = charOf(this.#text, this.#pos);
      if (char === 'id') this.#pos = skipIdChars(this.#text, this.#pos);
      else if (char === 'quote') {
        if (!this.#skipString()) return false;
      } else if (char === 'punctuation' || (char === 'semicolon' && this.#text[this.#pos + 1] !== ';')) this.#pos++;
      else return true;
    }
  }

  #lineComment(): void {
    const text = this.#text;
    while (this.#pos < text.length) {
      const code = text.charCodeAt(this.#pos);
      if (code === NEWLINE || code === RETURN) return;
      this.#pos++;
    }
  }

  /** `(; … ;)`, which nest. */
  #blockComment(): boolean {
    const start = this.#pos;
    const edge = /\(;|;\)/g;
    edge.lastIndex = start;
    let depth = 0;
    while (edge.test(this.#text)) {
      this.#pos = edge.lastIndex;
      depth += this.#text.charCodeAt(this.#pos - 1) === SEMICOLON ? 1 : -1;
      if (depth === 0) return true;
    }
    this.#pos = this.#text.length;
    return this.#problem('Lex/comment', start, start + 2, 'unclosed comment');
  }

  /** `(@id …)`: white space to the grammar, whatever tokens it holds [Text Format, Annotations]. */
  #annotation(): boolean {
    const start = this.#pos;
    const problems = this.#table.problems.length;
    const id = this.#annotationId(start);
    const body = this.#pos;
    let depth = 1;
    while (depth > 0) {
      const char = charOf(this.#text, this.#pos);
      if (char === 'end') break;
      const next = this.#text[this.#pos + 1];
      if (char === 'space') this.#pos++;
      else if (char === 'open' && next === ';') this.#blockComment();
      else if (char === 'open' || char === 'close') {
        depth += char === 'open' ? 1 : -1;
        this.#pos++;
      } else if (char === 'semicolon' && next === ';') this.#lineComment();
      else if (char === 'illegal') this.#illegal();
      else this.#skipReserved();
      if (this.#table.problems.length > problems + MAX_PROBLEMS) break;
    }
    if (this.#table.problems.length > problems) return false;
    if (depth > 0) return this.#problem('Lex/annotation', start, start + 2, 'unclosed annotation');
    if (id !== null) this.#table.note({ id, start, end: this.#pos, body });
    return true;
  }

  /** Moves past the id of an annotation, which follows its `(@` directly; null if it is malformed. */
  #annotationId(start: number): string | null {
    const begin = start + '(@'.length;
    this.#pos = skipIdChars(this.#text, begin);
    if (this.#pos > begin) return this.#text.slice(begin, this.#pos);
    const end = this.#text[begin] === '"' ? stringEnd(this.#text, begin) : null;
    if (end !== null) this.#pos = end.ok ? end.value : this.#afterBadString(end.error.end);
    if (end === null || !end.ok || this.#pos === begin + '""'.length) {
      this.#problem('Lex/annotation', start, begin, 'empty annotation id');
      return null;
    }
    const bytes = stringBytes(this.#text.slice(begin, this.#pos));
    const name = bytes.ok ? bytesToName(bytes.value) : bytes;
    if (name.ok) return name.value;
    this.#problem('Lex/name', start, this.#pos, name.error);
    return null;
  }

  #illegal(): boolean {
    const at = this.#pos;
    const char = String.fromCodePoint(this.#text.codePointAt(at) ?? 0);
    this.#pos += char.length;
    const message = /[,;[\]{}]/.test(char) ? `unexpected token ${char}` : `illegal character ${JSON.stringify(char)}`;
    return this.#problem('Lex/character', at, this.#pos, message);
  }

  /** Complains, with a bad token in the place of what is no token. */
  #problem(rule: string, start: number, end: number, message: string): false {
    const diagnostic = malformed(rule, textSpan(this.#origin, start, end), message);
    this.#table.problem(diagnostic);
    this.#table.push(BAD, start, end);
    return false;
  }
}

const DOLLAR = 0x24;
const SEMICOLON = 0x3b;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
