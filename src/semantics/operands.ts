import { isDraft, original } from 'immer';
import { Bug, known } from '../base/assert.ts';
import type { AddrType } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import type { Config, State } from './config.ts';
import { labelOf } from './config.ts';

/**
 * The operand stack of the innermost label. Validation guarantees that operands are there and have the type that their
 * rule expects, so a missing one is a {@link Bug}.
 */
export function push(z: Config, ...values: readonly Value[]): void {
  labelOf(z).values.push(...values);
}

export function pop(z: Config): Value {
  return plain(known(labelOf(z).values.pop(), 'operand'));
}

/** The last `n` operands, deepest first, taken. */
export function popMany(z: Config, n: number): readonly Value[] {
  const values = labelOf(z).values;
  return values.splice(values.length - n, n).map((value) => plain(value));
}

/** The operand `depth` places below the top, left where it is. */
export function peek(z: State, depth: number): Value {
  return plain(known(labelOf(z).values.at(-1 - depth), 'operand'));
}

/** The last `n` operands, deepest first, left where they are. */
export function peekMany(z: State, n: number): readonly Value[] {
  const { values } = labelOf(z);
  return values.slice(values.length - n).map((value) => plain(value));
}

/** The data itself where a draft of it is at hand; only for data that is replaced, never changed, such as values. */
export function plain<T>(data: T): T {
  return isDraft(data) ? known(original(data as object) as T | undefined, 'original') : data;
}

export function i32(value: number): Value {
  return { type: 'i32', value: value | 0 };
}

/** An i32 operand, as the signed number that it is. */
export function signed(value: Value): number {
  if (value.type !== 'i32') throw new Bug(`i32 expected, ${value.type} found`);
  return value.value;
}

/** An i32 operand read as unsigned: an address, a length, a count. */
export function unsigned(value: Value): number {
  return signed(value) >>> 0;
}

export function i64Of(value: Value): bigint {
  if (value.type !== 'i64') throw new Bug(`i64 expected, ${value.type} found`);
  return value.value;
}

/** An i32 or i64 operand read as unsigned: an address of either type. */
export function naturalOf(value: Value): bigint {
  return value.type === 'i64' ? BigInt.asUintN(64, value.value) : BigInt(unsigned(value));
}

/** The operand `depth` places below the top as an address or length; above 2^53, where nothing is in bounds, it is rounded. */
export function lengthAt(z: State, depth: number): number {
  return Number(naturalOf(peek(z, depth)));
}

/** A length as a value of an address type; -1 for one that failed. */
export function lengthValue(t: AddrType, length: number): Value {
  return t === 'i32' ? i32(length) : { type: 'i64', value: BigInt(length) };
}

/** A reference operand's id. */
export function idOf(value: Value): number {
  if (value.type !== 'ref') throw new Bug(`reference expected, ${value.type} found`);
  return value.id;
}
