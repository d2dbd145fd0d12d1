import type { Span } from '../base/span.ts';

/** A text as lists of lists and words, without a meaning yet: for who points at a place in it. */

export interface WrittenWord {
  readonly kind: 'word';
  readonly text: string;
  readonly at: Span;
}

export interface WrittenList {
  readonly kind: 'list';
  readonly items: readonly Written[];
  readonly at: Span;
}

export type Written = WrittenWord | WrittenList;

/** A place in a text: the word that is there and the lists around it, the innermost first. */
export interface Place {
  readonly word: WrittenWord;
  readonly lists: readonly WrittenList[];
}

/** The word that a list begins with; empty if it begins with none. */
export function headOf(list: Written | undefined): string {
  const [first] = list?.kind === 'list' ? list.items : [];
  return first?.kind === 'word' ? first.text : '';
}
