import { UNIT, isBlockUnit, isMnemonicUnit } from './classes.ts';
import { plainEnd } from './plain-run.ts';
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

/** Collects units, leaving holes. */
class ViewBuilder {
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
    if (hole !== null) builder.hole(hole, i, close, true, hole === UNIT.field);
    i = close;
  }
  return builder;
}

/** Nesting that one match takes before the stack is in danger: instructions that are deeper become holes. */
const MATCH_DEPTH = 64;
/** Further levels within which such an instruction must begin. */
const SLACK = 16;
/** Units and tokens that one match is given, so that its memory is bounded: more instructions than that become holes. */
const STRETCH = 4000;

/** A text that is nested too deeply, at the token where it becomes so. */
export interface TooDeep {
  readonly tooDeepAt: number;
}

/**
 * Tokens `first` to `last` as a grammar of instructions sees them. Plain instructions that the regular expression takes are holes
 * that need no other match; instructions that are nested deeply, or are too large, are holes that are matched later.
 */
export function nestedView(tokens: Tokens, first: number, last: number, within: Within): View | TooDeep {
  const { units } = tokens;
  const builder = new ViewBuilder(tokens, first);
  /** What is in each parenthesis and block around. */
  const around: Within[] = [within];
  for (let i = first; i <= last; i++) {
    const unit = units[i];
    const isOpen = unit === UNIT.open;
    if (isOpen ? isInstruction(units[i + 1]) : isInstruction(unit) && units[i - 1] !== UNIT.open) {
      const here = around.at(-1) ?? within;
      // Operands are folded; anything else among them is for the grammar to complain of.
      if (isOpen || here === 'list') {
        const kind = here === 'list' ? UNIT.run : UNIT.folds;
        const plain = plainEnd(tokens, i);
        if (plain !== null) {
          builder.hole(kind, i, plain, true, here !== 'single');
          i = plain;
          continue;
        }
        const end = instructionEnd(tokens, i, last);
        const isLarge = end !== null && (around.length > MATCH_DEPTH || builder.sizeAt(i) + end - i > STRETCH);
        // The whole of what is viewed is opened, however large.
        if (isLarge && !(i === first && end === last)) {
          builder.hole(kind, i, end, false, here !== 'single');
          i = end;
          continue;
        }
      }
    }
    if (isOpen) around.push(inGroup(units[i + 1]));
    else if (isBlockUnit(unit) && units[i - 1] !== UNIT.open) around.push('list');
    else if (around.length > 1 && (unit === UNIT.close || unit === UNIT.end)) around.pop();
    if (around.length > MATCH_DEPTH + SLACK) return { tooDeepAt: i };
  }
  return builder.finish(last);
}

/** Which instructions stand somewhere: any, folded ones, or folded ones that are an expression each. */
export type Within = 'list' | 'operands' | 'single';

function inGroup(keyword: number | undefined): Within {
  if (isMnemonicUnit(keyword) || keyword === UNIT.if) return 'operands';
  return keyword === UNIT.elem || keyword === UNIT.data ? 'single' : 'list';
}

function isInstruction(unit: number | undefined): boolean {
  return isBlockUnit(unit) || isMnemonicUnit(unit);
}

/** The last token of a folded or structured instruction, its closing label included; null if it is neither or has no end. */
function instructionEnd(tokens: Tokens, start: number, last: number): number | null {
  const isFolded = tokens.units[start] === UNIT.open;
  if (!isFolded && !isBlockUnit(tokens.units[start])) return null;
  const end = tokens.links[start] ?? -1;
  if (end < 0 || end > last) return null;
  return !isFolded && tokens.units[end + 1] === UNIT.id ? end + 1 : end;
}

/** Tokens without holes. */
export function plainView(tokens: Tokens, first: number, last: number): View {
  return { tokens, units: unitText(tokens, first, last + 1), first, map: null, holes: [] };
}

export function emptyView(tokens: Tokens): View {
  return { tokens, units: '', first: 0, map: null, holes: [] };
}
