import { UNIT, isMnemonicUnit, unitOf } from './classes.ts';
import type { Tokens } from './tokens.ts';

/**
 * A stretch of tokens as a grammar sees it: one unit per token, or per group of tokens that is matched separately and
 * stands as one unit of its own class (a *hole*).
 */
export interface View {
  readonly tokens: Tokens;
  readonly units: string;
  readonly first: number;
  /** The token of each unit (a hole's is its first); null: there are no holes, and unit i is token first + i. */
  readonly map: readonly number[] | null;
  /** The last token of each hole, by its unit. */
  readonly holeEnds: ReadonlyMap<number, number>;
}

/** The token of a unit; for the unit after the last, the last token. */
export function tokenAt(view: View, unit: number): number {
  if (view.map === null) return view.first + Math.min(unit, view.units.length - 1);
  return view.map[Math.min(unit, view.map.length - 1)] ?? view.first;
}

/** The last token of a unit: a hole's last, else the token itself. */
export function lastTokenAt(view: View, unit: number): number {
  return view.holeEnds.get(unit) ?? tokenAt(view, unit);
}

/** Collects units, leaving holes. */
class ViewBuilder {
  readonly #tokens: Tokens;
  readonly #first: number;
  readonly #parts: string[] = [];
  readonly #map: number[] = [];
  readonly #holeEnds = new Map<number, number>();
  #next: number;

  constructor(tokens: Tokens, first: number) {
    this.#tokens = tokens;
    this.#first = first;
    this.#next = first;
  }

  /** Tokens from the last hole up to (not including) `token`, then a hole that ends with token `last`. */
  hole(unit: string, token: number, last: number): void {
    this.#copy(token);
    this.#parts.push(unit);
    this.#holeEnds.set(this.#map.length, last);
    this.#map.push(token);
    this.#next = last + 1;
  }

  finish(last: number): View {
    const { units } = this.#tokens;
    if (this.#holeEnds.size === 0) {
      return {
        tokens: this.#tokens,
        units: units.slice(this.#first, last + 1),
        first: this.#first,
        map: null,
        holeEnds: this.#holeEnds,
      };
    }
    this.#copy(last + 1);
    return {
      tokens: this.#tokens,
      units: this.#parts.join(''),
      first: this.#first,
      map: this.#map,
      holeEnds: this.#holeEnds,
    };
  }

  #copy(end: number): void {
    this.#parts.push(this.#tokens.units.slice(this.#next, end));
    for (let i = this.#next; i < end; i++) this.#map.push(i);
  }
}

/** A group whose child groups become holes of the class that `holeOf` gives their opening parenthesis, or stay whole (null). */
export function outline(tokens: Tokens, open: number, holeOf: (group: number) => string | null): View {
  const builder = new ViewBuilder(tokens, open);
  const close = tokens.closes[open] ?? open;
  for (let i = open + 1; i < close; i++) {
    if (tokens.units[i] !== UNIT.open) continue;
    const hole = holeOf(i);
    const end = tokens.closes[i] ?? close;
    if (hole !== null) builder.hole(unitOf(hole), i, end);
    i = end;
  }
  return builder.finish(close);
}

/** Nesting that one match takes before the stack is in danger: instructions that are deeper become holes. */
const MATCH_DEPTH = 64;
/** Further levels within which such an instruction must begin. */
const SLACK = 16;

const FOLDED = unitOf('{folded}');
const STRUCTURED = unitOf('{structured}');
const BLOCKS = [unitOf('block'), unitOf('loop'), unitOf('if')].join('');
const END = unitOf('end');

/** A text that is nested too deeply, at the token where it becomes so. */
export interface TooDeep {
  readonly tooDeepAt: number;
}

/** Tokens `first` to `last`, with the instructions at depth {@link MATCH_DEPTH} as holes. */
export function nestedView(tokens: Tokens, first: number, last: number): View | TooDeep {
  const { units } = tokens;
  const builder = new ViewBuilder(tokens, first);
  let depth = 0;
  for (let i = first; i <= last; i++) {
    const unit = units[i] ?? '';
    if (unit === UNIT.open) {
      if (depth >= MATCH_DEPTH && isInstruction(units[i + 1] ?? '')) {
        const end = tokens.closes[i] ?? last;
        builder.hole(FOLDED, i, end);
        i = end;
        continue;
      }
      depth++;
    } else if (BLOCKS.includes(unit) && units[i - 1] !== UNIT.open) {
      const end = depth >= MATCH_DEPTH ? structuredEnd(tokens, i, last) : null;
      if (end !== null) {
        builder.hole(STRUCTURED, i, end);
        i = end;
        continue;
      }
      depth++;
    } else if (unit === UNIT.close || unit === END) depth--;
    if (depth > MATCH_DEPTH + SLACK) return { tooDeepAt: i };
  }
  return builder.finish(last);
}

function isInstruction(unit: string): boolean {
  return BLOCKS.includes(unit) || isMnemonicUnit(unit);
}

/** The last token of a flat block, its closing label included; null if it has no end. */
function structuredEnd(tokens: Tokens, start: number, last: number): number | null {
  const { units } = tokens;
  let depth = 0;
  for (let i = start; i <= last; i++) {
    const unit = units[i] ?? '';
    if (unit === END) depth--;
    else if (BLOCKS.includes(unit) && units[i - 1] !== UNIT.open) depth++;
    if (depth === 0) return units[i + 1] === UNIT.id ? i + 1 : i;
  }
  return null;
}
