import * as fc from 'fast-check';
import { known } from '../../../src/base/assert.ts';
import { signatureOf } from '../../support/executed.ts';
import { INSTRUCTIONS } from '../../../src/syntax/instructions.ts';
import type { Expr, Instr } from '../../../src/syntax/module.ts';
import type { FuncType, NumType } from '../../../src/syntax/types.ts';
import type { Value } from '../../../src/syntax/values.ts';
import type { ModuleInst } from '../../../src/runtime/instance.ts';
import type { FuncSource } from './build.ts';
import { block, c32, cond, constant, fn, i32, moduleOf, op } from './build.ts';
import { valueFromBits } from './samples.ts';

/**
 * Random structured functions, well typed by construction, that ask nothing of the world, so that they can be run by the engine
 * underneath.
 */

const NUM_TYPES: readonly NumType[] = ['i32', 'i64', 'f32', 'f64'];
const II_I = fn(['i32', 'i32'], ['i32']);

/** Block types: t → t, then t t → t, for each number type. */
export const TYPES: readonly FuncType[] = [
  ...NUM_TYPES.map((t) => fn([t], [t])),
  ...NUM_TYPES.map((t) => fn([t, t], [t])),
];

/** Parameters first; the last is the loops' fuel, without which they trap. */
const LOCALS: readonly NumType[] = ['i32', 'i32', 'i32', 'i64', 'i64', 'f32', 'f64', 'i32'];
const FUEL = LOCALS.length - 1;
const START_FUEL = 40;

/** Without floats' arithmetic, which has tests of its own: the engine may give other NaNs. */
const NUMERIC = INSTRUCTIONS.filter(
  ({ meaning, mnemonic }) => meaning.kind === 'numeric' && /^i(32|64)\.|\.reinterpret_/.test(mnemonic),
);

/** What a branch to each enclosing label takes, innermost first. */
type Labels = readonly (NumType | null)[];

class Generator {
  readonly #pick: (below: number) => number;
  /** The function of type {@link II_I} that it may call. */
  readonly #callee: number | null;

  constructor(pick: (below: number) => number, callee: number | null) {
    this.#pick = pick;
    this.#callee = callee;
  }

  func(depth: number): FuncSource {
    const body = [
      c32(START_FUEL),
      op('local.set', FUEL),
      ...this.#statements(['i32'], depth),
      ...this.#statements(['i32'], depth),
      ...this.#value('i32', ['i32'], depth),
    ];
    return { type: II_I, locals: LOCALS.slice(2), body };
  }

  #of<T>(items: readonly T[]): T {
    return known(items[this.#pick(items.length)], 'choice');
  }

  #local(t: NumType): number {
    return this.#of(LOCALS.flatMap((local, x) => (local === t && x !== FUEL ? [x] : [])));
  }

  #label(labels: Labels, t: NumType | null): number {
    return this.#of(labels.flatMap((label, l) => (label === t ? [l] : [])));
  }

  #labelTable(labels: Labels, t: NumType | null): number[] {
    return Array.from({ length: 1 + this.#pick(4) }, () => this.#label(labels, t));
  }

  /** ε → ε */
  #statements(labels: Labels, depth: number): Instr[] {
    return Array.from({ length: this.#pick(3) }, () => this.#statement(labels, depth)).flat();
  }

  #statement(labels: Labels, depth: number): Instr[] {
    if (depth <= 0) return [op('nop')];
    const t = this.#of(NUM_TYPES);
    const within: Labels = [null, ...labels];
    const inner = (): Instr[] => this.#statements(within, depth - 1);
    const condition = (at: Labels): Instr[] => this.#value('i32', at, depth - 1);
    switch (this.#pick(8)) {
      case 0:
        return [...this.#value(t, labels, depth - 1), op('local.set', this.#local(t))];
      case 1:
        return [...this.#value(t, labels, depth - 1), op('drop')];
      case 2:
        return [block('block', null, inner())];
      case 3:
        return [block('loop', null, [...burn(), ...inner()])];
      case 4:
        return [...condition(labels), cond(null, inner(), inner())];
      case 5:
        return [block('block', null, [...inner(), ...condition(within), op('br_if', this.#label(within, null))])];
      case 6:
        return [
          block('block', null, [...inner(), ...condition(within), op('br_table', this.#labelTable(within, null))]),
        ];
      default:
        return [block('block', null, [...inner(), op('br', this.#label(within, null))])];
    }
  }

  /** ε → t */
  #value(t: NumType, labels: Labels, depth: number): Instr[] {
    if (depth <= 0) return this.#leaf(t);
    const within: Labels = [t, ...labels];
    const value = (at: Labels): Instr[] => this.#value(t, at, depth - 1);
    const condition = (at: Labels): Instr[] => this.#value('i32', at, depth - 1);
    const body = (at: Labels): Expr => [...this.#statements(at, depth - 1), ...value(at)];
    const k = NUM_TYPES.indexOf(t);
    switch (this.#pick(14)) {
      case 0:
        return this.#leaf(t);
      case 1:
      case 2:
        return this.#numeric(t, labels, depth);
      case 3:
        return [...value(labels), op('local.tee', this.#local(t))];
      case 4:
        return [block('block', t, body(within))];
      case 5:
        return [block('loop', t, [...burn(), ...body([null, ...labels])])];
      case 6:
        return [...condition(labels), cond(t, body(within), body(within))];
      case 7:
        return [
          ...value(labels),
          ...value(labels),
          ...condition(labels),
          op('select', { kind: 'result-types', types: null }),
        ];
      case 8:
        return [block('block', t, [...value(within), ...condition(within), op('br_if', this.#label(within, t))])];
      case 9:
        return [
          block('block', t, [...value(within), ...condition(within), op('br_table', this.#labelTable(within, t))]),
        ];
      case 10:
        // Operands below the value that is taken along are dropped by the branch.
        return [block('block', t, [...condition(within), ...value(within), op('br', this.#label(within, t))])];
      case 11:
        return [...condition(labels), op('return')];
      case 12: {
        const again = [...burn(), ...value(within), ...condition(within), op('br_if', 0), ...combine(t)];
        return [...value(labels), block('loop', { kind: 'type', type: k }, again)];
      }
      default: {
        if (t === 'i32' && this.#callee !== null) return [...value(labels), ...value(labels), op('call', this.#callee)];
        const both = [...combine(t), ...value(within), ...condition(within), op('br_if', 0), ...combine(t)];
        return [...value(labels), ...value(labels), block('block', { kind: 'type', type: NUM_TYPES.length + k }, both)];
      }
    }
  }

  #leaf(t: NumType): Instr[] {
    if (this.#pick(2) === 0) return [op('local.get', this.#local(t))];
    const bits = this.#of([
      0n,
      1n,
      2n,
      8n,
      0x7fn,
      0x80n,
      0xffffn,
      0x3f80_0000n,
      0x7f80_0001n,
      0x8000_0000n,
      0xffff_ffffn,
    ]);
    return [constant(valueFromBits(t, bits))];
  }

  #numeric(t: NumType, labels: Labels, depth: number): Instr[] {
    const row = this.#of(NUMERIC.filter(({ signature }) => signature?.results[0] === t));
    const { mnemonic } = row;
    const operands = known(signatureOf(row), mnemonic).params.flatMap((param) => this.#value(param, labels, depth - 1));
    return [...operands, op(mnemonic)];
  }
}

/** t t → t */
function combine(t: NumType): Instr[] {
  return [t === 'i32' || t === 'i64' ? op(`${t}.sub`) : op('drop')];
}

/** One unit of fuel less; a trap where there is none. */
function burn(): Instr[] {
  return [
    op('local.get', FUEL),
    op('i32.eqz'),
    cond(null, [op('unreachable')]),
    op('local.get', FUEL),
    c32(1),
    op('i32.sub'),
    op('local.set', FUEL),
  ];
}

export interface GeneratedProgram {
  readonly funcs: readonly FuncSource[];
  readonly instance: ModuleInst;
  readonly args: readonly Value[];
}

/** A module of two functions, the second of which may call the first, and arguments for the second. */
export const programs: fc.Arbitrary<GeneratedProgram> = fc
  .tuple(fc.gen(), fc.integer({ min: 2, max: 5 }))
  .map(([g, depth]) => {
    const pick = (below: number): number => (below <= 1 ? 0 : g(fc.nat, { max: below - 1 }));
    const funcs = [new Generator(pick, null).func(2), new Generator(pick, 0).func(depth)];
    return { funcs, instance: moduleOf({ types: TYPES, funcs }), args: [i32(pick(9) - 4), i32(pick(9) - 4)] };
  });
