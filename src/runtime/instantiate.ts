import { assert, known } from '../base/assert.ts';
import type { Result } from '../base/result.ts';
import { err, ok } from '../base/result.ts';
import type { WriteAction } from '../event/action.ts';
import type { Addr, Region, ThreadId } from '../event/location.ts';
import { addrOf } from '../event/location.ts';
import type { AccessRequest, AllocRequest, Site } from '../event/request.ts';
import type { Units } from '../event/units.ts';
import type { Expr, Import, ImportType, Module } from '../syntax/module.ts';
import { PAGE_SIZE } from '../syntax/types.ts';
import type { ExternKind, Limits } from '../syntax/types.ts';
import { defaultValue, NULL } from '../syntax/values.ts';
import { externTypeAt, printClosedType, printImportType } from '../valid/extern-text.ts';
import { CLOSED, matchExternType } from '../valid/match.ts';
import type { ExternType } from '../valid/types.ts';
import { importTypes, moduleTypes } from '../valid/types.ts';
import type { ValidModule } from '../valid/valid-module.ts';
import { allocGlobal, allocMemory, allocSegment, allocTable } from './allocate.ts';
import type { ConstantScope } from './constant.ts';
import { evaluateConstant } from './constant.ts';
import type {
  DataInst,
  ElemInst,
  ExternVal,
  FuncInst,
  GlobalInst,
  MemInst,
  ModuleInst,
  TableInst,
  TagInst,
  WasmFuncInst,
} from './instance.ts';
import type { Refs } from './references.ts';

/**
 * Instantiation [core 3.0, Modules / Instantiation; OOPSLA19 Fig. 5]: a pure function from a module and its imports to the instance
 * and the requests that make it so. Whoever instantiates asks them one after the other.
 */
export interface Linked {
  readonly instance: ModuleInst;
  /** The first contents of what the module defines, one event; null if it defines nothing that the world holds. */
  readonly alloc: AllocRequest | null;
  /** The writes of the active segments, in order: element segments first. */
  readonly segments: readonly Segment[];
  readonly start: FuncInst | null;
  /** The allocation count of the thread from now on. */
  readonly allocations: number;
}

/** An active segment's write, and the trap that `out-of-bounds` is. */
export interface Segment {
  readonly request: AccessRequest;
  readonly trap: 'out of bounds memory access' | 'out of bounds table access';
}

/** The most that a memory or table may have at once; more cannot be instantiated, and growth over it fails. */
export const MAX_MEMORY_PAGES = 32_768;
export const MAX_TABLE_SLOTS = 10_000_000;

/** Who instantiates: the thread's number, and its counts so far, which make keys and addresses. */
export interface Naming {
  readonly thread: ThreadId;
  readonly instances: number;
  readonly allocations: number;
  /** The references of the world. */
  readonly refs: Refs;
}

export type ResolveImport = (module: string, name: string) => ExternVal | null;

/** Why a module cannot be linked, in the official test suite's words. */
export interface Unlinkable {
  readonly message: string;
  /** Null where an object is too large to be made. */
  readonly import: Import | null;
}

/**
 * The lengths that linking depends on. A memory or table has at least the size of its type, for ever; only an import that wants
 * more depends on how much it has grown.
 */
export function lengthsNeeded(valid: ValidModule, resolve: ResolveImport): readonly AccessRequest[] {
  const { module } = valid;
  const wanted = importTypes(module);
  return module.imports.flatMap((i, k) => {
    const given = resolve(i.module, i.name);
    const want = known(wanted[k], 'type of an import');
    if (given?.kind === 'memory' && want.kind === 'memory' && given.memory.type.limits.min < want.type.limits.min) {
      return [readLength(given.memory.length, i)];
    }
    if (given?.kind === 'table' && want.kind === 'table' && given.table.type.limits.min < want.type.limits.min) {
      return [readLength(given.table.length, i)];
    }
    return [];
  });
}

function readLength(region: Region, { at }: Import): AccessRequest {
  const site: Site = { at, text: 'import', shows: null };
  return {
    kind: 'access',
    bounds: null,
    actions: [{ kind: 'rd', region, offset: 0, size: 1, order: 'seqcst', tearFree: true }],
    site,
  };
}

/** Links and instantiates; `lengths` are the answers to {@link lengthsNeeded}. */
export function linkModule(
  valid: ValidModule,
  resolve: ResolveImport,
  naming: Naming,
  lengths: ReadonlyMap<Region, number>,
): Result<Linked, Unlinkable> {
  const imports = matchImports(valid, resolve, lengths);
  if (!imports.ok) return imports;
  const large = tooLarge(valid);
  return large === null ? ok(instantiate(valid, imports.value, naming)) : err({ message: large, import: null });
}

/** Why the module's own memories and tables cannot be made; null if they can. */
function tooLarge({ module: { memories, tables } }: ValidModule): string | null {
  for (const { type } of memories)
    if (type.limits.min > BigInt(MAX_MEMORY_PAGES))
      return `out of memory: a memory of ${type.limits.min} pages, where ${MAX_MEMORY_PAGES} are the most`;
  for (const { type } of tables)
    if (type.limits.min > BigInt(MAX_TABLE_SLOTS))
      return `out of memory: a table of ${type.limits.min} slots, where ${MAX_TABLE_SLOTS} are the most`;
  return null;
}

function matchImports(
  valid: ValidModule,
  resolve: ResolveImport,
  lengths: ReadonlyMap<Region, number>,
): Result<readonly ExternVal[], Unlinkable> {
  const wanted = importTypes(valid.module);
  const imports: ExternVal[] = [];
  for (const [k, i] of valid.module.imports.entries()) {
    const given = resolve(i.module, i.name);
    if (given === null) return err({ message: `unknown import: ${nameOf(i)}`, import: i });
    const want = known(wanted[k], 'type of an import');
    const type = externType(given, lengths);
    if (!matchExternType(type, want, { ...CLOSED, readings: valid.readings }))
      return err({
        message: `incompatible import type: ${nameOf(i)} is ${mismatch(valid.module, i.desc, given, type)}`,
        import: i,
      });
    imports.push(given);
  }
  return ok(imports);
}

function nameOf({ module, name }: Import): string {
  return `${JSON.stringify(module)} ${JSON.stringify(name)}`;
}

/** What was wanted and what was given; alike in writing where a definition of one is of another recursive group. */
function mismatch(module: Module, wanted: ImportType, given: ExternVal, type: ExternType): string {
  const want = printImportType(module, wanted);
  const has = given.kind === 'func' && given.func.kind === 'wasm' ? printFunction(given.func) : printClosedType(type);
  return `wanted as ${want}, and given as ${has}${want === has ? ' of another definition' : ''}`;
}

function printFunction({ module: { module }, index }: WasmFuncInst): string {
  return printImportType(module.module, externTypeAt(module.module, 'func', index));
}

/** The type of an instance as it is now. */
function externType(given: ExternVal, lengths: ReadonlyMap<Region, number>): ExternType {
  switch (given.kind) {
    case 'func':
      return { kind: 'func', type: given.func.closed };
    case 'memory':
      return { kind: 'memory', type: { ...given.memory.type, limits: grown(given.memory, lengths) } };
    case 'table':
      return { kind: 'table', type: { ...given.table.type, limits: grown(given.table, lengths) } };
    case 'global':
      return { kind: 'global', type: given.global.type };
    case 'tag':
      return { kind: 'tag', type: given.tag.type };
  }
}

function grown({ type: { limits }, length }: MemInst | TableInst, lengths: ReadonlyMap<Region, number>): Limits {
  const now = BigInt(lengths.get(length) ?? 0);
  return { min: now > limits.min ? now : limits.min, max: limits.max };
}

function instantiate(valid: ValidModule, imports: readonly ExternVal[], naming: Naming): Linked {
  const { module } = valid;
  const types = moduleTypes(module);
  const key = `${naming.thread}/${naming.instances}`;
  let allocations = naming.allocations;
  const fresh = (): Addr => addrOf(naming.thread, allocations++);
  const writes: WriteAction[] = [];

  const funcs: FuncInst[] = imports.flatMap((i) => (i.kind === 'func' ? [i.func] : []));
  const memories: MemInst[] = imports.flatMap((i) => (i.kind === 'memory' ? [i.memory] : []));
  const tables: TableInst[] = imports.flatMap((i) => (i.kind === 'table' ? [i.table] : []));
  const globals: GlobalInst[] = imports.flatMap((i) => (i.kind === 'global' ? [i.global] : []));
  const tags: TagInst[] = imports.flatMap((i) => (i.kind === 'tag' ? [i.tag] : []));
  const elems: ElemInst[] = [];
  const datas: DataInst[] = [];
  const importedMemories = memories.length;
  const importedTables = tables.length;
  const exports = new Map<string, ExternVal>();
  const { refs } = naming;
  const closedTypes = types.types;
  const instance: ModuleInst = {
    key,
    module: valid,
    refs,
    types: module.types.map(({ type }) => type),
    closed: closedTypes,
    funcs,
    tables,
    memories,
    globals,
    tags,
    elems,
    datas,
    exports,
  };
  const scope: ConstantScope = { globals, funcs, closed: closedTypes, refs, fresh, writes };

  for (const code of module.funcs) {
    const index = funcs.length;
    const closed = known(types.funcs[index], 'type of a function');
    const { share, comp: type } = closed;
    assert(type.kind === 'func', 'a function has a function type');
    funcs.push({ kind: 'wasm', key: `${key}:${index}`, share, type, closed, module: instance, code, index });
  }
  for (const type of types.tags.slice(tags.length)) {
    assert(type.comp.kind === 'func', 'a tag has a function type');
    tags.push({ key: `${key}:tag${tags.length}`, type, params: type.comp.params });
  }
  for (const type of types.memories.slice(memories.length)) memories.push(allocMemory(fresh(), type, writes));
  const tableAddrs = module.tables.map(fresh);
  for (const { init } of module.globals) {
    const type = known(types.globals[globals.length], 'type of a global');
    const addr = fresh();
    const value = init === null || init.length === 0 ? defaultValue(type.content) : evaluateConstant(scope, init);
    globals.push(allocGlobal(addr, type, value, writes, valid.readings));
  }
  for (const [i, { init }] of module.tables.entries()) {
    const type = known(types.tables[tables.length], 'type of a table');
    const value = init === null ? NULL : evaluateConstant(scope, init);
    assert(value.type === 'ref', 'a table holds references');
    tables.push(allocTable(known(tableAddrs[i], 'address'), type, writes, value.id));
  }
  const named = namedSegments(module);
  for (const elem of module.elems) {
    const items = elem.items.map((item) => evaluateConstant(scope, item));
    elems.push({ items, length: named.elems ? allocSegment(fresh(), elem.mode.kind, items.length, writes) : null });
  }
  for (const { bytes, mode } of module.datas)
    datas.push({ bytes, length: named.datas ? allocSegment(fresh(), mode.kind, bytes.length, writes) : null });
  for (const { name, kind, index } of module.exports) exports.set(name, exported(instance, kind, index));

  const site: Site = { at: module.at, text: 'module', shows: null };
  return {
    instance,
    alloc: writes.length === 0 ? null : { kind: 'alloc', writes, site },
    segments: activeSegments(instance, scope, importedMemories, importedTables),
    start: module.start === null ? null : known(funcs[module.start.func], 'start function'),
    allocations,
  };
}

function exported(instance: ModuleInst, kind: ExternKind, index: number): ExternVal {
  switch (kind) {
    case 'func':
      return { kind, func: known(instance.funcs[index], 'exported function') };
    case 'memory':
      return { kind, memory: known(instance.memories[index], 'exported memory') };
    case 'table':
      return { kind, table: known(instance.tables[index], 'exported table') };
    case 'global':
      return { kind, global: known(instance.globals[index], 'exported global') };
    case 'tag':
      return { kind, tag: known(instance.tags[index], 'exported tag') };
  }
}

/** Writes of segments to memories and tables that the module itself defines are part of their initialisation. */
function activeSegments(
  instance: ModuleInst,
  scope: ConstantScope,
  importedMemories: number,
  importedTables: number,
): readonly Segment[] {
  const { elems, datas } = instance.module.module;
  const offsetOf = (expr: Expr): number => {
    const at = evaluateConstant(scope, expr);
    assert(at.type === 'i32' || at.type === 'i64', 'an offset is an integer');
    return at.type === 'i32' ? at.value >>> 0 : Number(BigInt.asUintN(64, at.value));
  };
  const write = (
    { length, region, unit }: { readonly length: Region; readonly region: Region; readonly unit: number },
    offset: number,
    written: Units,
    order: 'init' | 'unord',
    site: Site,
  ): AccessRequest => {
    const size = written.length;
    const action = { kind: 'wr', region, offset, size, order, tearFree: false, written } as const;
    return { kind: 'access', bounds: { length, unit, end: offset + size }, actions: size === 0 ? [] : [action], site };
  };
  const ofElems = elems.flatMap(({ mode, at }, i): Segment[] => {
    if (mode.kind !== 'active') return [];
    const { elem: region, length } = known(instance.tables[mode.table], 'table');
    const ids = known(instance.elems[i], 'segment').items.map((item) => (item.type === 'ref' ? item.id : NULL.id));
    const order = mode.table >= importedTables ? 'init' : 'unord';
    const request = write({ length, region, unit: 1 }, offsetOf(mode.offset), ids, order, {
      at,
      text: 'elem',
      shows: null,
    });
    return [{ request, trap: 'out of bounds table access' }];
  });
  const ofDatas = datas.flatMap(({ mode, bytes, at }): Segment[] => {
    if (mode.kind !== 'active') return [];
    const { data: region, length } = known(instance.memories[mode.memory], 'memory');
    const order = mode.memory >= importedMemories ? 'init' : 'unord';
    const site: Site = { at, text: 'data', shows: null };
    const request = write({ length, region, unit: PAGE_SIZE }, offsetOf(mode.offset), bytes, order, site);
    return [{ request, trap: 'out of bounds memory access' }];
  });
  return [...ofElems, ...ofDatas];
}

/** Which segments of a module some instruction names: all others are nobody's business after instantiation. */
function namedSegments(module: Module): { readonly elems: boolean; readonly datas: boolean } {
  let named = segmentsOf.get(module);
  if (named === undefined) {
    const ops = new Set<string>();
    if (module.elems.length + module.datas.length > 0) for (const { body } of module.funcs) collectOps(body, ops);
    named = { elems: ELEM_OPS.some((op) => ops.has(op)), datas: DATA_OPS.some((op) => ops.has(op)) };
    segmentsOf.set(module, named);
  }
  return named;
}

const segmentsOf = new WeakMap<Module, { readonly elems: boolean; readonly datas: boolean }>();
const ELEM_OPS = ['table.init', 'elem.drop', 'array.new_elem', 'array.init_elem'];
const DATA_OPS = ['memory.init', 'data.drop', 'array.new_data', 'array.init_data'];

function collectOps(body: Expr, ops: Set<string>): void {
  const open: Expr[] = [body];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const instr of next) {
      if (instr.kind === 'plain') ops.add(instr.op);
      else if (instr.kind === 'if') open.push(instr.then, instr.else);
      else open.push(instr.body);
    }
  }
}
