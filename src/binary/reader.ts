import { Malformed } from './malformed.ts';

/**
 * A cursor over bytes with the primitive encodings [core 3.0, Binary Format, Values]. Every method takes what it reads off the
 * cursor and throws {@link Malformed} where it cannot. `end` may be set to that of a section or function: nothing beyond it is read. The
 * argument `what` names the thing that is being read, for messages.
 */

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** Names up to this length are first tried as ASCII, without the decoder's cost per call. */
const SHORT_NAME = 40;

export class Reader {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  pos = 0;
  end: number;
  /** Where the cursor is, for messages: `type section`, and `type` 5 in it; the number is -1 outside the entries. */
  section = '';
  noun = '';
  entry = -1;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.end = bytes.length;
  }

  fail(rule: string, message: string, what: string, start = this.pos, end = start + 1): never {
    const where = [this.section, this.entry < 0 ? '' : `${this.noun} ${this.entry}`, what].filter(
      (part) => part !== '',
    );
    throw new Malformed(
      rule,
      message,
      { start, end: Math.max(start, Math.min(end, this.bytes.length)) },
      where.join(', '),
    );
  }

  #ended(what: string): never {
    return this.fail('Binary/end', 'unexpected end of section or function', what, this.end);
  }

  byte(what: string): number {
    if (this.pos >= this.end) this.#ended(what);
    return this.bytes[this.pos++] as number;
  }

  /**
   * A byte of an integer. Integers are read across the end of their section or function, so that one that is itself malformed is called
   * that; what reads the integer then complains of the end.
   */
  #digit(what: string): number {
    if (this.pos >= this.bytes.length) this.#ended(what);
    return this.bytes[this.pos++] as number;
  }

  #whole<T>(value: T, what: string): T {
    return this.pos <= this.end ? value : this.#ended(what);
  }

  /** The next byte, which stays; -1 at the end. */
  peek(): number {
    return this.pos < this.end ? (this.bytes[this.pos] as number) : -1;
  }

  u32(what: string): number {
    if (this.pos < this.end) {
      const first = this.bytes[this.pos] as number;
      if (first < 0x80) {
        this.pos++;
        return first;
      }
    }
    return this.#whole(this.#longU32(what), what);
  }

  #longU32(what: string): number {
    const start = this.pos;
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#digit(what);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    const last = this.#digit(what);
    this.#last(last, (last & 0x7f) < 0x10, start, what);
    return (value | (last << 28)) >>> 0;
  }

  /** What the last possible byte of an integer must be: without unused bits, and the last. */
  #last(byte: number, fits: boolean, start: number, what: string): void {
    if (!fits) this.fail('Binary/integer', 'integer too large', what, start, this.pos);
    if (byte >= 0x80) this.fail('Binary/integer', 'integer representation too long', what, start, this.pos);
  }

  s32(what: string): number {
    return this.#whole(this.#s32(what), what);
  }

  #s32(what: string): number {
    const start = this.pos;
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#digit(what);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (value << (25 - shift)) >> (25 - shift);
    }
    const last = this.#digit(what);
    this.#last(last, (last & 0x78) === 0 || (last & 0x78) === 0x78, start, what);
    return value | (last << 28);
  }

  s33(what: string): number {
    return this.#whole(this.#s33(what), what);
  }

  #s33(what: string): number {
    const start = this.pos;
    let value = 0;
    let scale = 1;
    for (let count = 0; count < 4; count++) {
      const byte = this.#digit(what);
      value += (byte & 0x7f) * scale;
      scale *= 0x80;
      if (byte < 0x80) return (byte & 0x40) === 0 ? value : value - scale;
    }
    const last = this.#digit(what);
    this.#last(last, (last & 0x70) === 0 || (last & 0x70) === 0x70, start, what);
    value += (last & 0x1f) * scale;
    return (last & 0x10) === 0 ? value : value - 2 ** 33;
  }

  u64(what: string): bigint {
    return this.#whole(this.#u64(what), what);
  }

  #u64(what: string): bigint {
    const start = this.pos;
    let low = 0;
    let scale = 1;
    for (let count = 0; count < 7; count++) {
      const byte = this.#digit(what);
      low += (byte & 0x7f) * scale;
      scale *= 0x80;
      if (byte < 0x80) return BigInt(low);
    }
    let value = BigInt(low);
    for (let shift = 49n; shift < 63n; shift += 7n) {
      const byte = this.#digit(what);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    const last = this.#digit(what);
    this.#last(last, (last & 0x7f) < 2, start, what);
    return value | (BigInt(last) << 63n);
  }

  s64(what: string): bigint {
    return this.#whole(this.#s64(what), what);
  }

  #s64(what: string): bigint {
    const start = this.pos;
    let low = 0;
    let scale = 1;
    for (let count = 0; count < 7; count++) {
      const byte = this.#digit(what);
      low += (byte & 0x7f) * scale;
      scale *= 0x80;
      if (byte < 0x80) return BigInt((byte & 0x40) === 0 ? low : low - scale);
    }
    let value = BigInt(low);
    for (let shift = 49n; shift < 63n; shift += 7n) {
      const byte = this.#digit(what);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(Number(shift) + 7, value);
    }
    const last = this.#digit(what);
    this.#last(last, (last & 0x7f) === 0 || (last & 0x7f) === 0x7f, start, what);
    return BigInt.asIntN(64, value | (BigInt(last) << 63n));
  }

  /** An integer of one byte without its sign bit, if that is what comes; else -1, and nothing is read. */
  short(): number {
    const byte = this.pos < this.end ? (this.bytes[this.pos] as number) : 0x80;
    if (byte >= 0x40) return -1;
    this.pos++;
    return byte;
  }

  /** The bits of a float, unsigned. */
  f32(what: string): number {
    this.#need(4, what);
    this.pos += 4;
    return this.#view.getUint32(this.pos - 4, true);
  }

  f64(what: string): bigint {
    this.#need(8, what);
    this.pos += 8;
    return this.#view.getBigUint64(this.pos - 8, true);
  }

  #need(length: number, what: string): void {
    if (length > this.end - this.pos) this.#ended(what);
  }

  /** A view of the next bytes, not a copy. */
  take(length: number, what: string): Uint8Array {
    this.#need(length, what);
    this.pos += length;
    return this.bytes.subarray(this.pos - length, this.pos);
  }

  /** A count of things of at least a byte each, so that no count is believed that has no bytes behind it. */
  count(what: string): number {
    const start = this.pos;
    const count = this.#longU32(what);
    if (count > this.bytes.length - start) this.fail('Binary/length', 'length out of bounds', what, start, this.pos);
    if (count > this.end - this.pos) this.#ended(what);
    return count;
  }

  name(what: string): string {
    const length = this.count(what);
    const start = this.pos;
    this.pos += length;
    if (length <= SHORT_NAME) {
      let text = '';
      for (let i = start; i < this.pos; i++) {
        const byte = this.bytes[i] as number;
        if (byte >= 0x80) return this.#decode(start, what);
        text += String.fromCharCode(byte);
      }
      return text;
    }
    return this.#decode(start, what);
  }

  #decode(start: number, what: string): string {
    try {
      return decoder.decode(this.bytes.subarray(start, this.pos));
    } catch {
      return this.fail('Binary/name', 'malformed UTF-8 encoding', what, start, this.pos);
    }
  }
}
