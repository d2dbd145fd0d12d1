import { Bug, known } from '../../base/assert.ts';
import { instructionRow } from '../../syntax/instructions.ts';
import type { Body, Operand } from './body.ts';
import { compose, exactly, looseOf, testOf, TRAPS } from './body.ts';
import { comparison, unsigned } from './expressions.ts';
import { compileLong } from './numeric-long.ts';
import { kindOf } from './parts.ts';

/**
 * Arithmetic as expressions [core 3.0, Numerics]. Integers stay int32s; a float's NaN is the canonical one unless the operation keeps its
 * operand's bits.
 */

type Unary = (a: string) => string;
type Binary = (a: string, b: string) => string;

const INT_UNARY: Readonly<Record<string, Unary>> = {
  'i32.clz': (a) => `Math.clz32(${a})`,
  'i32.extend8_s': (a) => `(${a}<<24>>24)`,
  'i32.extend16_s': (a) => `(${a}<<16>>16)`,
};

const INT_BINARY: Readonly<Record<string, Binary>> = {
  'i32.add': (a, b) => `(${a}+${b}|0)`,
  'i32.sub': (a, b) => `(${a}-${b}|0)`,
  'i32.mul': (a, b) => `Math.imul(${a},${b})`,
  'i32.and': (a, b) => `(${a}&${b})`,
  'i32.or': (a, b) => `(${a}|${b})`,
  'i32.xor': (a, b) => `(${a}^${b})`,
  'i32.shl': (a, b) => `(${a}<<${b})`,
  'i32.shr_s': (a, b) => `(${a}>>${b})`,
  'i32.shr_u': (a, b) => `(${a}>>>${b}|0)`,
};

const SIGNED: Readonly<Record<string, string>> = { lt_s: '<', gt_s: '>', le_s: '<=', ge_s: '>=', eq: '===', ne: '!==' };
const UNSIGNED: Readonly<Record<string, string>> = { lt_u: '<', gt_u: '>', le_u: '<=', ge_u: '>=' };
const FLOAT: Readonly<Record<string, string>> = { eq: '===', ne: '!==', lt: '<', gt: '>', le: '<=', ge: '>=' };

const DIVISIONS: Readonly<Record<string, string>> = {
  'i32.div_s': 'divS',
  'i32.div_u': 'divU',
  'i32.rem_s': 'remS',
  'i32.rem_u': 'remU',
};

const ARITHMETIC: Readonly<Record<string, string>> = { add: '+', sub: '-', mul: '*', div: '/' };
const ROUNDINGS: Readonly<Record<string, string>> = {
  ceil: 'Math.ceil',
  floor: 'Math.floor',
  trunc: 'Math.trunc',
  sqrt: 'Math.sqrt',
  nearest: 'nearest',
};
const TRUNCATIONS: Readonly<Record<string, string>> = {
  trunc_f32_s: 'truncS',
  trunc_f64_s: 'truncS',
  trunc_f32_u: 'truncU',
  trunc_f64_u: 'truncU',
  trunc_sat_f32_s: 'saturateS',
  trunc_sat_f64_s: 'saturateS',
  trunc_sat_f32_u: 'saturateU',
  trunc_sat_f64_u: 'saturateU',
};

/** Replaces the operands of a numeric instruction by its result. */
export function compileNumeric(body: Body, op: string): void {
  const signature = known(instructionRow(op)?.signature, op);
  const kinds = [...signature.params, ...signature.results].map((t) => kindOf(t === 'addr' ? 'i32' : t));
  if (kinds.includes('long')) return compileLong(body, op);
  const [type = '', name = ''] = op.split('.');
  const operands = signature.params.length === 1 ? [] : [prepareSecond(body, op)];
  operands.unshift(prepareFirst(body, op));
  const [a, b] = operands;
  if (a === undefined) throw new Bug(`${op} has no operand`);
  const parts = operands.map(looseOf);
  body.push(
    kinds.at(-1) === 'int'
      ? compileInt(body, op, name, a, b, parts)
      : compileFloat(body, type as 'f32' | 'f64', name, a, b),
  );
}

/** Rotations name their first operand twice. */
function prepareFirst(body: Body, op: string): Operand {
  if (op === 'i32.rotl' || op === 'i32.rotr') body.simplify(0);
  return body.pop();
}

function prepareSecond(body: Body, op: string): Operand {
  if (op === 'i32.rotl' || op === 'i32.rotr') {
    body.simplify(1);
    body.simplify(0);
  }
  return body.pop();
}

function compileInt(
  body: Body,
  op: string,
  name: string,
  a: Operand,
  b: Operand | undefined,
  parts: readonly string[],
): Operand {
  const [first = '', second = ''] = parts;
  if (b === undefined) {
    if (op === 'i32.eqz') return comparison(a.test === null ? `${first}===0` : `!(${a.test})`, [a]);
    const unary = INT_UNARY[op];
    if (unary !== undefined) return compose('int', [unary(first)], [a]);
    if (op === 'i32.ctz') return compose('int', [`${body.use('ctz32')}(${first})`], [a]);
    if (op === 'i32.popcnt') return compose('int', [`${body.use('popcnt32')}(${first})`], [a]);
    if (name === 'reinterpret_f32') return compose('int', [`${body.use('singleBits')}(${exactly(body, a)})`], [a]);
    const truncation = known(TRUNCATIONS[name], op);
    return compose('int', [`${body.use(truncation)}(${first})`], [a], {
      effects: name.includes('sat') ? 0 : TRAPS,
    });
  }
  const operands = [a, b];
  if (a.kind !== 'int') return comparison(`${first}${known(FLOAT[name], op)}${second}`, operands);
  const binary = INT_BINARY[op];
  if (binary !== undefined) return compose('int', [binary(first, second)], operands);
  const signed = SIGNED[name];
  if (signed !== undefined) {
    if (second === '0' && name === 'ne') return compose('int', [`(${testOf(a)}?1:0)`], operands, { test: testOf(a) });
    return comparison(`${first}${signed}${second}`, operands);
  }
  const order = UNSIGNED[name];
  if (order !== undefined) return comparison(`${unsigned(first)}${order}${unsigned(second)}`, operands);
  const division = DIVISIONS[op];
  if (division !== undefined) return compileDivision(body, op, division, a, b);
  return compose('int', [rotation(first, second, op === 'i32.rotl')], operands);
}

const DIVISOR = /^[1-9]\d*$/;

/** A division by a positive constant traps for no dividend. */
function compileDivision(body: Body, op: string, helper: string, a: Operand, b: Operand): Operand {
  const [first = ''] = a.parts;
  const [second = ''] = b.parts;
  const effects = DIVISOR.test(second) ? 0 : TRAPS;
  if (effects !== 0) return compose('int', [`${body.use(helper)}(${first},${second})`], [a, b], { effects });
  const dividend = op.endsWith('_u') ? unsigned(first) : first;
  return compose('int', [`(${dividend}${op.includes('rem') ? '%' : '/'}${second}|0)`], [a, b]);
}

function rotation(a: string, b: string, left: boolean): string {
  if (/^\d+$/.test(b)) {
    const n = Number(b) & 31;
    const by = left ? n : (32 - n) & 31;
    return by === 0 ? a : `(${a}<<${by}|${a}>>>${32 - by})`;
  }
  return left ? `(${a}<<${b}|${a}>>>-${b})` : `(${a}>>>${b}|${a}<<-${b})`;
}

function compileFloat(body: Body, type: 'f32' | 'f64', name: string, a: Operand, b: Operand | undefined): Operand {
  const kind = kindOf(type);
  const operands = b === undefined ? [a] : [a, b];
  const first = looseOf(a);
  const second = b === undefined ? '' : looseOf(b);
  const arithmetic = ARITHMETIC[name];
  if (arithmetic !== undefined) return computed(kind, `${first}${arithmetic}${second}`, operands);
  const rounding = ROUNDINGS[name];
  if (rounding !== undefined) {
    const called = rounding.startsWith('Math') ? rounding : body.use(rounding);
    return computed(kind, `${called}(${first})`, operands);
  }
  switch (name) {
    case 'min':
    case 'max':
      return computed(kind, `Math.${name}(${first},${second})`, operands);
    case 'neg':
      return kept(body, type === 'f32' ? 'negateSingle' : 'negateDouble', operands, `(-${first})`);
    case 'abs':
      return kept(body, type === 'f32' ? 'absoluteSingle' : 'absoluteDouble', operands, `Math.abs(${first})`);
    case 'copysign':
      return kept(body, type === 'f32' ? 'copySignSingle' : 'copySignDouble', operands);
    case 'convert_i32_s':
      return type === 'f64' ? compose(kind, [first], operands) : computed(kind, first, operands);
    case 'convert_i32_u':
      return type === 'f64' ? compose(kind, [unsigned(first)], operands) : computed(kind, unsigned(first), operands);
    case 'demote_f64':
      return computed(kind, first, operands);
    case 'promote_f32':
      return compose(kind, [first], operands, { exact: false });
    case 'reinterpret_i32':
      return compose(kind, [`${body.use('carriedSingle')}(${first})`], operands);
    default:
      throw new Bug(`float operation ${name}`);
  }
}

/** The result of arithmetic: rounding to single precision leaves a single no NaN but the canonical one. */
function computed(
  kind: 'single' | 'double' | 'int' | 'long',
  expression: string,
  operands: readonly Operand[],
): Operand {
  return kind === 'single'
    ? compose(kind, [`Math.fround(${expression})`], operands)
    : compose(kind, [`(${expression})`], operands, { exact: false });
}

/** An operation on bits; `loose` does the same to what is no NaN. */
function kept(body: Body, helper: string, operands: readonly Operand[], loose?: string): Operand {
  const [a] = operands;
  const parts = operands.map((operand) => exactly(body, operand));
  return compose(known(a, 'operand').kind, [`${body.use(helper)}(${parts.join(',')})`], operands, {
    ...(loose !== undefined && { loose }),
  });
}
