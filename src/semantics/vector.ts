import { known } from '../base/assert.ts';
import type { Immediate, PlainInstr } from '../syntax/module.ts';
import type { DataType } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import { VECTOR_ROWS } from '../syntax/vector-rows.ts';
import { bitsOf, valueOf } from './numeric.ts';
import { popMany, push } from './operands.ts';
import type { Rule } from './rule.ts';
import { converting } from './vector-convert.ts';
import { onLanes } from './vector-lanes.ts';
import { BITWISE, deterministic, lanewise, shift } from './vector-lanewise.ts';
import { sumOrProduct } from './vector-products.ts';
import type { VectorOperator } from './vector-shape.ts';
import { shapeOf } from './vector-shape.ts';

/** Vector instructions without memory: which operator each is, on the bits of its operands. */

function operatorOf(shapeName: string, relaxedName: string): VectorOperator | null {
  const name = deterministic(relaxedName);
  if (shapeName === 'v128') return bitwise(name);
  const shape = shapeOf(shapeName);
  return (
    shift(shape, name) ??
    lanewise(shape, name) ??
    onLanes(shape, name) ??
    sumOrProduct(shape, name) ??
    converting(shape, name)
  );
}

function bitwise(name: string): VectorOperator | null {
  const f = BITWISE[name];
  return f === undefined ? null : ([a = 0n, b = 0n, c = 0n]) => f(a, b, c);
}

interface VectorInstruction {
  readonly arity: number;
  readonly result: DataType;
  readonly apply: VectorOperator;
}

const OPERATORS: ReadonlyMap<string, VectorInstruction> = new Map(
  VECTOR_ROWS.filter((row) => row.meaning.kind === 'vector').map(({ mnemonic, signature }) => {
    const [shape = '', name = ''] = mnemonic.split('.');
    const { params, results } = known(signature, 'signature');
    const result = results[0] as DataType;
    return [mnemonic, { arity: params.length, result, apply: known(operatorOf(shape, name), mnemonic) }];
  }),
);

/** What the vector instruction `mnemonic` makes of its operands. */
export function applyVector(mnemonic: string, imm: Immediate, operands: readonly Value[]): Value {
  const { result, apply } = known(OPERATORS.get(mnemonic), mnemonic);
  return valueOf(result, apply(operands.map(bitsOf), imm));
}

/**
 * @rule Step/vector
 *
 *     (t.const c)^n sh.op ↪ t′.const c′    (if c′ = op_sh(c^n))
 */
export const stepVector: Rule<PlainInstr> = {
  id: 'Step/vector',
  source: 'core, Vector Instructions',
  step(z, { op, imm }) {
    push(z, applyVector(op, imm, popMany(z, known(OPERATORS.get(op), op).arity)));
  },
};
