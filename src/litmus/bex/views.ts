import type { Element, UpdateOp } from './ast.ts';

/** Elements of typed arrays [ECMA-262, TypedArray Objects; Atomics] as accesses of Wasm's memories. */

interface ElementRow {
  readonly bytes: 1 | 2 | 4 | 8;
  /** What Wasm has of it: a narrow integer is an i32. */
  readonly type: 'i32' | 'f32' | 'f64';
}

export const ELEMENTS: Readonly<Record<Element, ElementRow>> = {
  I8: { bytes: 1, type: 'i32' },
  I16: { bytes: 2, type: 'i32' },
  I32: { bytes: 4, type: 'i32' },
  F32: { bytes: 4, type: 'f32' },
  F64: { bytes: 8, type: 'f64' },
};

export function isFloat(element: Element): boolean {
  return ELEMENTS[element].type !== 'i32';
}

const RMW: Readonly<Record<UpdateOp, string>> = {
  add: 'add',
  sub: 'sub',
  and: 'and',
  or: 'or',
  xor: 'xor',
  exchange: 'xchg',
};

/** The load of an element; of a narrow integer with its sign. */
export function loadText(element: Element, memory: string, address: string, atomic: boolean): string {
  const { bytes, type } = ELEMENTS[element];
  const width = bytes * 8;
  if (!atomic) {
    const suffix = bytes < 4 ? `${width}_s` : '';
    return `(${type}.load${suffix} ${memory} ${address})`;
  }
  if (bytes === 4) return `(i32.atomic.load ${memory} ${address})`;
  return `(i32.extend${width}_s (i32.atomic.load${width}_u ${memory} ${address}))`;
}

export function storeText(element: Element, memory: string, address: string, value: string, atomic: boolean): string {
  const { bytes, type } = ELEMENTS[element];
  const suffix = bytes < 4 ? bytes * 8 : '';
  return `(${type}.${atomic ? 'atomic.' : ''}store${suffix} ${memory} ${address} ${value})`;
}

export function updateText(element: Element, op: UpdateOp, memory: string, address: string, value: string): string {
  const { bytes } = ELEMENTS[element];
  if (bytes === 4) return `(i32.atomic.rmw.${RMW[op]} ${memory} ${address} ${value})`;
  const width = bytes * 8;
  return `(i32.extend${width}_s (i32.atomic.rmw${width}.${RMW[op]}_u ${memory} ${address} ${value}))`;
}

/** A number as an element of an integer array holds it [ECMA-262, ToInt8, ToInt16, ToInt32]. */
export function integerText(element: Element, value: number): string {
  const { bytes } = ELEMENTS[element];
  const whole = Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
  return `(i32.const ${BigInt.asIntN(bytes * 8, whole)})`;
}

export function f64Text(value: number): string {
  if (Number.isNaN(value)) return '(f64.const nan)';
  if (!Number.isFinite(value)) return `(f64.const ${value < 0 ? '-inf' : 'inf'})`;
  return `(f64.const ${Object.is(value, -0) ? '-0' : value})`;
}

/** The bytes of a single, as a string of the text format. */
export function f32Bytes(value: number): string {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return [...bytes].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
}
