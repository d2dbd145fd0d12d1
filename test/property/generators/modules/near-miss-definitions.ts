import { NOWHERE } from '../../../../src/base/span.ts';
import type { Data, Elem, Expr, Global, Memory, Module, Table } from '../../../../src/syntax/module.ts';
import type { CompType, GlobalType, Limits, RefType, SubType, TableType } from '../../../../src/syntax/types.ts';
import { plain, index } from './environment.ts';
import { abstract, refTo } from './matching.ts';
import {
  counts,
  functionTypes,
  i32,
  memoryTypes,
  type Miss,
  miss,
  type Place,
  tableTypes,
  withComp,
  withType,
  zero,
} from './near-miss-places.ts';

/** Definitions that break a premise. */

const HERE = { id: null, at: NOWHERE } as const;

function withGlobal(m: Module, type: GlobalType, init: Expr): Module {
  const g: Global = { type, init, ...HERE };
  return { ...m, globals: [...m.globals, g] };
}

const constI32: GlobalType = { share: 'unshared', mutable: false, content: 'i32' };

function notConstant({ c, module }: Place): Module {
  const body = c.pick<Expr>([
    [plain('nop'), i32(0)],
    [i32(1), plain('i32.eqz')],
    [i32(1), i32(2), plain('i32.div_s')],
    [i32(0), plain('drop'), i32(0)],
    [plain('unreachable')],
  ]);
  return withGlobal(module, constI32, body);
}

function constantOfOtherType({ c, module }: Place): Module {
  return withGlobal(module, constI32, c.pick<Expr>([[zero('i64')], [], [i32(0), i32(0)]]));
}

function mutableInConstant({ module }: Place): Module {
  const x = counts(module).globals;
  return withGlobal(withGlobal(module, { ...constI32, mutable: true }, [i32(0)]), constI32, [
    plain('global.get', index(x)),
  ]);
}

/** An initialiser that mentions its own global, or a later one. */
function laterGlobal({ c, module }: Place): Module {
  const x = counts(module).globals;
  return withGlobal(withGlobal(module, constI32, [plain('global.get', index(x + c.below(2)))]), constI32, [i32(0)]);
}

function badMemory({ c, features, module }: Place): Module | null {
  if (memoryTypes(module).length > 0 && !features.multiMemory) return null;
  const limits = c.pick<Limits>([
    { min: 2n, max: 1n },
    { min: 65_537n, max: null },
    { min: 0n, max: 65_537n },
  ]);
  const memory: Memory = { type: { share: 'unshared', addr: 'i32', limits }, ...HERE };
  return { ...module, memories: [...module.memories, memory] };
}

function sharedWithoutMaximum({ features, module }: Place): Module | null {
  if (memoryTypes(module).length > 0 && !features.multiMemory) return null;
  const memory: Memory = { type: { share: 'shared', addr: 'i32', limits: { min: 1n, max: null } }, ...HERE };
  return { ...module, memories: [...module.memories, memory] };
}

function withTable(m: Module, type: Partial<TableType>, init: Expr | null = null): Module {
  const tt: TableType = {
    share: 'unshared',
    addr: 'i32',
    limits: { min: 1n, max: null },
    elem: refTo('func'),
    ...type,
  };
  const table: Table = { type: tt, init, ...HERE };
  return { ...m, tables: [...m.tables, table] };
}

function tableInit({ c, module }: Place): Module {
  return withTable(
    module,
    { elem: refTo('func') },
    c.pick<Expr>([[i32(0)], [plain('ref.null', { kind: 'heap-type', heap: abstract('extern') })]]),
  );
}

function exportOf(
  m: Module,
  name: string,
  index: number,
  kind: 'func' | 'memory' | 'global' | 'table' = 'func',
): Module {
  return { ...m, exports: [...m.exports, { name, kind, index, at: NOWHERE }] };
}

function duplicateExport({ c, module }: Place): Module | null {
  const e = c.maybe(module.exports);
  return e === null ? null : { ...module, exports: [...module.exports, { ...e }] };
}

function unknownExport({ c, module }: Place): Module {
  const n = counts(module);
  const [kind, index] = c.pick([
    ['func', n.funcs],
    ['global', n.globals],
    ['table', n.tables],
    ['memory', n.memories],
  ] as const);
  return exportOf(module, 'what nothing else is called', index, kind);
}

function badStart({ c, module }: Place): Module | null {
  const wrong = functionTypes(module).flatMap((type, i) => {
    const comp = module.types[type]?.type.comp;
    return comp?.kind === 'func' && comp.params.length + comp.results.length > 0 ? [i] : [];
  });
  const func = c.maybe(wrong);
  return func === null ? null : { ...module, start: { func, at: NOWHERE } };
}

function tagWithResults({ c, module }: Place): Module {
  const { module: more, x } = withComp(module, { kind: 'func', params: [], results: ['i32'] });
  if (c.chance(1, 2)) return { ...more, tags: [...more.tags, { type: x, ...HERE }] };
  return { ...more, imports: [...more.imports, { module: 'm', name: 't', desc: { kind: 'tag', type: x }, ...HERE }] };
}

function withElem(m: Module, type: RefType, items: readonly Expr[], mode: Elem['mode']): Module {
  return { ...m, elems: [...m.elems, { share: 'unshared', type, items, mode, ...HERE }] };
}

function badElem(place: Place): Module {
  const { c, module } = place;
  const extern = plain('ref.null', { kind: 'heap-type', heap: abstract('extern') });
  const passive = { kind: 'passive' } as const;
  const x = tableTypes(module).length;
  const more = withTable(module, {});
  return c.pick([
    () => withElem(module, refTo('func'), [[extern]], passive),
    () => withElem(module, refTo('func'), [[i32(0)]], passive),
    () => withElem(more, refTo('extern'), [[extern]], { kind: 'active', table: x, offset: [i32(0)] }),
    () => withElem(more, refTo('func'), [], { kind: 'active', table: x, offset: [zero('i64')] }),
  ])();
}

function elemOfUnknownTable({ module }: Place): Module {
  return withElem(module, refTo('func'), [], { kind: 'active', table: tableTypes(module).length, offset: [i32(0)] });
}

function withData(m: Module, memory: number, offset: Expr): Module {
  const data: Data = { share: 'unshared', bytes: Uint8Array.of(1), mode: { kind: 'active', memory, offset }, ...HERE };
  return { ...m, datas: [...m.datas, data] };
}

function badData({ c, module }: Place): Module | null {
  const memories = memoryTypes(module);
  if (memories.length === 0) return null;
  const x = c.below(memories.length);
  const addr = memories[x]?.addr ?? 'i32';
  return withData(module, x, c.pick<Expr>([[zero(addr === 'i32' ? 'i64' : 'i32')], [], [zero(addr), zero(addr)]]));
}

function dataOfUnknownMemory({ module }: Place): Module {
  return withData(module, memoryTypes(module).length, [i32(0)]);
}

function sub(comp: CompType, more: Partial<SubType> = {}): SubType {
  return { final: false, supers: [], share: 'unshared', comp, ...more };
}

const STRUCT: CompType = { kind: 'struct', fields: [{ mutable: true, storage: 'i32' }] };

/** A subtype of a supertype that is not one. */
function badSuper({ c, module }: Place): Module {
  const above = c.pick<SubType>([
    sub({ kind: 'struct', fields: [{ mutable: false, storage: 'i32' }] }),
    sub({ kind: 'struct', fields: [{ mutable: true, storage: 'i64' }] }),
    sub({
      kind: 'struct',
      fields: [
        { mutable: true, storage: 'i32' },
        { mutable: true, storage: 'i32' },
      ],
    }),
    sub({ kind: 'array', field: { mutable: true, storage: 'i32' } }),
    sub({ kind: 'func', params: [], results: [] }),
    sub({ kind: 'struct', fields: [{ mutable: true, storage: refTo('any') }] }),
  ]);
  const { module: more, x } = withType(module, above);
  return withType(more, sub(STRUCT, { supers: [x] })).module;
}

function badVariance({ c, module }: Place): Module {
  const [above, below] = c.pick<readonly [CompType, CompType]>([
    [
      { kind: 'func', params: [refTo('any')], results: [] },
      { kind: 'func', params: [refTo('eq')], results: [] },
    ],
    [
      { kind: 'func', params: [], results: [refTo('eq')] },
      { kind: 'func', params: [], results: [refTo('any')] },
    ],
    [
      { kind: 'func', params: [], results: ['i32'] },
      { kind: 'func', params: [], results: [] },
    ],
    [
      { kind: 'array', field: { mutable: true, storage: refTo('any') } },
      { kind: 'array', field: { mutable: true, storage: refTo('eq') } },
    ],
    [
      { kind: 'array', field: { mutable: false, storage: refTo('eq') } },
      { kind: 'array', field: { mutable: false, storage: refTo('any') } },
    ],
    [
      { kind: 'array', field: { mutable: false, storage: refTo('any', 'unshared', false) } },
      { kind: 'array', field: { mutable: false, storage: refTo('any') } },
    ],
  ]);
  const { module: more, x } = withType(module, sub(above));
  return withType(more, sub(below, { supers: [x] })).module;
}

function finalSuper({ module }: Place): Module {
  const { module: more, x } = withType(module, sub(STRUCT, { final: true }));
  return withType(more, sub(STRUCT, { supers: [x] })).module;
}

/** A supertype that is itself or comes later. */
function laterSuper({ c, module }: Place): Module {
  return withType(withType(module, sub(STRUCT, { supers: [module.types.length + c.below(2)] })).module, sub(STRUCT))
    .module;
}

function twoSupers({ module }: Place): Module {
  const { module: more, x } = withType(module, sub(STRUCT));
  return withType(more, sub(STRUCT, { supers: [x, x] })).module;
}

function unknownType({ c, module }: Place): Module {
  // The next group is not known yet.
  const heap = { kind: 'index', type: module.types.length + 1 } as const;
  const t: RefType = { kind: 'ref', nullable: true, heap };
  const comp = c.pick<CompType>([
    { kind: 'struct', fields: [{ mutable: true, storage: t }] },
    { kind: 'array', field: { mutable: true, storage: t } },
    { kind: 'func', params: [t], results: [] },
    { kind: 'func', params: [], results: [t] },
  ]);
  return withComp(withComp(module, comp).module, STRUCT).module;
}

export const DEFINITION_MISSES: readonly Miss[] = [
  miss('an initialiser that is not constant', /^constant expression required/, notConstant),
  miss('an initialiser of another type', /^type mismatch/, constantOfOtherType),
  miss('an initialiser with a mutable global', /^constant expression required/, mutableInConstant, ['gc']),
  miss('an initialiser with its own or a later global', /^unknown global/, laterGlobal),
  miss(
    'limits of a memory inverted or too big',
    /^(size minimum must not be greater than maximum|memory size)/,
    badMemory,
  ),
  miss('a shared memory without a maximum', /^shared memory must have maximum/, sharedWithoutMaximum, ['threads']),
  miss('limits of a table inverted', /^size minimum must not be greater than maximum/, ({ module }) =>
    withTable(module, { limits: { min: 2n, max: 1n } }),
  ),
  miss(
    'a table of more than 32 bits',
    /^table size/,
    ({ module }) => withTable(module, { limits: { min: 1n << 32n, max: null } }),
    ['memory64'],
  ),
  miss(
    'a table of non-null references without an initialiser',
    /^type mismatch/,
    ({ module }) => withTable(module, { elem: refTo('func', 'unshared', false) }),
    ['gc'],
  ),
  miss('a table with an initialiser of another type', /^type mismatch/, tableInit, ['gc']),
  miss('two exports of one name', /^duplicate export name/, duplicateExport),
  miss('an export of nothing', /^unknown /, unknownExport),
  miss('a start function with parameters or results', /^start function/, badStart),
  miss('a start function that nothing is', /^unknown function/, ({ module }) => ({
    ...module,
    start: { func: counts(module).funcs, at: NOWHERE },
  })),
  miss('a tag with results', /^non-empty tag result type/, tagWithResults, ['exceptions']),
  miss('an element of another type', /^type mismatch/, badElem),
  miss('elements for an unknown table', /^unknown table/, elemOfUnknownTable),
  miss('data at an offset of another type', /^type mismatch/, badData),
  miss('data for an unknown memory', /^unknown memory/, dataOfUnknownMemory),
  miss('a supertype of another structure', /^sub type/, badSuper, ['gc']),
  miss('a subtype of the wrong variance', /^sub type/, badVariance, ['gc']),
  miss('a final supertype', /^sub type/, finalSuper, ['gc']),
  miss('a supertype that is not before its subtype', /^unknown type|^sub type/, laterSuper, ['gc']),
  miss('two supertypes', /sub ?type|supertypes/, twoSupers, ['gc']),
  miss('a type of a later group', /^unknown type/, unknownType, ['gc']),
];
