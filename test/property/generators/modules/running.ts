import type { RefType, ValType } from '../../../../src/syntax/types.ts';
import { type Body, type Inst, produceAll } from './body.ts';
import { someConst } from './constants.ts';
import { index, plain } from './environment.ts';
import { matchRef, refIndex } from './matching.ts';
import { makeObject } from './objects.ts';

/** Operands and loops of code that goes far when it is run: most are such that the instruction does not trap. */

type Role =
  | 'any'
  /** An aligned address at the beginning of a memory. */
  | 'address'
  /** An index or a length. */
  | 'small'
  /** What most places hold. */
  | 'zero'
  | 'timeout'
  /** A number that is no zero, and fits all integer types. */
  | 'moderate'
  /** A reference that is not null. */
  | 'object';

const ACCESS =
  /^(memory|table|array|struct|i31|waitqueue|elem|v128\.(load|store)|[if](32|64)\.(load|store|atomic)|global\.wait)|^(return_)?call_(ref|indirect)$|^(ref\.as_non_null|ref\.cast|throw_ref|extern\.convert_any|br_on_\w+)$/;
const PARTIAL = /\.(div|rem)_[su]$|^i(32|64)\.trunc_f/;

/** Supplies an instruction's operands so that it mostly does not trap; false: they are not special. */
export function supplyRunning(b: Body, inst: Inst, depth: number): boolean {
  const { c } = b.env;
  const { params } = inst;
  if (b.poly || params.length === 0 || c.chance(1, 64)) return false;
  const roles = rolesOf(inst);
  if (roles === null) return false;
  const slot = inst.op.endsWith('call_indirect') && c.chance(3, 4) ? putFunction(b, inst) : null;
  const { kept } = b;
  for (const [i, t] of params.entries()) {
    b.kept = b.ops.length;
    if (slot !== null && i === params.length - 1) addInteger(b, t, slot);
    else supplyOne(b, wanted(inst, t), roles[i] ?? 'any', depth);
  }
  b.kept = kept;
  return true;
}

/** Puts a function of the type that a call_indirect wants in its table; the slot, or null if there is none. */
function putFunction(b: Body, { imm }: Inst): number | null {
  const { env } = b;
  if (imm.kind !== 'index-pair') return null;
  const { x: table, y: type } = imm;
  const tt = env.tables[table];
  if (tt === undefined || !matchRef(env, refIndex(type, false), tt.elem)) return null;
  const slot = env.c.below(3);
  addInteger(b, tt.addr, slot);
  if (!makeObject(b, refIndex(type, false), 0)) {
    b.out.pop();
    b.ops.pop();
    return null;
  }
  b.out.push(plain('table.set', index(table)));
  b.ops.length -= 2;
  return slot;
}

/** What a cast wants is what it casts to. */
function wanted({ imm }: Inst, t: ValType): ValType {
  if (typeof t === 'string') return t;
  if (imm.kind === 'ref-type') return imm.type;
  return t;
}

function rolesOf({ op, params }: Inst): readonly Role[] | null {
  const last = params.length - 1;
  if (PARTIAL.test(op)) return params.map((_, i) => (i === last ? 'moderate' : 'any'));
  if (!ACCESS.test(op)) return null;
  return params.map((t, i): Role => {
    if (typeof t === 'object') return 'object';
    if (op.endsWith('call_indirect')) return i === last ? 'small' : 'any';
    if (op.includes('call') || op.startsWith('struct.new') || op === 'array.new_fixed') return 'any';
    if (t !== 'i32' && t !== 'i64') return 'any';
    if (/wait(32|64)?$/.test(op)) return i === last ? 'timeout' : i === last - 1 ? 'zero' : 'address';
    if (op.endsWith('.fill')) return i === last - 1 ? 'any' : 'small';
    if (op === 'array.new') return i === 0 ? 'any' : 'small';
    if (op.endsWith('cmpxchg') && i === last - 1) return 'zero';
    if (/store|\.set|rmw/.test(op) && i === last) return 'any';
    return /load|store|atomic/.test(op) && !/^(array|table)/.test(op) ? 'address' : 'small';
  });
}

const CHOICES: Readonly<Record<'address' | 'small' | 'zero' | 'timeout' | 'moderate', readonly number[]>> = {
  address: [0, 0, 8, 16, 48, 1024],
  small: [0, 0, 1, 1, 2],
  zero: [0, 0, 0, 1],
  timeout: [0, 1, -1],
  moderate: [1, 2, 3, 7, 100],
};

function supplyOne(b: Body, t: ValType, role: Role, depth: number): void {
  const { c } = b.env;
  if (role === 'object' && typeof t === 'object' && c.chance(15, 16) && makeObject(b, t, 2)) return;
  if (role === 'any' || role === 'object' || typeof t === 'object' || c.chance(1, 64)) {
    if (typeof t === 'object' || c.chance(1, 3)) return produceAll(b, [t], depth);
    return addConstant(b, t, someConst(b.env, t));
  }
  if (t === 'v128') return addConstant(b, t, someConst(b.env, t));
  const value = c.pick(CHOICES[role]);
  if (t === 'i32' || t === 'i64') return addInteger(b, t, value);
  const bits = new DataView(new ArrayBuffer(8));
  const number = value + c.pick([0, 0.5, 0.75]);
  if (t === 'f32') {
    bits.setFloat32(0, number);
    return addConstant(b, t, { kind: 'f32', bits: bits.getUint32(0) });
  }
  bits.setFloat64(0, number);
  addConstant(b, t, { kind: 'f64', bits: bits.getBigUint64(0) });
}

function addInteger(b: Body, t: ValType, value: number): void {
  if (t === 'i64') addConstant(b, t, { kind: 'i64', value: BigInt(value) });
  else addConstant(b, 'i32', { kind: 'i32', value });
}

function addConstant(b: Body, t: Exclude<ValType, RefType>, imm: Inst['imm']): void {
  b.out.push(plain(`${t}.const`, imm));
  b.ops.push(t);
}

/** A loop without parameters: goes round a few times, as the function's counter says. */
export function repeated(b: Body, fill: () => void): void {
  fill();
  if (b.poly) return;
  const counter = index(b.locals.length);
  b.out.push(
    plain('local.get', counter),
    plain('i32.const', { kind: 'i32', value: 1 }),
    plain('i32.add'),
    plain('local.tee', counter),
    plain('i32.const', { kind: 'i32', value: 2 + b.env.c.below(5) }),
    plain('i32.lt_u'),
    plain('br_if', index(0)),
  );
}
