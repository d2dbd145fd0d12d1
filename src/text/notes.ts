import type { Diagnostic } from '../base/diagnostic.ts';
import { CODE_METADATA, payloadText } from '../syntax/code-metadata.ts';
import type { Annotation } from '../syntax/module.ts';
import { charOf, skipIdChars } from './characters.ts';
import { malformed } from './malformed.ts';
import { bytesToName, concatBytes, stringBytes, stringEnd } from './strings.ts';
import { type Note, type Tokens, textSpan } from './tokens.ts';

/**
 * Annotations [core 3.0, Text Format, Annotations; Appendix, Custom Sections and Annotations]: `name` and `custom` ones have a meaning,
 * all others are kept with the definition or instruction that they precede or stand in.
 */

/** Hides which annotations of a module have been taken. */
export class NoteTable {
  readonly tokens: Tokens;
  readonly #notes: readonly Note[];
  readonly #taken: boolean[];

  /** The annotations before tokens `first` to `last`. */
  constructor(tokens: Tokens, first: number, last: number) {
    this.tokens = tokens;
    this.#notes = tokens.notes.filter(({ before }) => first <= before && before <= last);
    this.#taken = this.#notes.map(() => false);
  }

  get isEmpty(): boolean {
    return this.#notes.length === 0;
  }

  /** Those before tokens `first` to `last` that nobody has taken and `isWanted` wants. */
  take(first: number, last: number, isWanted: (note: Note) => boolean = () => true): Note[] {
    const taken: Note[] = [];
    for (let i = this.#indexOf(first); i < this.#notes.length; i++) {
      const note = this.#notes[i];
      if (note === undefined || note.before > last) break;
      if (this.#taken[i] === true || !isWanted(note)) continue;
      taken.push(note);
      this.#taken[i] = true;
    }
    return taken;
  }

  /** The first annotation before token `token` or a later one. */
  #indexOf(token: number): number {
    let low = 0;
    let high = this.#notes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#notes[middle]?.before ?? 0) < token) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Where annotations are read from, and where to complain of them. */
export interface Notes {
  readonly notes: NoteTable;
  readonly diagnostics: Diagnostic[];
}

/**
 * The annotations before tokens `first` to `last` as a definition or instruction keeps them; names and custom sections may not stand
 * here.
 */
export function annotationsWithin(
  { notes, diagnostics }: Notes,
  first: number,
  last: number,
  anchor: 'field' | 'instruction',
): Annotation[] {
  if (notes.isEmpty) return [];
  const { tokens } = notes;
  const seen = new Set<string>();
  return notes.take(first, last).flatMap((note) => {
    const complain = (message: string): [] => {
      diagnostics.push(complaint(tokens, note, message));
      return [];
    };
    if (note.id === 'name' || note.id === 'custom') return complain(`misplaced @${note.id} annotation`);
    if (note.id.startsWith(CODE_METADATA)) {
      if (anchor === 'field') return complain(`@${note.id} annotation: not in a function`);
      if (seen.has(note.id)) return complain(`@${note.id} annotation: duplicate annotation`);
      seen.add(note.id);
    }
    const text = bodyText(tokens, note);
    return [{ id: note.id, text: note.id.startsWith(CODE_METADATA) ? payload(text) : text }];
  });
}

/** Strings as the one literal that code metadata are kept as; any other text as it is. */
function payload(text: string): string {
  const parts: Uint8Array[] = [];
  for (const piece of pieces(text)) {
    const end = piece.startsWith('"') ? stringEnd(piece, 0) : null;
    const bytes = end !== null && end.ok && end.value === piece.length ? stringBytes(piece) : null;
    if (bytes === null || !bytes.ok) return text;
    parts.push(bytes.value);
  }
  return parts.length === 0 ? text : payloadText(concatBytes(parts));
}

/** `{ notes }` if there are any: what has none has no such property. */
export function noted(notes: readonly Annotation[]): { notes?: readonly Annotation[] } {
  return notes.length === 0 ? {} : { notes };
}

/** The name in `(@name "…")` directly before token `token`; null if there is none. `what` has the name. */
export function nameNote({ notes, diagnostics }: Notes, token: number, what: string): string | null {
  if (notes.isEmpty) return null;
  const { tokens } = notes;
  const [first, second] = notes.take(token, token, ({ id }) => id === 'name');
  if (first === undefined) return null;
  if (second !== undefined) diagnostics.push(complaint(tokens, second, `@name annotation: multiple ${what}`));
  const literal = bodyText(tokens, first);
  const end = literal.startsWith('"') ? stringEnd(literal, 0) : null;
  if (end === null || !end.ok || end.value !== literal.length) {
    diagnostics.push(complaint(tokens, first, '@name annotation: unexpected token'));
    return null;
  }
  const bytes = stringBytes(literal);
  const name = bytes.ok ? bytesToName(bytes.value) : bytes;
  if (name.ok) return name.value;
  diagnostics.push(complaint(tokens, first, `@name annotation: ${name.error}`));
  return null;
}

export function complaint(tokens: Tokens, note: Note, message: string): Diagnostic {
  return malformed('Parse/annotation', textSpan(tokens.origin, note.start, note.end), message);
}

/** What stands after an annotation's id, each run of white space and comments one space. */
export function bodyText(tokens: Tokens, note: Note): string {
  return pieces(tokens.text.slice(note.body, note.end - 1)).join(' ');
}

/** The stretches of a well-formed text between white space and comments. */
export function pieces(text: string): string[] {
  const found: string[] = [];
  let at = 0;
  let begin = 0;
  const cut = (): void => {
    if (begin < at) found.push(text.slice(begin, at));
  };
  while (at < text.length) {
    const next = afterSpace(text, at);
    if (next > at) {
      cut();
      at = next;
      begin = next;
    } else if (text[at] === '"') {
      const end = stringEnd(text, at);
      at = end.ok ? end.value : at + 1;
    } else at = Math.max(skipIdChars(text, at), at + 1);
  }
  cut();
  return found;
}

/** Behind a character of white space or a comment; the same place where there is neither. */
function afterSpace(text: string, at: number): number {
  if (charOf(text, at) === 'space') return at + 1;
  if (text.startsWith(';;', at)) {
    const end = text.slice(at).search(/[\n\r]/);
    return end < 0 ? text.length : at + end;
  }
  if (!text.startsWith('(;', at)) return at;
  const edge = /\(;|;\)/g;
  edge.lastIndex = at;
  let depth = 0;
  for (let found = edge.exec(text); found !== null; found = edge.exec(text)) {
    depth += found[0] === '(;' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return text.length;
}
