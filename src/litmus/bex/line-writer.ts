import type { Source } from '../../base/span.ts';

/** Writes text whose lines are those of a source: what is made of a place stands on the place's line, or later. */
export class LineWriter {
  readonly #source: Source;
  readonly #lines: (() => string)[][] = [[]];

  constructor(source: Source) {
    this.#source = source;
  }

  /** What is written next is made of this place. */
  goTo(offset: number): void {
    const { line } = this.#source.position(offset);
    while (this.#lines.length < line) this.#lines.push([]);
  }

  write(...texts: readonly string[]): void {
    for (const text of texts) this.#lines.at(-1)?.push(() => text);
  }

  /** Leaves room here for a text that is given later. */
  later(): (text: string) => void {
    let given = '';
    this.#lines.at(-1)?.push(() => given);
    return (text) => {
      given = text;
    };
  }

  text(): string {
    return this.#lines.map((parts) => parts.map((part) => part()).join(' ')).join('\n');
  }
}
