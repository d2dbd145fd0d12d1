import fc from 'fast-check';

/**
 * Scripts with a shared module and two or three threads that call it, well typed by construction: plain and atomic accesses of all sizes to a
 * few bytes, growth, wait queues, fork (also by a forked thread), globals of all threads and of each, slots of a table, fields, elements, fresh
 * structures that are passed on, branches on what was read, bounded loops. Small enough that their interleavings can be enumerated plainly.
 */

/** What the programs of a family are made of: the weight of each kind of statement, and how their accesses are ordered. */
export interface Family {
  readonly orders: 'any' | 'seqcst' | 'strong';
  /** Bytes of one access. */
  readonly sizes: readonly Size[];
  readonly weights: Readonly<Record<Piece, number>>;
  /** Statements of one thread at most, if there are two threads; of all but the first there is one if there are three. */
  readonly length: number;
}

export type Size = 1 | 2 | 4 | 8;
type Text = fc.Arbitrary<string>;
export type Piece =
  | 'load'
  | 'store'
  | 'rmw'
  | 'cmpxchg'
  | 'fence'
  | 'grow'
  | 'wait'
  | 'notify'
  | 'global'
  | 'threadLocal'
  | 'fork'
  | 'branch'
  | 'loop'
  | 'trap'
  | 'slot'
  | 'field'
  | 'element'
  | 'publish'
  | 'obtain'
  | 'drop'
  | 'await'
  | 'locked';

/** Functions have these locals: two integers, a long one, and the counter of loops. They return the first three. */
const LOCALS = '(local $a i32) (local $b i32) (local $w i64) (local $n i32)';
const OBJECT = '(local $r (ref null $s))';
const RETURN = '(local.get $a) (local.get $b) (local.get $w)';

const ALIGNED: Readonly<Record<Size, readonly number[]>> = { 1: [0, 0, 1, 2, 4], 2: [0, 0, 2], 4: [0, 0, 4], 8: [0] };
const MISALIGNED: Readonly<Record<Size, readonly number[]>> = { 1: [0, 1], 2: [1], 4: [2], 8: [4] };
/** The first page of a memory that may grow by one. */
const PAGE = 65_536;

function text(strings: TemplateStringsArray, ...parts: readonly Text[]): Text {
  return fc.tuple(...parts).map((words) => strings.map((s, i) => s + (words[i] ?? '')).join(''));
}

const one = (...words: readonly string[]): Text => fc.constantFrom(...words);
const local = one('$a', '$a', '$b');

const small: Text = fc.oneof(
  { weight: 4, arbitrary: one('(i32.const 1)', '(i32.const 2)', '(i32.const 257)') },
  { weight: 1, arbitrary: text`(local.get ${local})` },
  { weight: 1, arbitrary: text`(i32.add (local.get ${local}) (i32.const 1))` },
  { weight: 1, arbitrary: one('(global.get $own)') },
);
const long: Text = fc.oneof(
  { weight: 3, arbitrary: one('(i64.const 1)', '(i64.const 0x0200000001)') },
  { weight: 1, arbitrary: text`(i64.extend_i32_u (local.get ${local}))` },
  { weight: 1, arbitrary: one('(local.get $w)') },
);
const value = (size: Size): Text => (size === 8 ? long : small);
const target = (size: Size): Text => (size === 8 ? fc.constant('$w') : local);
const typeOf = (size: Size): string => (size === 8 ? 'i64' : 'i32');
/** `8`, `16` where the access is narrower than its type. */
const narrow = (size: Size): string => (size < 4 ? String(size * 8) : '');

/** A memory argument and the address: constant, split, or chosen by a value that was read. */
function place(size: Size, atomic: boolean, grows: boolean): Text {
  const at = (n: number): Text => fc.constant(`(i32.const ${n})`);
  const aligned = fc.constantFrom(...ALIGNED[size]);
  return fc.oneof(
    { weight: 12, arbitrary: aligned.chain(at) },
    { weight: 1, arbitrary: aligned.map((n) => `offset=${n} (i32.const 0)`) },
    { weight: size === 8 ? 0 : 1, arbitrary: text`(i32.and (local.get ${local}) (i32.const 4))` },
    { weight: atomic ? 0 : 2, arbitrary: fc.constantFrom(...MISALIGNED[size]).chain(at) },
    { weight: grows ? 6 : 0, arbitrary: at(PAGE) },
  );
}

class Statements {
  readonly #family: Family;

  constructor(family: Family) {
    this.#family = family;
  }

  #size(most: Size = 8): fc.Arbitrary<Size> {
    return fc.constantFrom(...this.#family.sizes.filter((size) => size <= most));
  }

  /** The order of an atomic access, as an immediate. */
  get #order(): Text {
    return this.#family.orders === 'any' ? one('', 'seq_cst', 'acq_rel') : one('', 'seq_cst');
  }

  get #atomic(): fc.Arbitrary<boolean> {
    const { orders } = this.#family;
    if (orders === 'seqcst') return fc.constant(true);
    return orders === 'strong' ? fc.constantFrom(true, true, true, false) : fc.boolean();
  }

  get #grows(): boolean {
    return this.#family.weights.grow > 0;
  }

  #load(): Text {
    return fc.tuple(this.#size(), this.#atomic).chain(([size, atomic]) => {
      const type = typeOf(size);
      const head = atomic
        ? text`${one(`${type}.atomic.load${narrow(size)}${size < 4 ? '_u' : ''}`)} ${this.#order}`
        : one(...(size < 4 ? [`${type}.load${narrow(size)}_u`, `${type}.load${narrow(size)}_s`] : [`${type}.load`]));
      return text`(local.set ${target(size)} (${head} ${place(size, atomic, this.#grows)}))`;
    });
  }

  #store(): Text {
    return fc.tuple(this.#size(), this.#atomic).chain(([size, atomic]) => {
      const head = `${typeOf(size)}${atomic ? '.atomic' : ''}.store${narrow(size)}`;
      return text`(${one(head)} ${atomic ? this.#order : one('')} ${place(size, atomic, this.#grows)} ${value(size)})`;
    });
  }

  #rmw(op: Text, operands: (size: Size) => Text): Text {
    return this.#size().chain((size) => {
      const suffix = size < 4 ? '_u' : '';
      const head = `${typeOf(size)}.atomic.rmw${narrow(size)}`;
      return text`(local.set ${target(size)} (${op.map((name) => `${head}.${name}${suffix}`)} ${this.#order} ${place(size, true, this.#grows)} ${operands(size)}))`;
    });
  }

  #compareExchange(): Text {
    return this.#rmw(one('cmpxchg'), (size) => {
      const expected = one(`(${typeOf(size)}.const 0)`, `(${typeOf(size)}.const 1)`);
      return text`${expected} ${value(size)}`;
    });
  }

  /** `set`, `atomic.set acq_rel`, … */
  #orderOf(access: 'get' | 'set'): Text {
    return this.#atomic.chain((atomic) => (atomic ? text`${one(`atomic.${access}`)} ${this.#order}` : one(access)));
  }

  /** Get, set or add at a field or element. */
  #place(kind: 'struct' | 'array', at: string): Text {
    const packed = kind === 'array';
    return fc.tuple(this.#atomic, fc.constantFrom('get', 'get', 'set', 'set', 'add')).chain(([atomic, access]) => {
      const order = atomic ? this.#order : one('');
      const dot = atomic ? '.atomic' : '';
      if (access === 'set') return text`(${one(`${kind}${dot}.set`)} ${order} ${one(at)} ${small})`;
      if (access === 'add' && !packed)
        return text`(local.set ${local} (${one(`${kind}.atomic.rmw.add`)} ${this.#order} ${one(at)} ${small}))`;
      return text`(local.set ${local} (${one(`${kind}${dot}.get${packed ? '_u' : ''}`)} ${order} ${one(at)}))`;
    });
  }

  #slot(): Text {
    const slot = one('(i32.const 0)', '(i32.const 0)', '(i32.const 1)');
    const i31 = one('(ref.i31_shared (i32.const 1))', '(ref.i31_shared (i32.const 2))', '(ref.null (shared i31))');
    const read = (ref: Text): Text =>
      text`(local.set ${local} (if (result i32) (ref.is_null ${ref}) (then (i32.const -1)) (else (i31.get_u ${ref}))))`;
    return fc.oneof(
      { weight: 3, arbitrary: text`(table.${this.#orderOf('set')} $t ${slot} ${i31})` },
      { weight: 3, arbitrary: read(text`(table.${this.#orderOf('get')} $t ${slot})`) },
      {
        weight: 1,
        arbitrary: text`(local.set ${local} (ref.is_null (table.atomic.rmw.xchg ${this.#order} $t ${slot} ${i31})))`,
      },
      { weight: 1, arbitrary: text`(local.set ${local} (table.grow $t ${i31} (i32.const 1)))` },
      { weight: 1, arbitrary: text`(local.set ${local} (table.size $t))` },
    );
  }

  #of(piece: Piece, depth: number): Text {
    switch (piece) {
      case 'load':
        return this.#load();
      case 'store':
        return this.#store();
      case 'rmw':
        return this.#rmw(one('add', 'add', 'sub', 'and', 'or', 'xor', 'xchg'), value);
      case 'cmpxchg':
        return this.#compareExchange();
      case 'fence':
        return text`(atomic.fence ${this.#order})`;
      case 'grow':
        return fc.oneof(
          text`(local.set ${local} (memory.grow ${one('(i32.const 1)', '(i32.const 1)', '(i32.const 0)', '(i32.const 2)')}))`,
          text`(local.set ${local} (memory.size))`,
        );
      case 'wait':
        return text`(local.set ${local} (memory.atomic.wait32 (i32.const ${one('0', '0', '4')}) (i32.const ${one('0', '1')}) (i64.const ${one('-1', '-1', '10')})))`;
      case 'notify':
        return text`(local.set ${local} (memory.atomic.notify (i32.const ${one('0', '0', '4')}) (i32.const ${one('0', '1', '2')})))`;
      case 'global':
        return fc.oneof(text`(local.set ${local} (global.get $all))`, text`(global.set $all ${small})`);
      case 'threadLocal':
        return fc.oneof(text`(local.set ${local} (global.get $own))`, text`(global.set $own ${small})`);
      case 'fork':
        return text`(fork $child ${small})`;
      case 'branch':
        return text`(if (local.get ${local}) (then ${this.#inner(depth)}) (else ${fc.oneof(one(''), this.#inner(depth))}))`;
      case 'loop':
        return text`(local.set $n (i32.const 2)) (loop $again ${this.#inner(0)} (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))`;
      case 'slot':
        return this.#slot();
      case 'field':
        return this.#place('struct', '$s $y (global.get $o)');
      case 'element':
        return fc.oneof(
          { weight: 4, arbitrary: this.#place('array', '$v (global.get $e) (i32.const 1)') },
          { weight: 1, arbitrary: text`(array.fill $v (global.get $e) (i32.const 0) ${small} (i32.const 2))` },
          {
            weight: 1,
            arbitrary: one(
              '(array.copy $v $v (global.get $e) (i32.const 0) (global.get $e) (i32.const 1) (i32.const 1))',
            ),
          },
        );
      case 'publish':
        return text`(local.set $r (struct.new $s ${small} ${small})) ${one('', '(struct.set $s $x (local.get $r) (i32.const 3))')} (global.${this.#orderOf('set')} $g (local.get $r))`;
      case 'obtain':
        return text`(local.set $r (global.${this.#orderOf('get')} $g)) (if (ref.is_null (local.get $r)) (then (local.set $a (i32.const -1))) (else (local.set $a (struct.get_u $s $x (local.get $r))) ${one('', '(local.set $b (struct.get $s $y (local.get $r)))', '(struct.set $s $x (local.get $r) (i32.const 4))')}))`;
      case 'drop':
        return text`(drop (${one('i32.load8_u', 'i32.atomic.load8_u', 'i32.atomic.load')} ${one('(i32.const 0)', '(i32.const 4)')}))`;
      case 'await': {
        const at = one('(i32.const 0)', '(i32.const 4)');
        const load = text`(${one('i32.atomic.load', 'i32.atomic.load', 'i32.load')} ${at})`;
        return text`(loop $spin (br_if $spin (i32.${one('eqz', 'eqz', 'eqz', 'ctz')} (local.tee ${local} ${load}))))`;
      }
      case 'locked':
        return text`(loop $try (br_if $try (i32.atomic.rmw.${one('cmpxchg')} (i32.const 8) (i32.const 0) (i32.const 1))))
      ${this.#inner(0)}
      (i32.atomic.store (i32.const 8) (i32.const 0))`;
      case 'trap':
        return one(
          '(if (local.get $a) (then (unreachable)))',
          '(unreachable)',
          '(local.set $a (i32.div_u (i32.const 1) (local.get $b)))',
        );
    }
  }

  #inner(depth: number): Text {
    return depth > 0 ? this.any(depth - 1) : this.any(-1);
  }

  any(depth: number): Text {
    const { weights } = this.#family;
    const pieces = (Object.keys(weights) as Piece[]).filter(
      (piece) => weights[piece] > 0 && (depth >= 0 || !['branch', 'loop', 'fork', 'await', 'locked'].includes(piece)),
    );
    return fc.oneof(...pieces.map((piece) => ({ weight: weights[piece], arbitrary: this.#of(piece, depth) })));
  }

  /** A body on lines of its own. */
  body(least: number, most: number, depth = 1): Text {
    return fc
      .array(this.any(depth), { minLength: least, maxLength: most })
      .map((statements) => statements.map((statement) => `    ${statement}`).join('\n'));
  }
}

const afterwards: Text = one(
  '(local.set $w (i64.load (i32.const 0)))',
  '(local.set $a (i32.load (i32.const 0))) (local.set $b (global.get $all))',
  '(local.set $a (i32.load8_u (i32.const 1))) (local.set $b (i32.load16_u (i32.const 4)))',
  '(local.set $a (memory.size)) (local.set $b (global.get $own))',
);

function locals(body: string): string {
  return body.includes('$r') ? `${LOCALS} ${OBJECT}` : LOCALS;
}

function func(head: string, body: string): string {
  return `  (func ${head} ${locals(body)}\n${body}\n    ${RETURN})`;
}

/** A forked thread takes what its parent gives it, for its first local. */
function child(name: string, body: string): string {
  return `  (func ${name} shared (param $given i32) ${locals(body)}\n    (local.set $a (local.get $given))\n${body})`;
}

/** Structures, an array and a table, where the statements use them. */
const OBJECTS = [
  '  (type $s (shared (struct (field $x (mut i8)) (field $y (mut i32)))))',
  '  (type $v (shared (array (mut i16))))',
  '  (global $o (shared (ref $s)) (struct.new_default $s))',
  '  (global $e (shared (ref $v)) (array.new_default $v (i32.const 2)))',
  '  (global $g (export "g") (shared mut (ref null $s)) (ref.null $s))',
  '  (table $t (export "t") shared 1 2 (ref null (shared i31)))',
];

/** Programs of a family. */
export function programs(family: Family): Text {
  const statements = new Statements(family);
  const body = statements.body(1, family.length);
  const short = statements.body(1, 1);
  const threads = fc.oneof(
    { weight: 3, arbitrary: fc.tuple(body, body) },
    { weight: 1, arbitrary: fc.tuple(statements.body(1, 2), short, short) },
  );
  const forked = statements.body(1, 1, -1);
  const nested = fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: forked });
  return fc.tuple(threads, forked, nested, afterwards, fc.boolean()).map(([bodies, own, deeper, last, joins]) => {
    const childBody = deeper === null ? own : `    (fork $grandchild (local.get $a))\n${own}`;
    const forks = bodies.some((text) => text.includes('(fork '));
    const results = '(result i32 i32 i64)';
    return [
      '(module $M shared',
      '  (memory (export "mem") 1 2 shared)',
      '  (global $all (export "all") (shared mut i32) (i32.const 0))',
      '  (global $own (thread_local mut i32))',
      ...([...bodies, childBody, deeper ?? ''].some((text) => /\$[svt]\b/.test(text)) ? OBJECTS : []),
      ...(forks && deeper !== null ? [child('$grandchild', deeper)] : []),
      ...(forks ? [child('$child', childBody)] : []),
      ...bodies.map((text, i) => func(`(export "t${i + 1}") shared ${results}`, text)),
      `${func(`(export "last") shared ${results}`, `    ${last}`)})`,
      '(register "M")',
      ...bodies.map((_, i) => `(thread $T${i + 1} (shared (module $M)) (invoke $M "t${i + 1}"))`),
      ...(joins ? [...bodies.map((_, i) => `(wait $T${i + 1})`), '(invoke $M "last")'] : []),
      '',
    ].join('\n');
  });
}

export const NOTHING: Family['weights'] = {
  load: 4,
  store: 4,
  rmw: 1,
  cmpxchg: 1,
  fence: 0,
  grow: 0,
  wait: 0,
  notify: 0,
  global: 0,
  threadLocal: 0,
  fork: 0,
  branch: 1,
  loop: 0,
  trap: 0,
  slot: 0,
  field: 0,
  element: 0,
  publish: 0,
  obtain: 0,
  drop: 0,
  await: 0,
  locked: 0,
};

/** The families by name. */
export const FAMILIES = {
  bytes: { orders: 'any', sizes: [1, 1, 1, 2], weights: { ...NOTHING, fence: 1, loop: 1 }, length: 3 },
  'mixed sizes': { orders: 'any', sizes: [1, 2, 4, 8], weights: NOTHING, length: 2 },
  'strong orders': { orders: 'strong', sizes: [1], weights: { ...NOTHING, rmw: 2, global: 1 }, length: 3 },
  'sequentially consistent accesses': {
    orders: 'seqcst',
    sizes: [1, 4],
    weights: { ...NOTHING, threadLocal: 1 },
    length: 3,
  },
  'wait queues': {
    orders: 'strong',
    sizes: [1, 4],
    weights: { ...NOTHING, load: 1, store: 2, wait: 4, notify: 4, branch: 2 },
    length: 2,
  },
  growth: { orders: 'any', sizes: [1], weights: { ...NOTHING, load: 3, store: 3, grow: 5 }, length: 2 },
  'forks and globals': {
    orders: 'any',
    sizes: [1],
    weights: { ...NOTHING, load: 2, store: 2, fork: 3, global: 2, threadLocal: 2 },
    length: 2,
  },
  traps: { orders: 'any', sizes: [1], weights: { ...NOTHING, load: 2, store: 2, fork: 3, trap: 2 }, length: 2 },
  tables: {
    orders: 'any',
    sizes: [1],
    weights: { ...NOTHING, load: 1, store: 1, rmw: 0, cmpxchg: 0, slot: 8 },
    length: 2,
  },
  'fields and elements': {
    orders: 'any',
    sizes: [1],
    weights: { ...NOTHING, load: 1, store: 1, rmw: 0, cmpxchg: 0, field: 4, element: 4 },
    length: 2,
  },
  'fresh objects': {
    orders: 'any',
    sizes: [1],
    weights: { ...NOTHING, load: 1, store: 1, rmw: 0, cmpxchg: 0, global: 1, publish: 4, obtain: 5 },
    length: 2,
  },
} as const satisfies Record<string, Family>;
