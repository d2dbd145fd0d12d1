/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import type { Words } from '../int64.ts';

/**
 * An operation on numbers and vectors: reads operands at `a`, `b` and `c`, or takes the last of them as a literal, and writes its result
 * at `d`. All operands are read before anything is written, since they may overlap.
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

  load(s: Words, a: number): void {
    const { i32 } = this;
    i32[0] = s[a]!;
    i32[1] = s[a + 1]!;
    i32[2] = s[a + 2]!;
    i32[3] = s[a + 3]!;
  }

  /** The low half alone. */
  loadLow(s: Words, a: number): void {
    this.i32[0] = s[a]!;
    this.i32[1] = s[a + 1]!;
  }

  store(s: Words, d: number): void {
    const { i32 } = this;
    s[d] = i32[0]!;
    s[d + 1] = i32[1]!;
    s[d + 2] = i32[2]!;
    s[d + 3] = i32[3]!;
  }
}

/** The operands of the operation that is being performed, and its result. */
export const A = new Lanes();
export const B = new Lanes();
export const C = new Lanes();
export const R = new Lanes();

export function copy128(s: Words, d: number, a: number): void {
  const [x, y, z, w] = [s[a]!, s[a + 1]!, s[a + 2]!, s[a + 3]!];
  s[d] = x;
  s[d + 1] = y;
  s[d + 2] = z;
  s[d + 3] = w;
}
