import { known } from '../base/assert.ts';
import type { Const, LanePattern, ResultPattern, VectorShape } from '../syntax/script.ts';
import type { AbsHeapName } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import { NULL, vectorBits } from '../syntax/values.ts';
import { UNIT, unitOf } from './classes.ts';
import { VECTOR_SHAPES, laneBits, literalAt, vectorAt } from './literals.ts';
import { childGroups } from './parentheses.ts';
import { type Reader, reportAt, u32OfToken } from './resolve.ts';
import { closeOf, tokenText } from './tokens.ts';

/** Arguments and expected results of scripts, read from groups that the grammar has taken. */

const NUMBERS: ReadonlyMap<number, 'i32' | 'i64' | 'f32' | 'f64'> = new Map([
  [unitOf('{i32}'), 'i32'],
  [unitOf('{i64}'), 'i64'],
  [unitOf('{f32}'), 'f32'],
  [unitOf('{f64}'), 'f64'],
]);
const VECTOR = unitOf('{v128}');
const NULL_HEAD = unitOf('{heap-type}');
const HOST = unitOf('ref.host');
const EITHER = unitOf('either');

/** A group as an argument. */
export function constAt(reader: Reader, open: number): Const {
  const { tokens } = reader;
  const head = tokens.units[open + 1] ?? 0;
  const type = NUMBERS.get(head);
  if (type !== undefined) return numberAt(reader, type, open + 2);
  if (head === NULL_HEAD) return NULL;
  if (head === VECTOR) {
    const shape = tokenText(tokens, open + 2) as VectorShape;
    return { type: 'v128', bits: vectorBits(vectorAt(reader, shape, open + 2, open + 3, closeOf(tokens, open))) };
  }
  return { type: 'host-ref', kind: head === HOST ? 'any' : 'extern', host: u32OfToken(reader, open + 2) };
}

/** A group as an expected result. */
export function patternAt(reader: Reader, open: number): ResultPattern {
  const { tokens } = reader;
  const head = tokens.units[open + 1] ?? 0;
  const type = NUMBERS.get(head);
  if (type !== undefined) {
    const nan = nanAt(reader, open + 2);
    if (nan !== null && (type === 'f32' || type === 'f64')) return { kind: 'nan', type, nan };
    return { kind: 'value', value: numberAt(reader, type, open + 2) };
  }
  switch (head) {
    case NULL_HEAD:
      return { kind: 'null' };
    case VECTOR:
      return vectorPatternAt(reader, open);
    case EITHER:
      return { kind: 'either', choices: childGroups(tokens, open).map((choice) => patternAt(reader, choice)) };
    default:
      return refPatternAt(reader, open);
  }
}

const REFERENCES: Readonly<Record<string, AbsHeapName>> = {
  'ref.any': 'any',
  'ref.eq': 'eq',
  'ref.i31': 'i31',
  'ref.i31_shared': 'i31',
  'ref.struct': 'struct',
  'ref.array': 'array',
  'ref.func': 'func',
  'ref.extern': 'extern',
  'ref.host': 'any',
  'ref.exn': 'exn',
};

function refPatternAt(reader: Reader, open: number): ResultPattern {
  const { tokens } = reader;
  const text = tokenText(tokens, open + 1);
  if (tokens.units[open + 2] === UNIT.nat)
    return { kind: 'host-ref', of: text === 'ref.host' ? 'any' : 'extern', host: u32OfToken(reader, open + 2) };
  const heap = REFERENCES[text];
  if (heap === undefined) reportAt(reader, open + 1, 'Parse/token', `unexpected token ${text}`);
  return { kind: 'ref', heap: heap ?? 'any', share: text === 'ref.i31_shared' ? 'shared' : 'unshared' };
}

function nanAt({ tokens }: Reader, token: number): 'canonical' | 'arithmetic' | null {
  const text = tokenText(tokens, token);
  return text === 'nan:canonical' ? 'canonical' : text === 'nan:arithmetic' ? 'arithmetic' : null;
}

function numberAt(reader: Reader, type: 'i32' | 'i64' | 'f32' | 'f64', token: number): Value {
  const { kind, ...value } = literalAt(reader, type, token);
  return { type: kind, ...value } as Value;
}

/** The lanes of a `v128.const` group, as many as its shape has. */
function vectorPatternAt(reader: Reader, open: number): ResultPattern {
  const { tokens } = reader;
  const shape = tokenText(tokens, open + 2) as VectorShape;
  const { count } = known(VECTOR_SHAPES[shape], shape);
  const [first, end] = [open + 3, closeOf(tokens, open)];
  if (end - first !== count) reportAt(reader, open + 2, 'Parse/lanes', 'wrong number of lane literals');
  const lanes: LanePattern[] = [];
  for (let i = first; i < end; i++) lanes.push(laneAt(reader, shape, i));
  return { kind: 'vector', shape, lanes };
}

function laneAt(reader: Reader, shape: VectorShape, token: number): LanePattern {
  const { float } = VECTOR_SHAPES[shape];
  const nan = nanAt(reader, token);
  if (nan !== null && float) return { kind: 'nan', nan };
  const text = tokenText(reader.tokens, token);
  const isNumber = float || (nan === null && reader.tokens.units[token] !== UNIT.float);
  const bits = isNumber ? laneBits(shape, text) : null;
  if (bits === null) reportAt(reader, token, 'Parse/constant', `constant out of range: ${text} is no lane of ${shape}`);
  return { kind: 'bits', bits: bits ?? 0n };
}
