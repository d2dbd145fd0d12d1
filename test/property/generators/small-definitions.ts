import { NOWHERE } from '../../../src/base/span.ts';
import { INSTRUCTIONS } from '../../../src/syntax/instructions.ts';
import type { Data, Elem, Expr, Global, ImportType, Instr, Module, Table } from '../../../src/syntax/module.ts';
import {
  plainType,
  type AddrType,
  type GlobalType,
  type Limits,
  type MemType,
  type RefType,
  type Share,
  type SubType,
  type TableType,
  type ValType,
} from '../../../src/syntax/types.ts';
import { EMPTY_MODULE } from '../../support/declarative.ts';
import type { Choices } from './modules/choices.ts';
import { anyRefType, anyTypeSection, valTypeOf } from './small-types.ts';

/** Modules without code: a few definitions of any kind with short initialisers, now and then ill typed. */

const at = NOWHERE;

interface Scope {
  readonly c: Choices;
  readonly types: readonly SubType[];
  /** How many globals and functions there are, imports included. */
  readonly globals: number;
  readonly funcs: number;
}

function op(name: string, imm: Extract<Instr, { kind: 'plain' }>['imm'] = { kind: 'none' }): Instr {
  return { kind: 'plain', op: name, imm, at };
}

function zero(t: ValType, c: Choices): Instr {
  switch (t) {
    case 'i32':
      return op('i32.const', { kind: 'i32', value: c.below(2) });
    case 'i64':
      return op('i64.const', { kind: 'i64', value: BigInt(c.below(2)) });
    case 'f32':
      return op('f32.const', { kind: 'f32', bits: 0 });
    case 'f64':
      return op('f64.const', { kind: 'f64', bits: 0n });
    case 'v128':
      return op('v128.const', { kind: 'v128', bytes: new Uint8Array(16) });
    default:
      return op('ref.null', { kind: 'heap-type', heap: t.heap });
  }
}

const CONSTANT = INSTRUCTIONS.filter((row) => row.constant === true && row.immediates === 'none');

/** Something for an initialiser of type t: often its default, sometimes a global, a function, an allocation, or anything. */
function initialiser(s: Scope, t: ValType): Expr {
  const { c } = s;
  const x = { kind: 'index', x: c.below(Math.max(1, s.globals)) } as const;
  switch (c.below(9)) {
    case 0:
    case 1:
      return [op('global.get', x)];
    case 2:
      return [op('ref.func', { kind: 'index', x: c.below(s.funcs + 1) })];
    case 3:
      return [op('i32.const', { kind: 'i32', value: 1 }), op(c.pick(['ref.i31', 'ref.i31_shared']))];
    case 4: {
      const type = c.below(s.types.length);
      return s.types[type]?.comp.kind === 'array'
        ? [op('array.new_fixed', { kind: 'index-pair', x: type, y: 0 })]
        : [op('struct.new_default', { kind: 'index', x: type })];
    }
    case 5:
      return [zero(t, c), op(c.pick(CONSTANT).mnemonic)];
    default:
      return [zero(t, c)];
  }
}

function limits(c: Choices): Limits {
  return { min: BigInt(c.below(2)), max: c.chance(3, 4) ? BigInt(c.below(3)) : null };
}

function share(c: Choices): Share {
  return c.pick(['unshared', 'shared']);
}

function addr(c: Choices): AddrType {
  return c.pick(['i32', 'i32', 'i64']);
}

function globalType(c: Choices, types: readonly SubType[]): GlobalType {
  const global = c.pick(['unshared', 'shared', 'thread_local'] as const);
  const content = valTypeOf(c, global === 'unshared' ? 'unshared' : 'shared', types);
  return { share: global, mutable: c.chance(1, 3), content };
}

/** A reference type of this share, more often than not. */
function refTypeOf(c: Choices, s: Share, types: readonly SubType[]): RefType {
  const t = valTypeOf(c, s, types);
  if (typeof t !== 'string') return t;
  return { kind: 'ref', nullable: true, heap: { kind: 'abstract', share: s, name: c.pick(['func', 'any', 'i31']) } };
}

function tableType(c: Choices, types: readonly SubType[]): TableType {
  const s = share(c);
  return { share: s, addr: addr(c), limits: limits(c), elem: refTypeOf(c, s, types) };
}

function memType(c: Choices): MemType {
  return { share: share(c), addr: addr(c), limits: limits(c) };
}

function importType(c: Choices, types: readonly SubType[]): ImportType {
  switch (c.below(6)) {
    case 0:
      return { kind: 'table', type: tableType(c, types) };
    case 1:
      return { kind: 'memory', type: memType(c) };
    case 2:
      return { kind: c.pick(['func', 'tag']), type: c.below(types.length) };
    case 3:
      return { kind: 'func', type: types.length - 1 };
    default:
      return { kind: 'global', type: globalType(c, types) };
  }
}

/** The scope of an initialiser that sees so many globals. */
function scopeOf(c: Choices, m: Module, globals: number): Scope {
  return { c, types: m.types.map((td) => td.type), globals, funcs: imported(m, 'func').length };
}

/** The imports of a kind. */
function imported<K extends ImportType['kind']>(m: Module, kind: K): readonly Extract<ImportType, { kind: K }>[] {
  return m.imports.map(({ desc }) => desc).filter((d): d is Extract<ImportType, { kind: K }> => d.kind === kind);
}

function globalsOf(m: Module): number {
  return imported(m, 'global').length + m.globals.length;
}

function offset(s: Scope, t: AddrType): Expr {
  return s.c.chance(5, 6) ? [zero(t, s.c)] : initialiser(s, t);
}

function anyElem(c: Choices, m: Module): Elem {
  const s = scopeOf(c, m, globalsOf(m));
  const tables = [...imported(m, 'table').map((d) => d.type), ...m.tables.map((t) => t.type)];
  const table = c.below(Math.max(1, tables.length));
  const tt = tables[table];
  const type = tt !== undefined && c.chance(2, 3) ? tt.elem : anyRefType(c, s.types.length);
  const mode: Elem['mode'] =
    tt !== undefined && c.chance(2, 3)
      ? { kind: 'active', table, offset: offset(s, tt.addr) }
      : { kind: c.pick(['passive', 'declarative']) };
  const items = Array.from({ length: c.below(3) }, () => initialiser(s, type));
  return { id: null, at, share: share(c), type, items, mode };
}

function anyData(c: Choices, m: Module): Data {
  const memories = [...imported(m, 'memory').map((d) => d.type), ...m.memories.map((mem) => mem.type)];
  const memory = c.below(Math.max(1, memories.length));
  const mt = memories[memory];
  const mode: Data['mode'] =
    mt === undefined || c.chance(1, 4)
      ? { kind: 'passive' }
      : { kind: 'active', memory, offset: offset(scopeOf(c, m, globalsOf(m)), mt.addr) };
  return { id: null, at, share: share(c), bytes: new Uint8Array(), mode };
}

function anyGlobal(c: Choices, m: Module): Global {
  const s = scopeOf(c, m, globalsOf(m));
  const type = globalType(c, s.types);
  const none = type.share === 'thread_local' && c.chance(1, 2);
  return { id: null, at, type, init: none ? null : initialiser(s, type.content) };
}

function anyTable(c: Choices, m: Module): Table {
  const s = scopeOf(c, m, imported(m, 'global').length);
  const type = tableType(c, s.types);
  return { id: null, at, type, init: c.chance(1, 2) ? null : initialiser(s, type.elem) };
}

/** The module with one more definition. Imports come first, so that they move nothing. */
function extended(c: Choices, m: Module): Module {
  const count = m.types.length;
  switch (c.below(9)) {
    case 0:
      return { ...m, globals: [...m.globals, anyGlobal(c, m)] };
    case 1:
      return { ...m, tables: [...m.tables, anyTable(c, m)] };
    case 2:
      return { ...m, memories: [...m.memories, { id: null, at, type: memType(c) }] };
    case 3:
      return { ...m, tags: [...m.tags, { id: null, at, type: c.below(count) }] };
    case 4:
    case 5:
      return { ...m, elems: [...m.elems, anyElem(c, m)] };
    case 6:
      return { ...m, datas: [...m.datas, anyData(c, m)] };
    case 7:
      return { ...m, start: { func: c.below(3), at } };
    default: {
      const kind = c.pick(['func', 'global', 'table', 'memory', 'tag'] as const);
      const name = c.chance(1, 12) ? 'same' : `${m.exports.length}`;
      return { ...m, exports: [...m.exports, { name, kind, index: c.below(2), at }] };
    }
  }
}

/** `keep`: whether definitions that make the module invalid are left out, but now and then. */
export function smallDefinitions(c: Choices, keep: (module: Module) => boolean): Module {
  const own = plainType({ kind: 'func', params: [], results: [] }, share(c));
  const section = anyTypeSection(c, 3);
  const types = [...section.types, own];
  let module: Module = {
    ...EMPTY_MODULE,
    shared: c.chance(1, 4),
    types: types.map((type) => ({
      id: null,
      at,
      type,
      fields: type.comp.kind === 'struct' ? type.comp.fields.map(() => null) : [],
    })),
    recs: [...section.recs, 1],
  };
  const add = (next: Module): void => {
    if (c.chance(1, 30) || keep(next)) module = next;
  };
  for (let i = c.below(6); i > 0; i--) {
    const desc = importType(c, types);
    add({ ...module, imports: [...module.imports, { id: null, at, module: 'm', name: `${i}`, desc }] });
  }
  for (let i = c.below(12); i > 0; i--) add(extended(c, module));
  return module;
}
