import type { Access } from '../../event/action.ts';
import type { Range, ThreadId } from '../../event/location.ts';
import { covers, overlaps, sameRange } from '../../event/location.ts';
import type { Assumptions } from '../../model/model.ts';
import type { ThreadNames } from '../thread-names.ts';
import { unitAt } from '../../event/units.ts';
import type { Mixing } from '../weak/mixing.ts';
import { TooManyMixtures } from '../weak/mixing.ts';
import { mayBeRead } from '../weak/readable.ts';
import type { Progress, Shape, ShapeId, ShapeTable } from '../weak/shapes.ts';
import { synchronises } from '../weak/synchronises.ts';
import { IdSet } from './id-set.ts';

/** The writes that overlap a range, as far as they were sorted out. */
interface Overlap {
  readonly set: IdSet;
  readonly shapes: Shape[];
  /** Those of its region that were looked at. */
  looked: number;
}

/** Who reads. */
interface Reader {
  readonly own: IdSet;
  readonly written: IdSet;
  readonly thread: ThreadId;
  readonly progress: Progress;
}

/** What some reads may find; the list grows from round to round. */
export interface Values {
  readonly id: number;
  readonly units: number[][];
  readonly keys: Set<string>;
  /** How many of the overlapping writes these values take into account. */
  upTo: number;
}

/** What reads may find, of the writes of a {@link ShapeTable} that grows. A class because what was found out is kept. */
export class Supplies {
  readonly #shapes: ShapeTable;
  readonly #names: ThreadNames;
  readonly #mixing: Mixing;
  readonly #assumes: Assumptions;
  readonly #overlaps = new Map<string, Overlap>();
  readonly #inside = new Map<string, Overlap>();
  readonly #values = new Map<string, Values>();
  readonly #ranges: Range[] = [];
  readonly #texts: string[] = [];
  readonly #rangeIds = new Map<string, number>();
  readonly #over = new Map<string, { readonly set: IdSet; looked: number }>();
  /** The writes of earlier rounds, which all threads may read. */
  #found = 0;

  #looked = 0;

  constructor(shapes: ShapeTable, names: ThreadNames, mixing: Mixing, assumes: Assumptions) {
    this.#shapes = shapes;
    this.#names = names;
    this.#mixing = mixing;
    this.#assumes = assumes;
  }

  /** Writes that were looked at, again and again. */
  get looked(): number {
    return this.#looked;
  }

  /** Others may read what was written so far. */
  nextRound(): void {
    this.#found = this.#shapes.count;
  }

  /**
   * What a read may find. `own`: the writes of its thread, and those from before that, which it may find; `written`: the ranges that have been written by then, so that
   * nothing initial is left in them.
   */
  values(access: Access, { own, written, thread, progress }: Reader): Values {
    const range = rangeKey(access);
    const overlap = this.#overlap(range, access);
    const mine = own.within(overlap.set);
    const over = this.#rangesOver(range, access, written);
    const place = `${thread}|${[...progress.forked].join('.')}|${[...progress.joined].join('.')}`;
    const key = `${range}:${access.tearFree}:${access.order}|${mine.join()}|${over.join()}|${place}`;
    let values = this.#values.get(key);
    if (values === undefined)
      this.#values.set(key, (values = { id: this.#values.size, units: [], keys: new Set(), upTo: -1 }));
    let upTo = overlap.shapes.length;
    while (upTo > 0 && (overlap.shapes[upTo - 1] as Shape).id >= this.#found) upTo--;
    if (values.upTo === upTo) return values;
    values.upTo = upTo;
    this.#looked += mine.length + upTo;
    const sources = mine.map((id) => this.#shapes.get(id));
    const seen = new Set<string>();
    for (let i = 0; i < upTo; i++) {
      const shape = overlap.shapes[i] as Shape;
      if (own.has(shape.id) || seen.has(shape.content) || !mayBeRead(shape, thread, progress, this.#names)) continue;
      seen.add(shape.content);
      sources.push(shape);
    }
    for (const text of this.#mixed(
      access,
      sources,
      over.map((id) => this.#ranges[id] as Range),
    )) {
      if (values.keys.has(text)) continue;
      values.keys.add(text);
      values.units.push(text.split(',').map(Number));
    }
    return values;
  }

  /** The writes found so far within the ranges of some. */
  within(covering: readonly ShapeId[]): IdSet {
    const [first, ...rest] = covering.map((id) => this.#insideOf(this.#shapes.get(id)));
    if (rest.length === 0 && first !== undefined) return first;
    const all = new IdSet();
    for (const set of [first, ...rest]) if (set !== undefined) all.addAll(set);
    return all;
  }

  /** The number of the range that the write writes. */
  rangeOf(id: ShapeId): number {
    const shape = this.#shapes.get(id);
    const key = rangeKey(shape);
    let range = this.#rangeIds.get(key);
    if (range === undefined) {
      range = this.#ranges.length;
      this.#rangeIds.set(key, range);
      this.#ranges.push(shape);
    }
    return range;
  }

  /** Those of some ranges, by their numbers, that overlap another. */
  #rangesOver(key: string, access: Access, among: IdSet): number[] {
    let over = this.#over.get(key);
    if (over === undefined) this.#over.set(key, (over = { set: new IdSet(), looked: 0 }));
    for (; over.looked < this.#ranges.length; over.looked++)
      if (overlaps(this.#ranges[over.looked] as Range, access)) over.set.add(over.looked);
    return among.within(over.set);
  }

  /**
   * All values that the read may put together: of the writes of its range that do not tear it takes one at most, whole or in part, and nothing initial beside one that
   * synchronises with it.
   */
  #mixed(access: Access, sources: readonly Shape[], over: readonly Range[]): Set<string> {
    const isTearFree = this.#mixing.noTear && access.tearFree;
    const whole: Shape[] = [];
    const rest: Shape[] = [];
    for (const source of sources)
      (isTearFree && source.tearFree && sameRange(source, access) ? whole : rest).push(source);
    const values = new Set<string>();
    this.#product(access, rest, over, values);
    const later = rest.filter(({ order }) => order !== 'init');
    for (const one of whole) {
      const isStrong = one.order !== 'init' && synchronises(one, access, this.#assumes);
      if (isStrong && later.length === 0) values.add(this.#textOf(one));
      else this.#product(access, [one, ...(isStrong ? later : rest)], over, values);
    }
    return values;
  }

  #textOf({ id, written, size }: Shape): string {
    let text = this.#texts[id];
    if (text === undefined) {
      text = Array.from({ length: size }, (_, i) => unitAt(written, i)).join();
      this.#texts[id] = text;
    }
    return text;
  }

  /** Adds every way to take each unit from some source. */
  #product({ offset, size }: Access, sources: readonly Shape[], over: readonly Range[], values: Set<string>): void {
    let partial = [''];
    for (let k = offset; k < offset + size; k++) {
      const isOver = over.some((range) => covers(range, k));
      const usable = sources.filter((s) => covers(s, k) && !(isOver && s.order === 'init'));
      const units = new Set(usable.map((s) => unitAt(s.written, k - s.offset)));
      partial = partial.flatMap((before) => [...units].map((unit) => (k === offset ? `${unit}` : `${before},${unit}`)));
      if (partial.length > this.#mixing.limit) throw new TooManyMixtures();
    }
    for (const value of partial) values.add(value);
    if (values.size > this.#mixing.limit) throw new TooManyMixtures();
  }

  #overlap(range: string, access: Access): Overlap {
    let overlap = this.#overlaps.get(range);
    if (overlap === undefined) this.#overlaps.set(range, (overlap = { set: new IdSet(), shapes: [], looked: 0 }));
    this.#sort(overlap, access.region, (shape) => overlaps(shape, access));
    return overlap;
  }

  #insideOf(shape: Shape): IdSet {
    const { region, offset, size } = shape;
    const range = rangeKey(shape);
    let inside = this.#inside.get(range);
    if (inside === undefined) this.#inside.set(range, (inside = { set: new IdSet(), shapes: [], looked: 0 }));
    this.#sort(inside, region, (s) => offset <= s.offset && s.offset + s.size <= offset + size);
    return inside.set;
  }

  #sort(into: Overlap, region: number, belongs: (shape: Shape) => boolean): void {
    const all = this.#shapes.inRegion(region);
    for (; into.looked < all.length; into.looked++) {
      const shape = all[into.looked] as Shape;
      if (!belongs(shape)) continue;
      into.set.add(shape.id);
      into.shapes.push(shape);
    }
  }
}

function rangeKey({ region, offset, size }: Range): string {
  return `${region}+${offset}:${size}`;
}
