import { assert, Bug, known } from '../base/assert.ts';
import type { Result } from '../base/result.ts';
import { err, ok } from '../base/result.ts';
import type { WriteAction } from '../event/action.ts';
import type { Addr, Region, ThreadId } from '../event/location.ts';
import { addrOf, regionOf } from '../event/location.ts';
import type { AccessRequest, AllocRequest, Site } from '../event/request.ts';
import { unitAt } from '../event/units.ts';
import type { Import } from '../syntax/module.ts';
import type { Readings } from '../syntax/readings.ts';
import { PAGE_SIZE, sizeOf } from '../syntax/types.ts';
import type { ExternKind, GlobalType, Limits, MemType, TableType } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import { defaultValue } from '../syntax/values.ts';
import { CLOSED, matchExternType } from '../valid/match.ts';
import type { ExternType } from '../valid/types.ts';
import { importTypes, moduleTypes } from '../valid/types.ts';
import type { ValidModule } from '../valid/valid-module.ts';
import { evaluateConstant } from './constant.ts';
import { whyNotExecutable } from './executable.ts';
import type { ExternVal, FuncInst, GlobalInst, MemInst, ModuleInst, TableInst } from './instance.ts';
import { toUnits } from './value-units.ts';

/**
 * Instantiation [core 3.0, Modules / Instantiation; OOPSLA19 Fig. 5]: a pure function from a module and its imports to the instance
 * and the requests that make it so. Whoever instantiates asks them one after the other.
 */
export interface Linked {
  readonly instance: ModuleInst;
  /** The first contents of what the module defines, one event; null if it defines nothing that the world holds. */
  readonly alloc: AllocRequest | null;
  /** The active data segments, in order; `out-of-bounds` is a trap, {@link SEGMENT_TRAP}. */
  readonly segments: readonly AccessRequest[];
  readonly start: FuncInst | null;
  /** The allocation count of the thread from now on. */
  readonly allocations: number;
}

export const SEGMENT_TRAP = 'out of bounds memory access';

/** Who instantiates: the thread's number, and its counts so far, which make keys and addresses. */
export interface Naming {
  readonly thread: ThreadId;
  readonly instances: number;
  readonly allocations: number;
}

export type ResolveImport = (module: string, name: string) => ExternVal | null;

/** Why a module cannot be linked, in the official test suite's words. */
export interface Unlinkable {
  readonly message: string;
  readonly import: Import;
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
  assert(whyNotExecutable(valid.module) === null, 'what is linked can be executed');
  const imports = matchImports(valid, resolve, lengths);
  return imports.ok ? ok(instantiate(valid, imports.value, naming)) : imports;
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
      return err({ message: `incompatible import type: ${nameOf(i)} is ${mismatch(type, want)}`, import: i });
    imports.push(given);
  }
  return ok(imports);
}

function nameOf({ module, name }: Import): string {
  return `${JSON.stringify(module)} ${JSON.stringify(name)}`;
}

function mismatch(given: ExternType, want: ExternType): string {
  if (given.kind !== want.kind) return `a ${given.kind}, not a ${want.kind}`;
  return `a ${given.kind} of another type`;
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
  const importedMemories = memories.length;
  const exports = new Map<string, ExternVal>();
  const instance: ModuleInst = { key, module: valid, types: types.types, funcs, tables, memories, globals, exports };

  for (const code of module.funcs) {
    const index = funcs.length;
    const { share, comp: type } = known(types.types[code.type], 'type of a function');
    assert(type.kind === 'func', 'a function has a function type');
    const closed = known(types.funcs[index], 'closed type of a function');
    funcs.push({ kind: 'wasm', key: `${key}:${index}`, share, type, closed, module: instance, code, index });
  }
  for (const type of types.memories.slice(memories.length)) memories.push(allocMemory(fresh(), type, writes));
  for (const type of types.tables.slice(tables.length)) tables.push(allocTable(fresh(), type, writes));
  for (const { init } of module.globals) {
    const type = known(types.globals[globals.length], 'type of a global');
    const value =
      init === null || init.length === 0 ? defaultValue(type.content) : evaluateConstant({ globals, funcs }, init);
    globals.push(allocGlobal(fresh(), type, value, writes, valid.readings));
  }
  for (const { name, kind, index } of module.exports) exports.set(name, exported(instance, kind, index));

  const site: Site = { at: module.at, text: 'module', shows: null };
  return {
    instance,
    alloc: writes.length === 0 ? null : { kind: 'alloc', writes, site },
    segments: activeSegments(instance, importedMemories),
    start: module.start === null ? null : known(funcs[module.start.func], 'start function'),
    allocations,
  };
}

export function allocMemory(addr: Addr, type: MemType, writes: WriteAction[]): MemInst {
  const memory: MemInst = { addr, type, length: regionOf(addr, 'length'), data: regionOf(addr, 'data') };
  const pages = Number(type.limits.min);
  writes.push(initUnits(memory.length, [pages]), ...initFill(memory.data, pages * PAGE_SIZE));
  return memory;
}

export function allocTable(addr: Addr, type: TableType, writes: WriteAction[]): TableInst {
  const table: TableInst = { addr, type, length: regionOf(addr, 'length'), elem: regionOf(addr, 'elem') };
  const slots = Number(type.limits.min);
  writes.push(initUnits(table.length, [slots]), ...initFill(table.elem, slots));
  return table;
}

/** A global of the kind that its type says; only a mutable one that is not thread-local is in the world. */
export function allocGlobal(
  addr: Addr,
  type: GlobalType,
  value: Value,
  writes: WriteAction[],
  readings: Readings,
): GlobalInst {
  if (type.share === 'thread_local') return { kind: 'thread_local', addr, type, initial: value };
  if (!type.mutable) return { kind: 'constant', addr, type, value };
  const val = regionOf(addr, 'val');
  const units = toUnits(value);
  writes.push(
    initUnits(
      val,
      Array.from({ length: units.length }, (_, i) => unitAt(units, i)),
    ),
  );
  const narrow = typeof type.content !== 'string' || sizeOf(type.content) <= 4;
  return { kind: 'mutable', addr, type, val, tearFree: narrow || readings['global-tearing'] === 'never' };
}

function initUnits(region: Region, written: readonly number[]): WriteAction {
  return { kind: 'wr', region, offset: 0, size: written.length, order: 'init', tearFree: true, written };
}

/** Zeroes or null references, if there are any. */
function initFill(region: Region, length: number): WriteAction[] {
  if (length === 0) return [];
  return [
    { kind: 'wr', region, offset: 0, size: length, order: 'init', tearFree: false, written: { fill: 0, length } },
  ];
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
      throw new Bug('tags are not executed');
  }
}

/** Writes of segments to memories that the module itself defines are part of their initialisation. */
function activeSegments(instance: ModuleInst, importedMemories: number): readonly AccessRequest[] {
  const { datas } = instance.module.module;
  return datas.flatMap((data): AccessRequest[] => {
    if (data.mode.kind === 'passive') return [];
    const { data: region, length } = known(instance.memories[data.mode.memory], 'memory');
    const at = evaluateConstant(instance, data.mode.offset);
    const offset = at.type === 'i32' ? at.value >>> 0 : 0;
    const size = data.bytes.length;
    const order = data.mode.memory >= importedMemories ? 'init' : 'unord';
    const site: Site = { at: data.at, text: 'data', shows: null };
    const write = { kind: 'wr', region, offset, size, order, tearFree: false, written: data.bytes } as const;
    return [
      {
        kind: 'access',
        bounds: { length, unit: PAGE_SIZE, end: offset + size },
        actions: size === 0 ? [] : [write],
        site,
      },
    ];
  });
}
