import { NOWHERE, type Span } from '../../../src/base/span.ts';
import { INSTRUCTIONS, type InstructionRow } from '../../../src/syntax/instructions.ts';
import type {
  BlockType,
  Catch,
  Elem,
  Expr,
  Func,
  Immediate,
  Import,
  ImportType,
  Instr,
  Module,
} from '../../../src/syntax/module.ts';
import { plainType, type GlobalShare, type RefType, type SubType, type ValType } from '../../../src/syntax/types.ts';
import { placeOf } from '../../support/declarative.ts';
import type { Choices } from './modules/choices.ts';
import { anyHeapType, anyRefType, anyTypeSection, anyValType, valTypeOf } from './small-types.ts';

/**
 * Modules with short functions, of any instructions at all, over a few things of every kind and share: almost all are ill typed, unless
 * `keep` steers. Immediates are in range but now and then.
 */

const at = NOWHERE;

/** What immediates may name. */
interface Scope {
  readonly c: Choices;
  readonly at: Span;
  readonly types: readonly SubType[];
  readonly locals: number;
  readonly counts: Readonly<Record<'global' | 'func' | 'table' | 'memory' | 'tag', number>>;
}

/** Rows with a rule of their own are as likely as all those that the table types, together. */
const SPECIAL = INSTRUCTIONS.filter((row) => row.meaning.kind === 'special');
const TYPED = INSTRUCTIONS.filter((row) => row.meaning.kind !== 'special');
/** What makes interesting stacks. */
const OFTEN = INSTRUCTIONS.filter(({ mnemonic }) =>
  /^(unreachable|drop|select|local\.get|i32\.const|br|br_if|br_table|ref\.null|ref\.as_non_null|(any|extern)\.convert_\w+|ref\.(cast|eq|func))$/.test(
    mnemonic,
  ),
);

/** Accesses to fields, elements and table slots. */
const ACCESSES = INSTRUCTIONS.filter(({ mnemonic }) =>
  /^(struct|array|table)\.|^(return_)?call_|^br_on_/.test(mnemonic),
);

function anyRow(c: Choices): InstructionRow {
  return c.pick(c.pick([OFTEN, OFTEN, OFTEN, SPECIAL, SPECIAL, SPECIAL, ACCESSES, ACCESSES, TYPED]));
}

/** An index below n, now and then n. */
function indexBelow(c: Choices, n: number): number {
  return c.chance(1, 40) ? n : c.below(n);
}

function anyIndex(s: Scope, word: string, depth: number): number {
  const { c, types } = s;
  switch (word) {
    case 'type':
      return indexBelow(c, types.length);
    case 'local':
      return indexBelow(c, s.locals);
    case 'label':
      return indexBelow(c, depth + 1);
    case 'elem':
    case 'data':
      return indexBelow(c, 2);
    case 'global':
    case 'func':
    case 'table':
    case 'memory':
    case 'tag':
      return indexBelow(c, s.counts[word]);
    default:
      return c.below(3);
  }
}

/** An index of a type of the sort that the instruction is for, more often than not. */
function typeFor(s: Scope, mnemonic: string, depth: number): number {
  const sort = /^(struct|array)\./.exec(mnemonic)?.[1] ?? 'func';
  const fitting = s.types.flatMap(({ comp }, x) => (comp.kind === sort ? [x] : []));
  return fitting.length > 0 && s.c.chance(9, 10) ? s.c.pick(fitting) : anyIndex(s, 'type', depth);
}

function immediate(s: Scope, row: InstructionRow, depth: number): Immediate {
  const { c } = s;
  const { immediates: shape, meaning, mnemonic } = row;
  const [first = '', second] = shape.replace(/^(order|rmw)-/, '').split('-');
  const order = c.pick([
    'none',
    'seqcst',
    'acqrel',
    ...(shape.startsWith('rmw') ? (['acqrel-seqcst'] as const) : []),
  ] as const);
  const bytes = 'bytes' in meaning ? meaning.bytes : 4;
  const memarg = {
    memory: anyIndex(s, 'memory', depth),
    offset: c.chance(1, 20) ? 1n << 40n : 0n,
    align: c.chance(1, 10) ? c.pick([1, 2, 4, 8, 16, 32]) : bytes,
  };
  switch (shape) {
    case 'none':
      return { kind: 'none' };
    case 'memarg':
      return { kind: 'memarg', memarg };
    case 'atomic-memarg':
    case 'rmw-memarg':
      return { kind: 'atomic-memarg', memarg, order };
    case 'memarg-lane':
      return { kind: 'memarg-lane', memarg, lane: c.below(18) };
    case 'order':
      return { kind: 'order', order };
    case 'labels':
      return { kind: 'labels', labels: Array.from({ length: 1 + c.below(3) }, () => anyIndex(s, 'label', depth)) };
    case 'result-types':
      return { kind: 'result-types', types: c.chance(1, 2) ? null : [anyValType(c, s.types.length)] };
    case 'heap-type':
      return { kind: 'heap-type', heap: anyHeapType(c, s.types.length) };
    case 'ref-type':
      return { kind: 'ref-type', type: anyRefType(c, s.types.length) };
    case 'cast-branch': {
      const from = anyRefType(c, s.types.length);
      const to = c.chance(1, 2) ? { ...from, nullable: false } : anyRefType(c, s.types.length);
      return { kind: 'cast-branch', x: anyIndex(s, 'label', depth), from, to };
    }
    case 'lane':
      return { kind: 'index', x: c.below(18) };
    case 'lanes':
      return { kind: 'lanes', lanes: Array.from({ length: 16 }, () => c.below(c.chance(1, 8) ? 34 : 32)) };
    case 'i32':
      return { kind: 'i32', value: c.below(3) };
    case 'i64':
      return { kind: 'i64', value: BigInt(c.below(3)) };
    case 'f32':
      return { kind: 'f32', bits: 0 };
    case 'f64':
      return { kind: 'f64', bits: 0n };
    case 'v128':
      return { kind: 'v128', bytes: new Uint8Array(16) };
    case 'type-length':
      return { kind: 'index-pair', x: typeFor(s, mnemonic, depth), y: c.below(3) };
    default: {
      const x = first === 'type' ? typeFor(s, mnemonic, depth) : anyIndex(s, first, depth);
      const ordered = /^(order|rmw)-/.test(shape);
      if (second === undefined) return ordered ? { kind: 'order-index', order, x } : { kind: 'index', x };
      const y = second === 'type' ? typeFor(s, mnemonic, depth) : anyIndex(s, second, depth);
      return ordered ? { kind: 'order-index-pair', order, x, y } : { kind: 'index-pair', x, y };
    }
  }
}

function blockType(s: Scope): BlockType {
  const { c } = s;
  if (s.types.length > 0 && c.chance(1, 3)) return { kind: 'type', type: anyIndex(s, 'type', 0) };
  return { kind: 'value', result: c.chance(1, 2) ? null : anyValType(c, s.types.length) };
}

function catches(s: Scope, depth: number): readonly Catch[] {
  const { c, at: place } = s;
  return Array.from({ length: c.pick([0, 1, 1, 2]) }, (): Catch => {
    const kind = c.pick(['catch', 'catch_ref', 'catch_all', 'catch_all_ref'] as const);
    return {
      kind,
      tag: kind.startsWith('catch_all') ? null : anyIndex(s, 'tag', depth),
      label: anyIndex(s, 'label', depth),
      at: place,
    };
  });
}

function anyInstr(s: Scope, depth: number): Instr {
  const { c, at: place } = s;
  if (depth < 2 && c.chance(1, 6)) {
    const type = blockType(s);
    const body = (): Expr => Array.from({ length: c.below(4) }, () => anyInstr(s, depth + 1));
    const kind = c.pick(['block', 'loop', 'if', 'try_table'] as const);
    if (kind === 'if') return { kind, label: null, type, then: body(), else: body(), at: place };
    if (kind === 'try_table') return { kind, label: null, type, catches: catches(s, depth), body: body(), at: place };
    return { kind, label: null, type, body: body(), at: place };
  }
  const row = anyRow(c);
  return { kind: 'plain', op: row.mnemonic, imm: immediate(s, row, depth), at: place };
}

/** Imported things of every share, so that nothing needs an initialiser. */
function imports(c: Choices, types: readonly SubType[]): readonly Import[] {
  const global = (share: GlobalShare, content: ValType): ImportType => ({
    kind: 'global',
    type: { share, mutable: c.chance(3, 4), content },
  });
  const any = (share: 'unshared' | 'shared'): RefType => ({
    kind: 'ref',
    nullable: true,
    heap: { kind: 'abstract', share, name: c.pick(['any', 'eq', 'i31', 'func', 'extern']) },
  });
  const limits = { min: 0n, max: 1n };
  const functions = types.flatMap(({ comp }, type) => (comp.kind === 'func' ? [type] : []));
  const tags = types.flatMap(({ comp }, type) => (comp.kind === 'func' && comp.results.length === 0 ? [type] : []));
  const descs: readonly ImportType[] = [
    global('unshared', anyValType(c, types.length)),
    global('shared', c.pick(['i32', 'i64', any('shared')])),
    global('thread_local', c.pick(['i32', 'f64', any('shared')])),
    { kind: 'table', type: { share: 'unshared', addr: 'i32', limits, elem: any('unshared') } },
    { kind: 'table', type: { share: 'shared', addr: c.pick(['i32', 'i64']), limits, elem: any('shared') } },
    { kind: 'memory', type: { share: 'unshared', addr: 'i32', limits } },
    { kind: 'memory', type: { share: 'shared', addr: c.pick(['i32', 'i64']), limits } },
    ...functions.map((type): ImportType => ({ kind: 'func', type })),
    ...tags.map((type): ImportType => ({ kind: 'tag', type })),
  ];
  return descs.map((desc, i) => ({ id: null, at, module: 'm', name: `${i}`, desc }));
}

export interface SmallOptions {
  readonly types: number;
  readonly functions: number;
  /** Instructions of a body, those in blocks apart. */
  readonly length: number;
  /** Whether a body that begins so may go on; absent: any may. */
  readonly keep?: (module: Module) => boolean;
}

const UNREACHABLE: Instr = { kind: 'plain', op: 'unreachable', imm: { kind: 'none' }, at };

/** The module around the functions: `types` ends with one type of functions for each share. */
function environment(c: Choices, most: number): Module {
  const section = anyTypeSection(c, most);
  const own = (['unshared', 'shared'] as const).map((share): SubType => {
    const values = (n: number): readonly ValType[] =>
      Array.from({ length: c.below(n + 1) }, () => valTypeOf(c, share, section.types));
    return plainType({ kind: 'func', params: values(3), results: values(2) }, share);
  });
  const types = [...section.types, ...own];
  const given = imports(c, types);
  return {
    id: null,
    at,
    shared: false,
    types: types.map((type) => ({
      id: null,
      at,
      type,
      fields: type.comp.kind === 'struct' ? type.comp.fields.map(() => null) : [],
    })),
    recs: [...section.recs, 1, 1],
    imports: given,
    funcs: [],
    tables: [],
    memories: [],
    tags: [],
    globals: [],
    exports: [{ name: 'f', kind: 'func', index: 0, at }],
    start: null,
    elems: (['unshared', 'shared'] as const).map(
      (share): Elem => ({
        id: null,
        at,
        share,
        type: { kind: 'ref', nullable: true, heap: { kind: 'abstract', share, name: c.pick(['any', 'func', 'i31']) } },
        items: [],
        mode: { kind: 'passive' },
      }),
    ),
    datas: (['unshared', 'shared'] as const).map((share) => ({
      id: null,
      at,
      share,
      bytes: new Uint8Array(),
      mode: { kind: 'passive' },
    })),
    customs: [],
  };
}

/** One function; everything in it is at the place `at`, by which errors tell which function they are of. */
function anyFunction(c: Choices, module: Module, place: Span, { length, keep }: SmallOptions): Func {
  const types = module.types.map((td) => td.type);
  const own = types.length - 1 - c.below(2);
  const type = c.chance(1, 4)
    ? (c.maybe(types.flatMap(({ comp }, x) => (comp.kind === 'func' ? [x] : []))) ?? own)
    : own;
  const { comp, share = 'unshared' } = types[type] ?? { comp: null };
  const params = comp?.kind === 'func' ? comp.params.length : 0;
  const locals = Array.from({ length: c.below(3) }, () => valTypeOf(c, share, types));
  const counts = { global: 0, table: 0, memory: 0, func: 1, tag: 0 };
  for (const { desc } of module.imports) counts[desc.kind]++;
  const scope: Scope = { c, types, at: place, locals: params + locals.length, counts };
  const withBody = (body: Expr): Func => ({
    id: null,
    at: place,
    type,
    params: Array.from({ length: params }, () => null),
    locals: locals.map((t) => ({ id: null, type: t })),
    body,
  });
  const end = { ...UNREACHABLE, at: place };
  const body: Instr[] = c.chance(1, 3) ? [end] : [];
  const wanted = body.length + c.below(length + 1);
  for (let tries = 0; body.length < wanted && tries < 6 * length; tries++) {
    const instr = anyInstr(scope, 0);
    if (keep === undefined || c.chance(1, 60) || keep({ ...module, funcs: [withBody([...body, instr, end])] }))
      body.push(instr);
  }
  if (c.chance(2, 3)) body.push(c.pick([end, end, { ...end, op: 'return' }]));
  return withBody(body);
}

export function smallModule(c: Choices, options: SmallOptions): Module {
  const module = environment(c, options.types);
  return {
    ...module,
    funcs: Array.from({ length: options.functions }, (_, i) => anyFunction(c, module, placeOf(i), options)),
  };
}
