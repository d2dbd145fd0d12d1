import { UNIT, unitOf } from './classes.ts';
import { type Tokens, closeOf } from './tokens.ts';

/**
 * A stretch of tokens as a grammar sees it: one unit per token, or per stretch of tokens that is matched separately and
 * stands as one unit of its own class (a *hole*).
 */
export interface View {
  readonly tokens: Tokens;
  readonly units: string;
  readonly first: number;
  /** The token of each unit (a hole's is its first); null: there are no holes, and unit i is token first + i. */
  readonly map: readonly number[] | null;
  readonly holes: readonly Hole[];
}

/** Tokens `first` to `last` stand as unit `at`, whose class is `unit`. */
export interface Hole {
  readonly at: number;
  readonly unit: number;
  readonly first: number;
  last: number;
  /** Whether what it holds is known to be well-formed. */
  isMatched: boolean;
}

/** The token of a unit; for the unit after the last, the last token. */
export function tokenAt(view: View, unit: number): number {
  if (view.map === null) return view.first + Math.min(unit, view.units.length - 1);
  return view.map[Math.min(unit, view.map.length - 1)] ?? view.first;
}

/** The last token of a unit: a hole's last, else the token itself. */
export function lastTokenAt(view: View, unit: number): number {
  if (view.map === null) return tokenAt(view, unit);
  const at = Math.min(unit, view.map.length - 1);
  let low = 0;
  let high = view.holes.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const hole = view.holes[middle];
    if (hole === undefined) break;
    if (hole.at === at) return hole.last;
    if (hole.at < at) low = middle + 1;
    else high = middle - 1;
  }
  return tokenAt(view, unit);
}

/** Units of tokens `first` to (not including) `end` as a string. */
export function unitText(tokens: Tokens, first: number, end: number): string {
  let text = '';
  for (let from = first; from < end; from += PIECE)
    text += String.fromCharCode(...tokens.units.subarray(from, Math.min(end, from + PIECE)));
  return text;
}

/** Arguments that one call takes. */
const PIECE = 8192;

/** How much of a view there was at some point. */
export interface Mark {
  readonly parts: number;
  readonly units: number;
  readonly holes: number;
}

/** Instructions side by side that are matched together. */
export const STRETCH = 4000;

/** Collects units, leaving holes. */
export class ViewBuilder {
  readonly #tokens: Tokens;
  readonly #first: number;
  readonly #parts: string[] = [];
  readonly #map: number[] = [];
  readonly #holes: Hole[] = [];
  #next: number;

  constructor(tokens: Tokens, first: number) {
    this.#tokens = tokens;
    this.#first = first;
    this.#next = first;
  }

  /** What is in the view so far, before token `token`. */
  mark(token: number): Mark {
    this.#copy(token);
    this.#next = token;
    return { parts: this.#parts.length, units: this.#map.length, holes: this.#holes.length };
  }

  /** A hole in the place of all that came after a mark. */
  replace(mark: Mark, unit: number, first: number, last: number, mayJoin: boolean): void {
    this.#parts.length = mark.parts;
    this.#map.length = mark.units;
    this.#holes.length = mark.holes;
    this.#next = first;
    this.hole(unit, first, last, true, mayJoin);
  }

  /** Units so far, if the tokens up to `token` are copied. */
  sizeAt(token: number): number {
    return this.#map.length + token - this.#next;
  }

  /** Tokens from the last hole up to (not including) `first` as they are, then a hole for the tokens up to `last`. */
  hole(unit: number, first: number, last: number, isMatched: boolean, mayJoin: boolean): void {
    const before = this.#holes.at(-1);
    const joins = mayJoin && before !== undefined && before.last === first - 1 && before.unit === unit;
    // Holes side by side are one, of bounded size unless nothing in it needs a match.
    if (joins && ((isMatched && before.isMatched) || last - before.first < STRETCH)) {
      before.last = last;
      before.isMatched &&= isMatched;
    } else {
      this.#copy(first);
      this.#parts.push(String.fromCharCode(unit));
      this.#holes.push({ at: this.#map.length, unit, first, last, isMatched });
      this.#map.push(first);
    }
    this.#next = last + 1;
  }

  finish(last: number): View {
    const common = { tokens: this.#tokens, first: this.#first, holes: this.#holes };
    if (this.#holes.length === 0) return { ...common, units: unitText(this.#tokens, this.#first, last + 1), map: null };
    this.#copy(last + 1);
    return { ...common, units: this.#parts.join(''), map: this.#map };
  }

  #copy(end: number): void {
    if (end <= this.#next) return;
    this.#parts.push(unitText(this.#tokens, this.#next, end));
    for (let i = this.#next; i < end; i++) this.#map.push(i);
  }
}

/** A group whose child groups become holes of the class that `holeOf` gives their opening parenthesis, or stay whole (null). */
export function outline(tokens: Tokens, open: number, holeOf: (group: number) => number | null): View {
  const builder = new ViewBuilder(tokens, open);
  const close = closeOf(tokens, open);
  return outlined(builder, tokens, open + 1, close, holeOf).finish(close);
}

/** Tokens `first` to (not including) `end`, whose groups are fields. */
export function fieldsView(tokens: Tokens, first: number, end: number): View {
  const builder = new ViewBuilder(tokens, first);
  return outlined(builder, tokens, first, end, () => UNIT.field).finish(end - 1);
}

/** Like fields, the commands of a thread stand in any number. */
const COMMAND = unitOf('{command}');

function outlined(
  builder: ViewBuilder,
  tokens: Tokens,
  first: number,
  end: number,
  holeOf: (group: number) => number | null,
): ViewBuilder {
  for (let i = first; i < end; i++) {
    if (tokens.units[i] !== UNIT.open) continue;
    const hole = holeOf(i);
    const close = closeOf(tokens, i);
    if (hole !== null) builder.hole(hole, i, close, true, hole === UNIT.field || hole === COMMAND);
    i = close;
  }
  return builder;
}

/** Tokens without holes. */
export function plainView(tokens: Tokens, first: number, last: number): View {
  return { tokens, units: unitText(tokens, first, last + 1), first, map: null, holes: [] };
}

export function emptyView(tokens: Tokens): View {
  return { tokens, units: '', first: 0, map: null, holes: [] };
}
