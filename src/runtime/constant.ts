import { assert, Bug, known } from '../base/assert.ts';
import type { WriteAction } from '../event/action.ts';
import { concludeNew } from '../event/answer.ts';
import type { Addr } from '../event/location.ts';
import type { NewRequest } from '../event/request.ts';
import type { Units } from '../event/units.ts';
import { unitAt } from '../event/units.ts';
import { NOWHERE } from '../base/span.ts';
import type { Expr, PlainInstr } from '../syntax/module.ts';
import { defaultValue, i31Id, NULL, vectorBits } from '../syntax/values.ts';
import type { Value } from '../syntax/values.ts';
import type { StorageType } from '../syntax/types.ts';
import { unpacked } from '../syntax/types.ts';
import type { DefType } from '../valid/type-ids.ts';
import type { FuncInst, GlobalInst } from './instance.ts';
import type { Refs } from './references.ts';
import { toStorage, unitsOfType } from './value-units.ts';

/** What a constant expression may mention, and where it allocates. */
export interface ConstantScope {
  readonly globals: readonly GlobalInst[];
  readonly funcs: readonly FuncInst[];
  readonly closed: readonly DefType[];
  readonly refs: Refs;
  readonly fresh: () => Addr;
  /** Collects the first contents of what is allocated. */
  readonly writes: WriteAction[];
}

/** The value of a valid constant expression [core 3.0, Validation, Constant Expressions]: it reads no mutable global. */
export function evaluateConstant(scope: ConstantScope, expr: Expr): Value {
  const stack: Value[] = [];
  for (const instr of expr) {
    assert(instr.kind === 'plain', 'constant expressions have no blocks');
    stack.push(evaluate(scope, instr, stack));
  }
  return known(stack.pop(), 'value of a constant expression');
}

function evaluate(scope: ConstantScope, { op, imm }: PlainInstr, stack: Value[]): Value {
  const take = (): Value => known(stack.pop(), 'operand');
  const { refs, globals, funcs } = scope;
  switch (imm.kind) {
    case 'i32':
      return { type: 'i32', value: imm.value };
    case 'i64':
      return { type: 'i64', value: imm.value };
    case 'f32':
      return { type: 'f32', bits: imm.bits };
    case 'f64':
      return { type: 'f64', bits: imm.bits };
    case 'v128':
      return { type: 'v128', bits: vectorBits(imm.bytes) };
    case 'heap-type':
      return NULL;
    default:
      break;
  }
  switch (op) {
    case 'ref.func':
      return refs.func(known(funcs[indexIn(imm)], 'function'));
    case 'global.get':
      return constantOf(known(globals[indexIn(imm)], 'global'));
    case 'ref.i31':
    case 'ref.i31_shared': {
      const value = take();
      assert(value.type === 'i32', 'an i31 reference is of an i32');
      return { type: 'ref', id: i31Id(value.value) };
    }
    case 'any.convert_extern':
    case 'extern.convert_any':
      return take();
    case 'waitqueue.new':
      return refs.waitqueue(allocate(scope, 'queue', [], []));
    case 'struct.new':
    case 'struct.new_default': {
      const type = typeIn(scope, indexIn(imm));
      assert(type.comp.kind === 'struct', 'a structure type');
      const { fields } = type.comp;
      const given = op === 'struct.new' ? stack.splice(stack.length - fields.length) : null;
      const values = fields.map(({ storage }, i) => list(storedOf(storage, given?.[i])));
      const layout = values.map(({ length }) => length);
      return refs.struct(allocate(scope, 'fields', values.flat(), layout), type);
    }
    case 'array.new':
    case 'array.new_default': {
      const length = lengthOf(take());
      return arrayOf(scope, indexIn(imm), length, op === 'array.new' ? () => take() : null);
    }
    case 'array.new_fixed': {
      assert(imm.kind === 'index-pair', 'array.new_fixed has a length');
      const items = stack.splice(stack.length - imm.y);
      const type = typeIn(scope, imm.x);
      assert(type.comp.kind === 'array', 'an array type');
      const { storage } = type.comp.field;
      const contents = items.flatMap((item) => list(toStorage(storage, item)));
      return refs.array(allocate(scope, 'elem', contents, [unitsOfType(storage)]), type, items.length);
    }
    default: {
      const b = take();
      const a = take();
      if (a.type === 'i32' && b.type === 'i32') return { type: 'i32', value: i32(op, a.value, b.value) };
      if (a.type === 'i64' && b.type === 'i64') return { type: 'i64', value: i64(op, a.value, b.value) };
      throw new Bug(`${op} in a constant expression`);
    }
  }
}

function arrayOf(scope: ConstantScope, x: number, length: number, item: (() => Value) | null): Value {
  const type = typeIn(scope, x);
  assert(type.comp.kind === 'array', 'an array type');
  const { storage } = type.comp.field;
  const one = list(storedOf(storage, item?.()));
  const contents: Units = one.every((unit) => unit === 0)
    ? { fill: 0, length: length * one.length }
    : Array.from({ length: length * one.length }, (_, i) => known(one[i % one.length], 'unit'));
  return scope.refs.array(allocate(scope, 'elem', contents, [one.length]), type, length);
}

function allocate(
  { fresh, writes }: ConstantScope,
  field: NewRequest['field'],
  contents: Units,
  layout: readonly number[],
): Addr {
  const addr = fresh();
  const site = { at: NOWHERE, text: 'constant', shows: null };
  for (const action of concludeNew({ kind: 'new', field, contents, layout, site }, addr).actions)
    if (action.kind === 'wr') writes.push(action);
  return addr;
}

function storedOf(storage: StorageType, value: Value | undefined): Units {
  return toStorage(storage, value ?? defaultValue(unpacked(storage)));
}

function list(units: Units): number[] {
  return Array.from({ length: units.length }, (_, i) => unitAt(units, i));
}

function lengthOf(value: Value): number {
  assert(value.type === 'i32', 'a length is an i32');
  return value.value >>> 0;
}

function typeIn({ closed }: ConstantScope, x: number): DefType {
  return known(closed[x], 'type');
}

function indexIn(imm: PlainInstr['imm']): number {
  assert(imm.kind === 'index', 'an index');
  return imm.x;
}

function constantOf(global: GlobalInst): Value {
  if (global.kind === 'mutable') throw new Bug('a mutable global in a constant expression');
  return global.kind === 'constant' ? global.value : global.initial;
}

function i32(op: string, a: number, b: number): number {
  switch (op) {
    case 'i32.add':
      return (a + b) | 0;
    case 'i32.sub':
      return (a - b) | 0;
    case 'i32.mul':
      return Math.imul(a, b);
    default:
      throw new Bug(`${op} in a constant expression`);
  }
}

function i64(op: string, a: bigint, b: bigint): bigint {
  switch (op) {
    case 'i64.add':
      return BigInt.asIntN(64, a + b);
    case 'i64.sub':
      return BigInt.asIntN(64, a - b);
    case 'i64.mul':
      return BigInt.asIntN(64, a * b);
    default:
      throw new Bug(`${op} in a constant expression`);
  }
}
