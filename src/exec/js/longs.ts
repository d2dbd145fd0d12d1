/* oxlint-disable typescript/no-non-null-assertion -- indices are in range by construction */

/** 64-bit integers in halves: each function returns the low half of its result and leaves the high one in `INTS[1]`. */

/** Results' further parts, by their place; the counters of running code. Off V8's heap, for its size. */
export const INTS = new Int32Array(4096);
export const DOUBLES = new Float64Array(4096);
/** In `INTS`: what is left of the current portion of fuel; whether a thread-local has been set. */
export const FUEL = 4000;
export const DIRTY = 4001;

const WIDE = new BigInt64Array(8);
const UNSIGNED = new BigUint64Array(WIDE.buffer);
const HALVES = new Int32Array(WIDE.buffer);
const TWO_32 = 4294967296;

export function mul64(al: number, ah: number, bl: number, bh: number): number {
  const x0 = al & 0xffff;
  const x1 = al >>> 16;
  const y0 = bl & 0xffff;
  const y1 = bl >>> 16;
  const low = Math.imul(x0, y0);
  const middle = (Math.imul(x1, y0) + (low >>> 16)) | 0;
  const cross = (Math.imul(x0, y1) + (middle & 0xffff)) | 0;
  INTS[1] = (Math.imul(x1, y1) + (middle >>> 16) + (cross >>> 16) + Math.imul(al, bh) + Math.imul(ah, bl)) | 0;
  return Math.imul(al, bl);
}

export function shl64(low: number, high: number, count: number): number {
  const n = count & 63;
  if (n >= 32) {
    INTS[1] = low << (n - 32);
    return 0;
  }
  INTS[1] = n === 0 ? high : (high << n) | (low >>> (32 - n));
  return low << n;
}

export function shrU64(low: number, high: number, count: number): number {
  const n = count & 63;
  if (n >= 32) {
    INTS[1] = 0;
    return (high >>> (n - 32)) | 0;
  }
  INTS[1] = high >>> n;
  return n === 0 ? low : (low >>> n) | (high << (32 - n));
}

export function shrS64(low: number, high: number, count: number): number {
  const n = count & 63;
  if (n >= 32) {
    INTS[1] = high >> 31;
    return high >> (n - 32);
  }
  INTS[1] = high >> n;
  return n === 0 ? low : (low >>> n) | (high << (32 - n));
}

export function rotl64(low: number, high: number, count: number): number {
  const n = count & 31;
  const a = (count & 32) === 0 ? low : high;
  const b = (count & 32) === 0 ? high : low;
  INTS[1] = n === 0 ? b : (b << n) | (a >>> (32 - n));
  return n === 0 ? a : (a << n) | (b >>> (32 - n));
}

function put(low: number, high: number): number {
  INTS[1] = high;
  return low | 0;
}

/** The quotient or remainder; the divisor is not zero. Numbers below 2^53 are divided as doubles, exactly. */
function divide(al: number, ah: number, bl: number, bh: number, signed: boolean, remainder: boolean): number {
  if ((ah | bh) === 0) {
    INTS[1] = 0;
    return remainder ? ((al >>> 0) % (bl >>> 0)) | 0 : ((al >>> 0) / (bl >>> 0)) | 0;
  }
  if (ah >>> 21 === 0 && bh >>> 21 === 0) {
    const x = ah * TWO_32 + (al >>> 0);
    const y = bh * TWO_32 + (bl >>> 0);
    const quotient = Math.floor(x / y);
    const result = remainder ? x - quotient * y : quotient;
    return put(result, Math.floor(result / TWO_32));
  }
  HALVES[0] = al;
  HALVES[1] = ah;
  HALVES[2] = bl;
  HALVES[3] = bh;
  if (signed) WIDE[2] = remainder ? WIDE[0]! % WIDE[1]! : WIDE[0]! / WIDE[1]!;
  else UNSIGNED[2] = remainder ? UNSIGNED[0]! % UNSIGNED[1]! : UNSIGNED[0]! / UNSIGNED[1]!;
  return put(HALVES[4]!, HALVES[5]!);
}

/** Halves as a bigint, and back. */
export function joinLong(low: number, high: number): bigint {
  HALVES[0] = low;
  HALVES[1] = high;
  return WIDE[0]!;
}

export function splitLong(value: bigint): number {
  WIDE[0] = value;
  return put(HALVES[0]!, HALVES[1]!);
}

let fenced: Int32Array | null = null;

/** Atomic accesses are sequentially consistent: any one orders the others of its thread. */
export function fence(): void {
  fenced ??= new Int32Array(new SharedArrayBuffer(4));
  Atomics.exchange(fenced, 0, 0);
}

export type Trapping = (reason: string) => never;

/** The divisions, which trap by `trap`. */
export function divisions(trap: Trapping) {
  return {
    divS(a: number, b: number): number {
      if (b === 0) trap('integer divide by zero');
      if (b === -1 && a === -0x8000_0000) trap('integer overflow');
      return (a / b) | 0;
    },
    divU(a: number, b: number): number {
      if (b === 0) trap('integer divide by zero');
      return ((a >>> 0) / (b >>> 0)) | 0;
    },
    remS(a: number, b: number): number {
      if (b === 0) trap('integer divide by zero');
      return b === -1 ? 0 : (a % b) | 0;
    },
    remU(a: number, b: number): number {
      if (b === 0) trap('integer divide by zero');
      return ((a >>> 0) % (b >>> 0)) | 0;
    },
    divS64(al: number, ah: number, bl: number, bh: number): number {
      if ((bl | bh) === 0) trap('integer divide by zero');
      if ((bl & bh) === -1 && al === 0 && ah === -0x8000_0000) trap('integer overflow');
      return divide(al, ah, bl, bh, true, false);
    },
    divU64(al: number, ah: number, bl: number, bh: number): number {
      if ((bl | bh) === 0) trap('integer divide by zero');
      return divide(al, ah, bl, bh, false, false);
    },
    remS64(al: number, ah: number, bl: number, bh: number): number {
      if ((bl | bh) === 0) trap('integer divide by zero');
      return divide(al, ah, bl, bh, true, true);
    },
    remU64(al: number, ah: number, bl: number, bh: number): number {
      if ((bl | bh) === 0) trap('integer divide by zero');
      return divide(al, ah, bl, bh, false, true);
    },
  };
}

export function ctz32(x: number): number {
  return x === 0 ? 32 : 31 - Math.clz32(x & -x);
}

export function popcnt32(x: number): number {
  const pairs = x - ((x >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Conversions between floats and 64-bit integers, and checked truncations. */
export function conversions(trap: Trapping) {
  /** An integral number from -2^63 below 2^64, in halves. */
  function split(whole: number): number {
    const high = Math.floor(whole / TWO_32);
    return put((whole - high * TWO_32) | 0, high | 0);
  }

  function checked(x: number, low: number, end: number): number {
    if (x !== x) trap('invalid conversion to integer');
    const whole = Math.trunc(x);
    if (!(whole >= low && whole < end)) trap('integer overflow');
    return whole;
  }

  return {
    truncS(x: number): number {
      if (x > -2147483649 && x < 2147483648) return x | 0;
      return checked(x, -2147483648, 2147483648) | 0;
    },
    truncU(x: number): number {
      if (x > -1 && x < 4294967296) return (x >>> 0) | 0;
      return checked(x, 0, 4294967296) | 0;
    },
    truncS64(x: number): number {
      if (x > -2147483649 && x < 2147483648) {
        const low = x | 0;
        INTS[1] = low >> 31;
        return low;
      }
      return split(checked(x, -(2 ** 63), 2 ** 63));
    },
    truncU64: (x: number): number => split(checked(x, 0, 2 ** 64)),
    saturateS(x: number): number {
      return x > -2147483649 && x < 2147483648 ? x | 0 : x > 0 ? 0x7fff_ffff : x < 0 ? -0x8000_0000 : 0;
    },
    saturateU(x: number): number {
      return x > -1 && x < 4294967296 ? (x >>> 0) | 0 : x > 0 ? -1 : 0;
    },
    saturateS64(x: number): number {
      if (x !== x) return put(0, 0);
      if (x >= 2 ** 63) return put(-1, 0x7fff_ffff);
      return x <= -(2 ** 63) ? put(0, -0x8000_0000) : split(Math.trunc(x));
    },
    saturateU64(x: number): number {
      if (!(x > 0)) return put(0, 0);
      return x >= 2 ** 64 ? put(-1, -1) : split(Math.trunc(x));
    },
    doubleS64: (low: number, high: number): number => high * TWO_32 + (low >>> 0),
    doubleU64: (low: number, high: number): number => (high >>> 0) * TWO_32 + (low >>> 0),
    singleS64: (low: number, high: number): number =>
      Math.fround(high * TWO_32 + (toOdd(low, ((high >> 20) + 1) >>> 1 !== 0) >>> 0)),
    singleU64: (low: number, high: number): number =>
      Math.fround((high >>> 0) * TWO_32 + (toOdd(low, high >>> 20 !== 0) >>> 0)),
  };
}

/**
 * The low half, rounded to odd where a double could not hold all of it, so that rounding to a double first does no harm: a double
 * then holds the number exactly, and the single nearest to it is the one nearest to the integer.
 */
function toOdd(low: number, wide: boolean): number {
  return wide && (low & 0x7ff) !== 0 ? (low & ~0x7ff) | 0x800 : low;
}
