import { assertNever } from '../base/assert.ts';
import { printValue } from '../syntax/print-values.ts';
import type { ResultPattern } from '../syntax/script.ts';
import type { Value } from '../syntax/values.ts';
import { NULL } from '../syntax/values.ts';
import { valueKey } from './call-start.ts';

/** Whether a result is as an assertion expects [core interpreter README, Scripts; threads proposal, `either`]. */
export function matchesPattern(pattern: ResultPattern, value: Value): boolean {
  switch (pattern.kind) {
    case 'value':
      return valueKey(pattern.value) === valueKey(value);
    case 'nan':
      return pattern.type === value.type && isNan(value, pattern.nan);
    case 'null':
      return value.type === 'ref' && value.id === NULL.id;
    case 'ref':
      // The only references that are made are to functions.
      return pattern.heap === 'func' && value.type === 'ref' && value.id !== NULL.id;
    case 'vector':
    case 'host-ref':
      return false;
    case 'either':
      return pattern.choices.some((choice) => matchesPattern(choice, value));
    default:
      return assertNever(pattern);
  }
}

/** Canonical: the quiet bit alone is set in the payload. Arithmetic: it is set, at least. The sign does not matter. */
function isNan(value: Value, nan: 'canonical' | 'arithmetic'): boolean {
  if (value.type !== 'f32' && value.type !== 'f64') return false;
  const [exponent, quiet] =
    value.type === 'f32' ? [0x7f80_0000n, 0x40_0000n] : [0x7ff0_0000_0000_0000n, 0x8_0000_0000_0000n];
  const bits = BigInt(value.bits) & (exponent | (quiet * 2n - 1n));
  return nan === 'canonical' ? bits === (exponent | quiet) : (bits & (exponent | quiet)) === (exponent | quiet);
}

export function matchesPatterns(patterns: readonly ResultPattern[], values: readonly Value[]): boolean {
  return (
    patterns.length === values.length &&
    patterns.every((pattern, i) => {
      const value = values[i];
      return value !== undefined && matchesPattern(pattern, value);
    })
  );
}

export function printPattern(pattern: ResultPattern): string {
  switch (pattern.kind) {
    case 'value':
      return printValue(pattern.value);
    case 'nan':
      return `${pattern.type} nan:${pattern.nan}`;
    case 'null':
      return 'ref.null';
    case 'ref':
      return `ref.${pattern.heap}`;
    case 'vector':
      return `v128 ${pattern.shape} ${pattern.lanes.map((lane) => (lane.kind === 'nan' ? `nan:${lane.nan}` : `0x${lane.bits.toString(16)}`)).join(' ')}`;
    case 'host-ref':
      return `ref.${pattern.of === 'any' ? 'host' : 'extern'} ${pattern.host}`;
    case 'either':
      return `(either ${pattern.choices.map(printPattern).join(', ')})`;
    default:
      return assertNever(pattern);
  }
}

/** `i32 1, i64 2`; `nothing` for no values. */
export function printValues(values: readonly Value[]): string {
  return values.length === 0 ? 'nothing' : values.map(printValue).join(', ');
}

export function printPatterns(patterns: readonly ResultPattern[]): string {
  return patterns.length === 0 ? 'nothing' : patterns.map(printPattern).join(', ');
}

/** Whether a message is the expected one, as the official runners compare them: one begins with the other. */
export function sameMessage(actual: string, expected: string): boolean {
  return actual.startsWith(expected) || expected.startsWith(actual);
}
