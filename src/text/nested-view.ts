import { UNIT, isBlockUnit, isMnemonicUnit } from './classes.ts';
import { headEnd, plainEnd, plainHeadEnd } from './plain-run.ts';
import type { Tokens } from './tokens.ts';
import { type Mark, STRETCH, type View, ViewBuilder } from './view.ts';

/**
 * Tokens as a grammar of instructions sees them: instructions are holes where they can. What the regular expressions of the grammar's
 * rules `plain` and `anyBlockHead` take, nested as its rules `folded` and `structured` nest, needs no other match; what is nested
 * deeply, or is too large for one match, is a hole that is matched later; all else is left to the grammar.
 */

/** Nesting that one match takes before the stack is in danger: instructions that are deeper become holes. */
const MATCH_DEPTH = 64;
/** Further levels within which such an instruction must begin. */
const SLACK = 16;
/** Indices or strings side by side that are not worth a hole. */
const SHORT_LIST = 256;

/** A text that is nested too deeply, at the token where it becomes so. */
export interface TooDeep {
  readonly tooDeepAt: number;
}

/** Which instructions stand somewhere: any, folded ones, or folded ones that are an expression each. */
export type Within = 'list' | 'operands' | 'single';

/** A parenthesis or block around. `arm` is that of a folded `if`; `other` is no instruction. */
interface Frame {
  readonly form: 'block' | 'if' | 'fold' | 'folded-block' | 'folded-if' | 'arm' | 'other';
  readonly within: Within;
  readonly start: number;
  /** The view before it. */
  readonly mark: Mark | null;
  /** Arms of an `if` so far. */
  arms: number;
  /** Whether all in it so far is known to be well-formed. */
  isMatched: boolean;
}

/** Tokens `first` to `last`; `within` says what these are if they are instructions. */
export function nestedView(tokens: Tokens, first: number, last: number, within: Within): View | TooDeep {
  return new NestedViewer(tokens, first, last, within).view();
}

/** Hides the stack of what is around. */
class NestedViewer {
  readonly #tokens: Tokens;
  readonly #first: number;
  readonly #last: number;
  readonly #builder: ViewBuilder;
  readonly #frames: Frame[];

  constructor(tokens: Tokens, first: number, last: number, within: Within) {
    this.#tokens = tokens;
    this.#first = first;
    this.#last = last;
    this.#builder = new ViewBuilder(tokens, first);
    this.#frames = [{ form: 'other', within, start: first, mark: null, arms: 0, isMatched: false }];
  }

  view(): View | TooDeep {
    for (let i = this.#first; i <= this.#last; i++) {
      i = this.#instruction(i) ?? this.#token(i);
      if (this.#frames.length > MATCH_DEPTH + SLACK) return { tooDeepAt: i };
    }
    return this.#builder.finish(this.#last);
  }

  #top(): Frame {
    return this.#frames[this.#frames.length - 1] as Frame;
  }

  /** The last token of what is done with the instruction that begins with token `i`; null if none does. */
  #instruction(i: number): number | null {
    const { units } = this.#tokens;
    const unit = units[i];
    const isOpen = unit === UNIT.open;
    const keyword = isOpen ? units[i + 1] : unit;
    const isBlock = isBlockUnit(keyword);
    if (!isBlock && !isMnemonicUnit(keyword)) return null;
    const top = this.#top();
    // Operands are folded; anything else among them is for the grammar to complain of, and so are operands behind an arm.
    if (!isOpen && (units[i - 1] === UNIT.open || top.within !== 'list')) return null;
    if (top.form === 'folded-if' && top.arms > 0) top.isMatched = false;
    const kind = top.within === 'list' ? UNIT.run : UNIT.folds;
    const mayJoin = top.within !== 'single';
    const plain = isBlock ? null : plainEnd(this.#tokens, i);
    if (plain !== null) {
      this.#builder.hole(kind, i, plain, true, mayJoin);
      return plain;
    }
    const end = isOpen || isBlock ? instructionEnd(this.#tokens, i, this.#last) : null;
    const isLarge = end !== null && (this.#frames.length > MATCH_DEPTH || this.#builder.sizeAt(i) + end - i > STRETCH);
    // The whole of what is viewed is opened, however large.
    if (isLarge && !(i === this.#first && end === this.#last)) {
      this.#builder.hole(kind, i, end, false, mayJoin);
      top.isMatched = false;
      return end;
    }
    if (!isOpen && !isBlock) return null;
    const at = isOpen ? i + 1 : i;
    const head = isBlock ? headEnd(this.#tokens, at) : plainHeadEnd(this.#tokens, at);
    const isIf = keyword === UNIT.if;
    const form = isOpen ? (isIf ? 'folded-if' : isBlock ? 'folded-block' : 'fold') : isIf ? 'if' : 'block';
    const inside = form === 'fold' || form === 'folded-if' ? 'operands' : 'list';
    this.#push(form, inside, i, head !== null);
    return head ?? at;
  }

  #push(form: Frame['form'], within: Within, start: number, isMatched: boolean): void {
    const mark = isMatched && form !== 'arm' ? this.#builder.mark(start) : null;
    this.#frames.push({ form, within, start, mark, arms: 0, isMatched });
  }

  /** The last token of what is done with a token that begins no instruction. */
  #token(i: number): number {
    const { units } = this.#tokens;
    const unit = units[i];
    switch (unit) {
      case UNIT.open:
        return this.#group(i);
      case UNIT.close:
        return this.#close(i, i, (form) => form !== 'block' && form !== 'if');
      case UNIT.end:
        return this.#close(i, this.#label(i), (form) => form === 'block' || form === 'if');
      case UNIT.else: {
        const top = this.#top();
        if (top.form !== 'if' || top.arms > 0) break;
        top.arms = 1;
        return this.#label(i);
      }
      case UNIT.nat:
      case UNIT.id:
      case UNIT.string: {
        const end = listEnd(this.#tokens, i, this.#last);
        if (end === null) break;
        this.#builder.hole(unit === UNIT.string ? UNIT.strings : UNIT.indices, i, end, true, false);
        this.#top().isMatched = false;
        return end;
      }
      default:
    }
    this.#top().isMatched = false;
    return i;
  }

  /** The label behind an `else` or `end`, or that itself. */
  #label(i: number): number {
    return this.#tokens.units[i + 1] === UNIT.id && i < this.#last ? i + 1 : i;
  }

  /** A parenthesis that opens no instruction; an arm's keyword belongs to it. */
  #group(i: number): number {
    const keyword = this.#tokens.units[i + 1];
    const top = this.#top();
    const isArm = keyword === UNIT.then ? top.arms === 0 : keyword === UNIT.else && top.arms === 1;
    if (top.form === 'folded-if' && isArm) {
      top.arms++;
      this.#push('arm', 'list', i, true);
      return i + 1;
    }
    top.isMatched = false;
    this.#push('other', keyword === UNIT.elem || keyword === UNIT.data ? 'single' : 'list', i, false);
    return i;
  }

  /** Closes the innermost frame, with tokens `i` to `last`, if it is one that these close. */
  #close(i: number, last: number, closes: (form: Frame['form']) => boolean): number {
    if (this.#frames.length === 1) return i;
    const frame = this.#top();
    this.#frames.pop();
    const around = this.#top();
    const isWhole = frame.isMatched && closes(frame.form) && (frame.form !== 'folded-if' || frame.arms > 0);
    if (!isWhole) {
      around.isMatched = false;
      return i;
    }
    if (frame.mark === null) return last;
    const kind = around.within === 'list' ? UNIT.run : UNIT.folds;
    this.#builder.replace(frame.mark, kind, frame.start, last, around.within !== 'single');
    return last;
  }
}

/** The last token of a folded or structured instruction, its closing label included; null if it has no end. */
function instructionEnd(tokens: Tokens, start: number, last: number): number | null {
  const end = tokens.links[start] ?? -1;
  if (end < 0 || end > last) return null;
  const isFolded = tokens.units[start] === UNIT.open;
  return !isFolded && tokens.units[end + 1] === UNIT.id ? end + 1 : end;
}

/** The last of the indices or strings that begin with token `first`; null if they are few. */
function listEnd(tokens: Tokens, first: number, last: number): number | null {
  const { units } = tokens;
  const isString = units[first] === UNIT.string;
  let end = first;
  while (end < last && (isString ? units[end + 1] === UNIT.string : isIndex(units[end + 1]))) end++;
  return end - first < SHORT_LIST ? null : end;
}

function isIndex(unit: number | undefined): boolean {
  return unit === UNIT.nat || unit === UNIT.id;
}
