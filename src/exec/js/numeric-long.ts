import { Bug, known } from '../../base/assert.ts';
import type { Body, Operand } from './body.ts';
import { compose, exactly, isSimple, TRAPS } from './body.ts';
import { comparison, unsigned } from './expressions.ts';

/** 64-bit integers: halves inline where that takes a few operations, else by the functions of `longs.ts`. */

const BITWISE: Readonly<Record<string, string>> = { 'i64.and': '&', 'i64.or': '|', 'i64.xor': '^' };
const BY_FUNCTION: Readonly<Record<string, string>> = {
  'i64.mul': 'mul64',
  'i64.div_s': 'divS64',
  'i64.div_u': 'divU64',
  'i64.rem_s': 'remS64',
  'i64.rem_u': 'remU64',
};
const SHIFTS: Readonly<Record<string, string>> = {
  'i64.shl': 'shl64',
  'i64.shr_s': 'shrS64',
  'i64.shr_u': 'shrU64',
  'i64.rotl': 'rotl64',
  'i64.rotr': 'rotl64',
};
const ORDERS: Readonly<Record<string, readonly [strict: string, last: string]>> = {
  lt: ['<', '<'],
  gt: ['>', '>'],
  le: ['<', '<='],
  ge: ['>', '>='],
};
const FROM_FLOAT: Readonly<Record<string, string>> = {
  trunc_f32_s: 'truncS64',
  trunc_f64_s: 'truncS64',
  trunc_f32_u: 'truncU64',
  trunc_f64_u: 'truncU64',
  trunc_sat_f32_s: 'saturateS64',
  trunc_sat_f64_s: 'saturateS64',
  trunc_sat_f32_u: 'saturateU64',
  trunc_sat_f64_u: 'saturateU64',
};
const TO_FLOAT: Readonly<Record<string, string>> = {
  'f64.convert_i64_s': 'doubleS64',
  'f64.convert_i64_u': 'doubleU64',
  'f32.convert_i64_s': 'singleS64',
  'f32.convert_i64_u': 'singleU64',
};

/** Replaces the operands of an instruction that takes or gives an i64 by its result. */
export function compileLong(body: Body, op: string): void {
  const [type = '', name = ''] = op.split('.');
  if (op === 'i32.wrap_i64') {
    const a = body.pop();
    return body.push(compose('int', [known(a.parts[0], 'low half')], [a]));
  }
  if (type !== 'i64') return compileToFloat(body, op);
  if (name.startsWith('extend_i32') || name.includes('trunc') || name.startsWith('reinterpret'))
    return compileFromShort(body, name);
  if (op === 'i64.eqz') {
    const a = body.pop();
    return body.push(comparison(`(${a.parts.join('|')})===0`, [a]));
  }
  if (UNARY.has(name)) return compileUnary(body, name);
  compileBinary(body, op, name);
}

const UNARY: ReadonlySet<string> = new Set(['clz', 'ctz', 'popcnt', 'extend8_s', 'extend16_s', 'extend32_s']);

function compileToFloat(body: Body, op: string): void {
  const a = body.pop();
  const [low = '', high = ''] = a.parts;
  if (op === 'f64.reinterpret_i64')
    return body.push(compose('double', [`${body.use('doubleOf')}(${low},${high})`], [a]));
  const helper = body.use(known(TO_FLOAT[op], op));
  body.push(compose(op.startsWith('f32') ? 'single' : 'double', [`${helper}(${low},${high})`], [a]));
}

function compileFromShort(body: Body, name: string): void {
  if (name === 'extend_i32_s') {
    body.simplify(0);
    const a = body.pop();
    const [part = ''] = a.parts;
    return body.push(compose('long', [part, `(${part}>>31)`], [a]));
  }
  if (name === 'extend_i32_u') {
    // A long is not kept unevaluated where evaluation reads the world or traps.
    if (known(body.stack.at(-1), 'operand').effects !== 0) body.simplify(0);
    const a = body.pop();
    return body.push(compose('long', [known(a.parts[0], 'part'), '0'], [a]));
  }
  const a = body.pop();
  body.before(a.effects);
  if (name === 'reinterpret_f64') {
    return body.result('long', 0, (low, high) =>
      body.emit(`${body.use('NUMBERS')}[1]=${exactly(body, a)};${low}=${body.use('WORDS')}[2];${high}=WORDS[3];`),
    );
  }
  const helper = body.use(known(FROM_FLOAT[name], name));
  byFunction(body, helper, [known(a.parts[0], 'part')], TRAPS);
}

function byFunction(body: Body, helper: string, args: readonly string[], effects: number): void {
  body.result('long', effects, (low, high) =>
    body.emit(`${low}=${body.use(helper)}(${args.join(',')});${high}=${body.use('INTS')}[1];`),
  );
}

function compileUnary(body: Body, name: string): void {
  body.simplify(0);
  const a = body.pop();
  const [low = '', high = ''] = a.parts;
  const parts = ((): readonly [string, string] => {
    switch (name) {
      case 'clz':
        return [`(${high}===0?32+Math.clz32(${low}):Math.clz32(${high}))`, '0'];
      case 'ctz':
        return [`(${low}===0?32+${body.use('ctz32')}(${high}):ctz32(${low}))`, '0'];
      case 'popcnt':
        return [`(${body.use('popcnt32')}(${low})+popcnt32(${high}))`, '0'];
      case 'extend8_s':
        return [`(${low}<<24>>24)`, `(${low}<<24>>31)`];
      case 'extend16_s':
        return [`(${low}<<16>>16)`, `(${low}<<16>>31)`];
      default:
        return [low, `(${low}>>31)`];
    }
  })();
  body.push(compose('long', parts, [a]));
}

function compileBinary(body: Body, op: string, name: string): void {
  const bitwise = BITWISE[op];
  if (bitwise !== undefined) {
    const b = body.pop();
    const a = body.pop();
    const parts = a.parts.map((part, i) => combine(bitwise, part, known(b.parts[i], 'part')));
    return body.push(compose('long', parts, [a, b]));
  }
  body.simplify(1);
  body.simplify(0);
  const b = body.pop();
  const a = body.pop();
  const [al = '', ah = ''] = a.parts;
  const [bl = '', bh = ''] = b.parts;
  switch (name) {
    case 'add':
    case 'sub':
      return compileSum(body, name, a, b);
    case 'eq':
      return body.push(comparison(`(${al}===${bl}&&${ah}===${bh})`, [a, b]));
    case 'ne':
      return body.push(comparison(`(${al}!==${bl}||${ah}!==${bh})`, [a, b]));
    default:
      break;
  }
  const [order = '', sign = ''] = name.split('_');
  const orders = ORDERS[order];
  if (orders !== undefined) {
    const [strict, last] = orders;
    const [x, y] = sign === 's' ? [ah, bh] : [unsigned(ah), unsigned(bh)];
    const test = `(${x}${strict}${y}||${ah}===${bh}&&${unsigned(al)}${last}${unsigned(bl)})`;
    return body.push(comparison(test, [a, b]));
  }
  const shift = SHIFTS[op];
  if (shift !== undefined) return compileShift(body, op, shift, a, b);
  byFunction(body, known(BY_FUNCTION[op], op), [al, ah, bl, bh], op === 'i64.mul' ? 0 : TRAPS);
}

function combine(op: string, a: string, b: string): string {
  if (b === '0') return op === '&' ? '0' : a;
  if (a === '0') return op === '&' ? '0' : b;
  return `(${a}${op}${b})`;
}

function compileSum(body: Body, name: 'add' | 'sub', a: Operand, b: Operand): void {
  const [al = '', ah = ''] = a.parts;
  const [bl = '', bh = ''] = b.parts;
  const x = body.variable('x');
  body.result('long', 0, (low, high) =>
    body.emit(
      name === 'add'
        ? `${x}=${al}+${bl}|0;${high}=${ah}+${bh}+(${unsigned(x)}<${unsigned(al)}?1:0)|0;${low}=${x};`
        : `${x}=${al}-${bl}|0;${high}=${ah}-${bh}-(${unsigned(al)}<${unsigned(bl)}?1:0)|0;${low}=${x};`,
    ),
  );
}

function compileShift(body: Body, op: string, helper: string, a: Operand, b: Operand): void {
  const [low = '', high = ''] = a.parts;
  const [count = ''] = b.parts;
  if (!isSimple(b) || !/^\(?-?\d+\)?$/.test(count)) {
    return byFunction(body, helper, [low, high, op === 'i64.rotr' ? `-${count}` : count], 0);
  }
  const given = Number(count.replaceAll(/[()]/g, ''));
  const n = (op === 'i64.rotr' ? -given : given) & 63;
  body.push(compose('long', shifted(op, low, high, n), [a]));
}

function shifted(op: string, low: string, high: string, n: number): readonly [string, string] {
  const m = n & 31;
  if (n === 0) return [low, high];
  switch (op) {
    case 'i64.shl':
      if (n >= 32) return ['0', m === 0 ? low : `(${low}<<${m})`];
      return [`(${low}<<${n})`, `(${high}<<${n}|${low}>>>${32 - n})`];
    case 'i64.shr_u':
      if (n >= 32) return [m === 0 ? high : `(${high}>>>${m})`, '0'];
      return [`(${low}>>>${n}|${high}<<${32 - n})`, `(${high}>>>${n})`];
    case 'i64.shr_s':
      if (n >= 32) return [m === 0 ? high : `(${high}>>${m})`, `(${high}>>31)`];
      return [`(${low}>>>${n}|${high}<<${32 - n})`, `(${high}>>${n})`];
    case 'i64.rotl':
    case 'i64.rotr': {
      const [x, y] = n >= 32 ? [high, low] : [low, high];
      return m === 0 ? [x, y] : [`(${x}<<${m}|${y}>>>${32 - m})`, `(${y}<<${m}|${x}>>>${32 - m})`];
    }
    default:
      throw new Bug(op);
  }
}
