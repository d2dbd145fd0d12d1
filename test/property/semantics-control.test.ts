import fc from 'fast-check';
import { expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import type { Expr, Instr } from '../../src/syntax/module.ts';
import { block, c32, cond, fn, type FuncSource, i32, moduleOf, op } from '../unit/semantics/build.ts';
import { encodeModule } from '../unit/semantics/encode.ts';
import { instantiate } from '../unit/semantics/v8.ts';
import { run } from '../unit/semantics/world.ts';

/**
 * Random structured functions, well typed by construction, run by the definitional semantics and by the engine underneath. Only i32;
 * what is tested is control: which instruction comes next, with which operands and locals.
 */
const TYPES = [fn(['i32'], ['i32']), fn(['i32', 'i32'], ['i32'])];
const II_I = TYPES[1] ?? fn([], []);
/** Locals: two parameters, two more, and the loops' fuel, without which they trap. */
const FUEL = 4;
const LOCALS = [0, 1, 2, 3];
const START_FUEL = 60;

/** How many i32 each enclosing label takes, innermost first. */
type Labels = readonly (0 | 1)[];

class Generator {
  readonly #pick: (below: number) => number;
  readonly #calls: boolean;

  constructor(pick: (below: number) => number, calls: boolean) {
    this.#pick = pick;
    this.#calls = calls;
  }

  #of<T>(items: readonly T[]): T {
    return known(items[this.#pick(items.length)], 'choice');
  }

  #labels(labels: Labels, arity: 0 | 1): number[] {
    return labels.flatMap((a, l) => (a === arity ? [l] : []));
  }

  /** ε → ε */
  statements(labels: Labels, depth: number): Instr[] {
    return Array.from({ length: this.#pick(3) }, () => this.#statement(labels, depth)).flat();
  }

  #statement(labels: Labels, depth: number): Instr[] {
    const value = () => this.value(labels, depth - 1);
    if (depth <= 0) return [op('nop')];
    const empty = this.#labels(labels, 0);
    switch (this.#pick(empty.length === 0 ? 5 : 8)) {
      case 0:
        return [...value(), op('local.set', this.#of(LOCALS))];
      case 1:
        return [...value(), op('drop')];
      case 2:
        return [block('block', null, this.statements([0, ...labels], depth - 1))];
      case 3:
        return [block('loop', null, [...burn(), ...this.statements([0, ...labels], depth - 1)])];
      case 4:
        return [
          ...value(),
          cond(null, this.statements([0, ...labels], depth - 1), this.statements([0, ...labels], depth - 1)),
        ];
      case 5:
        return [...value(), op('br_if', this.#of(empty))];
      case 6:
        return [
          ...value(),
          op(
            'br_table',
            Array.from({ length: 1 + this.#pick(3) }, () => this.#of(empty)),
          ),
        ];
      default:
        return [op('br', this.#of(empty))];
    }
  }

  /** ε → i32 */
  value(labels: Labels, depth: number): Instr[] {
    const value = (l = labels) => this.value(l, depth - 1);
    const single = this.#labels(labels, 1);
    if (depth <= 0) return [this.#pick(2) === 0 ? c32(this.#pick(7) - 3) : op('local.get', this.#of(LOCALS))];
    switch (this.#pick(this.#calls ? 13 : 12)) {
      case 0:
        return [...value(), ...value(), op(this.#of(['i32.add', 'i32.sub', 'i32.mul', 'i32.lt_s', 'i32.div_u']))];
      case 1:
        return [...value(), op('local.tee', this.#of(LOCALS))];
      case 2:
        return [block('block', 'i32', this.#body([1, ...labels], depth))];
      case 3:
        return [block('loop', 'i32', [...burn(), ...this.#body([0, ...labels], depth)])];
      case 4:
        return [...value(), cond('i32', this.#body([1, ...labels], depth), this.#body([1, ...labels], depth))];
      case 5:
        return [...value(), ...value(), ...value(), op('select', { kind: 'result-types', types: null })];
      case 6:
        return [...value(), ...value(), op('br_if', this.#of(single))];
      case 7:
        return [
          ...value(),
          ...value(),
          op(
            'br_table',
            Array.from({ length: 1 + this.#pick(4) }, () => this.#of(single)),
          ),
        ];
      case 8:
        // Operands below the value that is taken along are dropped by the branch.
        return [...value(), ...value(), op('br', this.#of(single))];
      case 9:
        return [...value(), ...value(), op('return')];
      case 10:
        return [
          ...value(),
          block('loop', { kind: 'type', type: 0 }, [
            ...burn(),
            ...this.value([1, ...labels], depth - 1),
            op('i32.xor'),
          ]),
        ];
      case 11:
        return [
          ...value(),
          ...value(),
          block('block', { kind: 'type', type: 1 }, [op('i32.sub'), ...this.#tail([1, ...labels], depth)]),
        ];
      default:
        return [...value(), ...value(), op('call', 0)];
    }
  }

  #body(labels: Labels, depth: number): Expr {
    return [...this.statements(labels, depth - 1), ...this.value(labels, depth - 1)];
  }

  /** i32 → i32 */
  #tail(labels: Labels, depth: number): Expr {
    return [...this.value(labels, depth - 1), op('br_if', 0), ...this.value(labels, depth - 1), op('i32.add')];
  }

  func(depth: number): FuncSource {
    const body = [
      c32(START_FUEL),
      op('local.set', FUEL),
      ...this.statements([1], depth),
      ...this.statements([1], depth),
      ...this.value([1], depth),
    ];
    return { type: II_I, locals: ['i32', 'i32', 'i32'], body };
  }
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

const programs = fc
  .tuple(fc.gen(), fc.integer({ min: 2, max: 5 }), fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 }))
  .map(([g, depth, a, b]) => {
    const pick = (below: number) => (below <= 1 ? 0 : g(fc.nat, { max: below - 1 }));
    const funcs = [new Generator(pick, false).func(2), new Generator(pick, true).func(depth)];
    return { funcs, a, b };
  });

/** The engine's words for traps. */
const REASONS: Readonly<Record<string, string>> = {
  unreachable: 'unreachable',
  'divide by zero': 'integer divide by zero',
};

function engineOutcome(funcs: readonly FuncSource[], a: number, b: number): number | string {
  const exported = instantiate(encodeModule(TYPES, funcs)).exports['f1'] as (a: number, b: number) => number;
  try {
    return exported(a, b);
  } catch (error) {
    const message = (error as Error).message;
    return known(
      Object.entries(REASONS).find(([theirs]) => message.includes(theirs)),
      message,
    )[1];
  }
}

test('Step/br, Step/loop and all structured control agree with the engine', () => {
  const seen = { results: 0, traps: 0 };
  fc.assert(
    fc.property(programs, ({ funcs, a, b }) => {
      const instance = moduleOf({ types: TYPES, funcs });
      const ran = run(known(instance.funcs[1], 'function'), [i32(a), i32(b)], { fuel: 1_000_000 });
      const [result] = ran.results ?? [];
      const ours = result?.type === 'i32' ? result.value : ran.trap;
      expect(ours).toBe(engineOutcome(funcs, a, b));
      seen[ran.trap === null ? 'results' : 'traps'] += 1;
    }),
    { seed: 20260101, numRuns: 600 },
  );
  expect(seen.results).toBeGreaterThan(100);
  expect(seen.traps).toBeGreaterThan(10);
});
