/** A growing row of bytes with the primitive encodings [core 3.0, Binary Format, Values], integers in their shortest forms. */

const INITIAL_SIZE = 256;
const encoder = new TextEncoder();

/**
 * Where sources and tools disagree: the forms of the proposals' overviews, or those of wasm-tools (DOMAIN, section 6), which are
 * of use to ask it for a second opinion.
 */
export type Forms = 'proposals' | 'wasm-tools';

export class Writer {
  readonly forms: Forms;
  #bytes = new Uint8Array(INITIAL_SIZE);
  #length = 0;

  constructor(forms: Forms = 'proposals') {
    this.forms = forms;
  }

  get length(): number {
    return this.#length;
  }

  /** The bytes written so far, valid until more are written. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Forgets everything, so that the buffer is used again. */
  clear(): void {
    this.#length = 0;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.bytes);
    this.#bytes = grown;
  }

  byte(byte: number): void {
    if (this.#length >= this.#bytes.length) this.#reserve(1);
    this.#bytes[this.#length++] = byte;
  }

  raw(bytes: ArrayLike<number>): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  u32(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  s32(value: number): void {
    let rest = value;
    while (rest < -0x40 || rest >= 0x40) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    this.byte(rest & 0x7f);
  }

  /** An index where negative numbers are types: a signed number of 33 bits. */
  s33(index: number): void {
    let rest = index;
    while (rest >= 0x40) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  u64(value: bigint): void {
    let rest = value;
    while (rest >= 0x80n) {
      this.byte(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.byte(Number(rest));
  }

  s64(value: bigint): void {
    let rest = value;
    while (rest < -0x40n || rest >= 0x40n) {
      this.byte(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.byte(Number(rest & 0x7fn));
  }

  f32(bits: number): void {
    for (let shift = 0; shift < 32; shift += 8) this.byte((bits >>> shift) & 0xff);
  }

  f64(bits: bigint): void {
    for (let shift = 0n; shift < 64n; shift += 8n) this.byte(Number((bits >> shift) & 0xffn));
  }

  name(text: string): void {
    this.sized(encoder.encode(text));
  }

  /** Bytes with their number before them. */
  sized(bytes: Uint8Array): void {
    this.u32(bytes.length);
    this.raw(bytes);
  }

  list<T>(items: readonly T[], write: (item: T) => void): void {
    this.u32(items.length);
    for (const item of items) write(item);
  }
}
