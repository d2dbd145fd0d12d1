/** A piece of a source: offsets of UTF-16 units in a text, of bytes in a binary, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The span of what has no source text (built by a program). */
export const NOWHERE: Span = { start: 0, end: 0 };

/** Line and column, both from 1; a column counts UTF-16 units. A binary has one line, whose columns count bytes. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A span as a person reads it; the end is exclusive, as in {@link Span}. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A part of a source that has a name: a function of a module. */
export interface Piece {
  readonly name: string;
  readonly span: Span;
}

/** A source text with its name, which turns offsets into lines and columns. One without text stands for a binary. */
export class Source {
  readonly name: string;
  readonly text: string;
  readonly #pieces: readonly Piece[];
  #lineStarts: number[] | null = null;

  /** `pieces` do not overlap, and ascend. */
  constructor(name: string, text: string, pieces: readonly Piece[] = []) {
    this.name = name;
    this.text = text;
    this.#pieces = pieces;
  }

  /** Where an offset is, for people: `line 12`, `$push, line 12`, or `$push+0x2c` in a binary. */
  where(offset: number): string {
    const piece = this.#pieces.find(({ span }) => span.start <= offset && offset < span.end);
    if (this.text === '')
      return piece === undefined
        ? `byte 0x${offset.toString(16)}`
        : `${piece.name}${offset === piece.span.start ? '' : `+0x${(offset - piece.span.start).toString(16)}`}`;
    const line = `line ${this.position(offset).line}`;
    return piece === undefined ? line : `${piece.name}, ${line}`;
  }

  position(offset: number): Position {
    const starts = this.#starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  place(span: Span): Place {
    const start = this.position(span.start);
    const end = this.position(span.end);
    return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
  }

  #starts(): number[] {
    if (this.#lineStarts === null) {
      this.#lineStarts = [0];
      for (let i = this.text.indexOf('\n'); i >= 0; i = this.text.indexOf('\n', i + 1)) this.#lineStarts.push(i + 1);
    }
    return this.#lineStarts;
  }
}

/** A binary with its name. */
export class ByteSource {
  readonly name: string;
  readonly bytes: Uint8Array;

  constructor(name: string, bytes: Uint8Array) {
    this.name = name;
    this.bytes = bytes;
  }

  position(offset: number): Position {
    return { line: 1, column: offset + 1 };
  }

  place(span: Span): Place {
    return { line: 1, column: span.start + 1, endLine: 1, endColumn: span.end + 1 };
  }
}

export type AnySource = Source | ByteSource;
