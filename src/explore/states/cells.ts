import { known } from '../../base/assert.ts';
import type { Range, Region } from '../../event/location.ts';
import type { Units } from '../../event/units.ts';
import { isFill, unitAt } from '../../event/units.ts';
import type { Slots } from './state-table.ts';

/** Units of one slot. */
const BLOCK = 8;
/** Shorter fills are written block by block. */
const LONG = 64;

/** What a unit holds that does not exist. */
const ABSENT = -1;

/** The contents of a block: units and, where histories count, who wrote each. */
interface Contents {
  readonly units: readonly number[];
  readonly writers: readonly number[];
}

/** A piece of a region that one long write filled; `end` is exclusive. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly unit: number;
  readonly writer: number;
}

/** What a region holds where no block says otherwise: pieces in ascending order, of which no two that touch are alike. */
interface Ground {
  readonly pieces: readonly Piece[];
  /** Block → the contents that it makes there. */
  readonly blocks: Map<number, number>;
}

/** What a read finds. */
export interface Read {
  readonly units: number[];
  readonly writers: number[];
}

interface RegionSlots {
  /** The slot of its ground. */
  readonly ground: number;
  /** Block → slot. */
  readonly blocks: Map<number, number>;
}

/**
 * The store in slots: a block of a region is a slot that holds the number of its contents, or 0 where they are those of the region's ground, so that
 * equal stores have equal slots, whatever wrote them. A class because the tables of contents are hidden.
 */
export class Cells {
  readonly #newSlot: () => number;
  readonly #regions = new Map<Region, RegionSlots>();
  readonly #contents: Contents[] = [];
  readonly #contentsOf = new Map<string, number>();
  readonly #grounds: Ground[] = [];
  readonly #groundOf = new Map<string, number>();

  constructor(newSlot: () => number) {
    this.#newSlot = newSlot;
    this.#contents.push({ units: Array<number>(BLOCK).fill(ABSENT), writers: Array<number>(BLOCK).fill(0) });
    this.#grounds.push({ pieces: [], blocks: new Map() });
    this.#intern(known(this.#contents[0], 'contents'));
    this.#ground([]);
  }

  /** Grows with all that numbers are given to but slots. */
  get learnt(): number {
    return this.#contents.length + this.#grounds.length;
  }

  /** Whether the region has been made. */
  exists(state: Slots, region: Region): boolean {
    return state.get(this.#slotsOf(region).ground) !== 0;
  }

  /** Makes a region in which nothing is yet. */
  create(state: Slots, region: Region): void {
    const { ground } = this.#slotsOf(region);
    if (state.get(ground) === 0) state.set(ground, 1);
  }

  /** The slots on which a read of the range depends. */
  slotsOf(range: Range): number[] {
    const { ground } = this.#slotsOf(range.region);
    const slots = [ground];
    if (range.size === 0) return slots;
    const last = Math.floor((range.offset + range.size - 1) / BLOCK);
    for (let block = Math.floor(range.offset / BLOCK); block <= last; block++)
      slots.push(this.#slot(range.region, block));
    return slots;
  }

  read(state: Slots, { region, offset, size }: Range): Read {
    const units: number[] = [];
    const writers: number[] = [];
    for (let k = offset; k < offset + size; ) {
      const block = Math.floor(k / BLOCK);
      const contents = this.#at(state, region, block);
      for (; k < offset + size && k < (block + 1) * BLOCK; k++) {
        units.push(contents.units[k - block * BLOCK] as number);
        writers.push(contents.writers[k - block * BLOCK] as number);
      }
    }
    return { units, writers };
  }

  write(state: Slots, { region, offset, size }: Range, units: Units, writer: number): void {
    this.create(state, region);
    if (size === 0) return;
    if (isFill(units) && size >= LONG)
      this.#fill(state, region, { start: offset, end: offset + size, unit: units.fill, writer });
    else this.#paint(state, region, offset, offset + size, (k) => unitAt(units, k - offset), writer);
  }

  #paint(state: Slots, region: Region, start: number, end: number, unit: (k: number) => number, writer: number): void {
    for (let k = start; k < end; ) {
      const block = Math.floor(k / BLOCK);
      const old = this.#at(state, region, block);
      const next: { units: number[]; writers: number[] } = { units: [...old.units], writers: [...old.writers] };
      for (; k < end && k < (block + 1) * BLOCK; k++) {
        next.units[k - block * BLOCK] = unit(k);
        next.writers[k - block * BLOCK] = writer;
      }
      this.#put(state, region, block, next);
    }
  }

  /** A long write goes to the ground; blocks that it covers in part are painted. */
  #fill(state: Slots, region: Region, piece: Piece): void {
    const { ground, blocks } = this.#slotsOf(region);
    const from = Math.ceil(piece.start / BLOCK);
    const to = Math.floor(piece.end / BLOCK);
    const inner = { ...piece, start: from * BLOCK, end: to * BLOCK };
    const pieces = laid(known(this.#grounds[state.get(ground)], 'ground').pieces, inner);
    for (const [block, slot] of blocks) if (block >= from && block < to) state.set(slot, 0);
    state.set(ground, this.#ground(pieces));
    this.#paint(state, region, piece.start, inner.start, () => piece.unit, piece.writer);
    this.#paint(state, region, inner.end, piece.end, () => piece.unit, piece.writer);
  }

  #at(state: Slots, region: Region, block: number): Contents {
    const value = state.get(this.#slot(region, block));
    return known(this.#contents[value !== 0 ? value : this.#groundAt(state, region, block)], 'contents');
  }

  #put(state: Slots, region: Region, block: number, contents: Contents): void {
    const value = this.#intern(contents);
    state.set(this.#slot(region, block), value === this.#groundAt(state, region, block) ? 0 : value);
  }

  #groundAt(state: Slots, region: Region, block: number): number {
    const ground = known(this.#grounds[state.get(this.#slotsOf(region).ground)], 'ground');
    let value = ground.blocks.get(block);
    if (value === undefined) {
      value = this.#intern(contentsIn(ground.pieces, block));
      ground.blocks.set(block, value);
    }
    return value;
  }

  #slotsOf(region: Region): RegionSlots {
    let slots = this.#regions.get(region);
    if (slots === undefined) {
      slots = { ground: this.#newSlot(), blocks: new Map() };
      this.#regions.set(region, slots);
    }
    return slots;
  }

  #slot(region: Region, block: number): number {
    const { blocks } = this.#slotsOf(region);
    let slot = blocks.get(block);
    if (slot === undefined) {
      slot = this.#newSlot();
      blocks.set(block, slot);
    }
    return slot;
  }

  #intern(contents: Contents): number {
    const key = `${contents.units.join()};${contents.writers.join()}`;
    let value = this.#contentsOf.get(key);
    if (value === undefined) {
      // Number 0 is nobody's: a slot that holds it stands for the ground.
      value = this.#contents.length;
      this.#contents.push(contents);
      this.#contentsOf.set(key, value);
    }
    return value;
  }

  #ground(pieces: readonly Piece[]): number {
    const key = pieces.map(({ start, end, unit, writer }) => `${start} ${end} ${unit} ${writer}`).join();
    let value = this.#groundOf.get(key);
    if (value === undefined) {
      value = this.#grounds.length;
      this.#grounds.push({ pieces, blocks: new Map() });
      this.#groundOf.set(key, value);
    }
    return value;
  }
}

/** The pieces with one laid over them. */
function laid(pieces: readonly Piece[], top: Piece): Piece[] {
  if (top.start >= top.end) return [...pieces];
  const rest = pieces.flatMap((piece) =>
    [
      { ...piece, end: Math.min(piece.end, top.start) },
      { ...piece, start: Math.max(piece.start, top.end) },
    ].filter(({ start, end }) => start < end),
  );
  const joined: Piece[] = [];
  for (const piece of [...rest, top].sort((a, b) => a.start - b.start)) {
    const last = joined[joined.length - 1];
    if (last !== undefined && last.end === piece.start && last.unit === piece.unit && last.writer === piece.writer)
      joined[joined.length - 1] = { ...last, end: piece.end };
    else joined.push(piece);
  }
  return joined;
}

function contentsIn(pieces: readonly Piece[], block: number): Contents {
  const units: number[] = [];
  const writers: number[] = [];
  for (let k = block * BLOCK; k < (block + 1) * BLOCK; k++) {
    const piece = pieces.find(({ start, end }) => start <= k && k < end);
    units.push(piece?.unit ?? ABSENT);
    writers.push(piece?.writer ?? 0);
  }
  return { units, writers };
}
