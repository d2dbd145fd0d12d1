import { NOWHERE } from '../../../../src/base/span.ts';
import type { Expr, Immediate, Module } from '../../../../src/syntax/module.ts';
import type { CompType, GlobalType, MemType, RefType, TableType, ValType } from '../../../../src/syntax/types.ts';
import { index, pair, plain } from './environment.ts';
import { abstract, refTo } from './matching.ts';
import {
  anyhow,
  block,
  counts,
  i32,
  type Miss,
  miss,
  type Place,
  withCode,
  withComp,
  withFunc,
  zero,
} from './near-miss-places.ts';

/** Shared things that reach unshared ones, and what else the shared-everything proposal and Weft forbid. */

const HERE = { id: null, at: NOWHERE } as const;
const ORDER = { order: 'seqcst' } as const;
const NEEDS = ['gc', 'sharedEverything'] as const;

/** An unshared thing of each kind, and shared code that names it. */
function reach(place: Place): Module {
  const { c, module } = place;
  const n = counts(module);
  const code = (m: Module, op: string, imm: Immediate): Module => withCode(place, anyhow(op, imm), 'shared', m);
  const global: GlobalType = { share: 'unshared', mutable: true, content: 'i32' };
  const memory: MemType = { share: 'unshared', addr: 'i32', limits: { min: 0n, max: null } };
  const table: TableType = { share: 'unshared', addr: 'i32', limits: memory.limits, elem: refTo('any', 'shared') };
  const withGlobal = { ...module, globals: [...module.globals, { type: global, init: [i32(0)], ...HERE }] };
  const withMemory = { ...module, memories: [...module.memories, { type: memory, ...HERE }] };
  const withTable = { ...module, tables: [...module.tables, { type: table, init: null, ...HERE }] };
  const called = withFunc(module, 'unshared', [], [], []);
  const data = {
    ...module,
    datas: [...module.datas, { share: 'unshared', bytes: new Uint8Array(), mode: { kind: 'passive' }, ...HERE }],
  } as const;
  const elem = {
    ...module,
    elems: [
      ...module.elems,
      { share: 'unshared', type: refTo('any', 'shared'), items: [], mode: { kind: 'passive' }, ...HERE },
    ],
  } as const;
  const memarg = { memory: n.memories, offset: 0n, align: 4 };
  return c.pick<() => Module>([
    () => code(withGlobal, c.pick(['global.get', 'global.set']), index(n.globals)),
    () =>
      code(withGlobal, c.pick(['global.atomic.get', 'global.atomic.rmw.add']), {
        kind: 'order-index',
        ...ORDER,
        x: n.globals,
      }),
    () => code(withMemory, c.pick(['i32.load', 'i32.store', 'f32.load']), { kind: 'memarg', memarg }),
    () => code(withMemory, 'i32.atomic.load', { kind: 'atomic-memarg', memarg, order: 'none' }),
    () => code(withMemory, c.pick(['memory.size', 'memory.grow', 'memory.fill']), index(n.memories)),
    () =>
      code(withTable, c.pick(['table.get', 'table.set', 'table.size', 'table.grow', 'table.fill']), index(n.tables)),
    () => code(withTable, 'table.atomic.get', { kind: 'order-index', ...ORDER, x: n.tables }),
    () => code(called, c.pick(['call', 'return_call', 'ref.func']), index(n.funcs)),
    ...(place.features.sharedSegments
      ? [
          () => code(data, 'data.drop', index(module.datas.length)),
          () => code(elem, 'elem.drop', index(module.elems.length)),
        ]
      : []),
  ])();
}

function unsharedTag(place: Place): Module {
  const { module } = place;
  const { module: more, x } = withComp(module, { kind: 'func', params: [], results: [] });
  const tagged = { ...more, tags: [...more.tags, { type: x, ...HERE }] };
  return withCode(place, anyhow('throw', index(counts(module).tags)), 'shared', tagged);
}

const UNSHARED: readonly RefType[] = [refTo('any'), refTo('func'), refTo('extern'), refTo('i31')];

function unsharedValue(place: Place): Module {
  const { c, module } = place;
  const t = c.pick(UNSHARED);
  const struct = withComp(module, { kind: 'struct', fields: [] });
  return c.pick<() => Module>([
    () => withCode(place, [plain('ref.null', { kind: 'heap-type', heap: t.heap }), plain('drop')], 'shared'),
    () => withFunc(module, 'shared', [], [t], []),
    () => withCode(place, [i32(0), plain('ref.i31'), plain('drop')], 'shared'),
    () => withCode(place, [plain('struct.new', index(struct.x)), plain('drop')], 'shared', struct.module),
    () => {
      const typed = {
        kind: 'block',
        label: null,
        type: { kind: 'value', result: t },
        body: [plain('unreachable')],
        at: NOWHERE,
      } as const;
      return withCode(place, [typed, plain('drop')], 'shared');
    },
  ])();
}

/** A shared composite type with an unshared part. */
function unsharedPart(place: Place): Module {
  const { c, module } = place;
  const struct = withComp(module, { kind: 'struct', fields: [] });
  const t: RefType = c.chance(1, 2)
    ? c.pick(UNSHARED)
    : { kind: 'ref', nullable: true, heap: { kind: 'index', type: struct.x } };
  const comp = c.pick<CompType>([
    { kind: 'struct', fields: [{ mutable: true, storage: t }] },
    { kind: 'array', field: { mutable: true, storage: t } },
    { kind: 'func', params: [t], results: [] },
    { kind: 'func', params: ['i32'], results: [t] },
  ]);
  return withComp(struct.module, comp, 'shared').module;
}

function unsharedContent(place: Place): Module {
  const { c, module } = place;
  const t = c.pick(UNSHARED);
  const nothing: Expr = [plain('ref.null', { kind: 'heap-type', heap: t.heap })];
  const tt: TableType = { share: 'shared', addr: 'i32', limits: { min: 0n, max: null }, elem: t };
  const gt: GlobalType = { share: 'shared', mutable: c.chance(1, 2), content: t };
  return c.pick<() => Module>([
    () => ({ ...module, globals: [...module.globals, { type: gt, init: nothing, ...HERE }] }),
    () => ({ ...module, tables: [...module.tables, { type: tt, init: null, ...HERE }] }),
    () => ({
      ...module,
      imports: [...module.imports, { module: 'm', name: 'n', desc: { kind: 'table', type: tt }, ...HERE }],
    }),
  ])();
}

function unsharedElem({ module }: Place): Module {
  return {
    ...module,
    elems: [...module.elems, { share: 'shared', type: refTo('func'), items: [], mode: { kind: 'passive' }, ...HERE }],
  };
}

/** A shared global whose initialiser reads an unshared one. */
function unsharedInit({ module }: Place): Module {
  const x = counts(module).globals;
  const from = { type: { share: 'unshared', mutable: false, content: 'i32' }, init: [i32(0)], ...HERE } as const;
  const to = {
    type: { share: 'shared', mutable: false, content: 'i32' },
    init: [plain('global.get', index(x))],
    ...HERE,
  } as const;
  return { ...module, globals: [...module.globals, from, to] };
}

function threadLocal(content: ValType, init: Expr | null, { module }: Place): Module {
  return {
    ...module,
    globals: [...module.globals, { type: { share: 'thread_local', mutable: true, content }, init, ...HERE }],
  };
}

function acrossShares({ module }: Place): Module {
  const { module: more, x } = withComp(module, { kind: 'struct', fields: [] });
  const types = more.types.map((td, i) => (i === x ? { ...td, type: { ...td.type, final: false } } : td));
  const subtype = { final: true, supers: [x], share: 'shared', comp: { kind: 'struct', fields: [] } } as const;
  return { ...more, types: [...types, { type: subtype, fields: [], ...HERE }], recs: [...more.recs, 1] };
}

function badFork(place: Place): Module {
  const { c, module } = place;
  const f = counts(module).funcs;
  const target = c.chance(1, 2)
    ? withFunc(module, 'unshared', [], [], [])
    : withFunc(module, 'shared', ['i32'], [], [i32(0)]);
  return withCode(place, anyhow('fork', index(f)), 'unshared', target);
}

function sharedModule({ module }: Place): Module {
  const f = counts(module).funcs;
  const more = withFunc(module, 'unshared', [], [], []);
  return {
    ...more,
    shared: true,
    exports: [...more.exports, { name: 'what nothing else is called', kind: 'func', index: f, at: NOWHERE }],
  };
}

/** A wait with an operand that does not fit. */
function badWait(place: Place): Module {
  const { c, module } = place;
  const field = (storage: RefType | 'f32' | 'i8'): { module: Module; x: number } =>
    withComp(module, { kind: 'struct', fields: [{ mutable: true, storage }] });
  const queue = plain('waitqueue.new');
  return c.pick<() => Module>([
    () => withCode(place, [queue, zero('i64'), plain('waitqueue.notify'), plain('drop')]),
    () =>
      withCode(place, [
        plain('ref.null', { kind: 'heap-type', heap: abstract('any', 'shared') }),
        i32(0),
        plain('waitqueue.notify'),
        plain('drop'),
      ]),
    () => {
      const s = field(c.pick(['f32', 'i8', refTo('eq')] as const));
      return withCode(place, anyhow('struct.wait', pair(s.x, 0)), 'unshared', s.module);
    },
  ])();
}

function indirectAcross(place: Place): Module {
  const { module } = place;
  const table: TableType = {
    share: 'shared',
    addr: 'i32',
    limits: { min: 0n, max: null },
    elem: refTo('func', 'shared'),
  };
  const func = withComp(module, { kind: 'func', params: [], results: [] });
  const more = { ...func.module, tables: [...module.tables, { type: table, init: null, ...HERE }] };
  const x = counts(module).tables;
  return withCode(place, [block([i32(0), plain('call_indirect', pair(x, func.x))])], 'shared', more);
}

export const SHARING_MISSES: readonly Miss[] = [
  miss('shared code that names an unshared thing', /shared/, reach, NEEDS),
  miss('shared code that throws with an unshared tag', /shared/, unsharedTag, [...NEEDS, 'exceptions']),
  miss('shared code with an unshared value', /shared/, unsharedValue, NEEDS),
  miss('shared code that calls by an unshared type', /shared|type mismatch/, indirectAcross, NEEDS),
  miss('a shared type with an unshared part', /shared/, unsharedPart, NEEDS),
  miss('a shared thing of unshared content', /shared/, unsharedContent, NEEDS),
  miss('a shared segment of unshared elements', /shared/, unsharedElem, NEEDS),
  miss('a shared global initialised by an unshared one', /shared/, unsharedInit, NEEDS),
  miss('a subtype of another share', /^sub type/, acrossShares, NEEDS),
  miss('a thread-local global of an unshared type', /shared/, (p) => threadLocal(refTo('any'), null, p), [
    'gc',
    'weft',
  ]),
  miss(
    'a thread-local global without a default',
    /default/,
    (p) => threadLocal(refTo('any', 'shared', false), null, p),
    ['gc', 'weft'],
  ),
  miss('a thread-local global with another value', /default/, (p) => threadLocal('i32', [i32(1)], p), ['weft']),
  miss('a fork of what cannot be forked', /./, badFork, ['weft']),
  miss('a shared module with an unshared export', /^shared modules/, sharedModule, ['weft']),
  miss('a wait on what is no control word', /./, badWait, ['gc', 'waitQueues']),
];
