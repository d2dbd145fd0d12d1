/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import type { Words } from '../int64.ts';

/**
 * An operation on numbers and vectors: reads operands at `a`, `b` and `c`, or takes the last of them as a literal, and writes its result
 * at `d`. An operand of the result's width is where the result goes, or does not overlap it; others may overlap it anyhow.
 */
export type Pure = (s: Words, d: number, a: number, b: number, c: number) => void;

/** Operations by their instructions' mnemonics. */
export type PureTable = Readonly<Record<string, Pure>>;

/** Sixteen bytes, and all that they may be seen as. */
export class Lanes {
  readonly i32 = new Int32Array(4);
  readonly u32 = new Uint32Array(this.i32.buffer);
  readonly i16 = new Int16Array(this.i32.buffer);
  readonly u16 = new Uint16Array(this.i32.buffer);
  readonly i8 = new Int8Array(this.i32.buffer);
  readonly u8 = new Uint8Array(this.i32.buffer);
  readonly f32 = new Float32Array(this.i32.buffer);
  readonly f64 = new Float64Array(this.i32.buffer);

  load(s: Words, a: number, words = 4): void {
    for (let i = 0; i < words; i++) this.i32[i] = s[a + i]!;
  }

  store(s: Words, d: number, words = 4): void {
    for (let i = 0; i < words; i++) s[d + i] = this.i32[i]!;
  }

  /** Rounds to an f32; a NaN becomes the canonical one, as all that arithmetic makes do [core, Deterministic Profile]. */
  putF32(lane: number, x: number): void {
    if (Number.isNaN(x)) this.i32[lane] = 0x7fc0_0000;
    else this.f32[lane] = x;
  }

  putF64(lane: number, x: number): void {
    if (Number.isNaN(x)) {
      this.i32[2 * lane] = 0;
      this.i32[2 * lane + 1] = 0x7ff8_0000;
    } else this.f64[lane] = x;
  }
}

/** The operands of the operation that is being performed, and its result. */
export const A = new Lanes();
export const B = new Lanes();
export const C = new Lanes();
export const R = new Lanes();

export function copy128(s: Words, d: number, a: number): void {
  A.load(s, a);
  A.store(s, d);
}

/** Operations with a prefix before their names: `f32x4.` and `add`, say. */
export function named<Name extends string>(
  prefix: string,
  names: readonly Name[],
  make: (name: Name) => Pure,
): PureTable {
  return Object.fromEntries(names.map((name) => [`${prefix}${name}`, make(name)]));
}
