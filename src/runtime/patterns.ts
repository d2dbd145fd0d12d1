import { assertNever } from '../base/assert.ts';
import { printValue } from '../syntax/print-values.ts';
import type { ResultPattern } from '../syntax/script.ts';
import type { Value } from '../syntax/values.ts';
import type { AbsHeapName } from '../syntax/types.ts';
import { isI31, NULL } from '../syntax/values.ts';
import { valueKey } from './call-start.ts';
import type { Reference, Refs } from './references.ts';

/** Whether a result is as an assertion expects [core interpreter README, Scripts; threads proposal, `either`]. */
export function matchesPattern(pattern: ResultPattern, value: Value, refs: Refs): boolean {
  switch (pattern.kind) {
    case 'value':
      return valueKey(pattern.value) === valueKey(value);
    case 'nan':
      return (
        pattern.type === value.type &&
        isNan(value.type === 'f32' ? BigInt(value.bits) : value.bits, value.type, pattern.nan)
      );
    case 'null':
      return value.type === 'ref' && value.id === NULL.id;
    case 'ref':
      return value.type === 'ref' && value.id !== NULL.id && isBelow(kindOfReference(value.id, refs), pattern.heap);
    case 'vector':
      return value.type === 'v128' && matchesLanes(pattern, value.bits);
    case 'host-ref': {
      if (value.type !== 'ref' || value.id === NULL.id || isI31(value.id)) return false;
      const reference = refs.get(value.id);
      return reference.kind === 'host' && reference.host === pattern.host;
    }
    case 'either':
      return pattern.choices.some((choice) => matchesPattern(choice, value, refs));
    default:
      return assertNever(pattern);
  }
}

type ReferenceKind = 'i31' | Reference['kind'];

function kindOfReference(id: number, refs: Refs): ReferenceKind {
  return isI31(id) ? 'i31' : refs.get(id).kind;
}

/** Whether a reference of this kind may be called by that name. What is the host's, or made external, may be either `any` or `extern`. */
function isBelow(kind: ReferenceKind, heap: AbsHeapName): boolean {
  switch (heap) {
    case 'any':
    case 'extern':
      return kind === 'i31' || kind === 'struct' || kind === 'array' || kind === 'host';
    case 'eq':
      return kind === 'i31' || kind === 'struct' || kind === 'array';
    default:
      return kind === heap;
  }
}

function matchesLanes({ shape, lanes }: Extract<ResultPattern, { kind: 'vector' }>, bits: bigint): boolean {
  const width = 128 / lanes.length;
  return lanes.every((lane, i) => {
    const actual = BigInt.asUintN(width, bits >> BigInt(width * i));
    return lane.kind === 'bits' ? lane.bits === actual : isNan(actual, shape === 'f32x4' ? 'f32' : 'f64', lane.nan);
  });
}

/** Canonical: the quiet bit alone is set in the payload. Arithmetic: it is set, at least. The sign does not matter. */
function isNan(bits: bigint, type: 'f32' | 'f64', nan: 'canonical' | 'arithmetic'): boolean {
  const [exponent, quiet] = type === 'f32' ? [0x7f80_0000n, 0x40_0000n] : [0x7ff0_0000_0000_0000n, 0x8_0000_0000_0000n];
  const magnitude = bits & (exponent | (quiet * 2n - 1n));
  return nan === 'canonical'
    ? magnitude === (exponent | quiet)
    : (magnitude & (exponent | quiet)) === (exponent | quiet);
}

export function matchesPatterns(patterns: readonly ResultPattern[], values: readonly Value[], refs: Refs): boolean {
  return (
    patterns.length === values.length &&
    patterns.every((pattern, i) => {
      const value = values[i];
      return value !== undefined && matchesPattern(pattern, value, refs);
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
