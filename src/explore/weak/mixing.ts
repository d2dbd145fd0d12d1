import type { Access } from '../../event/action.ts';
import { covers, sameRange } from '../../event/location.ts';
import type { Range } from '../../event/location.ts';
import type { Units } from '../../event/units.ts';
import { unitAt } from '../../event/units.ts';
import type { Assumptions } from '../../model/model.ts';

/**
 * How one read may put its value together from several writes [OOPSLA19 §5, Mixed-size behaviour; axiom no-tear]. A
 * candidate is a write (or the shape of one) that may supply the units for which `may` holds.
 */
export interface Candidate<W> extends Range {
  readonly writer: W;
  readonly written: Units;
  readonly tearFree: boolean;
  /** An initial write, which JavaScript's models treat apart. */
  readonly init: boolean;
  readonly may: (k: number) => boolean;
}

/** The writer of each unit of the read, first to last. */
export interface Mixture<W> {
  readonly units: readonly number[];
  readonly writers: readonly W[];
}

/** What is known of a model, as far as it limits how reads mix writes, and how many ways there may be. */
export interface Mixing extends Pick<Assumptions, 'mixes' | 'noTear'> {
  readonly limit: number;
}

/** Thrown inside an enumeration that grew past its limit; caught by the search, which reports a bound. */
export class TooManyMixtures extends Error {}

/**
 * All ways to read, one per choice of value and of an inclusion-minimal set of writers in each block. A block is a
 * maximal run of units between which no candidate or other potential writer begins or ends. Reading a block from fewer
 * writers never violates an axiom that reading the same value from more satisfies (proofs-notes/enumeration.md, Lemma 2),
 * so the outcomes are those of the full product. Where that is not known of the model, or less is asked, {@link Mixing} says so.
 */
export function mixtures<W>(
  access: Access,
  candidates: readonly Candidate<W>[],
  boundaries: readonly Range[],
  mixing: Mixing,
): Mixture<W>[] {
  const { limit, noTear } = mixing;
  if (mixing.mixes === 'none') return unmixed(access, candidates);
  const blocks = splitBlocks(access, boundaries);
  if (blocks.length === 1 && mixing.mixes !== 'all') {
    const options = coverBlock(access, blocks[0] as Block, candidates, mixing);
    const whole = noTear ? options.filter((option) => !tears(access, option)) : options;
    if (whole.length > limit) throw new TooManyMixtures();
    return whole.map((option) => mixtureOf(access, option));
  }
  let partial: Candidate<W>[][] = [[]];
  for (const block of blocks) {
    const options =
      mixing.mixes === 'all'
        ? fullProduct(access, block, candidates, mixing)
        : coverBlock(access, block, candidates, mixing);
    const next: Candidate<W>[][] = [];
    for (const chosen of partial) {
      for (const option of options) {
        const all = [...chosen, ...option];
        if (noTear && tears(access, all)) continue;
        next.push(all);
        if (next.length > limit) throw new TooManyMixtures();
      }
    }
    partial = next;
  }
  return partial.map((writers) => mixtureOf(access, writers));
}

function mixtureOf<W>({ offset }: Access, chosen: readonly Candidate<W>[]): Mixture<W> {
  const units: number[] = [];
  const writers: W[] = [];
  for (let i = 0; i < chosen.length; i++) {
    const c = chosen[i] as Candidate<W>;
    units.push(unitAt(c.written, offset + i - c.offset));
    writers.push(c.writer);
  }
  return { units, writers };
}

/** The candidates that supply the whole read, one each. */
function unmixed<W>(access: Access, candidates: readonly Candidate<W>[]): Mixture<W>[] {
  const places = Array.from({ length: access.size }, (_, i) => access.offset + i);
  return candidates
    .filter((c) => places.every((k) => covers(c, k) && c.may(k)))
    .map((c) => ({
      units: places.map((k) => unitAt(c.written, k - c.offset)),
      writers: places.map(() => c.writer),
    }));
}

/** Every choice of a candidate for every unit of the block. */
function fullProduct<W>(
  access: Access,
  block: Block,
  candidates: readonly Candidate<W>[],
  { limit, noTear }: Mixing,
): Candidate<W>[][] {
  let partial: Candidate<W>[][] = [[]];
  for (let k = block.start; k < block.end; k++) {
    const usable = candidates.filter((c) => covers(c, k) && c.may(k));
    partial = partial.flatMap((chosen) => usable.map((c) => [...chosen, c]));
    if (noTear) partial = partial.filter((chosen) => !tears(access, chosen));
    if (partial.length > limit) throw new TooManyMixtures();
  }
  return partial;
}

/** Axiom no-tear: a tear-free read takes units of at most one tear-free write of its own range. */
export function tears<W>(
  access: Access,
  chosen: readonly (Range & Pick<Candidate<W>, 'writer' | 'tearFree'>)[],
): boolean {
  if (!access.tearFree) return false;
  let whole: W | null = null;
  for (const c of chosen) {
    if (!c.tearFree || !sameRange(c, access)) continue;
    if (whole !== null && whole !== c.writer) return true;
    whole = c.writer;
  }
  return false;
}

/** Units of one block on which candidates may differ: the bits of a cover's mask. */
const MASK_BITS = 30;

interface Block {
  readonly start: number;
  readonly end: number;
}

function splitBlocks(access: Access, boundaries: readonly Range[]): Block[] {
  const end = access.offset + access.size;
  const starts = [access.offset];
  const cut = (at: number): void => {
    if (at > access.offset && at < end && !starts.includes(at)) starts.push(at);
  };
  for (const { offset, size } of boundaries) {
    cut(offset);
    cut(offset + size);
  }
  starts.sort((a, b) => a - b);
  return starts.map((start, i) => ({ start, end: starts[i + 1] ?? end }));
}

/** For every value of the block, every inclusion-minimal set of candidates that supplies it; the writer of each unit. */
function coverBlock<W>(
  access: Access,
  block: Block,
  candidates: readonly Candidate<W>[],
  { limit, noTear, mixes }: Mixing,
): Candidate<W>[][] {
  const dilute = mixes === 'diluted' && access.order === 'seqcst';
  const usable = candidates.filter((c) => covers(c, block.start) && c.may(block.start));
  const size = block.end - block.start;
  const value = (c: Candidate<W>, i: number): number => unitAt(c.written, block.start + i - c.offset);
  if (size === 1) return usable.map((c) => [c]);
  const distinguishing: number[] = [];
  for (let i = 0; i < size; i++) {
    const first = usable[0];
    if (first !== undefined && usable.some((c) => value(c, i) !== value(first, i))) distinguishing.push(i);
  }
  if (distinguishing.length <= 1 && !dilute) return byThemselves(usable, distinguishing[0] ?? 0, size, value, limit);
  if (distinguishing.length > MASK_BITS) throw new TooManyMixtures();
  const results: Candidate<W>[][] = [];
  const whole = (sources: readonly Candidate<W>[], target: readonly number[]): Candidate<W>[] => {
    const fallback = sources[0] as Candidate<W>;
    return Array.from({ length: size }, (_, i) => {
      const d = distinguishing.indexOf(i);
      return d < 0 ? fallback : (sources.find((c) => value(c, i) === target[d]) ?? fallback);
    });
  };
  for (const target of targets(usable, distinguishing, value, limit)) {
    const masks = usable.map((c) =>
      distinguishing.reduce((mask, i, d) => (value(c, i) === target[d] ? mask | (1 << d) : mask), 0),
    );
    const full = (1 << distinguishing.length) - 1;
    for (const cover of minimalCovers(masks, full)) {
      const option = whole(
        cover.map((i) => usable[i] as Candidate<W>),
        target,
      );
      if (noTear && tears(access, option)) continue;
      results.push(option);
      if (dilute && option.every((c) => c.init)) results.push(...diluted(access, block, option, usable, noTear));
      if (results.length > limit) throw new TooManyMixtures();
    }
  }
  return results;
}

/** Where candidates differ in one unit at most, each covers the block by itself: those of one value after the other. */
function byThemselves<W>(
  usable: readonly Candidate<W>[],
  unit: number,
  size: number,
  value: (c: Candidate<W>, i: number) => number,
  limit: number,
): Candidate<W>[][] {
  if (usable.length > limit) throw new TooManyMixtures();
  const values: number[] = [];
  for (const c of usable) if (!values.includes(value(c, unit))) values.push(value(c, unit));
  const options: Candidate<W>[][] = [];
  for (const v of values) {
    for (const c of usable) if (value(c, unit) === v) options.push(new Array<Candidate<W>>(size).fill(c));
  }
  return options;
}

/** The option with one unit taken from another write that has the same value there. */
function diluted<W>(
  access: Access,
  block: Block,
  option: readonly Candidate<W>[],
  usable: readonly Candidate<W>[],
  noTear: boolean,
): Candidate<W>[][] {
  const value = (c: Candidate<W>, i: number): number => unitAt(c.written, block.start + i - c.offset);
  return usable.flatMap((other) => {
    const at = other.init ? -1 : option.findIndex((c, i) => value(other, i) === value(c, i));
    if (at < 0) return [];
    const mixed = option.map((c, i) => (i === at ? other : c));
    return noTear && tears(access, mixed) ? [] : [mixed];
  });
}

/** All combinations of the candidates' values at the units where they differ. */
function targets<W>(
  usable: readonly Candidate<W>[],
  distinguishing: readonly number[],
  value: (c: Candidate<W>, i: number) => number,
  limit: number,
): number[][] {
  let partial: number[][] = usable.length === 0 ? [] : [[]];
  for (const i of distinguishing) {
    const values = [...new Set(usable.map((c) => value(c, i)))];
    partial = partial.flatMap((chosen) => values.map((v) => [...chosen, v]));
    if (partial.length > limit) throw new TooManyMixtures();
  }
  return partial;
}

/** Inclusion-minimal sets of indices whose masks together make `full`. */
function minimalCovers(masks: readonly number[], full: number): number[][] {
  if (full === 0) return masks.map((_, i) => [i]);
  const covers: number[][] = [];
  const extend = (from: number, chosen: readonly number[], have: number): void => {
    if (have === full) {
      const minimal = chosen.every(
        (i) => chosen.reduce((mask, j) => (j === i ? mask : mask | (masks[j] as number)), 0) !== full,
      );
      if (minimal) covers.push([...chosen]);
      return;
    }
    for (let i = from; i < masks.length; i++) {
      const more = have | (masks[i] as number);
      if (more !== have) extend(i + 1, [...chosen, i], more);
    }
  };
  extend(0, [], 0);
  return covers;
}
