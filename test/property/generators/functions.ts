import fc from 'fast-check';
import { known } from '../../../src/base/assert.ts';
import { NOWHERE } from '../../../src/base/span.ts';
import type { ImmediateShape, InstructionRow } from '../../../src/syntax/instructions.ts';
import { EXECUTED_ROWS, signatureOf } from '../../support/executed.ts';
import type { Expr, Func, Immediate, Instr, Module } from '../../../src/syntax/module.ts';
import type { FuncType, GlobalType, NumType, RefType, ValType } from '../../../src/syntax/types.ts';
import { plainType } from '../../../src/syntax/types.ts';
import { block, c32, cond, constant, fn, op } from '../../unit/semantics/build.ts';

/**
 * Modules that are well typed by construction and use the whole language: two memories, globals of all kinds, functions that call earlier
 * ones, a host function, and a shared function to fork. Loops are bounded by a counter in a local, so every call ends.
 */

type Pick = (below: number) => number;

const FUNCREF: RefType = { kind: 'ref', nullable: true, heap: { kind: 'abstract', share: 'unshared', name: 'func' } };
const SHARED_FUNCREF: RefType = {
  kind: 'ref',
  nullable: true,
  heap: { kind: 'abstract', share: 'shared', name: 'func' },
};
const NUMBERS: readonly NumType[] = ['i32', 'i64', 'f32', 'f64'];
/** Integers most often, since floats can hardly be computed with. */
const TYPES: readonly ValType[] = ['i32', 'i32', 'i32', 'i64', 'i64', ...NUMBERS, FUNCREF];

interface Signature extends FuncType {
  readonly share: 'shared' | 'unshared';
}

/** Function 0 is the host's, 1 may be forked. */
const FUNCS: readonly Signature[] = [
  { ...fn(['i32', 'i64'], ['i32']), share: 'unshared' },
  { ...fn(['i32', 'i64'], []), share: 'shared' },
  { ...fn(['i32', 'i64', 'f32'], ['i32']), share: 'unshared' },
  { ...fn(['i64', 'i32'], ['i64', 'i32']), share: 'unshared' },
  { ...fn(['i32', 'i64'], ['i32', 'f64', 'i64']), share: 'unshared' },
];
export const MAIN_FUNCTION = FUNCS.length - 1;

/** Types of blocks that take operands or leave several. */
const BLOCKS: readonly FuncType[] = [fn([], ['i64', 'i32']), fn(['i32', 'i64'], ['i32']), fn(['i64'], ['i64', 'f32'])];

const GLOBALS: readonly GlobalType[] = [
  ...NUMBERS.map((content): GlobalType => ({ share: 'shared', mutable: true, content })),
  ...NUMBERS.map((content): GlobalType => ({ share: 'thread_local', mutable: true, content })),
  { share: 'unshared', mutable: false, content: 'i32' },
  { share: 'unshared', mutable: false, content: 'f64' },
  { share: 'unshared', mutable: true, content: FUNCREF },
];

/** What may be used where: a shared function has only what is shared. */
interface Scope {
  readonly locals: readonly ValType[];
  readonly globals: readonly number[];
  readonly memories: number;
  readonly callable: readonly number[];
  readonly results: readonly ValType[];
  readonly types: readonly ValType[];
  /** The type of references to functions here, and the functions. */
  readonly ref: RefType;
  readonly referable: readonly number[];
  /** The local that bounds loops. */
  readonly counter: number;
}

/** The types that a branch to each enclosing label takes, innermost first. */
type Labels = readonly (readonly ValType[])[];

const START_COUNTER = 12;

/** Rows by their first result (`none` if they have none), and by what they do. */
const ROWS = new Map<string, ReadonlyMap<string, readonly InstructionRow[]>>(
  [...NUMBERS, 'none'].map((result) => {
    const rows = EXECUTED_ROWS.filter((row) => {
      const signature = signatureOf(row);
      return signature !== null && row.meaning.kind !== 'const' && (signature.results[0] ?? 'none') === result;
    });
    const groups = new Map<string, InstructionRow[]>();
    for (const row of rows) {
      const group = row.meaning.kind === 'special' ? row.mnemonic : row.meaning.kind;
      groups.set(group, [...(groups.get(group) ?? []), row]);
    }
    return [result, groups];
  }),
);

class Body {
  readonly #pick: Pick;
  readonly #scope: Scope;

  constructor(pick: Pick, scope: Scope) {
    this.#pick = pick;
    this.#scope = scope;
  }

  /** ε → ts */
  values(ts: readonly ValType[], labels: Labels, depth: number): Instr[] {
    return ts.flatMap((t) => this.value(t, labels, depth));
  }

  /** ε → ε */
  statements(labels: Labels, depth: number): Instr[] {
    if (depth <= 0) return [];
    return Array.from({ length: this.#pick(4) }, () => this.#statement(labels, depth)).flat();
  }

  /** ε → t */
  value(t: ValType, labels: Labels, depth: number): Instr[] {
    const locals = this.#localsOf(t);
    const globals = this.#scope.globals.filter((x) => sameType(known(GLOBALS[x], 'global').content, t));
    const callees = this.#scope.callable.filter((f) => FUNCS[f]?.results.length === 1 && FUNCS[f]?.results[0] === t);
    const matching = labels.flatMap((types, l) => (types.length === 1 && sameType(types[0], t) ? [l] : []));
    const inner = (ts: readonly ValType[]) => this.values(ts, labels, depth - 1);
    const choices: (() => Instr[])[] = [() => [this.#leaf(t)]];
    if (locals.length > 0) choices.push(() => [op('local.get', this.#of(locals))]);
    if (depth > 0) {
      if (locals.length > 0) choices.push(() => [...inner([t]), op('local.tee', this.#of(locals))]);
      if (globals.length > 0) choices.push(() => [op('global.get', this.#of(globals))]);
      if (typeof t === 'string' && t !== 'v128')
        for (let k = 0; k < 6; k++) choices.push(() => this.#row(t, labels, depth));
      if (callees.length > 0) {
        choices.push(() => {
          const f = this.#of(callees);
          return [...inner(known(FUNCS[f], 'function').params), op('call', f)];
        });
      }
      if (t === 'i32') choices.push(() => [...inner([this.#scope.ref]), op('ref.is_null')]);
      if (matching.length > 0) {
        choices.push(
          () => [...inner([t, 'i32']), op('br_if', this.#of(matching))],
          () => [...inner([this.#of(this.#scope.types), t]), op('br', this.#of(matching))],
          () => [
            ...inner(['i64', t, 'i32']),
            op(
              'br_table',
              Array.from({ length: 1 + this.#pick(3) }, () => this.#of(matching)),
            ),
          ],
        );
      }
      const nested: Labels = [[t], ...labels];
      const types = { kind: 'result-types', types: typeof t === 'string' && this.#pick(2) === 0 ? null : [t] } as const;
      choices.push(
        () => [...inner([t, t, 'i32']), op('select', types)],
        () => [block('block', t, this.#body([t], nested, depth))],
        () => [block('loop', t, [...this.#count(), ...this.#body([t], [[], ...labels], depth)])],
        () => [...inner(['i32']), cond(t, this.#body([t], nested, depth), this.#body([t], nested, depth))],
        () => this.#typedBlock(t, labels, depth),
      );
    }
    return this.#of(choices)();
  }

  #statement(labels: Labels, depth: number): Instr[] {
    const inner = (ts: readonly ValType[]) => this.values(ts, labels, depth - 1);
    const empty = labels.flatMap((types, l) => (types.length === 0 ? [l] : []));
    const nested: Labels = [[], ...labels];
    const settable = this.#scope.globals.filter((x) => GLOBALS[x]?.mutable === true);
    const choices: (() => Instr[])[] = [
      () => this.#set(labels, depth),
      () => this.#set(labels, depth),
      () => this.#row('none', labels, depth),
      () => this.#row('none', labels, depth),
      () => [...inner([this.#of(this.#scope.types)]), this.#spin(), op('drop')],
      () => [...inner([this.#of(this.#scope.types)]), op('drop')],
      () => [block('block', null, this.statements(nested, depth - 1))],
      () => [block('loop', null, [...this.#count(), ...this.statements(nested, depth - 1)])],
      () => [...inner(['i32']), cond(null, this.statements(nested, depth - 1), this.statements(nested, depth - 1))],
      () => {
        const x = this.#of(settable);
        return [...inner([known(GLOBALS[x], 'global').content]), op('global.set', x)];
      },
      () => [...inner(FUNCS[1]?.params ?? []), op('fork', 1)],
      () => [...inner(['i32']), cond(null, [...this.values(this.#scope.results, nested, depth - 1), op('return')])],
      () => [op('atomic.fence', { kind: 'order', order: this.#order() })],
    ];
    if (empty.length > 0) {
      choices.push(
        () => [...inner(['i32']), op('br_if', this.#of(empty))],
        () => [...inner(['i32']), op('br_if', this.#of(empty))],
        () => [
          ...inner(['i32']),
          op(
            'br_table',
            Array.from({ length: 1 + this.#pick(4) }, () => this.#of(empty)),
          ),
        ],
        () => [op('br', this.#of(empty))],
      );
    }
    const several = this.#scope.callable.filter((f) => FUNCS[f]?.results.length !== 1);
    if (several.length > 0) {
      choices.push(() => {
        const f = this.#of(several);
        const { params, results } = known(FUNCS[f], 'function');
        return [...inner(params), op('call', f), ...results.map(() => op('drop'))];
      });
    }
    return this.#of(choices)();
  }

  #set(labels: Labels, depth: number): Instr[] {
    const x = this.#of(this.#scope.locals.map((_, i) => i).filter((i) => i !== this.#scope.counter));
    return [...this.value(known(this.#scope.locals[x], 'local'), labels, depth - 1), op('local.set', x)];
  }

  /** A block with a type of its own, cut down to one result of type t. */
  #typedBlock(t: ValType, labels: Labels, depth: number): Instr[] {
    const types = BLOCKS.flatMap((type, i) => (sameType(type.results[0], t) ? [i] : []));
    if (types.length === 0) return [this.#leaf(t)];
    const i = this.#of(types);
    const { params, results } = known(BLOCKS[i], 'block type');
    const type = { kind: 'type', type: FUNCS.length + i } as const;
    const drops = (ts: readonly ValType[]) => ts.map(() => op('drop'));
    const operands = this.values(params, labels, depth - 1);
    const rest = drops(results.slice(1));
    const inside = (nested: Labels) => [...drops(params), ...this.#body(results, nested, depth)];
    switch (this.#pick(3)) {
      case 0:
        return [...operands, block('block', type, inside([results, ...labels])), ...rest];
      case 1:
        return [...operands, block('loop', type, [...this.#count(), ...inside([params, ...labels])]), ...rest];
      default: {
        const nested = [results, ...labels];
        return [
          ...operands,
          ...this.value('i32', labels, depth - 1),
          cond(type, inside(nested), inside(nested)),
          ...rest,
        ];
      }
    }
  }

  #body(ts: readonly ValType[], labels: Labels, depth: number): Instr[] {
    const matching = labels.flatMap((types, l) => (types.length > 1 && sameTypes(types, ts) ? [l] : []));
    const early =
      matching.length === 0 || this.#pick(2) === 0
        ? []
        : [
            ...this.values([...ts, 'i32'], labels, depth - 1),
            op('br_if', this.#of(matching)),
            ...ts.map(() => op('drop')),
          ];
    return [...this.statements(labels, depth - 1), ...early, ...this.values(ts, labels, depth - 1)];
  }

  #row(result: NumType | 'none', labels: Labels, depth: number): Instr[] {
    const groups = [...known(ROWS.get(result), 'rows').values()];
    const row = this.#of(this.#of(groups));
    const { params } = known(signatureOf(row), row.mnemonic);
    const addressed = ['memarg', 'atomic-memarg', 'rmw-memarg'].includes(row.immediates);
    const operands = addressed
      ? [...this.#address(labels, depth), ...this.values(params.slice(1), labels, depth - 1)]
      : this.values(params, labels, depth - 1);
    return [...operands, op(row.mnemonic, this.#immediate(row.immediates, row))];
  }

  /** Nearly always aligned and in bounds. */
  #address(labels: Labels, depth: number): Instr[] {
    switch (this.#pick(8)) {
      case 0:
        return this.value('i32', labels, depth - 1);
      case 1:
        return [...this.value('i32', labels, depth - 1), c32(0xfff8), op('i32.and')];
      default:
        return [c32(8 * this.#pick(4))];
    }
  }

  /** A loop that reads until it sees a zero: it may go on for ever, in one and the same state. */
  #spin(): Instr {
    const memarg = { memory: 0, offset: 0n, align: 1 };
    const read = this.#of([
      op('i32.load8_u', { kind: 'memarg', memarg }),
      op('i32.load8_s', { kind: 'memarg', memarg }),
      op('i32.atomic.load8_u', { kind: 'atomic-memarg', memarg, order: this.#order() }),
    ]);
    const address = c32(this.#pick(3));
    const locals = this.#localsOf('i32');
    const round =
      this.#pick(2) === 0 || locals.length === 0
        ? [address, read]
        : [op('local.get', this.#of(locals)), address, read, op(this.#of(['i32.mul', 'i32.and']))];
    return block('loop', null, [...round, op('br_if', 0)]);
  }

  #immediate(shape: ImmediateShape, { meaning }: InstructionRow): Immediate {
    const bytes = 'bytes' in meaning ? meaning.bytes : 4;
    const offset = this.#of([0n, 0n, 0n, 0n, 8n, 8n, 16n, 16n, 1n, 65528n, 4294967295n]);
    const memarg = { memory: this.#memory(), offset, align: bytes };
    switch (shape) {
      case 'memory':
        return { kind: 'index', x: this.#memory() };
      case 'memory-memory':
        return { kind: 'index-pair', x: this.#memory(), y: this.#memory() };
      case 'memarg':
        return { kind: 'memarg', memarg };
      case 'atomic-memarg':
      case 'rmw-memarg':
        return { kind: 'atomic-memarg', memarg, order: this.#order() };
      case 'order':
        return { kind: 'order', order: this.#order() };
      default:
        return { kind: 'none' };
    }
  }

  #memory(): number {
    return this.#pick(4) === 0 ? this.#pick(this.#scope.memories) : 0;
  }

  #order(): 'none' | 'seqcst' | 'acqrel' {
    return this.#of(['none', 'seqcst', 'acqrel'] as const);
  }

  #leaf(t: ValType): Instr {
    switch (t) {
      case 'i32':
        return c32(this.#of([0, 0, 1, 2, 4, 8, 16, 65536, -1, -0x8000_0000, 0x1234_5678]));
      case 'i64':
        return constant({ type: t, value: this.#of([0n, 0n, 1n, 2n, 64n, -1n, -(2n ** 63n), 0x1234_5678_9abc_def0n]) });
      case 'f32':
        return constant({
          type: t,
          bits: this.#of([0, 0x3f80_0000, 0xbf80_0000, 0x4f00_0000, 0x7fc0_0000, 0x7f80_0001]),
        });
      case 'f64':
        return constant({
          type: t,
          bits: this.#of([0n, 0x3ff0_0000_0000_0000n, 0xc1e0_0000_0000_0000n, 0x7ff0_0000_0000_0000n]),
        });
      case 'v128':
        throw new Error('vectors are not executed');
      default:
        if (this.#pick(2) === 0) return op('ref.func', this.#of(this.#scope.referable));
        return op('ref.null', { kind: 'heap-type', heap: t.heap });
    }
  }

  #localsOf(t: ValType): number[] {
    return this.#scope.locals.flatMap((local, x) => (sameType(local, t) && x !== this.#scope.counter ? [x] : []));
  }

  /** One step of the counter; a trap where there is none left. */
  #count(): Instr[] {
    const { counter } = this.#scope;
    const out = cond(null, [op('unreachable')]);
    const next = [op('local.get', counter), c32(1), op('i32.sub'), op('local.set', counter)];
    return [op('local.get', counter), op('i32.eqz'), out, ...next];
  }

  #of<T>(items: readonly T[]): T {
    return known(items[this.#pick(items.length)], 'choice');
  }
}

function sameType(a: ValType | undefined, b: ValType): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object');
}

function sameTypes(a: readonly ValType[], b: readonly ValType[]): boolean {
  return a.length === b.length && a.every((t, i) => sameType(t, known(b[i], 'type')));
}

/** Function f of {@link FUNCS}, with locals of every type. */
function generateFunc(pick: Pick, f: number, depth: number): Func {
  const { params, results, share } = known(FUNCS[f], 'function');
  const shared = share === 'shared';
  const more: readonly ValType[] = shared
    ? ['i32', 'i64', SHARED_FUNCREF, 'i32']
    : ['i32', 'i64', 'f32', 'f64', FUNCREF, 'i32'];
  const locals = [...params, ...more];
  const counter = locals.length - 1;
  const usable = GLOBALS.map((_, x) => x).filter((x) => !shared || GLOBALS[x]?.share !== 'unshared');
  const scope: Scope = {
    locals,
    globals: usable,
    memories: shared ? 1 : 2,
    callable: shared ? [] : FUNCS.map((_, g) => g).filter((g) => g < f),
    results,
    types: shared ? [...NUMBERS, SHARED_FUNCREF] : TYPES,
    ref: shared ? SHARED_FUNCREF : FUNCREF,
    referable: shared ? [1] : FUNCS.map((_, g) => g).filter((g) => g !== 1),
    counter,
  };
  const body = new Body(pick, scope);
  const code: Expr = [
    c32(START_COUNTER),
    op('local.set', counter),
    ...body.statements([results], depth),
    ...body.statements([results], depth),
    ...body.values(results, [results], depth),
  ];
  return {
    id: null,
    at: NOWHERE,
    type: f,
    params: params.map(() => null),
    locals: more.map((type) => ({ id: null, type })),
    body: code,
  };
}

function generateModule(pick: Pick, depth: number): Module {
  const at = NOWHERE;
  return {
    id: null,
    at,
    shared: false,
    types: [
      ...FUNCS.map(({ share, params, results }) => plainType(fn(params, results), share)),
      ...BLOCKS.map((comp) => plainType(comp, 'shared')),
    ].map((type) => ({ id: null, at, type, fields: [] })),
    recs: [...FUNCS, ...BLOCKS].map(() => 1),
    imports: [{ id: null, at, module: 'env', name: 'host', desc: { kind: 'func', type: 0 } }],
    funcs: FUNCS.flatMap((_, f) =>
      f === 0 ? [] : [generateFunc(pick, f, f === MAIN_FUNCTION ? depth : Math.min(depth, 2))],
    ),
    tables: [],
    memories: [
      { id: null, at, type: { share: 'shared', addr: 'i32', limits: { min: 1n, max: 3n } } },
      { id: null, at, type: { share: 'unshared', addr: 'i32', limits: { min: 1n, max: 4n } } },
    ],
    globals: GLOBALS.map((type, x) => ({
      id: null,
      at,
      type,
      init: type.share === 'thread_local' ? null : [initial(type.content, x)],
    })),
    exports: FUNCS.map((_, index) => ({ name: `f${index}`, kind: 'func' as const, index, at })),
    start: null,
    tags: [],
    elems: [],
    datas: [],
    customs: [],
  };
}

function initial(t: ValType, x: number): Instr {
  switch (t) {
    case 'i32':
      return c32(x);
    case 'i64':
      return constant({ type: t, value: BigInt(x) });
    case 'f32':
      return constant({ type: t, bits: x });
    case 'f64':
      return constant({ type: t, bits: BigInt(x) });
    case 'v128':
      throw new Error('vectors are not executed');
    default:
      return op('ref.null', { kind: 'heap-type', heap: t.heap });
  }
}

/** Well-typed modules; the function to begin with is {@link MAIN_FUNCTION}, of type [i32 i64] → [i32 f64 i64]. */
export const wellTypedModules: fc.Arbitrary<Module> = fc
  .tuple(fc.gen(), fc.integer({ min: 2, max: 4 }))
  .map(([g, depth]) => generateModule((below) => (below <= 1 ? 0 : g(fc.nat, { max: below - 1 })), depth));
